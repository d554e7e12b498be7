"""Persons, numbers and mailboxes: are they there, well formed, the same throughout."""

import re
from collections.abc import Iterator
from itertools import chain

from extractor.checks.case import Case, Dated
from extractor.checks.dates import told_as_done
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.schema import ContactRow
from extractor.text import places

_ASKED = lazy(
    r"报送|上报|反馈|报名|领取|提交|填报|寄送|发送至|报至|报到|(?<![日晚周学时海简])报(?:[区市县州局镇乡盟旗校院厅省我]|街道)"
)
_WEBMAIL = lazy(
    r"@(?:qq|163|126|sina|sohu|gmail|hotmail|foxmail|139|189|yeah|outlook|aliyun|tom|vip\.\w+|21cn|yahoo)\.(?:com|cn|net|com\.cn)(?![.\w])",
    re.I,
)
_CHANNEL = lazy(
    r"@|邮箱|信箱|系统|平台|网站|传真|公文|OA|QQ群|微信|钉钉|地址|窗口|送达|扫码|二维码|网址|http|电子版|纸质|邮寄|书面"
)
_SENDING = lazy(
    r"报送|上报|提交|反馈|发送|发至|发到|报至|填报|登录|传至|寄|送至|送交|报名|报[^，。；]{1,12}[局委办科股室]"
)
_LABELLED = lazy(r"[^，。；：\n]{0,6}：")
_PLACED = lazy(r"[\d一二三四五六七八九十]+(?:号|楼|室|层|栋|座)|[路街巷道]|大厦|大楼|大院|广场")
_HOTLINE = lazy(r"^(?:1[012]\d{1,3}|12\d{3}|9[56]\d{3,4}|[48]00-?\d{3}-?\d{4}|[48]00\d{7})$")


def rows(case: Case, *kinds: str) -> tuple[ContactRow, ...]:
    return tuple(row for row in case.tables.contacts if row.kind in kinds)


def asked(case: Case) -> Iterator[tuple[Dated, int, int]]:
    """Deadlines by which readers are to send something in, each with its sentence."""
    for dated in case.role("deadline", "pickup"):
        if (
            dated.row.precision not in ("day", "time", "relative")
            or case.in_title(dated.a)
            or told_as_done(case, dated)
        ):
            continue
        a, b = case.sentence(dated.a, dated.b)
        if _ASKED.search(case.chars, a, b):
            yield dated, a, b


def missing(case: Case, card: Card) -> Iterator[Fault]:
    """Something is to be sent in and nobody is named whom to ask."""
    if rows(case, "person", "phone", "mobile", "email", "fax") or re.search(
        r"联系人|联系电话|联系方式|咨询电话|电话：", case.chars
    ):
        return
    finished = case.part("signature") is not None or case.part("colophon") is not None
    if not finished or case.document.format == "html" or case.fields.region.level in ("nation", "province"):
        return
    for dated, _, _ in asked(case):
        if dated.row.status == "ok":
            yield Fault(dated.span)
            return


# The patterns begin with a literal, so that the engine skips to it; what stands before is looked at from there.
_NUMBERED = {
    sign: lazy(
        rf"{sign}(?<=[电電][话話]|手[机機]|[传傳]真|座[机機])(?:[号號][码碼])?\s*[：:]\s*(?P<n>[(（]?\d[\d\-－–—()（） ]{{3,20}}\d)(?![\d@])"
    )
    for sign in "话話机機真"
}
# Without a label: an area code with its dash, and in a line on contacts a mobile number with a digit too many or too few.
_DASHED = lazy(r"0(?<![\d\-－–—.．].)\d{2,3}[\-－–—]\d{5,12}(?![\d\-－–—年月])")
_MOBILE = lazy(r"1(?<![\d\-－–—.．@].)[3-9]\d{8}(?:\d\d)?(?![\d\-－–—@])")
_CONTACTS = lazy("[联聯][系繫]|[电電][话話]|手[机機]")


def _labelled(case: Case) -> Iterator[Span]:
    for sign, pattern in _NUMBERED.items():
        if sign in case.text:
            for match in pattern.finditer(case.text):
                yield Span(*match.span("n"))


