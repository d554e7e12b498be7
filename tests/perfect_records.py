"""Records that are right by construction: an annotation turned into the record it asks for.

An evaluation that does not give them full marks is wrong, and so is one that keeps full marks when they are damaged.
"""

from typing import Any

from extractor.evaluate.align import Alignment


def perfect_record(entry: dict[str, Any], text: str) -> dict[str, Any]:
    """The record a faultless extraction of ``text`` would give for a whole-notice annotation."""
    places = Alignment(text, text)
    kept = [offset for offset, char in enumerate(text) if Alignment(char, "").seed]

    def span(interval: tuple[int, int]) -> dict[str, int]:
        return {"start": kept[interval[0]], "end": kept[interval[1] - 1] + 1}

    def words(quote: str, line: int | None = None) -> dict[str, int]:
        interval = places.at_line(quote, line)
        assert interval is not None, quote
        return span(interval)

    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    region = dict(entry["region"])
    region["code"] = region.pop("gb2260_code")
    if region.get("level_exact") == "town":
        region |= {"level": "town", "name": region["name"] + region["town"]}
    return {
        "source": {"path": entry["file"]},
        "text": text,
        **{key: entry[key] for key in ("title", "plan_title", "doc_number", "seal_note", "addressees")},
        **{key: entry[key] for key in ("issue_date", "print_date", "disclosure", "theme")},
        "issuers": list(entry["issuer"]),
        "region": region,
        "year": entry["campaign_year"],
        "period": dict(entry["campaign_period"]),
        "report_deadline": entry["deadlines"][-1]["stated_end"] if entry["deadlines"] else None,
        "sections": [
            {
                "number": section["number"],
                "heading": section["heading"],
                "canonical": section["canonical"],
                "level": 1,
                # An exact section says where its body begins; a plain one which lines it fills.
                "span": {
                    "start": section.get("body_start", starts[section["first_line"] - 1]),
                    "end": section.get("body_end", starts[section["last_line"]] - 1),
                },
            }
            for section in entry["sections"]
        ],
        "items": [
            {
                "section": item["section"],
                "marker": item["marker"],
                "title": item["title"],
                # In a text without line breaks the item begins inside its line.
                "span": {
                    "start": max(
                        starts[item["line"] - 1], text.find(item["marker"] + item["starts_with"][:4])
                    ),
                    "end": starts[min(item["line"] + 1, len(starts) - 1)] - 1,
                },
            }
            for item in entry["items"]
        ],
        "dates": [_date(date) for date in entry["dates"]],
        "units": [{key: unit[key] for key in ("name", "full_name", "roles")} for unit in entry["units"]]
        + [
            {"name": name, "full_name": None, "roles": ["mentioned"]}
            for name in entry["units_mentioned_only"]
        ],
        "contacts": _contacts(entry["contacts"]),
        "citations": [
            {key: document[key] for key in ("title", "doc_number")} for document in entry["cited_documents"]
        ],
        "attachments": [
            {"title": item["title"], "present": item["present_in_file"]} for item in entry["attachments"]
        ],
        "activities": [
            {
                **{key: one[key] for key in ("title", "lead_units", "support_units", "location")},
                "dates": [{"start": date["start"], "end": date["end"]} for date in one["dates"]],
            }
            for one in entry["activities"]
        ],
        "findings": [
            {
                "code": fault["kind"],
                "severity": fault["severity"],
                "quote": fault["raw"],
                "span": words(fault["raw"], fault["line"]),
                "related": [{"quote": quote, "span": words(quote)} for quote in fault["also"]],
            }
            for fault in entry["inconsistencies"]
        ],
    }


def _date(date: dict[str, Any]) -> dict[str, Any]:
    said = date["start"] or date["end"]
    start, end = (date[key] if said else date.get(f"resolved_{key}") for key in ("start", "end"))
    clocks = [value.split("T")[1] for value in (start, end) if value and "T" in value]
    return {
        "raw": date["raw_in_file"],
        "start": start and start.split("T")[0],
        "end": end and end.split("T")[0],
        "time": "-".join(clocks) or None,
        "role": date["role"],
        "span": {"start": date["offset"], "end": date["offset"] + len(date["raw_in_file"])},
    }


def _contacts(contacts: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [{"kind": "person", "raw": name, "value": name} for name in contacts["persons"]]
    rows += [
        {"kind": "phone", "raw": phone["raw"], "value": phone["normalized"]} for phone in contacts["phones"]
    ]
    rows += [{"kind": "email", "raw": mail["raw"], "value": mail["raw"]} for mail in contacts["emails"]]
    rows += [{"kind": "address", "raw": place, "value": place} for place in contacts["postal_or_place"]]
    return rows


def perfect_head(entry: dict[str, Any]) -> dict[str, Any]:
    """The record a faultless extraction gives for a line of gold.jsonl."""
    return {
        "source": {"path": entry["file"]},
        "text": "",
        "title": entry["title"],
        "issuers": [entry["issuer"]] if entry["issuer"] else [],
        "addressees": entry["addressees"],
        "region": {"name": entry["region"]},
        "year": entry["year"],
        "period": {"start": entry["period_start"], "end": entry["period_end"]},
        "theme": entry["theme"],
        "issue_date": entry["issue_date"],
        "sections": [
            {"heading": section["heading"], "canonical": section["canonical"], "level": 1}
            for section in entry["sections"]
        ],
        "findings": [],
    }
