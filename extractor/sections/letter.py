"""How the parts of a letter look in a reading (GB/T 9704): patterns of the genre, never of one notice."""

import re

from extractor.patterns import lazy

HAN_DATE = (
    r"[二一][〇零○ＯOo0一二三四五六七八九]{3}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十]{1,3}日"
)
HAN_MONTH = r"(?:\d{4}年\d{1,2}月|[二一][〇零○ＯOo0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月)"
DATE = rf"(?:\d{{4}}[年.、/-]\d{{1,2}}[月.、/-]\d{{1,2}}日?|{HAN_DATE})"
ORGAN = (
    r"(?:局|委|办|厅|部|会|院|府|室|科|处|系|社|团|站|所|馆|中心|公司|集团|学校|大学|学院|中学|小学|幼儿园|小组|组织|总队|支队|大队|协会|学会|银行|"
    r"联合会|指挥部|管委会|委员会|人民政府|办公室|工会|妇联|科协|残联|工商联|文联|团委|法院|检察院|报|台)"
)
GENRE = r"(?:通知|方案|意见|公告|通告|通报|函|决定|计划|办法|要点|细则|规定|预案|批复|答复|复函|纪要|启事|倡议书|策划[书案]?|安排|工作安排|实施意见|安排表)"

# Its signs may be lost: 2017113.
DATE_ONLY = lazy(rf"^(?:（?{DATE}）?|(?:19|20)\d{{2}}(?:1[0-2]|0?[1-9])(?:[12]\d|3[01]|0?[1-9]))$")
BYLINE_DATE = lazy(rf"^(?:（(?:{DATE}|{HAN_MONTH})）|{DATE}|{HAN_MONTH})$")
"""The day or month under the body that a plan names below its title."""
BARE_DATE = lazy(rf"^[·-]?(?P<date>{DATE})$")
RECORD_DATE = lazy(rf"(?:(?:成文|发文|印发|制发)日期|(?P<law>(?:发布|颁布)日期))[：】]?(?P<date>{DATE})")
"""The day of issue in a page's record; ``law``: what only a law library means by it."""
ORGAN_DATE = lazy(rf"^(?P<organ>[^，。；：\d]{{2,40}}?{ORGAN})(?P<date>{DATE})$")
# A date under a signature that is spoilt: 23年4月8日, 2O23年4月8日, 2023年 月 日.
DATE_SPOILT = lazy(r"^(?:[12][\dOo]{3}|\d\d)年\d{0,2}月\d{0,2}日$")
DATE_OPEN = lazy(r"^(?:[12]\d{3}|\d\d)年\d{0,2}月日$|^[12]\d{3}年月\d{0,2}日$")
PRINTED = lazy(rf"{DATE}印(?:发|制)?$")
ORGAN_LINE = lazy(rf"^[^，。；：！？]{{1,44}}{ORGAN}(?:（[^）]{{2,30}}）)?$")
SEAL_NOTE = lazy(r"^（?[^（）。]{2,30}代章）?$")
NOTE = lazy(r"^（.{2,120}）$")
NUMBER = r"[^\s，。：；、（）《》〔\[【•·]{1,18}[〔\[【（(]\d{2,4}年?[〕\]】）)](?:第)?\d{1,5}号"
NUMBER_LINE = lazy(
    rf"^[•·-]?(?:(?:文|发文)字?号：|(?:等级|密级|紧急程度|缓急)：)?（?(?P<number>{NUMBER})）?(?:签发人：.*)?$"
)
RECORD_NUMBER = lazy(rf"(?:发文[字文]号|文号|文件编号)[：】|](?P<number>{NUMBER})")
"""The 文号 in a page's record."""
LETTERHEAD = lazy(r"^[^，。；：]{4,60}文件(?:（[^）]*）)?$")
TITLE_END = lazy(rf"(?:{GENRE})(?:范文)?(?:（[^）]{{1,12}}）)?(?:\d{{4}}年?)?$")
WEB = lazy(
    r"^(?:发布|时间：?)(?:19|20)\d\d[-/.]|首页|当前位置|您的位置|现在位置|所在的?位置|发布时间|发布日期|发布机构|更新时间|上传时间|浏览|点击|来源：|作者：|字号|打印|关闭|【.*】|"
    r"扫描二维码|分享|版权所有|ICP备|索引号|主题分类|信息来源|访问量|>|»|相关推荐|小编|上传人|文档编号|责任编辑|收藏|下载|网站?$|网址$|本站|免责声明|版权说明|会员分享|用户(?:提供|上传)|自行甄别|联系客服|在线(?:预览|阅读)|仅供参考|珍藏版|范文|\|"
)
WIDGET = lazy(
    r"^(?:[\[【（]?(?:(?:文章|语音|全文|新闻|点击|点我)?(?:播报|朗读|听全文|听新闻)|阅读(?:模式|：\d*次?)?|无障碍(?:阅读|浏览)?|长者(?:模式|版)|关怀版|简体|繁体|纠错|"
    r"返回(?:上[一]?[页级]|顶部|首页|列表)?|字体：?|字号：?|[大中小]|默认|分享(?:到|至)?：?|转发|收藏|打印(?:本页|此页)?|关闭(?:窗口|本页)?|"
    r"下载(?:全文|附件|文档)?|正文|通知公告|政策文件|公示公告|当前页面|扫一扫.*|篇?[一二1]|微信|微博|QQ|二维码|视力保护色?：?|保护视力色?：?)[\]】）]?)+$"
)
"""A line that is nothing but a page's buttons and rubrics."""
_SHOP = r"(?:文档|范文|资料|奉上|下载|介绍|简介|文库|全文|写作|原创|珍藏)"
SLOGAN = lazy(rf"(?:(?:(?!{_SHOP})[^，。；：]){{0,14}}{_SHOP})+[-~：.·…|]*(?:\d{{1,3}}/\d{{1,3}})?")
"""What a document library prints in front of a title."""
COLLECTION = lazy(r"（[一-鿿]{0,4}(?:\d{1,3}|[一二三四五六七八九十]{1,3})篇）(?:$|，|。)")
"""The headline of a page of model texts: …通知（通用14篇）."""
FILE_NAME = lazy(r"\.(?:docx?|pdf|xlsx?|wps|ofd|txt|html?)$", re.I)
CRUMBS = lazy(r"位置：|首页|[>»]")
ADDRESSED = lazy(
    r"^(?!.*(?:联系方式|联系人|电话|地址|邮箱|名单|人员|时间|地点|主题|内容|职责|分工|附件|单位(?<=[办织持合与加责任]单位))：$)(?!.*(?:如下|为[^，]{0,30}[，]|现将|根据))(?=.*(?:各|局|委|办|厅|部|政府|单位|部门|公司|学校|学院|大学|科室|街道|乡镇|院|处|会|村|社区|厂|站|中心|协会))"
    r"(?:[^。；！？：]|？(?=[a-zA-Z])){2,600}：$"  # a ？ that a wrong decoding left inside a word
)
ATTACHED = lazy(r"^附件?(?P<number>\d{0,2}|[一二三四五六七八九十]{1,2})[：.、]?$")
ATTACHED_TITLE = lazy(r"^附件(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})[：.、]?(?P<title>.{2,})$")
ATTACHMENT_NOTE = lazy(r"^附件?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[：.]\D?.{1,}$")
NOTE_ENTRY = lazy(r"^(?:\d{1,2}[.．、]|附件\d{1,2}[：.]?).{2,}$")
PLAN_TITLE = lazy(
    r"^(?:[^，。；：！？]{4,80}(?:方案|计划|办法|细则|要点|规定|预案|规划|意见|指南|章程)"
    # 活动安排 alone is a section's name: a plan's names its year or its campaign.
    r"|(?!\d{1,2}月|.{0,4}[、.])(?=.*(?:(?:19|20)\d\d年|[周月日](?!期间)))[^，。；：！？]{8,80}(?:安排|日程))(?:（[^）]{1,12}）)?$"
)
COPIES = lazy(r"^(?:抄送|抄报|主送|分送)：?")
SUBJECT_WORDS = lazy(r"^主题词：?")
CONTACT = lazy(
    r"^(?:（?(?:联系人|联系电话|联系方式|电话|手机|传真|电子邮箱|电子信箱|邮箱|电子邮件|E-?mail|咨询电话|通讯地址|联系地址|地址|邮编|邮政编码)(?:及[^：]{1,6})?：)",
    re.I,
)
CLOSING = lazy(r"^(?:特此(?:通知|函告|公告|通报)|此致|妥否.*|以上)[。，]?$")
HANDED_ON = lazy(
    r"(?:印发给你们|转发给你们|印发|下发|遵照执行|贯彻(?:执行|落实)|组织实施|抓好落实|认真落实)[^。]*。"
)
