#!/usr/bin/env python3
"""Turn marked notices (corpus/marked/*.txt) into plain notices and their gold annotation.

usage: python corpus/annotate.py [ID ...]      (all when no id is given)

The author writes one file a notice: `key: value` lines, a line `---`, the notice with marks in braces, a line
`---`, and tables. Offsets (characters), lines (1-based) and section edges are computed here, never typed.
The marks and the tables are explained in corpus/ANNOTATING.md. Exit status 1 when a mark cannot be understood.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROLES = {
    "p": "campaign_period", "dl": "deadline", "is": "issue_date", "pr": "print_date", "ac": "activity",
    "pk": "pickup", "ps": "policy_span", "ym": "year_mention", "re": "relative", "ot": "other",
}  # fmt: skip
META = {"title", "plan", "docno", "hdr", "addr", "iss", "seal", "disc", "theme"}
CANON = {"指导思想", "活动时间", "活动主题", "宣传重点", "活动安排", "工作要求", "preamble", "attachment", "other"}
MARKERS = (
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"[一二三四五六七八九十]+是"),
    re.compile(r"[（(]\d+[）)]"),
    re.compile(r"\d+\.\d+(?=\s)"),
    re.compile(r"\d+[.．、](?!\d)"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]"),
)
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0}
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
PARTY = {"宣传部": "宣传部", "网信办": "网络安全和信息化委员会办公室", "组织部": "组织部", "政法委": "政法委员会",
         "党校": "党校", "国安办": "国家安全委员会办公室", "依法治县办": "全面依法治县委员会办公室"}  # fmt: skip


ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


def fold(text: str) -> str:
    return re.sub(r"\s+", "", text)


def listed(units: str) -> list[str]:
    """The units of a list; the 、 inside 各县（市、区） does not part them."""
    return re.split(r"、(?![^（(]*[）)])", units)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: `tag`, its options, and the half-open span of its text (characters of the unlaid text)."""

    tag: str
    options: dict[str, str]
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """One section under construction: `head` and `body` are half-open spans of the unlaid text."""

    canonical: str
    part: str
    options: dict[str, str]
    head: tuple[int, int] | None
    body: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Source:
    """A marked file taken apart."""

    meta: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, list[str]]] = field(default_factory=list)
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    joins: list[tuple[int, int]] = field(default_factory=list)


def options_of(spec: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in spec.split(",") if part)
    return {key.strip(): value.strip() or "1" for key, _, value in pairs}


def unmark(body: str, marks: list[Mark], base: int) -> str:
    """Text without braces; the marks found are added with spans shifted by `base`."""
    out: list[str] = []
    stack: list[tuple[str, dict[str, str], int]] = []
    at = 0
    opening = re.compile(r"\{([a-z/]+)(?:\[([^\]]*)\])?:")
    while at < len(body):
        if body[at] == "{":
            found = opening.match(body, at)
            if found is None:
                raise ValueError(f"bad mark: {body[at : at + 20]!r}")
            stack.append((found[1], options_of(found[2] or ""), len(out)))
            at = found.end()
        elif body[at] == "}":
            tag, options, start = stack.pop()
            marks.append(Mark(tag, options, base + start, base + len(out)))
            at += 1
        else:
            out.append(body[at])
            at += 1
    if stack:
        raise ValueError(f"mark left open: {stack}")
    return "".join(out)


