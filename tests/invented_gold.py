"""An invented notice with its annotation (the schema of shared/gold), and an invented line of gold.jsonl.

Offsets and lines are looked up in the text, never typed. No place, person or number in it exists.
"""

from typing import Any

FILE = "invented.txt"
CITED = "关于开展2031年“平安月”活动的通知"

TEXT = f"""云溪市清河区平安生产办公室文件

清平办〔2031〕7号

关于印发《清河区2031年“平安月”活动方案》的通知

区平安委各成员单位，各乡镇：

根据《{CITED}》（云平办〔2031〕2号）要求，现将方案印发给你们，请认真落实。

附件：平安月活动统计表

清河区平安生产办公室
2031年5月20日
（此件公开发布）

## 清河区2031年“平安月”活动方案

在平安条例施行10周年之际，制定本方案。

## 一、指导思想

坚持预防为主，落实《平安规划（2030—2034年）》，围绕“十五五”目标开展宣传。

## 二、活动时间

2031年6月1日
至30日。

## 三、活动主题

人人讲平安，处处有安心。

## **四、具体活动**

### （一）举办启动仪式。

6月3日上午9:00在清河广场举行。责任单位：区平安办；配合单位：区消防队、区教育局。

—2—

### （二）组织隐患排查。

平安月期间对工地开展排查。责任单位：各乡镇。

## 五、有关要求

（一）加强领导。各单位要高度重视。

（二）按时报送。请于2030年7月5日前将总结报区平安办。

联系人：钱一二，电话：5550123，邮箱：pa@example.org，地址：清河路9号

2031年5月21日印发
"""


def _line(offset: int) -> int:
    return TEXT.count("\n", 0, offset) + 1


def _date(raw: str, nth: int, role: str, tier: str = "core", **values: Any) -> dict[str, Any]:
    offset = -1
    for _ in range(nth):
        offset = TEXT.index(raw, offset + 1)
    return {
        "raw": "".join(raw.split()),
        "raw_in_file": raw,
        "offset": offset,
        "line": _line(offset),
        "role": role,
        "tier": tier,
        "start": None,
        "end": None,
        **values,
    }


def _year(raw: str, nth: int, year: str = "2031") -> dict[str, Any]:
    return _date(raw, nth, "year_mention", start=year, end=year)


def _section(heading: str, canonical: str, starts: str, ends: str, after: str, *alt: str) -> dict[str, Any]:
    line = _line(TEXT.index(heading))
    return {
        "heading": heading,
        "number": heading.lstrip("#* ")[0],
        "canonical": canonical,
        "first_line": line + 1,
        "last_line": _line(TEXT.index(after)) - 1,
        "starts_with": starts,
        "ends_with": ends,
        "ends_with_alt": list(alt),
    }


def _item(section: str, marker: str, title: str, starts: str) -> dict[str, Any]:
    line = _line(TEXT.index(f"{marker}{title}"))
    return {"section": section, "marker": marker, "title": title, "starts_with": starts, "line": line}


def _unit(name: str, full_name: str | None, roles: list[str], *aliases: str) -> dict[str, Any]:
    return {"name": name, "full_name": full_name, "roles": roles, "aliases": list(aliases)}


def _fault(severity: str, kind: str, raw: str, *also: str) -> dict[str, Any]:
    line = _line(TEXT.index(raw))
    return {"id": kind, "kind": kind, "severity": severity, "raw": raw, "also": list(also), "line": line}