def _unlabelled(case: Case) -> Iterator[Span]:
    for match in _DASHED.finditer(case.text):
        yield Span(*match.span())
    for match in _MOBILE.finditer(case.text):
        start, stop = case.text.rfind("\n", 0, match.start()) + 1, case.text.find("\n", match.end())
        if _CONTACTS.search(case.text, start, stop if stop >= 0 else len(case.text)):
            yield Span(*match.span())


def phone_form(case: Case, card: Card) -> Iterator[Fault]:
    """Numbers with too many or too few digits, without area code, private ones in a public document."""
    spans = [row.span for row in rows(case, "phone", "mobile", "fax")]
    for span in (*sorted(_labelled(case)), *_unlabelled(case)):
        if not any(span.overlaps(other) for other in spans):
            spans.append(span)
    lengths: dict[str, list[tuple[Span, int]]] = {}
    for span in sorted(spans):
        printed = case.document.quote(span)
        if whole := _WHOLE.fullmatch(printed):
            lengths.setdefault(whole["area"], []).append((span, len(whole["local"])))
            continue
        printed = _EXTENSION.split(printed)[0].translate(_DASHES)
        raw = re.sub(r"[^\d\-]", "", re.sub(r"[)）]", "-", printed)).strip("-")
        if not raw or _HOTLINE.match(raw):
            continue
        main = re.sub(r"-\d{1,4}$", "", raw) if raw.count("-") > 1 else raw
        digits = main.replace("-", "")
        if re.fullmatch(r"1[3-9]\d{9}", digits):
            if re.search(r"公开发布|主动公开", case.fields.disclosure or ""):
                yield Fault(span, variant="mobile")
        elif whole := _WHOLE.fullmatch(main):
            lengths.setdefault(whole["area"], []).append((span, len(whole["local"])))
        elif re.fullmatch(r"[2-8]\d{6,7}(?:-\d{1,4})?", main):
            area = case.rulebook.area_code(case.fields.region.code)
            yield Fault(span, {"area": area}, variant="area")
        elif re.match(r"0\d{2,3}-", main) or len(digits) in (5, 6, 9, 10, 12):
            yield Fault(span, {"count": len(digits)})
    for code, numbers in lengths.items():
        yield from _lengths(case, code, numbers)


_WHOLE = lazy(r"(?P<area>0[12]\d|0[3-9]\d\d)-?(?P<local>\d{7,8})")


def _lengths(case: Case, code: str, numbers: list[tuple[Span, int]]) -> Iterator[Fault]:
    """Numbers of seven digits where all have eight; numbers of both lengths under one area code."""
    facts = case.rulebook.facts.eight_digits
    known = len(code) == 3 or (code in facts.codes and case.issue is not None and case.issue >= facts.since)
    short = [span for span, length in numbers if length == 7]
    if known:
        yield from (
            Fault(span, {"area": code, "right": 8}, variant="length", confidence=facts.confidence)
            for span in short
        )
    elif short and len(short) < len(numbers):
        long = [span for span, length in numbers if length == 8]
        odd, usual = sorted((short, long), key=len)
        values = {"area": code, "other": case.document.quote(usual[0])}
        yield from (
            Fault(span, values, (Other(usual[0], "同区号的号码"),), variant="lengths") for span in odd
        )


_EXTENSION = lazy("转|分机")
_DASHES = {ord(c): "-" for c in "－–—―‐−"}

_MAIL = lazy(
    r"(?<![A-Za-z0-9._%+\-＠@])(?P<local>[A-Za-z0-9._%+\-]{2,40})(?P<at>\s*[@＠]\s*)(?P<domain>[A-Za-z0-9\-]{1,30}(?:[.．][A-Za-z0-9\-]{1,30}|\s?[.．，,。]\s?(?:com|con|cn|net|org|gov|edu)(?![A-Za-z]))*)"
)
_WRONG_END = {
    "con": "com",
    "cm": "com",
    "comn": "com",
    "cmo": "com",
    "ocm": "com",
    "coom": "com",
    "cim": "com",
    "vom": "com",
    "cn.com": "com.cn",
}
_KNOWN_WRONG = {
    "gov.com": "gov.cn",
    "163.cn": "163.com",
    "qq.cn": "qq.com",
    "126.cn": "126.com",
    "qq.com.cn": "qq.com",
}
_VALID = lazy(r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]*[A-Za-z0-9_])?@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,6}")


