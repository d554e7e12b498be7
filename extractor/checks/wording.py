"""Words: lists of wrong and confusable forms, doubling, set phrases, missing 、, names of the campaign."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct

from extractor.checks.case import Case
from extractor.checks.fault import Change, Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.text import any_of

_GAP = "[^，。；：！？、\n“”《》]{0,10}?"
_FEW = 12  # words that are found sooner one by one than by a pattern of them all


class _Phrase(Struct, frozen=True):
    """A phrase as a pattern that matches where its first words stand; … in it is up to ten characters without a mark."""

    pattern: re.Pattern[str]
    right: str
    note: str


_Entry = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def _phrase(entry: _Entry) -> _Phrase:
    find, right, not_before, not_after, note = entry
    words = _GAP.join(re.escape(piece) for piece in find.split("…"))
    ahead = "".join(f"(?<!{re.escape(word)})" for word in not_before)
    behind = "".join(f"(?!{re.escape(word)})" for word in not_after)
    return _Phrase(lazy(ahead + words + behind), right, note)


@lru_cache(maxsize=32)
def _prepared(card: Card) -> tuple[re.Pattern[str], dict[str, list[_Phrase]]] | None:
    """A pattern of the first words of all phrases (literals only, so that it is fast), and the phrases by them."""
    by_start: dict[str, list[_Phrase]] = {}
    for row in card.params["phrases"]:
        if not isinstance(row, Mapping) or "find" not in row or set(row) - _KEYS:
            raise card.refuse(f"card {card.code}: a phrase has {', '.join(sorted(_KEYS))}", card.params_line)
        find = str(row["find"])
        entry = (
            find,
            str(row.get("right", "")),
            _words(row, "not_before"),
            _words(row, "not_after"),
            str(row.get("note", "")),
        )
        by_start.setdefault(find.split("…", maxsplit=1)[0], []).append(_phrase(entry))
    if not by_start:
        return None
    return lazy(any_of(by_start)), by_start


_KEYS = {"find", "right", "not_before", "not_after", "note"}


def _words(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    return (str(value),) if isinstance(value, str) else tuple(str(word) for word in value)


def phrases(case: Case, card: Card) -> Iterator[Fault]:
    """Phrases of the card, outside 《》 and the web page round the notice."""
    prepared = _prepared(card)
    if prepared is None:
        return
    scan, by_start = prepared
    end = 0
    for a, word in _places(case, scan, by_start):
        if a < end:
            continue
        end = a + len(word)
        for phrase in by_start[word]:
            match = phrase.pattern.match(case.chars, a)
            if match is None or case.in_title(a) or case.zone(a) == "web":
                continue
            span = case.span(a, match.end())
            change = Change(span, phrase.right) if phrase.right and "…" not in phrase.right else None
            yield Fault(span, {"better": phrase.right, "note": phrase.note}, change=change)
            break


def _places(case: Case, scan: re.Pattern[str], words: Collection[str]) -> Iterable[tuple[int, str]]:
    """Where the words stand that ``scan`` finds, in order, of several in one place the longest first."""
    if len(words) > _FEW:
        return ((match.start(), match.group()) for match in scan.finditer(case.chars))
    found = [(at, word) for word in words for at in case.places(word)]
    return sorted(found, key=lambda hit: (hit[0], -len(hit[1])))


_REPEATED = lazy(r"([一-龥]{2,5})\1")
_PARTICLES = lazy(r"([的了和与在是为对将及于把被向])\1(?![士确当卡])")
_REDUPLICATED = lazy(
    r"^(?:人人|个个|天天|处处|方方|面面|层层|步步|家家|户户|事事|时时|年年|月月|日日|一个|一步|一点|一项|逐步|轰轰|烈烈)"
)


_ALONE = lazy(r"[、“《（][一-鿿]{4}[、”》）]")


def repeated(case: Case, card: Card) -> Iterator[Fault]:
    """A word of two characters or more, or a particle, written twice in a row."""
    allowed = card.params["allowed"]
    words = _REPEATED.finditer(case.chars) if _comes_twice(case.chars) else ()
    for match in chain(words, _PARTICLES.finditer(case.chars)):
        word = match.group(1)
        a, b = match.span()
        if len(word) > 1 and (len(set(word)) == 1 or _REDUPLICATED.match(word) or word in allowed):
            continue
        if len(word) == 2 and _ALONE.fullmatch(case.chars[max(a - 1, 0) : b + 1]):
            continue  # a name, not a slip in a sentence
        if (
            case.zone(a) == "web"
            or case.in_table(a)
            or _split(case, a, word)
            or any(w in case.chars[max(a - 2, 0) : b + 2] for w in allowed if len(w) > 2)
        ):
            continue
        span = case.span(a, b)
        if re.search(r"[\t \u3000]", case.printed(a + len(word) - 1, a + len(word) + 1)):
            continue  # two cells of a row, or what two lines were before a page lost their break
        yield Fault(span, {"word": word}, change=Change(case.span(a + len(word), b), ""))


def _comes_twice(chars: str) -> bool:
    """Whether any two to five characters stand twice in a row: most texts have none.

    The text, as one great number of a byte a character, is laid over itself n characters on: where they agree, n zeros are
    left (or characters stand there that share their lowest byte). That takes a fraction of the time a pattern needs that is
    tried at every place.
    """
    low = chars.encode("utf-32-le", "surrogatepass")[::4]
    number = int.from_bytes(low, "little")
    for n in range(2, 6):
        same = (number ^ number >> 8 * n).to_bytes(len(low), "little")
        at = same.find(bytes(n))
        while at >= 0:
            if chars.startswith(chars[at : at + n], at + n):
                return True
            at = same.find(bytes(n), at + 1)
    return False


def _split(case: Case, a: int, word: str) -> bool:
    """Whether the two halves belong to different words: 市市场 (市 + 市场), 国家知识产权局局长."""
    before = case.chars[max(a - 1, 0) : a + 2 * len(word) + 1]
    return bool(
        re.search(
            r"市市场|局局长|会会长|院院长|县县长|区区长|部部长|厅厅长|委委员|长长期|办办公|[省市县区州]{2}",
            before,
        )
    ) or (
        len(word) == 1
        and bool(
            re.search(
                r"的的确|为为何|在在建|和和[平谐睦]|对对[碰联接]|将将军|与与[会时]|了了解|是是非|向向[日前]|于于[是都]|被被告|为为民|为为[人主了]",
                before,
            )
        )
    )


_VERBS = ("建设", "开展", "推进", "推动", "实施", "举办", "促进", "提升", "加强", "组织")
_SECOND = ("营造", "提供", "作出", "做出", "打造", "贡献", "奠定", "注入", "夯实", "创造")
_BROKEN = lazy(r"[，。；：、！？\n“”《》]")


def echo(case: Case, card: Card) -> Iterator[Fault]:
    """A verb that comes back behind its own object; pleonasms of the card's list."""
    chars = case.chars
    for end in chain.from_iterable(map(case.places, _SECOND)):
        b = end - 2
        verb = chars[b:end]
        if verb not in _VERBS:
            continue
        a = chars.rfind(verb, max(b - 14, 0), b - 1)
        if a < 0 or b - a < 4 or _BROKEN.search(chars, a, b) or case.in_title(a):
            continue
        lead = re.search(r"(?:加快|推进|推动|深入|全面|积极|扎实)$", chars[max(a - 2, 0) : a])
        start = a - len(lead.group()) if lead else a
        shown = start - 1 if start and chars[start - 1] == "为" else start
        change = Change(case.span(a, a + 2), "") if lead else None
        yield Fault(case.span(shown, min(b + 4, len(chars))), {"verb": verb}, change=change)
    for fault in phrases(case, card):
        yield Fault(fault.span, fault.values, variant="pleonasm", change=fault.change)


