"""The words of Chinese date expressions, as patterns over a reading (no blanks, half-width digits, ``-`` for every dash).

The finder (``dates``) stops at signs such as 年 月 日 周 期 . - and lets the pattern that fits match from where the
expression begins; so no pattern here looks for itself through a text, and none needs a guard on its left.
What is no date stays out by construction: 文号 (〔2023〕12号), telephone numbers, decimals, counts.
"""

import re

from extractor.patterns import lazy

HAN = "一二三四五六七八九十"
ZERO = "〇零○Oo0"
DIGITS = frozenset("0123456789")
NUMERALS = DIGITS | frozenset(HAN + ZERO + "廿卅两")
BLANKED = frozenset("xX×＊*_〇○某")

# -- pieces

# A dash inside a year of Chinese numerals is 一 typed as a line: 二〇—五年.
YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][{ZERO}一二三四五六七八九-][{ZERO}一二三四五六七八九-][{ZERO}一二三四五六七八九])"
MONTH_NUMBER = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九元])"
DAY_NUMBER = r"(?:\d[Oo](?=[日号])|\d{1,2}(?!\d)|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|[廿卅][一二三四五六七八九]?|\d{2})"
# The dash of a web copy may have come out as ？ or 一: 5月11日？17日, 4月20日一26日.
SEP = r"(?:至|到|-{1,4}|~{1,2}|[？一]{1,2}(?=\d))"
SEPARATORS = frozenset("至到-~")
OPENING = SEPARATORS | frozenset("？一")  # what the second half of a range may begin with
YEAR_WORDS = {"今": 0, "本": 0, "去": -1, "上": -1, "明": 1, "来": 1, "次": 1, "翌": 1}
YEAR_WORD = r"(?:今年|本年|去年|上年|明年|来年|次年|翌年)"
MONTH_WORDS = {"本": 0, "上": -1, "下": 1}
WEEK_WORDS = {"本": 0, "这": 0, "上": -1, "下": 1}
DAYTIME = r"(?:上午|下午|晚上|中午|早上|凌晨|傍晚|清晨|早晨|晚间|夜间|全天|晚(?!会|餐|宴|于|报|间)|早(?!期|日|已|在|餐|于|报))"
CLOCK = r"(?:(?:[01]?\d|2[0-5])(?:：\d{2}(?!\d)(?:：\d{2}(?!\d))?[时分]?|[点时](?:\d{1,2}分?|半|整|许)?)|(?:[零〇]|十[一二]?|[一二三四五六七八九])[点时](?:半|整|许|[一二三四五]?十[五]?分)?)"
TIME = rf"(?:{DAYTIME}?{CLOCK}(?:{SEP}{DAYTIME}?{CLOCK})?|{DAYTIME})"
CLOCK_PIECE = lazy(
    rf"({DAYTIME})?(?:(\d{{1,2}})|([零〇{HAN}]{{1,2}})(?=[点时]))(?:：(\d{{2}})(?:：(\d{{2}}))?|[点时](\d{{1,2}}|半|[{HAN}]{{1,3}}(?=分))?)"
)
AFTERNOON = frozenset(("下午", "晚上", "傍晚", "晚间", "夜间", "晚"))
WEEKDAY_NUMBERS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7}
BEFORE = (
    r"(?:（含(?:当日|当天|本日|本数|本级)?）)?"
    r"(?:(?:下班)?(?:之前|以前|前(?!后|期|往|来|提(?![交供出报请])|夕|沿|茅|列|款|瞻|述|置|身|[一两三五七十\d]+个?[天周日星]))|止|截止|为止)"
)
PART = (
    r"(?:上[、和]?中旬|中[、和]?上旬|中[、和]?下旬|[上中下]旬|[上下]半月"
    r"|初(?!中|级|步|次|期|审|评|赛|选|心|稿|三|二|一)|中(?=[，。；、）至到\-~前开举召组完进启\n]|$)|底(?!线|数|层|座|图)|末(?!端|次|级)"
    r"|份?全月|整月)"
)
NTH = {c: i for i, c in enumerate("一二三四五", 1)} | {c: int(c) for c in "12345"}

