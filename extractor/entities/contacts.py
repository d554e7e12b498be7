"""Contacts: persons, telephone and fax numbers, e-mails, postal and pick-up places.

A cue anywhere in the reading picks a line; the line is then parsed as printed, because the blanks that part names and
numbers carry meaning. Labels cut the line into fields. A number with an area code or a mobile number stands on its own;
a bare local number, a hotline and a name need a label (or, for a name, a number right beside it).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.model import ContactValue, Manuscript, Mention, Span, Table
from extractor.rulebook import Rulebook

# One-to-one, so that offsets hold: half-width digits, letters and marks; every blank becomes a space.
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {ord(c): " " for c in "\t\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff\n"}
_PLAIN |= {ord(c): "-" for c in "－–—―─━﹣−‐‑‒﹘"}
_PLAIN |= {ord(c): ":" for c in "︰∶꞉﹕"}
_PLAIN |= {ord("﹙"): "(", ord("﹚"): ")", ord("﹫"): "@", ord("〔"): "〔", ord("電"): "电", ord("話"): "话"}
_PLAIN |= {ord(a): b for a, b in zip("聯繫係絡員機傳郵編號碼諮詢監督領點報", "联系系络员机传邮编号码咨询监督领点报", strict=True)}

_CUE = re.compile(
    r"@|联系|联络|经办人|收件人|咨询|电话|手机|座机|传真|邮箱|信箱|邮件|热线|地址|领取地点|报送地点|报名地点|"
    r"[Ee]-?[Mm]ail|0\d{2,3}[）-]?\d{7,8}|1[3-9]\d{9}|TEL|Tel|#[a-z\d]+\.[a-z]"
)

# Label words by what their field holds. "party": a person and his number; "none": numbers that are no contact.
_LABELS = {
    "email": "电子邮箱 电子邮件 电子信箱 邮箱地址 QQ邮箱 工作邮箱 邮箱 信箱 邮件 E-mail e-mail Email email E-Mail EMAIL",
    "both": "电话/传真 传真/电话 电话(传真) 电话及传真 电话和传真 电话、传真 电话兼传真 电话传真",
    "fax": "传真号码 传真电话 传真 FAX Fax",
    "party": "联系人及联系电话 联系人及联系方式 联系人及电话 联系人和联系电话 联系人和电话 联系人、联系电话 联系人、电话 "
    "联系人/联系电话 联系人/电话 联系人(电话) 联系人与电话 联系人电话 联系人姓名及电话 联系人员及电话 联系人联系方式 联系方式 联系电话及联系人 "
    "联系电话(联系人) 咨询方式",
    "person": "联系人员 联系人 联络人 联络员 经办人 收件人 接收人 咨询人 对接人 联系同志 联系老师 报名联系",
    "phone": "联系电话 咨询电话 监督电话 举报电话 投诉电话 报名电话 服务电话 值班电话 办公电话 固定电话 移动电话 电话号码 联系手机 手机号码 "
    "手机号 手机 座机 咨询热线 服务热线 举报热线 投诉热线 监督热线 热线电话 热线 电话 TEL Tel",
    "address": "联系地址 通讯地址 通信地址 邮寄地址 寄送地址 收件地址 报送地址 报名地址 办公地址 领取地址 送达地址 单位地址 地址 "
    "领取地点 报送地点 报名地点 送达地点 提交地点 受理地点",
    "none": "邮政编码 邮编 QQ群号 QQ群 QQ号 QQ 微信号 微信群 微信 账号 帐号 开户行 税号 统一社会信用代码 信用代码 身份证号 网站地址 网址 "
    "会议号 会议ID 密码 编号",
}
_KIND_OF = {word: kind for kind, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(
    r"(?P<word>"
    + "|".join(r"\s{0,6}".join(map(re.escape, w)) for w in sorted(_KIND_OF, key=len, reverse=True))
    + r")(?P<note>\s{0,4}\([^()\d@]{0,12}\))?(?P<mark>\s{0,4}[:：]|为(?=\s?[\d(])|是(?=\s?[\d(]))?"
)
_PURPOSES = tuple("咨询 监督 举报 投诉 报名 值班 热线 领取 报送 邮寄 服务".split())
_REPORTING = re.compile(r"报送|上报|报至|报到|反馈|发送|发至|发到|提交|前报|投稿|传至|寄至")

_TLD = r"(?:com|net|org|gov|edu|ac|mil|info|vip|top|ltd|cc|cn|hk|mo|tw|[A-Za-z]{2,4})"
_EMAIL = re.compile(
    r"(?P<local>[A-Za-z\d](?:[A-Za-z\d._+-]*[A-Za-z\d_-])?)\s{0,2}(?P<at>@|#|\(at\)|\[at\])\s{0,2}"
    rf"(?P<host>(?:[A-Za-z\d-]+\s?\.\s?)+?{_TLD}(?:\s?\.\s?(?:cn|hk|mo|tw))?)(?![A-Za-z-]|\s?\.\s?[A-Za-z])"
)
_MASKED = re.compile(r"[xX*]+")
_NOT_NUMBERS = re.compile(
    r"https?://\S+|www\.\S+|[〔\[(]\s?(?:19|20)\d\d\s?[〕\])]\s?第?\s?\d+\s?号|\d{4}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?"
    r"|\d{1,2}\s?月\s?\d{1,2}\s?日?|\d{1,2}:\d{2}"
)
_AREA = r"(?:10|2\d|[3-9]\d\d)"
_NUMBER = re.compile(
    r"(?<![\dA-Za-z〔\[.-])(?:"
    r"(?P<mobile>(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?:[ -]?\d{4}){2})"
    rf"|(?:\(\s?0(?P<a1>{_AREA})\s?\)|0(?P<a2>{_AREA})|(?:\+|00)86[- ]?0?(?P<a3>{_AREA}))\s?[-/]?\s{{0,2}}"
    r"(?P<subscriber>[2-9]\d{2,3}[ -]?\d{4})"
    r"|(?P<hot>[48]00[- ]?(?:\d{3}[- ]?\d{4}|\d{4}[- ]?\d{3}))"
    r"|(?P<local>[2-9]\d{2,3}[ -]?\d{4})"
    r"|(?P<short>12[1-3]\d\d|123\d\d|9[56]\d{3,4})"
    r")(?![\d*×.])(?:\s?(?:转|分机号?:?|ext\.?)\s?(?P<ext>\d{1,6})|-(?P<ext2>\d{2,5})(?!\d))?"
    r"(?P<tails>(?:\s?(?:[/、]\s?\d{2,4}|/\s?\d)(?![\d.:：年月日至-]))*)"
)
_COUNTED = re.compile(r"\s?(?:元|万|份|人|家|件|次|年|月|个|名|册|张|%|余|多|号文)")
_FAX_AFTER = re.compile(r"\s?\((?P<both>兼|带|电话)?[/、]?\s?(?:传真|FAX|fax)(?:同号)?\)")

_SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄"
    "曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍"
    "赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步"
    "都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付代仝闫佟佘"
    "侍候信修保偰展岳帅年库揭撒操敬晋普智栗楚楼母汉沐海涂淡湖漆原火但烟熙牟玄玉理琚生由甫盘相矫眭睢禚税种竹笪粟练缑羿肇芦苑荔药菅蔄补覃谌谯"
    "迟迮遇邸郇郄郏郸郯鄢酒铁锁钭门闪阿降陀青靖鞏顿飞青麦么亓仉初化占南况冼刑剧力勇原厚叔台吕员哈商回图塔多夷奇奉子官宾宛密寻尧展巨希庹延弥律"
    "张見趙錢孫陳鄭馮衛蔣韓楊許呂嚴華陶謝鄒竇蘇範魯韋馬鳳袁費賀湯羅畢鄔樂時齊餘顧黃蕭龐紀項閔賈婁顏鐘駱盧經應單諸龔陸榮葉劉龍黎黨貢邊莊關"
)
_COMPOUND = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 宇文 长孙 南宫 呼延 轩辕 百里 东郭 闻人 澹台 申屠".split())
_OFFICE = re.compile(r"(?:局|科|处|部|室|办|委|会|站|组|院|所|股|队|司|区|市|县|镇|乡|街|村|中心|办公室|机关|单位|学校|大学|协会|公司|厅|府|集团|馆|台)")
_NO_NAME = frozenset(
    "电话 手机 传真 邮箱 姓名 职务 单位 地址 同上 待定 详见 附件 见附件 周一 周五 白天 夜间 全天 工作日 工作时间 上班时间 办公时间 方式 及电话 "
    "号码 信息 名单 微信 同号 时间 地点 负责 如下 说明 备注 科室 部门 分管领导 负责人 联系 咨询 需要 有关 任何 各区 安排 通知 项目 内容 平台 "
    "通过 都可 经费 成功 明确 方案 文件 年度 平时 全国 全省 全市 全区 全县 相关 以上 以下 单独 广大 国家 强化 计划 应急 能力 文明 向社会 "
    "宣传 温馨提示 特此通知 后附 农业 农村 文化 公共 公安 公开 师生 安全 成员 东区 西区 时限".split()
)
_NAME_TAIL = re.compile(r"(?:同志|先生|女士|老师|同学|小姐|副?(?:科长|主任|处长|局长|股长|所长|部长|队长|站长)|经理|干事|工程师|收)$")
_NAME = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{2,6}[·•・][㐀-鿿]{2,8}")
_PARTS = re.compile(r"[、,;/|:()<>\[\]\s¤]+|(?<=[㐀-鿿]{2})[和及与](?=[㐀-鿿]{2})|请?联系(?=[㐀-鿿])|(?:为|是)(?=[㐀-鿿]{2,4}(?:[,、(\s]|$))")
_BESIDE = re.compile(
    r"(?:^|[(,、;:\s/]|请?联系|请?与)(?P<name>[㐀-鿿]{2,4}|[㐀-鿿] {1,4}[㐀-鿿])(?:同志|老师|女士|先生|科长|主任)?"
    r"\s{0,4}(?:[,(:、]\s?)?(?:联系)?$"
)
_ADDRESS_END = re.compile(r"[。;]|\s{3,}|,(?=.{0,6}(?:邮编|电话|联系))|[,(（]?\s?(?:邮编|邮政编码)")
_OFFICE_TO = re.compile(
    r"(?:报送|上报|报|寄送?|提交|反馈|电邮|发送)(?:给|到|至)?(?P<place>[一-鿿]{1,16}(?:局|委|办|部|厅|会|院|府)"
    r"[一-鿿]{2,14}(?:科|处|股|中心|科室|(?<!办公)室))(?=[。，；、（）\n]|$|邮箱|电话|联系)"
)


@dataclass(frozen=True, slots=True)
class _Field:
    """A labelled stretch of a line: its kind, the label, whether a colon marks it, where its content lies."""

    kind: str
    label: str
    marked: bool
    start: int
    end: int


def find(manuscript: Manuscript, rulebook: Rulebook) -> Iterator[Mention]:
    """Every contact outside the web page's own furniture, once per place where it is printed."""
    text, reading = manuscript.document.text, manuscript.reading
    seen: set[tuple[str, int]] = set()
    done = -1
    for cue in _CUE.finditer(reading.chars):
        offset = reading.origin[cue.start()]
        if offset < done:
            continue
        start = text.rfind("\n", 0, offset) + 1
        done = end = _line_end(text, offset)
        if manuscript.outline.zone_at(start) == "web":
            continue
        plain = text[start:end].translate(_PLAIN)
        if _is_bare_label(plain) and end < len(text):
            following = text[end + 1 : _line_end(text, end + 1)].translate(_PLAIN)
            if not _LABEL.match(following.lstrip()):
                plain = f"{plain} {following}"
        for mention in _line(plain, start):
            value = mention.value
            key = (value.kind if isinstance(value, ContactValue) else "", mention.span.start)
            if key not in seen:
                seen.add(key)
                yield mention
    for table in manuscript.document.tables:
        for mention in _table(table, text):
            value = mention.value
            key = (value.kind if isinstance(value, ContactValue) else "", mention.span.start)
            if key not in seen:
                seen.add(key)
                yield mention
    yield from _offices(manuscript)


