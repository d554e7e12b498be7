"""The parts of a letter (GB/T 9704): letterhead, 文号, title, addressees, body, signature, note, plan, attachments, colophon.

Works on read lines (no blanks, simplified, full-width punctuation); every pattern describes the genre, never one notice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

HAN_DATE = (
    r"[二一][〇零○ＯOo0一二三四五六七八九]{3}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日"
)
DATE = rf"(?:\d{{4}}[年.、/-]\d{{1,2}}[月.、/-]\d{{1,2}}日?|{HAN_DATE})"
ORGAN = (
    r"(?:局|委|办|厅|部|会|院|府|室|科|处|系|社|团|站|所|中心|公司|集团|学校|大学|学院|中学|小学|幼儿园|小组|组织|总队|支队|大队|协会|学会|银行|"
    r"联合会|指挥部|管委会|委员会|人民政府|办公室|工会|妇联|科协|残联|工商联|文联|团委|法院|检察院|报|台)"
)
GENRE = r"(?:通知|方案|意见|公告|通告|通报|函|决定|计划|办法|要点|细则|规定|预案|批复|纪要|倡议书|安排|工作安排|实施意见|安排表)"

DATE_ONLY = re.compile(rf"^(?:（?{DATE}）?)$")
ORGAN_DATE = re.compile(rf"^(?P<organ>[^，。；：\d]{{2,40}}?{ORGAN})(?P<date>{DATE})$")
PRINTED = re.compile(rf"{DATE}印(?:发|制)?$")
ORGAN_LINE = re.compile(rf"^[^，。；：！？]{{1,44}}{ORGAN}(?:（[^）]{{2,30}}）)?$")
SEAL_NOTE = re.compile(r"^（?[^（）。]{2,30}代章）?$")
NOTE = re.compile(r"^（.{2,120}）$")
NUMBER = r"[^\s，。：；、（）《》〔\[【]{1,18}[〔\[【（(]\d{2,4}年?[〕\]】）)](?:第)?\d{1,5}号"
NUMBER_LINE = re.compile(rf"^(?:文号：|发文字号：)?(?P<number>{NUMBER})(?:签发人：.*)?$")
LETTERHEAD = re.compile(r"^[^，。；：]{4,60}文件(?:（[^）]*）)?$")
TITLE_END = re.compile(rf"(?:{GENRE})(?:（[^）]{{1,12}}）)?(?:\d{{4}}年?)?$")
WEB = re.compile(
    r"首页|当前位置|您的位置|现在位置|所在的?位置|发布时间|发布日期|发布机构|更新时间|上传时间|浏览|点击|来源：|作者：|字号|打印|关闭|【.*】|"
    r"扫描二维码|分享|版权所有|ICP备|索引号|主题分类|信息来源|访问量|>|»|相关推荐|小编|上传人|文档编号|责任编辑|收藏|下载|网站?$|\|"
)
FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|txt|html?)$", re.I)
CRUMBS = re.compile(r"位置：|首页|[>»]")
ADDRESSED = re.compile(
    r"^(?!.*(?:如下|为[^，]{0,30}[，]|现将|根据))(?=.*(?:各|局|委|办|厅|部|政府|单位|部门|公司|学校|学院|大学|科室|街道|乡镇|院|处|会|村|社区|厂|站|中心|协会))"
    r"[^。；！？：]{2,600}：$"
)
ADDRESSED_INLINE = re.compile(r"(?:(?<=[。！？；])|^)(各[^。；！？：]{4,400}：)")
INTRO = re.compile(r"如下[：。]?$")
ATTACHED = re.compile(r"^附件?(?P<number>\d{0,2}|[一二三四五六七八九十]{1,2})[：.、]?$")
ATTACHED_TITLE = re.compile(r"^附件(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})[：.、]?(?P<title>.{2,})$")
ATTACHMENT_NOTE = re.compile(r"^附件?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[：.]\D?.{1,}$")
NOTE_ENTRY = re.compile(r"^(?:\d{1,2}[.．、]|附件\d{1,2}[：.]?).{2,}$")
PLAN_TITLE = re.compile(
    r"^[^，。；：！？]{4,80}(?:方案|计划|办法|细则|要点|规定|预案|规划|意见|指南|章程)(?:（[^）]{1,12}）)?$"
)
COPIES = re.compile(r"^(?:抄送|抄报|主送|分送)：?")
CONTACT = re.compile(
    r"^(?:（?(?:联系人|联系电话|联系方式|电话|手机|传真|电子邮箱|电子信箱|邮箱|电子邮件|E-?mail|咨询电话|通讯地址|联系地址|地址|邮编|邮政编码)(?:及[^：]{1,6})?：)",
    re.I,
)
CLOSING = re.compile(r"^(?:特此(?:通知|函告|公告|通报)|此致|妥否.*|以上)[。，]?$")
HANDED_ON = re.compile(
    r"(?:印发给你们|转发给你们|印发|下发|遵照执行|贯彻(?:执行|落实)|组织实施|抓好落实|认真落实)[^。]*。"
)


@dataclass(slots=True)
class Frame:
    """What ``frame`` found, by line index. Grows inside ``frame`` only."""

    zones: list[str]
    title: tuple[int, int] | None = None
    addressees: int | None = None
    doc_number: int | None = None
    letterhead: tuple[int, int] | None = None
    signature: tuple[int, int] | None = None
    issue_date: int | None = None
    seal_note: int | None = None
    note: int | None = None
    plan_title: tuple[int, int] | None = None
    attachment_note: tuple[int, int] | None = None
    colophon: tuple[int, int] | None = None
    attachments: list[int] = field(default_factory=list)
    body: int = 0


def frame(lines: Sequence[str], first_heading: int) -> Frame:
    """The zones of read ``lines``; ``first_heading``: index of the first numbered line, or their count."""
    found = Frame(["body"] * len(lines))
    _head(lines, found, first_heading)
    _signature(lines, found)
    _tail(lines, found)
    _note(lines, found)
    return found


def _head(lines: Sequence[str], found: Frame, first_heading: int) -> None:
    """Title, letterhead, 文号 and addressees, and where the body begins."""
    top = range(min(first_heading, len(lines), 40))
    web = [
        bool(WEB.search(line)) and (not TITLE_END.search(line) or bool(CRUMBS.search(line))) for line in lines
    ]
    found.addressees = next(
        (i for i in top if ADDRESSED.match(lines[i]) and not web[i] and not CONTACT.match(lines[i])), None
    )
    last = found.addressees if found.addressees is not None else len(top)
    candidates = [i for i in range(last) if _title_line(lines[i]) and not web[i]]
    if found.addressees is not None and candidates and found.addressees - candidates[-1] <= 3:
        end: int | None = candidates[-1]
    else:
        end = candidates[0] if candidates else None
        if end is not None and found.addressees is None:
            sentence = next((i for i in top if lines[i].endswith(("。", "；")) and not web[i]), len(top))
            end = end if end < sentence or end < 3 else None
    if end is None:
        end = next(
            (
                i
                for i in top
                if i + 1 < len(lines)
                and re.search(r"(?:发布|上传|更新)时间|来源：", lines[i + 1])
                and 10 <= len(lines[i]) <= 60
                and not web[i]
                and not FILE_NAME.search(lines[i])
                and "。" not in lines[i]
            ),
            None,
        )
    if end is not None:
        start = _title_start(lines, end, web)
        found.title = (start, end)
    before = found.title[0] if found.title else (found.addressees if found.addressees is not None else 0)
    body = max(
        found.title[1] + 1 if found.title else 0, found.addressees + 1 if found.addressees is not None else 0
    )
    for i in range(body):
        match = NUMBER_LINE.match(lines[i])
        if match and found.doc_number is None:
            found.doc_number = i
    if found.doc_number is None:
        found.doc_number = next(
            (i for i in range(body, min(body + 3, len(lines))) if NUMBER_LINE.match(lines[i])), None
        )
        if found.doc_number is not None:
            body = max(body, found.doc_number + 1)
            after = found.doc_number + 1
            if found.addressees is None and after < len(lines) and ADDRESSED.match(lines[after]):
                found.addressees, body = after, after + 1
    head_end = next((i for i in range(before) if LETTERHEAD.match(lines[i])), None)
    if head_end is None and found.doc_number is not None and 0 < found.doc_number <= before:
        above = found.doc_number - 1
        head_end = above if ORGAN_LINE.match(lines[above]) and not web[above] else None
    if head_end is not None:
        start = head_end
        while (
            start
            and head_end - start < 8
            and not web[start - 1]
            and len(lines[start - 1]) <= 30
            and not re.search(r"[，。：；〔]", lines[start - 1])
        ):
            start -= 1
        found.letterhead = (start, head_end)
    found.body = body
    for i in range(body):
        found.zones[i] = "web"
    for span, zone in ((found.letterhead, "letterhead"), (found.title, "title")):
        if span:
            for i in range(span[0], span[1] + 1):
                found.zones[i] = zone
    if found.doc_number is not None:
        found.zones[found.doc_number] = "doc_number"
    if found.addressees is not None:
        found.zones[found.addressees] = "addressees"
    for i in range(body):
        if found.zones[i] == "web" and found.issue_date is None and DATE_ONLY.match(lines[i]):
            found.issue_date = i
    while (
        found.body < len(lines)
        and web[found.body]
        and len(lines[found.body]) < 120
        and found.body < first_heading
    ):
        found.zones[found.body] = "web"
        found.body += 1


def _title_line(line: str) -> bool:
    return (
        6 <= len(line) <= 130
        and bool(TITLE_END.search(line))
        and not re.match(r"^(?:[\[【（]|附件|[一二三四五六七八九十]+、|\d+[.、](?!\d))", line)
        and not re.search(r"[。；！？]|如下", line)
    )


def _title_start(lines: Sequence[str], end: int, web: Sequence[bool]) -> int:
    """Go up from a title's last line through its earlier lines and the issuing bodies above them."""
    start = end
    while start and end - start < 5 and not _stops_title(lines[start - 1], web[start - 1]):
        joined = "".join(lines[start : end + 1])
        above = lines[start - 1]
        opened = joined.count("》") > joined.count("《") or joined.count("”") > joined.count("“")
        begun = _BEGUN.search(joined)
        if opened or (not begun and _BEGUN.search(above)) or (not begun and _TAIL_OF_TITLE.match(joined)):
            start -= 1
        else:
            break
    if not _BEGUN.search("".join(lines[start : end + 1])):
        return start
    top = start
    while (
        top
        and start - top < 10
        and not _stops_title(lines[top - 1], web[top - 1])
        and 2 <= len(lines[top - 1]) <= 40
    ):
        top -= 1
    while top < start and not any(ORGAN_LINE.match(lines[i]) for i in range(top, start)):
        top += 1
    first = lines[start]
    begins = re.match(r"(?:关于|印发|转发)", first) or ORGAN_LINE.match(first.split("关于")[0])
    return top if top < start and begins and ORGAN_LINE.match(lines[start - 1]) else start


