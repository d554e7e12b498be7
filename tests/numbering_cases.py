"""Lists as notices number them, each with the text Word prints (ECMA-376 part 1, 17.9 and 17.18.59).

Compared with LibreOffice's text export too. ``office`` holds what that export shows where it leaves the standard: it knows
neither ``w:isLgl`` nor ``w:lvlRestart`` nor ⑴ and ⒈, and writes ``ideographDigital`` as 十.
"""

from msgspec import Struct

from tests.made_docx import abstract, level, make_docx, num, para, style


class Case(Struct, frozen=True):
    """``body``, ``numbering``, ``styles``: XML; ``printed``: the lines; ``office``: LibreOffice's, where it differs."""

    name: str
    body: tuple[str, ...]
    numbering: str
    printed: tuple[str, ...]
    styles: str = ""
    office: tuple[str, ...] | None = None

    def raw(self) -> bytes:
        return make_docx(self.body, numbering=self.numbering, styles=self.styles)


def _simple(
    format_: str, text: str, count: int, printed: tuple[str, ...], start: int = 1, **more: object
) -> Case:
    office = more.pop("office", None)
    assert not more
    return Case(
        f"{format_}-{start}",
        tuple(para("项", (1, 0)) for _ in range(count)),
        abstract(0, level(0, format_, text, start)) + num(1, 0),
        tuple(f"{p}项" for p in printed),
        office=None if office is None else tuple(f"{p}项" for p in office),  # type: ignore[attr-defined]
    )


OUTLINE = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3．"),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircle", "%5"),
)
_OUTLINE = abstract(0, *OUTLINE) + num(1, 0)


