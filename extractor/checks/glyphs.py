"""Dashes, look-alike characters, day names and blanks as printed (GB/T 15834 4.13, GB/T 15835 5.1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.checks.punctuation import HAN, loud, web, words_round
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

_DASHES = {
    dash: lazy(rf"{dash}(?<=[\d年月日时点\s].){'—' if dash == '—' else '[-－–‐−]?'}") for dash in "-－–‐−—"
}
_FIGURES = lazy(
    r"(?:(?P<year>(?<![\d.])(?:19|20)\d\d\s*年?)|(?P<day>\d\s*[日月]|\d\s*月\s*\d{1,2})|(?P<time>\d{1,2}[:：]\d\d|\d\s*[时点]))\s*$"
)
_BEHIND = {
    "year": lazy(r"\s*(?:19|20)?\d\d\s*年"),
    "day": lazy(r"\s*\d{1,2}\s*[月日]"),
    "time": lazy(r"\s*\d{1,2}(?:[:：]\d\d|\s*[时点])"),
}
_RIGHT_RANGE = lazy(r"[\d年月日]\s*[—～~](?!—)\s*\d")


def range_dash(case: Case, card: Card) -> Iterator[Fault]:
    """A hyphen or a double dash between years, days or hours; graver where other ranges of the text have the right mark."""
    found = sorted(_range_dash(case), key=lambda fault: fault.span)
    model = _RIGHT_RANGE.search(case.text) if found else None
    for fault in loud(found, card):
        if model is None:
            yield replace(fault, severity="info")
        else:
            yield replace(fault, others=(Other(Span(*model.span()), "别处写法"),))


def _range_dash(case: Case) -> Iterator[Fault]:
    text = case.text
    dashes = (pattern.finditer(text) for dash, pattern in _DASHES.items() if dash in text)
    for match in chain.from_iterable(dashes):
        start = max(match.start() - 12, 0)
        before = _FIGURES.search(text[start : match.start()])
        if before is None or before.lastgroup is None or web(case, match.start()):
            continue
        after = _BEHIND[before.lastgroup].match(text, match.end())
        if after is None:
            continue
        a = start + before.start()
        if before.lastgroup == "day":
            whole = re.search(r"(?:\d{1,2}\s*月\s*)?\d{1,2}\s*[日月]?\s*$", text[start : match.start()])
            a = start + whole.start() if whole else a
        better = text[a : match.start()].rstrip() + "—" + text[match.end() : after.end()].lstrip()
        left = len(text[a : match.start()]) - len(text[a : match.start()].rstrip())
        right = len(text[match.end() : after.end()]) - len(text[match.end() : after.end()].lstrip())
        dash = Span(match.start() - left, match.end() + right)
        yield Fault(Span(a, after.end()), {"better": better, "mark": match.group()}, change=Change(dash, "—"))


_FROM = tuple(
    lazy(
        rf"{word}(?:(?:19|20)\d\d年|(?:(?:19|20)\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日?)?|[上下]午\d{{1,2}}[时点：]\d{{0,2}})(?P<dash>[-~]{{1,2}})(?=\d)"
    )
    for word in "从自"
)


def from_dash(case: Case, card: Card) -> Iterator[Fault]:
    """从 or 自 with a dash where 至 or 到 belongs."""
    for match in chain.from_iterable(pattern.finditer(case.chars) for pattern in _FROM):
        end = re.match(
            r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?", case.chars[match.end() : match.end() + 14]
        )
        b = match.end() + (end.end() if end else 0)
        dash = case.span(match.start("dash"), match.end("dash"))
        better = case.chars[match.start() : match.start("dash")] + "至" + case.chars[match.end() : b]
        yield Fault(case.span(match.start(), b), {"better": better}, change=Change(dash, "至"))


_LETTERS = {letter: lazy(rf"{letter}(?=[ \u3000]?[\d日月年])") for letter in "OoＯlI"}


def lookalike(case: Case, card: Card) -> Iterator[Fault]:
    """Characters of another code that look like the right one."""
    typography = case.rulebook.typography
    faults = []
    for at, char in typography.suspects(case.text, case.manuscript.reading.others):
        like = typography.lookalikes[char]
        if web(case, at) or (like.after and not like.after.match(case.text, max(at - 1, 0))):
            continue
        if like.before and not like.before.match(case.text, at + 1):
            continue
        change = Change(Span(at, at + 1), like.right)
        values = {
            "mark": char,
            "better": like.right,
            "what": like.name,
            "code": f"U+{ord(char):04X}",
        }
        faults.append(Fault(words_round(case.text, at, at + 1, 3), values, change=change))
    letters = (pattern.finditer(case.text) for letter, pattern in _LETTERS.items() if letter in case.text)
    for match in chain.from_iterable(letters):
        at = match.start()
        around = re.sub(r"[ \u3000]", "", case.text[max(at - 3, 0) : at + 5])
        if not re.search(r"[12]\d?[OoＯ]\d{0,2}年|\d[lI][\d日月年]|[年月][lI]\d?日", around):
            continue
        right = "0" if match.group() in "OoＯ" else "1"
        values = {
            "mark": match.group(),
            "better": right,
            "what": "字母",
            "code": f"U+{ord(match.group()):04X}",
        }
        faults.append(
            Fault(words_round(case.text, at, at + 1, 3), values, change=Change(Span(at, at + 1), right))
        )
    yield from loud(sorted(faults, key=lambda fault: fault.span), card)


def day_name_dot(case: Case, card: Card) -> Iterator[Fault]:
    """4.26 as the name of a day, where 4·26 in quotes belongs."""
    for dated in case.dates:
        if dated.row.form != "label":
            continue
        printed = case.document.quote(dated.span)
        if "." not in printed and "．" not in printed:
            continue
        quoted = case.chars[max(dated.a - 1, 0)] == "“"
        better = re.sub(r"[.．]", "·", printed)
        shown = better if quoted else f"“{better}”"
        yield Fault(dated.span, {"better": shown}, change=Change(dated.span, shown))


_BESIDE = rf"(?:(?<=[{HAN}，。；：、].)[ \u3000]*(?=[{HAN}\d])(?!关于)|(?<=\d.)[ \u3000]*(?=[{HAN}]))"
_BLANK = lazy(rf"[ \u3000]{_BESIDE}")
_BLANKS = {sign: lazy(sign + _BESIDE) for sign in " \u3000"}
_SPREAD = lazy(rf"(?:^|[ \u3000])[{HAN}](?:[ \u3000]+[{HAN}](?![{HAN}]))+")
_PERSONS = lazy(r"(?:主任|组长|成员)[：:\s]")
_OUTLINED = lazy(r"\s*\d+(?:[.．]\d+)+\s*")
_CONTACTS = lazy("联系人|电话|邮箱")
_PERSON = lazy(rf"(?<![{HAN}])[{HAN}][ \u3000]+[{HAN}](?![{HAN}])")


def stray_space(case: Case, card: Card) -> Iterator[Fault]:
    """Blanks between Chinese characters or before and after digits, told once a paragraph."""
    text = case.text
    if case.document.pages is not None:
        return  # blanks of a page come from the distances of its characters
    blanks = sorted(
        match.start() for sign, each in _BLANKS.items() if sign in text for match in each.finditer(text)
    )
    themes = list(_themes(case)) if blanks else []
    stop = 0
    for blank in blanks:
        line = case.outline.line_at(blank) if blank >= stop else None
        if line is None:
            continue
        span = line.span
        stop = span.end
        words = text[span.start : span.end]
        if line.zone not in ("title", "body", "plan") or "\t" in words:
            continue
        spread = (
            line.level == 0 and len(words) < 20 and not re.search(r"[年月日至到]\s+\d|\d\s+[年月日]", words)
        )
        if spread or _SPREAD.search(words) or _PERSONS.search(words):
            continue
        contacts = _CONTACTS.search(words)  # blanks behind it part names and numbers
        words = words[: contacts.start()] if contacts else words
        if case.in_table(line.start):
            continue
        hits = [
            Span(span.start + m.start(), span.start + m.end())
            for m in _BLANK.finditer(words)
            if not _OUTLINED.fullmatch(words[: m.start()])
            and not any(theme.start <= span.start + m.start() < theme.end for theme in themes)
            and not _PERSON.search(words[max(m.start() - 1, 0) : m.end() + 2])
        ]
        if not hits:
            continue
        whole = Span(hits[0].start - 1, hits[-1].end + 1)
        mended = "".join(_without(text, whole, hits))
        shown = words_round(text, hits[0].start, hits[0].end, 4)
        yield Fault(shown, {"count": len(hits)}, change=Change(whole, mended))


def _themes(case: Case) -> Iterator[Span]:
    """Themes: their halves are parted by a blank."""
    if "theme" in case.fields.spans:
        yield case.fields.spans["theme"]
    official = case.campaign.themes.get(case.year or 0) if case.campaign else None
    halves = official.text.split() if official else []
    if len(halves) > 1:
        pattern = re.compile(r"[ \u3000]+".join(map(re.escape, halves)))
        yield from (Span(*match.span()) for match in pattern.finditer(case.text))


def _without(text: str, whole: Span, holes: Sequence[Span]) -> Iterator[str]:
    at = whole.start
    for hole in holes:
        yield text[at : hole.start]
        at = hole.end
    yield text[at : whole.end]


KINDS: dict[str, Kind] = {
    "range_dash": Kind(range_dash, {"loud": 3}),
    "from_dash": Kind(from_dash),
    "lookalike": Kind(lookalike, {"loud": 3}),
    "day_name_dot": Kind(day_name_dot),
    "stray_space": Kind(stray_space),
}
