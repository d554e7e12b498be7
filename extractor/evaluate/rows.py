"""Scores of the tables: dates, units, contacts, citations, attachments, activities."""

from collections.abc import Mapping
from typing import Any

from extractor.evaluate.align import Alignment, Interval, overlap, plain
from extractor.evaluate.gold import Annotation
from extractor.evaluate.ledger import Ledger
from extractor.evaluate.values import activity_days, day, days, value_right


def score_dates(ledger: Ledger, entry: Annotation, record: Annotation, alignment: Alignment) -> None:
    """Core dates must be found (by overlap, one row a date), with the right days and role; rows that touch neither a
    core nor an extended date are extra. Values and roles of dates not found count as wrong."""
    file = entry["file"]
    core: list[tuple[Annotation, Interval]] = []
    extended: list[tuple[Annotation, Interval]] = []
    for gold in entry["dates"]:
        place = alignment.seed_interval(gold["offset"], gold["offset"] + len(gold["raw_in_file"]))
        (core if gold["tier"] == "core" else extended).append((gold, place))
    ledger.mention("dates", "match")
    rows = [(row, _interval(row, alignment)) for row in record.get("dates") or ()]
    pairs = _pair([place for _, place in core], [place for _, place in rows])
    for index, (gold, _) in enumerate(core):
        row = rows[pairs[index]][0] if index in pairs else None
        words = f"{gold['raw']} @{gold['line']}"
        ledger.ratio("dates_found", file, row is not None, words, "")
        if row is None:
            ledger.ratio("dates_value", file, False, "", "", listed=False)
            ledger.ratio("dates_role", file, False, "", "", listed=False)
            continue
        said = days(gold["start"], gold["end"])
        resolved = days(gold.get("resolved_start"), gold.get("resolved_end"))
        wanted = said if any(said) else resolved
        ledger.ratio(
            "dates_value",
            file,
            value_right(gold, row),
            (words, *wanted),
            (row.get("raw"), row.get("start"), row.get("end"), row.get("time")),
        )
        role = str(row.get("role"))
        ledger.ratio("dates_role", file, role == gold["role"], (words, gold["role"]), role)
        ledger.confuse("dates_role", gold["role"], role)
    ledger.mention("dates_extra", "count")
    used = set(pairs.values())
    judged, extra = len(used), []
    for index, (given, span) in enumerate(rows):
        if index in used:
            continue
        on_core = span is not None and any(overlap(span, other) for _, other in core)
        on_extended = span is not None and any(overlap(span, other) for _, other in extended)
        if on_core:
            judged += 1  # a second row for a date already found
            ledger.miss(file, "dates", "", f"{given.get('raw')} (split)")
        elif not on_extended:
            judged += 1
            extra.append((given.get("raw"), given.get("start"), given.get("role")))
    ledger.count("dates_extra", file, extra)
    ledger.paired("dates", len(pairs), len(core), judged)


def _interval(row: Annotation, alignment: Alignment) -> Interval | None:
    span = row.get("span") or {}
    return alignment.interval(span.get("start", 0), span.get("end", 0))


def _pair(gold: list[Interval], given: list[Interval | None]) -> dict[int, int]:
    """Gold index → row index: the widest overlaps first, each side used once."""
    shared = [
        (-overlap(place, other), g, r)
        for g, place in enumerate(gold)
        for r, other in enumerate(given)
        if other is not None and overlap(place, other)
    ]
    pairs: dict[int, int] = {}
    for _, g, r in sorted(shared):
        if g not in pairs and r not in pairs.values():
            pairs[g] = r
    return pairs


