"""What a date is for, read from where it stands and from the words round it."""

from collections.abc import Sequence

from msgspec import Struct

from extractor.model import DateParts, Manuscript, Mention, Section
from extractor.patterns import lazy
from extractor.rulebook import Rulebook

_REPORT = lazy(
    r"(?:报|送|上报|反馈|提交|完成|报名|填报|上交|寄|发至|发送|登记|备案|上传|返回|报备|推荐|汇总|总结|征集|交至|交到|递交|投稿)"
)
_REPORT_STRICT = lazy(
    r"报送|上报|报[^道纸名告警]|反馈|提交|报名|填报|上交|寄送|发至|发送|上传|传真|登记|领取|征集|投稿|交至|交到|备案"
)
_AT = lazy(r"(?:于|在|务必|请于|应于|须于)$")
_UNTIL = lazy(r"(?:截止|截至|期限|时限|限期)(?:时间|日期|到|至|为|是|：|于)*$")
# Behind a day with 前: what takes place by then is not reported.
_HELD_BY = lazy(r"，?(?:组织|集中|统一)?(?:举办|举行|召开|开幕)(?![^。；\n]{0,30}(?:报|交|反馈))")
_HANDED_IN = lazy(
    r"(?:之?前)?(?:报|上报|送|反馈|提交|报送|交)|[将把][^，。；\n]{2,30}?(?:报送|上报|报至|报到|报给|反馈|提交|交至|交到|发送至|发至)"
)
_PICKUP = lazy(r"领取")
# 第一期: 6月12日; 第二期: …: no day behind it is that of all.
_PART = lazy(r"第[一二三四五六七八九十\d]{1,2}(?:阶段|期|批|场|轮)(?!全|“|中国|世界)")
_PERIOD_LABEL = lazy(
    r"(?:活动|举办|宣传|开展|演练|竞赛|比赛|大赛|展览|展出|培训|会议|放假|宣传周|宣传月|活动周|活动月)(?:的)?(?:时间|日期)(?:段)?(?:定)?(?:为|是|在|：|统一为)?$|(?:时间|日期)(?:定为|是|为)$"
)
_PERIOD_BEFORE = lazy(r"(?:将于|定于|拟于|周为|月为|日为|定在|定为|确定为|周是|月是|时间为|于)$")
_DECIDED = lazy(r"(?:决定|拟|定|将)(?:于|在)?$")
_PERIOD_AFTER = lazy(
    r"^(?:期间)?(?:，)?(?:[（(][^）]{1,10}[）)])?(?:在[^，。；]{1,20})?(?:集中|组织|统一)?"
    r"(?:开展|举办|举行|进行|放假|[^，。；]{0,4}参加第|是(?:第|全国|我国|20)|为(?:第|全国)|[为是][^，。；]{0,12}(?:周|月|季)(?![一-鿿]{2,}会))"
)
_PERIOD_NAMED = lazy(r"^[为是](?:全国|我国|本届|今年|第[^，。；]{1,4}[个届次])?[^，。；]{0,10}(?:周|月|季)")
_PERIOD_OF = lazy(r"(?:宣传|活动|服务|科技|安全|生产|质量)(?:周|月)(?:活动)?(?:时间)?(?:为|是|定于|定在|从)$")
_SET_FOR = lazy(r"(?:定于|拟于|定在)$")
_HELD_ON = lazy(
    r"^，?(?:（[^）]{1,10}）)?，?(?:在[^，。；]{1,20})?(?:集中|组织|统一)?(?:开展|举办|举行|召开|进行)(?![^，。；]{0,30}仪式)"
)
_ACTIVITY_AFTER = lazy(
    r"^[^。；\n]{0,40}?(?:开展|举办|举行|召开|组织|启动|进行|播放|参加|开设|发布|检查|宣传)"
)
_LABEL = lazy(r"(?:时间|日期)(?:安排)?：$")
_HISTORY = lazy(r"(?:已于|曾于|自|成立于|颁布于|始于|施行于|(?<![将定拟请])于)$")
_HISTORY_AFTER = lazy(r"^[^。；\n]{0,30}?(?:以来|召开的|颁布|通过的|设立|确定|发布的|印发的|实施的|起施行)")
_ACTIVE = ("campaign", "floating", "clock", "week", "weekday")
_SHORT_TITLE = 6
_SENTENCE = "。；\n！？"
_SENTENCE_END = lazy(f"[{_SENTENCE}]")


