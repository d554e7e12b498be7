"""Who does what: owners of tasks against members, lists with a body in them twice, names written in several ways."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Severity, Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.rulebook.renames import Rename
from extractor.schema import UnitRow
from extractor.text import any_of

_SELF = lazy(r"我(省|市|州|盟|区|县|旗)(?!场|民|委|政|直|级)")
_LEVELS = {"省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3}


def jurisdiction(case: Case, card: Card) -> Iterator[Fault]:
    """我市 in a district's document that elsewhere says 我区."""
    region = case.fields.region
    name = region.name or ""
    own = name[-1:] if name else ""
    if own not in _LEVELS or name.endswith(("自治区", "地区", "新区")):
        return
    found = list(_SELF.finditer(case.chars))
    mine = [m for m in found if m.group(1) == own]
    if not mine:
        return
    model = (Other(case.span(*mine[0].span()), "别处写法"),)
    for match in found:
        other = match.group(1)
        if other == own or case.in_title(match.start()) or _quoted(case, match.start()):
            continue
        zone = case.zone(match.start())
        if zone not in ("body", "plan"):
            continue
        # A district of a municipality speaks of 我市 when it means the municipality.
        severity: Severity | None = (
            "info" if other == "市" and (region.province or "").endswith("市") else None
        )
        values = {"own": f"我{own}", "region": name}
        mended = case.span(match.start(1), match.end(1))
        end = min(match.end() + 4, len(case.chars))
        stop = re.search(r"[，。；、\n]", case.chars[match.end() : end])
        end = match.end() + stop.start() if stop else end
        yield Fault(
            case.span(match.start(), end), values, model, severity=severity, change=Change(mended, own)
        )


def _quoted(case: Case, a: int) -> bool:
    """Whether a place stands inside “…” on its line."""
    start = case.chars.rfind("\n", 0, a) + 1
    before = case.chars[start:a]
    return before.rfind("“") > before.rfind("”")


_NO_BUREAU = lazy(
    r"公司|企业|孵化器|学校|大学|学院|中学|小学|银行|站$|医院|超市|商场|协会|书院|工作室|电视台|日报|报社"
)


def not_member(case: Case, card: Card) -> Iterator[Fault]:
    """Bodies that are given a task and stand neither in the list of members nor among the addressees."""
    members = [row for row in case.tables.units if "member" in row.roles]
    if len(members) < card.params["least"]:
        return
    listed = {span for row in members for span in row.spans}
    last = max(listed)
    members_line = case.outline.line_at(last.start)
    zone = members_line.zone if members_line else ""
    outside: list[UnitRow] = []
    for row in case.tables.units:
        if (
            row.group
            or not {"lead", "support"} & set(row.roles)
            or {"member", "issuer", "addressee", "report_to"} & set(row.roles)
        ):
            continue
        if any(case.outline.zone_at(span.start) == zone == "attachment" for span in row.spans):
            continue
        if _NO_BUREAU.search(row.name) or (
            not re.match(r"[省市区县州旗]|[一-龥]{2,8}[省市区县州镇乡]", row.name)
            and not row.name.endswith(("管委会", "政府", "办事处"))
        ):
            continue
        if any(f"设在{name}" in case.chars for name in (row.name, *row.aliases)):
            continue  # the office of the committee is with it
        outside.append(row)
    if outside:
        names = "、".join(row.name for row in outside)
        others = tuple(Other(row.spans[0], "承担任务") for row in outside[1:])
        yield Fault(
            outside[0].spans[0],
            {"names": names, "count": len(outside)},
            (*others, Other(min(listed), "成员名单")),
        )


_BODIES = lazy(r"(?:站|中心|基地|协会|联盟|平台|学院|研究院|服务站|联席会议|领导小组|委员会办公室)$")
_GEO = lazy(r"[省市区县州旗镇乡（）()·]")


