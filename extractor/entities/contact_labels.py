"""The labels of contact lines (联系人：, 电话：, 电 子 邮 箱 …) by what their fields hold."""

import re

from extractor.patterns import lazy
from extractor.text import any_pattern

# Label words by what their field holds. "party": a person and his number; "none": numbers that are no contact.
LABELS = {
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
KIND_OF = {word: kind for kind, words in LABELS.items() for word in words.split()}
LABEL = lazy(
    r"(?P<word>"
    + any_pattern(r"\s{0,6}".join(map(re.escape, word)) for word in KIND_OF)
    + r")(?P<note>\s{0,4}\([^()\d@]{0,12}\))?(?P<mark>\s{0,4}[:：]|为(?=\s?[\d(])|是(?=\s?[\d(]))?"
)


def kind_of(word: str) -> str:
    """What the field of a label holds; blanks inside the label disregarded, empty for other words."""
    return KIND_OF.get(unspaced(word), "")


def unspaced(words: str) -> str:
    """The words without any blank."""
    return "".join(words.split())