class Context(Struct, frozen=True):
    """The read words before and after a mention, up to the sentence's ends."""

    before: str
    after: str


def context(manuscript: Manuscript, mention: Mention, reach: int = 80) -> Context:
    """At most ``reach`` read characters on each side, cut at 。；！？ and at line ends."""
    reading = manuscript.reading
    start, end = reading.index(mention.span.start), reading.index(mention.span.end)
    before = reading.chars[max(0, start - reach) : start]
    stop = _SENTENCE_END.search(reading.chars, end, end + reach)
    return Context(
        before[max(map(before.rfind, _SENTENCE)) + 1 :],
        reading.chars[end : stop.start() if stop else end + reach],
    )


def has_time_section(manuscript: Manuscript, dates: Sequence[Mention]) -> bool:
    """Whether a section on the time holds a date: then the lead's dates are not the campaign's period."""
    sections = [section for section in manuscript.outline.sections if section.canonical == "活动时间"]
    return any(
        section.span.covers(m.span) and not _in_parts(manuscript, section, m)
        for section in sections
        for m in dates
        if isinstance(m.value, DateParts) and m.value.form != "year"
    )


def _in_parts(manuscript: Manuscript, section: Section, mention: Mention) -> bool:
    """Whether a date in the section on the time is that of one part of the campaign (第一阶段, 第二批)."""
    index = manuscript.reading.index
    return (
        _PART.search(manuscript.reading.chars, index(section.span.start), index(mention.span.start))
        is not None
    )


def role(
    manuscript: Manuscript, mention: Mention, rulebook: Rulebook, has_period: bool, in_section: bool = False
) -> str:
    """The role of one date (see DESIGN §4). ``has_period``: an earlier date already is the campaign's period.

    ``in_section``: only a date of the section on the time can be it (see ``has_time_section``).
    """
    parts = mention.value
    assert isinstance(parts, DateParts)
    outline = manuscript.outline
    fixed = _fixed(manuscript, mention, parts)
    if fixed:
        return fixed
    words = context(manuscript, mention)
    section = outline.section_at(mention.span.start)
    item = outline.item_at(mention.span.start)
    if parts.form == "relative":
        return _relative(parts, words, section.canonical if section else item.section if item else "")
    if _in_title_marks(words):
        return "other"
    if _PICKUP.search(words.before[-24:]) or _PICKUP.search(words.after[:16]):
        return "pickup"
    inside = (section is not None and "活动安排" in section.kinds) or (
        item is not None and item.section == "活动安排"
    )
    if parts.before and _HELD_BY.match(words.after):
        return "activity"
    if _is_deadline(parts, words) and not (
        inside and not _REPORT_STRICT.search(words.after) and not _UNTIL.search(words.before)
    ):
        return "deadline"
    if (
        not has_period
        and (not in_section or (section is not None and section.canonical == "活动时间"))
        and parts.form in ("range", "day", "month", "vague", "placeholder")
        and _is_period(manuscript, mention, parts, words, rulebook)
    ):
        return "campaign_period"
    if _HISTORY.search(words.before) and _HISTORY_AFTER.match(words.after):
        return "other"
    if inside or _LABEL.search(words.before) or (item is not None and _ACTIVITY_AFTER.match(words.after)):
        return "activity"
    if parts.form in ("day", "range") and _in_schedule(manuscript, mention):
        return "activity"
    if (
        _ACTIVITY_AFTER.match(words.after)
        and outline.zone_at(mention.span.start) in ("body", "plan", "attachment")
        and section is not None
    ):
        return "activity"
    return "other"


