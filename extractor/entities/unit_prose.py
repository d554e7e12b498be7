"""Bodies in running text: which names count, and how a list of them gets its role from what stands around it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from extractor.entities.unit_closure import closed
from extractor.entities.unit_lists import SKIPPED, Found
from extractor.entities.unit_prefixes import KNOWN, OPEN, STRONG, Name, Words
from extractor.entities.unit_roles import DUTY, SENTENCE, Place, chains, duty_role, elided, pair, role_of
from extractor.entities.unit_shapes import acts_rarely, find_names, is_place
from extractor.model import Manuscript
from extractor.patterns import lazy

_YEAR = lazy(r"\d{4}年(?:度)?$")
_QUOTED = lazy(r"《[^《》]{2,120}》")
_RULED = lazy(r"关于|印发")
_LEVEL = lazy(r"[省市州盟区县旗](?=[一-鿿]{2})")
_NAMED_GROUP = lazy("有关|相关|成员")
_CLAUSE = frozenset({"subject", "duty", "predicate", "preamble"})
# An office stands in the body that hosts it, whatever that body is called: 办公室设在镇农技站.
_HOSTED = lazy(r"(?:办公室|[组处]|指挥部|专班|机构|委员会)(?:地点)?(?:设立?[在于]|挂靠在?|挂靠于)$")
_HOSTED_ENDS = frozenset("在于靠")  # last characters of what _HOSTED finds
# Whoever acts there speaks.
_AS_FOLLOWS = lazy(
    r"[^。；\n]{4,120}(?:方案|计划|安排|通知|事项)(?:汇报|报告|公布|布置)?如下[：。]|[特现兹]制[定订][^。；\n]{2,60}(?:方案|计划)"
)
_RESOLVED = lazy(r"(?:研究)?(?:决定|定于|拟定?于?)")
_YEARLY = ("组委会", "组织委员会", "领导小组", "指挥部")
_SURE = {STRONG: 1.0, KNOWN: 0.95, OPEN: 0.88}


class _Settling(Struct):
    """What is known while the lists of bodies are read in order."""

    words: Words
    chars: str
    addressed: tuple[str, ...]
    issuers: set[str]
    body: int
    """Where the first section or item begins, in the printed text."""
    decided: bool
    role: str = ""
    acting: int = -1


def in_prose(
    manuscript: Manuscript, words: Words, taken: Sequence[Found], issuers: set[str]
) -> Iterator[Found]:
    """Bodies in running text; ``taken``: what places and labels gave already; ``issuers``: their names, if known."""
    chars = manuscript.reading.chars
    names: list[Name] = []
    for name, cited in _names(manuscript, words, taken):
        if cited:
            yield Found(name.start, name.end, "mentioned", "cited", name.group)
        else:
            names.append(name)
    lists = chains(
        chars,
        words,
        closed(
            chars, words, names, partial(_shut, manuscript, sorted((one.start, one.end) for one in taken))
        ),
    )
    addressed = tuple(chars[one.start : one.end] for one in taken if one.role == "addressee")
    first = (manuscript.outline.sections or manuscript.outline.items or (None,))[0]
    body = first.span.start if first else len(manuscript.document.text)
    state = _Settling(words, chars, addressed, issuers, body, bool(issuers))
    for index, chain in enumerate(lists):
        before = lists[index - 1] if index else None
        following = lists[index + 1] if index + 1 < len(lists) else None
        role, basis = _settle(manuscript, state, chain, before, following)
        yield from _yielded(state, chain, role, basis)


def _shut(manuscript: Manuscript, taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch is a part of the letter, holds bodies known already, or stands in the title of a document.

    ``taken``: the bounds of those bodies, in order.
    """
    if manuscript.outline.zone_at(manuscript.reading.origin[start]) in SKIPPED:
        return True
    chars = manuscript.reading.chars
    last = bisect_left(taken, (end, 0)) - 1
    if last >= 0 and taken[last][1] > start:
        return True
    return chars.rfind("《", max(start - 80, 0), start) > chars.rfind("》", max(start - 80, 0), start)