def complete(number: str, area: str | None) -> str:
    """A local number (7–8 digits, with or without an extension) with its area code: ``0871-63219519``; others as they are."""
    if area and re.fullmatch(r"[2-9]\d{6,7}(?:转\d+)?", number):
        return f"{area}-{number}"
    return number


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _is_bare_label(plain: str) -> bool:
    label = _LABEL.fullmatch(plain.strip().rstrip("("))
    return label is not None and _kind(label["word"]) not in ("none", "")


def _kind(word: str) -> str:
    return _KIND_OF.get(re.sub(r"\s", "", word), "")


def _line(plain: str, base: int) -> Iterator[Mention]:
    """The contacts of one printed line whose first character stands at ``base``."""
    work = plain
    emails = []
    for match in _EMAIL.finditer(plain):
        if not _MASKED.fullmatch(match["local"]):
            emails.append(match)
        work = _blank(work, match.start(), match.end())
    for match in _NOT_NUMBERS.finditer(work):
        work = _blank(work, match.start(), match.end())
    fields = _fields(work)
    for match in emails:
        value = f"{match['local']}@{re.sub(r'\s', '', match['host'])}"
        label = next((f.label for f in reversed(fields) if f.kind == "email" and f.start <= match.start() < f.end), "")
        yield _mention("email", base, match.start(), match.end(), value, _purpose(label, plain, match.start()), 1.0)
    taken: list[tuple[int, int]] = []
    for number in _numbers(work, fields, base, plain):
        taken.append((number.span.start - base, number.span.end - base))
        yield number
    names = work
    for start, end in taken:
        names = _blank(names, start, end)
    yield from _persons(names, fields, base, plain, taken)
    yield from _addresses(plain, fields, base)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "¤" * (end - start) + text[end:]


