"""Where there is ink on the picture of a page: recognised lines drawn close round it, signs the recogniser passed over."""

from statistics import median
from typing import Any

from msgspec.structs import replace

from extractor.patterns import lazy
from extractor.readers.strips import Picture, Strip

_IDEOGRAPH = lazy("[㐀-鿿]")
_LATIN = lazy(r"[A-Za-z0-9@._+-]")
_BEARING = 0.04  # the blank rim of a character, as a share of its size


def ink(picture: Picture) -> Any:
    """The picture's dark or coloured points, as a mask."""
    import numpy

    points = numpy.asarray(picture.convert("RGB")).min(axis=2)
    return points < 0.65 * float(numpy.median(points))


def fitted(mask: Any, strip: Strip) -> Strip:
    """A line that lies straight, drawn close round its ink: to the left and right, a short one above and below too."""
    import numpy

    x0, y0, x1, y1 = (max(round(v), 0) for v in strip.box)
    (_, ay), (_, by), *_ = strip.corners
    part = mask[y0:y1, x0:x1]
    if not part.size or abs(by - ay) > 0.2 * (y1 - y0) or not part.any():
        return strip
    across, down = numpy.flatnonzero(part.any(axis=0)), numpy.flatnonzero(part.any(axis=1))
    short = x1 - x0 < 4 * (y1 - y0)
    top, bottom = (y0 + down[0], y0 + down[-1] + 1) if short else (y0, y1)
    rim = _BEARING * (bottom - top)
    left, right = max(x0 + across[0] - rim, strip.box[0]), min(x0 + across[-1] + 1 + rim, strip.box[2])
    if short:
        top, bottom = max(top - rim, strip.box[1]), min(bottom + rim, strip.box[3])
    if left - x0 > 0.6 * (y1 - y0) or x1 - right > 0.6 * (y1 - y0) or right - left < 1:
        return strip  # not the blank rim the detector leaves
    return _cut(strip, float(left), float(right), (float(top), float(bottom)) if short else None)


def _cut(strip: Strip, left: float, right: float, tall: tuple[float, float] | None) -> Strip:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners[:4]
    x0, x1 = strip.box[0], strip.box[2]
    if tall:
        ay = by = tall[0]
        cy = dy = tall[1]
    f, g = (left - x0) / (x1 - x0), (right - x0) / (x1 - x0)
    corners = (
        (ax + (bx - ax) * f, ay + (by - ay) * f), (ax + (bx - ax) * g, ay + (by - ay) * g),
        (dx + (cx - dx) * g, dy + (cy - dy) * g), (dx + (cx - dx) * f, dy + (cy - dy) * f),
    )  # fmt: skip
    centres = tuple(min(max((centre - f) / (g - f), 0.0), 1.0) for centre in strip.centres)
    return replace(strip, corners=corners, centres=centres)


def completed(mask: Any, strip: Strip) -> Strip:
    """The line with what the recogniser passed over between two ideographs a character apart: a blank, or 、 where there is
    ink; and without a blank it saw inside a Latin word."""
    strip = _without_false_blanks(strip)
    centres, text = strip.centres, strip.text
    steps = _steps(strip)
    if len(steps) < 4:
        return strip
    usual = median(steps.values())
    wide = [i for i, step in steps.items() if step > 1.5 * usual]
    if not wide or len(wide) > len(steps) / 3:  # a line set wide has its distances everywhere
        return strip
    for i in reversed(wide):
        sign = "、" if _marked(mask, strip, centres[i - 1] + 0.6 * usual, centres[i] - 0.6 * usual) else " "
        text = f"{text[:i]}{sign}{text[i:]}"
        centres = (*centres[:i], (centres[i - 1] + centres[i]) / 2, *centres[i:])
    return replace(strip, text=text, centres=centres)


def _steps(strip: Strip) -> dict[int, float]:
    """The distances of neighbouring ideographs by the number of the second one."""
    centres, text = strip.centres, strip.text
    return {
        i: centres[i] - centres[i - 1]
        for i in range(1, len(centres))
        if _IDEOGRAPH.match(text[i]) and _IDEOGRAPH.match(text[i - 1])
    }


def _marked(mask: Any, strip: Strip, f: float, g: float) -> bool:
    """Whether a sign stands between two shares of the line's length: a little ink in one place."""
    import numpy

    x0, top, x1, bottom = strip.box
    tall = bottom - top
    part = mask[round(top) : round(bottom), round(x0 + f * (x1 - x0)) : round(x0 + g * (x1 - x0))]
    if not part.size or int(part.sum()) < 0.004 * tall * tall:
        return False
    down = numpy.flatnonzero(part.any(axis=1))
    return bool(down[-1] - down[0] < 0.45 * tall)


def _without_false_blanks(strip: Strip) -> Strip:
    centres, text = strip.centres, strip.text
    if " " not in text or not centres:
        return strip
    x0, top, x1, bottom = strip.box
    em = (bottom - top) / max(x1 - x0, 1.0)
    kept = [
        i
        for i, char in enumerate(text)
        if not (
            char == " "
            and 0 < i < len(text) - 1
            and _LATIN.match(text[i - 1])
            and _LATIN.match(text[i + 1])
            and centres[i + 1] - centres[i - 1] < 0.8 * em
        )
    ]
    return replace(strip, text="".join(text[i] for i in kept), centres=tuple(centres[i] for i in kept))