def score_units(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Bodies by name or alias, one row a body: a second row for the same body is too much. Roles: of every gold body
    (recall) and of the rows that were matched (precision). Full names where the gold is certain of one."""
    file = entry["file"]
    neutral = {plain(name) for name in entry.get("units_mentioned_only", ())}
    left = list(record.get("units") or ())
    right = 0
    for metric in ("units", "unit_roles"):
        ledger.mention(metric, "match")
    ledger.mention("unit_full_names", "ratio")
    for gold in entry["units"]:
        names = [plain(gold["name"]), *(plain(alias) for alias in gold.get("aliases", ()))]
        hits = sorted(
            (row for row in left if plain(row.get("name")) in names),
            key=lambda row: names.index(plain(row.get("name"))),
        )
        row = hits[0] if hits else None
        if row is not None:
            left.remove(row)
            right += 1
        else:
            ledger.miss(file, "units", gold["name"], "")
        roles = list(dict.fromkeys((row or {}).get("roles") or ()))
        hit = len(set(roles) & set(gold["roles"]))
        ledger.paired("unit_roles", hit, len(gold["roles"]), len(roles))
        if row is not None and set(roles) != set(gold["roles"]):
            ledger.miss(file, "unit_roles", (gold["name"], gold["roles"]), (row.get("name"), roles))
        if gold.get("full_name"):
            full = (row or {}).get("full_name")
            ledger.ratio(
                "unit_full_names",
                file,
                plain(full) == plain(gold["full_name"]),
                (gold["name"], gold["full_name"]),
                full,
                listed=row is not None,
            )
    extra = [row for row in left if plain(row.get("name")) not in neutral]
    for row in extra:
        ledger.miss(file, "units", "", (row.get("name"), row.get("roles")))
    ledger.paired("units", right, len(entry["units"]), right + len(extra))


def score_contacts(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Persons, phones as printed and e-mails together; the completed phone numbers and the places by themselves."""
    file, gold = entry["file"], entry["contacts"]
    persons = [("person", plain(name)) for name in gold["persons"]]
    phones = [("phone", plain(phone["raw"])) for phone in gold["phones"]]
    emails = [("email", plain(mail["raw"])) for mail in gold["emails"]]
    rows = list(record.get("contacts") or ())
    kinds = {"person": "person", "phone": "phone", "mobile": "phone", "fax": "phone", "email": "email"}
    given = {
        (
            kinds[row["kind"]],
            plain(row.get("raw") if kinds[row["kind"]] == "phone" else row.get("value") or row.get("raw")),
        )
        for row in rows
        if row.get("kind") in kinds
    }
    ledger.match("contacts", file, persons + phones + emails, sorted(given))
    values = {
        plain(row.get("raw")): row.get("value") for row in rows if kinds.get(row.get("kind", "")) == "phone"
    }
    ledger.mention("phones_normalised", "ratio")
    for phone in gold["phones"]:
        if phone.get("normalized"):
            value = values.get(plain(phone["raw"]))
            right = plain(value) == plain(phone["normalized"])
            ledger.ratio("phones_normalised", file, right, phone["normalized"], value)
    places = [plain(place) for place in gold.get("postal_or_place", ())]
    found = {plain(row.get("raw")) for row in rows if row.get("kind") == "address"}
    ledger.match("contact_places", file, places, sorted(found))


def score_citations(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Every distinct 《…》; its 文号 where the text prints one, and none where it does not."""
    file = entry["file"]
    numbers: dict[str, set[str]] = {}
    for row in record.get("citations") or ():
        found = numbers.setdefault(plain(row.get("title")), set())
        if row.get("doc_number"):
            found.add(plain(row["doc_number"]))
    ledger.match("citations", file, [plain(d["title"]) for d in entry["cited_documents"]], sorted(numbers))
    ledger.mention("citation_numbers", "ratio")
    for document in entry["cited_documents"]:
        title, wanted = plain(document["title"]), document.get("doc_number")
        got = numbers.get(title)
        right = got is not None and got == ({plain(wanted)} if wanted else set())
        ledger.ratio("citation_numbers", file, right, (title, wanted), got, listed=got is not None)


def score_attachments(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    wanted = [(plain(a["title"]), bool(a["present_in_file"])) for a in entry.get("attachments", ())]
    given = [(plain(a.get("title")), bool(a.get("present"))) for a in record.get("attachments") or ()]
    ledger.match("attachments", entry["file"], wanted, given)


def score_activities(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Activities by title; days, units and place of each, those of an activity not found counted as missing.

    Events annotated outside the schedule and events inside an activity are neither missed nor extra.
    """
    file = entry["file"]
    gold = list(entry.get("activities", ()))
    neutral = {plain(event["title"]) for event in entry.get("other_events", ())}
    neutral |= {plain(event["title"]) for one in gold for event in one.get("sub_events", ())}
    left = list(record.get("activities") or ())
    right = 0
    for metric in ("activities", "activity_dates", "activity_lead_units", "activity_support_units"):
        ledger.mention(metric, "match")
    ledger.mention("activity_location", "ratio")
    for one in gold:
        row = next((row for row in left if plain(row.get("title")) == plain(one["title"])), None)
        if row is not None:
            left.remove(row)
            right += 1
        else:
            ledger.miss(file, "activities", one["title"], "")
        _judge_activity(ledger, file, one, row, record)
    extra = [row for row in left if plain(row.get("title")) not in neutral]
    for row in extra:
        ledger.miss(file, "activities", "", row.get("title"))
    ledger.paired("activities", right, len(gold), right + len(extra))


def _judge_activity(
    ledger: Ledger, file: str, gold: Mapping[str, Any], row: Annotation | None, record: Annotation
) -> None:
    title, got, listed = gold["title"], row or {}, row is not None
    wanted = {(title, day(date["start"]), day(date["end"], last=True)) for date in gold["dates"]}
    given = {(title, *activity_days(value, got, record)) for value in got.get("dates") or ()}
    ledger.match("activity_dates", file, sorted(wanted, key=str), sorted(given, key=str), listed=listed)
    for key in ("lead_units", "support_units"):
        units = [(title, plain(name)) for name in gold.get(key, ())]
        named = [(title, plain(name)) for name in got.get(key) or ()]
        ledger.match(f"activity_{key}", file, units, named, listed=listed)
    same = listed and plain(gold.get("location")) == plain(got.get("location"))
    ledger.ratio(
        "activity_location", file, same, (title, gold.get("location")), got.get("location"), listed=listed
    )