def _fixed(manuscript: Manuscript, mention: Mention, parts: DateParts) -> str:
    """Roles that follow from form or zone alone."""
    outline = manuscript.outline
    if parts.form == "year":
        return "year_mention"
    if parts.form == "span":
        return "policy_span"
    if parts.form in ("anniversary", "ordinal", "label"):
        return "other"
    if parts.form == "relative" and parts.anchor == "named":
        return "policy_span" if "五" in parts.name and parts.name.startswith("十") else "other"
    issue = outline.parts.get("issue_date")
    if issue and issue.covers(mention.span) and parts.form == "day":
        return "issue_date"
    zone = outline.zone_at(mention.span.start)
    if zone == "colophon" and manuscript.document.text[
        mention.span.end : mention.span.end + 6
    ].lstrip().startswith(("印发", "印製", "印制", "印發", "印")):
        return "print_date"
    if zone in ("web", "title", "letterhead", "doc_number", "colophon"):
        return "other"
    return ""


def _relative(parts: DateParts, words: Context, canonical: str) -> str:
    if (
        parts.before
        and parts.anchor == "floating"
        and canonical == "活动安排"
        and not _REPORT_STRICT.search(words.after)
    ):
        return "activity"
    if parts.before or (parts.anchor == "campaign_end" and parts.shift):
        return "deadline" if _REPORT.search(words.after) else "relative"
    if parts.anchor in _ACTIVE and canonical == "活动安排":
        return "activity"
    if parts.anchor == "campaign_day":
        return "activity" if canonical == "活动安排" or _ACTIVITY_AFTER.match(words.after) else "relative"
    return "relative" if parts.anchor.startswith("campaign") or parts.anchor == "duration" else "other"


def _is_deadline(parts: DateParts, words: Context) -> bool:
    if parts.before:
        return True
    if _UNTIL.search(words.before):
        return True
    return parts.form == "day" and bool(_AT.search(words.before)) and bool(_HANDED_IN.match(words.after))


def _is_period(
    manuscript: Manuscript, mention: Mention, parts: DateParts, words: Context, rulebook: Rulebook
) -> bool:
    outline = manuscript.outline
    section = outline.section_at(mention.span.start)
    item = outline.item_at(mention.span.start)
    if section is not None and section.canonical == "活动时间":
        return not _in_parts(manuscript, section, mention)
    if (
        item is not None
        and item.title
        and len(item.title) <= _SHORT_TITLE
        and rulebook.sections.leading_kind(manuscript.read(item.title_span) if item.title_span else "")
        == "活动时间"
    ):
        return True
    if section is not None and "活动时间" in section.kinds and "活动安排" not in section.kinds:
        return True
    if _PERIOD_LABEL.search(words.before) and (item is None or item.section != "活动安排"):
        return True
    if parts.form == "range" and (_PERIOD_NAMED.match(words.after) or _PERIOD_OF.search(words.before)):
        return True
    lead = section is None and outline.zone_at(mention.span.start) in ("body", "plan")
    if lead and parts.form == "month":
        return bool(_DECIDED.search(words.before)) and bool(_PERIOD_AFTER.match(words.after))
    if lead and parts.form == "day":
        return bool(_SET_FOR.search(words.before)) and bool(_HELD_ON.match(words.after))
    if not lead or parts.form != "range":
        return False
    return bool(_PERIOD_BEFORE.search(words.before)) or bool(_PERIOD_AFTER.match(words.after))


def _in_schedule(manuscript: Manuscript, mention: Mention) -> bool:
    """Whether a date stands in an attachment or in a row of cells."""
    line = manuscript.outline.line_at(mention.span.start)
    return line is not None and (line.zone == "attachment" or "\t" in manuscript.quote(line.span))


def _in_title_marks(words: Context) -> bool:
    """Inside 《…》 on one line."""
    return words.before.rfind("《") > words.before.rfind("》") and "》" in words.after