def read_source(path: Path) -> Source:
    source = Source()
    head, body, tail = re.split(r"^---$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    for line in head.strip().splitlines():
        key, _, value = line.partition(":")
        source.meta[key.strip()] = value.strip()
    for line in tail.strip().splitlines():
        if line.strip():
            key, _, value = line.partition(":")
            source.tables.append((key.strip(), [cell.strip() for cell in value.split("|")]))
    if source.meta.get("half"):
        body = half_width(body)
    part, text, pending = "notice", "", None
    for line in body.lstrip("\n").rstrip("\n").split("\n"):
        if line.startswith("%"):
            words = line[1:].split()
            if words[0] == "part":
                part = words[1]
                continue
            if words[0] == "join":
                source.joins.append((len(text), -1))
                continue
            if words[0] == "endjoin":
                source.joins[-1] = (source.joins[-1][0], len(text) - 1)
                continue
            if source.blocks and source.blocks[-1].body[1] == -1:
                source.blocks[-1].body = (source.blocks[-1].body[0], len(text))
            extra = options_of(",".join(words[2:] if words[0] == "s" else words[2:]))
            if words[0] == "h":
                pending = Block(words[1], extra.pop("part", part), extra, None)
            elif words[0] == "s":
                source.blocks.append(Block(words[1], extra.pop("part", part), extra, None, (len(text), -1)))
            elif words[0] != "x":
                raise ValueError(f"{path.name}: unknown line {line}")
            continue
        plain = unmark(line, source.marks, len(text))
        if pending is not None and plain.strip():
            inline = "inline" in pending.options
            pending.head = (len(text), len(text) + len(plain))
            pending.body = (len(text) if inline else len(text) + len(plain) + 1, -1)
            source.blocks.append(pending)
            pending = None
        text += plain + "\n"
    if source.blocks and source.blocks[-1].body[1] == -1:
        source.blocks[-1].body = (source.blocks[-1].body[0], len(text))
    source.text = text
    source.marks.sort(key=lambda mark: (mark.start, -mark.end))
    return source


def half_width(body: str) -> str:
    """Comma, semicolon, colon and brackets in half width, except on the addressee line (a full-width colon)."""
    table = str.maketrans("，；：（）", ",;:()")
    return "\n".join(x if x.startswith("%") or "{addr" in x else x.translate(table) for x in body.split("\n"))


# --- layout: only insertions, so that a map from old to new offsets is exact --------------------------------------


def layout(source: Source) -> tuple[str, list[int]]:
    """The laid-out text and, for every old offset, the new one."""
    text, meta = source.text, source.meta
    inserts: dict[int, str] = {}
    if "space" in meta:
        for mark in source.marks:
            if mark.tag in ROLES or mark.tag == "sp":
                for at in range(mark.start + 1, mark.end):
                    if text[at - 1].isdigit() != text[at].isdigit() and text[at] not in "—-:：":
                        inserts[at] = " "
        for found in re.finditer(r"(?<!\d)\d{4}年", text):
            inserts.setdefault(found.start() + 4, " ")
    if "wrap" in meta:
        wrap_lines(source, int(meta["wrap"]), int(meta.get("gap", "0")), int(meta.get("page", "0")), inserts)
    if "crlf" in meta:
        inserts |= {at: inserts.get(at, "") + "\r" for at, char in enumerate(text) if char == "\n"}
    out: list[str] = []
    where: list[int] = []
    size = 0
    for at, char in enumerate(text):
        gap = inserts.get(at, "")
        where.append(size + len(gap))
        if char == "\n" and any(a <= at < b for a, b in source.joins):
            continue
        out.append(gap + char)
        size += len(gap) + 1
    where.append(size)
    return "".join(out), where


def wrap_lines(source: Source, width: int, gap: int, page: int, inserts: dict[int, str]) -> None:
    """Break long lines every `width` characters, as text taken from a PDF has them; a page number every `page` lines."""
    text, at, count, number = source.text, 0, 0, 1
    spans = [(m.start, m.end) for m in source.marks]
    whole = [(m.start, m.end) for m in source.marks if m.tag in ("mail", "tel", "docno")]
    for line in text.split("\n"):
        cuts = [0]
        while len(line) - cuts[-1] > width:
            cut = cuts[-1] + width
            while cut < len(line) and (
                line[cut] in "，。；：、）”》！？" or any(a < at + cut < b for a, b in whole)
            ):
                cut += 1
            if len(line) - cut < 1:
                break
            cuts.append(cut)
        for nth, cut in enumerate(cuts):
            if line.strip():
                count += 1
            pos = at + cut
            broken = "\n" * (1 + gap) if nth else ""
            inside = any(a < pos < b for a, b in spans)
            if page and count >= page and nth and not inside:
                inserts[pos] = f"\n{chr(10) * gap}—{number}—\n{chr(10) * gap}"
                number, count = number + 1, 0
            elif nth:
                inserts[pos] = broken
        if gap and line.strip() and at:
            inserts.setdefault(at, "\n" * gap)
        at += len(line) + 1


# --- dates ---------------------------------------------------------------------------------------------------------


def chinese_digits(raw: str) -> str:
    """二〇一二年四月十日 -> 2012年4月10日 (only inside a date mark)."""

    def year(found: re.Match[str]) -> str:
        return "".join(str(DIGITS[c]) for c in found[1]) + "年"

    def small(found: re.Match[str]) -> str:
        left, ten, right = found[1].partition("十")
        if not ten:
            return str(DIGITS[left]) + found[2]
        return str((DIGITS[left] if left else 1) * 10 + (DIGITS[right] if right else 0)) + found[2]

    raw = re.sub(r"([〇○零ＯO一二三四五六七八九]{4})年", year, raw)
    return re.sub(r"([一二三四五六七八九十]{1,3})([月日])", small, raw)


DATE = re.compile(
    r"(?:(?P<y>\d{4})[年.、-])?(?P<m>\d{1,2})[月.、-]份?(?:(?P<d>\d{1,2})(?P<ri>日)?)?"
    r"(?:（[^）]*）|\([^)]*\))?"
    r"(?:(?P<ap>上午|下午|晚上|晚)?(?P<H>\d{1,2})[:：︰时点](?P<M>\d{2})?分?)?(?P<part>上午|下午|晚上)?"
    r"(?:(?:至|到|—|－|-|–|～|~)(?P<body>.*?))?"
    r"(?P<tail>之?前|以前|内|起)?"
)
END = re.compile(
    r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?P<d>\d{1,2})日?(?:[（(][^）)]*[）)])?(?P<tail>之?前)?"
)
CLOCK = re.compile(r"(?P<ap>上午|下午)?(?P<H>\d{1,2})[:：︰时点](?P<M>\d{2})?分?")


