"""Contacts: persons, telephone and fax numbers, e-mails, postal and pick-up places.

A cue anywhere in the reading picks a line; the line is then parsed as printed, because the blanks that part names and
numbers carry meaning. Labels cut the line into fields. A number with an area code or a mobile number stands on its own;
a bare local number, a hotline and a name need a label (or, for a name, a number right beside it).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from extractor.entities.contact_labels import KIND_OF, LABEL, kind_of, unspaced
from extractor.entities.names import names, plausible, sure
from extractor.entities.offices import find_offices
from extractor.model import ContactValue, Manuscript, Mention, Span, Table
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.text import Forms, fold, forms, with_area

# One-to-one, so that offsets hold: half-width digits, letters and marks; every blank becomes a space.
_ONE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ONE |= {ord(c): " " for c in "\t\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff\n"}
_ONE |= {ord(c): "-" for c in "－–—―─━﹣−‐‑‒﹘"}
_ONE |= {ord(c): ":" for c in "︰∶꞉﹕"}
_ONE |= {ord(a): b for a, b in zip("﹙﹚﹫・•‧⋅", "()@····", strict=True)}
_PLAIN = forms(_ONE)

_CUE = lazy(
    r"@|联系|联络|经办人|收件人|咨询|电话|手机|座机|传真|邮箱|信箱|邮件|热线|地址|领取地点|报送地点|报名地点|"
    r"E-?[Mm]ail|e-?[Mm]ail|0\d{2,3}[）-]?\d{7,8}|1[3-9]\d{9}|TEL|Tel|#[a-z\d]+\.[a-z]"
)

_PURPOSES = ("咨询", "监督", "举报", "投诉", "报名", "值班", "热线", "领取", "报送", "邮寄", "服务")
_SENTENCE = 600  # characters of a sentence in front of a contact
_REPORTING = lazy(r"报送|上报|报至|报到|反馈|发送|发至|发到|提交|前报|投稿|传至|寄至")

# A line break of a PDF may leave a blank inside the ending (qq.c om).
_TLD = r"(?:c\s?o\s?m|n\s?e\s?t|o\s?r\s?g|g\s?o\s?v|c\s?n|edu|ac|mil|info|vip|top|ltd|cc|cn|hk|mo|tw|[A-Za-z]{2,4})"
_EMAIL = lazy(
    r"(?P<local>[A-Za-z\d](?:[A-Za-z\d._+-]*[A-Za-z\d_-])?)\s{0,2}(?P<at>@|#|\(at\)|\[at\])\s{0,2}"
    rf"(?P<host>(?:[A-Za-z\d-]+\s?\.\s?)+?{_TLD}(?:\s?\.\s?(?:cn|hk|mo|tw))?)(?![A-Za-z-]|\s?\.\s?[A-Za-z])"
)
_AT = lazy(r"@|#|\(at\)|\[at\]")
_SPLIT_LOCAL = lazy(r"\s*(?P<part>[A-Za-z\d._-]{1,20}(?: [A-Za-z\d._-]{1,20})? )$")
_BRACKET = lazy("[()]")
_MASKED = lazy(r"[xX*]+")
_NOT_NUMBERS = lazy(
    r"[hw〔\[(\d](?:(?<=h)ttps?://\S+|(?<=w)ww\.\S+|(?<=[〔\[(])\s?(?:19|20)\d\d\s?[〕\])]\s?第?\s?\d+\s?号"
    r"|(?<=\d)(?:\d{3}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?|\d?\s?月\s?\d{1,2}\s?日?|\d?:\d{2}))"
)
_AREA = r"(?:10|2\d|[3-9]\d\d)"
_NUMBER = lazy(
    r"(?=[+(\d])(?<![\dA-Za-z〔\[.-])(?:"
    r"(?P<mobile>(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?:[ -]?\d{4}){2})"
    rf"|(?:\(\s?0(?P<a1>{_AREA})\s?\)|0(?P<a2>{_AREA})|(?:\+|00)86[- ]?0?(?P<a3>{_AREA}))\s?[-/]?\s{{0,2}}"
    r"(?P<subscriber>[2-9]\d{2,3}[ -]?\d{4})"
    r"|(?P<hot>[48]00[- ]?(?:\d{3}[- ]?\d{4}|\d{4}[- ]?\d{3}))"
    r"|(?P<local>[2-9]\d{2,3}[ -]?\d{4})"
    r"|(?P<short>12[1-3]\d\d|123\d\d|9[56]\d{3,4})"
    r")(?![\d*×.])(?:\s?(?:转|分机号?:?|ext\.?)\s?(?P<ext>\d{1,6})|-(?P<ext2>\d{2,5})(?!\d))?"
    r"(?P<tails>(?:\s?(?:[/、]\s?\d{2,4}|/\s?\d)(?![\d.:：年月日至-]))*)"
)
_COUNTED = lazy(r"\s?(?:元|万|份|人|家|件|次|年|月|个|名|册|张|%|余|多|号文)")
_FAX_AFTER = lazy(r"\s?\((?P<both>兼|带|电话)?[/、]?\s?(?:传真|FAX|fax)(?:同号)?\)")

_BESIDE = lazy(
    r"(?:^|[(,、;:\s/]|联系人?|联络[员人]|请?与|主任|科长|局长|处长|股长|部长|队长|校长|院长)(?P<name>[㐀-鿿]{2,4}|[㐀-鿿] {1,4}[㐀-鿿])(?:同志|老师|女士|先生|科长|主任)?"
    r"\s{0,4}(?:[,(:、]\s?)?(?:联系)?(?:电话\s?:?\s?)?[(]?$"
)
_ADDRESS_END = lazy(r"[。;]|\s{3,}|,(?=.{0,6}(?:邮编|电话|联系))|[,(（]?\s?(?:邮编|邮政编码)")


class _Field(Struct, frozen=True):
    """A labelled stretch of a line: its kind, the label, whether a colon marks it, where its content lies."""

    kind: str
    label: str
    marked: bool
    start: int
    end: int


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Every contact outside the web page's own furniture, once for each place where it is printed."""
    seen: set[tuple[str, int]] = set()
    text = manuscript.document.text
    for mention in _all(manuscript, rulebook.simplified):
        value = mention.value
        if not isinstance(value, ContactValue) or (value.kind, mention.span.start) in seen:
            continue
        seen.add((value.kind, mention.span.start))
        if value.kind in ("person", "address"):  # words of the text, as printed
            value = ContactValue(value.kind, fold(text[mention.span.start : mention.span.end]), value.purpose)
        yield Mention("contact", mention.span, value, mention.role, mention.confidence)


