"""Red seals taken out of a picture for a second reading.

A seal stands over the signature and its date, the very words a check looks at. What is read there is doubted.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from extractor.readers.strips import Picture, Rectangle, Strip, overlap


def without_seal(
    picture: Picture, strips: list[Strip], read: Callable[[Picture], list[Strip]]
) -> list[Strip]:
    """Read again without red where red lies over words; red words alone (a letterhead) stay as first read."""
    import numpy

    pixels = numpy.asarray(picture).astype("int16")
    red, green, blue = pixels[:, :, 0], pixels[:, :, 1], pixels[:, :, 2]
    mask = (red - green > 50) & (red - blue > 50) & (red > 110)
    if mask.mean() < 0.0005:
        return strips
    dark = (red < 110) & (green < 110) & (blue < 110)
    seals = _seals(mask)

    def share(what: Any, strip: Strip) -> float:
        x0, y0, x1, y1 = (max(int(v), 0) for v in strip.box)
        part = what[y0 : y1 + 1, x0 : x1 + 1]
        return float(part.mean()) if part.size else 0.0

    touched = [strip for strip in strips if share(mask, strip) > 0.01]
    if not touched and not seals:
        return strips
    again = read(picture.getchannel("R").convert("RGB"))
    kept: list[Strip] = []
    for strip in strips:
        if share(mask, strip) <= 0.01:
            kept.append(strip)
            continue
        second = [other for other in again if overlap(strip, other) > 0.5]
        if second:
            continue  # the second reading stands for it
        if any(_inside(strip, seal) for seal in seals) or share(dark, strip) > 0.02:
            continue  # the legend of the seal, or words that are gone without it
        kept.append(strip)
    first = {id(strip) for strip in kept}
    for other in again:
        if any(overlap(other, strip) > 0.5 for strip in kept if id(strip) in first):
            continue
        under = share(mask, other) > 0.01 or any(_inside(other, seal) for seal in seals)
        kept.append(replace(other, doubt="印章下的文字") if under else other)
    return kept


def _seals(mask: Any) -> list[Rectangle]:
    """Round or square red patches of a seal's size (GB/T 9704: about a fifth of the page's width)."""
    import cv2
    import numpy

    width = mask.shape[1]
    grain = max(width // 150, 3)
    joined = cv2.dilate(mask.astype(numpy.uint8), numpy.ones((grain, grain), numpy.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    return [
        (float(x), float(y), float(x + w), float(y + h))
        for x, y, w, h, _ in stats[1:count]
        if 0.6 < w / max(h, 1) < 1.7 and 0.1 * width < w < 0.4 * width
    ]


def _inside(strip: Strip, seal: Rectangle) -> bool:
    x0, y0, x1, y1 = strip.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return seal[0] <= x <= seal[2] and seal[1] <= y <= seal[3]