def email_form(case: Case, card: Card) -> Iterator[Fault]:
    """Mailboxes no mail reaches: full-width signs, blanks, misspelt domains."""
    text, done = case.text, 0
    signs = chain(places(text, "@"), places(text, "＠")) if "@" in case.chars else ()
    for at in sorted(signs):
        match = _MAIL.search(text, max(done, at - 42), at + 53)
        if match is None or not match.start("at") <= at < match.end("at"):
            continue
        done = match.end()
        raw = match.group().rstrip("。，,.．")
        if "\n" in raw or re.search(r"微博|微信|抖音|账号", text[max(match.start() - 8, 0) : match.start()]):
            continue
        plain = re.sub(
            r"\s",
            "",
            raw.translate({ord("＠"): "@", ord("．"): ".", ord("，"): ".", ord(","): ".", ord("。"): "."}),
        )
        local, _, domain = plain.partition("@")
        better = plain
        if domain.endswith(".gov.com"):
            better = plain.removesuffix("com") + "cn"
        elif domain in _KNOWN_WRONG:
            better = f"{local}@{_KNOWN_WRONG[domain]}"
        else:
            head, _, last = domain.rpartition(".")
            if last.lower() in _WRONG_END and head:
                better = f"{local}@{head}.{_WRONG_END[last.lower()]}"
        if better != raw or not _VALID.fullmatch(raw):
            span = Span(match.start(), match.start() + len(raw))
            if re.match(r"\s{1,3}[A-Za-z]{1,4}(?![A-Za-z])", text[span.end : span.end + 8]) and not re.search(
                r"[＠．，,。]", raw
            ):
                continue  # broken at the end of a printed line
            if "." not in domain and not re.search(r"[一-鿿A-Za-z0-9]", text[span.end :]):
                continue  # the text was cut off inside the address
            good = better if _VALID.fullmatch(better) else ""
            yield Fault(span, {"better": good}, change=Change(span, good) if good and good != raw else None)


_THINGS = lazy(r"总结|小结|题目|试题|答题|方案|照片|图片|信息|报名|回执|名单|作品|材料|统计表|报表")


def _things(case: Case, row: ContactRow) -> set[str]:
    """What is to be sent to a mailbox, as the clause before it says."""
    a, _ = case.ends(row.span)
    start, _ = case.sentence(a)
    start = max(start, case.chars.rfind("，", start, a) + 1)
    return set(_THINGS.findall(case.chars[start:a]))


def conflict(case: Case, card: Card) -> Iterator[Fault]:
    """Two mailboxes of one office, for one purpose or for purposes that are not told apart."""
    distinct: dict[str, ContactRow] = {}
    for row in rows(case, "email"):
        distinct.setdefault(row.value.lower(), row)
    if len(distinct) < 2 or case.part("signature") is None:
        return
    first, *more = distinct.values()
    for row in more:
        same = row.purpose == first.purpose and bool(_things(case, row) & _things(case, first))
        values = {"one": first.value, "two": row.value}
        yield Fault(row.span, values, (Other(first.span, "另一邮箱"),), variant="" if same else "purpose")


def webmail(case: Case, card: Card) -> Iterator[Fault]:
    """Official returns sent to a commercial mailbox."""
    for row in rows(case, "email"):
        if _WEBMAIL.search(row.value):
            yield Fault(row.span, {"domain": row.value.partition("@")[2]})


def channel(case: Case, card: Card) -> Iterator[Fault]:
    """Returns are asked for, and neither mailbox nor system nor address is told."""
    placed = any(
        _PLACED.search(row.raw) for row in rows(case, "address")
    )  # else it names an office, and no way to it
    if placed or rows(case, "email", "fax") or _told_how(case):
        return
    for dated, a, b in asked(case):
        if dated.row.role == "deadline" and re.search(
            r"报送|上报|提交|反馈|报[区市县州省局]", case.chars[a:b]
        ):
            yield Fault(dated.span)
            return


def _told_how(case: Case) -> bool:
    """Whether a sentence on sending names a channel; a platform that spreads the word is none."""
    return any(
        _LABELLED.match(case.chars, match.end()) or _SENDING.search(case.chars, *case.sentence(*match.span()))
        for match in _CHANNEL.finditer(case.chars)
    )


KINDS: dict[str, Kind] = {
    "contact_missing": Kind(missing),
    "phone_form": Kind(phone_form),
    "email_form": Kind(email_form),
    "contact_conflict": Kind(conflict),
    "webmail": Kind(webmail),
    "report_channel": Kind(channel),
}
