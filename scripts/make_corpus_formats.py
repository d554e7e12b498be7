"""Make corpus/formats/ (DOCX, PDF, HTML) from six notices of corpus/notices/, so that every format gives the same record.

usage: python scripts/make_corpus_formats.py [OUTPUT_DIR]

Needs python-docx and reportlab, and for the PDF a TrueType Chinese font whose licence allows embedding; the default is
AR PL UMing (Debian package fonts-arphic-uming, Arphic Public License), another one may be named in the environment
variable CORPUS_FONT. Only the glyphs used are embedded. LibreOffice is not needed. The files come out byte for byte
the same each time: no clock, fixed archive dates.
"""

import html
import io
import os
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent / "corpus"
FONT = os.environ.get("CORPUS_FONT", "/usr/share/fonts/truetype/arphic/uming.ttc")
#: notice id -> is the numbering automatic (numbering.xml) in the DOCX
NOTICES = {
    "safety-month-2024-yulin": True,
    "ip-week-2019-jixi": True,
    "putonghua-week-2024-tongliao": True,
    "constitution-week-2023-jinzhai": False,
    "ip-week-2025-changji": False,
    "science-week-2024-tongren": False,
}
MARKER = re.compile(r"(?:(?P<one>[一二三四五六七八九十]+、)|(?P<two>（[一二三四五六七八九十]+）))")
DATE = re.compile(
    r"[\d〇一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and what it is: letterhead, docno, title, addressee, heading, item, text, right, row or colophon."""

    kind: str
    text: str


def classify(text: str) -> tuple[Line, ...]:
    """The paragraphs of a notice in order. The layout of the corpus is simple enough for these few rules."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    addressee = next((i for i, line in enumerate(lines) if line.endswith("：") and i < 8), 0)
    out: list[Line] = []
    for at, line in enumerate(lines):
        plain = line.strip()
        after = lines[at + 1].strip() if at + 1 < len(lines) else ""
        if "\t" in plain:
            kind = "row"
        elif at < addressee:
            letterhead = plain.endswith("文件") and at == 0
            kind = (
                "letterhead" if letterhead else "docno" if re.search(r"〔\d{4}〕\d+号$", plain) else "title"
            )
        elif at == addressee:
            kind = "addressee"
        elif re.search(r"日印发$", plain):
            kind = "colophon"
        elif DATE.fullmatch(plain) or (DATE.fullmatch(after) and len(plain) < 40):
            kind = "right"
        elif len(plain) < 40 and plain.endswith(("方案", "的通知")):
            kind = "title"
        elif re.fullmatch(r"[^〔]*〔\d{4}〕\d+号", plain):
            kind = "docno"
        elif MARKER.match(plain):
            kind = "heading" if plain[0] != "（" else "item"
        else:
            kind = "text"
        out.append(Line(kind, plain))
    return tuple(out)


# --- DOCX ----------------------------------------------------------------------------------------------------------

NUMBERING = """<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>"""
NUM = """<w:num xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:numId="90">
<w:abstractNumId w:val="90"/></w:num>"""


def make_docx(lines: tuple[Line, ...], automatic: bool) -> bytes:
    """A Word file; with `automatic` the numbers 一、（一） live in numbering.xml and not in the text."""
    import datetime

    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document: Any = Document()
    fixed = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    properties = document.core_properties
    properties.created = properties.modified = fixed
    properties.author = properties.last_modified_by = "corpus"
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    if automatic:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERING))
        numbering.append(parse_xml(NUM))
    table: Any = None
    for line in lines:
        if line.kind == "row":
            cells = line.text.split("\t")
            if table is None:
                table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for cell, value in zip(table.add_row().cells, cells, strict=True):
                cell.text = value
            continue
        table = None
        marker = MARKER.match(line.text)
        numbered = automatic and marker is not None and line.kind in ("heading", "item")
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line.text[marker.end() :] if numbered and marker else line.text)
        if numbered:
            properties_ = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
            properties_.get_or_add_ilvl().val = 0 if line.kind == "heading" else 1
            properties_.get_or_add_numId().val = 90
        if line.kind in ("letterhead", "docno", "title"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line.kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif line.kind not in ("addressee", "colophon"):
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if line.kind == "letterhead":
            run.font.size, run.font.color.rgb = Pt(30), RGBColor(0xE0, 0, 0)
        elif line.kind == "title":
            run.font.size = Pt(22)
        elif line.kind == "heading":
            run.font.name = "黑体"
    _page_number(document.sections[0].footer.paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_archive(buffer.getvalue())


def _page_number(footer: Any) -> None:
    """The page number of a real notice, — 1 —, as a field."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if instruction else "w:fldChar")
        if instruction:
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        footer.add_run().element.append(element)
    footer.add_run(" —")


def fixed_archive(raw: bytes) -> bytes:
    """The same zip with one date for every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


# --- PDF -----------------------------------------------------------------------------------------------------------

SIZE, LEADING, LEFT, TOP, BOTTOM = (
    15.75,
    28.5,
    79.0,
    737.0,
    105.0,
)  # points, after GB/T 9704: 22 lines of 28 characters
COLUMNS, PAGE_WIDTH, PAGE_HEIGHT = 28, 595.3, 841.9


def broken(text: str, first: int) -> list[str]:
    """Lines of at most 28 full-width characters (a half-width one counts a half). Stops hang in the margin, and a
    number, a telephone or a mailbox is not split, as Word does it."""
    lines: list[str] = []
    current, width = "", float(first)
    for token in re.findall(r"[!-~]+|[^!-~]", text):
        step = sum(0.5 if ord(char) < 256 else 1.0 for char in token)
        if width + step > COLUMNS and token not in "，。；：、）”》！？":
            lines.append(current)
            current, width = "", 0.0
        current, width = current + token, width + step
    if len(lines) == 1 and first and len(current) < 4:  # no lone last character: two lines of one length
        half = len(text) // 2
        return [text[:half], text[half:]] if first > 2 else [*lines, current]
    return [*lines, current]


class Paper:
    """Pages being written from the top down; `y` is the base line of the next line, in points from the bottom."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(TTFont("corpus", FONT, subfontIndex=0))
        self.buffer = io.BytesIO()
        self.canvas: Any = Canvas(self.buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
        self.y, self.page = TOP, 1

    def foot(self) -> None:
        self.canvas.setFont("corpus", 14)
        self.canvas.setFillColorRGB(0, 0, 0)
        self.canvas.drawCentredString(PAGE_WIDTH / 2, 70, f"— {self.page} —")
        self.canvas.showPage()

    def put(self, text: str, size: float, x: float | None, step: float) -> None:
        """One line at `x`, or centred; then down by `step`."""
        if self.y < BOTTOM:
            self.foot()
            self.page, self.y = self.page + 1, TOP
        self.canvas.setFont("corpus", size)
        if x is None:
            self.canvas.drawCentredString(PAGE_WIDTH / 2, self.y, text)
        else:
            self.canvas.drawString(x, self.y, text)
        self.y -= step

    def head(self, line: Line, previous: str) -> None:
        """Letterhead in red, 文号 with the red rule under it, title."""
        if line.kind == "letterhead":
            self.canvas.setFillColorRGB(0.85, 0, 0)
            self.put(line.text, 26, None, 44)
            self.canvas.setFillColorRGB(0, 0, 0)
        elif line.kind == "docno":
            self.put(line.text, SIZE, None, LEADING)
            if previous in ("letterhead", ""):
                self.canvas.setStrokeColorRGB(0.85, 0, 0)
                self.canvas.line(LEFT, self.y + 18, PAGE_WIDTH - LEFT, self.y + 18)
                self.y -= LEADING
        else:
            for part in broken(line.text, 6):
                self.put(part, 20, None, 32)

    def row(self, line: Line) -> None:
        edges = (0, 30, 140, 225, 322, 442)
        for cell, x in zip(line.text.split("\t"), edges, strict=False):
            self.put(cell, 10, LEFT + x + 3, 0)
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColorRGB(0, 0, 0)
        self.canvas.grid([LEFT + x for x in edges], [self.y - 7, self.y + 15])
        self.y -= 22

    def body(self, line: Line) -> None:
        if line.kind == "right":
            width = self.canvas.stringWidth(line.text, "corpus", SIZE)
            self.put(line.text, SIZE, PAGE_WIDTH - LEFT - width - 2 * SIZE, LEADING)
            return
        indent = 0 if line.kind in ("addressee", "colophon") else 2
        for nth, part in enumerate(broken(line.text, indent)):
            self.put(part, SIZE, LEFT + (indent * SIZE if nth == 0 else 0), LEADING)


def make_pdf(lines: tuple[Line, ...]) -> bytes:
    """A red-head page layout: red letterhead and rule, centred title, — 1 — at the foot."""
    paper, previous = Paper(), ""
    for line in lines:
        if previous and line.kind != previous and "right" in (line.kind, previous):
            paper.y -= LEADING  # a blank line before and after the signature
        elif previous == "row" and line.kind != "row":
            paper.y -= 10
        if line.kind in ("letterhead", "docno", "title"):
            paper.head(line, previous)
        elif line.kind == "row":
            paper.row(line)
        else:
            paper.body(line)
        previous = line.kind
    paper.foot()
    paper.canvas.save()
    return paper.buffer.getvalue()


# --- HTML ----------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_信息公开_示例政府网</title>
<meta name="SiteName" content="示例政府网">
<meta name="ColumnName" content="通知公告">
<style>.nav li{{display:inline}} .content p{{text-indent:2em}}</style>
</head>
<body>
<div class="header"><a href="/">示例政府网</a>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/fw/">办事服务</a></li>
<li><a href="/hd/">互动交流</a></li><li><a href="/sj/">数据开放</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/tz/">通知公告</a></div>
<div class="main">
<article class="content" id="zoom">
{body}
</article>
<div class="tools"><a href="#">【字体：大 中 小】</a> <a href="#">打印本页</a> <a href="#">关闭窗口</a></div>
<div class="turn"><p>上一篇：<a href="/a.html">关于端午节放假安排的公告</a></p><p>下一篇：<a href="/b.html">行政许可事项办理进度</a></p></div>
</div>
<div class="side"><h3>热点专题</h3><ul><li><a href="/z1/">优化营商环境</a></li><li><a href="/z2/">政务服务“一网通办”</a></li></ul></div>
<div class="footer">主办：示例市人民政府办公室　网站标识码：0000000000　<a href="/map/">网站地图</a></div>
</body>
</html>
"""


def make_html(lines: tuple[Line, ...]) -> bytes:
    """A page of a government site: navigation, breadcrumbs, side column and footer round the notice."""
    body: list[str] = []
    rows: list[str] = []
    for line in (*lines, Line("end", "")):
        if line.kind == "row":
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.text.split("\t"))
            rows.append(f"<tr>{cells}</tr>")
            continue
        if rows:
            body.append("<table>\n" + "\n".join(rows) + "\n</table>")
            rows = []
        style = {"right": ' style="text-align:right"', "title": ' style="text-align:center"',
                 "letterhead": ' style="text-align:center;color:red"'}.get(line.kind, "")  # fmt: skip
        if line.kind != "end":
            shown = html.escape(line.text)
            body.append(f"<p{style}>{f'<strong>{shown}</strong>' if line.kind == 'heading' else shown}</p>")
    title = "".join(line.text for line in lines if line.kind == "title").split("的通知")[0] + "的通知"
    return PAGE.format(title=html.escape(title), body="\n".join(body)).encode()


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, automatic in NOTICES.items():
        lines = classify((CORPUS / "notices" / f"{name}.txt").read_text(encoding="utf-8"))
        for suffix, raw in (
            ("docx", make_docx(lines, automatic)),
            ("pdf", make_pdf(lines)),
            ("html", make_html(lines)),
        ):
            (target / f"{name}.{suffix}").write_bytes(raw)
            print(f"{name}.{suffix}  {len(raw):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS / "formats")
