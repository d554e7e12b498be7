"""The grammar of Chinese date expressions over a reading (no blanks, half-width digits, ``-`` for every dash).

What is not a date stays out by construction: 文号 (〔2023〕12号), phone numbers, decimals, 《…》 is left to the caller.
"""

import re
from collections.abc import Iterator

HAN = "一二三四五六七八九十"
ZERO = "〇零○O0Ο０"
YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}|[一二][{ZERO}一二三四五六七八九]{{3}})"
N_MONTH = (
    rf"(?:(?<![\d.·])(?:1[0-2]|0?[1-9]|\d{{2}})|(?<![{HAN}]){{0}}(?:十[一二]?|[一二三四五六七八九]))".replace(
        "{0}", ""
    )
)
N_DAY = rf"(?:[0-3]?\d|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
PART = r"(?:上中旬|中上旬|中下旬|上旬|中旬|下旬|初|中|底|末|份?全月|整月)"
SEP = r"(?:至|到|-{1,4}|~{1,2})"
WEEKDAY = r"(?:（?(?:星期|周|礼拜)(?P<{name}>[一二三四五六日天])）?)"
DAYTIME = r"(?:上午|下午|晚上|中午|早上|凌晨|傍晚|晚|早)"
CLOCK = r"\d{1,2}(?:：\d{2}|[点时](?:\d{1,2}分?|半|整)?)"
TIME = rf"(?:{DAYTIME}?{CLOCK}(?:{SEP}{DAYTIME}?{CLOCK})?|{DAYTIME}(?!{HAN}))"
BEFORE = r"(?:之前|以前|前(?!后|期|往|来|提|夕|沿|茅|列|款)|止)"

