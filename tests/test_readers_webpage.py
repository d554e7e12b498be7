"""Web pages of many makes: what is the notice and what the page, what each must never take for the other."""

import pytest

from extractor.errors import NoText
from extractor.model import Document
from extractor.readers.html import read_html
from extractor.readers.page_title import bare_title
from extractor.settings import Settings

TITLE = "石桥县林业局关于开展2024年爱鸟周宣传活动的通知"
NUMBER = "石林发〔2024〕6号"
LETTER = [
    "各乡镇人民政府，县直有关单位：",
    "为增强全社会爱鸟护鸟意识，现将2024年爱鸟周宣传活动有关事项通知如下，请认真贯彻落实。",
]
PLAN = [
    "一、活动时间",
    "2024年4月1日至7日，各单位可结合实际提前安排，持续到月底。",
    "二、活动内容",
    "（一）举办启动仪式。4月1日上午，在县城人民公园举办启动仪式，设置展板，发放宣传资料，解答群众咨询。",
    "（二）开展进校园活动。组织志愿者走进中小学校，讲解鸟类知识，开展绘画、征文等活动，引导学生热爱自然。",
    "三、工作要求",
    "各单位要加强领导，明确专人负责，并于4月15日前将活动总结报县林业局，联系人：白杨，电话：0000-7654321。",
]
SIGNED = ["石桥县林业局", "2024年3月20日"]
BODY = [*LETTER, *PLAN, *SIGNED]


def read(page: str | bytes) -> Document:
    return read_html(page if isinstance(page, bytes) else page.encode(), "made.html", Settings())


def lines(page: str | bytes) -> list[str]:
    return read(page).text.split("\n")


def facts(page: str) -> dict[str, str]:
    return dict(read(page).metadata)


def ps(words: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in words)


