"""Web pages: the notice as a visitor reads it, without the page around it."""

import pytest

from extractor.errors import NoText
from extractor.model import Document
from extractor.readers import read_document
from extractor.readers.html import read_html
from extractor.readers.page_title import bare_title
from extractor.settings import Settings
from extractor.text import fold

TITLE = "青禾县水务局关于开展2024年节水宣传周活动的通知"
BODY = [
    "各乡镇人民政府，县直有关部门：",
    "为增强全社会节水意识，根据上级部署，现就开展2024年节水宣传周活动有关事项通知如下。",
    "一、活动时间",
    "2024年5月11日至17日。",
    "二、工作要求",
    "（一）加强领导。各单位要高度重视，精心组织，把宣传周活动与日常工作结合起来，确保取得实效。",
    "（二）及时总结。请于5月24日前将活动总结报送县水务局，联系人：李工，电话：0000-1234567。",
    "附件：节水宣传周活动统计表",
    "青禾县水务局",
    "2024年4月28日",
]


def read(page: str | bytes) -> Document:
    return read_html(page if isinstance(page, bytes) else page.encode(), "made.html", Settings())


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>　　{line}</p>\n" for line in lines)


PORTAL = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青禾县人民政府</title>
<meta name="PubDate" content="2024-05-06 09:30"><style>p {{color: red}}</style><script>var a = "<p>脚本</p>";</script></head><body>
<div class="header"><div class="logo">青禾县人民政府</div><ul class="nav"><li><a href="/">首页</a></li><li><a href="/z/">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/t/">通知公告</a></div>
<div class="main"><div class="left"><h1 class="title">{TITLE}</h1>
<div class="info">发布时间：2024-05-06 09:30　来源：县水务局　浏览次数：<span>128</span>　字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div id="zoom" class="TRS_Editor">{paragraphs(BODY)}</div>
<div class="fj">附件：<a href="/files/tj.docx">节水宣传周活动统计表.docx</a></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="pn">上一篇：<a href="1.html">关于公布河长名单的公告</a><br>下一篇：<a href="3.html">关于汛期值班的通知</a></div></div>
<div class="sidebar"><h3>相关文章</h3><ul><li><a href="a">关于召开节水工作会议的通知</a></li><li><a href="b">关于防汛工作的紧急通知</a></li></ul></div></div>
<div class="footer">主办单位：青禾县人民政府办公室　网站标识码：0000000000　备案号：某ICP备00000000号</div></body></html>"""


def test_a_portal_page_gives_the_notice_alone() -> None:
    document = read(PORTAL)
    lines = document.text.split("\n")
    assert lines == [TITLE, *BODY, "附件：节水宣传周活动统计表.docx"]
    assert document.headings == ((0, 1),)
    facts = dict(document.metadata)
    assert facts["page_date"] == "2024-05-06"
    assert facts["page_source"] == "县水务局"
    assert facts["page_title"] == TITLE
    assert [(document.quote(x.span), x.target) for x in document.links] == [
        ("节水宣传周活动统计表.docx", "/files/tj.docx")
    ]
    assert any("浏览次数" in m.note for m in document.marks if m.kind == "page_number")


INDEX = f"""<html><head><title>{TITLE} - 信息公开 - 青禾县</title></head><body><table width="100%"><tr><td>
<table class="xxgk"><tr><td>索引号：</td><td>000-2024-01</td><td>主题分类：</td><td>水利</td></tr>
<tr><td>发文机关：</td><td>县水务局</td><td>成文日期：</td><td>2024年4月28日</td></tr>
<tr><td>发文字号：</td><td>青水〔2024〕9号</td><td>发布日期：</td><td>2024年5月6日</td></tr></table>
<table><tr><td align="center"><b>{TITLE}</b></td></tr><tr><td>{"<br>".join("　　" + line for line in BODY)}</td></tr></table>
</td></tr></table></body></html>"""


def test_layout_tables_and_the_page_index() -> None:
    document = read(INDEX)
    assert document.text.split("\n") == ["青水〔2024〕9号", TITLE, *BODY]  # the record alone gives the number
    assert document.place(0).part == "table1/3/2"
    assert document.tables == ()
    facts = dict(document.metadata)
    assert facts["page:发文字号"] == "青水〔2024〕9号"
    assert facts["page:成文日期"] == "2024年4月28日"


def test_a_page_that_is_one_line_of_breaks() -> None:
    page = "<html><body>" + "<br/>".join([TITLE, *BODY]) + "</body></html>"
    document = read(page)
    assert document.text.split("\n") == [TITLE, *BODY]
    assert document.place(document.text.index("青禾县水务局", 40)).line == 1  # still the same block


def test_lines_broken_by_hand_are_joined() -> None:
    text = "　　" + "".join(BODY[1:2] * 8)
    wrapped = "<br>".join(text[i : i + 28] for i in range(0, len(text), 28))
    document = read(f"<html><body><div>{wrapped}</div></body></html>")
    assert document.text.count("\n") < 8
    assert fold(document.text) == fold(text)


def test_headline_repeated_in_the_text_comes_once() -> None:
    inside = f"<p align=center>{TITLE[:12]}</p><p align=center>{TITLE[12:]}</p>"
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{inside}{paragraphs(BODY)}</div></body></html>"
    assert read(page).text.split("\n") == [TITLE[:12], TITLE[12:], *BODY]


@pytest.mark.parametrize(
    "line",
    [
        "活动时间：5月12日至14日",
        "报送时间：5月24日前",
        "经费来源：县财政",
        "获奖作者：另行公布",
        "资格审核：县水务局",
        "报名日期：2024年5月6日",
    ],
)
def test_labels_of_the_notice_are_not_those_of_the_page(line: str) -> None:
    document = read(f"<html><body><div>{paragraphs([TITLE, *BODY[:3], line, *BODY[4:]])}</div></body></html>")
    assert line in document.text.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-05-06 09:30",
        "来源：县水务局",
        "信息来源：县水务局",
        "成文日期：2024年4月28日 来源：县水务局",
        "责任编辑：李工",
        "时间：2024-05-06",
    ],
)
def test_lines_of_a_page_about_itself_are_left_out(line: str) -> None:
    document = read(f"<html><body><div>{paragraphs([TITLE, line, *BODY])}</div></body></html>")
    assert line not in document.text
    assert document.text.split("\n") == [TITLE, *BODY]


def test_title_only_in_the_head_is_kept() -> None:
    page = f"<html><head><title>{TITLE}_青禾县人民政府网</title></head><body><div>{paragraphs(BODY)}</div></body></html>"
    document = read(page)
    assert document.text.startswith(TITLE + "\n" + BODY[0])
    assert document.place(0).part == "title"
    other = page.replace(TITLE, "通知公告详情页")
    assert read(other).text.startswith(BODY[0])


def test_data_tables_with_spans() -> None:
    table = (
        "<table border=1><tr><th>时间</th><th colspan=2>安排</th></tr><tr><td rowspan=2>5月</td><td>启动</td><td>县水务局</td></tr>"
        "<tr><td>总结<br>报送</td><td>各乡镇</td></tr></table>"
    )
    document = read(
        f"<html><body><div>{paragraphs(BODY[:3])}{table}{paragraphs(BODY[8:])}</div></body></html>"
    )
    (found,) = document.tables
    assert [[document.quote(c) for c in row] for row in found.rows] == [
        ["时间", "安排", ""], ["5月", "启动", "县水务局"], ["", "总结\n报送", "各乡镇"],
    ]  # fmt: skip
    assert "\t安排\t" in document.text
    assert document.place(document.text.index("各乡镇", document.text.index("总结\n报"))).part == "table1/3/3"


def test_spam_of_mirrors_is_left_out_and_marked() -> None:
    dirty = [line.replace("，", "，@@").replace("：", "@@：") for line in BODY]
    document = read(f"<html><body><div>{paragraphs([TITLE, *dirty])}</div></body></html>")
    assert document.text.split("\n") == [TITLE, *BODY]
    assert {m.note for m in document.marks if m.kind == "junk"} == {"@@"}
    place = document.text.index("县直")
    assert (
        document.place(place).column == BODY[0].index("县直") + 1 + 2 + 2
    )  # indent and spam count in the file


def test_hidden_words_are_not_read() -> None:
    hidden = (
        '<span style="display:none">隐藏的字</span><p hidden>也不读</p><div style="font-size:0">零号字</div>'
    )
    assert "藏" not in read(f"<html><body><div>{paragraphs([TITLE, *BODY])}{hidden}</div></body></html>").text


def test_white_space_of_the_source_is_no_blank() -> None:
    page = "<p>各乡镇\n   人民政府，<b>县直</b>\n<i>部门</i>：Water\nSaving&nbsp;Week</p>" + paragraphs(
        BODY[1:]
    )
    assert read(f"<html><body>{page}</body></html>").text.startswith(
        "各乡镇人民政府，县直部门：Water Saving\xa0Week\n"
    )


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", ""), ("utf-8", "gb2312"), ("utf-16", "")],
)
def test_encodings(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    raw = f"<html><head>{meta}</head><body>{paragraphs([TITLE, *BODY])}</body></html>".encode(encoding)
    document = read_document(raw, "page.html", Settings())
    assert document.format == "html"
    assert document.text.split("\n") == [TITLE, *BODY]


def test_entities_are_characters_and_external_ones_stay_closed() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>'
        + paragraphs([TITLE, *BODY, "甲&middot;乙 &x; &#x4e2d;"])
        + "</body></html>"
    )
    assert "甲·乙 &x; 中" in read(page).text


def test_deep_nesting_ends() -> None:
    document = read("<div>" * 5000 + TITLE + "</div>" * 5000 + paragraphs(BODY))
    assert BODY[1] in document.text


def test_no_text() -> None:
    with pytest.raises(NoText):
        read("<html><head><title></title></head><body><script>x</script><img src=a.png></body></html>")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (f"{TITLE}_通知公告_青禾县人民政府", TITLE),
        (f"{TITLE} - 青禾县", TITLE),
        (f"{TITLE}|青禾县", TITLE),
        (TITLE, TITLE),
        ("青禾县—2024", "青禾县—2024"),
    ],
)
def test_bare_title(written: str, title: str) -> None:
    assert bare_title(written) == title