def _stops_title(line: str, web: bool) -> bool:
    """Whether a line above a title is something else: furniture, number, date, letterhead, sentence, another title."""
    return (
        web
        or len(line) > 60
        or bool(
            re.search(r"[，。；：〔]|文件$", line)
            or TITLE_END.search(line)
            or NUMBER_LINE.match(line)
            or DATE_ONLY.match(line)
        )
    )


_BEGUN = re.compile(r"关于|印发《?|转发|批转")
_TAIL_OF_TITLE = re.compile(r"^(?:活动|实施|工作|宣传|主题|系列|的|总体|具体)")


def _signature(lines: Sequence[str], found: Frame) -> None:
    """The first organ line with a date below it (or on it) after the body began; else organs alone at the very end."""
    for i in range(found.body, len(lines)):
        line = lines[i]
        match = ORGAN_DATE.match(line)
        if match and not line.endswith("印发"):
            found.signature, found.issue_date = (i, i), i
            break
        if not DATE_ONLY.match(line):
            continue
        start = i
        while start > found.body and i - start < 14 and _signs(lines[start - 1]):
            start -= 1
        while start < i and not (ORGAN_LINE.match(lines[start]) or SEAL_NOTE.match(lines[start])):
            start += 1
        found.issue_date = i
        if start < i:
            found.signature = (start, i)
            break
        below = lines[i + 1] if i + 1 < len(lines) else ""
        if i + 1 == len(lines) or NOTE.match(below) or ATTACHED.match(below) or PLAN_TITLE.match(below):
            found.signature = (i, i)
            break
        if i + 1 < len(lines) and ORGAN_LINE.match(below):
            found.signature = (i, i + 1)
            break
        found.issue_date = None
    if found.signature is None:
        start = len(lines)
        while start > found.body and len(lines) - start < 12 and _signs(lines[start - 1]):
            start -= 1
        while start < len(lines) and not ORGAN_LINE.match(lines[start]):
            start += 1
        if (
            start < len(lines)
            and start > found.body
            and lines[start - 1].endswith(("。", "；", "：", "通知"))
        ):
            found.signature = (start, len(lines) - 1)
    if found.signature:
        for i in range(found.signature[0], found.signature[1] + 1):
            found.zones[i] = "signature"
            if "代章" in lines[i]:
                found.seal_note = i


