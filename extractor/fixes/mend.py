"""Fixes applied round by round, each checked: the finding must be gone, and no other may come instead."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from extractor.checks import ALONE, Companions
from extractor.errors import UsageError
from extractor.fixes.edits import Change, Edit, Refused, applied, choose, edit, in_order, moved
from extractor.fixes.plain import fix_plain
from extractor.fixes.word import fix_word
from extractor.model import Document, Finding, Span
from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Failure, Notice
from extractor.settings import Settings

Writer = Callable[[bytes, Document, Sequence[Edit], bool, datetime | None], bytes]
FIXABLE: dict[str, Writer] = {"txt": fix_plain, "docx": fix_word}
"""Format → what writes the edits into a file of that format."""

_ROUNDS = 5
# Characters read again at most while looking for the edits that are not clean: a notice of 4,000 has five hundred attempts.
_EFFORT = 2_000_000
_WHY_NOT = {
    "pdf": "PDF 不能直接改正，请改 Word 原稿，或用 --annotate 生成带批注的 PDF",
    "ofd": "OFD 不能直接改正，请改 Word 原稿",
    "html": "网页不能直接改正，请改发布前的原稿",
    "doc": "旧版 .doc 不能直接改正，请先用 Word 或 WPS 另存为 .docx",
    "wps": ".wps 不能直接改正，请先另存为 .docx",
}


class Left(Struct, frozen=True):
    """A finding whose fix was not made, and why."""

    finding: Finding
    reason: str


class Mended(Struct, frozen=True):
    """``raw``: the mended file (the given bytes when nothing was changed). ``left``: fixes that were asked for but not made."""

    raw: bytes
    before: Notice
    after: Notice
    applied: tuple[Finding, ...]
    left: tuple[Left, ...]

    @property
    def changed(self) -> bool:
        return bool(self.applied)


def refuse(format: str) -> str | None:
    """Why files of a format cannot be mended, in one line; None where they can."""
    if format in FIXABLE:
        return None
    return _WHY_NOT.get(format, f"{format} 文件不能直接改正，请改原稿")


def mend(
    raw: bytes,
    name: str,
    rulebook: Rulebook,
    settings: Settings,
    *,
    suggested: bool = False,
    track: bool = False,
    when: datetime | None = None,
    wanted: Callable[[Finding], bool] = lambda _: True,
    companions: Companions = ALONE,
) -> Mended | Failure:
    """Apply the safe fixes (``suggested``: all there are) of the findings the settings select and ``wanted`` accepts.

    ``track``: as tracked changes (Word only), stamped with ``when``. Fixes that overlap are made one after the other, the
    gravest first. ``companions``: the documents the draft is held against, as in ``extractor.pipeline.process``. A fix after which its finding is still there,
    or a new one of any check appears, is not made; a mere hint about words mended for an error or a warning does not hinder.
    ``UsageError`` for a format that cannot be mended. The file on disk is not touched: the mended bytes are returned.
    """
    first = process(raw, name, rulebook, settings, companions)
    if isinstance(first, Failure):
        return first
    if (reason := refuse(first.document.format)) is not None:
        raise UsageError(f"{name}：{reason}")
    bench = _Bench(name, rulebook, settings, companions, FIXABLE[first.document.format], track, when)
    state = _State(raw, first, bench.everything(raw, first))
    made: list[Finding] = []
    left: dict[tuple[str, str, str], Left] = {}
    for _ in range(_ROUNDS):
        chosen, waiting = choose((f for f in state.notice.findings if wanted(f)), suggested)
        chosen = [f for f in chosen if _key(f) not in left]
        edits = [e for f in chosen if (e := edit(f, state.notice.document.text)) is not None]
        if not edits:
            left |= {_key(f): Left(f, "与另一处改动重叠") for f in waiting if _key(f) not in left}
            break
        state, done, refused = bench.round(state, edits)
        made += [e.finding for e in done]
        left |= {_key(one.finding): one for one in refused}
        if not done:
            left |= {_key(f): Left(f, "与另一处改动重叠") for f in waiting if _key(f) not in left}
            break
    return Mended(state.raw, first, state.notice, tuple(made), tuple(left.values()))


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.quote, finding.message


class _State(Struct, frozen=True):
    """A file, its notice as the settings ask, and the findings of every check."""

    raw: bytes
    notice: Notice
    findings: tuple[Finding, ...]


class _Bench(Struct, frozen=True):
    """What every attempt needs."""

    name: str
    rulebook: Rulebook
    settings: Settings
    companions: Companions
    writer: Writer
    track: bool
    when: datetime | None

    def everything(self, raw: bytes, notice: Notice) -> tuple[Finding, ...]:
        """The findings of all checks, those the settings leave out too."""
        if not self.settings.select and not self.settings.ignore:
            return notice.findings
        everywhere = replace(self.settings, select=(), ignore=())
        whole = process(raw, self.name, self.rulebook, everywhere, self.companions)
        return whole.findings if isinstance(whole, Notice) else notice.findings

    def round(self, state: _State, edits: Sequence[Edit]) -> tuple[_State, list[Edit], list[Left]]:
        """All edits at once; when that is not clean, halves of them, until those that are not clean stand alone."""
        best, done, left = state, list[Edit](), list[Left]()
        waiting = [list(edits)]
        attempts = max(_EFFORT // max(len(state.notice.document.text), 1), 2)
        while waiting:
            batch = waiting.pop(0)
            if not attempts:
                left += [Left(one.finding, "文件里问题太多，这一处没有试改") for one in batch]
                continue
            attempts -= 1
            try:
                best = self.attempt(state, [*done, *batch])
                done += batch
            except Refused as error:
                if len(batch) == 1:
                    left.append(Left(batch[0].finding, str(error)))
                else:
                    middle = len(batch) // 2
                    waiting[:0] = [batch[:middle], batch[middle:]]
        return best, done, left

    def attempt(self, state: _State, edits: Sequence[Edit]) -> _State:
        """The file with the edits, read and checked again. ``Refused`` when anything is not as it should be."""
        document = state.notice.document
        raw = self.writer(state.raw, document, edits, self.track, self.when)
        notice = process(raw, self.name, self.rulebook, self.settings, self.companions)
        if isinstance(notice, Failure) or notice.document.text != applied(document.text, edits):
            raise Refused("改写后读出来的文字与预期不符，没有改动")
        after = _State(raw, notice, self.everything(raw, notice))
        changes = in_order(edits)
        remaining = [f for f in state.findings if not any(_same(f, e.finding) for e in edits)]
        graver = [e.finding.span for e in edits if e.finding.severity != "info"]
        for new in _unexpected(remaining, after.findings, changes):
            if new.severity == "info" and any(_touch(_after(span, changes), new.span) for span in graver):
                continue  # the mended words have a hint of their own: a lesser evil, and told by the next run
            gone = any(e.finding.code == new.code for e in edits)
            raise Refused(
                f"改后 {new.code} 仍在（“{new.quote}”）"
                if gone
                else f"改后会出现新问题 {new.code}（“{new.quote}”）"
            )
        return after


def _same(one: Finding, other: Finding) -> bool:
    return one.code == other.code and one.span == other.span and one.message == other.message


def _after(span: Span, changes: Sequence[Change]) -> Span:
    """Where a place of the text lies after the changes, what replaces its last characters included."""
    start, end = moved(span.start, changes), moved(span.end, changes)
    return Span(start, max(end, start + len(span)))


def _unexpected(
    remaining: Sequence[Finding], found: Sequence[Finding], changes: Sequence[Change]
) -> Iterator[Finding]:
    """Findings that were not there before: each must be one of the remaining, at its place after the changes."""
    waiting = [(f.code, Span(moved(f.span.start, changes), moved(f.span.end, changes))) for f in remaining]
    for finding in found:
        match = next((w for w in waiting if w[0] == finding.code and _touch(w[1], finding.span)), None)
        if match is None:
            yield finding
        else:
            waiting.remove(match)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
