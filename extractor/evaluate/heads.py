"""Scores of beginnings of notices against gold.jsonl (the schema of shared/heads).

What is null in the gold must be null. Words are compared without blanks and blind to the width of punctuation; the
forms the annotation lists under ``literal`` (with the file's noise) and ``simplified`` count as well.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.evaluate.align import wide
from extractor.evaluate.gold import Annotation, matched
from extractor.evaluate.ledger import Ledger, Scores
from extractor.evaluate.values import day
from extractor.patterns import lazy

# Kinds of the annotation that the contract names otherwise.
_KINDS = {"活动内容": "活动安排", "other": "其他"}
_NATION = frozenset({"全国", "中国", "中华人民共和国"})
_SUFFIX = lazy(r"(?:特别行政区|自治区|自治州|自治县|省|市|区|县|州|盟|旗)$")
_PARTS = ("county", "city", "province")


def score_heads(
    records: Mapping[str, Annotation], gold: Sequence[Annotation], dataset: str = "heads"
) -> Scores:
    """Fields, first-level sections by heading, and their kinds. ``records``: by file name."""
    ledger = Ledger()
    pairs, absent = matched(records, gold)
    for entry, record in pairs:
        _fields(ledger, entry, record, missing=entry["file"] in absent)
        _sections(ledger, entry, record)
        _alarms(ledger, entry, record)
    return ledger.close(dataset, [entry["file"] for entry in gold], absent)


def score_pages(
    records: Mapping[str, Annotation], gold: Sequence[Annotation], dataset: str = "html"
) -> Scores:
    """Title, issuer and 文号 of published pages; being carefully edited, they should raise no alarm."""
    ledger = Ledger()
    pairs, absent = matched(records, gold)
    for entry, record in pairs:
        for name in ("title", "doc_number"):
            same = wide(record.get(name)) == wide(entry[name])
            ledger.ratio(name, entry["file"], same, entry[name], record.get(name))
        issuers = record.get("issuers") or ()
        ledger.ratio(
            "issuer", entry["file"], _names(*issuers) == _names(entry["issuer"]), entry["issuer"], issuers
        )
        _alarms(ledger, entry, record)
    return ledger.close(dataset, [entry["file"] for entry in gold], absent)


def _alarms(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    """Findings at error or warning, to be read one by one: this gold does not say which of them are right."""
    alarms = [
        (f.get("code"), f.get("severity"), f.get("quote"), f.get("message"))
        for f in record.get("findings") or ()
        if f.get("severity") in ("error", "warning")
    ]
    ledger.count("alarms", entry["file"], alarms)


def forms(entry: Annotation, name: str) -> tuple[str | None, ...]:
    """The value of a field and its other accepted writings."""
    others = [entry.get(key, {}).get(name) for key in ("literal", "simplified")]
    return entry.get(name), *(form for form in others if form)


def _fields(ledger: Ledger, entry: Annotation, record: Annotation, *, missing: bool) -> None:
    file = entry["file"]
    values: dict[str, Any] = {name: record.get(name) for name in ("title", "addressees", "theme", "year")}
    for name in ("title", "addressees", "theme"):
        right = wide(values[name]) in {wide(form) for form in forms(entry, name)}
        ledger.ratio(name, file, right and not missing, entry.get(name), values[name])
    issuers = record.get("issuers") or ()
    right = _names(*issuers) in {_names(form) for form in forms(entry, "issuer")}
    ledger.ratio("issuer", file, right and not missing, entry.get("issuer"), list(issuers) or None)
    region = record.get("region") or {}
    same = _region_right(entry.get("region"), region)
    ledger.ratio("region", file, same and not missing, entry.get("region"), region.get("name"))
    ledger.ratio(
        "year", file, values["year"] == entry.get("year") and not missing, entry.get("year"), values["year"]
    )
    period = record.get("period") or {}
    got = (day(period.get("start")), day(period.get("end")))
    wanted = (day(entry.get("period_start")), day(entry.get("period_end")))
    ledger.ratio("period", file, got == wanted and not missing, wanted, got)
    issued = record.get("issue_date")
    same = day(issued) == day(entry.get("issue_date"))
    ledger.ratio("issue_date", file, same and not missing, entry.get("issue_date"), issued)


def _names(*names: str | None) -> frozenset[str]:
    """Bodies named one by one or in one string with separators, in any order."""
    text = " ".join(name for name in names if name)
    return frozenset(wide(part) for part in re.split(r"[、,，;；/\s]+", text) if wide(part))


def _region_right(gold: str | None, region: Mapping[str, Any]) -> bool:
    """As printed: the whole name, its last part, or the lowest division with or without its kind (宁国 for 宁国市)."""
    name = wide(region.get("name"))
    if gold is None:
        return not name
    wanted = wide(gold)
    if wanted in _NATION:
        return name in _NATION
    lowest = next((wide(region[part]) for part in _PARTS if region.get(part)), name)
    bare = _SUFFIX.sub("", wanted)
    return bool(name) and (name == wanted or name.endswith(wanted) or _SUFFIX.sub("", lowest) == bare)


def _sections(ledger: Ledger, entry: Annotation, record: Annotation) -> None:
    file = entry["file"]
    rows = [
        row for row in record.get("sections") or () if row.get("heading") and row.get("level") in (None, 1)
    ]
    left = list(rows)
    right = 0
    ledger.mention("sections", "match")
    ledger.mention("labels", "ratio")
    for section in entry.get("sections", ()):
        headings = {wide(section["heading"]), wide(section.get("heading_clean") or section["heading"])}
        row = next((row for row in left if wide(row["heading"]) in headings), None)
        alt = section.get("alt") or ()
        kinds = {_kind(kind) for kind in (section["canonical"], *((alt,) if isinstance(alt, str) else alt))}
        if row is None:
            ledger.miss(file, "sections", section["heading"], "")
            ledger.ratio("labels", file, False, "", "", listed=False)
            continue
        left.remove(row)
        right += 1
        got = _kind(str(row.get("canonical")))
        ledger.confuse("sections", _kind(section["canonical"]), got)
        ledger.ratio("labels", file, got in kinds, (section["heading"], sorted(kinds)), got)
    for row in left:
        ledger.miss(file, "sections", "", row["heading"])
    ledger.paired("sections", right, len(entry.get("sections", ())), len(rows))


def _kind(name: str) -> str:
    return _KINDS.get(name, name)
