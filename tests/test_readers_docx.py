"""DOCX: the words Word prints, in order, once, with their places; automatic numbers."""

import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.errors import Damaged, Unsafe
from extractor.model import Document
from extractor.readers.docx import read_docx
from extractor.readers.markup import parse_xml
from extractor.readers.ordinals import ordinal
from extractor.readers.package import Package
from extractor.readers.wordml import W, pieces, walk
from extractor.settings import Limits, Settings
from extractor.text import fold
from tests.made_docx import abstract, level, make_docx, num, para, run, style
from tests.numbering_cases import CASES, OUTLINE, Case


def read(raw: bytes) -> Document:
    return read_docx(raw, "made.docx", Settings())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_automatic_numbers(case: Case) -> None:
    document = read(case.raw())
    assert tuple(document.text.split("\n")) == case.printed
    for walked in document.runs:
        if walked.synthetic:
            assert document.text[walked.end :].startswith(("项", "件"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_automatic_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    for case in CASES:
        (tmp_path / f"{case.name}.docx").write_bytes(case.raw())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    same = 0
    for case in CASES:
        exported = (tmp_path / f"{case.name}.txt").read_text("utf-8-sig").strip("\n").split("\n")
        assert tuple(fold(line) for line in exported) == (case.office or case.printed), case.name
        same += case.office is None
    assert same >= 30


def test_synthetic_numbers_say_so_and_words_keep_their_column() -> None:
    raw = make_docx([para("前言"), para("活动时间", (1, 0))], numbering=abstract(0, *OUTLINE) + num(1, 0))
    document = read(raw)
    assert document.text == "前言\n一、活动时间"
    assert [(r.synthetic, r.line, r.column) for r in document.runs] == [
        (False, 1, 1), (True, 2, 1), (False, 2, 1),
    ]  # fmt: skip
    assert document.place(document.text.index("时间")).column == 3


def test_every_place_leads_back_to_the_paragraph() -> None:
    cell = "<w:tc>{}</w:tc>"
    table = (
        f"<w:tbl><w:tr>{cell.format(para('时间'))}{cell.format(para('地点') + para('备注'))}</w:tr></w:tbl>"
    )
    body = [
        para("　　开头"),
        table,
        para(inside=run("一") + run("二") + "<w:r><w:tab/></w:r>" + run("三<四")),
    ]
    raw = make_docx(body)
    document = read(raw)
    assert document.text == "开头\n时间\t地点\n备注\n一二\t三<四"
    root = parse_xml(Package(raw, Limits()).read("word/document.xml"), "document")
    own = {
        w.line: (w.part, "".join(p.chars for p in pieces(w.element) if p.change != "del")) for w in walk(root)
    }
    for piece in document.runs:
        part, text = own[piece.line]
        assert part == piece.part
        assert text[piece.column - 1 :].startswith(document.text[piece.start : piece.end])
    assert [w.line for w in walk(root)] == [1, 2, 3, 4, 5]


def test_merged_and_nested_cells_come_once() -> None:
    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    nested = f"<w:tbl><w:tr>{cell(para('内一'))}{cell(para('内二'))}</w:tr></w:tbl>{para()}"
    rows = [
        cell(para("活动安排"), '<w:gridSpan w:val="3"/>'),
        cell(para("四月"), start) + cell(para("启动")) + cell(nested),
        cell(para("四月"), go_on) + cell(para("总结")) + cell(para()),
        cell(para()) + cell(para()) + cell(para()),
    ]
    document = read(
        make_docx(["<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>", para("完")])
    )
    assert document.text == "活动安排\t\t\n四月\t启动\t内一\t内二\n\t总结\t\n完"
    outer = document.tables[-1]
    assert [[document.quote(c) for c in row] for row in outer.rows] == [
        ["活动安排", "", ""], ["四月", "启动", "内一\t内二"], ["", "总结", ""],
    ]  # fmt: skip


def test_a_frame_of_one_column_is_no_table() -> None:
    frame = f"<w:tbl><w:tr><w:tc>{para('甲')}{para('乙')}</w:tc></w:tr></w:tbl>"
    document = read(make_docx([frame, para("丙")]))
    assert (document.text, document.tables) == ("甲\n乙\n丙", ())


def test_text_box_comes_once_and_a_letterhead_box_first() -> None:
    box = f"<w:txbxContent>{para('青禾县水务局文件')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>"
    )
    document = read(make_docx([para(inside=drawing + run("青水〔2024〕3号")), para("正文")]))
    assert document.text == "青禾县水务局文件\n青水〔2024〕3号\n正文"
    assert document.runs[0].part == "textbox1"


def test_changes_are_read_as_accepted_and_reported() -> None:
    body = para(
        inside=run("于")
        + f'<w:del w:id="1"><w:r><w:delText>5月8日</w:delText></w:r></w:del><w:ins w:id="2">{run("5月6日")}</w:ins>'
        + run("前报送")
    )
    document = read(make_docx([body]))
    assert document.text == "于5月6日前报送"
    assert [(m.kind, document.quote(m.span), m.note) for m in document.marks] == [
        ("tracked", "", "5月8日"), ("tracked", "5月6日", "插入"),
    ]  # fmt: skip
    assert "2 处未处理的修订" in document.warnings[0]
    assert document.place(document.text.index("前")).column == 6  # deleted words take no column


def test_a_deleted_paragraph_mark_joins_and_a_deleted_item_is_not_counted() -> None:
    numbering = abstract(0, *OUTLINE) + num(1, 0)
    gone = "<w:del><w:r><w:delText>作废</w:delText></w:r></w:del>"
    body = [
        para("一段", mark="<w:del/>"),
        para("接着"),
        para("甲", (1, 0)),
        para(inside=gone, num=(1, 0), mark="<w:del/>"),
        para("乙", (1, 0)),
    ]
    assert read(make_docx(body, numbering=numbering)).text == "一段接着\n一、甲\n二、乙"


def test_hidden_text_is_left_out_directly_and_by_style() -> None:
    body = [
        para(inside=run("公开") + run("密", "<w:vanish/>") + run("内容")),
        para(
            inside=run("藏", '<w:rStyle w:val="Ghost"/>')
            + run("显", '<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>')
        ),
    ]
    document = read(make_docx(body, styles=style("Ghost", "<w:rPr><w:vanish/></w:rPr>", kind="character")))
    assert document.text == "公开内容\n显"
    assert [(m.kind, m.note) for m in document.marks] == [("hidden", "密"), ("hidden", "藏")]


def test_fields_show_their_result_only() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> DATE </w:instrText></w:r>"
    simple = f'<w:fldSimple w:instr="AUTHOR">{run("甲")}</w:fldSimple>'
    nested = mark("begin") + code + mark("begin") + code + mark("separate") + run("内") + mark("end")
    body = [
        para(
            inside=mark("begin")
            + code
            + mark("separate")
            + run("2024年")
            + mark("end")
            + run("印发")
            + simple
        ),
        para(inside=nested + mark("separate") + run("外") + mark("end")),
        para(inside=mark("begin") + code + run("吞掉")),
        para("照读"),
    ]
    assert read(make_docx(body)).text == "2024年印发甲\n外\n照读"


def test_soft_breaks_links_symbols_and_headings() -> None:
    link = f'<w:hyperlink r:id="rL">{run("附件.doc")}</w:hyperlink>'
    body = [
        para(inside=run("上") + "<w:r><w:br/></w:r>" + run("下")),
        para(inside=run("见") + link + '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'),
        para("总体要求", style="H1"),
    ]
    styles = style("H1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    document = read(make_docx(body, styles=styles, links={"rL": "https://example.org/a.doc"}))
    assert document.text == "上\n下\n见附件.doc□\n总体要求"
    assert [(document.quote(x.span), x.target) for x in document.links] == [
        ("附件.doc", "https://example.org/a.doc")
    ]
    assert document.headings == ((document.text.index("总"), 1),)
    assert document.place(2).line == 1  # the line after a soft break is still the first paragraph


def test_footnotes_and_headers() -> None:
    footnotes = f'<w:footnote w:type="separator" w:id="-1">{para("线")}</w:footnote><w:footnote w:id="1">{para("注文")}</w:footnote>'
    section = '<w:headerReference w:type="default" r:id="rHeader1"/>'
    letterhead = read(
        make_docx([para("正文")], footnotes=footnotes, headers=[para("青禾县人民政府文件")], section=section)
    )
    assert letterhead.text == "青禾县人民政府文件\n正文\n注文"
    assert [r.part for r in letterhead.runs] == ["header1", "body", "footnote1"]
    running = read(make_docx([para("正文")], headers=[para("宣传周活动方案")], section=section))
    assert running.text == "正文"
    assert (running.marks[0].kind, running.marks[0].note) == ("page_number", "宣传周活动方案")


def test_strict_namespaces_are_read() -> None:
    import io
    import zipfile

    raw = make_docx([para("正文")])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(name, data)
    assert read(out.getvalue()).text == "正文"


@pytest.mark.parametrize(
    ("body", "error"),
    [("<w:p><w:r>", Damaged), ("<w:p/>]]>", Damaged)],
)
def test_broken_xml(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(make_docx([body]))


def test_entities_are_refused() -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "x")
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document xmlns:w="{W[1:-1]}"><w:body>&a;</w:body></w:document>',
        )
    with pytest.raises(Unsafe):
        read(out.getvalue())


@pytest.mark.parametrize(
    ("number", "style_name", "printed"),
    [
        (10, "chineseCounting", "十"), (20, "chineseCounting", "二十"), (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"), (99999, "chineseCountingThousand", "99999"),
        (111, "japaneseCounting", "百十一"), (12, "chineseLegalSimplified", "壹拾贰"), (21, "decimalEnclosedCircle", "㉑"),
        (51, "decimalEnclosedCircle", "51"), (28, "lowerLetter", "bb"), (1994, "upperRoman", "MCMXCIV"),
        (0, "lowerRoman", "0"), (0, "lowerLetter", ""), (3, "no-such-style", "3"), (3, "bullet", ""),
    ],
)  # fmt: skip
def test_ordinals(number: int, style_name: str, printed: str) -> None:
    assert ordinal(number, style_name) == printed


def test_a_bullet_adds_no_text() -> None:
    raw = make_docx([para("甲", (1, 0))], numbering=abstract(0, level(0, "bullet", "●")) + num(1, 0))
    assert read(raw).text == "甲"