def _names(manuscript: Manuscript, words: Words, taken: Sequence[Found]) -> Iterator[tuple[Name, bool]]:
    """The names outside the letter's parts and labelled lists; True: the issuer of a document cited by its title."""
    chars, lines = manuscript.reading.chars, manuscript.outline.lines
    busy = sorted((one.start, one.end) for one in taken)
    starts = [one[0] for one in busy]
    line_starts = [line.start for line in lines]
    cited = [match.span() for match in _QUOTED.finditer(chars)]
    cited_starts = [span[0] for span in cited]
    for name in find_names(chars, words, breaks=_cells(manuscript), busy=busy):
        at = bisect_right(starts, name.end - 1) - 1
        if at >= 0 and busy[at][1] > name.start:
            continue
        zone = lines[max(bisect_right(line_starts, name.start) - 1, 0)].zone
        quoted = bisect_right(cited_starts, name.start) - 1
        if quoted >= 0 and cited[quoted][1] > name.start:
            first = name.start == cited[quoted][0] + 1
            if first and _RULED.match(chars, name.end) and zone not in ("title", "web"):
                yield name, True
        elif zone not in SKIPPED:
            yield (_own_list(chars, name, zone) if name.group else name), False


def _settle(
    manuscript: Manuscript,
    state: _Settling,
    chain: list[Name],
    before: list[Name] | None,
    following: list[Name] | None,
) -> tuple[str, str]:
    """Role and basis of one list; keeps in ``state`` who acts in the sentence and whether the issuer is known."""
    chars, pairs = state.chars, state.words.units.pairs
    place = _place(manuscript, state, chain)
    given = state.role
    role, basis = role_of(chars, state.words, chain, place)
    if following is not None and role in ("", "lead", "decides"):
        cue = pair(chars, pairs, chain[-1].end, following[0].start, chain[-1].end)
        if cue is not None:
            role, basis = (role if role == "decides" else cue.left), "pair"
    if before is not None and not role and given:
        cue = pair(chars, pairs, before[-1].end, chain[0].start, chain[-1].end)
        if cue is not None:
            role, basis = cue.right, "pair"
    listed = chain[-1].kind == "committee" and chars.startswith(("成员单位", "各成员单位"), chain[-1].end)
    if role != "addressee" and listed:
        role, basis = "organiser", "list"
    elif not role and _bracketed(chars, chain):
        role, basis = "lead", "bracket"
    elif basis == "repeated" and (zone := _zone(manuscript, chain)) in ("attachment", "enclosed"):
        role, basis = "mentioned", zone
    elif role == "decides":
        sure = chain[0].strength > 1 or (
            chain[0].kind == "committee" and _RESOLVED.match(chars, chain[-1].end) is not None
        )
        rarely = acts_rarely(chain[0]) and not _AS_FOLLOWS.match(chars, chain[-1].end)
        speaks = not state.decided and sure and not rarely and not chain[0].group
        role = "issuer" if speaks else "lead"
        state.decided = state.decided or speaks
    elif role == "lead" and basis == "subject" and _same_sentence(chars, state.acting, chain[0].start):
        role = "support"  # in one sentence the first subject leads; who does something after it takes part
    state.role = role
    acts = role in ("lead", "organiser") and basis in ("subject", "cue", "predicate", "由", "pair")
    if acts and place.canonical not in DUTY:
        state.acting = chain[-1].end
    return role, basis


def _zone(manuscript: Manuscript, chain: Sequence[Name]) -> str:
    return manuscript.outline.zone_at(manuscript.reading.origin[chain[0].start])


def _same_sentence(chars: str, acting: int, start: int) -> bool:
    """Whether the body that acts (its end, -1 if none) stands in the sentence of ``start``."""
    return acting >= 0 and SENTENCE.search(chars, acting, start) is None


def _place(manuscript: Manuscript, state: _Settling, chain: Sequence[Name]) -> Place:
    offset = manuscript.reading.origin[chain[0].start]
    section = manuscript.outline.section_at(offset)
    return Place(section.canonical if section else "", not section and offset < state.body, state.decided)


def _cells(manuscript: Manuscript) -> list[int]:
    """Where a tab parted what the reading sets side by side."""
    text = manuscript.document.text
    if "\t" not in text:
        return []
    return sorted({manuscript.reading.index(match.start()) for match in re.finditer("\t", text)})