def _all(manuscript: Manuscript, simplified: Forms) -> Iterator[Mention]:
    text, reading = manuscript.document.text, manuscript.reading
    done = -1
    for cue in _CUE.finditer(reading.chars):
        offset = reading.origin[cue.start()]
        if offset < done:
            continue
        start = text.rfind("\n", 0, offset) + 1
        done = end = _line_end(text, offset)
        if manuscript.outline.zone_at(start) == "web":
            continue
        plain = _PLAIN.of(simplified.of(text[start:end]))
        if _is_bare_label(plain) and end < len(text):
            following = _PLAIN.of(simplified.of(text[end + 1 : _line_end(text, end + 1)]))
            if not LABEL.match(following.lstrip()):
                plain = f"{plain} {following}"
        yield from _line(plain, start)
    for table in manuscript.document.tables:
        yield from _table(table, text, simplified)
    yield from find_offices(manuscript)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _is_bare_label(plain: str) -> bool:
    label = LABEL.fullmatch(plain.strip().rstrip("("))
    return label is not None and kind_of(label["word"]) not in ("none", "")


def _line(plain: str, base: int) -> Iterator[Mention]:
    """The contacts of one printed line whose first character stands at ``base``."""
    work = plain
    emails = []
    for match in _EMAIL.finditer(plain) if _AT.search(plain) else ():
        if not _MASKED.fullmatch(match["local"]):
            emails.append(match)
        work = _blank(work, match.start(), match.end())
    for match in _NOT_NUMBERS.finditer(work):
        work = _blank(work, match.start(), match.end())
    fields = _fields(work)
    for match in emails:
        field = next((f for f in reversed(fields) if f.start <= match.start() < f.end), None)
        start, label = match.start(), field.label if field and field.kind == "email" else ""
        split = _SPLIT_LOCAL.match(plain[field.start : start]) if field and label else None
        if field and split:
            start = field.start + split.start("part")
            work = _blank(work, start, match.end())
        value = unspaced(plain[start : match.end("local")] + "@" + match["host"])
        yield _mention("email", base, start, match.end(), value, _purpose(label, plain, start), 1.0)
    taken: list[tuple[int, int]] = []
    for number in _numbers(work, fields, base, plain):
        taken.append((number.span.start - base, number.span.end - base))
        yield number
    for start, end in taken:
        work = _blank(work, start, end)
    yield from _persons(work, fields, base, plain, taken)
    yield from _addresses(plain, fields, base)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "¤" * (end - start) + text[end:]


