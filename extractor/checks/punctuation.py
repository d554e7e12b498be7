"""Marks and blanks as printed: pairs, width, dashes, look-alikes, doubles (GB/T 15834, GB/T 15835)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise

from msgspec.structs import replace

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card

HAN = "㐀-鿿"
_TERMINAL = "。！？；：…"


def loud(faults: Iterable[Fault], card: Card) -> Iterator[Fault]:
    """Faults that may stand in every line: past ``loud`` of them only the first is told as it is, the rest as info."""
    found = list(faults)
    many = len(found) > card.params["loud"]
    for index, fault in enumerate(found):
        yield replace(fault, severity="info") if many and index else fault


_PAIRED = lazy(r"[“”‘’《》〈〉（）()〔〕【】\n]")


def _closed(marks: str, pairs: Mapping[str, str]) -> bool:
    """Whether every mark has its partner in its line; no word on texts with ’, which may be an apostrophe."""
    if "‘" in marks or "’" in marks:
        return False
    marks = marks.replace("(", "（").replace(")", "）")
    before = ""
    while marks != before:
        before = marks
        for opening, close in pairs.items():
            marks = marks.replace(opening + close, "")
    return not marks.strip("\n")


_GARBLED = lazy(r"[?？][a-zāáǎàōóǒòēéěèīíǐìūúǔù]{1,6}[)）]")


def unbalanced(case: Case, card: Card) -> Iterator[Fault]:
    """Marks without their partner, outside the web page's frame and characters a wrong encoding destroyed."""
    for fault in _unbalanced(case):
        around = case.text[max(fault.span.start - 10, 0) : fault.span.end + 10]
        if not web(case, fault.span.start) and not _GARBLED.search(around):
            yield fault


def _unbalanced(case: Case) -> Iterator[Fault]:
    """A paragraph that breaks off in mid-sentence is read on with the next."""
    text = case.text
    pairs = case.rulebook.typography.pairs
    if _closed("".join(_PAIRED.findall(text)), pairs):
        return
    closing = {close: opening for opening, close in pairs.items()}
    opened: list[int] = []
    same = {"(": "（", ")": "）"}
    for match in _PAIRED.finditer(text):
        at = match.start()
        char = same.get(match.group(), match.group())
        if char == "\n":
            if opened and not _broken_off(text, at) and not _in_title(case, at):
                yield from (_lone(case, index) for index in opened if not _quote_goes_on(text, index, at))
                opened.clear()
        elif char in pairs:
            if char == "‘" and _latin(text, at):
                continue
            opened.append(at)
        elif opened and pairs[same.get(text[opened[-1]], text[opened[-1]])] == char:
            opened.pop()
        elif (char == "’" and _latin(text, at)) or (char == "）" and _list_marker(text, at)):
            continue
        elif len(opened) > 1 and pairs[same.get(text[opened[-2]], text[opened[-2]])] == char:
            yield _lone(case, opened.pop())
            opened.pop()
        else:
            yield _lone(case, at, closing[char])
    if text.rstrip()[-1:] in _TERMINAL + "”）》":
        # A text that breaks off in mid-sentence was cut; what it opened may have been closed behind the cut.
        yield from (_lone(case, index) for index in opened)


def _lone(case: Case, at: int, partner: str = "") -> Fault:
    text = case.text
    char = text[at]
    start, end = max(text.rfind("\n", 0, at) + 1, at - 10), at + 1
    stop = text.find("\n", at)
    end = min(at + 11, stop if stop >= 0 else len(text))
    pairs = case.rulebook.typography.pairs
    wanted = partner or pairs.get({"(": "（"}.get(char, char), "")
    return Fault(Span(start, end), {"mark": char, "partner": wanted})


def _in_title(case: Case, at: int) -> bool:
    """Whether a line feed stands inside a title of several lines."""
    return any(
        span is not None and span.start < at < span.end
        for span in (case.part("title"), case.part("plan_title"), case.part("attachment_note"))
    )


def _broken_off(text: str, at: int) -> bool:
    """Whether the paragraph before a line feed ends inside a sentence."""
    before = text[max(at - 3, 0) : at].rstrip()
    return (
        bool(before)
        and before[-1] not in _TERMINAL
        and before[-1] not in "”）》"
        and bool(re.match(f"[{HAN}，、]", before[-1]))
    )