def name_forms(case: Case, card: Card) -> Iterator[Fault]:
    """One body under several names that no rule of abbreviation explains."""
    for row in case.tables.units:
        if row.group or not row.aliases:
            continue
        for alias in row.aliases:
            if not (_BODIES.search(row.name) and _BODIES.search(alias)) or len(alias) < 6:
                continue
            if (
                row.name.endswith(alias)
                or alias.endswith(row.name)
                or _GEO.sub("", row.name) != _GEO.sub("", alias)
            ):
                continue
            spans = _placed(case, row, alias)
            first = _placed(case, row, row.name)
            if spans and first and not re.search(rf"简称[^。）]{{0,6}}{re.escape(alias)}", case.chars):
                values = {"one": row.name, "two": alias}
                yield Fault(spans[0], values, (Other(first[0], "另一写法"),))
    yield from _conference(case)
    yield from _bare(case)


def _placed(case: Case, row: UnitRow, form: str) -> list[Span]:
    return [
        span
        for span in row.spans
        if case.read(span).replace("\n", "") == form or "".join(case.document.quote(span).split()) == form
    ]


def _conference(case: Case) -> Iterator[Fault]:
    """联席会 beside 联席会议."""
    chars = case.chars
    if "联席会议" not in chars:
        return
    match = re.search(r"联席会(?!议)", chars)
    if match and not re.search(r"简称[^。）]{0,10}联席会(?!议)", chars):
        at = chars.find("联席会议")
        start = max(match.start() - 30, chars.rfind("\n", 0, match.start()) + 1)
        head = re.search(r"[一-龥]*$", chars[start : match.start()])
        a = match.start() - (len(head.group()) if head else 0)
        end = re.match(r"[一-龥]{0,6}", chars[match.end() :])
        b = match.end() + (end.end() if end else 0)
        span = case.span(match.start(), match.end())
        yield Fault(
            case.span(a, b),
            {"one": "联席会议", "two": "联席会"},
            (Other(case.span(at, at + 4), "另一写法"),),
            change=Change(span, "联席会议"),
        )


_ACTS = "在将会联牵组负要应于和与派承"


def _bare(case: Case) -> Iterator[Fault]:
    """A bureau without its region word in a text that elsewhere gives it (经济信息委, 区经济信息委)."""
    for row in case.tables.units:
        if not row.aliases:
            continue
        forms = (row.name, *row.aliases)
        for form in forms:
            longer = next(
                (f for f in forms if len(f) == len(form) + 1 and f[1:] == form and f[0] in "省市区县州旗"),
                None,
            )
            spans = [
                span
                for span in (_placed(case, row, form) if longer else ())
                if not _distributed(case, span, longer[0] if longer else "")
            ]
            if spans and longer:
                yield Fault(spans[0], {"one": longer, "two": form}, variant="bare")
                break
        else:
            if not row.group and row.name[0] in "省市区县州旗" and len(row.name) > 3:
                yield from _bare_subject(case, row.name)


def _distributed(case: Case, span: Span, word: str) -> bool:
    """Whether the first body's word for the region holds for this one too: 县林业局、教育局, not 县林业局、教育局、县公安局."""
    a, _ = case.ends(span)
    line = case.line_of(a)
    behind = case.chars[a - 1] in "、和及与"
    return behind and not (line and re.search(f"[、和及与]{word}", case.words(line)))


def _bare_subject(case: Case, name: str) -> Iterator[Fault]:
    """The bureau without its region word at the beginning of a clause."""
    chars, bare = case.chars, name[1:]
    b = 0
    while (a := chars.find(bare, b)) >= 0:
        b = a + len(bare)
        begins = a > 0 and chars[a - 1] in "，。；\n"
        if begins and b < len(chars) and chars[b] in _ACTS and case.zone(a) in ("body", "plan"):
            yield Fault(case.span(a, b), {"one": name, "two": bare}, variant="bare")
            return


# Begins with a mark, so that the engine skips to it; the label before it is looked at from there.
_LABELLED = lazy(r"：(?<=(?:责任|牵头|主办|承办)(?:单位|部门|科室)：)")
_DAY = lazy(r"\d|[一二三四五六七八九十]日")
_DIGIT = lazy(r"\d")


