"""The gold record of one marked notice."""

import re
from pathlib import Path
from typing import Any

from corpus.annotating.dates import date_entries
from corpus.annotating.layout import Laid, layout
from corpus.annotating.marks import Source, fold, read_source
from corpus.annotating.outline import outline
from corpus.annotating.units import unit_entries

Row = dict[str, Any]


def build(path: Path) -> tuple[str, Row]:
    """The plain text and the gold record. Raises ValueError where a mark or a table line cannot be understood."""
    source = read_source(path)
    laid = layout(source)
    dates = date_entries(source, laid)
    parts = outline(source, laid, dates)
    gold = _head(source, laid, dates)
    gold |= {"sections": parts.sections, "items": parts.items, "activities": parts.activities}
    gold |= {"other_events": parts.events, "deadlines": _deadlines(source, dates), "dates": dates}
    gold["units"] = unit_entries(source, laid)
    gold["units_mentioned_only"] = [x for (cell,) in source.rows("mo", 1) for x in cell.split("、") if x]
    gold["contacts"] = _contacts(source, laid)
    # an office to which something is sent is a place as well, as in the reference annotations
    offices = [
        u["name"] for u in gold["units"] if "report_to" in u["roles"] and u["name"].endswith(("科", "股"))
    ]
    gold["contacts"]["postal_or_place"] += offices
    gold["cited_documents"] = _cited(source, laid, gold["plan_title"])
    gold["attachments"] = [
        {"title": title, "present_in_file": there == "yes"} | ({"title_in_attachment": own} if own else {})
        for title, there, own in source.rows("att", 3)
    ]
    gold["inconsistencies"] = _faults(source, laid)
    gold["verified_claims"] = [
        {"id": ident, "raw": raw, "explain": why, "line": laid.line_of(raw)}
        for ident, raw, why in source.rows("ok", 3)
    ]
    if parts.exact:
        gold["exact"] = parts.exact
    return laid.text, gold


def _head(source: Source, laid: Laid, dates: list[Row]) -> Row:
    meta = source.meta

    def one(tag: str, default: str | None = None) -> str | None:
        return "".join(laid.words(mark) for mark in source.named(tag)) or meta.get(tag) or default

    def date(role: str) -> str | None:
        return next((entry["start"] for entry in dates if entry["role"] == role), None)

    period = next(entry for entry in dates if entry["role"] == "campaign_period")
    issuers = [laid.words(mark) for mark in source.named("iss")]
    theme = source.named("theme")
    return {
        "file": meta["id"] + ".txt",
        "title": re.sub(r"[#*]", "", one("title") or ""),
        "title_variants": [x for x in meta.get("variants", "").split("|") if x],
        "plan_title": one("plan"),
        "header_issuer": one("hdr", issuers[0]),
        "doc_number": one("docno"),
        "issuer": issuers,
        "seal_note": one("seal"),
        "addressees": one("addr", ""),
        "region": _region(meta),
        "campaign_year": int(meta["year"]),
        "issue_date": date("issue_date"),
        "print_date": date("print_date"),
        "disclosure": one("disc"),
        "campaign_period": {"start": period["start"], "end": period["end"]},
        "theme": re.sub(r"[。，；、！]$", "", laid.words(theme[0])) if theme else "",
        "campaign": meta["campaign"],
        "traits": [x.strip() for x in meta["traits"].split(";")],
    }


def _region(meta: dict[str, str]) -> Row:
    province, city, county = meta["province"], meta.get("city") or None, meta.get("county") or None
    level = meta["level"]
    region: Row = {
        "province": province,
        "city": city,
        "county": county,
        "name": meta["region_name"]
        if "region_name" in meta
        else province
        if level == "province"
        else (city or province) + (county or ""),
        "gb2260_code": meta.get("code") or None,
        "level": "county" if level == "town" else level,
    }
    return region | ({"town": meta["town"], "level_exact": "town"} if level == "town" else {})


def _deadlines(source: Source, dates: list[Row]) -> list[Row]:
    found = []
    marked = [entry for entry in dates if entry["role"] == "deadline"]
    for entry, (what, to, channel, who) in zip(marked, source.rows("dl", 4), strict=True):
        stated = (entry["end"] or entry["start"] or "")[:10] or None
        likely = entry.get("likely_end") or entry.get("resolved_end") or stated
        found.append(
            {"what": what, "raw": entry["raw"], "stated_end": stated, "likely_end": likely}
            | {"report_to": to, "channel": channel or None, "applies_to": who}
        )
    return found


def _contacts(source: Source, laid: Laid) -> Row:
    phones: dict[str, Row] = {}
    for mark in source.named("tel"):
        raw = laid.words(mark)
        number = raw.replace("－", "-").replace("—", "-")
        whole = number if "-" in number else f"{source.meta['area']}-{number}"
        phones[raw] = {"raw": raw, "normalized": whole} | {
            k: mark.options[k] for k in ("kind", "ext") if k in mark.options
        }
    contacts: Row = {
        "persons": list(dict.fromkeys(laid.words(mark) for mark in source.named("person"))),
        "phones": list(phones.values()),
        "emails": [{"raw": laid.words(m), "purpose": m.options.get("for", "")} for m in source.named("mail")],
        "postal_or_place": list(dict.fromkeys(laid.words(mark) for mark in source.named("place"))),
    }
    mobiles = [laid.words(mark) for mark in source.named("mob")]
    return contacts | ({"mobiles": mobiles} if mobiles else {})


def _cited(source: Source, laid: Laid, plan: str | None) -> list[Row]:
    counted: dict[str, int] = {}
    for found in re.finditer(r"《([^《》]*)》", fold(laid.text)):
        counted[found[1]] = counted.get(found[1], 0) + 1
    given = {cells[0]: cells for cells in source.rows("cite", 4)}
    cited = []
    for title, count in counted.items():
        _, kind, number, refers = given.get(title, ["", "", "", ""])
        row: Row = {
            "title": title,
            "doc_number": number or None,
            "kind": kind or _cite_kind(title, plan),
            "count": count,
        }
        cited.append(row | ({"refers_to": refers} if refers else {}))
    return cited


def _cite_kind(title: str, plan: str | None) -> str:
    if plan and fold(title) == fold(plan):
        return "own_plan"
    kinds = (
        (("通知",), "notice"),
        (("法", "条例", "办法", "规定"), "law"),
        (("纲要", "规划", "方案", "计划"), "plan"),
    )
    for ends, kind in kinds:
        if title.endswith(ends) or title.rpartition("（")[0].endswith(ends):
            return kind
    return "policy"


def _faults(source: Source, laid: Laid) -> list[Row]:
    faults = []
    for ident, kind, severity, code, raw, explain, site, also in source.rows("bad", 8):
        row: Row = {
            "id": ident,
            "kind": kind,
            "severity": severity,
            "code": code,
            "raw": raw,
            "explain": explain,
        }
        places = [x.strip() for x in also.split(";") if x.strip()]
        faults.append(row | {"where": site, "line": laid.line_of(raw), "also": places})
    return faults