def _signs(line: str) -> bool:
    return (
        len(line) <= 44
        and not re.search(r"[，。；：！？]", line)
        and not re.match(
            r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、]|附件|特此)", line
        )
        and not TITLE_END.search(line)
    )


def _tail(lines: Sequence[str], found: Frame) -> None:
    """What follows the signature (or the covering letter): notes, the enclosed plan, attachments, the colophon."""
    handed = _handed_on(lines, found)
    if found.signature and handed is not None and handed < found.signature[0]:
        found.plan_title = (handed, handed)
        for i in range(handed, found.signature[0]):
            found.zones[i] = "plan"
    start = found.signature[1] + 1 if found.signature else handed
    if start is None:
        _colophon(lines, found, found.body)
        return
    zone = "after"
    i = start
    while i < len(lines):
        line = lines[i]
        if zone == "after" and NOTE.match(line):
            found.zones[i] = "note"
            found.note = i if found.note is None else found.note
        elif SEAL_NOTE.match(line) and zone == "after":
            found.zones[i], found.seal_note = "signature", i
        elif ATTACHED.match(line) or (
            ATTACHED_TITLE.match(line) and found.signature is not None and i > start - 1
        ):
            zone = "attachment"
            found.attachments.append(i)
            found.zones[i] = zone
            title = next((j for j in range(i + 1, min(i + 4, len(lines))) if lines[j]), None)
            if found.plan_title is None and ATTACHED.match(line) and title is not None:
                end = title
                while (
                    end + 1 < len(lines)
                    and end - title < 3
                    and not TITLE_END.search("".join(lines[title : end + 1]))
                    and len(lines[end]) < 40
                    and not re.search(r"[，。：]", lines[end])
                ):
                    end += 1
                if PLAN_TITLE.match("".join(lines[title : end + 1])):
                    zone = "plan"
                    found.plan_title = (title, end)
        elif zone == "after" and (enclosed := _enclosed(lines, i)) is not None:
            end = enclosed
            if PLAN_TITLE.match("".join(lines[i : end + 1])):
                found.plan_title = (i, end)
            zone = "plan"
            for j in range(i, end + 1):
                found.zones[j] = "plan"
            i = end
        else:
            found.zones[i] = (
                "note"
                if zone == "after" and CONTACT.match(line)
                else zone
                if zone != "after"
                else "body"
                if found.signature is None
                else "note"
            )
        i += 1
    _enclosed_signature(lines, found, start)
    _colophon(lines, found, start)


