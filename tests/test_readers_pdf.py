"""PDF: lines put together again, furniture left out, tables kept, every character with its box."""

import random
from itertools import pairwise

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from extractor.errors import Damaged, Encrypted, NoText, TooLarge
from extractor.model import Document
from extractor.readers.pdf import read_pdf
from extractor.readers.repair import is_broken, repaired
from extractor.settings import Limits, Settings
from extractor.text import fold
from tests.made_pdf import FONT, HIGH, WIDE, Page, Setting, make_pdf, notice_pdf, width


def read(raw: bytes) -> Document:
    return read_pdf(raw, "made.pdf", Settings())


_WORDS = (
    "各乡镇人民政府 有关部门 节约用水 宣传活动 青禾县水务局 要结合实际 认真组织 广泛动员 社区 学校 企业 利用报刊、广播、电视 "
    "《青禾县节水行动方案（2023—2025年）》 “节水优先” 4月20日至26日 第32届 通过讲座、展览等形式 提高全社会节水意识 形成合力 "
    "现场咨询 联系人：李工，电话：0000-1234567 加强组织领导 及时报送总结材料 QQ群123456789 每单位不少于20题"
).split()


def made_up(seed: int, sections: int = 5) -> list[tuple[str, str]]:
    """A notice of invented words with the usual parts: title, addressees, headings, items, signature, attachment."""
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        return "，".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most))) + "。"

    found = [
        ("青禾县水务局关于开展节水宣传周活动的通知", "title"),
        ("各乡镇人民政府、街道办事处，县直有关部门，各有关单位：", "flush"),
        (words(4, 12), "body"),
    ]
    for number in "一二三四五六七八九"[:sections]:
        found.append(
            (
                f"{number}、{chance.choice(['活动时间', '活动主题', '活动内容', '工作要求', '组织领导和职责分工'])}",
                "body",
            )
        )
        items = "一二三"[: chance.randint(1, 3)]
        found.extend((f"（{item}）{chance.choice(_WORDS)}。{words(2, 14)}", "body") for item in items)
        if chance.random() < 0.5:
            found.extend((f"{n}.{words(1, 9)}", "body") for n in range(1, chance.randint(2, 5)))
        found.append((words(3, 20), "body"))
    found += [("附件：节水宣传活动统计表", "body"), ("青禾县水务局", "right"), ("2024年3月15日", "right")]
    return found