def _fields(work: str) -> list[_Field]:
    """The labelled fields of a line, in order; a field ends where the next label begins, or at a full stop."""
    labels = [m for m in LABEL.finditer(work) if _is_label(work, m)]
    fields = []
    for place, label in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(work)
        stop = work.find("。", label.end(), end)
        note = label["note"] or ""
        kind = kind_of(label["word"])
        if kind == "phone" and "传真" in note:
            kind = "both"
        fields.append(
            _Field(
                kind,
                unspaced(label["word"]),
                bool(label["mark"]),
                label.end(),
                end if stop < 0 else stop,
            )
        )
    return fields


def _is_label(work: str, label: re.Match[str]) -> bool:
    """A word of prose (电话会议, 通过邮箱, 确定一名联系人，) is no label unless a colon, a blank or a value follows."""
    if label["mark"]:
        return True
    following = work[label.end() : label.end() + 1]
    if kind_of(label["word"]) in ("person", "party", "address"):
        return (following in (" ", "") and work[: label.start()].strip(" (") == "") or following == " "
    return following in (" ", "(", "¤", "+", "") or following.isdigit()


def _purpose(label: str, plain: str, place: int) -> str:
    for word in _PURPOSES:
        if word in label:
            return word
    stop = plain.rfind("。", 0, place)
    if plain[stop + 1 : stop + 2] == "(":  # 报送某局。（联系人：…）
        stop = plain.rfind("。", 0, max(stop, 0))
    sentence = plain[max(stop + 1, place - _SENTENCE) : place]
    return "报送" if _REPORTING.search(sentence) else "联系"


def _mention(
    kind: str, base: int, start: int, end: int, value: str, purpose: str, confidence: float
) -> Mention:
    return Mention(
        "contact", Span(base + start, base + end), ContactValue(kind, value, purpose), "", confidence
    )


def _numbers(work: str, fields: list[_Field], base: int, plain: str) -> Iterator[Mention]:
    """Telephone and fax numbers. A weak one (local, hotline) counts only in a field made for it, close to its label."""
    area = ""
    last: dict[int, int] = {}
    begins = [one.start for one in fields]
    for match in _NUMBER.finditer(work):
        start, end = match.span()
        place = bisect_right(begins, start) - 1
        place = place if place >= 0 and start < fields[place].end else -1
        field = fields[place] if place >= 0 else None
        if (
            field
            and field.kind in ("none", "address", "email")
            and not (match["subscriber"] or match["mobile"])
        ):
            continue
        if field and field.kind == "none" and not work[field.start : start].strip(" :"):
            continue
        if match["subscriber"]:
            area = "0" + (match["a1"] or match["a2"] or match["a3"])
        elif not match["mobile"]:
            gap = work[last.get(place, field.start) : start] if field else ""
            if field is None or len(gap) > 30 or _COUNTED.match(work, end) or re.search(r"\d|[〔《]", gap):
                continue
            if match["local"] and not field.marked and gap.strip():
                continue
        last[place] = end
        note = _FAX_AFTER.match(work, end)
        kinds = ["fax"] if field and field.kind == "fax" else ["phone"]
        if (field and field.kind == "both") or (note and note["both"]):
            kinds = ["phone", "fax"]
        elif note:
            kinds = ["fax"]
        hot = match["hot"] or match["short"]
        purpose = "热线" if hot else _purpose(field.label if field else "", plain, start)
        confidence = 0.97 if field and field.kind != "none" else 0.85
        shown = end - len(match["tails"] or "")
        value = _value(match, area)
        for kind in kinds:
            yield _mention(kind, base, start, shown, value, purpose, confidence)
            for tail in re.finditer(r"\d+", match["tails"] or ""):
                whole = value[: -len(tail[0])] + tail[0]
                yield _mention(kind, base, shown + tail.start(), shown + tail.end(), whole, purpose, 0.8)