def _override(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def _levels(*pairs: tuple[int, int]) -> tuple[str, ...]:
    return tuple(para("项", pair) for pair in pairs)


CASES: tuple[Case, ...] = (
    _simple(
        "chineseCounting",
        "%1、",
        12,
        ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "十一、", "十二、"),
    ),
    _simple("chineseCounting", "%1、", 3, ("十九、", "二十、", "二十一、"), 19),
    _simple(
        "chineseCountingThousand", "第%1条", 4, ("第九十九条", "第一百条", "第一百零一条", "第一百零二条"), 99
    ),
    _simple("chineseCountingThousand", "%1、", 3, ("一百零九、", "一百一十、", "一百一十一、"), 109),
    _simple("chineseCountingThousand", "%1、", 2, ("一千零一、", "一千零二、"), 1001),
    _simple("japaneseCounting", "%1、", 3, ("九、", "十、", "十一、"), 9),
    _simple("taiwaneseCountingThousand", "（%1）", 3, ("（十）", "（十一）", "（十二）"), 10),
    _simple(
        "ideographDigital",
        "%1、",
        4,
        ("八、", "九、", "一〇、", "一一、"),
        8,
        office=("八、", "九、", "十、", "十一、"),
    ),
    _simple("decimal", "%1.", 3, ("1.", "2.", "3.")),
    _simple("decimal", "%1)", 3, ("9)", "10)", "11)"), 9),
    _simple("decimalZero", "%1", 3, ("08", "09", "10"), 8),
    _simple("decimalFullWidth", "（%1）", 3, ("（９）", "（１０）", "（１１）"), 9),
    _simple("decimalEnclosedCircle", "%1", 3, ("①", "②", "③")),
    _simple("decimalEnclosedCircleChinese", "%1", 3, ("⑧", "⑨", "⑩"), 8),
    _simple("decimalEnclosedFullstop", "%1", 2, ("⒈", "⒉"), office=("1", "2")),
    _simple("decimalEnclosedParen", "%1", 2, ("⑴", "⑵"), office=("1", "2")),
    _simple("lowerLetter", "%1.", 3, ("y.", "z.", "aa."), 25),
    _simple("upperLetter", "%1、", 3, ("A、", "B、", "C、")),
    _simple("lowerRoman", "%1.", 4, ("iii.", "iv.", "v.", "vi."), 3),
    _simple("upperRoman", "%1、", 3, ("IX、", "X、", "XI、"), 9),
    _simple("ideographTraditional", "%1、", 3, ("甲、", "乙、", "丙、")),
    _simple("ideographZodiac", "%1、", 3, ("子、", "丑、", "寅、")),
    _simple("chineseLegalSimplified", "%1、", 3, ("壹、", "贰、", "叁、")),
    _simple("none", "附件", 2, ("附件", "附件")),
    Case(
        "outline",
        _levels((1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 4), (1, 4), (1, 0), (1, 1), (1, 2)),
        _OUTLINE,
        (
            "一、项",
            "（一）项",
            "（二）项",
            "1．项",
            "2．项",
            "（1）项",
            "①项",
            "②项",
            "二、项",
            "（一）项",
            "1．项",
        ),
    ),
    Case(
        "plain-paragraphs-between",
        (
            para("项", (1, 0)),
            para("正文"),
            para("项", (1, 0)),
            para("正文"),
            para("项", (1, 1)),
            para("项", (1, 0)),
        ),
        _OUTLINE,
        ("一、项", "正文", "二、项", "正文", "（一）项", "三、项"),
    ),
    Case(
        "shared-counter",
        _levels((1, 0), (2, 0), (1, 0)),
        abstract(0, *OUTLINE) + num(1, 0) + num(2, 0),
        ("一、项", "二、项", "三、项"),
    ),
    Case(
        "start-override",
        _levels((1, 0), (1, 0), (2, 0), (2, 0)),
        abstract(0, *OUTLINE) + num(1, 0) + num(2, 0, _override(0, 1)),
        ("一、项", "二、项", "一、项", "二、项"),
    ),
    Case(
        "start-override-five",
        _levels((1, 0), (2, 0), (2, 0)),
        abstract(0, *OUTLINE) + num(1, 0) + num(2, 0, _override(0, 5)),
        ("一、项", "五、项", "六、项"),
    ),
    Case(
        "two-lists",
        _levels((1, 0), (2, 0), (1, 0), (2, 0)),
        abstract(0, *OUTLINE) + abstract(1, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 1),
        ("一、项", "1.项", "二、项", "2.项"),
    ),
    Case(
        "never-restart",
        _levels((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)),
        abstract(0, OUTLINE[0], level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        ("一、项", "1.项", "2.项", "二、项", "3.项"),
        office=("一、项", "1.项", "2.项", "二、项", "1.项"),
    ),
    Case(
        "restart-after-first-level-only",
        _levels((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)),
        abstract(0, OUTLINE[0], OUTLINE[1], level(2, "decimal", "%3.", extra='<w:lvlRestart w:val="1"/>'))
        + num(1, 0),
        ("一、项", "（一）项", "1.项", "2.项", "（二）项", "3.项", "二、项", "（一）项", "1.项"),
        office=("一、项", "（一）项", "1.项", "2.项", "（二）项", "1.项", "二、项", "（一）项", "1.项"),
    ),
    Case(
        "several-levels-in-one-number",
        _levels((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1)),
        abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
        + num(1, 0),
        ("1项", "1.1项", "1.1.1项", "1.1.2项", "1.2项", "2项", "2.1项"),
    ),
    Case(
        "legal-numbers",
        _levels((1, 0), (1, 0), (1, 1), (1, 1)),
        abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>"))
        + num(1, 0),
        ("第一章项", "第二章项", "2.1项", "2.2项"),
        office=("第一章项", "第二章项", "二.1项", "二.2项"),
    ),
    Case(
        "without-legal-numbers",
        _levels((1, 0), (1, 1)),
        abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2")) + num(1, 0),
        ("第一章项", "一.1项"),
    ),
    Case(
        "level-override-with-definition",
        _levels((1, 0), (2, 0), (2, 0)),
        abstract(0, *OUTLINE)
        + num(1, 0)
        + num(
            2,
            0,
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>{level(0, "decimal", "（%1）")}</w:lvlOverride>',
        ),
        ("一、项", "（1）项", "（2）项"),
    ),
    Case(
        "through-paragraph-styles",
        (
            para("项", style="Head"),
            para("项", style="Sub"),
            para("项", style="Sub"),
            para("正文"),
            para("项", style="Head"),
        ),
        abstract(
            0,
            level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="Head"/>'),
            level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="Sub"/>'),
        )
        + num(1, 0),
        ("一、项", "（一）项", "（二）项", "正文", "二、项"),
        style("Normal", default=True)
        + style("Head", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', base="Normal")
        + style(
            "Sub", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>', base="Normal"
        ),
    ),
    Case(
        "inherited-from-a-base-style",
        (para("项", style="Child"), para("项", style="Child")),
        abstract(0, *OUTLINE) + num(1, 0),
        ("一、项", "二、项"),
        style("Base", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style("Child", base="Base"),
    ),
    Case(
        "switched-off-in-the-paragraph",
        (para("项", style="Head"), para("无", (0, 0), style="Head"), para("项", style="Head")),
        abstract(0, *OUTLINE) + num(1, 0),
        ("一、项", "无", "二、项"),
        style("Head", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    ),
    Case(
        "linked-list-style",
        _levels((2, 0), (2, 1), (2, 0)),
        abstract(0, *OUTLINE, extra='<w:styleLink w:val="Official"/>')
        + abstract(1, extra='<w:numStyleLink w:val="Official"/>')
        + num(1, 0)
        + num(2, 1),
        ("一、项", "（一）项", "二、项"),
        style("Official", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering"),
    ),
    Case(
        "upper-level-never-used",
        _levels((1, 1), (1, 1)),
        _OUTLINE,
        ("（一）项", "（二）项"),
    ),
    Case(
        "unknown-list",
        _levels((9, 0), (1, 0)),
        _OUTLINE,
        ("项", "一、项"),
    ),
    Case(
        "level-not-defined",
        (*_levels((1, 0), (1, 0)), para("项", (1, 7))),
        _OUTLINE,
        ("一、项", "二、项", "项"),
        office=("一、项", "二、项", "1.项"),
    ),
    Case(
        "starts-at-zero",
        _levels((1, 0), (1, 0)),
        abstract(0, level(0, "decimal", "%1.", 0)) + num(1, 0),
        ("0.项", "1.项"),
    ),
    Case(
        "number-between-words",
        _levels((1, 0), (1, 0)),
        abstract(0, level(0, "decimal", "附件%1：")) + num(1, 0),
        ("附件1：项", "附件2：项"),
    ),
    Case(
        "upper-number-in-a-deep-level",
        _levels((1, 0), (1, 1), (1, 2)),
        abstract(0, OUTLINE[0], OUTLINE[1], level(2, "decimal", "%1%2%3")) + num(1, 0),
        ("一、项", "（一）项", "一一1项"),
    ),
)
