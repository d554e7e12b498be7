"""One notice in a dozen lines: what ``notice extract FILE`` prints."""

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.render.columns import harmless
from extractor.render.terminal import Style, columns_of, count, counted

_LABELS = {
    "title": ("标题", "title"),
    "plan_title": ("方案标题", "plan"),
    "issuers": ("发文机关", "issuers"),
    "doc_number": ("文号", "number"),
    "region": ("地区", "region"),
    "issue_date": ("成文日期", "issued"),
    "period": ("活动时间", "period"),
    "theme": ("主题", "theme"),
    "report_deadline": ("报送期限", "report by"),
    "contents": ("内容", "contents"),
    "findings": ("检查", "check"),
    "warnings": ("注意", "note"),
}
_COUNTED = {
    "sections": ("章节", "sections"),
    "activities": ("活动", "activities"),
    "dates": ("日期", "dates"),
    "units": ("单位", "units"),
    "contacts": ("联系方式", "contacts"),
    "attachments": ("附件", "attachments"),
}
_ABSENT = ("（无）", "-")
# Shown even when the text has none: their absence is what a reader wants to know.
_ALWAYS = {"title", "issuers", "doc_number", "region", "period", "theme", "report_deadline"}


def summary(record: Mapping[str, Any], style: Style) -> str:
    """Path, single values, how much of each table, findings by severity; columns aligned for wide characters."""
    second = int(style.lang == "en")
    values = {**_values(record, second), "contents": _contents(record, second)}
    values["warnings"] = " ".join(record.get("warnings") or ())
    rows = [
        (label[second], values[name] or _ABSENT[second])
        for name, label in _LABELS.items()
        if name != "findings" and (values[name] or name in _ALWAYS)
    ]
    lines = columns_of([*rows, (_LABELS["findings"][second], "")], style)
    lines[-1] += counted(count(record["findings"]), style)
    return "\n".join([style.paint(harmless(record["source"]["path"]), "bold"), *lines]) + "\n"


def _values(record: Mapping[str, Any], second: int) -> dict[str, str]:
    start, end = record["period"]["start"], record["period"]["end"]
    joint = (" 至 ", " to ")[second]
    return {
        "title": record["title"] or "",
        "plan_title": record["plan_title"] or "",
        "issuers": _joined(record["issuers"], second),
        "doc_number": record["doc_number"] or "",
        "region": _region(record["region"]),
        "issue_date": record["issue_date"] or "",
        "period": start
        if start == end and start
        else joint.join(day or "?" for day in (start, end) if start or end),
        "theme": record["theme"] or "",
        "report_deadline": record["report_deadline"] or "",
    }


def _joined(names: Sequence[str], second: int) -> str:
    return ("、", ", ")[second].join(names)


def _region(region: Mapping[str, Any]) -> str:
    """The chain of divisions, a municipality once, and the code."""
    chain = dict.fromkeys(region.get(level) for level in ("province", "city", "county"))
    names = "".join(name for name in chain if name) or region.get("name") or ""
    return f"{names}（{region['code']}）" if names and region.get("code") else names


def _contents(record: Mapping[str, Any], second: int) -> str:
    return ("，", ", ")[second].join(
        f"{label[second]} {len(record[name])}" for name, label in _COUNTED.items() if record.get(name)
    )