def without_owner(case: Case, card: Card) -> Iterator[Fault]:
    """Activities without owner or day where their siblings have one; a plan that names none at all."""
    rows = case.tables.activities
    yield from _undated_sections(case, card)
    if len(rows) < card.params["least"]:
        return
    labelled = [row for row in rows if _LABELLED.search(case.chars, *case.ends(row.span))]
    if len(labelled) * 2 > len(rows):
        for row in rows:
            if row not in labelled and not row.lead_units and not row.support_units:
                yield Fault(_head(case, row.span), {"title": row.title})
    dated = [row for row in rows if any(day.start for day in row.dates)]
    days = [row for row in rows if any(day.start and _DAY.search(day.raw) for day in row.dates)]
    if len(days) >= 2 and len(days) * 3 >= len(rows):
        for row in rows:
            if row not in dated:
                yield Fault(_head(case, row.span), {"title": row.title}, variant="undated")
    owned = [row for row in rows if row.lead_units or row.support_units]
    if not days and len(owned) * 2 < len(rows):
        section = case.outline.section_at(rows[0].span.start)
        span = section.heading_span if section and section.heading_span else _head(case, rows[0].span)
        yield Fault(span, {"count": len(rows)}, variant="none")


def _undated_sections(case: Case, card: Card) -> Iterator[Fault]:
    """A section that is one task (二、组织演练。…) without a day, where the others have one: it counts as no activity."""
    starts = {
        row.span.start: row
        for row in case.tables.activities
        if any(day.start and _DIGIT.search(day.raw) for day in row.dates)
    }
    dated, bare = [], []
    for section in case.outline.sections:
        head = section.heading_span
        if head is None or section.canonical != "活动安排":
            continue
        if head.start in starts:
            dated.append(section)
        elif not any(section.span.overlaps(row.span) for row in case.tables.activities):
            bare.append(section)
    if not bare or len(bare) * 2 > len(dated) or len(bare) + len(dated) < card.params["least"]:
        return
    for section in bare:
        assert section.heading_span
        words = case.read(section.heading_span)
        title = re.sub(r"^[^、.]{1,4}[、.]", "", words).strip("。：")
        if section.zone == dated[0].zone and not case.rulebook.sections.exact(title):
            span = Span(section.heading_span.start, max(section.span.end, section.heading_span.end))
            yield Fault(_head(case, span), {"title": title}, variant="undated")


def _head(case: Case, span: Span) -> Span:
    """The first words of an item."""
    stop = re.search(r"[。；：\n]", case.text[span.start : span.end])
    return Span(span.start, min(span.start + (stop.start() if stop else 30), span.end))


_LIST = lazy(
    r"单位：(?<=(?:责任|牵头|主办|承办|配合|协办|参与|参加|成员|支持)单位：)(?P<list>[^\n：。；]{4,400})"
)


_NEXT_LABEL = lazy(r"，(?:配合|协办|参与|参加|支持)单位$")


def list_duplicate(case: Case, card: Card) -> Iterator[Fault]:
    """A body twice in one list, or in charge and in support of one item."""
    owner: tuple[int, dict[str, Span]] | None = None
    for match in _LIST.finditer(case.chars):
        seen: dict[str, Span] = {}
        begin, at = match.start() - 2, match.start("list")
        label = case.chars[begin : at - 1]
        words = _NEXT_LABEL.sub("", match["list"])
        for piece in words.replace("，", "、").split("、"):
            name = piece.strip()
            if len(name) >= 3 and not name.startswith(("等", "各")):
                span = case.span(at, at + len(piece))
                if name in seen:
                    values = {"name": name, "label": label}
                    yield Fault(
                        span, values, (Other(seen[name], "前一处"),), change=_drop(case, at, len(piece))
                    )
                seen.setdefault(name, span)
            at += len(piece) + 1
        if label[:2] in ("责任", "牵头", "主办", "承办"):
            owner = (match.end(), seen)
        elif owner and begin - owner[0] < 6 and label[:2] in ("配合", "协办", "参与", "支持"):
            for name, span in seen.items():
                if name in owner[1]:
                    yield Fault(span, {"name": name}, (Other(owner[1][name], "责任单位"),), variant="both")