def _fields(work: str) -> list[_Field]:
    """The labelled fields of a line, in order; a field ends where the next label begins, or at a full stop."""
    labels = [m for m in _LABEL.finditer(work) if _is_label(work, m)]
    fields = []
    for place, label in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(work)
        stop = work.find("。", label.end(), end)
        note = label["note"] or ""
        kind = _kind(label["word"])
        if kind == "phone" and "传真" in note:
            kind = "both"
        fields.append(_Field(kind, re.sub(r"\s", "", label["word"]), bool(label["mark"]), label.end(), end if stop < 0 else stop))
    return fields


def _is_label(work: str, label: re.Match[str]) -> bool:
    """A word of prose (电话会议, 通过邮箱, 确定一名联系人，) is no label unless a colon, a blank or a value follows."""
    if label["mark"]:
        return True
    following = work[label.end() : label.end() + 1]
    if _kind(label["word"]) in ("person", "party", "address"):
        return following in (" ", "") and work[: label.start()].strip(" (") == "" or following == " "
    return following in (" ", "(", "¤", "+", "") or following.isdigit()


def _purpose(label: str, plain: str, place: int) -> str:
    for word in _PURPOSES:
        if word in label:
            return word
    sentence = plain[plain.rfind("。", 0, place) + 1 : place]
    return "报送" if _REPORTING.search(sentence) else "联系"