def page(inside: str, title: str = TITLE, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"


HEADLINE = f"<h1>{TITLE}</h1>"
NEWS = "".join(
    f'<li><a href="{i}.html">我县召开第{i}次造林工作推进会</a><p>会议强调，要压实责任，强化督查，补齐短板；要坚持问题导向，推动工作再上新台阶。</p></li>'
    for i in range(9)
)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<div><div>{HEADLINE}{ps(LETTER)}</div><div>{ps(PLAN + SIGNED)}</div></div>", id="letter beside a heavier plan"),
        pytest.param(
            f"<table><tr><td>首页 > 通知</td></tr><tr><td>{TITLE}</td></tr><tr><td>{ps(LETTER)}</td></tr><tr><td>{ps(PLAN + SIGNED)}</td></tr></table>",
            id="a row of a layout table each",
        ),
        pytest.param(f"<div>{HEADLINE}<div>{ps(LETTER[:1])}</div><div>{ps(LETTER[1:] + PLAN)}</div><div>{ps(SIGNED)}</div></div>", id="addressees and signature apart"),
        pytest.param(f"<article>{HEADLINE}{ps(LETTER + PLAN)}<footer>{ps(SIGNED)}</footer></article><footer>石桥县林业局信息中心</footer>", id="signature in the article's footer"),
        pytest.param(f"<div>{HEADLINE}<div>{ps(BODY)}</div></div><div><h3>最新动态</h3><ul>{NEWS}</ul></div>", id="a column of teasers as heavy as the notice"),
        pytest.param(f'<div class="share-page related">{HEADLINE}{ps(BODY)}</div><div><p>本网站所有内容，如有疑问，请来电。</p></div>', id="a body named like furniture"),
        pytest.param(f'<div>{HEADLINE}<div style="visibility: hidden; opacity: 0">{ps(BODY)}</div></div>', id="a body shown by a script"),
        pytest.param(f"<div>{HEADLINE}<ucapcontent>{ps(BODY)}</ucapcontent></div>", id="unknown tags"),
        pytest.param(f"<div>{HEADLINE}{ps(BODY)}</div><div>{HEADLINE}{ps(BODY)}</div>", id="once for screens, once for telephones"),
        pytest.param(
            f'<div>{HEADLINE}<ul class="x"><li><a href="#1">一、活动时间</a></li><li><a href="#2">二、活动内容</a></li><li><a href="#3">三、工作要求</a></li></ul>{ps(BODY)}</div>',
            id="a list of places in the page",
        ),
        pytest.param(f"<div>首页 | 政务 | 服务</div><div><div>{TITLE}</div>{ps(BODY)}</div><div>主办：石桥县林业局　承办：某中心　备案号：某ICP备00000000号</div>", id="no names at all"),
        pytest.param(f"<div>{HEADLINE}{ps(BODY)}<p>初审：甲　复审：乙　终审：丙</p><p>【字号 大 中 小】【我要打印】</p><p>相关文件</p><p><a href=1>石桥县造林条例解读</a></p></div>", id="a page's last words"),
        pytest.param(f"<div>{HEADLINE}{ps(BODY)}<p>网友评论</p><p>网友甲：支持，请多举办这样的活动。</p></div>", id="comments"),
        pytest.param(f"<div>{HEADLINE}{ps(BODY)}<p>主办单位：石桥县林业局</p><p>地址：石桥县林海路1号　电话：0000-1111111</p></div>", id="who runs the site, under a signature"),
        pytest.param(
            f"<div>{HEADLINE}" + "<br>".join(f'{line}<font class="jammer">; w8 U{i}</font><span style="display:none">x( I8</span>' for i, line in enumerate(BODY)) + "</div>",
            id="signs against copying",
        ),
        pytest.param(
            f"<p>欢迎访问石桥县林业局！</p><h1>石桥县林业局网</h1><p>2026年1月5日 星期一</p><p>您现在所在的位置：首页→公开→文件</p><p>{TITLE}</p>{ps(BODY)}<p>相关信息：<a href=1>解读之一</a></p><p>编辑：甲　审核：乙</p>",
            id="all in the body, with what greets above the title",
        ),
    ],
)  # fmt: skip
def test_the_notice_and_nothing_else(inside: str) -> None:
    assert lines(page(inside)) == [TITLE, *BODY]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("通知公告", TITLE),
        (f"石桥县人民政府 通知公告 {TITLE}", TITLE),
        (f"{TITLE}（{NUMBER}）_政府信息公开", TITLE),
        (TITLE.replace("石桥县林业局", ""), TITLE),
        (f"石桥县林业局{TITLE[6:20]}...", TITLE),
        (TITLE, TITLE.replace("石桥县林业局", "")),
        ("关于办理“爱鸟证”的通知", '关于办理"爱鸟证"的通知'),
    ],
)
def test_the_title_stands_once_as_printed(title: str, printed: str) -> None:
    made = page(f'<div><div class="tit">{printed}</div><div>{ps(BODY)}</div></div>', title)
    assert lines(made) == [printed, *BODY]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("关于做好2024-2025学年志愿服务的通知 - 某大学", "关于做好2024-2025学年志愿服务的通知"),
        (f"{TITLE}--政务公开--石桥县", TITLE),
        ("石桥县林业局_通知公告", "石桥县林业局"),
    ],
)
def test_the_sites_names_leave_the_title(written: str, title: str) -> None:
    assert bare_title(written) == title


