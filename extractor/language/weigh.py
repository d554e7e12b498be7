"""What becomes of a pipeline's proposals: the rules decide, a proposal confirms, and is taken only where a cue stands.

Before resolving, ``take`` puts those with a cue among the mentions (责任单位：, 联系人：, 由…牵头, 地点：). After it, ``weigh``
raises the confidence of what rules and pipeline both found and keeps the rest, doubtful, for whoever wants to look: those
change nothing that the rules say, and no check is made on them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from extractor.entities.contact_labels import LABEL, kind_of
from extractor.model import (
    ActivityValue,
    ContactValue,
    DateValue,
    Manuscript,
    Mention,
    Span,
    TextValue,
    UnitName,
)
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.schema import Resolved

# Measured with a pipeline trained on corpus/ (scripts/measure_ner.py): of 26 bodies it proposed elsewhere and the rules do not
# have, on held-back and real notices, 1 was right. A better pipeline deserves more; nothing tells which one it is.
TAKEN = 0.5  # in a cue context
KEPT = 0.2  # anywhere else

_NUMBERS = ("phone", "mobile", "fax")
_PERSONS = ("person", "party")
_SENTENCE = lazy(r"[。；！？\n]")
_MEMBER_BEGINS = "、，,；;）和与及"
_MEMBER_ENDS = "、，,；;。（）\n和与及"
_NEAR = 6  # read characters between a person and his number
_PLACE_LABEL = lazy(r"(?:地点|地址|场所|会场)(?:安排|设在|为)?：?$")
_AT = lazy(r"(?:在|于|到|赴|设在)$")
_TAKES_PLACE = lazy(
    r"[^，。；\n]{0,6}(?:举行|举办|召开|开展|启动|进行|设立|设置|组织|集中|播放|展出|参观|开讲)"
)


def take(
    manuscript: Manuscript, mentions: Sequence[Mention], proposals: Iterable[Mention], rulebook: Rulebook
) -> tuple[Mention, ...]:
    """``mentions`` with the proposals that stand in a cue context and touch nothing the rules found; no resolved values.

    A body gets its cue's role, a person is a contact, a place becomes the location of an activity that has none.
    """
    made = list(mentions)
    busy = _Busy(mentions)
    numbers = sorted(
        m.span.start for m in mentions if isinstance(m.value, ContactValue) and m.value.kind in _NUMBERS
    )
    for proposal in proposals:
        if busy.touches(proposal.span):
            continue
        if proposal.kind == "unit":
            role = _unit_cue(manuscript, proposal.span, rulebook)
            if role:
                _insert(made, replace(proposal, role=role, confidence=TAKEN))
        elif proposal.kind == "contact":
            if _person_cue(manuscript, proposal.span, numbers):
                _insert(made, replace(proposal, confidence=TAKEN))
        elif proposal.kind == "region" and _place_cue(manuscript, proposal.span):
            _locate(made, proposal)
    return tuple(made)


def weigh(resolved: Resolved, proposals: Sequence[Mention]) -> Resolved:
    """``resolved`` with surer mentions where a proposal of their kind overlaps, and the rest of the proposals kept.

    Kept ones have role ``mentioned`` (a date: ``other``), confidence ``KEPT`` and no resolved value. A date the calendar
    does not have, or that lost characters, gets no surer: the pipeline only saw that it is a date.
    """
    by_kind: dict[str, list[Mention]] = {}
    for proposal in proposals:
        by_kind.setdefault(proposal.kind, []).append(proposal)
    made = [_raised(mention, by_kind.get(_kind(mention), ())) for mention in resolved.mentions]
    busy = _Busy(resolved.mentions)
    names = {
        m.value.name: m.value for m in resolved.mentions if m.kind == "unit" and isinstance(m.value, UnitName)
    }
    for proposal in proposals:
        if busy.touches(proposal.span) or _is_location(made, proposal):
            continue
        value = proposal.value
        if isinstance(value, UnitName):
            value = names.get(value.name, replace(value, key=value.name))
        role = "other" if proposal.kind == "date" else "mentioned"
        _insert(made, replace(proposal, value=value, role=role, confidence=KEPT))
    return replace(resolved, mentions=tuple(made))


def _raised(mention: Mention, proposals: Sequence[Mention]) -> Mention:
    """Two independent witnesses: what is left to doubt shrinks by the proposal's trust, by half of it where the ends differ."""
    if mention.basis.startswith("ner:"):
        return mention
    if isinstance(mention.value, DateValue) and mention.value.status != "ok":
        return mention
    at = bisect_left(proposals, mention.span.start, key=lambda one: one.span.end)
    best = 0.0
    while at < len(proposals) and proposals[at].span.start < mention.span.end:
        if proposals[at].span.overlaps(mention.span):
            same = proposals[at].span == mention.span
            best = max(best, proposals[at].confidence * (1 if same else 0.5))
        at += 1
    sure = mention.confidence + (1 - mention.confidence) * best
    return replace(mention, confidence=round(sure, 3)) if best else mention


