"""RTF: code pages, Unicode, automatic numbers as printed, tables; hidden and deleted words left out."""

import pytest

from extractor.errors import Damaged, NoText
from extractor.model import Document
from extractor.readers import read_document
from extractor.settings import Settings

HEAD = "{\\rtf1\\ansi\\ansicpg936\\deff0\\uc1{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fcharset136 M;}{\\f2 T;}}{\\colortbl;\\red0;}"


def read(body: str) -> Document:
    return read_document((HEAD + body + "}").encode("latin-1"), "a.rtf", Settings())


def coded(text: str, page: str = "gb18030") -> str:
    """Characters as Word writes them in a code page."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(page))


def unicode(text: str) -> str:
    units = text.encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2))
    return "".join(f"\\u{code}?" for code in codes)


def test_code_pages_and_unicode() -> None:
    body = f"{coded('节水宣传周')}\\par {unicode('活动时间：𠀀')}\\par\\f1 {coded('節水', 'big5')}\\f0{coded('年')}2024\\par"
    document = read(body)
    assert document.text == "节水宣传周\n活动时间：𠀀\n節水年2024"
    assert document.format == "rtf"
    assert document.place(6).line == 2


def test_fallback_of_several_bytes_is_swallowed() -> None:
    assert read("\\uc2" + "\\u33410\\'bd\\'da" + "\\uc1\\u27700?x\\par").text == "节水x"


def test_numbers_are_taken_as_printed_and_marked_synthetic() -> None:
    body = (
        "{\\listtext\\pard\\plain " + unicode("一、") + "\\tab}" + unicode("活动时间") + "\\par"
        "{\\pntext 1.\\tab}" + unicode("启动") + "\\par"
    )
    document = read(body)
    assert document.text == "一、活动时间\n1. 启动"
    assert [run.synthetic for run in document.runs] == [True, False, True, False]


def test_tables() -> None:
    row = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl {}\\cell {}\\cell\\row "
    body = (
        unicode("安排如下：") + "\\par " + row.format("A", "B\\par C") + row.format("", "")
        + row.format("D", "E") + "\\pard " + unicode("表后") + "\\par"
    )  # fmt: skip
    document = read(body)
    assert document.text == "安排如下：\nA\tB\nC\nD\tE\n表后"
    assert [[document.quote(c) for c in row] for row in document.tables[0].rows] == [
        ["A", "B\nC"],
        ["D", "E"],
    ]
    assert document.place(document.text.index("E")).part == "table1/2/2"


def test_what_is_not_seen_is_not_read() -> None:
    body = (
        "{\\info{\\title secret}}{\\header top\\par}{\\stylesheet{\\s0 Normal;}}{\\*\\generator x;}{\\pict\\wmetafile8 0102}"
        "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt shown}}{\\v hidden}{\\deleted gone}{\\footnote note}\\line next\\par"
    )
    document = read(body)
    assert document.text == "shown\nnext"
    assert [(m.kind, m.note) for m in document.marks] == [("hidden", "hidden"), ("tracked", "gone")]


def test_text_boxes_are_read() -> None:
    body = (
        "{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn x}{\\sv y}}{\\shptxt box\\par}}{\\shprslt copy}}after\\par"
    )
    assert read(body).text == "box\nafter"


def test_broken_files() -> None:
    assert read("cut\\par {\\b off").text == "cut\noff"
    with pytest.raises(NoText):
        read("{\\pict 00}")
    from extractor.readers.rtf import read_rtf

    with pytest.raises(Damaged):
        read_rtf(b"plain", "a", Settings())
