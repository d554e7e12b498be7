"""A notice held against the one of its superior body: theme, window, and how that document is cited."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from extractor.checks.attachments import difference
from extractor.checks.beside import in_line, one_matter, title_span
from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other, There
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.campaigns import bare
from extractor.rulebook.cards import Card
from extractor.schema import CitationRow

_OWN = lazy(r"分主题|子主题|[我本全][省市州区县旗].{0,4}主题|本地主题|专题主题")
_ABOUT = lazy(r"关于|印发|转发")
_DIGITS = lazy(r"[^一-鿿A-Za-z\d]|第")


def fitting(case: Case) -> Case | None:
    """The superior's notice where it can be what this one carries out: of the same campaign and year, as far as known."""
    superior = case.superior
    if superior is None or not one_matter(case, superior):
        return None
    years = {case.year, superior.year} - {None}
    return superior if len(years) < 2 else None


def theme(case: Case, card: Card) -> Iterator[Fault]:
    """The theme against the superior's: another one, or none at all."""
    superior = fitting(case)
    place = superior.fields.spans.get("theme") if superior else None
    if superior is None or place is None or not superior.fields.theme:
        return
    theirs = in_line(superior.document.quote(place))
    key, head = bare(superior.read(place)), bare(re.split("—|-{2}", superior.read(place))[0])
    values = {"theirs": theirs, "own": case.fields.theme or ""}
    other = (There(superior, place, "上级的主题"),)
    stated = case.fields.spans.get("theme")
    if stated is None:
        if key not in bare(case.chars):
            yield Fault(title_span(case), values, there=other, variant="missing")
        return
    own = bare(case.read(stated))
    if own in (key, head) or key in own:
        return
    a, _ = case.ends(stated)
    if _OWN.search(case.chars, case.sentence(a)[0], a) and key in bare(case.chars):
        return
    yield Fault(stated, values, there=other, change=Change(stated, theirs))


def window(case: Case, card: Card) -> Iterator[Fault]:
    """The days of the campaign against the superior's: equal or inside is right."""
    superior = fitting(case)
    own, place = case.window, case.window_span
    theirs, where = (superior.window, superior.window_span) if superior else (None, None)
    if superior is None or own is None or theirs is None or place is None or where is None:
        return
    if theirs[0] <= own[0] and own[1] <= theirs[1]:
        return
    values = {"own": _days(*own), "theirs": _days(*theirs)}
    apart = own[1] < theirs[0] or theirs[1] < own[0]
    other = (There(superior, where, "上级的活动时间"),)
    yield Fault(place, values, there=other, variant="apart" if apart else "")


def _days(first: date, last: date) -> str:
    begin = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begin
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if not year and first.month == last.month else f"{last.month}月"
    return f"{begin}至{year}{month}{last.day}日"


def _core(title: str) -> tuple[str, str]:
    """A title without marks from 关于 (印发, 转发) on, and the name of the body before it."""
    words = bare(title)
    match = _ABOUT.search(words)
    return (words[match.start() :], words[: match.start()]) if match else (words, "")


def number(written: str | None) -> str:
    """A 文号 for comparing: letters and digits, the serial without padding."""
    words = _DIGITS.sub("", written or "")
    return re.sub(r"((?:19|20)\d\d)0+(?=\d+号)", r"\1", words)


def _names(superior: Case) -> list[str]:
    return [name for name in (superior.fields.title, superior.fields.plan_title) if name]


def _cited(case: Case, superior: Case, alike: float) -> tuple[CitationRow, str, float] | None:
    """The citation that means the superior's document, the title it should have, how alike they are."""
    own_number = number(superior.fields.doc_number)
    best: tuple[CitationRow, str, float] | None = None
    for row in case.tables.citations:
        if not row.title or row.kind not in ("document", "own_plan"):
            continue
        for name in _names(superior):
            likeness = SequenceMatcher(None, _core(row.title)[0], _core(name)[0], autojunk=False).ratio()
            if likeness < 1 and own_number and number(row.doc_number) == own_number:
                likeness = max(likeness, 0.99)
            if likeness >= alike and row.kind != "own_plan" and (best is None or likeness > best[2]):
                best = (row, name, likeness)
    return best


