"""Which year a notice speaks of, and from which words that is known."""

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

from extractor.model import DateParts, Manuscript, Mention
from extractor.patterns import lazy
from extractor.rulebook import Rulebook

_NUMBER_YEAR = lazy(r"[〔\[（【](?P<y>(?:19|20)\d{2})")
_LEAD = 700
_CITED_NUMBER = lazy(r"[〔\[（【](?P<y>(?:19|20)\d{2})[〕\]）】]第?\d{1,4}号")
_SINCE = lazy(r"[^，。；：]{0,16}以来|[年末底初]?至今")
_FROM = lazy(r"起|开始|代|前后|之?前")
_UNTIL = ("到", "截至", "截止")
_BODIES = r"(?:联合国|世界[^，。；]{0,10}(?:组织|大会)|国际[^，。；]{0,10}(?:组织|大会|联盟)|国务院|全国人大|中共中央)"
_FOUNDED = lazy(
    rf"，?(?:[^，。；：]{{0,14}}{_BODIES}[^。；]{{0,24}}?(?:决定|确定|批准|同意|通过|设立|宣布|定为)"
    r"|[^，。；：]{0,14}?(?:颁布|修订|设立|创立|创办|发起|成立(?!.{0,20}(?:小组|专班|指挥部|组委会))))"
)
_CLAUSE = 60


class YearEvidence(Struct, frozen=True):
    """The document year with its source, and the years other evidence gives where they differ."""

    year: int | None
    source: str
    conflicts: tuple[tuple[str, int], ...]


def document_year(manuscript: Manuscript, dates: Sequence[Mention], rulebook: Rulebook) -> YearEvidence:
    """Title year, else plan title, signature date, 文号, period, ordinal of the day, the lead, the commonest year;

    at last an anniversary, or the number of a document the beginning cites. A title alone yields to the ordinal of the
    day where the text names that year too: a library prints an old text under a new year."""
    found: list[tuple[str, int]] = []
    outline = manuscript.outline
    for part in ("title", "plan_title"):
        span = outline.parts.get(part)
        if span:
            years = [
                p.year for m in dates if span.covers(m.span) and (p := _parts(m)).year and p.form != "span"
            ]
            found += [(part, year) for year in dict.fromkeys(years) if year]
    issue = outline.parts.get("issue_date")
    if issue:
        found += [("issue_date", p.year) for m in dates if issue.covers(m.span) and (p := _parts(m)).year]
    number = outline.parts.get("doc_number")
    if number:
        match = _NUMBER_YEAR.search(manuscript.read(number))
        if match:
            found.append(("doc_number", int(match["y"])))
    for mention in dates:
        section = outline.section_at(mention.span.start)
        if (
            section
            and "活动时间" in section.kinds
            and _parts(mention).year
            and _parts(mention).form != "span"
        ):
            found.append(("period", _parts(mention).year or 0))
            break
    now = [m for m in dates if not (_parts(m).form == "ordinal" and _of_history(manuscript, m))]
    found += [("ordinal", year) for year in _ordinal_years(now, rulebook.ordinal_base)]
    if all(source in ("title", "plan_title", "ordinal") for source, _ in found):
        known = _known_ordinal(now, found, rulebook)
        if known and (not found or _told_in_the_text(manuscript, dates, known, found[0][1])):
            found.insert(0, ("ordinal", known))
    if not found:
        found += _lead_year(manuscript, dates)
    if not found:
        common = Counter(
            p.year
            for m in dates
            if (p := _parts(m)).year
            and p.form in ("day", "range", "month", "year")
            and not _of_page(manuscript, m)
            and not _of_history(manuscript, m)
        )
        found += [("dates", year) for year, _ in common.most_common(1) if year]
    if not found:
        found += _anniversary_year(dates, rulebook) or _cited_year(manuscript)
    if not found:
        return YearEvidence(None, "", ())
    source, year = found[0]
    return YearEvidence(year, source, tuple((s, y) for s, y in found[1:] if y != year))


