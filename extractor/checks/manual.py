"""The manual of the checks, made from their cards."""

from collections.abc import Mapping

from extractor.rulebook.cards import Card

_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
_FIX = {"none": "无", "suggest": "有建议，改前请核对", "safe": "可直接改正"}
_FIX_EN = {"none": "none", "suggest": "suggested, to be confirmed", "safe": "safe"}


def manual(card: Card, lang: str = "zh") -> str:
    """One card as text: what it finds, why it is a fault, what it leaves alone, examples. ``lang``: zh or en."""
    english = lang == "en"
    label = _LABELS_EN if english else _LABELS
    severity = card.severity if english else _SEVERITY[card.severity]
    fixes = _FIX_EN if english else _FIX
    lines = [
        f"{card.code}  {card.title}  ({card.name})",
        f"  {label['severity']}{severity}    {label['fix']}{fixes[card.fix]}    {label['profiles']}{', '.join(card.profiles)}",
        f"  {label['message']}{_told(card.wording.message, card.wording.message_en, english)}",
    ]
    for name, wording in card.variants.items():
        grade = wording.severity or card.severity
        shown = grade if english else _SEVERITY[grade]
        lines.append(f"    · [{name}] {shown}  {_told(wording.message, wording.message_en, english)}")
    if card.wording.suggestion:
        lines.append(f"  {label['suggestion']}{card.wording.suggestion}")
    lines.append(f"  {label['why']}{card.why}")
    if card.guards:
        lines.append(f"  {label['guards']}" + "；".join(card.guards))
    if card.params:
        lines.append(
            f"  {label['params']}" + ", ".join(f"{key}={value}" for key, value in card.params.items())
        )
    for key in ("flags", "passes"):
        example = getattr(card, key)[0]
        lines.append(f"  {label[key]}")
        lines += [f"    | {line}" for line in example.text.splitlines()]
        if example.quote:
            lines.append(f"    {label['quote']}{example.quote}")
    return "\n".join(lines) + "\n"


def index(cards: Mapping[str, Card], lang: str = "zh") -> str:
    """Every card in one line, in order of rank."""
    rows = []
    for card in cards.values():
        severity = card.severity if lang == "en" else _SEVERITY[card.severity]
        rows.append(f"{card.code}  {severity:<7}  {card.name if lang == 'en' else card.title}")
    return "\n".join(rows) + "\n"


def search(cards: Mapping[str, Card], words: str) -> tuple[Card, ...]:
    """The cards that hold every word of ``words`` in code, names, message or reason."""
    wanted = words.lower().split()
    return tuple(card for card in cards.values() if all(word in _text(card) for word in wanted))


def _text(card: Card) -> str:
    parts = (card.code, card.name, card.title, card.wording.message, card.wording.message_en, card.why)
    return " ".join(parts).lower()


def _told(zh: str, en: str, english: bool) -> str:
    return en if english and en else zh


_LABELS = {
    "severity": "级别：", "fix": "改正：", "profiles": "适用：", "message": "提示语：", "suggestion": "建议：", "why": "依据：",
    "guards": "不报：", "params": "参数：", "flags": "会报的例子：", "passes": "不报的例子：", "quote": "→ 指在：",
}  # fmt: skip
_LABELS_EN = {
    "severity": "severity: ", "fix": "fix: ", "profiles": "profiles: ", "message": "message: ", "suggestion": "suggestion: ",
    "why": "reason: ", "guards": "not flagged: ", "params": "parameters: ", "flags": "flagged:", "passes": "passes:", "quote": "→ at: ",
}  # fmt: skip
