"""Recognised lines of a picture → characters with boxes."""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from extractor.patterns import lazy

Picture = Any
"""A ``PIL.Image.Image`` in mode RGB."""
Rectangle = tuple[float, float, float, float]

_DOUBTFUL = 0.8
_IDEOGRAPH = lazy("[㐀-鿿]")
_OPENERS, _CLOSERS = frozenset("（(《“‘〔【["), frozenset("，。、；：）》”’〕】,;:)]")
_HALF = lazy(r"[\x21-\x7e ]")


class Strip(Struct, frozen=True):
    """One recognised line: its corners (pixels, clockwise from the top left), words, certainty 0–1, and a doubt in words.

    ``centres``: where each character stands, as a share of the line's length (0–1); empty where that is not known.
    """

    corners: tuple[tuple[float, float], ...]
    text: str
    score: float
    doubt: str = ""
    centres: tuple[float, ...] = ()

    @property
    def box(self) -> Rectangle:
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)


def spread(
    strips: Sequence[Strip], sx: float, sy: float, angle: float
) -> tuple[list[str], list[Rectangle], list[Rectangle], dict[int, str]]:
    """Characters on their lines, in points: text, boxes with the page's slant taken out, boxes as they lie, doubts."""
    sine, cosine = math.sin(-angle), math.cos(-angle)
    text: list[str] = []
    raw: list[Rectangle] = []
    level: list[Rectangle] = []
    doubts: dict[int, str] = {}
    for strip in strips:
        if text:
            text.append("\n")
            raw.append((0.0, 0.0, 0.0, 0.0))
            level.append((0.0, 0.0, 0.0, 0.0))
        reason = strip.doubt or ("识别把握不大" if strip.score < _DOUBTFUL else "")
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners[:4]
        tall_of = max(math.hypot(dx - ax, dy - ay), 1.0) * sy
        for char, (f, g) in zip(strip.text, extents(strip), strict=True):
            points = [
                (ax + (bx - ax) * f, ay + (by - ay) * f), (ax + (bx - ax) * g, ay + (by - ay) * g),
                (dx + (cx - dx) * f, dy + (cy - dy) * f), (dx + (cx - dx) * g, dy + (cy - dy) * g),
            ]  # fmt: skip
            xs, ys = [x * sx for x, _ in points], [y * sy for _, y in points]
            raw.append((min(xs), min(ys), max(xs), max(ys)))
            mx, my = sum(xs) / 4, sum(ys) / 4
            lx, ly = mx * cosine - my * sine, mx * sine + my * cosine
            half = (max(xs) - min(xs)) / 2
            level.append((lx - half, ly - tall_of / 2, lx + half, ly + tall_of / 2))
            if reason:
                doubts[len(text)] = reason
            text.append(char)
    return text, level, raw, doubts


def extents(strip: Strip) -> list[tuple[float, float]]:
    """Where each character begins and ends, as shares of the line's length.

    An ideograph is as wide as the usual one; between others the edge lies as their widths do, and none is much wider than usual.
    Without centres all follow one another evenly.
    """
    text, centres = strip.text, strip.centres
    widths = [0.55 if _HALF.match(char) else 1.0 for char in text]
    if len(centres) != len(widths):
        ends = list(accumulate(widths, initial=0.0))
        return list(pairwise(end / ends[-1] for end in ends))
    full = [_IDEOGRAPH.match(char) is not None for char in text]
    steps = [b - a for (a, b), both in zip(pairwise(centres), pairwise(full), strict=True) if all(both)]
    size = median(steps) if len(steps) > 2 else 0.0
    edges: list[float] = []
    for i, (left, right) in enumerate(pairwise(centres)):
        edge = left + (right - left) * widths[i] / (widths[i] + widths[i + 1])
        if size and full[i] != full[i + 1]:  # the sign may stand anywhere in its square
            edge = min(left + size / 2, right) if full[i] else max(right - size / 2, left)
        edges.append(edge)
    most = 0.65 * size or 1.0
    places = [
        (max(begin, centre - most * wide), min(end, centre + most * wide))
        for centre, wide, (begin, end) in zip(centres, widths, pairwise((0.0, *edges, 1.0)), strict=True)
    ]
    return [(0.0, places[0][1]), *places[1:-1], (places[-1][0], 1.0)] if len(places) > 1 else [(0.0, 1.0)]


def squared(strip: Strip) -> Strip:
    """A line that begins or ends with a sign of half a square, as wide as its type: lines are set by squares, not by ink."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners[:4]
    length = math.hypot(bx - ax, by - ay)
    if length < 1:
        return strip
    room = 0.4 * math.hypot(dx - ax, dy - ay) / length
    f = -room if strip.text[:1] in _OPENERS else 0.0
    g = 1 + room if strip.text[-1:] in _CLOSERS else 1.0
    corners = (
        (ax + (bx - ax) * f, ay + (by - ay) * f), (ax + (bx - ax) * g, ay + (by - ay) * g),
        (dx + (cx - dx) * g, dy + (cy - dy) * g), (dx + (cx - dx) * f, dy + (cy - dy) * f),
    )  # fmt: skip
    return replace(strip, corners=corners, centres=tuple((c - f) / (g - f) for c in strip.centres))


def without_echoes(strips: Sequence[Strip]) -> list[Strip]:
    """Neighbours of one line that overlap: what the right one saw of the left one's last character is left out."""
    kept: list[Strip] = []
    for strip in strips:
        x0, top, x1, bottom = strip.box
        for other in strips:
            left, above, right, below = other.box
            level = min(bottom, below) - max(top, above) > 0.7 * min(bottom - top, below - above)
            if other is strip or not level or not left < x0 < right < x1 or right - x0 > 1.2 * (bottom - top):
                continue
            if len(strip.centres) > 1 and len(other.centres) > 1:
                first = x0 + strip.centres[0] * (x1 - x0)
                last = left + other.centres[-1] * (right - left)
                if first - last < 0.5 * (bottom - top):
                    strip = _from(strip, extents(strip)[1][0])
        kept.append(strip)
    return kept


def _from(strip: Strip, cut: float) -> Strip:
    """The line without its first character, which ends at the share ``cut`` of its length."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners[:4]
    corners = (
        (ax + (bx - ax) * cut, ay + (by - ay) * cut), (bx, by),
        (cx, cy), (dx + (cx - dx) * cut, dy + (cy - dy) * cut),
    )  # fmt: skip
    centres = tuple(max(centre - cut, 0.0) / (1 - cut) for centre in strip.centres[1:])
    return replace(strip, corners=corners, text=strip.text[1:], centres=centres)


def slant(strips: Sequence[Strip]) -> float:
    """The angle of the page's lines in radians, from its longer ones."""
    angles = [
        math.atan2(strip.corners[1][1] - strip.corners[0][1], strip.corners[1][0] - strip.corners[0][0])
        for strip in strips
        if strip.box[2] - strip.box[0] > 8 * (strip.box[3] - strip.box[1])
    ]
    found = median(angles) if len(angles) >= 3 else 0.0
    return found if 0.001 < abs(found) < 0.3 else 0.0


def overlap(one: Strip, other: Strip) -> float:
    """The share of the smaller box that both cover."""
    a, b = one.box, other.box
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return wide * tall / max(smaller, 1.0)
