"""OFD files (GB/T 33190) written from lines with places, for the tests of the OFD reader. Points in, millimetres out."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from tests.made_pdf import HIGH, WIDE, Page, Setting, width

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(x: float, y: float, words: str, size: float, extra: str = "", packed: bool = True) -> str:
    """A TextObject whose baseline begins at (x, y), in millimetres."""
    widths = [round(width(c, size), 4) for c in words[:-1]]
    deltas = " ".join(str(w) for w in widths)
    if packed and len(set(widths)) == 1 and len(widths) > 2:
        deltas = f"g {len(widths)} {widths[0]}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{x:.4f} {y - size:.4f} {sum(widths) + size:.4f} {size * 1.2:.4f}" Font="3" '
        f'Size="{size:.4f}" {extra}><ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{deltas}">{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def page_xml(inside: str, area: str = f"0 0 {WIDE * MM:.3f} {HIGH * MM:.3f}", before: str = "") -> str:
    return (
        f'<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>{before}<ofd:Content><ofd:Layer ID="2">'
        f"{inside}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def package(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return buffer.getvalue()


def make_ofd(
    pages: Sequence[str],
    *,
    common: str = "",
    extra: Mapping[str, str] | None = None,
    annotations: str = "",
    info: str = "",
    root: str = "Doc_0/Document.xml",
    where: str = "Pages/Page_{}/Content.xml",
) -> bytes:
    """A file of one document; ``pages``: XML of each; ``extra``: further parts."""
    parts = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>{info}</ofd:DocInfo>'
        f"<ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="{where.format(n)}"/>' for n in range(len(pages)))
        + f"</ofd:Pages>{annotations}</ofd:Document>",
    }
    for n, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = page
    return package({**parts, **(extra or {})})


class OfdPage(Page):
    """The same typesetter, writing OFD objects."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting, None)  # type: ignore[arg-type]
        self.pages: list[str] = []
        self._objects: list[str] = []

    def text(self, x: float, y: float, words: str, size: float | None = None) -> None:
        self._objects.append(text_object(x * MM, y * MM, words, (size or self.setting.size) * MM))

    def turn(self) -> None:
        if self.setting.page_numbers:
            self.text(280, HIGH - 60, f"— {self.number} —", 14)
        self.pages.append(page_xml("".join(self._objects)))
        self._objects = []
        self.number += 1
        self.y = self.setting.top


def notice_ofd(paragraphs: Sequence[tuple[str, str]], setting: Setting | None = None) -> bytes:
    """(text, place) in order, set as ``notice_pdf`` sets them."""
    page = OfdPage(setting or Setting())
    for text, place in paragraphs:
        title = place == "title"
        page.paragraph(text, "centre" if title else place, 22.0 if title else None)
    page.turn()
    return make_ofd(page.pages)
