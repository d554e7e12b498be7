"""Scores for people: an aligned table, the misses, confusions, and what changed since the last run."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from extractor.evaluate.ledger import Miss, Score, Scores

_NAMES = {
    "title": "标题", "plan_title": "方案标题", "doc_number": "文号", "issuer": "发文机关", "seal_note": "代章",
    "addressees": "主送机关", "region": "地区", "region_code": "区划代码", "region_name": "地区名称",
    "campaign_year": "年份", "year": "年份", "issue_date": "成文日期", "print_date": "印发日期", "period": "活动起止",
    "theme": "主题", "disclosure": "公开属性", "report_deadline": "报送截止", "sections": "章节", "labels": "章节类别",
    "items": "分项", "dates": "日期", "dates_found": "日期找到", "dates_value": "日期取值", "dates_role": "日期作用",
    "dates_extra": "多报日期", "units": "单位", "unit_roles": "单位角色", "unit_full_names": "单位全称",
    "contacts": "联系方式", "phones_normalised": "电话补全", "contact_places": "联系地点", "citations": "引用文件",
    "citation_numbers": "引用文号", "attachments": "附件", "activities": "活动", "activity_dates": "活动日期",
    "activity_lead_units": "活动责任单位", "activity_support_units": "活动配合单位", "activity_location": "活动地点",
    "found_error": "错误检出", "found_warning": "警告检出", "found_info": "提示检出", "flagged_error": "错误按级检出",
    "flagged_warning": "警告按级检出", "false_alarms": "误报", "verified_flagged": "误报已核实处", "alarms": "待核对报警",
}  # fmt: skip
_WORDS = {
    "zh": {
        "head": ("指标", "正确", "应有", "给出", "准确率", "召回率", "F1/正确率"), "files": "篇", "absent": "没有记录",
        "misses": "未对上的", "none": "全部对上", "wanted": "应为", "got": "得到", "missing": "漏", "extra": "多",
        "confusion": "混淆", "gains": "新对上", "losses": "新错", "same": "与上次相同", "changes": "与上次比较",
    },
    "en": {
        "head": ("metric", "right", "gold", "given", "precision", "recall", "F1/right"), "files": "files",
        "absent": "no record", "misses": "misses", "none": "no misses", "wanted": "expected", "got": "got",
        "missing": "missing", "extra": "extra", "confusion": "confusion", "gains": "gained", "losses": "lost",
        "same": "same as the last run", "changes": "against the last run",
    },
}  # fmt: skip


def width(text: str) -> int:
    """Columns on a terminal: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    columns = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (columns[i] - width(cell)) if i == 0 else " " * (columns[i] - width(cell)) + cell
            for i, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def metric_name(metric: str, lang: str) -> str:
    return _NAMES.get(metric, metric) if lang == "zh" else metric


def _row(metric: str, score: Score, lang: str) -> tuple[str, ...]:
    name = metric_name(metric, lang)
    if score.kind == "count":
        return name, "", "", str(score.found), "", "", ""
    if score.kind == "ratio":
        figure = f"{score.recall:.3f}" if score.expected else "-"
        return name, str(score.right), str(score.expected), "", "", "", figure
    cells = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
    return name, str(score.right), str(score.expected), str(score.found), *cells


def render(scores: Scores, lang: str = "zh", misses: bool = True) -> str:
    """The table, then every miss under its metric, then confusions of kinds and roles. ``lang``: zh or en."""
    words = _WORDS[lang]
    lines = [f"{scores.dataset}: {len(scores.files)} {words['files']}"]
    if scores.absent:
        lines.append(f"{words['absent']}: {', '.join(scores.absent)}")
    rows = [_row(metric, score, lang) for metric, score in scores.metrics.items()]
    lines += _table([words["head"], *rows])
    if misses:
        lines += ["", *_misses(scores, lang)]
    for table, entries in scores.confusion.items():
        mixed = [(a, b, n) for a, row in entries.items() for b, n in row.items() if a != b]
        if mixed:
            lines += ["", f"{words['confusion']}: {table}"]
            lines += [f"  {a} -> {b}  {n}" for a, b, n in sorted(mixed, key=lambda one: -one[2])]
    return "\n".join(lines) + "\n"


def _misses(scores: Scores, lang: str) -> list[str]:
    words = _WORDS[lang]
    if not scores.misses:
        return [str(words["none"])]
    lines = [f"{words['misses']}: {len(scores.misses)}"]
    order = {metric: index for index, metric in enumerate(scores.metrics)}
    current = ""
    for miss in sorted(scores.misses, key=lambda one: (order.get(one.metric, 0), one.file)):
        if miss.metric != current:
            current = miss.metric
            lines.append(f"{metric_name(current, lang)} ({current})")
        lines.append("  " + miss_line(miss, lang))
    return lines


def miss_line(miss: Miss, lang: str) -> str:
    words = _WORDS[lang]
    if not miss.got:
        return f"{miss.file}: {words['missing']} {miss.expected}"
    if not miss.expected:
        return f"{miss.file}: {words['extra']} {miss.got}"
    return f"{miss.file}: {words['wanted']} {miss.expected} | {words['got']} {miss.got}"


class Change(Struct, frozen=True):
    """What differs between two runs. ``figures``: metric, before, after (None where a run lacks it)."""

    figures: tuple[tuple[str, float | None, float | None], ...]
    gains: tuple[Miss, ...]
    losses: tuple[Miss, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.gains or self.losses)


def compare_runs(previous: Mapping[str, Any], current: Mapping[str, Any]) -> Change:
    """Gains and losses between two saved score objects (``Scores.to_dict``).

    A value is the same miss in both runs when file, metric and both sides agree; a miss that only reads differently
    appears on both sides.
    """
    before, after = previous.get("figures") or {}, current.get("figures") or {}
    names = list(dict.fromkeys([*after, *before]))
    figures = tuple(
        (name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
    old = [Miss(**miss) for miss in previous.get("misses") or ()]
    new = [Miss(**miss) for miss in current.get("misses") or ()]
    return Change(figures, tuple(_without(old, new)), tuple(_without(new, old)))


def _without(misses: Sequence[Miss], others: Sequence[Miss]) -> list[Miss]:
    left = list(others)
    kept = []
    for miss in misses:
        if miss in left:
            left.remove(miss)
        else:
            kept.append(miss)
    return kept


def render_change(change: Change, lang: str = "zh") -> str:
    """The changed figures, then each value gained and each value lost."""
    words = _WORDS[lang]
    if not change:
        return f"{words['same']}\n"

    def number(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    lines = [str(words["changes"])]
    if change.figures:
        lines += _table([(name, number(old), "->", number(new)) for name, old, new in change.figures])
    for key, misses in (("gains", change.gains), ("losses", change.losses)):
        if misses:
            lines.append(f"{words[key]}: {len(misses)}")
            lines += [f"  {metric_name(miss.metric, lang)}  {miss_line(miss, lang)}" for miss in misses]
    return "\n".join(lines) + "\n"
