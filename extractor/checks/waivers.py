"""Inline waivers: ``qa:ignore D12 reason`` silences that check in its paragraph, at the very top in the whole document.

Readers take the words out of the text and leave a mark of the kind ``waiver`` (see ``extractor.readers.waivers``).
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from extractor.checks.case import Case
from extractor.checks.engine import run
from extractor.checks.fault import Fault, Kind
from extractor.errors import WaiverError
from extractor.model import Document, Finding, Mark, Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card, Cards
from extractor.settings import Settings

_BEHIND = lazy(r"(?i)^qa\s*[:：]\s*ignore[:：]?")
_PARTED = lazy(r"[\s,，、;；+]+")
_LIKE_A_CODE = lazy(r"[A-Z]{1,3}\d{1,3}")
_SHOWN = 20  # characters of a paragraph an unused waiver is shown on


class Waiver(Struct, frozen=True):
    """The checks waived, why, where it is written (``line`` of the file), and the paragraphs it holds for (None: all)."""

    codes: tuple[str, ...]
    reason: str
    line: int
    scope: Span | None

    def covers(self, finding: Finding) -> bool:
        if finding.code not in self.codes:
            return False
        scope, span = self.scope, finding.span
        return scope is None or (span.start <= scope.end and scope.start <= max(span.start, span.end - 1))


def waivers(document: Document, known: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a document. ``WaiverError`` naming the line for one without a code, or with a code nobody knows."""
    return tuple(_waiver(document, mark, known) for mark in document.marks if mark.kind == "waiver")


def _waiver(document: Document, mark: Mark, known: Collection[str]) -> Waiver:
    line = mark.line or document.place(mark.span.start).line
    words = _BEHIND.sub("", mark.note).strip()
    codes: list[str] = []
    rest = words
    while rest:
        word = _PARTED.split(rest, maxsplit=1)[0]
        code = word.upper()
        if code not in known:
            if not codes or _LIKE_A_CODE.fullmatch(code):
                raise WaiverError(
                    f"第{line}行：qa:ignore 里没有代码为 {word} 的检查（notice rules 列出全部）"
                )
            break
        codes.append(code)
        rest = rest[len(word) :].lstrip(" \t\u3000,，、;；+")
    if not codes:
        raise WaiverError(f"第{line}行：qa:ignore 后面要写检查代码，如 qa:ignore D12 已电话通知")
    return Waiver(tuple(dict.fromkeys(codes)), rest, line, _scope(document.text, mark.span))


def _scope(text: str, span: Span) -> Span | None:
    """The paragraphs a mark belongs to; None for one on a line of its own before all text."""
    if span.end == 0:
        return None
    stop = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if stop < 0 else stop)


def unwaived(case: Case, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings no waiver silences. ``WaiverError``: see ``waivers``."""
    own = waivers(case.document, case.rulebook.cards)
    if not own:
        return findings
    return tuple(finding for finding in findings if not any(waiver.covers(finding) for waiver in own))


def unused(case: Case, card: Card) -> Iterator[Fault]:
    """A waiver for a check that finds nothing in its place."""
    from extractor.checks import KINDS, deck  # the table this very kind stands in

    own = waivers(case.document, case.rulebook.cards)
    if not own:
        return
    cards = deck(case.rulebook.cards)
    tried = tuple(
        code
        for code in dict.fromkeys(code for waiver in own for code in waiver.codes)
        if code != card.code and not KINDS[cards[code].kind].lacks(case)
    )
    found = run(case, Cards({code: cards[code] for code in tried}), KINDS, Settings(select=tried))
    for waiver in own:
        idle = [
            code
            for code in waiver.codes
            if code in tried and not any(waiver.covers(f) and f.code == code for f in found)
        ]
        if idle:
            values = {"codes": "、".join(idle), "at": waiver.line, "reason": waiver.reason}
            yield Fault(_shown(case, waiver), values, variant="" if waiver.scope else "everywhere")


def _shown(case: Case, waiver: Waiver) -> Span:
    start, end = (waiver.scope.start, waiver.scope.end) if waiver.scope else (0, len(case.text))
    stop = case.text.find("\n", start)
    return Span(start, min(end, start + _SHOWN, stop if stop >= 0 else end))


KINDS: dict[str, Kind] = {"unused_waiver": Kind(unused)}