def _mention(kind: str, base: int, start: int, end: int, value: str, purpose: str, confidence: float) -> Mention:
    return Mention("contact", Span(base + start, base + end), ContactValue(kind, value, purpose), "", confidence)


def _numbers(work: str, fields: list[_Field], base: int, plain: str) -> Iterator[Mention]:
    """Telephone and fax numbers. A weak one (local, hotline) counts only in a field made for it, close to its label."""
    area = ""
    last: dict[int, int] = {}
    for match in _NUMBER.finditer(work):
        start, end = match.span()
        place = next((i for i, f in enumerate(fields) if f.start <= start < f.end), -1)
        field = fields[place] if place >= 0 else None
        if field and field.kind in ("none", "address", "email") and not (match["subscriber"] or match["mobile"]):
            continue
        if field and field.kind == "none" and not work[field.start : start].strip(" :"):
            continue
        if match["subscriber"]:
            area = "0" + (match["a1"] or match["a2"] or match["a3"])
        elif not match["mobile"]:
            gap = work[last.get(place, field.start) : start] if field else ""
            if field is None or len(gap) > 30 or _COUNTED.match(work, end) or re.search(r"\d|[〔《]", gap):
                continue
            if match["local"] and not field.marked and gap.strip():
                continue
        last[place] = end
        note = _FAX_AFTER.match(work, end)
        kinds = ["fax"] if field and field.kind == "fax" else ["phone"]
        if (field and field.kind == "both") or (note and note["both"]):
            kinds = ["phone", "fax"]
        elif note:
            kinds = ["fax"]
        hot = match["hot"] or match["short"]
        purpose = "热线" if hot else _purpose(field.label if field else "", plain, start)
        confidence = 0.98 if field and field.kind != "none" else 0.85
        shown = end - len(match["tails"] or "")
        value = _value(match, area)
        for kind in kinds:
            yield _mention(kind, base, start, shown, value, purpose, confidence)
            for tail in re.finditer(r"\d+", match["tails"] or ""):
                whole = value[: -len(tail[0])] + tail[0]
                yield _mention(kind, base, shown + tail.start(), shown + tail.end(), whole, purpose, 0.8)