def _enclosed_signature(lines: Sequence[str], found: Frame, start: int) -> None:
    """Organ and date under an enclosed text: no part of its last section."""
    for i in range(start + 1, len(lines)):
        if found.zones[i] == "plan" and DATE_ONLY.match(lines[i]) and ORGAN_LINE.match(lines[i - 1]):
            found.zones[i] = found.zones[i - 1] = "signature"


def _handed_on(lines: Sequence[str], found: Frame) -> int | None:
    """Without a signature: the line after the covering letter's last sentence, when a plan's title follows it."""
    named = "".join(lines[found.title[0] : found.title[1] + 1]) if found.title else ""
    for i in range(found.body, min(found.body + 12, len(lines) - 1)):
        if PLAN_TITLE.match(lines[i + 1]) and (
            HANDED_ON.search(lines[i])
            or (len(lines[i + 1]) > 8 and lines[i + 1] in named and lines[i + 1] != named)
        ):
            return i + 1
    return None


def _enclosed(lines: Sequence[str], i: int) -> int | None:
    """The last line of an enclosed plan's (or a forwarded notice's) title that begins at line ``i``, or None."""
    for end in range(i, min(i + 3, len(lines))):
        if re.search(r"[，。；：！？]", lines[end]) or len(lines[end]) > 60:
            return None
        joined = "".join(lines[i : end + 1])
        if PLAN_TITLE.match(joined) or (len(joined) >= 10 and re.search(r"关于.*通知$", joined)):
            return end
    return None


