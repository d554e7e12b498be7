"""Activities: the items of 活动安排, the rows of schedule tables, else its dated paragraphs; each with kind, place and scope.

The dates and bodies of an activity are joined later from what stands inside its scope and, where it has none of its own,
inside the ``inherited`` sentences at the head of the section.
"""

from collections.abc import Iterator

from extractor.entities.places import place
from extractor.entities.schedules import Row, rows
from extractor.model import ActivityValue, Item, Manuscript, Mention, Section, Span
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.rulebook.activities import ActivityRules
from extractor.text import fold

SCHEDULE = "活动安排"
_FINAL = "。：:；;，,、.． "
_ALL = lazy(
    r"期间|\d月|[一二三四五六七八九十]月|\d日|以下活动|周内|月内|负责|牵头|责任单位|主办|承办|组织实施|下列活动"
)
_DATED = lazy(r"\d{1,2}月|\d日|期间|[上中下]旬")
_FRAME = ("工作要求", "活动时间", "活动主题", "指导思想", "总体要求", "组织领导")
_PERIOD = lazy(r"（[^（）]*\d{1,2}月[^（）]*）$")
_SENTENCE = lazy(r"[^。\n]+[。：\n]?")
_WHEN = lazy(
    r"^(?:从|于|自)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日?)?|\d{1,2}日|宣传[周月日]期间|活动期间)[\d年月日号至到~\-—、上下午晚时点分前中底旬：（）星期周一二三四五六日天起止间内]*[，：]?"
)
_ACT = lazy(
    r"(?:组织|集中|联合|深入|广泛)?(?:开展|举办|召开|举行|组织|启动|发布|印发|制作|播放|评选|编印|设立|邀请|发放|悬挂|张贴)"
)
_TAIL = lazy(r"（[^（）]*(?:责任|牵头|负责|局|委|部|办|单位|厅|院|会)[^（）]*）$")
_DOING = lazy(
    r"开展|举办|召开|举行|组织|启动|发布|播放|评选|设立|邀请|发放|悬挂|张贴|活动|培训|宣讲|咨询|检查|演练|竞赛"
)
_VERB_FIRST = lazy(
    r"^(?:深入|广泛|集中|扎实|积极|组织|联合|认真)?(?:开展|举办|组织|召开|举行|启动|发布|评选|排查|查处|编印|邀请)"
)
_SIGN = lazy(r"[^一-鿿A-Za-z\d]")
_ORDINAL = lazy(r"^(?:[一二三四五六七八九十]+、|\d+[.、])")
_STOP = lazy(r"[。；\n]")


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Items first, then table rows. A row that repeats an item is given too (the two may disagree) and adds its scope to
    the item's inherited spans."""
    rules = rulebook.activities
    tables = list(rows(manuscript, rules))
    repeated = {_same(manuscript.read(row.title)): row for row in tables}
    sections = [section for section in manuscript.outline.sections if section.canonical == SCHEDULE]
    for section in sections:
        if not any(row.scope.overlaps(section.span) for row in tables):
            yield from _section(manuscript, section, rules, repeated)
    if not manuscript.outline.sections:
        yield from _loose_items(manuscript, rulebook, repeated)
    for row in tables:
        text = manuscript.read(row.scope)
        title = fold(manuscript.quote(row.title)).strip(_FINAL)
        spot = fold(manuscript.quote(row.place)) if row.place else None
        value = ActivityValue(title, rules.kind(manuscript.read(row.title), text), spot, row.place, row.scope)
        yield Mention("activity", row.scope, value, "table", 0.9)


def _same(title: str) -> str:
    """A title for comparing."""
    return _SIGN.sub("", title)


def _loose_items(manuscript: Manuscript, rulebook: Rulebook, repeated: dict[str, Row]) -> Iterator[Mention]:
    """A notice of items without section headings: those that do something on a day or in a period."""
    items = [item for item in manuscript.outline.items if item.zone in ("body", "plan")]
    top = min((item.level for item in items), default=0)
    kept = [
        item
        for item in items
        if item.level == top
        and item.title_span
        and ("阶段" in item.title or rulebook.sections.kind(manuscript.read(item.title_span)) not in _FRAME)
    ]
    dated = [item for item in kept if _DATED.search(manuscript.read(item.span))]
    if len(dated) >= 2 and len(dated) * 2 > len(kept):
        for item in kept:
            yield _from_item(manuscript, item, (), rulebook.activities, repeated)


def _section(
    manuscript: Manuscript, section: Section, rules: ActivityRules, repeated: dict[str, Row]
) -> Iterator[Mention]:
    items = _top_items(manuscript, section)
    if items:
        head = Span(section.span.start, items[0].span.start)
        inherited = tuple(_inherited(manuscript, head))
        for item in items:
            yield _from_item(manuscript, item, inherited, rules, repeated)
        return
    heading = manuscript.read(section.heading_span) if section.heading_span else ""
    bare = _ORDINAL.sub("", heading).strip(_FINAL)
    if section.heading_span and _VERB_FIRST.match(bare) and _DATED.search(manuscript.read(section.span)):
        start = manuscript.reading.index(section.heading_span.start) + heading.index(bare)
        span = manuscript.reading.span(start, start + len(bare))
        scope = Span(section.heading_span.start, section.span.end)
        yield _make(manuscript, span, scope, section.span, (), rules, "heading", 0.7)
        return
    yield from _paragraphs(manuscript, section, rules)


