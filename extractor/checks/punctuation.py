"""Marks and blanks as printed: pairs, width, dashes, look-alikes, doubles (GB/T 15834, GB/T 15835)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.rulebook.cards import Card

HAN = "㐀-鿿"
_TERMINAL = "。！？；：…"


def loud(faults: Iterable[Fault], card: Card) -> Iterator[Fault]:
    """Faults that may stand in every line: past ``loud`` of them only the first is told as it is, the rest as info."""
    found = list(faults)
    many = len(found) > card.params["loud"]
    for index, fault in enumerate(found):
        yield replace(fault, severity="info") if many and index else fault


def unbalanced(case: Case, card: Card) -> Iterator[Fault]:
    """Marks without their partner. A paragraph that breaks off in mid-sentence is read on with the next."""
    text = case.text
    pairs = case.rulebook.typography.pairs
    closing = {close: opening for opening, close in pairs.items()}
    opened: list[int] = []
    same = {"(": "（", ")": "）"}
    for match in re.finditer(r"[“”‘’《》〈〉（）()〔〕【】\n]", text):
        at = match.start()
        char = same.get(match.group(), match.group())
        if char == "\n":
            if opened and not _broken_off(text, at):
                yield from (_lone(case, index) for index in opened if not _quote_goes_on(text, index, at))
                opened.clear()
        elif char in pairs:
            if char == "‘" and _latin(text, at):
                continue
            opened.append(at)
        elif opened and pairs[same.get(text[opened[-1]], text[opened[-1]])] == char:
            opened.pop()
        elif char == "’" and _latin(text, at):
            continue
        elif char == "）" and _list_marker(text, at):
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


def _broken_off(text: str, at: int) -> bool:
    """Whether the paragraph before a line feed ends inside a sentence."""
    before = text[max(at - 3, 0) : at].rstrip()
    return bool(before) and before[-1] not in _TERMINAL and before[-1] not in "”）》" and bool(re.match(f"[{HAN}，、]", before[-1]))


def _quote_goes_on(text: str, index: int, at: int) -> bool:
    """A quotation of several paragraphs opens anew in each of them and closes in the last."""
    return text[index] == "“" and text[at + 1 : at + 8].lstrip().startswith("“")


def _latin(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at].isascii() and text[max(at - 1, 0) : at].isalnum()


def _list_marker(text: str, at: int) -> bool:
    """``1）`` and ``a)``: an ordinal with one bracket."""
    return bool(re.search(r"(?:^|[\s。；：，、（(])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}$", text[max(at - 6, 0) : at]))


_HALF = re.compile(rf"(?<=[{HAN}”》）])[,;:?!]")
_BRACKETS = re.compile(rf"\((?=[^()（）\n]*[{HAN}])[^()（）\n]*[)）]|（[^()（）\n]*\)")


def width(case: Case, card: Card) -> Iterator[Fault]:
    """Half-width marks after Chinese characters, half-width brackets round them, brackets of two widths.

    A text with more half-width than full-width marks was typed or converted so throughout: that is told once, as info.
    """
    found = sorted(_width(case), key=lambda fault: fault.span)
    full = sum(case.text.count(mark) for mark in "，；：（")
    if len(found) > card.params["loud"] and len(found) > full:
        yield replace(found[0], variant="throughout", values={**found[0].values, "count": len(found)})
    else:
        yield from loud(found, card)


def _width(case: Case) -> Iterator[Fault]:
    text, forms = case.text, case.rulebook.typography.half_width
    for match in _HALF.finditer(text):
        at = match.start()
        if match.group() == ":" and re.match(r":(?://|\d)", text[at : at + 3]) or _web(case, at):
            continue
        better = forms[match.group()]
        yield Fault(_words_round(text, at, at + 1), {"mark": match.group(), "better": better}, change=Change(Span(at, at + 1), better))
    for match in _BRACKETS.finditer(text):
        inner = match.group()[1:-1]
        if len(inner) > 60 or _web(case, match.start()):
            continue
        span = Span(*match.span())
        yield Fault(span, {"mark": "()", "better": "（）"}, variant="brackets", change=Change(span, f"（{inner}）"))


def _web(case: Case, offset: int) -> bool:
    """Whether a printed place belongs to the web page round the notice."""
    return case.outline.zone_at(offset) == "web"


def _words_round(text: str, a: int, b: int, reach: int = 4) -> Span:
    """A few characters on each side, within the line."""
    start = max(a - reach, text.rfind("\n", 0, a) + 1)
    stop = text.find("\n", b)
    return Span(start, min(b + reach, stop if stop >= 0 else len(text)))


_ENUMERATED = re.compile(r"(?<=[”》])\s*、\s*(?=[“《])")


def enumeration_comma(case: Case, card: Card) -> Iterator[Fault]:
    """、 between ” and “ or between 》 and 《."""
    for match in _ENUMERATED.finditer(case.text):
        span = _words_round(case.text, match.start(), match.end(), 6)
        yield Fault(span, change=Change(Span(*match.span()), ""))


_YEARS = re.compile(r"(?<![\d.])(?:19|20)\d\d\s*年?(?P<dash>\s*(?:[-－–‐−]|——|--)\s*)(?:19|20)?\d\d\s*年")
_DAYS = re.compile(r"\d\s*(?:日|月)(?P<dash>\s*(?:[-－–‐−]|——|--)\s*)\d{1,2}\s*[月日]")
_TIMES = re.compile(r"\d{1,2}[:：]\d\d(?P<dash>\s*(?:[-－–‐−]|——|--)\s*)\d{1,2}[:：]\d\d|\d{1,2}\s*[时点](?P<dash2>\s*(?:[-－–‐−]|——|--)\s*)\d{1,2}\s*[时点]")


_RIGHT_RANGE = re.compile(r"[\d年月日]\s*[—～~](?!—)\s*\d")


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
    if not re.search(r"[-－–‐−]|——", text):
        return
    for pattern in (_YEARS, _DAYS, _TIMES):
        for match in pattern.finditer(text):
            if _web(case, match.start()):
                continue
            name = "dash" if match.group("dash") else "dash2"
            dash = Span(*match.span(name))
            better = match.group().replace(match.group(name), "—")
            yield Fault(Span(*match.span()), {"better": better, "mark": match.group(name).strip()}, change=Change(dash, "—"))


_FROM = re.compile(r"(?:从|自)(?:(?:19|20)\d\d年|(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日?)?|[上下]午\d{1,2}[时点：]\d{0,2})(?P<dash>[-~]{1,2})(?=\d)")


def from_dash(case: Case, card: Card) -> Iterator[Fault]:
    """从 or 自 with a dash where 至 or 到 belongs."""
    for match in _FROM.finditer(case.chars):
        end = re.match(r"(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?", case.chars[match.end() : match.end() + 14])
        b = match.end() + (end.end() if end else 0)
        dash = case.span(match.start("dash"), match.end("dash"))
        better = case.chars[match.start() : match.start("dash")] + "至" + case.chars[match.end() : b]
        yield Fault(case.span(match.start(), b), {"better": better}, change=Change(dash, "至"))


def lookalike(case: Case, card: Card) -> Iterator[Fault]:
    """Characters of another code that look like the right one."""
    typography = case.rulebook.typography
    faults = []
    for match in typography.wrong.finditer(case.text):
        like = typography.lookalikes[match.group()]
        at = match.start()
        if _web(case, at):
            continue
        change = Change(Span(at, at + 1), like.right)
        values = {"mark": match.group(), "better": like.right, "what": like.name, "code": f"U+{ord(match.group()):04X}"}
        faults.append(Fault(_words_round(case.text, at, at + 1, 3), values, change=change))
    for match in re.finditer(r"(?<=[12]\d)[OoＯ](?=\d年)|(?<=[12])[OoＯ](?=\d\d年)|(?<=\d)[lI](?=[\d日月年])", case.text):
        right = "0" if match.group() in "OoＯ" else "1"
        values = {"mark": match.group(), "better": right, "what": "字母", "code": f"U+{ord(match.group()):04X}"}
        faults.append(Fault(_words_round(case.text, *match.span(), 3), values, change=Change(Span(*match.span()), right)))
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


_BLANK = re.compile(rf"(?<=[{HAN}，。；：、])[ \u3000]+(?=[{HAN}\d])(?!关于)|(?<=\d)[ \u3000]+(?=[{HAN}])")
_SPREAD = re.compile(rf"(?:^|[ \u3000])[{HAN}](?:[ \u3000]+[{HAN}](?![{HAN}]))+")
_PERSON = re.compile(rf"(?<![{HAN}])[{HAN}][ \u3000]+[{HAN}](?![{HAN}])")


def stray_space(case: Case, card: Card) -> Iterator[Fault]:
    """Blanks between Chinese characters or before and after digits, told once a paragraph."""
    text = case.text
    for line in case.lines("title", "body", "plan"):
        span = line.span
        words = text[span.start : span.end]
        if " " not in words and "\u3000" not in words or "\t" in words:
            continue
        if line.level == 0 and len(words) < 20 or _SPREAD.search(words) or re.search(r"联系人|电话|邮箱|主任|组长|成员：", words):
            continue
        if case.in_table(line.start):
            continue
        theme = case.fields.spans.get("theme")
        hits = [
            Span(span.start + m.start(), span.start + m.end())
            for m in _BLANK.finditer(words)
            if not (theme and theme.start <= span.start + m.start() < theme.end) and not _PERSON.search(words[max(m.start() - 1, 0) : m.end() + 2])
        ]
        if not hits:
            continue
        whole = Span(hits[0].start - 1, hits[-1].end + 1)
        mended = "".join(_without(text, whole, hits))
        shown = _words_round(text, hits[0].start, hits[0].end, 4)
        yield Fault(shown, {"count": len(hits)}, change=Change(whole, mended))


def _without(text: str, whole: Span, holes: Sequence[Span]) -> Iterator[str]:
    at = whole.start
    for hole in holes:
        yield text[at : hole.start]
        at = hole.end
    yield text[at : whole.end]


def doubled(case: Case, card: Card) -> Iterator[Fault]:
    """Two marks where one belongs; straight quotation marks round Chinese words."""
    marks = case.rulebook.typography.doubled
    faults = []
    for match in re.finditer(r"[，。；：、！？“”《》]{2,}", case.text):
        words = match.group()
        if _web(case, match.start()):
            continue
        for pair, better in marks.items():
            at = words.find(pair)
            if at < 0 or words.startswith("。。。"):
                continue
            start = match.start() + at
            if pair in ("》》", "《《", "””", "““") and _nested(case.text, start):
                continue
            faults.append(Fault(_words_round(case.text, start, start + 2), {"mark": pair, "better": better}, change=Change(Span(start, start + 2), better)))
            break
    for match in re.finditer(rf'"(?=[^"\n]*[{HAN}])([^"\n]{{1,60}})"', case.text):
        span = Span(*match.span())
        faults.append(Fault(span, {"mark": '"'}, variant="straight", change=Change(span, f"“{match.group(1)}”")))
    yield from loud(sorted(faults, key=lambda fault: fault.span), card)


def _nested(text: str, at: int) -> bool:
    """Two like marks that belong to two nested titles or quotations."""
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    return line.count("《") == line.count("》") and line.count("“") == line.count("”")


_LIST_END = re.compile(r"[。！？；：…”）》.!?;:）]$")
_LABEL_LINE = re.compile(r"^[^，。：]{2,12}：|^(?:联系|电话|邮箱|地址|附件|抄送|特此)")


def terminal(case: Case, card: Card) -> Iterator[Fault]:
    """A paragraph without its last mark; labels of one kind parted by different marks."""
    lines = case.outline.lines
    for index, line in enumerate(lines):
        if line.zone not in ("body", "plan") or line.end - line.start < card.params["shortest"]:
            continue
        words = case.words(line)
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _LIST_END.search(words) or "，" not in words or "\t" in case.document.quote(line.span):
            continue
        if line.level or _LABEL_LINE.match(words) or case.in_table(line.start) or following is None:
            continue
        if not (following.level or following.zone != line.zone) or not re.search(f"[{HAN}\\d]$", words):
            continue
        end = line.span.end
        yield Fault(Span(max(line.span.start, end - 8), end), change=Change(Span(end, end), "。"))
    yield from _separators(case)


_OWNERS = re.compile(r"(?:责任|牵头|主办)单位：[^\n：]{2,80}?(?P<mark>[。；，、\n])(?:配合|协办|参与|参加|支持)单位：")


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
            other = (Other(case.span(model.start(), model.end()), "多数写法"),)
            values = {"mark": match.group("mark"), "better": usual}
            yield Fault(case.span(*match.span()), values, other, variant="mixed", change=Change(at, usual))


KINDS: dict[str, Kind] = {
    "unbalanced_pairs": Kind(unbalanced),
    "width": Kind(width, {"loud": 3}),
    "enumeration_comma": Kind(enumeration_comma),
    "range_dash": Kind(range_dash, {"loud": 3}),
    "from_dash": Kind(from_dash),
    "lookalike": Kind(lookalike, {"loud": 3}),
    "day_name_dot": Kind(day_name_dot),
    "stray_space": Kind(stray_space),
    "doubled_marks": Kind(doubled, {"loud": 3}),
    "terminal_mark": Kind(terminal, {"shortest": 20}),
}