def _quote_goes_on(text: str, index: int, at: int) -> bool:
    """A quotation of several paragraphs opens anew in each of them and closes in the last."""
    return text[index] == "“" and text[at + 1 : at + 8].lstrip().startswith("“")


def _latin(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at].isascii() and text[max(at - 1, 0) : at].isalnum()


def _list_marker(text: str, at: int) -> bool:
    """``1）`` and ``a)``: an ordinal with one bracket."""
    return bool(
        re.search(
            r"(?:^|[\s。；：，、（(])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}$", text[max(at - 6, 0) : at]
        )
    )


_HALF = lazy(rf"[,;:?!](?<=[{HAN}”》）].)")
_BRACKETS = lazy(rf"\((?=[^()（）\n]*[{HAN}])[^()（）\n]*[)）]|（[^()（）\n]*\)")


_FEW = 4


def narrow_throughout(text: str) -> bool:
    """Whether a text was typed or converted with half-width marks: more of them than of full-width ones, and not few."""
    narrow, wide = (sum(map(text.count, marks)) for marks in (":,;", "：，；"))
    return text.count(":") > 1 + text.count("：") or narrow > max(wide, _FEW)


def width(case: Case, card: Card) -> Iterator[Fault]:
    """Half-width marks after Chinese characters, half-width brackets round them, brackets of two widths.

    A text with more half-width than full-width marks was typed or converted so throughout: that is told once, as info.
    """
    found = sorted(_width(case), key=lambda fault: fault.span)
    if len(found) > card.params["loud"] and len(found) > sum(case.text.count(mark) for mark in "，；：（"):
        yield from _by_line(case, found)
    else:
        yield from loud(found, card)


def _by_line(case: Case, found: list[Fault]) -> Iterator[Fault]:
    """One fault a paragraph, its change mending all of the paragraph's marks at once."""
    for _, group in groupby(found, key=lambda fault: case.text.count("\n", 0, fault.span.start)):
        faults = list(group)
        changes = [fault.change for fault in faults if fault.change]
        start, end = changes[0].span.start, max(change.span.end for change in changes)
        mended, at = [], start
        for change in changes:
            if change.span.start >= at:
                mended += [case.text[at : change.span.start], change.text]
                at = change.span.end
        whole = Change(Span(start, end), "".join(mended) + case.text[at:end])
        values = {**faults[0].values, "count": len(found)}
        yield replace(faults[0], variant="throughout", values=values, change=whole)


def _width(case: Case) -> Iterator[Fault]:
    text, forms = case.text, case.rulebook.typography.half_width
    for match in _HALF.finditer(text) if any(mark in text for mark in ",;:?!") else ():
        at = match.start()
        if (match.group() == ":" and text.startswith("://", at)) or web(case, at):
            continue
        better = forms[match.group()]
        yield Fault(
            words_round(text, at, at + 1),
            {"mark": match.group(), "better": better},
            change=Change(Span(at, at + 1), better),
        )
    for match in _BRACKETS.finditer(text) if "(" in text or ")" in text else ():
        inner = match.group()[1:-1]
        if len(inner) > 60 or web(case, match.start()):
            continue
        span = Span(*match.span())
        yield Fault(
            span, {"mark": "()", "better": "（）"}, variant="brackets", change=Change(span, f"（{inner}）")
        )


def web(case: Case, offset: int) -> bool:
    """Whether a printed place belongs to the web page round the notice."""
    return case.outline.zone_at(offset) == "web"


def words_round(text: str, a: int, b: int, reach: int = 4) -> Span:
    """A few characters on each side, within the line."""
    start = max(a - reach, text.rfind("\n", 0, a) + 1)
    stop = text.find("\n", b)
    return Span(start, min(b + reach, stop if stop >= 0 else len(text)))


_ENUMERATED = lazy(r"、(?:(?<=[”》]、)|(?<=[”》]\s、))(?=\s*[“《])")