def _value(match: re.Match[str], area: str) -> str:
    """The normal form: ``0871-63219519``, ``13800000000``, ``400-123-4567``; a second number shares the first one's area."""
    if match["mobile"]:
        return re.sub(r"\D", "", match["mobile"])[-11:]
    if match["hot"]:
        digits = re.sub(r"\D", "", match["hot"])
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if match["short"]:
        return match["short"]
    digits = re.sub(r"\D", "", match["subscriber"] or match["local"])
    extension = match["ext"] or match["ext2"]
    return complete(digits, area) + (f"转{extension}" if extension else "")


def _persons(
    work: str, fields: list[_Field], base: int, plain: str, numbers: list[tuple[int, int]]
) -> Iterator[Mention]:
    """Names in the fields of persons, and names right beside a number."""
    labelled = False
    covered: set[int] = set()
    for field in fields:
        if field.kind in ("person", "party"):
            labelled = True
            first = True
            for start, end, name, sure in _tokens(work[field.start : _close(work, field)], field.start):
                if (first and (field.marked or sure)) or (sure and len(name) <= 4):
                    covered.add(start)
                    yield _mention("person", base, start, end, name, _purpose(field.label, plain, start), 1.0 if sure else 0.8)
                first = False
        elif labelled or numbers:
            limit = _close(work, field)
            for start, end, name, sure in _tokens(work[field.start : limit], field.start):
                near = any(0 <= start - b <= 4 or 0 <= a - end <= 4 for a, b in numbers)
                if sure and len(name) <= 3 and near and start not in covered:
                    covered.add(start)
                    yield _mention("person", base, start, end, name, _purpose(field.label, plain, start), 0.85)
    for a, _ in numbers:
        before = re.sub(r"(?:联系)?电话\s?[::]?\s?$", "", work[:a].rstrip(" (:,"))
        beside = _BESIDE.search(before)
        if beside is None:
            continue
        name = re.sub(r"\s", "", beside["name"])
        start = beside.start("name")
        if start not in covered and _sure(name) and len(name) <= 3 and name not in _NO_NAME and not _OFFICE.search(name[-1]):
            covered.add(start)
            yield _mention("person", base, start, beside.end("name"), name, _purpose("", plain, start), 0.8)


def _close(work: str, field: _Field) -> int:
    """Where a field's names end: at the bracket that was open before its label."""
    opened = work.rfind("(", 0, field.start) > work.rfind(")", 0, field.start)
    depth = 1 if opened else 0
    for match in re.finditer(r"[()]", work[field.start : field.end]):
        depth += 1 if match[0] == "(" else -1
        if opened and depth == 0:
            return field.start + match.start()
    return field.end


