"""Reading pictures of pages: rapidocr, its direction classifier off, red seals taken out for a second reading."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from extractor.errors import MissingPart, NoText
from extractor.readers.glyphs import Characters, Drawing
from extractor.readers.ink import completed, fitted, ink
from extractor.readers.seals import without_seal
from extractor.readers.strips import Picture, Rectangle, Strip, slant, spread, squared, without_echoes
from extractor.settings import Limits

_LONGEST = 3600  # pixels on the longer side: A4 at 300 dots an inch; more only costs time


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
        import onnxruntime  # noqa: F401 - rapidocr itself asks for it only when it reads
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
    strips = without_echoes(without_seal(picture, strips, _read))
    mask = ink(picture)
    strips = [squared(completed(mask, fitted(mask, strip))) for strip in strips]
    across, along = (tall, wide) if turns % 2 else (wide, tall)
    sx, sy = across / picture.width, along / picture.height
    angle = slant(strips)
    text, level, raw, doubts = spread(strips, sx, sy, angle)
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
        result = engine(pixels, return_word_box=True, return_single_char_box=True)
    except MemoryError:
        raise
    except Exception as error:
        raise NoText(f"识别文字时出错（{type(error).__name__}）") from error
    if result.boxes is None or result.txts is None:
        return []
    places = result.word_results or [()] * len(result.txts)
    strips: list[Strip] = []
    for quad, text, score, signs in zip(result.boxes, result.txts, result.scores, places, strict=True):
        if text.strip():
            corners = tuple((float(x), float(y)) for x, y in quad)
            strips.append(Strip(corners, text, float(score), centres=_centres(corners, text, signs)))
    return strips


def _centres(corners: tuple[tuple[float, float], ...], text: str, signs: Any) -> tuple[float, ...]:
    """Where the recogniser saw each character; a blank stands in the middle of its neighbours.

    ``signs``: (character, certainty, corners) of what is no blank. Nothing when they do not belong to the text.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners[:4]
    ox, oy, px, py = (ax + dx) / 2, (ay + dy) / 2, (bx + cx) / 2, (by + cy) / 2
    length = (px - ox) ** 2 + (py - oy) ** 2
    found: list[float] = []
    for char, _, quad in signs:
        x, y = sum(float(p[0]) for p in quad) / 4, sum(float(p[1]) for p in quad) / 4
        found.extend([((x - ox) * (px - ox) + (y - oy) * (py - oy)) / length] * len(char))
    solid = [i for i, char in enumerate(text) if not char.isspace()]
    if len(found) != len(solid) or length < 1 or sorted(found) != found:
        return ()
    known = dict(zip(solid, (min(max(f, 0.0), 1.0) for f in found), strict=True))
    centres: list[float] = []
    for i in range(len(text)):
        after = next((known[j] for j in solid if j > i), 1.0)
        centres.append(known[i] if i in known else ((centres[-1] if centres else 0.0) + after) / 2)
    return tuple(centres)


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