def annotation() -> dict[str, Any]:
    """A fresh annotation, as it would lie in a gold file."""
    month = {"start": "2031-06-01", "end": "2031-06-30"}
    return {
        "file": FILE,
        "title": "关于印发《清河区2031年“平安月”活动方案》的通知",
        "title_variants": ["云溪市清河区平安生产办公室关于印发《清河区2031年“平安月”活动方案》的通知"],
        "plan_title": "清河区2031年“平安月”活动方案",
        "header_issuer": "云溪市清河区平安生产办公室",
        "doc_number": "清平办〔2031〕7号",
        "issuer": ["清河区平安生产办公室"],
        "seal_note": None,
        "addressees": "区平安委各成员单位，各乡镇",
        "region": {
            "province": "某省",
            "city": "云溪市",
            "county": "清河区",
            "name": "云溪市清河区",
            "gb2260_code": "990102",
            "level": "county",
        },
        "campaign_year": 2031,
        "issue_date": "2031-05-20",
        "print_date": "2031-05-21",
        "disclosure": "此件公开发布",
        "campaign_period": month,
        "theme": "人人讲平安，处处有安心",
        "sections": [
            _section(
                "## 一、指导思想", "指导思想", "坚持预防为主，落实《平", "五五”目标开展宣传。", "## 二、"
            ),
            _section("## 二、活动时间", "活动时间", "2031年6月1日至3", "年6月1日至30日。", "## 三、"),
            _section(
                "## 三、活动主题", "活动主题", "人人讲平安，处处有安心", "平安，处处有安心。", "## **四"
            ),
            _section(
                "## **四、具体活动**", "活动安排", "（一）举办启动仪式。6", "责任单位：各乡镇。", "## 五"
            ),
            _section(
                "## 五、有关要求",
                "工作要求",
                "（一）加强领导。各单位",
                "将总结报区平安办。",
                "联系人",
                "地址：清河路9号",
            ),
        ],
        "items": [
            _item("活动安排", "（一）", "举办启动仪式", "举办启动仪式。"),
            _item("活动安排", "（二）", "组织隐患排查", "组织隐患排查。"),
            _item("工作要求", "（一）", "加强领导", "加强领导。各单位要高度"),
            _item("工作要求", "（二）", "按时报送", "按时报送。请于2030"),
        ],
        "activities": [
            {
                "marker": "（一）",
                "title": "举办启动仪式",
                "dates": [{"raw": "6月3日上午9:00", "start": "2031-06-03", "end": "2031-06-03"}],
                "lead_units": ["区平安办"],
                "support_units": ["区消防队", "区教育局"],
                "location": "清河广场",
            },
            {
                "marker": "（二）",
                "title": "组织隐患排查",
                "dates": [{"raw": "平安月期间", **month}],
                "lead_units": ["各乡镇"],
                "support_units": [],
                "location": None,
                "sub_events": [{"title": "工地排查", "lead_units": [], "dates": []}],
            },
        ],
        "other_events": [],
        "deadlines": [
            {"what": "总结", "raw": "2030年7月5日前", "stated_end": "2030-07-05", "likely_end": "2031-07-05"}
        ],
        "dates": [
            _date("〔2031〕", 1, "year_mention", "extended", start="2031", end="2031"),
            _year("2031年", 1),
            _date("2031年5月20日", 1, "issue_date", start="2031-05-20", end="2031-05-20"),
            _date("10周年", 1, "other", resolved_start="2021", resolved_end="2031"),
            _date("2030—2034年", 1, "policy_span", start="2030", end="2034"),
            _date("“十五五”", 1, "policy_span", "extended", resolved_start="2031", resolved_end="2035"),
            _date("2031年6月1日\n至30日", 1, "campaign_period", **month),
            _date("6月3日上午9:00", 1, "activity", start="2031-06-03T09:00"),
            _date("平安月期间", 1, "activity", resolved_start="2031-06-01", resolved_end="2031-06-30"),
            _date("2030年7月5日前", 1, "deadline", end="2030-07-05"),
            _date("2031年5月21日", 1, "print_date", start="2031-05-21", end="2031-05-21"),
        ],
        "units": [
            _unit(
                "清河区平安生产办公室",
                "云溪市清河区平安生产办公室",
                ["issuer", "lead", "report_to"],
                "区平安办",
            ),
            _unit("区平安委各成员单位", "云溪市清河区平安生产委员会各成员单位", ["addressee"]),
            _unit("各乡镇", "云溪市清河区各乡镇", ["addressee", "lead"]),
            _unit("区消防队", None, ["support"]),
            _unit("区教育局", "云溪市清河区教育局", ["support"]),
        ],
        "units_mentioned_only": ["工地"],
        "contacts": {
            "persons": ["钱一二"],
            "phones": [{"raw": "5550123", "normalized": "0990-5550123"}],
            "emails": [{"raw": "pa@example.org", "purpose": "报送"}],
            "postal_or_place": ["清河路9号"],
        },
        "cited_documents": [
            {"title": "清河区2031年“平安月”活动方案", "doc_number": None, "kind": "own_plan", "count": 1},
            {"title": CITED, "doc_number": "云平办〔2031〕2号", "kind": "notice", "count": 1},
            {"title": "平安规划（2030—2034年）", "doc_number": None, "kind": "plan", "count": 1},
        ],
        "attachments": [{"title": "平安月活动统计表", "present_in_file": False}],
        "inconsistencies": [
            _fault("error", "year_mismatch", "2030年7月5日前", "2031年5月20日"),
            _fault("warning", "attachment_missing", "附件：平安月活动统计表"),
            _fault("info", "contact_no_area_code", "电话：5550123"),
        ],
        "verified_claims": [
            {"id": "span", "raw": "2030—2034年", "line": _line(TEXT.index("2030—2034年"))},
        ],
    }


def head() -> dict[str, Any]:
    """A fresh line of gold.jsonl."""
    return {
        "file": "001.txt",
        "title": "清河區關于開展2031年“平安月”活動的通知",
        "issuer": "清河區平安辦、清河區教育局",
        "addressees": "各乡镇(街道),各学校",
        "region": "清河区",
        "year": 2031,
        "period_start": "2031-06-01",
        "period_end": "2031-06-30",
        "theme": "人人講平安 處處有安心",
        "issue_date": None,
        "sections": [
            {"heading": "一@@、活动时间", "heading_clean": "一、活动时间", "canonical": "活动时间"},
            {"heading": "二、工作安排", "canonical": "活动内容", "alt": "工作要求"},
        ],
        "literal": {"theme": "人人講平@@安 處處有安心"},
        "simplified": {"theme": "人人讲平安 处处有安心"},
    }
