"""Documents a notice cites: short titles, numbers, the title of what it hands over."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain

from extractor.checks.attachments import difference
from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.checks.letter import converted, mended_number, number_defects, number_line
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.campaigns import bare
from extractor.rulebook.cards import Card

_SHORT = lazy(r"《([一-龥]{2,4})》")


def short_title(case: Case, card: Card) -> Iterator[Fault]:
    """《纲要》 without a full title that defines it, or with two it could stand for."""
    if case.outline.report:
        return  # a reporter's 《通知》 is the one he tells of
    chars = case.chars
    told: set[str] = set()
    for match in _SHORT.finditer(chars):
        word = match.group(1)
        if word in told or not _GENRE.fullmatch(word):
            continue
        told.add(word)
        if (
            case.zone(match.start()) in ("attachment", "web", "colophon")
            or chars[max(match.start() - 1, 0)] in "本该此"
            or _SEVERAL.search(chars, max(match.start() - 4, 0), match.start())
        ):
            continue
        if re.search(rf"称(?:(?<=简称)[^。；）]{{0,24}}?《?{word}|(?:为|之为)?《{word}》)", chars):
            continue
        pattern = re.compile(rf"{word}(?:（[^（）]*）)?$")
        full: dict[str, Span] = {}
        for a, b in case.titles:
            if b <= match.start() and b - a > len(word) + 3 and pattern.search(chars[a + 1 : b - 1]):
                full.setdefault(bare(chars[a:b]), case.span(a, b))
        for name in [one for one in full if any(_same(one, other) for other in full)]:
            del full[name]
        if (case.fields.title or "").find(word) >= 0 and not full:
            continue
        shown = ["".join(case.document.quote(span).split()) for span in full.values()]
        values = {"word": word, "full": "".join(shown).strip("《》"), "count": len(full)}
        others = tuple(Other(span, "可能所指") for span in full.values())[:3]
        variant = "none" if not full else "one" if len(full) == 1 else ""
        if variant == "none" and _headless(case):
            continue  # what it is short for may have stood in the part that is missing
        yield Fault(case.span(*match.span()), values, others, variant=variant)


def _same(named: str, whole: str) -> bool:
    """Whether 关于…的通知 is the document that another title names with its issuer in front."""
    return named.startswith("关于") and named != whole and whole.endswith(named)


def _headless(case: Case) -> bool:
    """Whether the text is an excerpt that begins behind the letter's first sentences."""
    if case.part("addressees") is not None:
        return False
    first = next((line for line in case.outline.lines if line.zone in ("body", "plan")), None)
    return first is not None and first.level > 0


_SEVERAL = lazy(r"(?:[两二三四五六七八九几2-9][个部份项]|这些|上述|以上|各)$")  # 两个《办法》: all of them
_GENRE = lazy(
    r"[省市县区州]?(?:实施|工作|活动|行动|指导|总体|专项)?(?:纲要|规划|通知|方案|意见|办法|条例|决定|计划|细则|要点|规定|措施|指南|目录|决议)"
)

_CITED = lazy(
    r"(?P<open>[〔\[（(【［﹝])(?P<year>(?:19|20)?\d\d)(?P<close>[〕\]）)】］﹞])(?P<nth>第?)(?P<no>\d{1,4})号$"
)
_LONGEST = len("〔2020〕第1000号")
_CODE = lazy(r"[一-龥]{2,10}$")
_NOT_CODE = lazy(
    r"^.*(?:根据|按照|依据|遵照|贯彻|落实|转发|印发|结合|文件|通知|意见|[见和与及照按据](?=[一-龥]{3}))"
)
# Organs coin their codes freely (…教体, …党组, …明电): any may stand before a year in brackets, but not these.
_NO_CODE = lazy(
    r"(?:合同|协议|编号|证|证书|执照|照|案|书|裁|判|仲|款|条|项|目|图|表|楼|栋|幢|室|区|路|街|巷|村|镇|于|的|为|在|是|自|至|和)$"
)
# Where round brackets or a year of two figures prove little, the code has to end as codes do.
_CODE_END = lazy(
    r"(?:发|办|函|字|电|令|文|通|厅|委|局|告|规|综|联|知|党|政|监|质|教|体|科|卫|农|林|财|建|环|安|司|民|人社|市监|应急|法|传|秘|宣|组|工|团|群|"
    r"商|审|统|信|网|文旅|退役|消|气|邮|税|普|绿|水|运|交|保|研|改|会|议|决|任|批|复|报|请|签|纪|阅|督|示|简|任)$"
)
_NO_NUMBER = lazy(r"[楼栋幢院门线厅馆车井台机桥卷案]")


