"""OFD: text with boxes, whatever paths and namespaces its maker wrote."""

import pytest

from extractor.errors import Damaged, Encrypted, NoText, TooLarge, Unsafe
from extractor.model import Document
from extractor.readers import read_document
from extractor.readers.ofd import read_ofd
from extractor.readers.ofd_page import deltas, numbers
from extractor.readers.pdf import read_pdf
from extractor.settings import Limits, Settings
from extractor.text import fold
from tests.made_ofd import MM, NS, make_ofd, notice_ofd, package, page_xml, text_object
from tests.made_pdf import HIGH, WIDE, notice_pdf
from tests.test_readers_pdf import made_up


def read(raw: bytes) -> Document:
    return read_ofd(raw, "made.ofd", Settings())


@pytest.mark.parametrize("seed", range(5))
def test_the_same_notice_reads_like_its_pdf(seed: int) -> None:
    source = made_up(seed)
    document = read(notice_ofd(source))
    assert document.text == read_pdf(notice_pdf(source), "made.pdf", Settings()).text
    assert [m.note for m in document.marks][:1] == ["— 1 —"]
    for piece in document.runs:
        for box in piece.boxes:
            assert 0 <= box.x0 < box.x1 <= WIDE + 1
            assert 0 <= box.top < box.bottom <= HIGH


def test_boxes_are_in_points() -> None:
    document = read(make_ofd([page_xml(text_object(20, 50, "节水宣传", 5))]))
    first, last = document.place(0).box, document.place(3).box
    assert first is not None
    assert last is not None
    assert abs(first.x0 - 20 / MM) < 0.1
    assert abs(last.x0 - 35 / MM) < 0.1
    assert abs(first.bottom - 50.6 / MM) < 0.1


@pytest.mark.parametrize(
    ("root", "where"),
    [
        ("/Doc_0/Document.xml", "/Doc_0/Pages/Page_{}/Content.xml"),
        ("Doc_0\\Document.xml", "Pages\\Page_{}\\Content.xml"),
        ("doc_0/document.xml", "./pages/page_{}/content.xml"),
        ("Document.xml", "Page_{}/Content.xml"),
        ("Doc_0/Document.xml", "Doc_0/Pages/Page_{}/Content.xml"),
    ],
)
def test_odd_paths(root: str, where: str) -> None:
    page = page_xml(text_object(20, 50, "节水宣传", 5))
    assert read(make_ofd([page], root=root, where=where)).text == "节水宣传"


@pytest.mark.parametrize("namespace", ['xmlns:ofd="http://www.ofdspec.org"', 'xmlns:ofd="x"', ""])
def test_odd_namespaces(namespace: str) -> None:
    page = page_xml(text_object(20, 50, "节水宣传", 5)).replace(NS, namespace)
    if not namespace:
        page = page.replace("ofd:", "")
    raw = make_ofd([page])
    assert read(raw).text == "节水宣传"
    assert read_document(raw, "x.bin", Settings()).format == "ofd"


def test_templates_composites_annotations_and_hidden_objects() -> None:
    template = page_xml(text_object(20, 20, "版头", 5))
    unit = f'<ofd:Res {NS}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>{text_object(0, 5, "组合", 5)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>'
    note = f'<ofd:PageAnnot {NS}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="0 80 50 50">{text_object(20, 10, "批注", 5)}</ofd:Appearance></ofd:Annot><ofd:Annot Type="Watermark"><ofd:Appearance Boundary="0 0 9 9">{text_object(9, 9, "水印", 5)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    inside = (
        f'<ofd:PageBlock ID="3"><ofd:PageBlock ID="4">{text_object(20, 40, "正文", 5)}</ofd:PageBlock></ofd:PageBlock>'
        '<ofd:CompositeObject ID="5" Boundary="20 60 9 9" ResourceID="7"/>'
        + text_object(20, 70, "不见", 5, 'Visible="false"')
    )
    raw = make_ofd(
        [page_xml(inside, before='<ofd:Template TemplateID="2" ZOrder="Background"/>')],
        common='<ofd:DocumentRes>Res.xml</ofd:DocumentRes><ofd:TemplatePage ID="2" BaseLoc="Tpls/T.xml"/>',
        annotations="<ofd:Annotations>Annots/A.xml</ofd:Annotations>",
        extra={
            "Doc_0/Tpls/T.xml": template,
            "Doc_0/Res.xml": unit,
            "Doc_0/Annots/A.xml": f'<ofd:Annotations {NS}><ofd:Page PageID="10"><ofd:FileLoc>P/N.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
            "Doc_0/Annots/P/N.xml": note,
        },
    )
    assert read(raw).text.split("\n") == ["版头", "正文", "组合", "批注"]


