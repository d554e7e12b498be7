"""The characters of one page with their places, whatever the format. Points, origin top left."""

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import sub

from msgspec import Struct

from extractor.model import Box


class Characters(Struct, frozen=True, dict=True):
    """The characters of a page in the order of the file. Line ends are ``\\r`` and ``\\n``; the lists run in parallel.

    ``base(i)``: the baseline of one character, from the top. ``size(i)``: its font size as the file states it.
    """

    text: str
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    width: float
    height: float
    base: Callable[[int], float]
    size: Callable[[int], float]
    sized: bool = False  # ``size`` is the true height of an em on the page
    rough: bool = False  # places are guessed within a line, as in a recognised picture
    origin: "Characters | None" = (
        None  # the page as it lies, when these boxes are those of the page turned by a quarter
    )

    @cached_property
    def widths(self) -> list[float]:
        """Those of blanks are 0."""
        widths = list(map(sub, self.x1, self.x0))
        i = self.text.find(" ")
        while i >= 0:
            widths[i] = 0.0
            i = self.text.find(" ", i + 1)
        return widths

    def box(self, index: int) -> Box:
        return Box(self.x0[index], self.top[index], self.x1[index], self.bottom[index])


class Drawing(Struct, frozen=True):
    """Ruling lines as (x0, top, x1, bottom), the share of the page that images cover (0–1), how many objects it has."""

    horizontal: tuple[tuple[float, float, float, float], ...]
    vertical: tuple[tuple[float, float, float, float], ...]
    image_share: float
    objects: int = 0


def make_boxes(*sides: Sequence[float]) -> list[Box]:
    """Boxes from their four sides (x0, top, x1, bottom), each a sequence."""
    return list(map(Box, *sides))


def place_blanks(text: str, x0: list[float], top: list[float], x1: list[float], bottom: list[float]) -> None:
    """Blanks a program made up have no width and stand anywhere: put them into the gap they stand for."""
    i = text.find(" ", 1)
    last = len(text) - 1
    while 0 < i < last:
        if x1[i] - x0[i] < 0.01 and not text[i - 1].isspace() and not text[i + 1].isspace():
            x0[i] = x1[i - 1]
            x1[i] = max(x0[i + 1], x0[i])
            top[i], bottom[i] = top[i - 1], bottom[i - 1]
        i = text.find(" ", i + 1)


def upright(found: Characters) -> Characters:
    """The page turned so that most of its text runs from left to right; the same value when it does already."""
    down = up = across = 0
    start = 0
    for piece in found.text.split("\n"):
        bare = len(piece.rstrip())
        if bare > 1:
            a, b = start, start + bare - 1
            wide, tall = found.x0[b] - found.x0[a], found.bottom[b] - found.bottom[a]
            if abs(tall) > 2 * abs(wide):
                down += bare if tall > 0 else 0
                up += bare if tall < 0 else 0
            else:
                across += bare
        start += len(piece) + 1
    if max(down, up) <= 2 * across or max(down, up) < 12:
        return found
    if down > up:  # text that runs down: turn the page a quarter to the left
        x0, x1 = found.top, found.bottom
        top, bottom = [found.width - value for value in found.x1], [found.width - value for value in found.x0]
    else:
        x0, x1 = (
            [found.height - value for value in found.bottom],
            [found.height - value for value in found.top],
        )
        top, bottom = found.x0, found.x1
    return Characters(
        found.text,
        x0,
        top,
        x1,
        bottom,
        found.height,
        found.width,
        bottom.__getitem__,
        found.size,
        found.sized,
        origin=found,
    )