def _lead_year(manuscript: Manuscript, dates: Sequence[Mention]) -> list[tuple[str, int]]:
    """The year most often named at the beginning, plan spans and web furniture left out."""
    years = Counter(
        p.year
        for m in dates
        if m.span.start < _LEAD
        and (p := _parts(m)).year
        and p.form in ("year", "day", "range", "month")
        and manuscript.outline.zone_at(m.span.start) != "colophon"
        and not _of_page(manuscript, m)
        and not _of_history(manuscript, m)
    )
    best = max(years.items(), key=lambda pair: (pair[1], pair[0] or 0), default=(None, 0))[0]
    return [("lead", best)] if best else []


def _of_page(manuscript: Manuscript, mention: Mention) -> bool:
    """Whether a date is the page's own: among its furniture, or in digits (2024-11-26) above the first section."""
    if manuscript.outline.zone_at(mention.span.start) == "web":
        return True
    parts, start = _parts(mention), mention.span.start
    return (
        parts.form == "day"
        and parts.name == "numeric"
        and start < _LEAD
        and manuscript.outline.section_at(start) is None
    )


def _of_history(manuscript: Manuscript, mention: Mention) -> bool:
    """Whether a date tells since when or until when something is (1990年以来, 自1990年起, 到2035年), or when it was founded."""
    chars, year_only = manuscript.reading.chars, _parts(mention).form == "year"
    start, end = manuscript.reading.index(mention.span.start), manuscript.reading.index(mention.span.end)
    if _SINCE.match(chars, end, end + _CLAUSE) or _FOUNDED.match(chars, end, end + _CLAUSE):
        return True
    return year_only and (_FROM.match(chars, end) is not None or chars.endswith(_UNTIL, 0, start))


def _ordinal_years(dates: Sequence[Mention], base_of: Callable[[str], int | None]) -> list[int]:
    """第23个世界知识产权日 → 2023, for the days and weeks whose count is known."""
    years = []
    for mention in dates:
        parts = _parts(mention)
        if parts.form == "ordinal" and parts.number:
            base = base_of(parts.name)
            if base:
                years.append(base + parts.number)
    return years


def _known_ordinal(
    dates: Sequence[Mention], found: Sequence[tuple[str, int]], rulebook: Rulebook
) -> int | None:
    """The one year the ordinals of days give; a model text with open years (20XX年) is put together from several."""
    if any(_parts(m).form == "placeholder" for m in dates):
        return None
    years = {year for source, year in found if source == "ordinal"}
    later = [m for m in dates if (_parts(m).number or 0) > 1]  # the first one is history, most often
    years.update(_ordinal_years(later, rulebook.facts.ordinal_base))
    return years.pop() if len(years) == 1 else None


def _told_in_the_text(manuscript: Manuscript, dates: Sequence[Mention], known: int, titled: int) -> bool:
    """Whether the text below the title names the year ``known`` and nowhere the title's."""
    below = [m for m in dates if manuscript.outline.zone_at(m.span.start) not in ("title", "web")]
    years = {_parts(m).year for m in below}
    return known in years and titled not in years


def _anniversary_year(dates: Sequence[Mention], rulebook: Rulebook) -> list[tuple[str, int]]:
    """建军89周年 → 2016, where the text knows no year and the anniversaries it names agree on one."""
    years: set[int] = set()
    for mention in dates:
        parts = _parts(mention)
        if parts.form != "anniversary" or not parts.number:
            continue
        event = rulebook.facts.nearest_anniversary(parts.name)
        if event is not None and len(event[0].bases) == 1:
            years.add(event[0].bases[0] + parts.number)
    return [("anniversary", years.pop())] if len(years) == 1 else []


def _cited_year(manuscript: Manuscript) -> list[tuple[str, int]]:
    """The latest year in the numbers of documents that the beginning cites: a superior's notice is carried out in its year."""
    stop = manuscript.reading.index(min(_LEAD, len(manuscript.document.text)))
    years = [int(match["y"]) for match in _CITED_NUMBER.finditer(manuscript.reading.chars, 0, stop)]
    return [("cited", max(years))] if years else []


def _parts(mention: Mention) -> DateParts:
    assert isinstance(mention.value, DateParts)
    return mention.value
