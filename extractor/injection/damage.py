"""What is done to a text: edits, the words they spoil, and which checks ought to tell."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from msgspec import Struct

from extractor.injection.scene import Scene
from extractor.model import Span
from extractor.patterns import lazy

OPEN, CLOSE = "⟦", "⟧"
_MARKED = lazy(f"[{OPEN}{CLOSE}]")


class Edit(Struct, frozen=True):
    """Put ``text`` in place of the characters ``start`` to ``end``.

    What stands between ⟦ and ⟧ in ``text`` is the damage; without them all of it is. ``quiet``: none of it (the edit
    only keeps the rest of the notice sound).
    """

    start: int
    end: int
    text: str
    quiet: bool = False


class Damage(Struct, frozen=True):
    """One defect as edits of the clean text.

    ``codes``: the checks any of which is right to tell it (none: the one the way is listed under). ``at``: words of the
    clean text that become wrong without being edited (the deadline nobody can ask about once the contact is gone).
    ``follows``: codes that are right to tell a consequence of the defect elsewhere.
    """

    edits: tuple[Edit, ...]
    codes: tuple[str, ...] = ()
    at: tuple[Span, ...] = ()
    follows: tuple[str, ...] = ()


class Expected(Struct, frozen=True):
    """What a run over the damaged text must tell. ``spans``: the damage in the new text; an empty one is a hole.

    ``edited``: the places of the clean text that were changed.
    """

    codes: tuple[str, ...]
    spans: tuple[Span, ...]
    follows: tuple[str, ...] = ()
    edited: tuple[Span, ...] = ()

    def touched(self, span: Span) -> bool:
        """Whether a finding's words meet the damage; beside a hole the next character on either side counts."""
        return any(
            span.overlaps(own) or (not len(own) and span.start <= own.start <= span.end) for own in self.spans
        )


Find = Callable[[Scene], Iterator[Damage]]
Ways = Mapping[str, Mapping[str, Find]]
"""By code and name: every way finds all places of a notice where its defect can be put."""


class Way(Struct, frozen=True):
    code: str
    name: str
    find: Find

    def inject(self, scene: Scene, rng: Random) -> tuple[str, Expected] | None:
        """The damaged text and what must be told of it; None when the notice offers no place for this defect."""
        return next(self.inject_each(scene, rng, 1), None)

    def inject_each(self, scene: Scene, rng: Random, most: int) -> Iterator[tuple[str, Expected]]:
        """Up to ``most`` damaged texts, each with the defect at another place."""
        places = list(self.find(scene))
        for damage in rng.sample(places, min(most, len(places))):
            yield applied(scene.text, damage, self.code)


def applied(text: str, damage: Damage, code: str) -> tuple[str, Expected]:
    """The text with the damage done, and what to expect of it."""
    pieces: list[str] = []
    spans: list[Span] = []
    moved: list[tuple[int, int]] = []  # (old offset from which on, shift)
    at = length = 0
    for edit in sorted(damage.edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces.append(text[at : edit.start])
        length += edit.start - at
        words, inside = _unmarked(edit.text)
        if not edit.quiet:
            spans += [Span(length + start, length + end) for start, end in inside]
        pieces.append(words)
        length += len(words)
        at = edit.end
        moved.append((edit.end, length - edit.end))
    pieces.append(text[at:])
    for span in damage.at:
        shift = next((by for start, by in reversed(moved) if start <= span.start), 0)
        spans.append(Span(span.start + shift, span.end + shift))
    edited = tuple(Span(edit.start, edit.end) for edit in damage.edits)
    return "".join(pieces), Expected(damage.codes or (code,), tuple(spans), damage.follows, edited)


def _unmarked(words: str) -> tuple[str, list[tuple[int, int]]]:
    """The words without ⟦⟧, and what stood between them (all of it where they are absent)."""
    pieces = _MARKED.split(words)
    if len(pieces) == 1:
        return words, [(0, len(words))]
    plain, inside, length = "", [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            inside.append((length, length + len(piece)))
        plain += piece
        length += len(piece)
    return plain, inside


def swap(span: Span, words: str, *codes: str, follows: tuple[str, ...] = ()) -> Damage:
    """Other words in place of ``span``."""
    return Damage((Edit(span.start, span.end, words),), codes, (), follows)


def drop(span: Span, *codes: str, follows: tuple[str, ...] = ()) -> Damage:
    """Nothing in place of ``span``."""
    return swap(span, "", *codes, follows=follows)


def put(offset: int, words: str, *codes: str, follows: tuple[str, ...] = ()) -> Damage:
    """Words inserted at ``offset``."""
    return swap(Span(offset, offset), words, *codes, follows=follows)


def said(
    scene: Scene, *sentences: str, follows: tuple[str, ...] = (), codes: tuple[str, ...] = ()
) -> Iterator[Damage]:
    """Each of the sentences at the end of each paragraph of prose."""
    for offset in scene.prose:
        for sentence in sentences:
            yield put(offset, sentence, *codes, follows=follows)


def asked(scene: Scene, *sentences: str, follows: tuple[str, ...] = ()) -> Iterator[Damage]:
    """Each of the sentences among the requirements, where a reader expects what is to be sent in by when."""
    for offset in scene.requirements:
        for sentence in sentences:
            yield put(offset, sentence, follows=follows)