def hour(part: str | None, value: str) -> int:
    return int(value) + (12 if part in ("下午", "晚上", "晚") and int(value) < 12 else 0)


def parse_date(raw: str, year: int) -> dict[str, Any] | None:
    """Start, end, precision and kind of a printed date; None when the author must give them."""
    plain = chinese_digits(fold(raw).translate(ASCII))
    if found := re.fullmatch(r"(\d{4})年?(?:以来|度)?", plain):
        return {"start": found[1], "end": found[1], "precision": "year", "kind": "year"}
    if found := re.fullmatch(r"(\d{4})[—\-－–~～至](\d{4})年", plain):
        return {"start": found[1], "end": found[2], "precision": "span", "kind": "plan_span"}
    found = DATE.fullmatch(plain)
    if found is None:
        return None
    y, m, d = found["y"] or str(year), int(found["m"]), found["d"]
    start = f"{y}-{m:02d}" + (f"-{int(d):02d}" if d else "")
    clock = found["H"] is not None
    if clock:
        start += f"T{hour(found['ap'], found['H']):02d}:{found['M'] or '00'}"
    precision = "time" if clock else "day" if d else "month"
    if found["body"]:
        clock_end = CLOCK.fullmatch(found["body"])
        last = END.fullmatch(found["body"])
        if clock and clock_end:
            part = clock_end["ap"] or found["ap"]
            end = f"{start[:10]}T{hour(part, clock_end['H']):02d}:{clock_end['M'] or '00'}"
        elif last is None or clock or found["part"]:
            return None
        else:
            month = int(last["m"] or m)
            end = f"{last['y'] or y}-{month:02d}-{int(last['d']):02d}"
        return {"start": start, "end": end, "precision": precision, "kind": "range"}
    if found["tail"] in ("前", "之前", "以前"):
        return {"start": None, "end": start, "precision": precision, "kind": "calendar"}
    return {"start": start, "end": None if clock else start, "precision": precision, "kind": "calendar"}