# -- a day and what may follow it

CLOCK_TIME = lazy(TIME)
DAY = lazy(
    rf"(?P<d>{DAY_NUMBER})(?P<sign>[日号曰])?"
    r"(?:（?[本下]?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])）?)?"
    rf"(?:（(?P<t1>{TIME})）|(?P<t2>{TIME}))?"
)
LIST = lazy(rf"(?P<list>(?:[日号]?(?:[、和及]|以及){DAY_NUMBER}(?=[日号、和及]))+)[日号](?![前内])")
RANGE = lazy(
    rf"(?:(?P<from>起|开始)?，?\n?{SEP}\n?)"
    rf"(?:(?P<next>次年|翌年)|(?P<word>今年|本年|明年|去年|当年|同年)|(?P<y>{YEAR})年)?\n?"
    rf"(?:(?P<part>(?P<pm>{MONTH_NUMBER})月(?:(?P<p>{PART})|份?(?!\n?[\d{HAN}]))|[当本]?月(?P<p2>{PART}))|(?:(?P<m>{MONTH_NUMBER})月\n?)?{DAY.pattern})"
)
LOST_DASH = lazy(r"(?P<d>[0-3]\d)(?P<d2>[0-3]\d)[日号]")
TAIL = lazy(BEFORE)

# -- months, quarters, years

HEAD = lazy(rf"(?:(?P<y>{YEAR}|\d{{2}})年(?:的)?|(?P<word>{YEAR_WORD})的?)\n?")
MONTH = lazy(
    rf"(?:(?P<m0>{MONTH_NUMBER})月?(?:{SEP}|、))?(?P<m>{MONTH_NUMBER})月"
    rf"(?:(?P<nth>份?的?(?:第(?P<n>[一二三四五1-5])(?:个?(?:星期|周)(?P<w>[一二三四五六日天末])?|(?:{SEP}|、|和)第?[一二三四五1-5]个?(?:星期|周))|最后一?个?(?:星期|周)(?![一二三四五六日天])))|(?P<part>{PART})|(?P<fen>份))?"
)
MONTH_RANGE = lazy(
    rf"(?:起|开始)?，?{SEP}\n?(?:(?P<next>次年|翌年)|(?P<word>今年|本年|明年|去年|当年|同年)|(?P<y>{YEAR})年)?"
    rf"(?P<m>{MONTH_NUMBER})月(?:(?P<part>{PART})|(?P<d>{DAY_NUMBER})[日号]|份)?"
)
MONTHS_DAY = lazy(rf"(?P<d>{DAY_NUMBER})[日号]")  # behind 4月至5月
QUARTER = lazy(
    r"(?:第?(?P<q0>[一二三四1-4])(?:、|和|至|到|-|~))?第?(?P<q>[一二三四1-4])季度(?P<end>[末底])?(?P<before>前(?!\d|[一二三四五六七八九十几后期]))?"
)
HALF = lazy(r"(?P<half>[上下])半年(?P<before>前)?")
YEAR_TAIL = lazy(r"(?P<du>度)?(?P<end>年?[底末](?:之?前)?|初)?")
SPAN = lazy(rf"(?P<y>{YEAR})年?度?起?(?:{SEP}|/)(?P<y2>{YEAR}|\d{{2}}(?!\d))(?P<sign>学?年)度?")
_AND = r"(?:[、和与及]|以及)"
# Years in a row with one 年 behind them (2019、2020和2021年), or counted (2019、2020、2021三个年度).
YEARS = lazy(
    rf"(?P<y>{YEAR})年?度?(?:(?:、{YEAR}年?度?)+{_AND}|{_AND}(?<!年[和与及])(?<!度[和与及]))(?P<y2>{YEAR})年度?"
)
COUNTED_YEARS = lazy(
    rf"(?P<years>(?P<y>{YEAR})(?:{_AND}{YEAR})*(?:{_AND}|{SEP})(?P<y2>{YEAR}))(?:这|共|连续)?[两三四五六](?:个(?:学|财)?)?$"
)
BRACKETED_YEARS = lazy(r"(?P<y>20\d{2})-{1,4}(?P<y2>20\d{2})(?=）(?!第?\d+号))")
SCHOOL_YEAR = lazy(rf"(?:{YEAR})年?度?(?:{SEP}|/)(?:{YEAR})学$")
EARLIER_YEAR = lazy(rf"(?:(?<![\d/]){YEAR}年?度?(?:{SEP}|/|{_AND}(?<!年[和与及])(?<!度[和与及])))+$")
EARLIER_NUMBER = lazy(rf"(?:(?<![\d.]){MONTH_NUMBER}|(?<![{HAN}]){MONTH_NUMBER})月?(?:{SEP}|、)$")
EARLIER_DAY = lazy(rf"{DAY_NUMBER}[日号]?(?:{SEP})$")
EARLIER_QUARTER = lazy(r"第?[一二三四1-4](?:、|和|至|到|-|~)$")

