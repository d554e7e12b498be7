"""Scores of whole notices against their annotations (the schema of shared/gold and corpus/gold).

Where a convention leaves a choice, the stricter reading is taken: a value that is null in the gold must be null, words
are compared as printed (blanks and Markdown signs aside), and what was not found is also not right.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.evaluate.align import Alignment, plain
from extractor.evaluate.faults import score_findings
from extractor.evaluate.gold import Annotation, matched
from extractor.evaluate.ledger import Ledger, Scores
from extractor.evaluate.rows import (
    score_activities,
    score_attachments,
    score_citations,
    score_contacts,
    score_dates,
    score_units,
)
from extractor.evaluate.values import day

CANONICAL = ("指导思想", "活动时间", "活动主题", "宣传重点", "活动安排", "工作要求")


def score_gold(
    records: Mapping[str, Annotation], gold: Sequence[Annotation], dataset: str = "gold"
) -> Scores:
    """Every field of the contract, over all annotated notices.

    ``records``: by file name. ``gold``: entries with ``text`` (see ``load_gold``); without it offsets are taken to
    count in the record's own text. A notice without a record counts as one in which nothing was found.
    """
    ledger = Ledger()
    pairs, absent = matched(records, gold)
    for entry, record in pairs:
        text = record.get("text") or ""
        alignment = Alignment(entry.get("text") or text, text)
        score_fields(ledger, entry, record)
        score_sections(ledger, entry, record)
        score_items(ledger, entry, record)
        score_dates(ledger, entry, record, alignment)
        score_units(ledger, entry, record)
        score_contacts(ledger, entry, record)
        score_citations(ledger, entry, record)
        score_attachments(ledger, entry, record)
        score_activities(ledger, entry, record)
        score_deadline(ledger, entry, record)
        score_findings(ledger, entry, record, alignment)
    return ledger.close(dataset, [entry["file"] for entry in gold], absent)


def score_fields(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """The single values. Missing keys of the annotation are not judged."""
    file = entry["file"]

    def judge(metric: str, right: bool, expected: Any, got: Any) -> None:
        ledger.ratio(metric, file, right, expected, got)

    title = record.get("title")
    titles = {plain(t) for t in (entry.get("title"), *entry.get("title_variants", ()))}
    judge("title", plain(title) in titles, entry.get("title"), title)
    for name in ("plan_title", "doc_number", "seal_note", "addressees", "disclosure", "theme"):
        if name in entry:
            judge(name, plain(entry[name]) == plain(record.get(name)), entry[name], record.get(name))
    issuers = [plain(name) for name in record.get("issuers") or ()]
    judge("issuer", bool(frozenset(issuers) in _issuer_sets(entry)), entry["issuer"], record.get("issuers"))
    judge(
        "campaign_year",
        record.get("year") == entry["campaign_year"],
        entry["campaign_year"],
        record.get("year"),
    )
    for name in ("issue_date", "print_date"):
        if name in entry:
            judge(name, day(record.get(name)) == day(entry[name]), entry[name], record.get(name))
    period, wanted = record.get("period") or {}, entry["campaign_period"]
    same = all(day(period.get(key)) == day(wanted.get(key)) for key in ("start", "end"))
    judge("period", same, wanted, {key: period.get(key) for key in ("start", "end")})
    _region(ledger, file, entry["region"], record.get("region") or {})


def _issuer_sets(entry: Annotation) -> set[frozenset[str]]:
    """The signature; also the header's name (alone or with it) where the annotation lists it as an issuer of its own."""
    signature = frozenset(plain(name) for name in entry["issuer"])
    sets = {signature}
    header = plain(entry.get("header_issuer"))
    own = {plain(unit["name"]) for unit in entry.get("units", ()) if "issuer" in unit["roles"]}
    if header and header in own:
        sets |= {frozenset({header}), signature | {header}}
    return sets


def _region(ledger: Ledger, file: str, gold: Mapping[str, Any], got: Mapping[str, Any]) -> None:
    if gold.get("level_exact") == "town":  # the older keys name the county above it
        gold = {**gold, "level": "town", "name": f"{gold.get('name')}{gold.get('town')}"}
    parts = ("province", "city", "county", "level")
    code = (got.get("code") or None) == (gold.get("gb2260_code") or None)
    name = plain(got.get("name")) == plain(gold.get("name"))
    city = {plain(gold.get("city"))}
    if gold.get("city") is None and str(gold.get("gb2260_code") or "")[:2] in {"11", "12", "31", "50"}:
        city |= {plain(gold.get("province")), "市辖区"}  # municipalities have no prefecture
    path = plain(got.get("city")) in city and all(
        plain(got.get(part)) == plain(gold.get(part)) for part in parts if part in gold and part != "city"
    )
    shown = {key: got.get(key) for key in ("code", "name", *parts)}
    wanted = {"code": gold.get("gb2260_code"), **{key: gold.get(key) for key in ("name", *parts)}}
    ledger.ratio("region", file, code and name and path, wanted, shown)
    ledger.ratio("region_code", file, code, gold.get("gb2260_code"), got.get("code"), listed=False)
    ledger.ratio("region_name", file, name, gold.get("name"), got.get("name"), listed=False)