def _drop(case: Case, at: int, length: int) -> Change:
    """Take a name out of its list with the mark before it."""
    return Change(case.span(at - 1, at + length), "")


@lru_cache(maxsize=4)
def _old_names(renames: tuple[Rename, ...]) -> tuple[re.Pattern[str], dict[str, Rename]]:
    by_name = {name: rename for rename in renames if rename.warn for name in rename.old}
    return lazy(any_of(by_name)), by_name


def obsolete(case: Case, card: Card) -> Iterator[Fault]:
    """Bodies under the name they bore before a reform that is older than the document."""
    issue = case.issue
    if issue is None or not case.rulebook.renames.rows:
        return
    pattern, renames = _old_names(case.rulebook.renames.rows)
    told: set[str] = set()
    for match in pattern.finditer(case.chars):
        a, b = match.span()
        rename = renames[match.group()]
        before = case.chars[max(a - 6, 0) : a]
        if rename.since > issue.isoformat() or match.group() in told or case.in_title(a):
            continue
        if case.zone(a) not in ("addressees", "body", "plan", "attachment") or re.search(
            r"原[^，。；、]{0,5}$|(?:开发|高新|经开|保税|园)区$", before
        ):
            continue
        if (
            any(_inside(case.chars, word, a, b) for word in rename.not_match)
            or case.chars[b : b + 1] in "长函字"
        ):
            continue
        # Only a body with its region before it (区工商局) or in a list of bodies is one; a bare stem may be anything.
        if not re.search(r"[省市区县州旗盟师、，各地]$", before):
            continue
        told.add(match.group())
        values = {"old": match.group(), "new": rename.new, "since": rename.since[:4]}
        start = a - 1 if before[-1:] in "省市区县州旗盟师" else a
        yield Fault(case.span(start, b), values, confidence=rename.confidence)


def _inside(chars: str, word: str, a: int, b: int) -> bool:
    at = chars.find(word, max(a - len(word), 0), b + len(word))
    return (at >= 0 and at <= a and b <= at + len(word)) or (0 <= at < b and at == a)


# Each with the characters that make the second one the beginning of another word (市市场监管局).
_DOUBLED = {
    pair: lazy(f"{pair}(?![{words}])")
    for pair, words in {
        "县县": "级直委政乡域长人城情志",
        "区区": "级直委政划域间块位内属长外情",
        "省省": "级直委政会道内属长外市情",
        "州州": "级直委政长府内属市情",
        "市市": "场政民直级属容域委人区中北南东西辖值情长内外价树花监",
    }.items()
}


def doubled_geo(case: Case, card: Card) -> Iterator[Fault]:
    """区区, 县县: the last character of a region's name written twice."""
    doubled = (pattern.finditer(case.chars) for pair, pattern in _DOUBLED.items() if pair in case.chars)
    for match in chain.from_iterable(doubled):
        a, b = match.span()
        before = case.chars[max(a - 3, 0) : a]
        if (
            re.search(r"(?:全|各|我|本|每|外|小|社|园|校|郊|山|景|地|厂|辖|片|示范|开发|高新)$", before)
            or len(before) < 2
            or not re.fullmatch(r"[一-龥]+", before[-2:])
        ):
            continue
        start = max(a - 2, 0)
        yield Fault(
            case.span(start, min(b + 2, len(case.chars))),
            {"mark": match.group()[0]},
            change=Change(case.span(a, a + 1), ""),
        )


KINDS: dict[str, Kind] = {
    "jurisdiction": Kind(jurisdiction),
    "responsible_not_member": Kind(not_member, {"least": 4}),
    "unit_name_forms": Kind(name_forms),
    "task_without_owner": Kind(without_owner, {"least": 3}),
    "unit_list_duplicate": Kind(list_duplicate),
    "obsolete_name": Kind(obsolete),
    "doubled_region_char": Kind(doubled_geo),
}
