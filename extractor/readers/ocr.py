"""Reading pictures of pages: rapidocr, its direction classifier off, red seals taken out for a second reading.

A seal stands over the signature and its date, the very words a check looks at. What is read there is marked ``uncertain``.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Any

from msgspec import Struct

from extractor.errors import MissingPart, NoText
from extractor.patterns import lazy
from extractor.readers.glyphs import Characters, Drawing
from extractor.settings import Limits

Picture = Any
"""A ``PIL.Image.Image`` in mode RGB."""
Rectangle = tuple[float, float, float, float]

_LONGEST = 3600  # pixels on the longer side: A4 at 300 dots an inch; more only costs time
_DOUBTFUL = 0.8
_DASH = lazy(r"(?<=[\d日月年])一(?=\d)")  # nobody writes 2021一2025: a dash taken for the character
_FOLIO = lazy(r"^[一—\-－]\s*\d{1,3}\s*[一—\-－]$")
_HALF = lazy(r"[\x21-\x7e]")


class Strip(Struct, frozen=True):
    """One recognised line: its corners (pixels, clockwise from the top left), words, certainty 0–1, and a doubt in words."""

    corners: tuple[tuple[float, float], ...]
    text: str
    score: float
    doubt: str = ""

    @property
    def box(self) -> Rectangle:
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)


class Recognised(Struct, frozen=True):
    """A page's characters, for doubtful ones why (index → reason), and its ruling lines where it lies straight."""

    found: Characters
    doubts: dict[int, str]
    drawn: Drawing | None


def require() -> None:
    """Raises ``MissingPart`` when the extra is not installed."""
    _engine()


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The recogniser; its models come with the package, nothing is fetched."""
    try:
        import onnxruntime  # noqa: F401
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MissingPart(
            "这是扫描件，识别文字需要安装 OCR 组件：pip install 'notice-extractor[ocr]'"
        ) from error
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})


def recognise(picture: Picture, wide: float, tall: float) -> Recognised:
    """Read the picture of a page that is ``wide`` by ``tall`` points."""
    picture = _shrunk(picture)
    strips, turns = _upright(picture)
    if turns:
        picture = picture.rotate(90 * turns, expand=True)
    strips = _without_seal(picture, strips)
    across, along = (tall, wide) if turns % 2 else (wide, tall)
    sx, sy = across / picture.width, along / picture.height
    angle = _slant(strips)
    text, level, raw, doubts = _spread(strips, sx, sy, angle)
    sizes = [(box[3] - box[1]) * 0.9 for box in level]
    origin = None
    if angle or turns:
        back = [_turned_back(box, turns, wide, tall) for box in raw]
        origin = _as_characters(text, back, sizes, wide, tall, None)
    drawn = _rules(picture, sx, sy) if strips and abs(angle) < 0.004 else None
    return Recognised(_as_characters(text, level, sizes, across, along, origin), doubts, drawn)


def _turned_back(box: Rectangle, turns: int, wide: float, tall: float) -> Rectangle:
    """A box of the turned picture on the page as it lies; ``turns``: quarters against the clock."""
    x0, y0, x1, y1 = box
    if turns == 1:
        return wide - y1, x0, wide - y0, x1
    if turns == 2:
        return wide - x1, tall - y1, wide - x0, tall - y0
    if turns == 3:
        return y0, tall - x1, y1, tall - x0
    return box


def fits(width: int, height: int, limits: Limits) -> bool:
    """Whether a picture of this size may be opened."""
    return 0 < width * height <= limits.pixels


def _shrunk(picture: Picture) -> Picture:
    longest = max(picture.size)
    if longest <= _LONGEST:
        return picture
    scale = _LONGEST / longest
    return picture.resize((max(int(picture.width * scale), 1), max(int(picture.height * scale), 1)))


def _read(picture: Picture) -> list[Strip]:
    import numpy

    pixels = numpy.asarray(picture)[:, :, ::-1] if picture.mode == "RGB" else numpy.asarray(picture)
    engine = _engine()
    try:
        result = engine(pixels)
    except MemoryError:
        raise
    except Exception as error:
        raise NoText(f"识别文字时出错（{type(error).__name__}）") from error
    if result.boxes is None or result.txts is None:
        return []
    return [
        Strip(tuple((float(x), float(y)) for x, y in corners), text, float(score))
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


def _upright(picture: Picture) -> tuple[list[Strip], int]:
    """The lines, and by how many quarters (against the clock) the picture was turned to read them."""
    strips = _read(picture)
    if not strips:
        return strips, 0
    standing = sum(s.box[3] - s.box[1] > 2 * (s.box[2] - s.box[0]) for s in strips if len(s.text) > 2)
    long = sum(len(s.text) > 2 for s in strips)
    choices: tuple[int, ...]
    if standing > 0.6 * max(long, 1):
        choices = (1, 3)
    elif _certainty(strips) < 0.7:
        choices = (2,)
    else:
        return strips, 0
    best, best_turns = strips, 0
    for turns in choices:
        other = _read(picture.rotate(90 * turns, expand=True))
        if _certainty(other) > _certainty(best) + 0.03:
            best, best_turns = other, turns
    return best, best_turns


def _certainty(strips: Sequence[Strip]) -> float:
    total = sum(len(s.text) for s in strips)
    return sum(s.score * len(s.text) for s in strips) / total if total else 0.0


def _without_seal(picture: Picture, strips: list[Strip]) -> list[Strip]:
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
    again = _read(picture.getchannel("R").convert("RGB"))
    kept: list[Strip] = []
    for strip in strips:
        if share(mask, strip) <= 0.01:
            kept.append(strip)
            continue
        second = [other for other in again if _overlap(strip, other) > 0.5]
        if second:
            continue  # the second reading stands for it
        if any(_inside(strip, seal) for seal in seals) or share(dark, strip) > 0.02:
            continue  # the legend of the seal, or words that are gone without it
        kept.append(strip)
    first = {id(strip) for strip in kept}
    for other in again:
        if any(_overlap(other, strip) > 0.5 for strip in kept if id(strip) in first):
            continue
        under = share(mask, other) > 0.01 or any(_inside(other, seal) for seal in seals)
        kept.append(Strip(other.corners, other.text, other.score, "印章下的文字" if under else ""))
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


def _overlap(one: Strip, other: Strip) -> float:
    """The share of the smaller box that both cover."""
    a, b = one.box, other.box
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return wide * tall / max(smaller, 1.0)


def _spread(
    strips: Sequence[Strip], sx: float, sy: float, angle: float
) -> tuple[list[str], list[Rectangle], list[Rectangle], dict[int, str]]:
    """Characters spread over their lines, in points: text, boxes with the page's slant taken out, boxes as they lie, doubts."""
    sine, cosine = math.sin(-angle), math.cos(-angle)
    text: list[str] = []
    raw: list[Rectangle] = []
    level: list[Rectangle] = []
    doubts: dict[int, str] = {}
    for strip in strips:
        shown = _DASH.sub("—", strip.text)
        if _FOLIO.match(shown):
            shown = shown.replace("一", "—")
        if text:
            text.append("\n")
            raw.append((0.0, 0.0, 0.0, 0.0))
            level.append((0.0, 0.0, 0.0, 0.0))
        reason = strip.doubt or ("识别把握不大" if strip.score < _DOUBTFUL else "")
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = strip.corners[:4]
        widths = [0.55 if _HALF.match(c) else 1.0 for c in shown]
        total, done = sum(widths), 0.0
        tall_of = max(math.hypot(dx - ax, dy - ay), 1.0) * sy
        for char, share in zip(shown, widths, strict=True):
            f, g = done / total, (done + share) / total
            done += share
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


