"""What is said of each finding, whatever it is written into: a comment, a note, a report, a sheet, a log."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from extractor.render.columns import harmless
from extractor.render.terminal import Style, place
from extractor.rulebook.cards import Card

Record = Mapping[str, Any]

_FEW = 40  # characters of the other side's words that are quoted


class Other(Struct, frozen=True):
    """The other side of a contradiction: ``start``, ``end`` in the record's text, None when it stands in another file.

    ``where`` is the place as a person is told, the other file's name included.
    """

    start: int | None
    end: int | None
    quote: str
    note: str
    where: str


class Remark(Struct, frozen=True):
    """One finding in words. ``number`` counts from 1 in the order of the text; ``label`` is the severity in words.

    ``advice`` is what to do, empty where nothing can be said; ``why`` the clause or practice behind the check.
    ``rewrite``: the text a fix would put there, None without a fix; ``safe``: it may be applied without asking.
    """

    number: int
    code: str
    title: str
    severity: str
    label: str
    where: str
    quote: str
    message: str
    advice: str
    why: str
    start: int
    end: int
    others: tuple[Other, ...] = ()
    rewrite: str | None = None
    safe: bool = False

    @property
    def heading(self) -> str:
        """``3 错误 D01 报送期限年份错误``."""
        return f"{self.number} {self.label} {self.code} {self.title}"

    def lines(self, lang: str = "zh") -> tuple[str, ...]:
        """Message, advice, the other sides and the reason, a paragraph each: the body of a comment."""
        said = WORDS[lang]
        found = [self.message]
        if self.advice:
            found.append(said["advice"] + self.advice)
        for other in self.others:
            words = other.quote if len(other.quote) <= _FEW else other.quote[:_FEW] + "…"
            note = f"{said['open']}{other.note}{said['close']}" if other.note else ""
            found.append(f"{said['other']}{other.where} “{words}”{note}")
        if self.why:
            found.append(said["why"] + self.why)
        return tuple(found)


WORDS: dict[str, dict[str, str]] = {
    "zh": {"advice": "建议：", "other": "对照：", "why": "依据：", "open": "（", "close": "）"},
    "en": {"advice": "Suggestion: ", "other": "Compare: ", "why": "Reason: ", "open": " (", "close": ")"},
}


def remarks(record: Record, cards: Mapping[str, Card], lang: str = "zh") -> tuple[Remark, ...]:
    """The findings of a record (``extractor.schema.to_record``) in words, in the order of the text."""
    style = Style(lang=lang)
    return tuple(
        _remark(number, finding, record, cards.get(finding["code"]), style)
        for number, finding in enumerate(record["findings"], 1)
    )


def _remark(
    number: int, finding: Mapping[str, Any], record: Record, card: Card | None, style: Style
) -> Remark:
    fix = finding.get("fix")
    return Remark(
        number=number,
        code=_one_line(finding["code"]),
        title=_one_line(card.title if card and style.lang == "zh" else finding["name"]),
        severity=finding["severity"],
        label=style.word(finding["severity"]),
        where=place(finding, record, style),
        quote=_one_line(finding["quote"]),
        message=_one_line(finding["message"]),
        advice=_one_line(finding.get("suggestion") or "") or _replacement(fix, style),
        why=_one_line(card.why) if card else "",
        start=finding["span"]["start"],
        end=finding["span"]["end"],
        others=(
            *(_other(other, record, style) for other in finding.get("related") or ()),
            *(_elsewhere(other, style) for other in finding.get("elsewhere") or ()),
        ),
        rewrite=fix["text"] if fix else None,
        safe=bool(fix and fix["safe"]),
    )


def _other(other: Mapping[str, Any], record: Record, style: Style) -> Other:
    span = other["span"]
    return Other(
        span["start"],
        span["end"],
        _one_line(other["quote"]),
        _one_line(other.get("note") or ""),
        place(other, record, style),
    )


def _elsewhere(other: Mapping[str, Any], style: Style) -> Other:
    """A place in another file: a plain text file has lines, the others paragraphs or lines of a page."""
    file = _one_line(other["path"])
    key = "line" if other.get("page") or file.lower().endswith((".txt", ".md")) else "paragraph"
    page = style.word("page", page=other["page"]) if other.get("page") else ""
    place = style.word(key, line=other["line"], column=other["column"])
    where = " ".join(part for part in (file, page + place) if part)
    return Other(None, None, _one_line(other["quote"]), _one_line(other.get("note") or ""), where)


def _replacement(fix: Mapping[str, Any] | None, style: Style) -> str:
    if not fix:
        return ""
    return style.word("replace", text=_one_line(fix["text"])) if fix["text"] else style.word("delete")


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split())


def tally(found: Sequence[Remark]) -> dict[str, int]:
    """How many remarks of each severity, the gravest first."""
    return {name: sum(r.severity == name for r in found) for name in ("error", "warning", "info")}