SETTINGS = {
    "usual": Setting(),
    "small": Setting(size=12, leading=20, left=90, right=510),
    "spaced": Setting(size=12, leading=18, indent=0, gap=9),
    "narrow": Setting(size=14, leading=26, left=120, right=470),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_paragraphs_come_back(name: str) -> None:
    """Recall of paragraph boundaries at least 0.97, precision at least 0.95, over made-up notices."""
    hit = wanted = given = 0
    for seed in range(12):
        source = made_up(seed)
        document = read(notice_pdf(source, SETTINGS[name]))
        assert fold(document.text).replace("\n", "") == fold("".join(text for text, _ in source))
        expected = _boundaries([text for text, _ in source])
        found = _boundaries(document.text.split("\n"))
        hit += len(expected & found)
        wanted += len(expected)
        given += len(found)
    assert hit / wanted >= 0.97
    assert hit / given >= 0.95


def _boundaries(paragraphs: list[str]) -> set[int]:
    places, length = set(), 0
    for paragraph in paragraphs[:-1]:
        length += len(fold(paragraph))
        places.add(length)
    return places


def test_a_title_as_wide_as_the_page_goes_on_in_the_middle() -> None:
    for more in ("", "有关", "有关准备", "各项准备"):
        title = f"青禾县水务局青禾县教育局青禾县农业农村局关于做好节水宣传周{more}工作的通知"
        document = read(notice_pdf([(title, "title"), *made_up(2)[1:]]))
        assert document.text.split("\n")[0] == title


def test_a_date_below_a_signature_as_wide_as_the_page_begins_anew() -> None:
    signature = "青禾县节约用水委员会办公室　青禾县水务综合执法支队"
    for signer in (signature, signature[:-2] + "总队"):
        document = read(notice_pdf([*made_up(2)[:-2], (signer, "body"), ("2024 年 3 月 15 日", "body")]))
        assert document.text.split("\n")[-2:] == [signer, "2024 年 3 月 15 日"]


def test_the_margin_of_a_page_whose_long_lines_are_all_indented() -> None:
    source = [("青禾县水务局关于开展节水宣传周活动的通知", "title"), ("各乡镇：", "flush")]
    source += [
        ("现将节水宣传周活动的有关事项作出安排部署，请认真组织好。" + "办" * n, "body") for n in range(3)
    ]
    document = read(notice_pdf(source))
    assert document.text.split("\n") == [text for text, _ in source]


def test_page_numbers_are_left_out_and_reported() -> None:
    document = read(notice_pdf(made_up(3)))
    assert "—" not in document.text.replace("2023—2025", "")
    notes = [m.note for m in document.marks if m.kind == "page_number"]
    assert notes == [f"— {n} —" for n in range(1, (document.pages or 0) + 1)]


def test_running_heads_are_left_out_but_a_number_in_the_text_stays() -> None:
    def draw(page: Page) -> None:
        for number in range(4):
            page.text(79, 50, "青禾县节水宣传周活动方案汇编", 9)
            page.paragraph(
                f"第{number}部分写在这一页，说明要做的事情和做法，文字写得长一些才像正文的样子，一直写到下一行去。"
            )
            page.paragraph("12345")
            if number < 3:
                page.turn()

    document = read(make_pdf(draw))
    assert "汇编" not in document.text
    assert document.text.count("12345") == 4
    assert document.text.count("\n") == 7


def test_every_character_has_its_box_on_its_page() -> None:
    document = read(notice_pdf(made_up(5)))
    for piece in document.runs:
        if piece.synthetic:
            continue
        assert len(piece.boxes) == piece.end - piece.start
        for box in piece.boxes:
            assert 0 <= box.x0 <= box.x1 <= WIDE
            assert 0 <= box.top < box.bottom <= HIGH
    first = document.place(0)
    assert (first.page, first.line, first.column) == (1, 1, 1)
    assert first.box is not None
    assert abs(first.box.bottom - 104) < 8


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same(turn: int) -> None:
    source = made_up(7, sections=1)

    def draw(page: Page) -> None:
        page.canvas.setPageRotation(turn)
        if turn == 90:
            page.canvas.translate(WIDE, 0)
            page.canvas.rotate(90)
        elif turn == 180:
            page.canvas.translate(WIDE, HIGH)
            page.canvas.rotate(180)
        else:
            page.canvas.translate(0, HIGH)
            page.canvas.rotate(-90)
        for text, place in source[:6]:
            page.paragraph(text, place)

    setting = Setting(page_numbers=False, top=250)
    document = read(make_pdf(draw, setting))
    assert fold(document.text) == fold("\n".join(text for text, _ in source[:6]))


@pytest.mark.parametrize("turn", [90, -90])
def test_text_that_runs_sideways_is_read(turn: int) -> None:
    lines = ["横排的表格常常转过来印在竖着的纸上面。", "第二行接着说明这件事情怎么办。", "第三行到此为止了。"]

    def draw(page: Page) -> None:
        page.canvas.translate(300, 400)
        page.canvas.rotate(turn)
        page.canvas.setFont(FONT, 14)
        for index, line in enumerate(lines):
            page.canvas.drawString(-200, -28 * index, line)

    document = read(make_pdf(draw, Setting(page_numbers=False)))
    assert document.text.split("\n") == lines
    box = document.place(3).box
    assert box is not None
    assert 0 < box.x0 < box.x1 < WIDE
    assert 0 < box.top < box.bottom < HIGH


def test_two_columns_are_read_one_after_the_other() -> None:
    left = "左栏的文字从这里开始，一行一行往下排，排满了左边这一栏以后才轮到右边那一栏。" * 4
    right = "右栏的文字接在左栏后面，同样一行一行地往下排，直到整篇文章在这里全部结束。" * 4

    def draw(page: Page) -> None:
        page.paragraph("两栏排印的简报", "centre", 22)
        top = page.y
        for x, text in ((79, left), (310, right)):
            page.y = top
            page.setting = Setting(size=12, leading=20, left=x, right=x + 206, indent=2)
            page.paragraph(text)
        page.setting = Setting()
        page.y = 700

    assert read(make_pdf(draw)).text.split("\n") == ["两栏排印的简报", left, right]


def test_bold_by_printing_twice_is_read_once() -> None:
    def draw(page: Page) -> None:
        for shift in (0.0, 0.4):
            page.text(79 + shift, 120, "工作要求和组织领导")
        for index, char in enumerate("人人参与"):
            page.text(111 + 16 * index, 160, char)
            page.text(111.5 + 16 * index, 160, char)

    assert read(make_pdf(draw)).text == "工作要求和组织领导\n人人参与"


def test_letter_spaced_heading_is_one_line() -> None:
    def draw(page: Page) -> None:
        for index, char in enumerate("青禾县人民政府文件"):
            page.text(100 + 44 * index, 150, char, 24)
        page.paragraph("正文在这里。")

    lines = read(make_pdf(draw, Setting(top=260))).text.split("\n")
    assert [fold(line) for line in lines] == ["青禾县人民政府文件", "正文在这里。"]


def _table(page: Page, rows: list[list[str]], top: float, columns: list[float], height: float = 30) -> None:
    canvas = page.canvas
    for r in range(len(rows) + 1):
        canvas.line(columns[0], HIGH - top - r * height, columns[-1], HIGH - top - r * height)
    for x in columns:
        canvas.line(x, HIGH - top, x, HIGH - top - len(rows) * height)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            for n, line in enumerate(cell.split("|")):
                page.text(columns[c] + 5, top + r * height + 12 + 13 * n, line, 11)


def test_a_ruled_table_goes_on_over_the_page_break() -> None:
    head = ["序号", "活动名称", "责任单位"]

    def draw(page: Page) -> None:
        page.paragraph("活动安排如下：")
        columns = [79.0, 130.0, 241.0, 400.0]
        _table(
            page,
            [head, ["1", "启动仪式", "县水务局"], ["2", "现场宣传咨询活动|启动", "县教育局"]],
            600,
            columns,
        )
        page.turn()
        _table(page, [head, ["3", "总结", "各乡镇"]], 100, columns)
        page.y = 200
        page.paragraph("表后的话。")

    document = read(make_pdf(draw))
    (table,) = document.tables
    assert [[document.quote(cell) for cell in row] for row in table.rows] == [
        head, ["1", "启动仪式", "县水务局"], ["2", "现场宣传咨询活动启动", "县教育局"], ["3", "总结", "各乡镇"],
    ]  # fmt: skip
    assert document.text.split("\n")[0] == "活动安排如下："
    assert document.text.endswith("表后的话。")
    assert document.place(document.text.index("总结")).part == "table1/4/2"


def test_a_row_cut_by_the_page_end_is_one_row() -> None:
    columns = [79.0, 130.0, 241.0, 400.0]

    def draw(page: Page) -> None:
        _table(
            page,
            [["1", "启动", "县水务局"], ["2", "现场宣传咨询活动和|发放节水宣传资料并", "县教育局"]],
            680,
            columns,
        )
        page.turn()
        _table(
            page, [["", "解答群众的问题", ""], ["3", "总结", "各乡镇"], ["", "报送", "各单位"]], 100, columns
        )

    (table,) = (document := read(make_pdf(draw))).tables
    assert [[document.quote(cell) for cell in row] for row in table.rows] == [
        ["1", "启动", "县水务局"], ["2", "现场宣传咨询活动和发放节水宣传资料并解答群众的问题", "县教育局"],
        ["3", "总结", "各乡镇"], ["", "报送", "各单位"],
    ]  # fmt: skip
    place = document.place(document.text.index("解答"))
    assert (place.page, place.part) == (2, "table1/2/2")
    assert min(run.line for run in document.runs) == 1


def test_columns_without_rules_are_a_table_too() -> None:
    def draw(page: Page) -> None:
        page.paragraph("活动安排如下，请各单位按照时间和地点认真做好准备，确保活动顺利进行，取得实效。")
        for y, cells in enumerate(
            (("时间", "活动内容", "地点"), ("5月11日", "启动", "文化广场"), ("5月17日", "总结", "县水务局"))
        ):
            for x, cell in zip((90, 220, 380), cells, strict=True):
                page.text(x, 200 + 26 * y, cell)
        page.text(220, 200 + 26 * 3, "表彰")
        page.y = 330
        page.paragraph("联系人：李工　　电话：0000-1234567")

    document = read(make_pdf(draw))
    (table,) = document.tables
    assert [[document.quote(cell) for cell in row] for row in table.rows] == [
        ["时间", "活动内容", "地点"], ["5月11日", "启动", "文化广场"], ["5月17日", "总结\n表彰", "县水务局"],
    ]  # fmt: skip
    assert document.text.endswith("0000-1234567")


def test_merged_cells_of_a_ruled_table_come_once() -> None:
    def draw(page: Page) -> None:
        canvas = page.canvas
        for y in (200, 230, 260):
            canvas.line(79 if y != 230 else 180, HIGH - y, 400, HIGH - y)
        for x in (79, 180, 400):
            canvas.line(x, HIGH - 200, x, HIGH - 260)
        page.text(85, 235, "四月", 11)
        page.text(190, 218, "启动", 11)
        page.text(190, 248, "总结", 11)

    document = read(make_pdf(draw))
    (table,) = document.tables
    assert [[document.quote(cell) for cell in row] for row in table.rows] == [["四月", "启动"], ["", "总结"]]


def test_rules_of_a_letterhead_are_no_table() -> None:
    def draw(page: Page) -> None:
        page.paragraph("青水〔2024〕3号", "centre")
        page.canvas.line(79, HIGH - 130, 516, HIGH - 130)
        page.canvas.line(79, HIGH - 134, 516, HIGH - 134)
        page.y = 170
        page.paragraph("正文在这里。")

    document = read(make_pdf(draw))
    assert document.tables == ()
    assert document.text == "青水〔2024〕3号\n正文在这里。"


def test_signs_of_a_broken_font_are_mended_and_marked() -> None:
    words = (
        "为贯彻«青禾县节水方案(２０２４－２０２６年)»,现将有关事项通知如下.请各单位认真组织学习,于２０２４年２月２日前报送"
        "(电话:０００－１２３４５６７).随后按照方案做好本地区节水宣传周的各项组织工作(详见«青禾县节水方案»)."
    )
    document = read(notice_pdf([(words, "body")]))
    assert document.text == (
        "为贯彻《青禾县节水方案（2024—2026年）》，现将有关事项通知如下。请各单位认真组织学习，于2024年2月2日前报送"
        "（电话：000—1234567）。随后按照方案做好本地区节水宣传周的各项组织工作（详见《青禾县节水方案》）。"
    )
    mended = {document.quote(m.span): m.note for m in document.marks if m.kind == "repaired"}
    assert mended["《"] == "«"
    assert mended["。"] == "."


@pytest.mark.parametrize(
    "page",
    [
        "请各单位于2024年4月20日前报送材料,逾期不再受理.联系人见附件,请认真组织落实好各项工作安排",  # a writer's half-width signs
        "为贯彻《青禾县节水方案》，现将有关事项通知如下。请各单位认真组织学习，于２０２４年前报送。",
        "The plan «A» is made of words. It goes on, and on.",
    ],
)
def test_a_sound_page_is_left_alone(page: str) -> None:
    assert not is_broken(page)


def test_mending_keeps_lengths_numbers_and_times() -> None:
    before = "增长１.５％,上午９:００在网站(www.example.org)发布.共１,０００人参加;请登录:http://example.org"
    after = repaired(before)
    assert len(after) == len(before)
    assert (
        after == "增长1.5%，上午9:00在网站（www.example.org）发布。共1,000人参加；请登录：http://example.org"
    )


def test_lines_of_contents_stay_apart() -> None:
    words = [f"{n}.节水宣传方案的第{n}部分要写得长到一行的尽头处（2024-2026）" for n in range(1, 6)]

    def draw(page: Page) -> None:
        for n, line in enumerate(words):
            page.paragraph(f"{line} {n + 11}", "flush", 14)

    assert len(read(make_pdf(draw)).text.split("\n")) == 5


@pytest.mark.parametrize(
    ("first", "second", "read_as"),
    [
        ("邮箱：jieshui@qinghe.example.g", "ov.cn，电话：5550123", "jieshui@qinghe.example.gov.cn，电话"),
        ("邮箱：jieshui@qinghe.example.gov", ".cn，电话：5550123", "jieshui@qinghe.example.gov.cn，电话"),
        ("详见网页http://www.qinghe.exa", "mple/water，请查阅", "http://www.qinghe.example/water，请"),
        ("本次活动由青禾县的志愿者组织Green", "Water承办，请支持", "Green Water承办"),
    ],
)
def test_an_address_cut_by_a_line_end(first: str, second: str, read_as: str) -> None:
    def draw(page: Page) -> None:
        page.paragraph("各乡镇人民政府、县直各有关单位要广泛宣传，营造良好氛围，按时报送。", "flush")
        size = (page.setting.right - page.setting.left) / sum(width(c, 1.0) for c in first)
        page.text(page.setting.left, page.y, first, size)
        page.text(page.setting.left, page.y + page.setting.leading, second, size)
        page.y += 2 * page.setting.leading

    assert read_as in read(make_pdf(draw)).text


def test_encrypted() -> None:
    with pytest.raises(Encrypted):
        read(make_pdf(lambda page: page.paragraph("密"), encrypt=StandardEncryption("secret")))


@pytest.mark.parametrize("cut", [20, 200])
def test_damaged(cut: int) -> None:
    with pytest.raises(Damaged):
        read(notice_pdf(made_up(1))[:cut])


def test_no_text() -> None:
    with pytest.raises(NoText):
        read(make_pdf(lambda page: page.canvas.rect(100, 100, 200, 200, fill=1), Setting(page_numbers=False)))


def test_page_limit() -> None:
    raw = notice_pdf(made_up(2))
    with pytest.raises(TooLarge, match="页"):
        read_pdf(raw, "made.pdf", Settings(limits=Limits(pages=1)))
    with pytest.raises(TooLarge):
        read_pdf(raw, "made.pdf", Settings(limits=Limits(characters=50)))


def test_a_page_without_text_is_reported() -> None:
    def draw(page: Page) -> None:
        page.paragraph("第一页有字。")
        page.canvas.showPage()
        page.paragraph("第三页有字。")

    document = read(make_pdf(draw, Setting(page_numbers=False)))
    assert document.warnings == ()  # an empty page is no scan

    def scanned(page: Page) -> None:
        page.paragraph("第一页有字。")
        page.canvas.showPage()
        page.canvas.drawInlineImage(_picture(), 0, 0, WIDE, HIGH)

    document = read(make_pdf(scanned, Setting(page_numbers=False)))
    assert "第 2 页" in document.warnings[0]


def _picture() -> object:
    from PIL import Image

    return Image.new("L", (8, 8), 200)


def test_cells_are_those_that_pdfplumber_finds() -> None:
    from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

    from extractor.readers.pdf_tables import _cells, _edge

    chance = random.Random(7)
    number = 0
    for _ in range(60):
        across = sorted(chance.sample(range(0, 500, 7), chance.randint(2, 8)))
        down = sorted(chance.sample(range(0, 700, 9), chance.randint(2, 10)))
        rules = [
            _edge((a, y + chance.choice([0.0, 0.7]), b, y), "h")
            for y in down
            for a, b in pairwise(across)
            if chance.random() < 0.85
        ]
        uprights = [
            _edge((x, a, x + chance.choice([0.0, 1.0]), b), "v")
            for x in across
            for a, b in pairwise(down)
            if chance.random() < 0.85
        ]
        crossings = edges_to_intersections(merge_edges(rules + uprights, 3, 3, 3, 3), 3, 3)
        assert _cells(crossings) == intersections_to_cells(crossings)
        number += len(_cells(crossings))
    assert number > 500
