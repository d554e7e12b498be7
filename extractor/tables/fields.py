"""The single values of a notice, each with the span its words stand in."""

from extractor.model import DateValue, Manuscript, Mention, Span, TextValue, UnitName
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.schema import Fields, Resolved
from extractor.text import fold

_DISCLOSURE = lazy(
    r"(主动公开|依申请公开|不予公开|此件(?:主动)?公开(?:发布)?|此件(?:依申请公开|不公开)|公开发布)"
)
_SEALED = lazy(r"[（(]代章[）)]$")
_SENT = lazy(
    r"报送|上报|报[^道纸名告警考]|反馈|提交|填报|上交|寄送|发至|发送|上传|传真|投稿|交至|交到|备案|回执|邮箱"
)
_TASK = lazy(r"(?:完成|办理|整改|实施|落实)(?:时限|时间|日期|期限)：$")
_SUMMARY = lazy(r"总结|小结|情况|成效|成果|照片|图片|材料|亮点|信息|报告|统计表|数据")


def notice_fields(manuscript: Manuscript, resolved: Resolved, rulebook: Rulebook) -> Fields:
    """Fields in contract order; a part the text lacks stays None."""
    parts = manuscript.outline.parts
    spans: dict[str, Span] = {}

    def words(field: str, part: str | None = None) -> str | None:
        span = parts.get(part or field)
        if span is None:
            return None
        spans[field] = span
        return fold(manuscript.quote(span))

    title = words("title")
    plan_title = words("plan_title")
    if plan_title == title:
        plan_title = None
    number = words("doc_number")
    addressees = words("addressees")
    if addressees and addressees[-1] in "：:。；;，,、":
        spans["addressees"] = Span(spans["addressees"].start, spans["addressees"].end - 1)
        addressees = addressees[:-1]
    seal = words("seal_note")
    if seal:
        seal = seal.strip("（）()")
        spans["seal_note"] = _within(manuscript, spans["seal_note"], seal)
    disclosure = _disclosure(manuscript, spans)
    issue = _first(resolved, "issue_date")
    printed = _first(resolved, "print_date")
    told = manuscript.outline.report
    period = None if told else _first(resolved, "campaign_period")
    theme = None if told else _theme(resolved)
    deadline = None if told else _deadline(manuscript, resolved)
    for field, mention in (
        ("issue_date", issue),
        ("print_date", printed),
        ("period", period),
        ("theme", theme),
        ("report_deadline", deadline),
    ):
        if mention is not None:
            spans[field] = mention.span
    issuers = _issuers(resolved, spans)
    return Fields(
        title=title,
        plan_title=plan_title,
        doc_number=number,
        issuers=issuers,
        seal_note=seal,
        addressees=addressees,
        region=resolved.region,
        campaign=resolved.campaign,
        year=resolved.year,
        issue_date=_day(issue),
        print_date=_day(printed),
        disclosure=disclosure,
        period_start=None if told else resolved.period[0],
        period_end=None if told else resolved.period[1],
        theme=theme.value.text if theme is not None and isinstance(theme.value, TextValue) else None,
        report_deadline=_day(deadline),
        spans=spans,
    )


def _within(manuscript: Manuscript, span: Span, text: str) -> Span:
    """The span without its outer brackets."""
    quote = manuscript.quote(span)
    left = len(quote) - len(quote.lstrip("（( "))
    right = len(quote) - len(quote.rstrip("）) "))
    return Span(span.start + left, span.end - right)


def _disclosure(manuscript: Manuscript, spans: dict[str, Span]) -> str | None:
    """主动公开, 此件公开发布 … from the note under the signature (GB/T 9704 7.3.6)."""
    for line in manuscript.outline.lines:
        if line.zone not in ("note", "colophon", "signature"):
            continue
        match = _DISCLOSURE.search(manuscript.reading.chars[line.start : line.end])
        if match:
            span = manuscript.reading.span(line.start + match.start(), line.start + match.end())
            spans["disclosure"] = span
            return fold(manuscript.quote(span))
    return None


def _first(resolved: Resolved, role: str) -> Mention | None:
    return next((m for m in resolved.of("date") if m.role == role), None)


def _day(mention: Mention | None) -> str | None:
    if mention is None or not isinstance(mention.value, DateValue):
        return None
    return mention.value.end or mention.value.start


def _theme(resolved: Resolved) -> Mention | None:
    """The notice's own theme: the surest of role campaign, the earlier one at a tie."""
    themes = [m for m in resolved.of("theme") if m.role == "campaign"]
    return max(themes, key=lambda m: (m.confidence, -m.span.start), default=None)


def _deadline(manuscript: Manuscript, resolved: Resolved) -> Mention | None:
    """The day the results are due: a deadline whose sentence asks for a summary, else the last one.

    A letter that hands another one on sets its own; those of the other hold only where it sets none.
    """
    deadlines = [m for m in resolved.of("date") if m.role == "deadline" and _day(m)]
    letters = manuscript.outline.letters
    own = [m for m in deadlines if not any(letter.span.covers(m.span) for letter in letters)]
    deadlines = own or deadlines
    reports, sent, others = [], [], []
    for mention in deadlines:
        line = manuscript.outline.line_at(mention.span.start)
        around = manuscript.reading.chars[line.start : line.end] if line else ""
        at = manuscript.reading.index(mention.span.start) - (line.start if line else 0)
        if _SUMMARY.search(around[max(0, at - 60) : at + 80]):
            reports.append(mention)
        elif _SENT.search(around[max(0, at - 30) : at + 60]):
            sent.append(mention)
        elif not _TASK.search(around[:at]):  # 完成时限：9月15日前: what is due then is the task
            others.append(mention)
    chosen = reports or sent or others
    return chosen[-1] if chosen else None


def _issuers(resolved: Resolved, spans: dict[str, Span]) -> tuple[str, ...]:
    """The signing bodies; without a signature those of letterhead or title, as the extractor ranks them."""
    issuing = [m for m in resolved.of("unit") if m.role == "issuer" and isinstance(m.value, UnitName)]
    for basis in ("signature", "letterhead", "title", ""):
        chosen = [m for m in issuing if m.basis == basis or not basis]
        if chosen:
            spans["issuers"] = chosen[0].span
            names = (fold(m.value.name) for m in chosen if isinstance(m.value, UnitName))
            return tuple(dict.fromkeys(_SEALED.sub("", name) for name in names))
    return ()
