"""Bodies and their roles: one mention for every place where a body stands with a role.

Roles come from the letter's parts (signature, addressees …), from labels (责任单位：), from the words around a name
(由…牵头, 报送至…) and from the section whose subject it is. A body named only out of respect (党中央、国务院) gives none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.entities.unit_places import SKIPPED, Found, by_place, labelled
from extractor.entities.unit_roles import DUTY, Place, chains, duty_role, pair, role_of
from extractor.entities.unit_shapes import Name, Words, acts_rarely, find_names, is_place
from extractor.model import Manuscript, Mention, Span, UnitName
from extractor.rulebook import Rulebook
from extractor.text import fold

_BRACKETS = re.compile(r"（([^（）\n]{3,120})）")
_YEAR = re.compile(r"\d{4}年(?:度)?$")
_QUOTED = re.compile(r"《[^《》]{2,120}》")
_RULED = re.compile(r"关于|印发")
_REGION_PART = re.compile(r"(?:[一-鿿]{2,7}[省市])?[一-鿿]{1,8}[市区县州旗盟]$")
_LEVEL = re.compile(r"[省市州盟区县旗](?=[一-鿿]{2})")
_NAMED_GROUP = re.compile("有关|相关|成员")
_SENTENCE = re.compile(r"[。；\n]")


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Mentions of kind ``unit``. The name is as printed, without blanks; the full name is left to the resolver, except

    that a name which shares the next one's head noun (甲市、乙市某局) already carries it.
    """
    words = Words(rulebook.units, rulebook.divisions)
    placed = list(by_place(manuscript, words))
    own = manuscript.outline.parts.get("signature")
    if own is not None:  # a forwarded letter has a signature of its own, which is only cited here
        placed = [
            replace(one, role="mentioned") if one.basis == "signature" and not _inside(manuscript, one, own) else one for one in placed
        ]
    issuers = {_text(manuscript, one) for one in placed if one.role == "issuer"}
    named = [one for one in placed if one.basis != "web" or not issuers - {_text(manuscript, one)}]
    lists = list(labelled(manuscript, words))
    known = bool([one for one in named if one.role == "issuer"])
    prose = list(_prose(manuscript, words, [*named, *lists], issuers if known else set()))
    acting = {_text(manuscript, one) for one in [*named, *lists, *prose] if one.role != "mentioned"}
    for found in sorted([*named, *lists, *prose], key=lambda one: (one.start, one.end)):
        role = found.role
        if role == "mentioned" and _text(manuscript, found) in acting:
            continue
        if role == "printer":
            role = "issuer" if _text(manuscript, found) in issuers else "mentioned"
        span = manuscript.reading.span(found.start, found.end)
        yield Mention(
            kind="unit",
            span=span,
            value=UnitName(fold(manuscript.quote(span)), found.whole or None, found.group),
            role=role,
            confidence=found.confidence,
            basis=found.basis,
        )


def _inside(manuscript: Manuscript, found: Found, span: Span) -> bool:
    return span.start <= manuscript.reading.origin[found.start] < span.end


def _text(manuscript: Manuscript, found: Found) -> str:
    return manuscript.reading.chars[found.start : found.end].replace("\n", "")


def _prose(manuscript: Manuscript, words: Words, taken: Sequence[Found], issuers: set[str]) -> Iterator[Found]:
    """Bodies in running text."""
    reading, outline = manuscript.reading, manuscript.outline
    chars = reading.chars
    lines = [(line.start, line.end, line.zone) for line in outline.lines]
    line_starts = [line[0] for line in lines]
    busy = sorted((one.start, one.end) for one in taken)
    starts = [one[0] for one in busy]
    cited = [match.span() for match in _QUOTED.finditer(chars)]
    cited_starts = [span[0] for span in cited]
    addressed = tuple(chars[one.start : one.end] for one in taken if one.role == "addressee")
    first = min((section.span.start for section in outline.sections), default=len(manuscript.document.text))
    names = []
    for name in find_names(chars, words, breaks=_cells(manuscript), busy=busy):
        at = bisect_right(starts, name.end - 1) - 1
        if at >= 0 and busy[at][1] > name.start:
            continue
        line = lines[max(bisect_right(line_starts, name.start) - 1, 0)]
        quoted = bisect_right(cited_starts, name.start) - 1
        inside = quoted >= 0 and cited[quoted][1] > name.start
        if inside:
            if name.start == cited[quoted][0] + 1 and _RULED.match(chars, name.end) and line[2] not in ("title", "web"):
                yield Found(name.start, name.end, "mentioned", "cited", name.group)
            continue
        if line[2] in SKIPPED:
            continue
        names.append(_own_list(chars, name, line[2]))
    lists = chains(chars, words, names)
    decided = bool(issuers)
    role = ""
    acting = -1
    for index, chain in enumerate(lists):
        offset = reading.origin[chain[0].start]
        section = outline.section_at(offset)
        place = Place(
            section.canonical if section else "", offset < first and section is None, addressed, decided
        )
        before = role
        role, basis = role_of(chars, words, chain, place)
        sentence = _SENTENCE.search(chars, chain[-1].end)
        end = sentence.start() if sentence else len(chars)
        following = lists[index + 1] if index + 1 < len(lists) else None
        if following is not None and role in ("", "lead", "decides", "mentioned"):
            cue = pair(chars, words.units.pairs, chain[-1].end, following[0].start, end)
            if cue is not None and (role != "mentioned" or basis == "preamble"):
                role, basis = (role if role == "decides" else cue.left), "pair"
        if index and not role:
            cue = pair(chars, words.units.pairs, lists[index - 1][-1].end, chain[0].start, end)
            if cue is not None and before:
                role, basis = cue.right, "pair"
        if role != "addressee" and chain[-1].kind == "committee" and chars.startswith(("成员单位", "各成员单位"), chain[-1].end):
            role, basis = "organiser", "list"
        if not role and _bracketed(chars, chain):
            role, basis = "lead", "bracket"
        if role == "addressee" and basis == "repeated" and outline.zone_at(offset) == "attachment":
            role = "mentioned"
        if role == "decides":
            role = "lead" if decided else "issuer"
            decided = True
        # In one sentence the first subject leads; who does something after it takes part.
        if role == "lead" and basis == "subject" and chars.find("。", acting, chain[0].start) < 0 <= acting:
            role = "support"
        if role in ("lead", "organiser") and basis in ("subject", "cue", "predicate", "由", "pair") and place.canonical not in DUTY:
            acting = chain[-1].end
        yield from _yielded(chars, words, chain, role, basis, addressed, issuers)