def _words_apart(old: str, new: str) -> tuple[str, str]:
    """What differs between two titles, numbers whole."""
    first, second = difference(old, new)
    begin = _common(old, new)
    tail = _common(old[::-1], new[::-1])
    while begin and old[begin - 1].isdigit():
        begin -= 1
    end, stop = max(len(old) - tail, begin), max(len(new) - tail, begin)
    while end < len(old) and stop < len(new) and (old[end].isdigit() or new[stop].isdigit()):
        end, stop = end + 1, stop + 1
    numbers = any(c.isdigit() for c in first + second)
    return (old[begin:end], new[begin:stop]) if numbers else (first, second)


def _common(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def cited_title(case: Case, card: Card) -> Iterator[Fault]:
    """The superior's notice under a wrong title or a wrong name of its body, or not cited at all."""
    superior = case.superior
    if superior is None or not _names(superior):
        return
    head = superior.part("title") or title_span(superior)
    if fitting(case) is None:
        matters = (
            case.campaign.name if case.campaign else "",
            superior.campaign.name if superior.campaign else "",
        )
        own, theirs = matters if not one_matter(case, superior) else (f"{case.year}年", f"{superior.year}年")
        values = {"title": in_line(_names(superior)[0]), "own": own, "theirs": theirs}
        yield Fault(title_span(case), values, there=(There(superior, head, "上级通知"),), variant="unrelated")
        return
    found = _cited(case, superior, card.params["alike"])
    if found is None:
        known = number(superior.fields.doc_number)
        if known and any(number(row.doc_number) == known for row in case.tables.citations):
            return
        values = {"title": in_line(_names(superior)[0]), "number": superior.fields.doc_number or ""}
        yield Fault(title_span(case), values, there=(There(superior, head, "上级通知"),), variant="absent")
        return
    row, name, _ = found
    place = head if name == superior.fields.title else superior.part("plan_title") or head
    other = (There(superior, place, "上级通知的标题"),)
    written, wanted = _core(row.title), _core(name)
    inner = Span(row.span.start + 1, row.span.end - 1)
    marked = case.text[row.span.start : row.span.start + 1] == "《"
    if written[0] != wanted[0]:
        old, new = _words_apart(written[0], wanted[0])
        better = (row.title[: len(written[1])] if written[1] else "") + in_line(name)[len(wanted[1]) :]
        short = written[0] in wanted[0]
        values = {"title": in_line(name), "cited": in_line(row.title), "old": old, "new": new}
        change = Change(inner, better) if marked else None
        yield Fault(row.span, values, there=other, variant="short" if short else "", change=change)
    elif written[1] and superior.fields.issuers and "等" not in written[1]:
        issuers = [bare(issuer) for issuer in (*superior.fields.issuers, wanted[1]) if issuer]
        if not any(written[1] == issuer or issuer in written[1] for issuer in issuers):
            values = {"cited": written[1], "issuer": "、".join(superior.fields.issuers)}
            yield Fault(row.span, values, there=other, variant="issuer")


def cited_number(case: Case, card: Card) -> Iterator[Fault]:
    """The superior's 文号 cited wrongly, or left out."""
    superior = fitting(case)
    place = superior.part("doc_number") if superior else None
    if superior is None or place is None:
        return
    right = in_line(superior.document.quote(place))
    wanted = number(right)
    if any(number(row.doc_number) == wanted for row in case.tables.citations):
        return
    found = _cited(case, superior, card.params["alike"])
    if found is None:
        return
    row = found[0]
    other = (There(superior, place, "上级通知的文号"),)
    if row.doc_number is None:
        behind = Change(Span(row.span.end, row.span.end), f"（{right}）")
        yield Fault(row.span, {"right": right}, there=other, variant="missing", change=behind)
        return
    at = case.chars.find(row.doc_number, max(case.ends(row.span)[0] - len(row.doc_number) - 4, 0))
    span = case.span(at, at + len(row.doc_number)) if at >= 0 else row.span
    values = {"right": right, "cited": row.doc_number}
    change = Change(span, right) if at >= 0 else None
    yield Fault(span, values, (Other(row.span, "引用的文件"),), other, change=change)


KINDS: dict[str, Kind] = {
    "superior_theme": Kind(theme, against="superior"),
    "superior_window": Kind(window, against="superior"),
    "superior_title": Kind(cited_title, {"alike": 0.75}, against="superior"),
    "superior_number": Kind(cited_number, {"alike": 0.75}, against="superior"),
}
