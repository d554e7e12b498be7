"""Where a heading ends and its body begins on one line, and how an item's title is told from a sentence."""

from extractor.patterns import lazy
from extractor.rulebook.sections import SectionRules

_SENTENCE_END = lazy(r"[。；！？]")
_SENTENCE_WORDS = lazy(r"^(?:请|各|要|应|须|凡|对|为|由|将|在|自|从|本|我|经|根据|按照|以|\d)")
_SHORT_NAME = lazy(r"(?:主题|时间|地点)(?![活宣为是的教班党日演征展和与及、，性安要节段：])")
_SECOND = lazy(
    r"(?:和|与|及|、)(?P<name>时间|主题|地点|内容|活动时间|活动主题|活动内容|活动地点)(?=[：。，\d（“]|$)"
)
_RUN_ON = lazy(
    r"(?:[^，。；：！？（）]{4,20}|[^，。；：！？（）]{4,9}，[^，。；：！？（）]{4,9}?)"
    r"(?=各(?:单位|部门|级|地|县|区|市|乡|镇|街|村|学|科|处|有关|相关|成员)|要(?:充分|高度|切实|加强|认真|把|将|进一步|结合)|通过|根据|按照|围绕|为(?:加强|确保|进一步|认真|深入|切实|做好)|"
    r"(?:本|此)次|今年|(?:19|20)\d\d年|\d{1,2}月|以[^，。；：]{2,30}为)"
)
_TIME_RUN_ON = lazy(
    r"[^，。；：！？“”《》（）\d]{0,6}时间(?=(?:19|20)\d\d年\d|\d{1,2}月\d)"
)  # 活动时间2023年4月20日
_TITLE_STOP = lazy(r"[。；]|：(?!\d)")
# 报名地点：…: a label and its value, or a word and what is said of it. A stage or a number is no label (第一阶段：宣传发动).
_LABEL = lazy(
    r"(?!第?[一二三四五六七八九十\d])(?:[^，。；：！？“”《》（）\d]{1,12}"
    r"(?:时间|日期|地点|地址|对象|范围|种类|类别|人员|单位|人数|名额|名称|方式|办法|条件|标准|期限|费用|目的|程序|材料|事项|电话)(?=：)"
    r"|[^，。；：！？“”《》（）\d]{2,12}(?<![一二三四五六七八九十为是于有下])(?=：(?!\d).*(?:。|.{20})))"
)
_LONGEST_LABEL = 14
_STAGE = lazy(r"（[^（）]*\d{1,2}月[^（）]*）$")
_ASKING = lazy(r"^(?:请|各[^类种项]|要|凡)|请(?:于|各|在|将)|(?:应当|必须|务必)")
_WHOLE_LINE = 14  # an item that is one finished sentence and nothing else is a sentence, not a title
_FINISHED = ("。", "；", "！", "？")


def heading_length(content: str, rules: SectionRules, printed_break: int | None, inline: bool = False) -> int:
    """How many characters of a line's ``content`` (after its ordinal) are heading; 0 when the line is a sentence.

    ``printed_break``: where the printed line has its first blank after at least two characters, counted in read
    characters: in texts without line breaks a blank parts heading and body. ``inline``: the line is a piece of a text
    without line breaks, where nothing parts a section's name from its body.
    """
    named = _named(content, rules) if inline else 0
    if named:
        return named
    name = rules.leading(content)
    if name and name != content.rstrip("：。"):
        after = content[len(name)]
        return len(name) + (1 if after == "。" else 0)
    if labelled := _labelled(content):
        return labelled
    if printed_break and len(content) > printed_break + 2:
        head = content[:printed_break]
        if rules.exact(head.rstrip("。：")):
            return printed_break
    if len(content) <= 32 and not _SENTENCE_END.search(content[:-1]) and "，" not in content[:-1]:
        return 0 if content.endswith(_FINISHED) and _SENTENCE_WORDS.match(content) else len(content)
    if (
        len(content) <= 32
        and not content.endswith(("。", "；", "，", "："))
        and content.count("，") <= 2
        and not _SENTENCE_END.search(content)
    ):
        return len(content)
    first = _SENTENCE_END.search(content)
    if first and content[first.start()] == "。":
        lead = content[: first.start()]
        whole = first.end() == len(content)
        if (
            len(lead) <= 26
            and lead.count("，") <= (1 if not whole else 0)
            and not _SENTENCE_WORDS.match(lead)
        ):
            return first.end()
        if whole and len(lead) <= 18 and lead.count("，") <= 1 and not _SENTENCE_WORDS.match(lead):
            return first.end()
    longest = rules.beginning(content)
    if longest and len(content) > 32 and content[len(longest)] not in "的是为和与及、，":
        return len(longest)
    return _poured(content, printed_break) if inline else 0


def _named(content: str, rules: SectionRules) -> int:
    """How many characters of a piece of a text without line breaks are a section's name, 0 when it begins with none."""
    name = rules.beginning(content)
    if not name:
        short = _SHORT_NAME.match(content)
        return short.end() if short else 0
    end = _joined(content, len(name), rules)
    # What is one character longer was cut off within its last word.
    return len(content) if len(content) == end + 1 else end + content.startswith("。", end)


def _joined(content: str, end: int, rules: SectionRules) -> int:
    """Where a name that ends at ``end`` is joined by another ends (活动时间和主题), else ``end``."""
    match = _SECOND.match(content, end)
    return match.end() if match and rules.exact(match["name"]) else end


def _poured(content: str, printed_break: int | None) -> int:
    """The heading's length in a text without line breaks: to the blank that was one, or to what begins a sentence."""
    if _SENTENCE_WORDS.match(content):
        return 0
    if printed_break and not _SENTENCE_END.search(content, 0, printed_break):
        return printed_break
    run_on = _RUN_ON.match(content)
    return run_on.end() if run_on else 0


def _labelled(content: str) -> int:
    """Where a label in front of its value ends: 报名地点：…, 活动时间2023年4月20日; 0 without one."""
    if day := _TIME_RUN_ON.match(content):
        return day.end()
    if 0 < content.find("：", 0, _LONGEST_LABEL + 1) < len(content) - 1 and not _SENTENCE_WORDS.match(
        content
    ):
        label = _LABEL.match(content)
        return label.end() if label else 0
    return 0


def title_length(content: str, last_line: bool) -> int:
    """How many characters of an item's ``content`` are its title, without the final 。; 0 when it has none.

    ``last_line``: whether the item's text goes on in further lines (then a line without 。 is all title).
    """
    first = _TITLE_STOP.search(content)
    if not first:
        return len(content) if len(content) <= 50 and not (last_line and _is_sentence(content)) else 0
    lead = content[: first.start()]
    if content[first.start()] == "；" or not lead:
        return 0
    if content[first.start()] == "：":
        return len(lead) if len(lead) <= 16 and not _SENTENCE_WORDS.match(lead) and "，" not in lead else 0
    if len(lead) > 48 or _is_sentence(lead):
        return 0
    if last_line and first.end() == len(content) and len(lead) > _WHOLE_LINE:
        return 0
    stage = _STAGE.search(lead)
    return stage.start() if stage else len(lead)


def _is_sentence(lead: str) -> bool:
    return ("，" in lead and (len(lead) > 20 or lead.count("，") > 1)) or bool(_ASKING.search(lead))
