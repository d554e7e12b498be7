"""The parts of a letter as GB/T 9704 wants them: number, title, addressees, signature, notes, colophon."""

import re
from collections.abc import Iterator
from datetime import date

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind
from extractor.checks.printed import printed_lines
from extractor.checks.punctuation import narrow_throughout
from extractor.model import Line, Severity, Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.text import numeral

_STANDARD_SINCE = date(2012, 7, 1)

_NUMBER = lazy(
    r"(?P<code>[一-龥]{2,14})(?P<open>[〔\[（(【［﹝]?)\s*(?P<year>(?:19|20)?\d\d)\s*(?P<close>[〕\]）)】］﹞]?)\s*(?P<nth>第?)\s*(?P<no>\d{1,4})\s*号"
)


def number_defects(match: re.Match[str]) -> list[str]:
    """What is wrong with a 文号 as printed (GB/T 9704—2012 7.2.5)."""
    found = []
    if match["open"] + match["close"] not in ("〔〕", "﹝﹞"):
        found.append("年份应用六角括号〔〕")
    if len(match["year"]) == 2:
        found.append("年份应标全称")
    if match["nth"]:
        found.append("不加“第”")
    if match["no"].startswith("0"):
        found.append("序号不编虚位")
    return found


def converted(case: Case, match: re.Match[str], defects: list[str]) -> bool:
    """Whether only the brackets are wrong, in a text from a web page: there they prove nothing about the original."""
    web = case.document.format == "html" or any(line.zone == "web" for line in case.outline.lines[:6])
    return web and len(defects) == 1 and match["open"] + match["close"] not in ("〔〕", "﹝﹞")


def mended_number(match: re.Match[str]) -> str:
    """The right form of year and number, without the organ's code before them."""
    year = match["year"] if len(match["year"]) == 4 else "20" + match["year"]
    return f"〔{year}〕{int(match['no'])}号"


def number_line(case: Case) -> Span | None:
    """A line above the addressees that is a number in brackets no number is written with (青林发［2023］3号)."""
    stop = case.part("addressees")
    for line in case.outline.lines[:8]:
        if stop and line.span.start >= stop.start:
            return None
        printed = case.document.quote(line.span)
        match = _NUMBER.fullmatch(re.sub(r"[ \u3000]+", "", printed)) if "号" in printed else None
        if match and match["open"]:
            return line.span
    return None


def own_number(case: Case, card: Card) -> Iterator[Fault]:
    """The document's own number: malformed, or missing under a letterhead."""
    span = case.part("doc_number") or number_line(case)
    if span:
        printed = case.document.quote(span)
        match = _NUMBER.search(re.sub(r"[ \u3000]+", "", printed))
        if match and match["open"]:
            defects = number_defects(match)
            if defects:
                better = match["code"] + mended_number(match)
                where = _NUMBER.search(printed)
                change = (
                    Change(Span(span.start + where.start(), span.start + where.end()), better)
                    if where
                    else None
                )
                values = {"defects": "、".join(defects), "better": better}
                yield Fault(
                    span, values, severity="info" if converted(case, match, defects) else None, change=change
                )
        return
    title, head = case.part("title"), case.part("letterhead")
    if title is None or case.part("signature") is None or case.document.format == "html":
        return
    if head and case.read(head).endswith("文件"):
        yield Fault(head, variant="missing")
    else:
        yield Fault(title, variant="absent")


def issue_date_form(case: Case, card: Card) -> Iterator[Fault]:
    """The signature's date in another form than full Arabic 年月日."""
    span, day = case.issue_span, case.issue
    if span is None:
        short = _alone(case, _SHORT_DATE)
        span = short.span if short else None
    if span is None or (day is not None and day < _STANDARD_SINCE):
        return
    part = case.part("issue_date")
    printed = "".join(case.document.quote(part if part and part.covers(span) else span).split())
    if re.fullmatch(r"(?:19|20)\d\d年[1-9]\d?月[1-9]\d?日", printed):
        return
    match = re.search(
        r"(?P<y>[\d一二三四五六七八九〇○零OＯ]{2,4})[年.\-/、．](?P<m>[\d一二三四五六七八九十]{1,3})[月.\-/、．](?P<d>[\d一二三四五六七八九十]{1,3})日?",
        printed,
    )
    if match is None:
        return
    reason = (
        "成文日期应用阿拉伯数字"
        if not match["y"].isdigit()
        else "年份应标全称"
        if len(match["y"]) == 2
        else "月、日不编虚位"
        if re.search(r"(?:月|年|[.\-/])0", printed) and "年" in printed
        else "年、月、日应标全"
    )
    year, month, number = (numeral(match[key]) for key in ("y", "m", "d"))
    if year is None or month is None or number is None:
        return
    better = f"{year + 2000 if year < 100 else year}年{month}月{number}日"
    if better != printed and not re.search(r"\d[OＯo]|[OＯo]\d", match["y"]):  # a letter is told as one
        yield Fault(span, {"reason": reason, "better": better}, change=Change(span, better))