def cited_number(case: Case, card: Card) -> Iterator[Fault]:
    """A cited 文号 with the wrong brackets, 第, padding, a short year, or a year to come."""
    text = case.text
    own = case.part("doc_number") or number_line(case)
    own_words = case.text[own.start : own.end] if own else ""
    later = (case.issue.year if case.issue else case.year) or 0
    for sign in re.finditer("号", text):
        end = sign.end()
        match = _CITED.search(text[max(end - _LONGEST, 0) : end])
        if match is None:
            continue
        start = end - len(match.group())
        code = _CODE.search(text[max(start - 10, 0) : start])
        if code is None or not _coded(code.group(), match) or (own and own.start <= start < own.end):
            continue
        if own_words and (code.group() + match.group()).endswith(own_words):
            continue  # the page's record repeats it
        behind = start + len(match["open"] + match["year"] + match["close"])
        if match["open"] in "（(" and re.match(r"[一-龥]{1,3}\d", text[behind : behind + 4]):
            continue  # a case number: courts use round brackets
        defects = number_defects(match)
        words = _NOT_CODE.sub("", code.group()) or code.group()
        shown = Span(max(start - len(words), start - 6), end)
        if later and len(match["year"]) == 4 and int(match["year"]) > later:
            yield Fault(shown, {"year": match["year"], "own": later}, variant="future")
        elif defects:
            better = mended_number(match)
            mild = converted(case, match, defects)
            values = {"defects": "、".join(defects), "better": better}
            change = Change(Span(start, end), better)
            yield Fault(shown, values, severity="info" if mild else None, change=change)


def _coded(code: str, match: re.Match[str]) -> bool:
    """Whether the characters before a year in brackets can be an organ's code, and the number one of a document."""
    if _NO_CODE.search(code) or _NO_NUMBER.match(match.string, match.end()):
        return False
    plain = match["open"] not in "（(" and len(match["year"]) == 4
    return plain or bool(_CODE_END.search(code))


def plan_title(case: Case, card: Card) -> Iterator[Fault]:
    """The enclosed plan's own title against the one the notice hands over."""
    span, title = case.part("plan_title"), case.part("title")
    if span is None or title is None:
        return
    own = bare(case.read(span).replace("\n", ""))
    for words, where in _handed(case, title):
        named = bare(words)
        if not named or own in named or named in own:
            return
        if SequenceMatcher(None, named, own, autojunk=False).ratio() < card.params["alike"]:
            continue
        old, new = difference(named, own)
        values = {"named": words, "own": case.fields.plan_title or own, "old": old, "new": new}
        same = _words_only(named) == _words_only(own)  # 4·26 and 4.26
        yield Fault(span, values, (Other(where, "通知中的名称"),), severity="info" if same else None)
        return


def _words_only(title: str) -> str:
    return "".join(filter(str.isalnum, title))


def _handed(case: Case, title: Span) -> Iterator[tuple[str, Span]]:
    """What the notice says it hands over: 《X》 or X in its title, 现将《X》印发 in its body."""
    a, b = case.ends(title)
    match = re.search(
        r"(?:印发|下发|发布)(?:《(?P<x>[^《》]+)》|(?P<y>[^《》]{6,60}?)(?=的通知))",
        case.chars[a:b].replace("\n", "\u0001"),
    )
    if match:
        name = "x" if match["x"] else "y"
        yield match[name].replace("\u0001", ""), case.span(a + match.start(name), a + match.end(name))
    body = re.search(r"现(?:将|把)《(?P<x>[^《》\n]{4,60})》[^。\n]{0,20}?印发", case.chars)
    if body:
        yield body["x"], case.span(*body.span("x"))


_GENRES = lazy(r"(?:通知|意见|方案|规划|办法|决定|要点|计划)$")


_VAGUELY = tuple(
    lazy(rf"{word}(?P<what>[^，。；《》\n]{{2,40}}?(?:通知|文件|会议|有关)(?:精神|要求))")
    for word in ("根据", "按照")
)


def without_number(case: Case, card: Card) -> Iterator[Fault]:
    """A basis document cited without its 文号, or only as 通知精神."""
    known = case.rulebook.facts.numbers
    for row in case.tables.citations:
        if (
            row.doc_number
            or row.kind != "document"
            or row.relation != "依据"
            or not _GENRES.search(row.title)
        ):
            continue
        key = bare(row.title)
        number = known.get(key) or next(
            (n for t, n in known.items() if t.endswith(key) or key.endswith(t)), ""
        )
        yield Fault(row.span, {"title": row.title, "number": number}, variant="known" if number else "")
    for match in chain.from_iterable(pattern.finditer(case.chars) for pattern in _VAGUELY):
        if case.zone(match.start()) in ("body", "plan") and "《" not in match.group():
            yield Fault(case.span(*match.span()), {"title": match["what"]}, variant="vague")


_NESTED = lazy(r"《[^《》\n]{0,60}《[^《》\n]{1,60}》[^《》\n]{0,40}》")


def nested(case: Case, card: Card) -> Iterator[Fault]:
    """《…《…》…》: the inner marks are 〈〉."""
    for match in _NESTED.finditer(case.text):
        inner = match.group()[1:-1].replace("《", "〈").replace("》", "〉")
        span = Span(*match.span())
        yield Fault(span, {"better": f"《{inner}》"}, change=Change(span, f"《{inner}》"))


KINDS: dict[str, Kind] = {
    "short_title": Kind(short_title),
    "cited_number": Kind(cited_number),
    "plan_title_mismatch": Kind(plan_title, {"alike": 0.6}),
    "citation_without_number": Kind(without_number),
    "nested_title_marks": Kind(nested),
}
