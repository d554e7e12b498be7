"""Whether a text only tells of a notice: a news report has none of a letter's parts, and speaks as a reporter does.

A speech or a summary of what was done says so in its title.
"""

from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.frame import Frame
from extractor.sections.letter import TITLE_END

_DATELINE = lazy(
    r"(?:讯|报道|消息|电)（(?:[^）]{0,12}(?:记者|通讯员)|特约)|^(?:本报|本网|本台)[^，。]{0,6}(?:讯|消息)|记者(?:从[^，。]{2,20}获悉|获悉|了解到)"
)
_TOLD = lazy(
    r"据(?:悉|了解|介绍)，|记者(?:从|在)|拉开(?:了)?[^，。]{0,6}[帷序]幕|"
    r"(?:近日|日前|\d{1,2}月(?:\d{1,2}日|[初底中下上]旬?))，[^。]{2,60}?(?:印发|下发|发布|出台)(?:了)?(?:《|通知，)|"
    r"(?:近日|日前)，[^。；]{2,40}?(?:开展|举办|举行|组织|启动)了?|共(?:发放|张贴|悬挂|接待|派发)[^。]{0,30}\d(?:余|多)?(?:份|条|人|册|幅)"
)
_SPEAKS = lazy(
    r"(?:如下|制定|制订)[^。，]{0,12}(?:方案|计划|意见)|(?:通知|安排|事项|要求|方案|意见)[^。，]{0,6}如下|如下[：:。]|"
    r"现(?:将|就)[^。]{2,60}(?:印发|转发|通知|明确|安排)|请(?:各|认真|结合|于|将)|[我本](?:局|委|厅|校|院|街道|单位|公司)|^[一二三四五]、[^，。；]{2,14}$"
)
_ELSE = lazy(
    r"^在[^，。；：]{4,60}(?:上|时|中)的[^，。；：]{0,10}(?:讲话|致辞|致词|发言|演讲)(?:稿|提纲|摘要)?$|^(?!.*(?:关于|转发|印发|报送))[^，。；：]{6,40}(?:工作|活动)(?:总结|小结|汇报|纪实|简报)(?:报告|材料)?$"
)
_TOP = 4
_AS_FOLLOWS = lazy(r"如下[：。]|现将[^。]{2,60}(?:印发|转发)")
_LINES = 12


def is_report(lines: Sequence[str], found: Frame) -> bool:
    """True for a text without 文号, addressees, signature and notice's title that reports on a notice and asks nothing.

    A speech may have addressees and a day: those it is held before, and on.
    """
    if found.title is None and found.doc_number is None and any(map(_ELSE.match, lines[:_TOP])):
        return True
    if found.doc_number is not None or found.addressees is not None or found.issue_date is not None:
        return False
    if found.title is not None and TITLE_END.search(lines[found.title[1]]):
        return False
    own = [line for i, line in enumerate(lines[: found.body + _LINES]) if found.zones[i] != "web"]
    if any(map(_DATELINE.search, own)):
        return not any(map(_AS_FOLLOWS.search, own))
    return any(map(_TOLD.search, own)) and not any(map(_SPEAKS.search, own))
