"""All mentions of a manuscript, settled in one pass: region, year, period, dates, unit names."""

from dataclasses import replace

from extractor.model import DateParts, DateValue, Manuscript, Mention
from extractor.resolve import calendar
from extractor.resolve.campaigns import notice_campaign
from extractor.resolve.roles import role
from extractor.resolve.years import YearEvidence, document_year
from extractor.rulebook import Rulebook
from extractor.schema import Resolved

_SURE = {
    "explicit": 1.0,
    "title": 0.97,
    "plan_title": 0.97,
    "issue_date": 0.95,
    "period": 0.95,
    "doc_number": 0.9,
    "ordinal": 0.85,
    "lead": 0.8,
    "dates": 0.6,
}


def resolve(manuscript: Manuscript, mentions: tuple[Mention, ...], rulebook: Rulebook) -> Resolved:
    """Mentions with values settled. Order and spans stay; overlapping candidates were settled by their extractors."""
    dates = tuple(m for m in mentions if m.kind == "date")
    evidence = document_year(manuscript, dates, rulebook)
    roles = _roles(manuscript, dates, rulebook)
    issue = next(
        (
            calendar.value(_parts(m), evidence.year, evidence.source).end
            for m in dates
            if roles[m.span.start] == "issue_date"
        ),
        None,
    )
    period = _period(dates, roles, evidence)
    settled: list[Mention] = []
    for mention in mentions:
        if mention.kind == "date":
            made = calendar.value(_parts(mention), evidence.year, evidence.source, period, issue)
            sure = _SURE.get(made.year_from, 0.5) if made.start or made.end else 0.9
            settled.append(
                replace(
                    mention,
                    value=made,
                    role=roles[mention.span.start],
                    confidence=sure if made.status == "ok" else 0.4,
                    basis=made.year_from,
                )
            )
        else:
            settled.append(mention)
    return Resolved(
        tuple(settled),
        campaign=notice_campaign(manuscript, rulebook),
        year=evidence.year,
        year_from=evidence.source,
        year_conflicts=evidence.conflicts,
        period=period,
    )


def _parts(mention: Mention) -> DateParts:
    assert isinstance(mention.value, DateParts)
    return mention.value


def _roles(manuscript: Manuscript, dates: tuple[Mention, ...], rulebook: Rulebook) -> dict[int, str]:
    """Role by the offset a date begins at. Only one date is the campaign's period: the first that qualifies."""
    roles: dict[int, str] = {}
    has_period = False
    for mention in dates:
        given = role(manuscript, mention, rulebook, has_period)
        has_period = has_period or given == "campaign_period"
        roles[mention.span.start] = given
    return roles


def _period(
    dates: tuple[Mention, ...], roles: dict[int, str], evidence: YearEvidence
) -> tuple[str | None, str | None]:
    """The campaign's first and last day, both open when the text is vague (上旬, 中旬) or a placeholder."""
    for mention in dates:
        if roles[mention.span.start] != "campaign_period":
            continue
        parts = _parts(mention)
        if parts.form == "vague":
            return None, None
        made: DateValue = calendar.value(parts, evidence.year, evidence.source)
        return (made.start or made.end), made.end
    return None, None