def _colophon(lines: Sequence[str], found: Frame, start: int) -> None:
    """抄送 … 印发 at the end: from the first of its lines on."""
    end = next(
        (
            i
            for i in range(len(lines) - 1, max(start - 1, len(lines) - 12), -1)
            if PRINTED.search(lines[i]) and not DATE_ONLY.match(lines[i])
        ),
        None,
    )
    copies = next((i for i in range(max(start, len(lines) - 12), len(lines)) if COPIES.match(lines[i])), None)
    first = end if copies is None else min(copies, end) if end is not None else copies
    if first is None:
        return
    if (
        end is not None
        and DATE_ONLY.match(lines[end].removesuffix("印发").removesuffix("印制"))
        and end > start
        and ORGAN_LINE.match(lines[end - 1])
        and found.zones[end - 1] != "signature"
    ):
        first = min(first, end - 1)
    last = end if end is not None else first
    found.colophon = (first, last)
    for i in range(first, last + 1):
        found.zones[i] = "colophon"


def _note(lines: Sequence[str], found: Frame) -> None:
    """The list of attachments under the body (附件：1.… 2.…)."""
    for i in range(found.body, len(lines)):
        if (
            found.zones[i] not in ("body", "plan", "note")
            or not ATTACHMENT_NOTE.match(lines[i])
            or ATTACHED.match(lines[i])
        ):
            continue
        end = i
        while (
            end + 1 < len(lines)
            and found.zones[end + 1] in ("body", "plan", "note")
            and NOTE_ENTRY.match(lines[end + 1])
        ):
            end += 1
        found.attachment_note = (i, end)
        for j in range(i, end + 1):
            found.zones[j] = "attachment_note"
        following = end + 1
        if following < len(lines) and ATTACHED.match(lines[following]):
            for j in range(following, len(lines)):
                if found.zones[j] in ("body", "plan"):
                    found.zones[j] = "attachment"
            if following not in found.attachments:
                found.attachments.append(following)
        break