# -- digits with signs between them

NUMERIC = lazy(
    r"(?P<y>(?:19|20)\d{2})(?P<s>[-./、])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12]\d|0?[1-9])"
    r"(?P<t>T?(?:[01]\d|2[0-4]|\d)：\d{2}(?:：\d{2})?)?(?!\d)"
)
NUMERIC_RANGE = lazy(
    r"(?:至|到|-{1,4}|~{1,2})(?:(?P<y>(?:19|20)\d{2})(?P<s>[-./]))?(?P<m>1[0-2]|0?[1-9])[-./](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
SHORT_RANGE = lazy(
    r"(?P<m>1[0-2]|0?[1-9])(?P<s>[./])(?P<d>3[01]|[12]\d|0?[1-9])(?:至|到|-{1,4}|~{1,2})"
    r"(?P<m2>1[0-2]|0?[1-9])(?P=s)(?P<d2>3[01]|[12]\d|0?[1-9])(?![\d./%‰]|[万亿元米倍个度岁分千百吨级寸件])"
)
SHORT_CUE = lazy(r"(?:时间|日期|日程|期限|[：（\n]|^)$")
LABEL = lazy(r"(?P<m>1[0-2]|0?[1-9])[.·](?P<d>3[01]|[12]\d|0?[1-9])(?![\d.·%‰])(?P<q>”)?")
LABEL_WORDS = lazy(
    r"”?[“《]?(?:(?![万亿元公米里度个倍天人吨平级寸件年])[一-鿿]{2,8}?(?:日(?!元|程|常|期)|宣传周)|知识|世界|国际|国家|全国|全民|全市|全省|全县|全区|宣传|消防|宪法|消费|禁毒|安全|防灾|地震|火灾|事故|日)"
)
SIGNED = lazy(r"^(?P<y>(?:19|20)\d{2})、(?P<m>1[0-2]|0?[1-9])、(?P<d>3[01]|[12]\d|0?[1-9])$", re.M)

# -- what was never filled in

_HOLE = r"(?:\d{1,2}|[xX×＊*_〇○某]{1,4})"
PLACEHOLDER = lazy(
    rf"(?:(?:(?:19|20)\d?)?[xX×＊*_〇○某]{{1,4}}年|(?:19|20)\d{{2}}年)?(?:度(?![、]))?(?:{_HOLE}?月{PART}?)?(?:{_HOLE}?[日号])?"
    rf"(?:{SEP}(?:{_HOLE}?月)?{_HOLE}?[日号])?(?:（?(?:星期|周)[一二三四五六日天xX×]）?)?(?:{BEFORE})?"
)
UNFILLED = lazy(rf"(?:20\d{{0,2}}年\d{{0,2}}月日|20年\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}月日)(?:{BEFORE})?")

# -- counted from something else

ANCHOR = lazy(
    r"(?:(?:(?:宣传|活动|科技|推普|质量|安全生产|专利|教育|科普|宪法|消防|节能|文化|禁毒|防灾减灾|用药|卫生|普法|诚信|网络安全)(?:活动)?(?:周|月|日|季)|本次|整个)"
    r"(?:宣传)?(?:教育)?(?:活动)?|(?:宣传)?(?:教育)?活动|宣传教育|宣传)(?:全部)?$"
)
ENDED = lazy(r"结束(?:之?后|以后)")
UNIT = r"(?:个?工作日|个?小时|天|日|周|个?星期|个?礼拜|个月)"
COUNT = rf"(?P<n>\d{{1,3}}|[{HAN}两半]{{1,3}})(?P<unit>{UNIT})"
WITHIN = lazy(
    rf"(?:(?P<got>自?(?:收到|接到)(?:本|此|该)?(?:通知|文件|来函|函)?(?:之日起|后))|(?P<issue>(?:自|从)?(?:本|此)?(?:通知|方案|办法|公告|意见)?(?:印发|发布|公布|下发|发文)之日起)"
    rf"|(?P<met>(?:会议?|培训|检查|评审)(?:结束)?后)|之日起)?(?P<count>{COUNT})(?:之|以)?内"
)
WITHIN_BEGIN = lazy(
    rf"(?:自?(?:收到|接到)(?:本|此|该)?(?:通知|文件|来函|函)?(?:之日起|后)|(?:自|从)?(?:本|此)?(?:通知|方案|办法|公告|意见)?(?:印发|发布|公布|下发|发文)之日起"
    rf"|(?:会议?|培训|检查|评审)(?:结束)?后|之日起)?(?:(?<!\d)\d{{1,3}}|(?<![{HAN}])[{HAN}两半]{{1,3}}){UNIT}(?:之|以)?$"
)
AFTER_END = lazy(rf"(?:的|之日起)?{COUNT}(?:之|以)?内")
LASTING = lazy(rf"为期约?(?:\d{{1,3}}|[{HAN}两半]{{1,3}})(?:{UNIT}|个半月|个多月|年)")
ISSUED = lazy(r"(?:自|从)?(?:本|此)?(?:通知|方案|办法|公告|意见|规定|细则)?(?:印发|发布|公布|下发|发文)之$")
NOW = lazy(rf"日(?:(?P<from>起)?{SEP}|起(?!，?{SEP}))")
MONTHLY = lazy(
    rf"每月的?(?:{DAY_NUMBER}[日号](?:(?:{SEP}|、|和){DAY_NUMBER}[日号])*(?:{TIME})?(?:{BEFORE})?|[上中下]旬(?:前)?|月?[底末初](?:前)?|第[一二三四五1-5]个?(?:星期|周)[一二三四五六日天]?)"
)
YEARLY = lazy(
    rf"每年的?{MONTH_NUMBER}月(?:份?的?(?:第[一二三四五1-5]|最后一?)个?(?:星期|周)[一二三四五六日天]?|{DAY_NUMBER}[日号](?:{SEP}(?:{MONTH_NUMBER}月)?{DAY_NUMBER}[日号])?|{PART}|份|(?:{SEP}{MONTH_NUMBER}月(?:份)?))?(?:{BEFORE})?"
)
QUARTERLY = lazy(
    rf"每(?:个)?季度(?:(?:[末底]|首月|末月|首个月|最后一个月)(?:的)?(?:{DAY_NUMBER}[日号]?)?(?:前)?)"
)
THIS_MONTH = lazy(
    rf"[本下上]月(?:(?P<part>{PART})|(?P<d>{DAY_NUMBER})[日号](?P<t>{TIME})?)(?P<before>{BEFORE})?"
)
NEXT_MONTH = lazy(rf"[次当]月(?:{PART}|{DAY_NUMBER}[日号])(?:{BEFORE})?")
MONTH_END = lazy(r"月[底末](?:之?前)?")
YEAR_END = lazy(r"年[底末](?P<before>之?前)?")
WEEKDAYS = lazy(
    rf"(?P<each>每个?)?(?P<rel>[本这上下])?(?P<word>星期|周|礼拜)(?P<w>[一二三四五六日天])(?![多围良省])"
    rf"(?P<more>(?:{SEP}|、|和|及)(?:星期|周|礼拜)?[一二三四五六日天](?!是|要|个|项|次))*(?P<t>{TIME})?(?P<before>{BEFORE})?"
)
# After a lone 周三: what shows that it is no count (一周三次) and no name.
WEEKDAY_AFTER = frozenset("，。；、）（：\n至到-~和及前为的开照起在组召举统赴去进集下上全对由各市县区镇到均")
LUNAR = lazy(
    rf"(?:农历|阴历|夏历)?(?:(?P<y>{YEAR})年|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?"
    rf"(?P<leap>闰)?(?P<m>[正腊冬]|{MONTH_NUMBER})月(?P<d>初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十|\d{{1,2}}(?=日))?日?"
    rf"(?P<t>{TIME})?(?P<before>{BEFORE})?"
)
NAMED = lazy(
    r"“?十[一二三四五六]?五”?(?=规划|时期|期间|国家|知识|纲要|”|开局|末|收官|以来|[一-鿿]{2,10}规划|末)(?:时期|期间|末)?"
)
SINCE = lazy(r"党的[一二三十]{2,3}大(?:(?:特别是|以来)?(?:党的)?[一二三十]{2,3}大)?$")
NEW_ERA = lazy(r"新时代(?:十年|以来)")
ORDINAL = lazy(
    rf"第(?P<n>\d{{1,3}}|[{HAN}百零]{{1,4}})(?P<c>个|届|次)"
    r"(?P<name>(?:(?![于在将从自至由])[一-鿿“”《》·0-9]){1,24}?(?<![\d一二三四五六七八九十])"
    r"(?:日(?!报|常|程|用|益|前)|周(?!年|边|围|期)|月(?!饼|球)|节(?!能|约|水|假|点|目|日|气|俭|育|庆)|(?<![少今去明每全多青近百])年))(?![期起])"
)
ANNIVERSARY_NUMBER = lazy(rf"(?:\d{{1,3}}|[{HAN}百零]{{1,5}})$")
ANNIVERSARY_NAME = lazy(r"[一-鿿“”·A-Z]{2,24}$")
NAME_START = lazy(
    r"^.*(?:结合|庆祝|纪念|迎接|围绕|喜迎|正值|适逢|恰逢|隆重|值此|宣传|展示|以|在|是|为|逢|及|(?<!共)和(?!国)|暨)(?=.{2,})"
)
NOT_A_MONTH = lazy(r"[”内度嫂饼球龄薪供租均活]")
_NTH = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
# A day counted from the first one: 第三天, 第一、二天, 第2天至第4天, 首日, 最后两天.
NTH_DAY = lazy(
    rf"(?:第(?P<n>{_NTH})(?:(?:{SEP}|、|和)第?(?P<n2>{_NTH}))?[天日](?:{SEP}第(?P<n3>{_NTH})[天日])?|(?P<first>首)[天日]|最后(?P<last>{_NTH}|两)[天日])"
    rf"(?P<t>{TIME})?(?P<before>{BEFORE})?"
)
# What must follow when nothing in front says which first day is meant.
NTH_DAY_ACTS = lazy(
    r"[，：:、]|(?:在|由|为|到|赴|组织|集中|统一|重点|主要|现场|实地|前往|参观)|(?:开展|举办|举行|召开|启动|安排|进行|发布|走进|深入|播放|检查|授课|观摩|报到|开放|讲解|演示|展示|展演|宣讲|培训|走访|入户|评比|竞赛|比赛|总结|邀请|参加)"
)