_ORGANS = {
    "国务院": ("省委", "自治区党委", "市委", "州委", "区委", "县委"),
    "省政府": ("市委", "州委", "区委", "县委"),
    "市政府": ("区委", "县委"),
    "自治区党委": ("市委",),
}
"""The beginnings of organs that stand right behind one of a higher level only where 、 is missing."""
_UNITS_RUN = lazy(
    r"[省市区县州旗](?<=[局委].)(?<![省市区县州盟旗]委.)(?=(?!场|直)[一-龥]{2,9}?[局委部办](?:[、，。；（\n]|$))"
)


def run_together(case: Case, card: Card) -> Iterator[Fault]:
    """Organs of two levels, or two bureaus of a list, with no 、 between them."""
    for organ, lower in _ORGANS.items():
        for at in case.places(organ):
            if case.chars.startswith(lower, at + len(organ)):
                yield _organs_together(case, at, at + len(organ))
    labelled = {line.index: line for at in case.places("单位：") if (line := case.line_of(at))}
    for line in labelled.values():
        for match in _UNITS_RUN.finditer(case.chars, line.start, line.end):
            b = match.start()
            start = max(case.chars.rfind(mark, 0, b) for mark in "、：，。\n") + 1
            if "、" not in case.words(line) and case.chars[start] not in "省市区县州旗":
                continue  # a list of one body, or of two: then both bear their region's word
            stop = re.search(r"[、，。；\n]", case.chars[b:])
            yield _together(case, start, b, b + (stop.start() if stop else 0))


def _organs_together(case: Case, a: int, b: int) -> Fault:
    """An organ (``chars[a:b]``) with one of a lower level right behind it."""
    left = max(case.chars.rfind(mark, max(a - 12, 0), b - 1) for mark in "，。；：\n和与及，")
    stop = re.search(r"[，。；：\n]|关于|的|对", case.chars[b : b + 14])
    end = b + (stop.start() if stop else min(8, len(case.chars) - b))
    begun = re.search(
        r"(?:党中央、?)?(?:国务院|省委、?省政府|市委、?市政府)$", case.chars[max(b - 10, 0) : b]
    )
    start = max(b - 10, 0) + begun.start() if begun else max(left + 1, a - 8)
    return _together(case, start, b, end)