RECORD = {
    "table": f"<table><tr><td>索 引 号：</td><td>A-1</td><td>主题分类：</td><td>林业</td></tr><tr><td>发文字号：</td><td>{NUMBER}</td><td>发布日期：</td><td>2024年3月22日</td></tr></table>",
    "one cell each": f"<table><tr><td><b>索 引 号：</b>A-1</td><td><b>主题分类：</b>林业</td></tr><tr><td><b>文&nbsp;&nbsp;号：</b>{NUMBER}</td><td><b>发布日期：</b>2024-03-22</td></tr></table>",
    "list": f"<ul><li><span>索引号：</span>A-1</li><li><span>文号：</span>{NUMBER}</li><li><span>公开方式：</span>主动公开</li><li><span>发布日期：</span>2024-03-22</li></ul>",
    "terms": f"<dl><dt>索引号：</dt><dd>A-1</dd></dl><dl><dt>发文字号：</dt><dd>{NUMBER}</dd></dl><dl><dt>公开范围：</dt><dd></dd></dl><dl><dt>发布日期：</dt><dd>2024-03-22</dd></dl>",
    "brackets": f"<ol><li>[主题分类]<span>林业</span></li><li>[发文字号]<span>{NUMBER}</span></li><li>[发布日期]<span>2024-03-22</span></li></ol>",
    "beside the time": f"<div>发文字号：{NUMBER}　　发布时间：2024年03月22日 16:30　来源：县林业局</div>",
}


@pytest.mark.parametrize("record", RECORD.values(), ids=RECORD)
def test_a_pages_record_gives_its_facts_and_no_lines_but_the_number(record: str) -> None:
    made = page(f"<div><div>{record}</div>{HEADLINE}<div>{ps(BODY)}</div></div>")
    assert lines(made) == [NUMBER, TITLE, *BODY]
    found = facts(made)
    assert found["page_date"] == "2024-03-22"
    assert NUMBER in found.values()
    # Where the notice prints its number the record adds nothing.
    printed = page(f"<div><div>{record}</div>{HEADLINE}<div>{ps([NUMBER, *BODY])}</div></div>")
    assert lines(printed) == [TITLE, NUMBER, *BODY]


@pytest.mark.parametrize(
    ("shown", "signature", "first"),
    [
        ("2024-03-20", SIGNED[:1], ["成文日期：2024-03-20"]),
        ("2024年3月20日", SIGNED, []),
        ("2024-03-20", ["石桥县林业局", "二〇二四年三月二十日"], []),
    ],
)
def test_the_day_of_issue_is_taken_from_the_record_only_where_nothing_else_gives_it(
    shown: str, signature: list[str], first: list[str]
) -> None:
    record = f"<table><tr><td>索引号：</td><td>A-1</td><td>主题分类：</td><td>林业</td></tr><tr><td>成文日期：</td><td>{shown}</td><td>有效性：</td><td>有效</td></tr></table>"
    body = [*LETTER, *PLAN, *signature]
    assert lines(page(f"<div>{record}{HEADLINE}<div>{ps(body)}</div></div>")) == [*first, TITLE, *body]


def test_a_table_that_lists_documents_is_no_record() -> None:
    table = (
        "<table><tr><td>序号</td><td>文件名称</td><td>文号</td><td>发文机关</td><td>发布日期</td></tr>"
        "<tr><td>1</td><td>关于护林的通知</td><td>石林发〔2001〕1号</td><td>县林业局</td><td>2001-02-03</td></tr></table>"
    )
    found = read(page(f"<div>{HEADLINE}{ps(BODY)}{table}</div>"))
    assert len(found.tables) == 1
    assert found.text.endswith("石林发〔2001〕1号\t县林业局\t2001-02-03")


@pytest.mark.parametrize(
    ("under", "day"),
    [
        ("发布于 2024/3/22", "2024-03-22"),
        ("[2024-03-22]", "2024-03-22"),
        ("时间：2024-03-22 00:00:00  来源：办公室  浏览：3", "2024-03-22"),
        ("日期：2024年3月22日", "2024-03-22"),
        ("2024-03-30 09:12  来源：某报", "2024-03-30"),
        ("阅读：20　2024-03-22 10:00　来源：林业局", "2024-03-22"),
        ("信息时间：2024.03.22　阅读次数：5", "2024-03-22"),
        ("2024年03月22日 10:11 来源：办公室", "2024-03-22"),
        ("成文日期：2024-03-20 来源：办公室", None),
        ("（2024年3月22日）", None),
        ("活动期 2024-04-01至2024-04-07", None),
        ("", None),
    ],
)
def test_the_pages_date(under: str, day: str | None) -> None:
    made = page(f"<div>{HEADLINE}<div>{under}</div><div>{ps(BODY)}</div></div>")
    assert facts(made).get("page_date") == day