def _rules(picture: Picture, sx: float, sy: float) -> Drawing:
    """Long straight dark strokes of the picture."""
    import cv2
    import numpy

    dark = (numpy.asarray(picture.convert("L")) < 150).astype(numpy.uint8)
    found: list[list[Rectangle]] = []
    for shape in ((1, max(picture.width // 30, 20)), (max(picture.height // 45, 20), 1)):
        strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, numpy.ones(shape, numpy.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
        thick = max(picture.width // 200, 4)
        rules: list[Rectangle] = []
        for x, y, w, h, _ in stats[1 : min(count, 3000)]:
            if min(w, h) <= thick:
                mx, my = (x + w / 2) * sx, (y + h / 2) * sy
                rules.append(
                    (x * sx, my, (x + w) * sx, my) if shape[0] == 1 else (mx, y * sy, mx, (y + h) * sy)
                )
        found.append(rules)
    return Drawing(tuple(found[0]), tuple(found[1]), 1.0)


def _as_characters(
    text: Sequence[str],
    boxes: Sequence[Rectangle],
    sizes: Sequence[float],
    wide: float,
    tall: float,
    origin: Characters | None,
) -> Characters:
    x0, top, x1, bottom = ([box[i] for box in boxes] for i in range(4))
    return Characters(
        "".join(text),
        x0,
        top,
        x1,
        bottom,
        wide,
        tall,
        bottom.__getitem__,
        sizes.__getitem__,
        rough=True,
        origin=origin,
    )


def _slant(strips: Sequence[Strip]) -> float:
    """The angle of the page's lines in radians, from its longer ones."""
    angles = [
        math.atan2(strip.corners[1][1] - strip.corners[0][1], strip.corners[1][0] - strip.corners[0][0])
        for strip in strips
        if strip.box[2] - strip.box[0] > 8 * (strip.box[3] - strip.box[1])
    ]
    found = median(angles) if len(angles) >= 3 else 0.0
    return found if 0.001 < abs(found) < 0.3 else 0.0