def _together(case: Case, start: int, b: int, end: int) -> Fault:
    """Two bodies, ``chars[start:b]`` and ``chars[b:end]``, that want a 、 between them."""
    at = case.span(b, b + 1).start
    values = {"left": case.chars[start:b], "right": case.chars[b:end]}
    return Fault(case.span(start, end), values, change=Change(Span(at, at), "、"))


_TAIL = lazy(r"(?:宣传活动周|宣传教育周|活动周|宣传周|宣传月|活动月|宣传日|周|月|日)$")


def campaign_name(case: Case, card: Card) -> Iterator[Fault]:
    """The campaign under another name than the one the document uses most."""
    stem, pattern = _forms(case.campaign.name) if case.campaign else ("", None)
    if pattern is None:
        return
    named = list(pattern.finditer(case.chars))
    kinds = Counter(m["kind"] for m in named)
    if not kinds:
        return
    usual, most = kinds.most_common(1)[0]
    if most < card.params["least"]:
        return
    model = next(m for m in named if m["kind"] == usual)
    other = (Other(case.span(*model.span()), "通用名称"),)
    better = f"{stem}{usual}"
    for match in named:
        a = match.start()
        if match["kind"] == usual or case.in_title(a) or case.zone(a) == "web":
            continue
        if re.search(r"简称[“”《]{0,2}$", case.chars[max(a - 6, 0) : a]):
            continue
        kind = case.span(match.start("kind"), match.end("kind"))
        # 科技周 said again and again is a short name for 科技活动周; said once, it is a slip.
        short = len(match["kind"]) == 1 and usual.endswith(match["kind"]) and kinds[match["kind"]] > 1
        yield Fault(
            case.span(*match.span()),
            {"better": better},
            other,
            change=Change(kind, usual),
            severity="info" if short else None,
        )
    if usual == "宣传周" and case.says("活动周") and not re.search(r"简称[^。）]{0,6}活动周", case.chars):
        for match in re.finditer(r"活动周(?<![一-龥]...)(?=期间|活动|结束)", case.chars):
            span = case.span(*match.span())
            yield Fault(span, {"better": usual}, other, change=Change(span, usual))


@lru_cache(maxsize=64)
def _forms(name: str) -> tuple[str, re.Pattern[str] | None]:
    """The stem of a campaign's name and a pattern of it with any of the words for its time; None for a day."""
    tail = _TAIL.search(name)
    stem = re.sub(r"^(?:全国|国家|中国|国际)", "", name[: tail.start()] if tail else "")
    if len(stem) < 2 or tail is None or tail.group() == "日":
        return stem, None
    return stem, lazy(
        rf"{re.escape(stem)}”?(?P<kind>宣传活动周|活动周|宣传周|周|宣传月|活动月|月)(?![刊报年末日]|期(?!间))"
    )


def set_phrases(case: Case, card: Card) -> Iterator[Fault]:
    """Forms of a set phrase that the card lists as variants: never a correction, only a word to check."""
    for group in card.params["groups"]:
        usual, *variants = [str(word) for word in group]
        for variant in variants:
            at = case.chars.find(variant)
            while at >= 0:
                model = case.chars.find(usual)
                others = (Other(case.span(model, model + len(usual)), "另一写法"),) if model >= 0 else ()
                yield Fault(case.span(at, at + len(variant)), {"usual": usual}, others)
                at = case.chars.find(variant, at + len(variant))


_REACH = 44  # characters of verb and object before the noun
_NOUN = lazy(r"为(?P<noun>核心|主题|理念|重点|宗旨|内容|主线)的")
_PREPOSITION = lazy(
    rf"(?P<verb>营造|开展|举办|组织|召开|形成|打造)(?P<what>“[^”\n]{{2,40}}”|[^，。；：！？\n“”以]{{2,26}}){_NOUN.pattern}"
)


def missing_preposition(case: Case, card: Card) -> Iterator[Fault]:
    """开展X为主题的 without 以; verbs with objects they do not take."""
    for noun in _NOUN.finditer(case.chars):
        match = _PREPOSITION.search(case.chars, max(noun.start() - _REACH, 0), noun.end())
        if match is None or match.end() < noun.end():
            continue
        before = case.chars[max(match.start() - 2, 0) : match.start()]
        if "以" in match["what"].strip("“”")[:1] or before.endswith("以"):
            continue
        at = case.span(match.start("what"), match.start("what") + 1).start
        span = case.span(match.start(), match.end())
        yield Fault(
            span,
            {"better": f"{match['verb']}以{match['what']}为{match['noun']}的"},
            change=Change(Span(at, at), "以"),
        )
    for fault in phrases(case, card):
        yield Fault(fault.span, fault.values, variant="collocation", change=fault.change)


KINDS: dict[str, Kind] = {
    "phrases": Kind(phrases, {"phrases": []}, accept=_prepared),
    "repeated_word": Kind(repeated, {"allowed": []}),
    "echo": Kind(echo, {"phrases": []}),
    "run_together": Kind(run_together),
    "campaign_name": Kind(campaign_name, {"least": 2}),
    "set_phrases": Kind(set_phrases, {"groups": []}),
    "missing_preposition": Kind(missing_preposition, {"phrases": []}),
}
