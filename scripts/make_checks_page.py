"""Make docs/checks.md, the manual of the checks, from the cards in rules/checks.

usage: python scripts/make_checks_page.py
"""

from collections.abc import Iterator
from pathlib import Path

from extractor.checks.manual import FIX, SEVERITY, families, family
from extractor.rulebook import load_rulebook
from extractor.rulebook.cards import Card, Example, Wording

PAGE = Path(__file__).resolve().parent.parent / "docs" / "checks.md"
HEAD = """# 检查手册

`notice check` 做的全部检查。本页由 `scripts/make_checks_page.py` 从 `rules/checks/` 的检查卡生成，不要手改；命令行里看：
`notice rules`（全部）、`notice rules D01`（一项）、`notice rules 附件`（按词查找）。

- **级别**：错误＝文件里自己就有证据，或与有出处的事实不符；警告＝多半有问题；提示＝体例和完整性方面的建议。事实的可信程度封顶：未核实的只作提示。
- **改正**：`*` 用 `--fix` 直接改正；`+` 有建议，加 `--suggested` 一并改；空白表示要人来定。
- **适用**：draft 印发前的稿子（全部）；archive 已印发的旧文；compare 多地比较。
- 不想查的：`--ignore 代码`，`notice.toml`，或在文中写 `qa:ignore 代码 理由`（见[自己的检查和设置](own-checks.md)）。
"""


def page() -> str:
    """The page: a table of all checks by family, then each of them."""
    cards = load_rulebook().cards
    groups = families(cards)
    lines = [HEAD, f"共 {len(cards)} 项。", ""]
    for letters, group in groups.items():
        lines += [
            f"## {letters} {family(letters)}",
            "",
            "| 代码 | 检查 | 级别 | 改正 | 适用 |",
            "|---|---|---|---|---|",
        ]
        lines += [_row(card) for card in group]
        lines.append("")
    for group in groups.values():
        for card in group:
            lines += _entry(card)
    return "\n".join(lines).rstrip() + "\n"


def _row(card: Card) -> str:
    fix = {"safe": "*", "suggest": "+"}.get(card.fix, "")
    where = "全部" if len(card.profiles) == 3 else "、".join(card.profiles)
    return f"| [{card.code}](#{card.code.lower()}) | {card.title} | {SEVERITY[card.severity]} | {fix} | {where} |"


def _entry(card: Card) -> Iterator[str]:
    # An anchor of its own: what a heading with Chinese in it is called differs from viewer to viewer.
    yield f'<a id="{card.code.lower()}"></a>'
    yield ""
    yield f"### {card.code} {card.title}"
    yield ""
    yield f"`{card.name}` · {SEVERITY[card.severity]} · 改正：{FIX[card.fix]}"
    yield ""
    yield f"- 提示语：{_wording(card.wording)}"
    for wording in card.variants.values():
        yield f"- 另一种情形（{SEVERITY[wording.severity or card.severity]}）：{_wording(wording)}"
    yield f"- 依据：{_plain(card.why)}"
    yield f"- 不报：{_plain('；'.join(card.guards))}"
    if card.yields_to:
        yield f"- 同一处已报 {'、'.join(card.yields_to)} 的，不再报"
    yield ""
    for title, examples in (("会报", card.flags), ("不报", card.passes)):
        yield from _example(title, examples[0])


def _wording(wording: Wording) -> str:
    advice = f" 建议：{wording.suggestion}" if wording.suggestion else ""
    return _plain(wording.message + advice)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    for sign in "\\*_<>[]`":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _example(title: str, example: Example) -> Iterator[str]:
    for name, text in (("上级通知", example.superior), ("上年通知", example.previous)):
        if text:
            yield from (f"{name}：", "", "```text", text, "```", "")
    mark = f"（指在“{' '.join(example.quote.split())}”）" if example.quote else ""
    yield from (f"{title}{_plain(mark)}：", "", "```text", example.text, "```", "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.name)