def enumeration_comma(case: Case, card: Card) -> Iterator[Fault]:
    """、 between ” and “ or between 》 and 《."""
    for match in _ENUMERATED.finditer(case.text):
        span = words_round(case.text, match.start(), match.end(), 6)
        yield Fault(span, change=Change(Span(*match.span()), ""))


_STRAIGHT = lazy(rf'"(?=[^"\n]*[{HAN}])([^"\n]{{1,60}})"')
_SEVERAL = lazy(r"[，。；：、！？“”《》][，。；：、！？“”《》]+")


def doubled(case: Case, card: Card) -> Iterator[Fault]:
    """Two marks where one belongs; straight quotation marks round Chinese words."""
    marks = case.rulebook.typography.doubled
    faults = []
    for match in _SEVERAL.finditer(case.text):
        words = match.group()
        wrong = words in marks if len(words) == 2 else any(a + b in marks for a, b in pairwise(words))
        if not wrong or web(case, match.start()):
            continue
        for pair, better in marks.items():
            at = words.find(pair)
            if at < 0 or words.startswith("。。。"):
                continue
            start = match.start() + at
            if pair in ("》》", "《《", "””", "““") and _nested(case.text, start):
                continue
            faults.append(
                Fault(
                    words_round(case.text, start, start + 2),
                    {"mark": pair, "better": better},
                    change=Change(Span(start, start + 2), better),
                )
            )
            break
    for match in _STRAIGHT.finditer(case.text) if '"' in case.text else ():
        if web(case, match.start()):
            continue
        span = Span(*match.span())
        faults.append(
            Fault(span, {"mark": '"'}, variant="straight", change=Change(span, f"“{match.group(1)}”"))
        )
    yield from loud(sorted(faults, key=lambda fault: fault.span), card)


def _nested(text: str, at: int) -> bool:
    """Two like marks that belong to two nested titles or quotations."""
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    return line.count("《") == line.count("》") and line.count("“") == line.count("”")


_UNENDED = lazy(rf"[{HAN}\d]")
_LABEL_LINE = lazy(r"^[^，。：]{2,12}：|^(?:联系|电话|邮箱|地址|附件|抄送|特此)")


def terminal(case: Case, card: Card) -> Iterator[Fault]:
    """A paragraph without its last mark; labels of one kind parted by different marks."""
    for line, following in pairwise(case.outline.lines):
        if line.level or line.zone not in ("body", "plan") or line.end - line.start < card.params["shortest"]:
            continue
        if not (following.level or following.zone != line.zone):
            continue
        words = case.words(line)
        if "，" not in words or not _UNENDED.match(words[-1]) or "\t" in case.document.quote(line.span):
            continue
        if _LABEL_LINE.match(words) or case.in_table(line.start):
            continue
        end = line.span.end
        yield Fault(Span(max(line.span.start, end - 8), end), change=Change(Span(end, end), "。"))
    yield from _separators(case)


_OWNERS = lazy(
    r"单位：(?<=(?:责任|牵头|主办)单位：)[^\n：]{2,80}?(?P<mark>[。；，、\n])(?:配合|协办|参与|参加|支持)单位："
)


def _separators(case: Case) -> Iterator[Fault]:
    found = [m for m in _OWNERS.finditer(case.chars) if m.group("mark") != "\n"]
    if len(found) < 3:
        return
    marks = [m.group("mark") for m in found]
    usual = max(set(marks), key=marks.count)
    if marks.count(usual) * 2 <= len(marks):
        return
    model = next(m for m in found if m.group("mark") == usual)
    for match in found:
        if match.group("mark") != usual:
            at = case.span(match.start("mark"), match.end("mark"))
            other = (Other(case.span(model.start() - 2, model.end()), "多数写法"),)
            values = {"mark": match.group("mark"), "better": usual}
            span = case.span(match.start() - 2, match.end())
            yield Fault(span, values, other, variant="mixed", change=Change(at, usual))


KINDS: dict[str, Kind] = {
    "unbalanced_pairs": Kind(unbalanced),
    "width": Kind(width, {"loud": 3}),
    "enumeration_comma": Kind(enumeration_comma),
    "doubled_marks": Kind(doubled, {"loud": 3}),
    "terminal_mark": Kind(terminal, {"shortest": 20}),
}