def _value(match: re.Match[str], area: str) -> str:
    """The normal form: ``0871-63219519``, ``13800000000``, ``400-123-4567``; a second number shares the first one's area."""
    if match["mobile"]:
        return re.sub(r"\D", "", match["mobile"])[-11:]
    if match["hot"]:
        digits = re.sub(r"\D", "", match["hot"])
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if match["short"]:
        return match["short"]
    digits = re.sub(r"\D", "", match["subscriber"] or match["local"])
    extension = match["ext"] or match["ext2"]
    return with_area(digits, area) + (f"转{extension}" if extension else "")


def _persons(
    work: str, fields: list[_Field], base: int, plain: str, numbers: list[tuple[int, int]]
) -> Iterator[Mention]:
    """Names in the fields of persons, then names right beside a number (张三 0571-…, （电话：0571-…，李四）)."""
    labelled = False
    covered: set[int] = set()
    for field in fields:
        first = True
        limit = _close(work, field)
        for start, end, name in names(work[field.start : limit], field.start):
            known = sure(name)
            if field.kind in ("person", "party"):
                taken = known or (first and field.marked)
                confidence = 0.98 if known else 0.92
            else:
                beside = any(0 <= start - b <= 4 or 0 <= a - end <= 4 for a, b in numbers)
                taken = (
                    known
                    and len(name) <= 3
                    and beside
                    and (labelled or field.kind not in ("none", "address"))
                )
                confidence = 0.85
            first = False
            if taken:
                covered.add(start)
                yield _mention(
                    "person", base, start, end, name, _purpose(field.label, plain, start), confidence
                )
        labelled = labelled or field.kind in ("person", "party")
    for at, _ in numbers:
        match = _BESIDE.search(work[max(at - 24, 0) : at])
        if match is None:
            continue
        name = unspaced(match["name"])
        start, end = (max(at - 24, 0) + edge for edge in match.span("name"))
        if start not in covered and sure(name) and len(name) <= 3 and plausible(name):
            covered.add(start)
            yield _mention("person", base, start, end, name, _purpose("", plain, start), 0.8)


def _close(work: str, field: _Field) -> int:
    """Where a field's names end: at the bracket that was open before its label."""
    depth = int(work.rfind("(", 0, field.start) > work.rfind(")", 0, field.start))
    for match in _BRACKET.finditer(work, field.start, field.end) if depth else ():
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return match.start()
    return field.end


def _addresses(plain: str, fields: list[_Field], base: int) -> Iterator[Mention]:
    for field in fields:
        if field.kind != "address" or not field.marked:
            continue
        content = plain[field.start : _close(plain, field)]
        stop = _ADDRESS_END.search(content.strip() and content)
        body = content[: stop.start()] if stop and content[: stop.start()].strip() else content
        stripped = body.strip(" ,;。.(")
        if (
            len(stripped) < 3
            or re.fullmatch(r"[×xX*_ ]+|https?:.*|.*@.*", stripped)
            or not re.search(r"[㐀-鿿]{2}", stripped)
        ):
            continue
        start = field.start + body.index(stripped)
        if stripped.count(")") > stripped.count("("):
            stripped = stripped.rstrip(") ")
        yield _mention(
            "address",
            base,
            start,
            start + len(stripped),
            unspaced(stripped),
            _purpose(field.label, plain, start),
            0.95,
        )


def _table(table: Table, text: str, simplified: Forms) -> Iterator[Mention]:
    """Columns headed 联系人, 电话, 邮箱 …: the cells below, each read under its header."""
    for top, header in enumerate(table.rows[:3]):
        columns = {}
        for place, cell in enumerate(header):
            word = unspaced(_PLAIN.of(simplified.of(text[cell.start : cell.end]))).rstrip(":")
            kind = KIND_OF.get(word, "")
            if kind and kind != "none":
                columns[place] = word
        if len(columns) < 2 and not (columns and len(header) > 1 and len(table.rows) > top + 1):
            continue
        for row in table.rows[top + 1 :]:
            if len(row) != len(header):
                continue
            for place, word in columns.items():
                cell = row[place]
                content = _PLAIN.of(simplified.of(text[cell.start : cell.end]))
                if content.strip():
                    yield from _line(f"{word}:{content}", cell.start - len(word) - 1)
        return