DAY = re.compile(
    rf"(?:(?P<now>即日起|自即日|即日)(?:起)?{SEP})?"
    rf"(?:(?P<y>{YEAR})年(?:的)?)?(?P<m>{N_MONTH})月(?:份)?(?P<d>{N_DAY})"
    rf"(?:(?P<list>(?:[日号]?[、和及]{N_DAY}(?=[日号、和及]))+)[日号]"
    rf"|(?P<sign>[日号])?{WEEKDAY.format(name='w1')}?(?P<t1>{TIME})?"
    rf"(?:{SEP}(?:(?P<next>次年|翌年)|(?P<y2>{YEAR})年)?(?:(?P<m2>{N_MONTH})月)?(?P<d2>{N_DAY})(?P<sign2>[日号])?{WEEKDAY.format(name='w2')}?(?P<t2>{TIME})?)?)"
    rf"(?P<before>{BEFORE})?"
)
MONTH = re.compile(
    rf"(?:(?P<now>即日起|自即日)(?:起)?{SEP})?"
    rf"(?:(?P<y>{YEAR})年(?:的)?)?(?:(?P<m0>{N_MONTH})月?{SEP})?(?P<m>{N_MONTH})月(?P<part>{PART}|份)?"
    rf"(?:(?:开始)?[，]?{SEP}(?:(?P<next>次年|翌年)|(?P<y2>{YEAR})年)?(?P<m2>{N_MONTH})月(?P<part2>{PART}|份)?)?(?P<before>{BEFORE})?"
)
SPAN = re.compile(rf"(?P<y>{YEAR})年?{SEP}(?P<y2>{YEAR}|\d{{2}}(?=年))年(?:度)?")
ANNUAL = re.compile(rf"(?P<y>{YEAR})年(?:度)?(?P<part>年?[初底末]前?|上半年|下半年|第?[一二三四]季度)?")
NUMERIC = re.compile(
    r"(?<![\d.\-/A-Za-z〔（])(?P<y>(?:19|20)\d{2})(?P<s>[-./、])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d\-./、]|\.\d)"
    r"(?P<t1>\d{1,2}：\d{2}(?:：\d{2})?)?"
)
LABEL = re.compile(
    r"(?<![\d.·])(?P<m>1[0-2]|[1-9])[.·](?P<d>3[01]|[12]\d|[1-9])(?![\d.·%元万亿米个倍分])(?=[”]|[一-鿿])"
)
ANNIVERSARY = re.compile(rf"(?P<name>[一-鿿“”·A-Z]{{2,24}}?)(?P<n>\d{{1,3}}|[{HAN}百零]{{1,5}})$")
ORDINAL = re.compile(
    rf"第(?P<n>\d{{1,3}}|[{HAN}百零]{{1,4}})(?P<c>个|届|次)(?P<name>(?:[“《]?[一-鿿·0-9]{{1,12}}[”》]?){{1,3}}?(?:日|周|月|节|(?<!少)年))(?![期起])"
)
NAMED = re.compile(
    r"“?十[一二三四五六]?五”?(?=规划|时期|期间|国家|知识|纲要|”|开局|末|收官|[一-鿿]{2,10}规划)(?:时期|期间)?"
    r"|新时代(?:十年|以来)|党的[一二三十]{2,3}大(?:(?:特别是|以来)?(?:党的)?[一二三十]{2,3}大)?以来|全年"
)
RELATIVE = re.compile(
    r"(?P<anchor>(?:(?:宣传|活动|科技|推普|质量|安全生产|专利|教育|科普|宪法|消防|节能|文化|禁毒|防灾减灾|用药|卫生)(?:活动)?(?:周|月|日|季)|本次|整个)?(?:宣传)?(?:教育)?(?:活动)?)"
    r"(?P<rel>(?<!年)(?<!限)期间|(?:全部)?结束(?:之?后|以后)?)"
    rf"(?P<within>(?:的|之日起)?(?:(?P<n>\d{{1,2}}|[{HAN}两半]{{1,3}})(?P<unit>个?(?:工作日|天|日|周|星期|礼拜|月))(?:之?内|以内)|及时|当[日天]))?"
)
FLOATING = re.compile(
    rf"(?:每(?:周|星期)[一二三四五六日天]|每[月年季]|第[一二三四]季度|(?:本|当|今)?(?:月|年)底(?:之?前)|(?:上|下)半年)"
)
PLACEHOLDER = re.compile(
    r"(?:20|19)?[xX×＊*○〇_]{1,4}年(?:(?:\d{1,2}|[xX×*○_]{1,2})月(?:(?:\d{1,2}|[xX×*○_]{1,2})日?)?"
    rf"(?:{SEP}(?:(?:\d{{1,2}}|[xX×*]{{1,2}})月)?(?:\d{{1,2}}|[xX×*]{{1,2}})日)?)?"
    r"|(?:19|20)\d[xX×*]年(?:\d{1,2}月(?:\d{1,2}日?)?)?|[xX×]{1,2}月[xX×]{1,2}日|(?:19|20)\d{2}年月日"
)
LOST = re.compile(
    r"(?<![\d〔\-])(?P<m>[1-9]|1[0-2])(?P<d>[0-3]\d)(?:(?P<sign>日)|-{1,3}(?P<m2>[1-9]|1[0-2])(?P<d2>[0-3]\d)(?!\d)日?)"
)
LUNAR = re.compile(
    r"(?:农历|阴历)(?:[一-鿿]{2}年)?(?:正|腊|冬|[一二三四五六七八九十]{1,2})月(?:初|廿|十|三十)?[一二三四五六七八九十]{0,2}"
)
DOC_NUMBER = re.compile(r"[〔\[（【](?P<y>(?:19|20)\d{2})[〕\]）】]第?\d+号")
WITHIN = re.compile(
    rf"(?P<n>\d{{1,2}}|[{HAN}两]{{1,3}})(?P<unit>个?(?:工作日|天|日|周|星期|月))(?:之?内|以内)(?=[^，。；]{{0,12}}(?:报|送|反馈|提交|完成))"
)

# Where to look: a grammar runs only round these signs, with so many characters before and after them.
NEAR_MONTH = (re.compile("月"), 16, 48)
NEAR_RELATIVE = (re.compile("期间|结束"), 16, 16)
NEAR_PLACEHOLDER = (re.compile(r"[xX×＊*_]年|[xX×]月|[〇○]{2}年|\d[xX×*]年|\d年月"), 6, 24)
NEAR_LOST = (re.compile(r"(?<![月\d])\d{3,4}(?:日|-)"), 1, 14)


def near(
    pattern: re.Pattern[str], where: tuple[re.Pattern[str], int, int], chars: str
) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in the windows round the signs: far cheaper than trying every character."""
    sign, before, after = where
    start = end = -1
    for hit in sign.finditer(chars):
        if hit.start() - before <= end:
            end = hit.end() + after
            continue
        if end >= 0:
            yield from pattern.finditer(chars, start, min(end, len(chars)))
        start, end = max(hit.start() - before, end, 0), hit.end() + after
    if end >= 0:
        yield from pattern.finditer(chars, start, min(end, len(chars)))
