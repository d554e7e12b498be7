"""Bodies of the gold: from the marks and the `u:` lines, with full names where short forms are regular."""

import re
from typing import Any

from corpus.annotating.layout import Laid
from corpus.annotating.marks import Source, listed

#: regular short forms without the letter of the level

SHORT = {
    "市场监管局": "市场监督管理局", "应急局": "应急管理局", "卫生健康委": "卫生健康委员会", "卫健局": "卫生健康局",
    "发展改革委": "发展和改革委员会", "发改局": "发展和改革局", "工信局": "工业和信息化局",
    "住建局": "住房和城乡建设局", "交通局": "交通运输局", "科技局": "科学技术局",
    "人社局": "人力资源和社会保障局", "妇联": "妇女联合会", "科协": "科学技术协会", "法院": "人民法院",
    "检察院": "人民检察院", "残联": "残疾人联合会", "政府办公室": "人民政府办公室", "政府办": "人民政府办公室",
    "政府": "人民政府", "教体局": "教育体育局", "文旅局": "文化和旅游局", "农业农村委": "农业农村委员会",
    "城管局": "城市管理局", "国资委": "国有资产监督管理委员会", "工商联": "工商业联合会",
    "知识产权局": "知识产权局", "文联": "文学艺术界联合会", "安监局": "安全生产监督管理局",
    "质监局": "质量技术监督局", "工商局": "工商行政管理局", "食药监局": "食品药品监督管理局",
    "教委": "教育委员会", "语委办": "语言文字工作委员会办公室", "安委办": "安全生产委员会办公室",
    "食安办": "食品安全委员会办公室", "普法办": "普法工作领导小组办公室", "文明办": "精神文明建设指导委员会办公室",
    "减灾办": "减灾委员会办公室",
}  # fmt: skip
#: offices of a party committee, after 委
PARTY = {"宣传部": "宣传部", "网信办": "网络安全和信息化委员会办公室", "组织部": "组织部", "政法委": "政法委员会",
         "党校": "党校", "国安办": "国家安全委员会办公室", "依法治县办": "全面依法治县委员会办公室"}  # fmt: skip


def full_name(name: str, meta: dict[str, str]) -> str:
    province, city, county = meta["province"], meta.get("city", ""), meta.get("county", "")
    above = city or province
    own = (
        county if county[-1:] in ("县", "市", "旗") else above + county
    )  # 叙永县教育局, but 昆明市五华区教育局
    prefix = {"省": province, "自治区": province, "市": above, "州": above, "盟": above,
              "区": own, "县": own, "旗": own,
              "镇": own + meta.get("town", ""), "乡": own + meta.get("town", "")}  # fmt: skip
    if county.endswith("市"):
        prefix["市"] = county
    if name.startswith("各"):
        return (own if county else above) + name
    for key in ("自治区", "省", "市", "州", "盟", "区", "县", "旗", "镇", "乡"):
        if name.startswith(key) and name != "市区":
            rest, base = name[len(key) :], prefix[key]
            if rest.startswith("委") and rest[1:] in PARTY:
                return f"中共{base}委{PARTY[rest[1:]]}"
            if rest == "委":
                return f"中共{base}委员会"
            return base + SHORT.get(rest, rest)
    return name


AREAS = re.compile(r"各[省市州盟区县旗乡镇街道团场、（）]+")
#: mark -> role of a body
UNIT_ROLES = {
    "iss": "issuer",
    "ad": "addressee",
    "lead": "lead",
    "sup": "support",
    "org": "organiser",
    "rep": "report_to",
    "member": "member",
    "sealu": "seal",
    "ment": "mentioned",
}


def unit_entries(source: Source, laid: Laid) -> list[dict[str, Any]]:
    """The bodies of the `u:` lines, then those only marked; roles of both are put together."""
    units: dict[str, dict[str, Any]] = {}
    alias: dict[str, str] = {}
    for name, full, roles, other, flags in source.rows("u", 5):
        aliases = [x for x in other.split("、") if x]
        given = {"=": name, "-": None, "~": full_name(name, source.meta)}.get(full, full)
        units[name] = _unit(name, given, roles.split(), aliases, "g" in flags)
        alias |= dict.fromkeys([name, *aliases], name)
    for mark in source.marks:
        if mark.tag not in UNIT_ROLES:
            continue
        words = laid.words(mark)
        for printed in [words] if mark.tag == "iss" else source.bodies(words):
            name = alias.get(printed, printed)
            group = name.startswith(("各", "有关", "全"))
            entry = units.setdefault(name, _unit(name, full_name(name, source.meta), [], [], group))
            if UNIT_ROLES[mark.tag] not in entry["roles"]:
                entry["roles"].append(UNIT_ROLES[mark.tag])
    for _, _, _, who in source.rows("dl", 4):  # the areas that must report act too: 各乡镇, 各县（区）
        for name in listed(who):
            if not AREAS.fullmatch(name) or name in alias:
                continue
            same = next(
                (
                    unit
                    for unit in units.values()
                    if unit["name"].startswith((name + "人民政府", name + "（"))
                ),
                None,
            )
            if same:  # 各乡镇 for 各乡镇人民政府: one body
                same["aliases"].append(name)
            else:
                units.setdefault(name, _unit(name, full_name(name, source.meta), ["organiser"], [], True))
    for entry in units.values():
        entry["roles"] = entry["roles"] or ["mentioned"]
    return list(units.values())


def _unit(name: str, full: str | None, roles: list[str], aliases: list[str], group: bool) -> dict[str, Any]:
    return {"name": name, "full_name": full, "roles": roles, "aliases": aliases, "is_group": group}