AUTO = (
    (re.compile(r"〔\s*\d{4}\s*〕"), "ym", {"k": "docnumber_year", "t": "x"}),
    (re.compile(r"(?<!\d)\d{4}\s*[—–-]\s*\d{4}\s*年"), "ps", {}),
    (re.compile(r"(?<![\d—–-])\d{4}\s*年(?!\s*\d)度?"), "ym", {}),
    (re.compile("“十三五”"), "ps", {"k": "named_period", "t": "x", "rs": "2016", "re": "2020", "prec": "span"}),
    (re.compile("“十四五”"), "ps", {"k": "named_period", "t": "x", "rs": "2021", "re": "2025", "prec": "span"}),
    (re.compile("“十二五”"), "ps", {"k": "named_period", "t": "x", "rs": "2011", "re": "2015", "prec": "span"}),
    (re.compile("“十五五”"), "ps", {"k": "named_period", "t": "x", "rs": "2026", "re": "2030", "prec": "span"}),
)  # fmt: skip
TIERS = {"ordinal": "extended", "named_period": "extended", "label": "extended", "docnumber_year": "extended"}


def date_entries(source: Source, text: str, where: list[int]) -> list[dict[str, Any]]:
    marks = [mark for mark in source.marks if mark.tag in ROLES]
    for pattern, tag, options in AUTO:
        for found in pattern.finditer(source.text):
            if not any(a.start < found.end() and found.start() < a.end for a in marks):
                marks.append(Mark(tag, dict(options), *found.span()))
    entries = []
    for mark in sorted(marks, key=lambda each: each.start):
        raw_in_file = text[where[mark.start] : where[mark.end - 1] + 1]
        raw, o = fold(raw_in_file), mark.options
        if o.get("k") in (None, "calendar", "range", "year", "plan_span"):
            core = re.sub(r"^[〔]|[〕]$", "", raw)
            got = parse_date(core, int(o.get("y", source.meta["year"])))
        else:
            got = None
        if got is None:
            if "k" not in o:
                raise ValueError(f"{source.meta['id']}: date needs options: {raw!r}")
            precision = "year" if o["k"] == "docnumber_year" else o.get("prec", "relative")
            value = re.sub(r"\D", "", raw).translate(ASCII) if o["k"] == "docnumber_year" else None
            got = {"start": value, "end": value, "precision": precision, "kind": o["k"]}
        if "k" in o:
            got["kind"] = o["k"]
        for key, name in (("s", "start"), ("e", "end")):
            if key in o:
                got[name] = None if o[key] == "-" else o[key]
        if "prec" in o:
            got["precision"] = o["prec"]
        entry = {
            "raw": raw, "raw_in_file": raw_in_file, **got, "role": ROLES[mark.tag],
            "year_explicit": bool(re.search(r"\d{4}\s*[年〕—-]", raw)),
            "tier": "extended" if o.get("t") == "x" or got["kind"] in TIERS else "core",
            "offset": where[mark.start], "line": text.count("\n", 0, where[mark.start]) + 1,
        }  # fmt: skip
        printed = re.match(r"[〇○零ＯO一二三四五六七八九]{4}年|\d{4}[.、]", raw)
        if printed and not entry["year_explicit"]:
            entry["year_printed"] = True
        for key, name in (("rs", "resolved_start"), ("re", "resolved_end"), ("ls", "likely_start"),
                          ("le", "likely_end"), ("defect", "defect"), ("note", "note"), ("status", "status")):  # fmt: skip
            if key in o:
                entry[name] = None if o[key] == "-" else o[key]
        if "suspect" in o:
            entry["suspect"] = True
        entries.append(entry)
    return entries


# --- units ---------------------------------------------------------------------------------------------------------