def test_scaled_and_turned_objects() -> None:
    scaled = '<ofd:TextObject ID="1" Boundary="20 30 90 9" Size="1" CTM="5 0 0 5 0 0"><ofd:TextCode X="0" Y="1" DeltaX="1 1 1">放大的字</ofd:TextCode></ofd:TextObject>'
    document = read(make_ofd([page_xml(scaled)]))
    box = document.place(1).box
    assert document.text == "放大的字"
    assert box is not None
    assert abs(box.x0 - 25 / MM) < 0.1
    turned = '<ofd:TextObject ID="1" Boundary="100 30 9 90" Size="5" CTM="0 1 -1 0 0 0"><ofd:TextCode X="0" Y="0" DeltaX="g 14 5">竖着转过来印的一行字也要读出来</ofd:TextCode></ofd:TextObject>'
    document = read(make_ofd([page_xml(turned)]))
    assert document.text == "竖着转过来印的一行字也要读出来"
    box = document.place(5).box
    assert box is not None
    assert abs((box.top + box.bottom) / 2 - (30 + 27.5) / MM) < 2


def test_each_character_an_object_of_its_own() -> None:
    line = "2024年4月20日至26日"
    x, objects = 20.0, []
    for char in line:
        objects.append(text_object(x, 50, char, 5))
        x += 2.5 if char.isascii() else 5
    objects.reverse()
    assert read(make_ofd([page_xml("".join(objects))])).text == line


def test_ruled_table() -> None:
    def rule(x0: float, y0: float, x1: float, y1: float) -> str:
        return (
            f'<ofd:PathObject ID="9" Boundary="{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    lines = [rule(20, y, 120, y) for y in (40, 50, 60)] + [rule(x, 40, x, 60) for x in (20, 60, 120)]
    cells = [(22, 46, "时间"), (62, 46, "地点"), (22, 56, "4月20日"), (62, 56, "县文化广场")]
    document = read(
        make_ofd([page_xml("".join(lines) + "".join(text_object(x, y, w, 4) for x, y, w in cells))])
    )
    (table,) = document.tables
    assert [[document.quote(c) for c in row] for row in table.rows] == [
        ["时间", "地点"],
        ["4月20日", "县文化广场"],
    ]


def test_several_documents_and_metadata() -> None:
    page = page_xml(text_object(20, 50, "第一份", 5))
    other = page_xml(text_object(20, 50, "第二份", 5))
    body = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_{}/Document.xml</ofd:DocRoot></ofd:DocBody>"
    tree = f'<ofd:Document {NS}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
    raw = package(
        {
            "OFD.xml": f"<ofd:OFD {NS}>{body.format(0)}{body.format(1)}</ofd:OFD>",
            "Doc_0/Document.xml": tree,
            "Doc_1/Document.xml": tree,
            "Doc_0/P.xml": page,
            "Doc_1/P.xml": other,
        }
    )
    document = read(raw)
    assert (document.text, document.pages) == ("第一份\n第二份", 2)
    assert document.place(4).page == 2
    titled = read(
        make_ofd([page], info="<ofd:Title>节水</ofd:Title><ofd:CreationDate>2024-04-01</ofd:CreationDate>")
    )
    assert titled.metadata == (("title", "节水"), ("created", "2024-04-01"))


def test_deltas() -> None:
    assert deltas("g 3 2.5 4", 9) == [2.5, 2.5, 2.5, 4.0]
    assert deltas("g 1000000000 2", 3) == [2.0, 2.0, 2.0]
    assert deltas("g x", 3) == []
    assert deltas(None, 3) == []
    assert numbers("1 nan 1e400 -2.5") == [1.0, 0.0, -2.5]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (package({"OFD.xml": f"<ofd:OFD {NS}/>"}), Damaged),
        (
            package(
                {
                    "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>x.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
                }
            ),
            Damaged,
        ),
        (package({"OFD.xml": "<broken"}), Damaged),
        (package({"OFD.xml": f"<ofd:OFD {NS}/>", "Encryptions.xml": "<a/>"}), Encrypted),
        (package({"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), Unsafe),
        (make_ofd([page_xml("")]), NoText),
        (notice_ofd(made_up(1))[:900], Damaged),
    ],
)
def test_bad_files(raw: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(raw)


def test_page_limit() -> None:
    with pytest.raises(TooLarge):
        read_ofd(notice_ofd(made_up(2)), "x", Settings(limits=Limits(pages=1)))


def test_a_composite_that_holds_itself_ends() -> None:
    unit = f'<ofd:Res {NS}><ofd:CompositeGraphicUnit ID="7"><ofd:Content>{text_object(0, 5, "环", 5)}<ofd:CompositeObject ResourceID="7"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:Res>'
    raw = make_ofd(
        [page_xml('<ofd:CompositeObject ResourceID="7" Boundary="20 20 9 9"/>')],
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        extra={"Doc_0/Res.xml": unit},
    )
    assert "环" in fold(read(raw).text)
