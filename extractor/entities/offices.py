"""Places to send things to or fetch them from that no label names: an office inside a body, a room in brackets."""

from collections.abc import Iterator

from extractor.model import ContactValue, Manuscript, Mention
from extractor.patterns import lazy

_SENT_TO = lazy(r"(?:报|寄|提交|反馈|电邮|发送|发(?=至|到|给))送?(?:给|到|至)?(?P<place>[一-鿿]{4,34})")
_OFFICE = lazy(
    r".{1,16}?(?:局|委|办|部|厅|会|院|府).{2,14}?(?:科室?|处|股|中心|(?<!办公)室)(?=$|邮箱|电话|联系)"
)
_ROOMED = lazy(r"[科处股室]|中心")  # what every _OFFICE holds
# Behind 到 and （ one pass to the next 领 or 楼, 号, 室 tells most of those that are none.
_ROOM = lazy(
    r"到(?=[^，。；：（）\n领]*+领)(?P<fetch>[^，。；：（）\n]{2,24}?(?:室|处|科|股|楼|中心|大厅|\d号))领取"
    r"|寄(?:送|交)?(?:至|到)?(?P<post>[^，。；：（）\n]{0,20}(?:路|街|道|巷|\d号|\d室|楼|院)[^，。；：（）\n]{0,24}?(?:号|室|楼|院|科|处|股|局|办|中心|会))(?=[，。；（）\n]|\Z)"
    r"|（(?=[^（），。：；\n〔[号楼室]*+[号楼室])(?P<room>[^（），。：；\n〔[]{0,24}(?:\d号|[一二三四五六七八九十\d]+楼|\d室|(?:行政|办公|综合|大)楼)[^（），。：；\n]{0,8})）"
)


def find_offices(manuscript: Manuscript) -> Iterator[Mention]:
    """The office inside a body to which something is sent (报送某局某科): a place, though not a postal one."""
    reading = manuscript.reading
    for match in _ROOM.finditer(reading.chars):
        name = match.lastgroup or ""
        span = reading.span(*match.span(name))
        if manuscript.outline.zone_at(span.start) != "web":
            purpose = {"fetch": "领取", "post": "邮寄"}.get(name, "报送")
            yield Mention("contact", span, ContactValue("address", match[name], purpose), "", 0.8)
    for match in _SENT_TO.finditer(reading.chars):
        office = _OFFICE.match(match["place"]) if _ROOMED.search(match["place"]) else None
        if office:
            span = reading.span(match.start("place"), match.start("place") + office.end())
            if manuscript.outline.zone_at(span.start) != "web":
                yield Mention("contact", span, ContactValue("address", office[0], "报送"), "report_to", 0.7)
