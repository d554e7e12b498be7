"""The record a government page or a law library prints with a notice: 索引号, 发文字号, 成文日期 and the like.

It comes as ``label：value`` (one or several in a line, in a table's row, behind a bullet), as ``【label】value``, or with
label and value on lines of their own.
"""

from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.sections.letter import ADDRESSED
from extractor.sections.titles import ends_title

_LABELS = (
    r"(?:索引号|信息索引|统一编号|主题分类|信息分类|法规类别|公文种类|文件类型|组配分类|体裁|关键词|发文(?:单位|机关|机构|字号|文号|日期|时间)|"
    r"(?:发布|制发|公开|颁布|印发|成文|责任)(?:机构|单位|部门|机关)|(?:成文|发布|公开|公布|颁布|印发|生成|生效|施行|实施|废止|失效)(?:日期|时间)|"
    r"(?:文件|信息)?(?:标题|名称)|文号|文件编号|有效性|时效性|效力(?:状态|级别)|文件状态|是否有效|有效期|公开(?:方式|范围|形式|类别)|文件下载|相关解读|"
    r"内容概述|字体大小|语种)"
)
_CELL = lazy(rf"(?:^[-·|【]*|[|【])(?P<label>{_LABELS})(?:[】：|]|$)")
_ALONE = lazy(rf"^[-·]?{_LABELS}：?$")
_LONGEST = 60
_FEWEST = 3  # labels; a letter may name one or two of them itself


def record_lines(lines: Sequence[str], stop: int) -> set[int]:
    """The lines above ``stop`` that belong to a page's record; titles among them are left out."""
    labels: set[str] = set()
    at: list[int] = []
    for i in range(stop):
        if found := [match["label"] for match in _CELL.finditer(lines[i])]:
            labels.update(found)
            at.append(i)
    if len(labels) < _FEWEST:
        return set()
    last = at[-1]
    below = last + 1
    if _ALONE.match(lines[last]) and below < stop and len(lines[below]) <= _LONGEST:
        last = below
    if any(ADDRESSED.match(lines[i]) and i not in at for i in range(at[0], last + 1)):
        return set(at)
    return {i for i in range(at[0], last + 1) if i in at or not ends_title(lines, i)}