def _own_list(chars: str, name: Name, zone: str) -> Name:
    """A group that heads a committee's list of members is the committee: 附件：…组委会成员单位 names the 组委会."""
    if zone in ("attachment", "attachment_note") and chars.endswith("成员单位", name.start, name.end):
        end = name.end - 4 - (chars[name.end - 5] == "各")
        if chars[name.end : name.end + 1] in ("", "\n", "名", "职") and end - name.start > 3:
            return Name(name.start, end, "committee")
    return name


def _bracketed(chars: str, chain: Sequence[Name]) -> bool:
    """Whether the list fills a bracket at the end of an item: （省科协、省教育厅）."""
    return (
        chars[chain[0].start - 1 : chain[0].start] == "（"
        and chars[chain[-1].end : chain[-1].end + 1] in ("）", "等")
        and (chars[chain[0].start - 2 : chain[0].start - 1] in "。；；”" or len(chain) > 1)
    )


def _yielded(state: _Settling, chain: Sequence[Name], given: str, basis: str) -> Iterator[Found]:
    """The mentions of one list; without a role only a specific body counts as mentioned."""
    chars = state.chars
    shared = ""
    company = not acts_rarely(chain[0])
    for name in _nameplates(chars, chain):
        text = chars[name.start : name.end]
        start = name.start
        if name.strength == 3 and not name.group:
            begun = _LEVEL.match(text)
            shared = begun.group() if begun else ""
        role = given
        if given in ("asked", "duty"):
            role = duty_role(text, given == "asked", state.addressed, state.issuers)
        weak = role in ("", "mentioned")
        if not (
            basis == "enclosed"
            or _counts(state, name, text, weak, basis, bool(shared))
            or (company and not weak and acts_rarely(name) and not is_place(chars, name))
        ):
            continue
        if text.endswith(_YEARLY) and (year := _YEAR.search(chars, max(start - 6, 0), start)):
            start = year.start()
        begin, end = elided(chars, state.words, name)
        if begin < end:
            own = state.words.divisions.beginning_at(chars, name.start)
            full = chars[begin:end] + chars[name.start + own : name.end]
            yield Found(begin, end, role or "mentioned", basis or "elided", confidence=0.8, whole=full)
        whole = shared + text if name.strength == 2 and shared else ""
        yield Found(
            start, name.end, role or "mentioned", basis or "name", name.group, _SURE[name.strength], whole
        )


def _counts(state: _Settling, name: Name, text: str, weak: bool, basis: str, shared: bool) -> bool:
    """Whether a name in prose is a body that acts here, not a phrase of respect, a place, a target or an empty group."""
    units = state.words.units
    if basis == "approval":
        return True
    start = name.start
    if state.chars[start - 1] in _HOSTED_ENDS and _HOSTED.search(state.chars, max(start - 16, 0), start):
        return True
    if (weak or basis in _CLAUSE) and units.rhetoric.fullmatch(text):
        return False
    place = is_place(state.chars, name)
    if weak and (name.group or name.strength < 3 or acts_rarely(name)):
        return name.kind == "service" and name.strength == 3 and not place
    if place or (name.kind == "zone" and basis in ("subject", "predicate", "cue")):
        return False
    if text in units.generic:
        named = basis in ("subject", "duty") and _NAMED_GROUP.search(text) is not None
        return named or basis in ("bracket", "repeated")
    if name.listed:
        return True
    # A bare 法院 or an unknown name begins too many sentences to be taken as the one who acts.
    bare = name.strength == 2 and len(text) < 4 and not shared
    unknown = name.strength < 2 and not name.group and name.kind not in ("committee", "office")
    return not ((bare or unknown) and basis in _CLAUSE)


def _nameplates(chars: str, chain: Sequence[Name]) -> Sequence[Name]:
    """A body and its second name in brackets are one: 市市场监督管理局（市知识产权局）."""
    if len(chain) < 2:
        return chain
    made: list[Name] = []
    for name in chain:
        last = made[-1] if made else None
        if (
            last is not None
            and name.kind == last.kind == "department"
            and chars[last.end : name.start] == "（"
            and chars[name.end : name.end + 1] == "）"
            and chars[last.start] == chars[name.start]
        ):
            made[-1] = Name(last.start, name.end + 1, last.kind, strength=last.strength)
        else:
            made.append(name)
    return made