@pytest.mark.parametrize("written", ["20240322", "2024-03-22T09:30:00+08:00", "2024年03月22日"])
def test_the_pages_date_in_its_head(written: str) -> None:
    made = page(HEADLINE + ps(BODY), head=f'<meta name="PubDate" content="{written}">')
    assert facts(made)["page_date"] == "2024-03-22"


@pytest.mark.parametrize(
    "line",
    [
        "时间：4月1日上午9:00", "活动时间2024年4月至5月", "地点：县文化馆", "来源：省级补助资金", "主办单位：石桥县林业局", "联系电话：0000-7654321", "参赛作品版权归主办方所有",
        "技术支持：张工，电话0000-1234567", "网站首页开设专栏，宣传爱鸟知识", "打击侵权假冒行为",
    ],
)  # fmt: skip
def test_lines_that_look_like_a_pages_own_and_are_the_notices(line: str) -> None:
    body = [*LETTER, line, *PLAN, *SIGNED]
    assert lines(page(f"<div>{HEADLINE}{ps(body)}</div>")) == [TITLE, *body]
    # Nor does anything after it go: the plan may end with who organises it.
    last = [*LETTER, *PLAN, "四、组织单位", line]
    assert lines(page(f"<div>{HEADLINE}{ps(last)}</div>")) == [TITLE, *last]


def test_numbers_a_browser_puts_before_items() -> None:
    items = "<ol><li>加强领导。</li><li>及时总结。</li></ol><ol start=3><li>报送材料。</li></ol><ol><li>（一）已有序号。</li></ol><ul><li>没有序号。</li></ul>"
    document = read(page(f"<div>{HEADLINE}{ps(LETTER)}{items}{ps(SIGNED)}</div>"))
    assert document.text.split("\n")[3:8] == ["1.加强领导。", "2.及时总结。", "3.报送材料。", "（一）已有序号。", "没有序号。"]  # fmt: skip
    start = document.text.index("1.加强")
    assert document.place(start + 2).column == 1  # the number itself is no character of the file


def test_files_are_linked_by_their_names() -> None:
    files = (
        '<ul><li>附件【<a href="/system/download.jsp?wbfileid=7">回执.docx</a>】</li></ul>'
        '<div><span>附件下载</span><a href="javascript:void(0)" onclick="down(1)">统计表.xlsx</a></div>'
    )
    document = read(page(f"<div>{HEADLINE}<div>{ps(BODY)}</div>{files}</div>"))
    assert [(document.quote(link.span), link.target) for link in document.links] == [
        ("回执.docx", "/system/download.jsp?wbfileid=7"),
        ("统计表.xlsx", ""),
    ]
    plain = read(
        page(f'<div>{HEADLINE}{ps(BODY)}<p><a href="javascript:history.go(-1)">返回上页</a></p></div>')
    )
    assert plain.links == ()


def test_a_frameset_is_told_as_such() -> None:
    with pytest.raises(NoText, match="frameset"):
        read(
            "<html><head><title>某局</title></head><frameset><frame src=a.htm><noframes><body>不支持框架</body></noframes></frameset></html>"
        )


def test_damaged_bytes_cost_only_themselves() -> None:
    cut = page(HEADLINE + ps(BODY) + "<p>字").replace("</body></html>", "").encode()[:-5]
    assert lines(cut)[: len(BODY) + 1] == [TITLE, *BODY]
    blanks = page(HEADLINE + ps(BODY)).encode("gb18030").replace(b"<p>", b"<p>\xa3\xa0\xa3\xa0")
    assert lines(blanks) == [TITLE, *BODY]