def signature(case: Case, card: Card) -> Iterator[Fault]:
    """A finished notice without organ or date below it, or with the date above the organ."""
    title = case.fields.title or ""
    if not title.endswith(("通知", "意见", "通报", "函", "请示", "报告")):
        return
    signed = case.part("signature")
    if not signed:
        yield from _unsigned(case, title)
        return
    lines = [line for line in case.lines("signature") if signed.overlaps(line.span)]
    organs = [
        line for line in lines if not re.search(r"\d{1,2}月|章|[一二三四五六七八九十]月", case.words(line))
    ]
    issue = case.issue_span
    if issue is not None:
        dated = case.outline.line_at(issue.start)
        own = case.words(dated) if dated else ""
        joined = bool(re.match(r"[一-龥]{4,}(?=(?:19|20)\d\d年|二)", own))
        if not organs and not joined and not _named_above(case):
            yield Fault(issue, variant="organ")
        elif organs and dated and dated.index < organs[0].index and not joined:
            yield Fault(issue, {"organ": case.words(organs[0])}, variant="order")
    elif organs and not case.fields.print_date and not _open_date(case, lines):
        yield Fault(organs[-1].span)


def _open_date(case: Case, lines: list[Line]) -> bool:
    """2023年 月 日 in the signature: a slot nobody filled in, which is told as such."""
    return any(re.search(r"年\d{0,2}月\d{0,2}日", case.words(line)) for line in lines)