def _cells(manuscript: Manuscript) -> list[int]:
    """Where a tab parted what the reading sets side by side."""
    text = manuscript.document.text
    if "\t" not in text:
        return []
    return sorted({manuscript.reading.index(match.start()) for match in re.finditer("\t", text)})


def _own_list(chars: str, name: Name, zone: str) -> Name:
    """A committee's list of members is headed by the committee: 附件：…组委会成员单位 names the 组委会."""
    if name.group and zone in ("attachment", "attachment_note") and chars[name.start : name.end].endswith("成员单位"):
        end = name.end - 4 - (chars[name.end - 5] == "各")
        if chars[name.end : name.end + 1] in ("", "\n", "名", "职") and end - name.start > 3:
            return Name(name.start, end, "committee")
    return name


def _bracketed(chars: str, chain: Sequence[Name]) -> bool:
    """Whether the list fills a bracket at the end of an item: （省科协、省教育厅）."""
    return chars[chain[0].start - 1 : chain[0].start] == "（" and chars[chain[-1].end : chain[-1].end + 1] in ("）", "等") and (
        chars[chain[0].start - 2 : chain[0].start - 1] in "。；；”" or len(chain) > 1
    )


def _yielded(
    chars: str, words: Words, chain: Sequence[Name], given: str, basis: str, addressed: tuple[str, ...], issuers: set[str]
) -> Iterator[Found]:
    """The mentions of one list; without a role only a specific body counts as mentioned."""
    units = words.units
    chain = _nameplates(chars, chain)
    shared = ""
    for name in chain:
        text = chars[name.start : name.end]
        start = name.start
        if name.strength == 3 and not name.group:
            begun = _LEVEL.match(text)
            shared = begun.group() if begun else ""
        whole = shared + text if name.strength == 2 and shared else ""
        year = _YEAR.search(chars, max(start - 6, 0), start)
        if year and text.endswith(("组委会", "组织委员会", "领导小组", "指挥部")):
            start = year.start()
        role = duty_role(text, given == "asked", addressed, issuers) if given in ("asked", "duty") else given
        weak = role in ("", "mentioned")
        if units.rhetoric.fullmatch(text) and basis != "approval" and (weak or basis in ("subject", "duty", "predicate")):
            continue
        if weak and basis != "approval" and (name.group or name.strength < 3 or acts_rarely(name)):
            if not (name.kind == "service" and name.strength == 3 and not is_place(chars, name)):
                continue
        if is_place(chars, name) or name.kind == "zone" and basis in ("subject", "predicate", "cue"):
            continue
        if text in units.generic and not (basis in ("bracket", "repeated") or basis in ("subject", "duty") and _NAMED_GROUP.search(text)):
            continue
        if acts_rarely(name) and name.strength < 3 and basis in ("subject", "duty", "predicate"):
            continue
        yield from _elided(chars, words, name, role, basis)
        confidence = {3: 1.0, 2: 0.8, 1: 0.6}[name.strength] * (0.8 if weak else 1.0)
        yield Found(start, name.end, role or "mentioned", basis or "name", name.group, confidence, whole)


def _nameplates(chars: str, chain: Sequence[Name]) -> list[Name]:
    """A body and its second name in brackets are one: 市市场监督管理局（市知识产权局）."""
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


def _elided(chars: str, words: Words, name: Name, role: str, basis: str) -> Iterator[Found]:
    """A region before the first body of a list that shares its head noun: 甲市、乙市市场监管局."""
    before = chars[max(name.start - 16, 0) : name.start]
    if not before.endswith("、") or name.group:
        return
    match = _REGION_PART.search(before[:-1])
    if match is None:
        return
    end = name.start - 1
    division = words.divisions.ending_at(chars, end, max(end - 12, 0))
    if not division or not words.divisions.find(division):
        return
    start = end - len(division)
    above = words.divisions.ending_at(chars, start, max(start - 12, 0))
    own = words.divisions.beginning_at(chars, name.start)
    if own:
        begin = start - len(above)
        whole = chars[begin:end] + chars[name.start + own : name.end]
        yield Found(begin, end, role or "mentioned", basis or "elided", confidence=0.8, whole=whole)
