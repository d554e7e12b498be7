"""Records and findings as JSON, one object a line."""

import json
from collections.abc import Mapping
from typing import Any

from extractor.schema import Failure

# JSON allows these inside strings, but many readers of lines break at them.
_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def line(value: Any) -> str:
    """A JSON value in one line, without the line feed. Chinese stays readable."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escaped in _BREAKS.items():
        text = text.replace(char, escaped)
    return text


def findings(record: Mapping[str, Any]) -> dict[str, Any]:
    """What ``notice check --format json`` says of a record: whose findings, and the findings in the contract's shape."""
    source = record["source"]
    return {
        "notice_id": record["notice_id"],
        "path": source["path"],
        "format": source["format"],
        "title": record["title"],
        "findings": record["findings"],
        "warnings": record.get("warnings", []),
    }


def failure(failed: Failure) -> dict[str, Any]:
    """What it says of a file that could not be read."""
    return {"path": failed.path, "failure": {"reason": failed.reason, "message": failed.message}}