def full_name(name: str, meta: dict[str, str]) -> str:
    province, city, county = meta["province"], meta.get("city", ""), meta.get("county", "")
    above = city or province
    own = county if county[-1:] in ("县", "市", "旗") else above + county  # 叙永县教育局, but 昆明市五华区教育局
    prefix = {"省": province, "自治区": province, "市": above, "州": above, "盟": above,
              "区": own, "县": own, "旗": own,
              "镇": own + meta.get("town", ""), "乡": own + meta.get("town", "")}  # fmt: skip
    if county.endswith("市"):
        prefix["市"] = county
    for key in ("自治区", "省", "市", "州", "盟", "区", "县", "旗", "镇", "乡"):
        if name.startswith(key) and name not in ("市区",):
            rest, base = name[len(key) :], prefix[key]
            if rest.startswith("委") and rest[1:] in PARTY:
                return f"中共{base}委{PARTY[rest[1:]]}"
            if rest == "委":
                return f"中共{base}委员会"
            return base + SHORT.get(rest, rest)
    return name


def unit_entries(source: Source, names: dict[str, list[str]]) -> list[dict[str, Any]]:
    units: dict[str, dict[str, Any]] = {}
    alias: dict[str, str] = {}
    for key, cells in source.tables:
        if key == "u":
            name, full, roles, other, flags = (cells + [""] * 5)[:5]
            aliases = [x for x in other.split("、") if x]
            given = {"=": name, "-": None, "~": full_name(name, source.meta)}.get(full, full)
            units[name] = {"name": name, "full_name": given, "roles": roles.split(), "aliases": aliases,
                           "is_group": "g" in flags}  # fmt: skip
            alias |= dict.fromkeys([name, *aliases], name)
    for name, roles_found in names.items():
        own = alias.get(name, name)
        entry = units.setdefault(own, {"name": own, "full_name": full_name(own, source.meta), "roles": [],
                                       "aliases": [], "is_group": own.startswith(("各", "有关", "全"))})  # fmt: skip
        entry["roles"] += [role for role in roles_found if role not in entry["roles"]]
    for entry in units.values():
        entry["roles"] = entry["roles"] or ["mentioned"]
    return list(units.values())


# --- the record ----------------------------------------------------------------------------------------------------


def cite_kind(title: str, plan: str | None) -> str:
    if fold(title) == fold(plan or "\n"):
        return "own_plan"
    for ends, kind in (("通知", "notice"), (("法", "条例", "办法", "规定"), "law"),
                       (("纲要", "规划", "方案", "计划"), "plan"), (("日报", "晚报"), "newspaper")):  # fmt: skip
        if title.endswith(ends) or title.rpartition("（")[0].endswith(ends):
            return kind
    return "policy"