def _top_items(manuscript: Manuscript, section: Section) -> list[Item]:
    """The items of the section's highest level, in order."""
    inside = [item for item in manuscript.outline.items if section.span.covers(item.span)]
    top = min((item.level for item in inside), default=0)
    return [item for item in inside if item.level == top]


def _inherited(manuscript: Manuscript, head: Span) -> Iterator[Span]:
    """Sentences before the first item that date or assign all of them."""
    text = manuscript.document.text
    for match in _SENTENCE.finditer(text, head.start, head.end):
        if _ALL.search(fold(match[0])):
            start, end = match.span()
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start:
                yield Span(start, end)


def _from_item(
    manuscript: Manuscript,
    item: Item,
    inherited: tuple[Span, ...],
    rules: ActivityRules,
    repeated: dict[str, Row],
) -> Mention:
    row = repeated.get(_same(item.title)) if repeated else None
    if row:
        inherited = (row.scope, *inherited)
    if item.title_span and not _sentence(manuscript.read(item.title_span)):
        body = Span(min(item.title_span.end, item.span.end), item.span.end)
        return _make(manuscript, item.title_span, item.span, body, inherited, rules, "item", 0.97)
    text = manuscript.read(item.span)
    begin = manuscript.reading.index(item.span.start)
    start, end = _named(text, len(fold(item.marker)))
    end = min(end, len(text))
    title = manuscript.reading.span(begin + start, begin + end) if start < end else item.span
    return _make(manuscript, title, item.span, item.span, inherited, rules, "item", 0.7)


def _sentence(title: str) -> bool:
    """Whether what stands as a title is a sentence with its date: 4月8日，在某市召开…发布会，公布…"""
    return bool(_WHEN.match(title)) or len(title) > 45 or (len(title) > 24 and "，" in title)


def _named(text: str, skip: int) -> tuple[int, int]:
    """Bounds inside ``text`` of the words that name the activity of an item without a title: the first clause that does
    something, without the date, the place and the bodies in brackets behind it."""
    stop = _STOP.search(text[skip:])
    end = skip + stop.start() if stop else len(text)
    tail = _TAIL.search(text[skip:end])
    end = skip + tail.start() if tail and tail.start() > 3 else end
    when = _WHEN.match(text[skip:end])
    start = skip + when.end() if when else skip
    act = _ACT.search(text[start:end])
    if act and (when or end - start > 24):
        start += act.start()
    label = text.find("：", start, end)
    if label > start and _WHEN.match(text[label + 1 : end]):
        end = label  # 启动阶段：5月20日
    clause = _clause(text, start, end)
    if clause - start >= 3:
        end = clause
    while end > start + 1 and text[end - 1] in _FINAL:
        end -= 1
    return start, max(end, min(start + 1, len(text)))


def _clause(text: str, start: int, end: int) -> int:
    """The first comma outside quotes and brackets, or ``end``."""
    depth = 0
    for place_ in range(start, end):
        sign = text[place_]
        if sign in "“《（":
            depth += 1
        elif sign in "”》）":
            depth -= 1
        elif sign == "，" and depth <= 0:
            return place_
    return end


def _paragraphs(manuscript: Manuscript, section: Section, rules: ActivityRules) -> Iterator[Mention]:
    """A section without items: its paragraphs that do something on a day."""
    reading = manuscript.reading
    for line in manuscript.outline.lines:
        if not (section.span.start <= line.span.start and line.span.end <= section.span.end):
            continue
        text = reading.chars[line.start : line.end]
        if not _DOING.search(text[:60]) or not _ALL.search(text) or text.endswith("："):
            continue
        start, end = _named(text, 0)
        yield _make(
            manuscript,
            reading.span(line.start + start, line.start + end),
            line.span,
            line.span,
            (),
            rules,
            "paragraph",
            0.5,
        )


def _make(
    manuscript: Manuscript,
    title: Span,
    scope: Span,
    body: Span,
    inherited: tuple[Span, ...],
    rules: ActivityRules,
    role: str,
    confidence: float,
) -> Mention:
    reading = manuscript.reading
    named = manuscript.read(title)
    start, end = reading.index(body.start), reading.index(body.end)
    where = place(reading.chars, start, end, rules)
    spot = reading.span(*where) if where else None
    value = ActivityValue(
        title=_PERIOD.sub("", fold(manuscript.quote(title)).strip(_FINAL)),
        kind=rules.kind(named, reading.chars[start:end]),
        location=fold(manuscript.quote(spot)) if spot else None,
        location_span=spot,
        scope=scope,
        inherited=inherited,
    )
    return Mention("activity", scope, value, role, confidence)