_SHORT_DATE = lazy(r"\d\d年\d{1,2}月\d{1,2}日")
_FULL_DATE = lazy(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_PREFIX = lazy("(.{4,40}?)(?=关于|转发|批转|印发)")


def _alone(case: Case, form: re.Pattern[str]) -> Line | None:
    """A line of the body that is a date of this form and nothing else, behind a finished sentence or a name."""
    for line in case.lines("body"):
        if form.fullmatch(case.words(line)) and line.index and not case.outline.lines[line.index - 1].level:
            return line
    return None


def _unsigned(case: Case, title: str) -> Iterator[Fault]:
    """What is left of a signature that lacks organ or date, in front of an enclosed plan or an attachment."""
    date_line = _alone(case, _FULL_DATE)
    if date_line:
        if case.words(case.outline.lines[date_line.index - 1]).endswith("。") and not _named_above(case):
            yield Fault(date_line.span, variant="organ")
        return
    named = _PREFIX.match(title)
    for line in case.lines("body") if named and not case.fields.print_date else ():
        following = case.outline.lines[line.index + 1 : line.index + 2]
        dated = any(
            re.match(r"(?:(?:19|20)?\d\d|二.{3})年.{1,3}月", case.words(other)) for other in following
        )
        if named and case.words(line) == named.group(1) and following and not dated:
            yield Fault(line.span)
            return


def _named_above(case: Case) -> bool:
    """Whether letterhead or title names the organ (a sealed copy may leave the signature to the seal)."""
    return case.part("letterhead") is not None or not (case.fields.title or "关于").startswith(
        ("关于", "印发", "转发")
    )


_DOUBLED = lazy(r"(?:的通知){2,}|通知的通知的通知|关于关于|请示报告$|的的")


def title(case: Case, card: Card) -> Iterator[Fault]:
    """Issuer, matter and genre of the title."""
    span = case.part("title")
    words = case.fields.title
    if span is None or not words:
        return
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", words)
    match = _DOUBLED.search(words)
    if match and not (re.search("转发|批转", words) and match.group() == "的通知的通知"):
        yield Fault(span, {"what": match.group()}, variant="doubled")
    formal = case.part("doc_number") is not None and bare.count("《") == bare.count("》")
    if formal and re.search(r"(?:方案|计划|要点|安排|总结|汇报|细则)$", bare) and "关于" in bare:
        yield Fault(span)
    if case.part("signature") is None:
        return
    if bare.startswith(("关于", "印发", "转发")):
        yield Fault(span, variant="issuer")
    if case.campaign and not re.search(r"(?:19|20)\d\d|第[\d一二三四五六七八九十]+[届个次]", words):
        yield Fault(span, variant="year")


_ADDRESSED = lazy(r"[^。；：]{3,80}(?:单位|部门|局|委|政府|办事处|公司|学校|机构|办公室|中心)")


def _addressed(words: str) -> bool:
    """Whether a line without a mark at its end names those a notice goes to."""
    groups = "各" in words and not re.search(r"[。；：！？]|\d", words) and len(words) <= 120
    begun = re.match(r"为|根据|按照|现|经|结合|在|依据|围绕", words)
    return bool(_ADDRESSED.fullmatch(words)) or (groups and not begun and not words.endswith(("，", "、")))


def addressees(case: Case, card: Card) -> Iterator[Fault]:
    """The line of addressees: its colon, its separators, whether it is there at all."""
    span = case.part("addressees")
    words = case.fields.title or ""
    if span is None:
        head = case.part("title")
        if (
            head is None
            or not words.endswith("通知")
            or case.part("signature") is None
            or (case.part("plan_title") and "印发" not in words)
        ):
            return
        first = next(iter(case.lines("body")), None)
        if first is None or first.span.start < head.end:
            return
        whole = next(printed_lines(case, first.span), first.span)
        if _addressed(case.read(whole)):
            end = whole.end
            alone = end == first.span.end  # else the paragraph behind it was joined to it
            yield Fault(Span(max(whole.start, end - 8), end), change=Change(Span(end, end), "：", alone))
        elif not first.level and len(case.words(first)) > 15 and re.search("[，。]", case.words(first)):
            yield Fault(head, variant="missing")
        return
    printed = case.document.quote(span).rstrip()
    if printed.endswith(":"):
        end = span.start + len(printed)
        colon = Span(end - 1, end)
        severity: Severity | None = "info" if narrow_throughout(case.text) else None
        yield Fault(
            Span(max(span.start, end - 8), end), variant="half", severity=severity, change=Change(colon, "：")
        )
    read = case.read(span)
    if not read.endswith("：") and words.endswith("通知") and case.part("signature") is not None:
        yield Fault(
            Span(max(span.start, span.end - 8), span.end), change=Change(Span(span.end, span.end), "：")
        )
    a, _ = case.ends(span)
    mixed = re.search(
        r"(?:成员单位|部门|机构|企业|院校|学校)、(?=[^、，：]{0,6}(?:街道|乡镇|镇|县|人民政府))", read
    )
    if mixed and "，" not in read:
        comma = case.span(a + mixed.end() - 1, a + mixed.end())
        yield Fault(
            case.span(a + max(mixed.start(), 0), min(a + mixed.end() + 6, a + len(read))),
            variant="separator",
            change=Change(comma, "，"),
        )


def colophon(case: Case, card: Card) -> Iterator[Fault]:
    """A paper document without the line of the printing organ and day."""
    head = case.part("letterhead")
    if case.document.format == "html" or any(line.zone == "web" for line in case.outline.lines[:4]):
        return
    last = [case.words(line) for line in case.lines("colophon")]
    cut = None if any("印发" in words for words in last) else _colophon_cut(case)
    if cut:
        words = case.words(cut)
        change = Change(Span(cut.span.end, cut.span.end), "发" if words.endswith("印") else "印发")
        yield Fault(cut.span, {"better": words.removesuffix("印") + "印发"}, change=change)
        return
    if not last:
        if head and case.part("signature") and case.read(head).endswith("文件"):
            yield Fault(head, variant="missing")
        return
    for line in case.lines("colophon"):
        words = case.words(line)
        if re.search(r"\d{1,2}月\d{1,2}日印$|\d{1,2}月\d{1,2}日$", words) and not any(
            "印发" in other for other in last
        ):
            end = line.span.end
            yield Fault(
                line.span,
                {"better": words.removesuffix("印") + "印发"},
                change=Change(Span(end, end), "发" if words.endswith("印") else "印发"),
            )
        elif re.search(r"(?:年|月)0\d", words) and "印发" in words:
            yield Fault(line.span, {"better": re.sub(r"(?<=[年月])0(?=\d)", "", words)}, variant="padded")


def _colophon_cut(case: Case) -> Line | None:
    """A last line that names an office and a day behind the signature, without 印发."""
    lines = case.outline.lines
    issue = case.outline.line_at(case.issue_span.start) if case.issue_span else None
    if issue is None or not lines or lines[-1].index <= issue.index:
        return None
    last, above = lines[-1], lines[-2]
    if re.fullmatch(r"[^\d，。：（]{4,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印?", case.words(last)):
        return last
    if above.index == issue.index or above.zone != last.zone or last.zone not in ("note", "body"):
        return None  # the signature of an enclosed text
    dated = re.fullmatch(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日印?", case.words(last))
    office = re.fullmatch(r"[^\d，。：（]{4,40}(?:办公室|[办科局委会府])", case.words(above))
    return last if dated and office else None


_NOTE = lazy(r"^(?:此件|联系人|联系方式|主动公开|依申请公开|公开(?:发布|属性)|发至|信息公开)")


def note(case: Case, card: Card) -> Iterator[Fault]:
    """The note below the date: in full-width round brackets."""
    issue = case.outline.line_at(case.issue_span.start) if case.issue_span else None
    below = case.outline.lines[issue.index + 1 : issue.index + 2] if issue else ()
    marked = [line for line in below if line.zone != "note" and case.words(line).startswith("此件")]
    for line in (*marked, *case.lines("note")):
        printed = case.document.quote(line.span).strip()
        read = case.words(line).strip("（）")
        if not _NOTE.match(read) or len(read) > 60 or (printed.startswith("（") and printed.endswith("）")):
            continue
        if read.startswith("联系") and not printed.startswith(("(", "（")):
            continue  # contact lines may stand free; only a note that is marked as one is held to its form
        inner = printed.strip("()（）")
        yield Fault(
            line.span, {"better": f"（{inner}）"}, change=Change(_stripped(case, line), f"（{inner}）")
        )


def _stripped(case: Case, line: Line) -> Span:
    printed = case.document.quote(line.span)
    left = len(printed) - len(printed.lstrip())
    return Span(line.span.start + left, line.span.start + len(printed.rstrip()))


def seal(case: Case, card: Card) -> Iterator[Fault]:
    """The line of the organ that seals for another: （××局代章）."""
    span = case.part("seal_note")
    if span is None:
        return
    printed = case.document.quote(span).strip()
    if printed.startswith("（") and printed.endswith("）"):
        return
    inner = printed.strip("()（）")
    if "代章" in inner and len(inner) <= 30:
        better = f"（{inner}）"
        start = span.start + case.document.quote(span).find(printed)
        yield Fault(span, {"better": better}, change=Change(Span(start, start + len(printed)), better))


def page_number(case: Case, card: Card) -> Iterator[Fault]:
    """A page number that stood inside the text of a file whose pages are not its own."""
    if case.document.format not in ("txt", "html", "docx"):
        return
    text = case.text
    for mark in case.document.marks:
        if mark.kind != "page_number" or not 0 < mark.span.start < len(text) - 1:
            continue
        at = mark.span.start
        before, after = text[:at].rstrip(), text[at:].lstrip()
        line = case.outline.line_at(len(text) - len(after))
        if (
            not re.search(r"[一-龥，、]$", before)
            or not re.match(r"[一-龥，、]", after)
            or (line and line.level)
        ):
            continue
        span = Span(max(len(before) - 4, 0), min(len(text) - len(after) + 4, len(text)))
        yield Fault(span, {"mark": mark.note.strip(), "line": mark.line or ""})


KINDS: dict[str, Kind] = {
    "own_number": Kind(own_number),
    "issue_date_form": Kind(issue_date_form),
    "signature_block": Kind(signature),
    "title_elements": Kind(title),
    "addressee_line": Kind(addressees),
    "colophon_line": Kind(colophon),
    "note_form": Kind(note),
    "seal_form": Kind(seal),
    "page_number": Kind(page_number),
}
