"""Printed lines → paragraphs. Used for PDF, OFD and recognised pages. Points, origin top left.

Whether a line goes on in the next one is asked the way a typesetter works: it does if the first word of the next line would
not have fitted on it, and the next line begins where lines inside a paragraph begin.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from extractor.patterns import lazy
from extractor.readers.glyphs import Characters
from extractor.readers.lines import TextLine, mode
from extractor.readers.paragraphs import SIGNERS

_TOKEN = lazy(
    r"[“‘（《〈〔【「『(\[]*(?:[A-Za-z0-9][A-Za-z0-9@._%+:/~-]*(?:[：︰∶]\d+)*|.)[，。、；：？！”’）》〉〕】」』,;:?!)\]．.]*",
    re.DOTALL,
)
_IDEOGRAPH = lazy("[㐀-鿿]")
_MARKER = lazy(
    r"(?:第?[一二三四五六七八九十百]+[、章节条．.]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}(?:[、．）)]|\.(?!\d))|[①-⑳]|[一二三四五六七八九十]+是|附件\d*[：:]?)"
)
_LABEL = lazy(r"(?:附\s*件|抄\s*送|主\s*送|抄\s*报|附|注)\s*[：:]")
_SENTENCE_END = ("。", "；", "！", "？", "：", ";", "!", "?", ":")
_ADDRESS = lazy(r"(?:@|://|www\.)[\x21-\x7e]*$")  # a mailbox or page cut by the line's end, and its rest
_ADDRESS_REST = lazy(r"[.@/_-][A-Za-z0-9]")
_LEADER = lazy(
    r"(?:[.．·…]{2,}|\s)\s*\d{1,4}$"
)  # the page number at the end of a line of a table of contents
_HANGING = "，。、；：？！,.;:"
_DATE_LINE = lazy(
    r"[\d二〇○零OＯ]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*(?:印发)?"
)
_SIGNERS = (*SIGNERS, "组", "队", "）", ")")


class Frame(Struct, frozen=True):
    """Where the text block of a page (or column) begins and ends, and the usual distance of its baselines."""

    left: float
    right: float
    pitch: float
    indented: bool = True  # whether paragraphs begin with an indent
    spaced: bool = False  # whether paragraphs are set apart by a wider distance
    em: float = 0.0  # the usual size of a character


def fits_on(found: Characters, a: TextLine, b: TextLine, room: float) -> bool:
    """Whether the first word of ``b`` would have fitted into the ``room`` left on ``a``, so that ``b`` begins anew."""
    return room >= _token_width(found, b) + 0.25 * a.em or (
        _MARKER.match(b.text) is not None and a.text.endswith(_SENTENCE_END)
    )


def frame_of(lines: Sequence[TextLine], otherwise: Frame | None = None, wide: float = 0.0) -> Frame:
    """The text block: modal right edge of long lines, leftmost usual beginning, median distance of baselines.

    ``otherwise``: the document's block, for a page with little text. ``wide``: the page's width, for a document with little.
    """
    if not lines:
        return otherwise or Frame(0.0, 0.0, 0.0)
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.75 * widest]
    # A comma or a stop may hang beyond the edge; lines that end with a character show where it is.
    right, weight = mode(
        [line.x1 for line in long if line.text[-1] not in _HANGING] or [line.x1 for line in long], 2.5
    )
    if weight < 3 and otherwise is not None:
        right = otherwise.right if otherwise.right > right - 1 else right
    em = median(line.em for line in lines)
    # A title begins where its length has it, not at the margin.
    starts = [line.x0 for line in long if line.em < 1.15 * em] or [line.x0 for line in long]
    usual = Counter(round(x / 3) for x in starts)
    # A long line may begin with a narrow bracket a little further right; what begins left of all others is the margin.
    left = min(
        (x for x in starts if usual[round(x / 3)] + usual[round(x / 3) + 1] + usual[round(x / 3) - 1] >= 2),
        default=min(line.x0 for line in lines),
    )
    if (
        otherwise is not None
        and 0 < left - otherwise.left < 4.5 * em
        and abs(right - otherwise.right) < 1.5 * em
    ):
        left = otherwise.left
    outer = [line.x0 for line in lines if 1.2 * em < left - line.x0 < 6 * em]
    even = bool(outer) and abs(min(outer) - (wide - right)) < 0.5 * em  # as far from the edge as on the right
    if even or (len(outer) >= 2 and max(outer) - min(outer) < 0.5 * em):
        left = min(outer)  # short lines stand further left than the long ones; a single one only sticks out
    if weight < 6 and right - left < 0.6 * wide:
        right = max(right, wide - left)  # a few short words do not show the margin; the left one does
    block = Frame(left, right, 0.0, em=em)
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(lines)
        if abs(a.em - b.em) < 0.12 * a.em or not (a.chinese and b.chinese)
    ]
    block = replace(block, pitch=_pitch(pairs, block, otherwise))
    after_short = [
        (a, b)
        for a, b in pairs
        if right - a.x1 > 2.5 * a.em and a.x0 < left + 4.5 * em and b.x0 < left + 4.5 * em
    ]
    if len(after_short) < 4:
        if otherwise is not None:
            return replace(block, indented=otherwise.indented, spaced=otherwise.spaced)
        return replace(block, indented=any(line.x0 > left + 0.7 * line.em for line in lines))
    indented = sum(b.x0 > left + 0.7 * b.em for _, b in after_short)
    apart = [b.base - a.base > 1.15 * block.pitch for a, b in after_short if a.page == b.page]
    return replace(
        block, indented=indented >= 0.4 * len(after_short), spaced=sum(apart) > 0.8 * len(apart) > 2
    )


def _pitch(pairs: Sequence[tuple[TextLine, TextLine]], block: Frame, otherwise: Frame | None) -> float:
    """The distance of baselines inside paragraphs: from a full line to one that begins at the margin."""
    steps = [(a, b, b.base - a.base) for a, b in pairs if a.page == b.page and b.base > a.base]
    inner = [
        step
        for a, b, step in steps
        if block.right - a.x1 < 0.8 * a.em
        and b.x0 - block.left < 0.7 * b.em
        and not a.text.endswith(_SENTENCE_END)
    ]
    if len(inner) >= 2:
        return median(inner)
    if otherwise is not None:
        return otherwise.pitch
    return median([step for _, _, step in steps]) if len(steps) >= 2 else 1.8 * block.em


def continues(found_b: Characters, a: TextLine, b: TextLine, here: Frame, there: Frame, inside: bool) -> bool:
    """Whether line ``b`` goes on with the paragraph of line ``a``.

    ``here`` and ``there``: the text blocks the lines stand in. ``inside``: ``a`` itself went on with a line that began at
    the same place, so that the paragraph is a block.
    """
    em = max(a.em, 1.0)
    if a.chinese and b.chinese and abs(a.em - b.em) > _play(found_b, a, b) * max(a.em, b.em):
        return False
    apart = True
    if a.page == b.page:
        step = b.base - a.base
        usual = max(here.pitch * max(em / here.em, 1.0) if here.em else here.pitch, 1.2 * em)
        if here.spaced and abs(em - here.em) < 0.15 * em:  # titles have a distance of their own
            apart = step > 1.15 * usual
            if apart:
                return False
        elif step > max(1.6 * usual, 2.4 * em) or (
            not here.indented and not here.spaced and step > 1.3 * usual
        ):
            return False
    if _ADDRESS.search(a.text) and _ADDRESS_REST.match(b.text):
        return True
    if _LEADER.search(a.text) and _MARKER.match(b.text):
        return False
    if _DATE_LINE.fullmatch(b.text) and a.text.endswith(_SIGNERS):
        return False
    width = here.right - here.left
    token = _token_width(found_b, b) + (0.9 if found_b.rough else 0.25) * em
    centred_b = _centred(b, there)
    if _centred(a, here) and (centred_b or abs(a.x0 - here.left - 2 * em) > 0.4 * em):
        return centred_b and width - (a.x1 - a.x0) < token and not _MARKER.match(b.text)
    axis = (a.x0 + a.x1) / 2 - (b.x0 + b.x1) / 2
    if min(a.em, b.em) > 1.15 * here.em and abs(axis) < 0.3 * em and width - (a.x1 - a.x0) < token:
        return not _MARKER.match(b.text)  # a title, though the block it is centred in is not the text's
    if here.right - a.x1 >= token or a.x1 > here.right + 3 * em:
        return False
    larger = 0 < 1.15 * here.em < em
    if centred_b and (larger or b.x0 - there.left > 2.6 * em) and a.x0 - here.left < 0.9 * em:
        # A title as wide as the page goes on in the middle of the next line.
        return not _MARKER.match(b.text) and not a.text.endswith(_SENTENCE_END)
    return _begins_inside(a, b, here, there, inside, apart)


def _play(found: Characters, a: TextLine, b: TextLine) -> float:
    """By how much the size of two lines of one paragraph may differ, as a share; guessed places vary, most with few ideographs."""
    if not found.rough:
        return 0.12
    return 0.15 if all(len(_IDEOGRAPH.findall(line.text)) > 3 for line in (a, b)) else 0.3


def _begins_inside(a: TextLine, b: TextLine, here: Frame, there: Frame, inside: bool, apart: bool) -> bool:
    """For a full line ``a``: whether ``b`` begins where the lines inside its paragraph begin.

    ``apart``: paragraphs without an indent cannot be told from their distance, so the words must.
    """
    em = max(b.em if b.chinese else a.em, 1.0)
    near = 0.7 * em
    set_in_a, set_in_b = a.x0 - here.left, b.x0 - there.left
    ended = a.text.rstrip("”’）》)").endswith(_SENTENCE_END)
    marked = _MARKER.match(b.text) is not None
    if set_in_a < near and len(b.text) <= 3 and abs(b.x1 - there.right) < 0.4 * em and not (ended or marked):
        return True  # the last word of a signature as wide as the page, set to the right
    if set_in_a > 0.35 * (here.right - here.left) or set_in_b > 0.35 * (there.right - there.left):
        return False
    if not inside and set_in_a > 4.5 * em and set_in_b < set_in_a - near:
        return False  # a line set to the right
    if set_in_b < near:
        return here.indented or not apart or not (ended or marked)
    if set_in_a < near:
        if abs(set_in_b - 2 * em) < 0.6 * em and not _LABEL.match(a.text):
            return False
        return not marked and not ended
    if abs(set_in_b - set_in_a) < near:
        return inside or not (marked or ended)
    if set_in_b < set_in_a:
        return not marked and not ended and (inside or set_in_a < 2.6 * em)
    return not marked


def _centred(line: TextLine, frame: Frame) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    return left > 0.9 * line.em and right > -0.6 * line.em and abs(left - right) < 0.8 * line.em


def _token_width(found: Characters, line: TextLine) -> float:
    """How wide the first word of a line is, with the signs that may not be parted from it."""
    match = _TOKEN.match(line.text)
    length = match.end() if match else 1
    a, b = line.parts[0]
    last = min(a + length, b) - 1
    return found.x1[last] - found.x0[a]