def _kind(mention: Mention) -> str:
    """The kind of proposal that can confirm a mention; of contacts only persons."""
    if isinstance(mention.value, ContactValue) and mention.value.kind != "person":
        return ""
    return mention.kind


class _Busy:
    """The words the rules have found something in. An activity covers whole paragraphs and keeps nothing out."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans: list[Span] = []
        for span in sorted(m.span for m in mentions if m.kind != "activity"):
            if self._spans and span.start < self._spans[-1].end:
                last = self._spans.pop()
                span = Span(last.start, max(last.end, span.end))
            self._spans.append(span)

    def touches(self, span: Span) -> bool:
        at = bisect_left(self._spans, span.end, key=lambda one: one.start)
        return at > 0 and self._spans[at - 1].overlaps(span)


def _insert(mentions: list[Mention], new: Mention) -> None:
    """Before the first mention of its kind that stands behind it; tables keep the order of the text."""
    for index, mention in enumerate(mentions):
        if mention.kind == new.kind and mention.span.start > new.span.start:
            mentions.insert(index, new)
            return
    mentions.append(new)


def _around(manuscript: Manuscript, span: Span) -> tuple[str, int]:
    """The read words before a span, from the beginning of the line above it on, and where it ends in the reading."""
    reading = manuscript.reading
    at = reading.index(span.start)
    first = reading.chars.rfind("\n", 0, at)
    above = reading.chars.rfind("\n", 0, max(first, 0)) + 1
    return reading.chars[above:at], reading.index(span.end)


def _unit_cue(manuscript: Manuscript, span: Span, rulebook: Rulebook) -> str:
    """The role of the label whose list a body is a whole member of (责任单位：甲、乙), or of the words on both sides (由…牵头)."""
    before, end = _around(manuscript, span)
    chars = manuscript.reading.chars
    units = rulebook.units
    labels = list(units.label.finditer(before))
    if labels and (end == len(chars) or chars[end] in _MEMBER_ENDS):
        between = before[labels[-1].end() :].removeprefix("\n")
        if not between or (between[-1] in _MEMBER_BEGINS and not _SENTENCE.search(between)):
            return units.labels[labels[-1].group(1)]
    for cue in units.verbs:
        # One character may be half of another word (交|易市场), 由 is none.
        words = tuple(word for word in cue.before if len(word) > 1 or word == "由")
        if cue.role == "mentioned" or not words or not before.endswith(words):
            continue
        if chars.startswith(cue.after, end) if cue.after else cue.role == "report_to":
            return cue.role
    return ""


def _person_cue(manuscript: Manuscript, span: Span, numbers: Sequence[int]) -> bool:
    """Whether a label for persons stands before, with no other label between, or a number right behind."""
    before, end = _around(manuscript, span)
    line = before.rpartition("\n")[2]
    labels = list(LABEL.finditer(line))
    if labels and not _SENTENCE.search(line, labels[-1].end()):
        return bool(labels[-1]["mark"]) and kind_of(labels[-1]["word"]) in _PERSONS
    at = bisect_left(numbers, span.end)
    if at == len(numbers):
        return False
    gap = manuscript.reading.chars[end : manuscript.reading.index(numbers[at])]
    return len(gap) <= _NEAR and not _SENTENCE.search(gap)


def _place_cue(manuscript: Manuscript, span: Span) -> bool:
    """Whether words before a place (地点：) or on both sides of it (在…举行) say that something takes place there."""
    before, end = _around(manuscript, span)
    if _PLACE_LABEL.search(before):
        return True
    return bool(_AT.search(before)) and bool(_TAKES_PLACE.match(manuscript.reading.chars, end))


def _locate(mentions: list[Mention], proposal: Mention) -> None:
    """The place of the innermost activity round a proposal, if it has none yet."""
    best: int | None = None
    for index, mention in enumerate(mentions):
        value = mention.value
        if isinstance(value, ActivityValue) and value.scope.covers(proposal.span):
            old = mentions[best].value if best is not None else None
            if not isinstance(old, ActivityValue) or len(value.scope) < len(old.scope):
                best = index
    if best is None or not isinstance(proposal.value, TextValue):
        return
    activity = mentions[best].value
    if isinstance(activity, ActivityValue) and activity.location is None:
        located = replace(activity, location=proposal.value.text, location_span=proposal.span)
        mentions[best] = replace(mentions[best], value=located)


def _is_location(mentions: Iterable[Mention], proposal: Mention) -> bool:
    return proposal.kind == "region" and any(
        isinstance(m.value, ActivityValue) and m.value.location_span == proposal.span for m in mentions
    )
