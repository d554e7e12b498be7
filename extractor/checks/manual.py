"""The manual of the checks, made from their cards."""

from collections.abc import Mapping

from extractor.rulebook.cards import FAMILIES, Card, Example

SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
FIX = {"none": "无", "suggest": "有建议，改前请核对", "safe": "可直接改正"}
_FIX_EN = {"none": "none", "suggest": "suggested, to be confirmed", "safe": "safe"}
_OWN = ("自定", "own")


def manual(card: Card, lang: str = "zh", every: bool = False) -> str:
    """One card as text: what it finds, why it is a fault, what it leaves alone, examples (``every``: all of them).

    ``lang``: zh or en.
    """
    english = lang == "en"
    label = _LABELS_EN if english else _LABELS
    severity = card.severity if english else SEVERITY[card.severity]
    fixes = _FIX_EN if english else FIX
    lines = [
        f"{card.code}  {card.title}  ({card.name})",
        f"  {label['severity']}{severity}    {label['fix']}{fixes[card.fix]}    {label['profiles']}{', '.join(card.profiles)}",
        f"  {label['message']}{_told(card.wording.message, card.wording.message_en, english)}",
    ]
    for name, wording in card.variants.items():
        grade = wording.severity or card.severity
        shown = grade if english else SEVERITY[grade]
        lines.append(f"    · [{name}] {shown}  {_told(wording.message, wording.message_en, english)}")
    if card.wording.suggestion:
        lines.append(f"  {label['suggestion']}{card.wording.suggestion}")
    lines.append(f"  {label['why']}{card.why}")
    if card.guards:
        lines.append(f"  {label['guards']}" + "；".join(card.guards))
    if card.yields_to:
        lines.append(f"  {label['yields']}{', '.join(card.yields_to)}")
    if card.params:
        lines.append(
            f"  {label['params']}" + ", ".join(f"{key}={value}" for key, value in card.params.items())
        )
    for key in ("flags", "passes"):
        examples: tuple[Example, ...] = getattr(card, key)
        for example in examples if every else examples[:1]:
            lines.append(f"  {label[key]}")
            lines += _example(example, label)
        if not every and len(examples) > 1:
            lines.append(f"    {label['more'].format(n=len(examples) - 1)}")
    return "\n".join(lines) + "\n"


def _example(example: Example, label: Mapping[str, str]) -> list[str]:
    lines = []
    for other in ("superior", "previous"):
        if text := getattr(example, other):
            lines += [f"    {label[other]}", *(f"    ¦ {line}" for line in text.splitlines())]
    lines += [f"    | {line}" for line in example.text.splitlines()]
    if example.quote:
        lines.append(f"    {label['quote']}{example.quote}")
    return lines


def family(letters: str, lang: str = "zh") -> str:
    """What the letters of a code stand for."""
    return FAMILIES.get(letters, _OWN)[lang == "en"]


def families(cards: Mapping[str, Card]) -> dict[str, list[Card]]:
    """The cards by the letters of their codes, in the order of ``FAMILIES``, those of an office's own at the end."""
    groups: dict[str, list[Card]] = {letter: [] for letter in FAMILIES}
    for card in sorted(cards.values(), key=lambda card: card.code):
        groups.setdefault(card.code.rstrip("0123456789"), []).append(card)
    return {letter: group for letter, group in groups.items() if group}


def index(cards: Mapping[str, Card], lang: str = "zh") -> str:
    """Every card in one line, by family; * marks what ``--fix`` mends, + what it mends with ``--suggested``."""
    rows = []
    for letter, group in families(cards).items():
        rows.append(f"{letter}  {family(letter, lang)}")
        for card in group:
            severity = card.severity if lang == "en" else SEVERITY[card.severity]
            sign = {"safe": "*", "suggest": "+"}.get(card.fix, " ")
            rows.append(f"  {card.code}{sign} {severity:<7}  {card.name if lang == 'en' else card.title}")
    return "\n".join(rows) + "\n"


def search(cards: Mapping[str, Card], words: str) -> tuple[Card, ...]:
    """The cards that hold every word of ``words`` in code, names, wordings, reason or guards; by name the first."""
    wanted = words.lower().split()
    found = [card for card in cards.values() if all(word in _text(card) for word in wanted)]
    return tuple(sorted(found, key=lambda card: not all(word in _names(card) for word in wanted)))


def _names(card: Card) -> str:
    return f"{card.code} {card.name} {card.title}".lower()


def _text(card: Card) -> str:
    wordings = (card.wording, *card.variants.values())
    told = (part for one in wordings for part in (one.message, one.message_en, one.suggestion))
    return " ".join((_names(card), card.why, *told, *card.guards)).lower()


def _told(zh: str, en: str, english: bool) -> str:
    return en if english and en else zh


_LABELS = {
    "severity": "级别：", "fix": "改正：", "profiles": "适用：", "message": "提示语：", "suggestion": "建议：", "why": "依据：",
    "guards": "不报：", "params": "参数：", "flags": "会报的例子：", "passes": "不报的例子：", "quote": "→ 指在：",
    "yields": "同一处已报这些的，不再报：", "superior": "上级通知：", "previous": "上年通知：", "more": "（还有 {n} 个，加 --examples 全部列出）",
}  # fmt: skip
_LABELS_EN = {
    "severity": "severity: ", "fix": "fix: ", "profiles": "profiles: ", "message": "message: ", "suggestion": "suggestion: ",
    "why": "reason: ", "guards": "not flagged: ", "params": "parameters: ", "flags": "flagged:", "passes": "passes:", "quote": "→ at: ",
    "yields": "not told where one of these is: ", "superior": "superior's notice:", "previous": "last year's notice:",
    "more": "({n} more with --examples)",
}  # fmt: skip