_EDGE = 12


def body_of(row: Annotation, record: Annotation) -> str:
    """The folded words a row's span covers."""
    span = row.get("span") or {}
    return plain((record.get("text") or "")[span.get("start", 0) : span.get("end", 0)])


def score_sections(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """The canonical six: kind, heading, and both edges of the body must agree. Other kinds are not judged."""
    file = entry["file"]
    wanted = [section for section in entry["sections"] if section["canonical"] in CANONICAL]
    rows = list(record.get("sections") or ())
    given = [row for row in rows if row.get("canonical") in CANONICAL]
    left = list(given)
    right = 0
    for section in wanted:
        heading = plain(section["heading"])
        same = [row for row in rows if plain(row.get("heading")) == heading]
        ledger.confuse("sections", section["canonical"], str(same[0].get("canonical")) if same else "—")
        hit = next((row for row in left if _section_right(section, row, record)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
            continue
        expected = (
            section["canonical"],
            section["heading"],
            f"{section['starts_with']}…{section['ends_with']}",
        )
        near = [row for row in left if plain(row.get("heading")) == heading]
        if near:
            left.remove(near[0])
        ledger.miss(file, "sections", expected, _shown_section(near[0], record) if near else "")
    for row in left:
        ledger.miss(file, "sections", "", _shown_section(row, record))
    ledger.paired("sections", right, len(wanted), len(given))


def _section_right(section: Mapping[str, Any], row: Annotation, record: Annotation) -> bool:
    if row.get("canonical") != section["canonical"]:
        return False
    body = body_of(row, record)
    line, heading = plain(section["heading"]).rstrip("。"), plain(row.get("heading")).rstrip("。")
    if line != heading:
        # The value on the heading's own line (一、活动时间：4月20日): the annotation quotes the whole line.
        value = line.removeprefix(heading).lstrip("：:。")
        return bool(heading) and line.startswith(heading) and bool(value) and body.startswith(value[:_EDGE])
    ends = (section["ends_with"], *section.get("ends_with_alt", ()))
    return body.startswith(plain(section["starts_with"])) and any(body.endswith(plain(end)) for end in ends)


def _shown_section(row: Annotation, record: Annotation) -> tuple[Any, ...]:
    body = body_of(row, record)
    return row.get("canonical"), row.get("heading"), f"{body[:12]}…{body[-12:]}"


def score_items(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Numbered items of the canonical six: section, marker, title (null where none) and first words."""
    wanted = [
        (item["section"], plain(item["marker"]), plain(item["title"]), plain(item["starts_with"]))
        for item in entry.get("items", ())
        if item["section"] in CANONICAL
    ]
    given = []
    for row in record.get("items") or ():
        if row.get("section") in CANONICAL:
            marker, body = plain(row.get("marker")), body_of(row, record)
            body = body.removeprefix(marker)
            key = (row["section"], marker, plain(row.get("title")))
            # a short item is annotated whole; otherwise the annotation holds the first twelve characters
            length = next((len(w[3]) for w in wanted if w[:3] == key and body.startswith(w[3])), 12)
            given.append((*key, body[:length]))
    ledger.match("items", entry["file"], wanted, given)


def score_deadline(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """The report deadline: ``report_deadline`` of the annotation, else its last deadline as written.

    One that is only relative may be left open or resolved; an impossible one (4月31日) and none at all must be null.
    """
    if "report_deadline" not in entry and "deadlines" not in entry:
        return
    right: set[str | None] = {None}
    if "report_deadline" in entry:
        right = {day(entry["report_deadline"])}
    elif entry["deadlines"]:
        last = entry["deadlines"][-1]
        if last["stated_end"]:
            right = {day(last["stated_end"])}
        else:
            same = [date for date in entry["dates"] if date["raw"] == plain(last["raw"])]
            right |= {day(date.get("resolved_end"), last=True) for date in same}
    got = record.get("report_deadline")
    ledger.ratio("report_deadline", entry["file"], day(got) in right, right, got)
