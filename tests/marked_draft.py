"""An invented draft with a dozen mistakes in every place a Word file has, and what the tests ask of it."""

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from lxml import etree
from made_docx import abstract, level, make_docx, num, run

from extractor.pipeline import process
from extractor.readers.wordml import W, pieces, walk
from extractor.rulebook import load_rulebook
from extractor.schema import Notice
from extractor.settings import Settings

RULES = load_rulebook()
SETTINGS = Settings(today=date(2023, 3, 1))
BODY = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/>'
BOLD = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:b/><w:sz w:val="32"/>'
LINES = (
    "青林发[2023]第12号",
    "青河市林业局关于开展2023年爱鸟周活动的通知",
    "各县（区）林业局:",
    "为做好2023年爱鸟周工作,现将有关事项通知如下。",
    "一、活动时间",
    "2023年4月20日-26日。",
    "二、活动安排",
    "(一)启动仪式。4月24日（星期二）举行。",
    '（二）科普宣传。发放"爱护鸟类"手册。。',
    "三、工作要求",
    "请于2022年5月10日前将活动总结报送市林业局。联系人：王小林，电话：0000-1234567。",
    "青河市林业局",
    "二〇二三年三月八日",
    "(此件公开发布)",
)
TEXT = "\n".join(LINES) + "\n"


def paragraph(*runs: str, number: bool = False, extra: str = "") -> str:
    """Runs as XML, or plain words; ``number``: with an automatic 一、"""
    props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if number else ""
    inside = "".join(r if r.startswith("<") else run(r, BODY) for r in runs)
    return (
        f'<w:p><w:pPr>{props}<w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>{extra}{inside}</w:p>'
    )


def bold(words: str) -> str:
    return run(words, BOLD)


def table(*rows: tuple[str, ...]) -> str:
    made = (
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(made) + "</w:tbl>"


def text_box(words: str) -> str:
    """A paragraph with a text box in its drawing, as Word writes it."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="720000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    drawing = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3600000" cy="720000"/>'
        f'<wp:docPr id="7" name="box"/><a:graphic><a:graphicData uri="{uri}">{shape}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"{drawing}</mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


def word_draft() -> bytes:
    """The draft as Word: bold words inside, a table, a text box, a footnote, a header, automatic numbers."""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = [
        paragraph(LINES[0]),
        paragraph(LINES[1]),
        paragraph(LINES[2]),
        paragraph("为做好2023年", bold("爱鸟周"), "工作,", "现将有关事项通知如下。", reference),
        paragraph("活动时间", number=True),
        paragraph(LINES[5]),
        paragraph("活动安排", number=True),
        paragraph("(一)启动仪式。4月24日（星期", bold("二"), "）举行。"),
        paragraph(LINES[8]),
        table(
            ("时间", "活动", "责任单位"),
            ("4月24日（星期二）", "启动仪式", "市林业局、、市教育局"),
            ("4月31日", "知识竞赛(决赛)", "市教育局"),
        ),
        text_box("温馨提示：报名请扫码,自行办理。"),
        paragraph("工作要求", number=True),
        paragraph(
            "请于", bold("2022"), "年5月10日前将活动总结报送市林业局。联系人：王小林，电话：0000-1234567。"
        ),
        paragraph(LINES[11]),
        paragraph(LINES[12]),
        paragraph(LINES[13]),
    ]
    return make_docx(
        body,
        numbering=abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1),
        footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>数据截至2023年3月底,由市林业局提供。</w:t></w:r></w:p></w:footnote>',
        headers=[paragraph("青河市林业局文件")],
        section='<w:headerReference w:type="default" r:id="rHeader1"/>',
    )


def noticed(raw: bytes, name: str = "稿.docx", settings: Settings = SETTINGS) -> Notice:
    made = process(raw, name, RULES, settings)
    assert isinstance(made, Notice), made
    return made


def xml(raw: bytes, part: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(BytesIO(raw)) as package:
        return etree.fromstring(package.read(part))


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def dressed(raw: bytes, part: str = "word/document.xml") -> list[list[tuple[str, bytes]]]:
    """Every character of a part with the formatting of its run, paragraph by paragraph."""

    def characters(element: Any) -> Iterator[tuple[str, bytes]]:
        for piece in pieces(element):
            properties = None if piece.run is None else piece.run.find(f"{W}rPr")
            form = b"" if properties is None else etree.tostring(properties, method="c14n")
            if piece.change != "del":
                yield from ((char, form) for char in piece.chars)

    return [list(characters(walked.element)) for walked in walk(xml(raw, part))]
