"""Personal names as contact lines print them: parted by blanks or signs, set wide, behind an office, before a title."""

import re
from collections.abc import Iterator

from extractor.patterns import lazy

# Surnames of the 百家姓 and the census lists. Words that begin with one and are no names stand in _NO_NAME.
_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄"
    "曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍"
    "赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步"
    "都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付代仝闫佟佘"
    "候信修保展岳帅库揭晋普智栗楚楼母汉沐海涂漆原火但烟熙牟玄玉理甫盘眭税种竹粟练肇芦苑补覃谌迟遇邸郇郄郏郸鄢酒铁锁门闪降邝靖青麦亓仉初化占"
    "南况冼力勇厚台员图塔奇官宾巨希展邱阳欧粘寸刀罕岩撒哈锡代禤蒋缐晒昝战昃鹿"
)
_COMPOUND = frozenset(
    re.findall(
        r"\S+",
        "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 宇文 长孙 南宫 呼延 轩辕 百里 东郭 闻人 澹台 申屠 独孤 拓跋",
    )
)
OFFICE = lazy(
    r"局|科|处|部|室|办|委|会|站|组|院|所|股|队|区|市|县|镇|乡|街|村|中心|机关|单位|学校|大学|公司|厅|府|集团|馆|台|学|行|社|庭|团"
)
_NO_NAME = frozenset(
    re.findall(
        r"\S+",
        "电话 手机 传真 邮箱 姓名 职务 单位 地址 同上 待定 详见 附件 见附件 周一 周二 周三 周四 周五 周六 周日 白天 夜间 全天 工作日 工作时间 上班时间 "
        "办公时间 方式 及电话 号码 信息 名单 微信 同号 时间 地点 负责 如下 说明 备注 分管领导 负责人 联系 咨询 需要 有关 任何 安排 通知 项目 内容 平台 "
        "通过 都可 经费 成功 明确 方案 文件 年度 平时 全国 全省 全市 全区 全县 相关 以上 以下 单独 广大 国家 强化 计划 应急 能力 文明 向社会 宣传 "
        "温馨提示 特此通知 后附 农业 农村 文化 公共 公安 公开 师生 安全 成员 时限 双休日 节假日 关于 应当 江苏 江西 安徽 广东 广西 海南 宁夏 云南 "
        "并报 并报送 于每周 公休日 包括 包含 经办人 单位章 盖章 公章 应于 任务 信用 通报 后勤 国内 印发 连同 能够 相应 时段 火警 报警 急救 匪警 普法 和单位 和电话 其他 其它",
    )
)
_TITLE = lazy(
    r"(?:同志|先生|女士|老师|同学|小姐|副?(?:科长|主任|处长|局长|股长|所长|部长|队长|站长)|经理|干事|工程师|收)$"
)
_SHAPE = lazy(r"[㐀-鿿]{2,4}|[㐀-鿿]{2,6}·[㐀-鿿]{2,8}")
_PARTS = lazy(
    r"[、,;/|:()<>\[\]\s¤。]+|(?<=[㐀-鿿]{2})[和及与](?=[㐀-鿿]{2,3}(?:同志|老师|科长)?(?:[、,;|:(\s¤。和及与]|$))|请?联系(?=[㐀-鿿])"
    r"|(?:为|是)(?=[㐀-鿿]{2,4}(?:[,、(\s]|$))"
)


def sure(name: str) -> bool:
    """Whether a name begins with a known surname and has the length of one."""
    return "·" in name or name[:2] in _COMPOUND or (name[0] in _SINGLE and len(name) <= 3)


def plausible(name: str) -> bool:
    """Whether a word of two to four characters (or with a dot) can be a name: no office, no word of the form, no 某."""
    if not _SHAPE.fullmatch(name) or name in _NO_NAME or "某" in name:
        return False
    return not OFFICE.fullmatch(name[-1]) or (len(name) == 3 and sure(name) and name[-1] in "学行团庭社")


def names(chunk: str, base: int) -> Iterator[tuple[int, int, str]]:
    """The name-like words of a field: start and end (``base`` added) and the name without blanks and title.

    ``chunk`` holds no numbers any more; 李 明 set wide is one name, 知识产权科张三 gives 张三, an office gives nothing.
    """
    words: list[tuple[int, int]] = []
    place = 0
    for gap in (*_PARTS.finditer(chunk), None):
        stop = gap.start() if gap else len(chunk)
        if stop > place:
            words.append((place, stop))
        place = gap.end() if gap else stop
    index = 0
    while index < len(words):
        start, end = words[index]
        index += 1
        following = words[index] if index < len(words) else (end, end)
        wide = end - start == 1 and 1 <= following[1] - following[0] <= 2
        if wide and chunk[end : following[0]].isspace():
            end = following[1]
            index += 1
        name = "".join(chunk[start:end].split())
        short = _TITLE.sub("", name)
        if len(short) >= 2 and short != name:
            end -= len(name) - len(short)
            name = short
        offices = list(OFFICE.finditer(name)) if len(name) > 3 else []
        if offices:
            rest = next(
                (name[m.end() :] for m in offices if 2 <= len(name) - m.end() <= 3 and sure(name[m.end() :])),
                "",
            )
            if not rest:
                continue
            start, name = end - len(rest), rest
        if plausible(name):
            yield base + start, base + end, name