def _tokens(chunk: str, base: int) -> Iterator[tuple[int, int, str, bool]]:
    """The name-like words of a field: start, end, name, whether its surname is a known one."""
    pieces: list[tuple[int, int]] = []
    place = 0
    for gap in (*_PARTS.finditer(chunk), None):
        stop = gap.start() if gap else len(chunk)
        if stop > place:
            pieces.append((place, stop))
        place = gap.end() if gap else stop
    index = 0
    while index < len(pieces):
        start, end = pieces[index]
        if (
            end - start == 1
            and index + 1 < len(pieces)
            and pieces[index + 1][1] - pieces[index + 1][0] <= 2
            and chunk[end : pieces[index + 1][0]].isspace()
        ):
            end = pieces[index + 1][1]  # 李 明, 李 小明: one name set wide
            index += 1
        index += 1
        word = chunk[start:end]
        name = re.sub(r"\s", "", word)
        short = _NAME_TAIL.sub("", name)
        if len(short) >= 2 and short != name:
            end -= len(name) - len(short)
            name = short
        office = None
        for office in _OFFICE.finditer(name):
            pass
        if office and len(name) > 3:
            rest = name[office.end() :]
            if not (2 <= len(rest) <= 3 and _sure(rest)):
                continue
            start, name = end - len(rest), rest
        if not _NAME.fullmatch(name) or name in _NO_NAME or "某" in name or (len(name) <= 4 and _OFFICE.search(name[-1])):
            continue
        yield base + start, base + end, name, _sure(name)


def _sure(name: str) -> bool:
    if "·" in name or name[:2] in _COMPOUND:
        return True
    return name[0] in _SINGLE and len(name) <= 3


def _addresses(plain: str, fields: list[_Field], base: int) -> Iterator[Mention]:
    for field in fields:
        if field.kind != "address" or not field.marked:
            continue
        content = plain[field.start : _close(plain, field)]
        stop = _ADDRESS_END.search(content.strip() and content)
        body = content[: stop.start()] if stop and content[: stop.start()].strip() else content
        stripped = body.strip(" ,;。.(")
        if len(stripped) < 3 or re.fullmatch(r"[×xX*_ ]+|https?:.*|.*@.*", stripped) or not re.search(r"[㐀-鿿]{2}", stripped):
            continue
        start = field.start + body.index(stripped)
        if stripped.count(")") > stripped.count("("):
            stripped = stripped.rstrip(") ")
        yield _mention(
            "address", base, start, start + len(stripped), re.sub(r"\s", "", stripped), _purpose(field.label, plain, start), 0.95
        )


def _offices(manuscript: Manuscript) -> Iterator[Mention]:
    """The office inside a body to which something is sent (报送某局某科): a place, though not a postal one."""
    reading = manuscript.reading
    for match in _OFFICE_TO.finditer(reading.chars):
        span = reading.span(*match.span("place"))
        if manuscript.outline.zone_at(span.start) != "web":
            yield Mention("contact", span, ContactValue("address", match["place"], "报送"), "report_to", 0.7)


def _table(table: Table, text: str) -> Iterator[Mention]:
    """Columns headed 联系人, 电话, 邮箱 …: the cells below, each read under its header."""
    for top, header in enumerate(table.rows[:3]):
        columns = {}
        for place, cell in enumerate(header):
            word = re.sub(r"\s", "", text[cell.start : cell.end].translate(_PLAIN)).rstrip(":")
            kind = _KIND_OF.get(word, "")
            if kind and kind != "none":
                columns[place] = word
        if len(columns) < 2 and not (columns and len(header) > 1 and len(table.rows) > top + 1):
            continue
        for row in table.rows[top + 1 :]:
            if len(row) != len(header):
                continue
            for place, word in columns.items():
                cell = row[place]
                content = text[cell.start : cell.end].translate(_PLAIN)
                if content.strip():
                    yield from _line(f"{word}:{content}", cell.start - len(word) - 1)
        return
