"""Values as the text of a cell: lists joined, control characters gone, nothing a spreadsheet would run."""

import json
from typing import Any

from extractor.patterns import lazy

# What neither XML nor a spreadsheet can hold: control characters but tab and line feed, halves of surrogate pairs.
_UNFIT = lazy("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A cell that begins so is taken for a formula (full-width forms too, in a Chinese Excel).
_FORMULA = tuple("=+-@＝＋－＠\t\r")
_JOINT = "；"


def fit(text: str) -> str:
    """The text without characters a file of tables cannot hold."""
    return _UNFIT.sub("", text)


def cell(value: Any) -> str | int | float | bool | None:
    """A column's value for a format without lists: numbers stay, lists are joined by ；."""
    if isinstance(value, list):
        return fit(_JOINT.join(_item(item) for item in value))
    return fit(value) if isinstance(value, str) else value


def inert(text: str) -> str:
    """The text with ' in front where a spreadsheet would take it for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _item(item: Any) -> str:
    if item is None:
        return ""
    if not isinstance(item, dict):
        return str(item)
    if "quote" in item and "line" in item:
        note = f"{item['note']} " if item.get("note") else ""
        return f"{note}“{item['quote']}”（{item['line']}:{item['column']}）"
    if "raw" in item and "start" in item:
        days = "/".join(dict.fromkeys(day for day in (item["start"], item["end"]) if day))
        return " ".join(part for part in (days or item["raw"], item.get("time")) if part)
    return json.dumps(item, ensure_ascii=False)