def build(path: Path) -> tuple[str, dict[str, Any]]:
    """The plain text and the gold record of one marked file."""
    source = read_source(path)
    meta = source.meta
    text, where = layout(source)

    def laid(mark: Mark) -> str:
        return fold(text[where[mark.start] : where[mark.end - 1] + 1])

    def named(tag: str) -> list[Mark]:
        return [mark for mark in source.marks if mark.tag == tag]

    def one(tag: str, default: str | None = None) -> str | None:
        value = "".join(laid(mark) for mark in named(tag)) or meta.get(tag) or default
        return value.replace("*", "").replace("#", "") if value and tag == "title" else value

    def line_of(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    def rows(key: str) -> list[list[str]]:
        return [cells for name, cells in source.tables if name == key]

    dates = date_entries(source, text, where)
    by_start = {entry["offset"]: entry for entry in dates}

    def event(label: str | None, title: str | None, inside: list[Mark]) -> dict[str, Any]:
        """What the marks of one item or one table row say of an activity."""
        places = [m for m in inside if m.tag.startswith("loc")]
        found_dates = []
        for m in inside:
            d = by_start.get(where[m.start]) if m.tag == "ac" else None
            if d:
                begin, finish = (d.get("resolved_start") or d["start"]), (d.get("resolved_end") or d["end"])
                clock = begin[11:] if begin and len(begin) > 10 else None
                if clock and finish and len(finish) > 10:
                    clock += "-" + finish[11:]
                found_dates.append({"start": begin and begin[:10], "end": (finish or begin or "")[:10] or None,
                                    "time": clock, "raw": d["raw"]})  # fmt: skip
        acts: dict[str, Any] = {"marker": label, "title": title, "dates": found_dates}
        for tag, key in (("lead", "lead_units"), ("sup", "support_units")):
            acts[key] = [n for m in inside if m.tag == tag for n in listed(laid(m))]
        acts["location"] = laid(places[0]) if places else None
        if places:
            acts["location_kind"] = places[0].tag.partition("/")[2] or "venue"
        return acts

    sections: list[dict[str, Any]] = []
    exact: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    activities: list[dict[str, Any]] = []
    names: dict[str, list[str]] = {}
    for mark in source.marks:
        role = {"lead": "lead", "sup": "support", "member": "member", "org": "organiser", "rep": "report_to",
                "iss": "issuer", "ment": "mentioned", "ad": "addressee", "sealu": "seal"}.get(mark.tag)  # fmt: skip
        if role:
            for name in listed(laid(mark)) if mark.tag != "iss" else [laid(mark)]:
                found_roles = names.setdefault(name, [])
                if role not in found_roles:
                    found_roles.append(role)
    for block in source.blocks:
        raw_body = source.text[block.body[0] : block.body[1]]
        lead = len(raw_body) - len(raw_body.lstrip())
        b0, b1 = block.body[0] + lead, block.body[0] + len(raw_body.rstrip())
        n0, n1 = where[b0], where[b1 - 1] + 1
        first, last = line_of(n0), line_of(n1 - 1)
        body = fold("\n".join(text.split("\n")[first - 1 : last]))
        heading = text[where[block.head[0]] : where[block.head[1] - 1] + 1].strip() if block.head else None
        clean = re.sub(r"[#*]+", "", heading).strip() if heading else None
        shown = block.options.get("heading", clean)
        number = re.match(r"([一二三四五六七八九十]+)、", clean) if clean else None
        entry: dict[str, Any] = {
            "heading": heading, "heading_text": shown, "number": number[1] if number else None,
            "canonical": block.canonical if block.canonical in CANON else "other", "part": block.part,
            "heading_line": line_of(where[block.head[0]]) if block.head else None,
            "starts_with": body[:12], "ends_with": body[-12:], "first_line": first, "last_line": last,
            "body_chars_folded": len(body), "body_start": n0, "body_end": n1,
        }  # fmt: skip
        if block.canonical not in CANON:
            entry["canonical_contract"] = block.canonical
        for key in ("alt", "number_printed"):
            if key in block.options:
                entry[key] = block.options[key]
        shaped = dict(entry)
        if "inline" in block.options and block.head:
            cut = source.text.index(block.options["inline"], block.head[0]) + len(block.options["inline"])
            n0 = where[cut]
            own = source.text[block.head[0] : cut].strip().rstrip("。：:，. ")
            words = fold(text[n0:n1])
            clean = re.sub(r"[#*]+", "", own).strip()
            shaped |= {"heading": own, "heading_text": clean, "starts_with": words[:12],
                       "ends_with": words[-12:], "body_chars_folded": len(words), "body_start": n0}  # fmt: skip
            entry |= {"heading_text": clean, "body_start": n0}
        exact.append(shaped)
        sections.append(entry)
        if block.head is None and "items" not in block.options:
            continue
        style: re.Pattern[str] | None = None
        starts: list[tuple[int, str]] = []
        for found in re.finditer(r"^[ \t　#*]*(.+)$", source.text[b0:b1], flags=re.M):
            for pattern in [style] if style else MARKERS:
                marker = pattern.match(found[1]) if pattern else None
                if marker:
                    style = pattern
                    starts.append((b0 + found.start(1), marker[0]))
                    break
        for nth, (at, label) in enumerate(starts):
            stop = starts[nth + 1][0] if nth + 1 < len(starts) else b1
            inside = [m for m in source.marks if at <= m.start and m.end <= stop]
            titles = [laid(m) for m in inside if m.tag == "t"]
            title = titles[0] if titles else None
            line = line_of(where[at])
            after = re.sub(r"[#*]+", "", fold(text[where[at + len(label)] :].split("\n")[0]))
            items.append({"section": entry["canonical"], "marker": label, "title": title, "line": line,
                          "starts_with": after[:12]})  # fmt: skip
            if block.canonical != "活动安排":
                continue
            activities.append(event(label, title, inside))

    deadlines = []
    for entry, cells in zip([d for d in dates if d["role"] == "deadline"], rows("dl"), strict=True):
        what, to, channel, who = (cells + [""] * 4)[:4]
        stated = (entry["end"] or entry["start"] or entry.get("resolved_end") or "")[:10] or None
        if entry.get("resolved_end"):
            stated = entry["end"]
        deadlines.append({
            "what": what, "raw": entry["raw"], "stated_end": stated,
            "likely_end": (entry.get("likely_end") or entry.get("resolved_end") or stated or "")[:10] or None,
            "report_to": to, "channel": channel or None, "applies_to": who,
        })  # fmt: skip

    plan = one("plan")
    counted: dict[str, int] = {}
    for found in re.finditer(r"《([^《》]*)》", fold(text)):
        counted[found[1]] = counted.get(found[1], 0) + 1
    given = {cells[0]: cells for cells in rows("cite")}
    cited = []
    for title, count in counted.items():
        _, kind, number_, refers = (given.get(title, [title]) + [""] * 4)[:4]
        cite: dict[str, Any] = {"title": title, "doc_number": number_ or None,
                                "kind": kind or cite_kind(title, plan), "count": count}  # fmt: skip
        if refers:
            cite["refers_to"] = refers
        cited.append(cite)

    def place(raw: str) -> tuple[str, int]:
        quote, _, nth = raw.partition("@@")
        spots = [i for i, c in enumerate(text) if not c.isspace()]
        at = -1
        for _ in range(int(nth or "1")):
            at = fold(text).find(fold(quote), at + 1)
            if at < 0:
                raise ValueError(f"{meta['id']}: not in the text: {raw}")
        return quote, line_of(spots[at])

    faults = []
    for cells in rows("bad"):
        ident, kind, severity, code, raw, explain, site, also = (cells + [""] * 8)[:8]
        quote, line = place(raw)
        faults.append({"id": ident, "kind": kind, "severity": severity, "code": code or None, "raw": quote,
                       "explain": explain, "where": site, "line": line,
                       "also": [x.strip() for x in also.split(";") if x.strip()]})  # fmt: skip
    claims = []
    for ident, raw, explain in rows("ok"):
        quote, line = place(raw)
        claims.append({"id": ident, "raw": quote, "explain": explain, "line": line})

    area = meta.get("area", "")
    phones, seen = [], set()
    for mark in named("tel"):
        raw = laid(mark)
        if raw not in seen:
            seen.add(raw)
            wide = raw.replace("－", "-").replace("—", "-")
            number_of = {"raw": raw, "normalized": wide if "-" in wide else f"{area}-{wide}"}
            phones.append(number_of | {key: mark.options[key] for key in ("kind", "ext") if key in mark.options})
    emails = {laid(mark): mark.options.get("for", "") for mark in named("mail")}
    persons = list(dict.fromkeys(laid(mark) for mark in named("person")))
    spots_ = list(dict.fromkeys(laid(mark) for mark in named("place")))
    events = []
    for mark in named("ev"):
        inside = [m for m in source.marks if mark.start <= m.start and m.end <= mark.end and m.tag != "ev"]
        titles = [laid(m) for m in inside if m.tag == "t"]
        site = next((x["canonical"] for x in reversed(sections) if x["body_start"] < where[mark.end]), None)
        events.append({"section": site} | event(None, titles[0] if titles else None, inside))
    shape = {"sections": exact, "items": items, "activities": activities}
    for a, b in source.joins:
        low, high = where[a], where[b]
        inside_ = [x for x in sections if low <= x["body_start"] < high]
        row = line_of(low)
        whole = fold(text.split("\n")[row - 1])
        spot = sections.index(inside_[0])
        sections = [x for x in sections if x not in inside_]
        sections.insert(spot, {
            "heading": None, "heading_text": None, "number": None, "canonical": "other", "part": "plan",
            "heading_line": None, "starts_with": whole[:12], "ends_with": whole[-12:], "first_line": row,
            "last_line": row, "body_chars_folded": len(whole), "body_start": low, "body_end": high,
        })  # fmt: skip
        for x in exact:
            if low <= x["body_start"] < high:
                body = fold(text[x["body_start"] : x["body_end"]])
                x |= {"starts_with": body[:12], "ends_with": body[-12:], "body_chars_folded": len(body)}
        items, activities = [], []
    issue = [d["start"] for d in dates if d["role"] == "issue_date"]
    printed_ = [d["start"] for d in dates if d["role"] == "print_date"]
    period = [d for d in dates if d["role"] == "campaign_period"]
    issuers = [laid(m) for m in named("iss")] or [x for x in meta.get("iss", "").split("、") if x]
    level = meta["level"]
    gold: dict[str, Any] = {
        "file": meta["id"] + ".txt", "title": one("title"),
        "title_variants": [x for x in meta.get("variants", "").split("|") if x], "plan_title": plan,
        "header_issuer": one("hdr", issuers[0] if issuers else ""), "doc_number": one("docno"), "issuer": issuers,
        "seal_note": one("seal"), "addressees": one("addr", ""),
        "region": {
            "province": meta["province"], "city": meta.get("city") or None, "county": meta.get("county") or None,
            "name": (meta.get("city") or meta["province"]) + meta.get("county", "")
            if level != "province" else meta["province"],
            "gb2260_code": meta.get("code") or None, "level": "county" if level == "town" else level,
        },
        "campaign_year": int(meta["year"]), "issue_date": issue[0] if issue else None,
        "print_date": printed_[0] if printed_ else None, "disclosure": one("disc"),
        "campaign_period": {"start": period[0]["start"], "end": period[0]["end"]} if period else None,
        "theme": re.sub(r"[。，；、！]$", "", laid(named("theme")[0])) if named("theme") else "",
        "campaign": meta["campaign"], "traits": [x.strip() for x in meta.get("traits", "").split(";") if x.strip()],
        "sections": sections, "items": items, "activities": activities, "other_events": events, "deadlines": deadlines,
        "dates": dates, "units": unit_entries(source, names),
        "units_mentioned_only": [x for cells in rows("mo") for x in cells[0].split("、") if x],
        "contacts": {"persons": persons, "phones": phones,
                     "emails": [{"raw": raw, "purpose": use} for raw, use in emails.items()],
                     "postal_or_place": spots_},
        "cited_documents": cited,
        "attachments": [{"title": c[0], "present_in_file": c[1] == "yes"}
                        | ({"title_in_attachment": c[2]} if len(c) > 2 and c[2] else {}) for c in rows("att")],
        "inconsistencies": faults, "verified_claims": claims,
    }  # fmt: skip
    if named("mob"):
        gold["contacts"]["mobiles"] = [laid(mark) for mark in named("mob")]
    if level == "town":
        gold["region"] |= {"town": meta["town"], "level_exact": "town"}
    if exact != sections:
        gold["exact"] = shape
    if rows("note"):
        gold["notes"] = [cells[0] for cells in rows("note")]
    return text, gold


def main(wanted: list[str]) -> int:
    status = 0
    for path in sorted((HERE / "marked").glob("*.txt")):
        if wanted and path.stem not in wanted:
            continue
        try:
            text, gold = build(path)
        except (ValueError, IndexError, KeyError) as error:
            print(f"{path.name}: {error!r}", file=sys.stderr)
            status = 1
            continue
        (HERE / "notices" / path.name).write_text(text, encoding="utf-8", newline="")
        (HERE / "gold" / f"{path.stem}.json").write_text(
            json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
