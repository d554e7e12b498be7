"""Scans and photographs: PNG, JPEG, TIFF (all its pages), BMP, WebP. Size is looked at before a picture is opened."""

from collections.abc import Iterator
from io import BytesIO

from extractor.errors import Damaged, NoText, ReadError, TooLarge
from extractor.model import Document
from extractor.readers import ocr
from extractor.readers.builder import TextBuilder
from extractor.readers.paged import Page, page_of, write_pages
from extractor.readers.strips import Picture
from extractor.settings import Limits, Settings

_A4_WIDE, _A4_TALL = 595.3, 841.9


def read_image(raw: bytes, name: str, settings: Settings) -> Document:
    """A picture as a document, one page a frame. Raises ``NoText``, ``MissingPart``, ``TooLarge``, ``Damaged``."""
    if settings.ocr == "never":
        raise NoText("这是图片，已按 --ocr never 不做识别")
    ocr.require()
    pages: list[Page] = []
    count = 0
    for picture in _frames(raw, settings.limits):
        count += 1
        wide, tall = _points(picture)
        read = ocr.recognise(picture, wide, tall)
        if read.found.text:
            pages.append(page_of(count, read.found, read.drawn, read.doubts))
    if not pages:
        raise NoText("图片里没有认出文字")
    builder = TextBuilder()
    write_pages(builder, pages)
    return builder.build(name, "image", raw, pages=count, ocr=True)


def _frames(raw: bytes, limits: Limits) -> Iterator[Picture]:
    """The pictures of a file, upright as its camera noted, in RGB."""
    import warnings

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = Image.open(BytesIO(raw))
            frames = min(
                getattr(source, "n_frames", 1) if source.format in ("TIFF", "MPO") else 1, limits.pages + 1
            )
            if frames > limits.pages:
                raise TooLarge(f"图片有 {frames} 页以上，超过上限 {limits.pages} 页")
            for frame in range(frames):
                source.seek(frame)
                if not ocr.fits(*source.size, limits):
                    raise TooLarge(f"图片有 {source.width}×{source.height} 像素，超过上限")
                turned = ImageOps.exif_transpose(source) or source
                if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
                    paper = Image.new("RGBA", turned.size, "white")
                    paper.alpha_composite(turned.convert("RGBA"))
                    turned = paper
                yield turned.convert("RGB")
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # Pillow's plug-ins raise whatever a broken header leads them to
        raise Damaged("图片损坏或不完整，无法打开") from error


def _points(picture: Picture) -> tuple[float, float]:
    """The size of the page: by the stated resolution where it is believable, else as wide as A4 (lying: as tall)."""
    dpi = picture.info.get("dpi")
    if isinstance(dpi, tuple) and dpi and 70 <= float(dpi[0]) <= 1300:
        wide = picture.width * 72 / float(dpi[0])
        if 300 < wide < 2500:
            return wide, picture.height * 72 / float(dpi[0])
    wide = _A4_WIDE if picture.height >= picture.width else _A4_TALL
    return wide, wide * picture.height / picture.width
