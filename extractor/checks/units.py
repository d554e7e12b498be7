"""Bodies that are named in two ways: issuer, members, jurisdiction."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from extractor.checks.case import Case
from extractor.checks.fault import Fault, Kind, Other
from extractor.model import Span
from extractor.patterns import lazy
from extractor.rulebook.cards import Card
from extractor.rulebook.units import Units

_ORGAN_ENDS = tuple(
    "局 厅 部 委 办 署 院 会 政府 办公室 处 领导小组 联席会议 中心 公司 大学 学校 总队 支队 大队 集团 站 所 科 库 组".split()
)
_ABBREVIATIONS = (
    ("市场监督管理局", "市场监管局"),
    ("发展和改革委员会", "发展改革委"),
    ("发展和改革局", "发展改革局"),
    ("工业和信息化", "工信"),
    ("卫生健康委员会", "卫生健康委"),
    ("文化和旅游", "文旅"),
    ("委员会", "委"),
    ("办公厅", "办公室"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
)
_APART = lazy(r"[ \u3000\n、]+")
_MARKS = lazy(r"[，。：；《》]")
_OFFICE = lazy(r"(?:办公室|办公厅|秘书处)$")
_AGREED = lazy(
    r"(?:(?<![一-龥])|[并已报])经(?![营济费验])[^，。；\n]{2,20}(?:同意|批准|授权)|(?<![一-龥])受[^，。；\n]{2,20}委托"
)
_FURTHER_BODY = lazy(r"^(?:[一-龥]{2,7}?[省市县区州旗盟]|中共|中国|共青团|国家)")
_ABOUT = lazy("关于|转发|批转|印发")
_REGION = lazy("[一-龥]{2,7}?[省市州盟](?!场)")
_NATION = lazy(
    r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    r"|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族?)+(?=自治)"
)


class Named(Struct, frozen=True):
    """One place where the issuing body is named: what place, the words, and their normal form."""

    place: str
    span: Span
    words: str
    key: str


def normal(words: str, regions: tuple[str, ...], known: Units) -> str:
    """A body's name for comparing: without 文件, without the names of higher regions in front, short forms spelt out.

    ``known`` tells the full stem of a short one (安委会: 安全生产委员会).
    """
    bare = words.removesuffix("文件").replace("、", "")
    for name in regions:
        if bare.startswith(name) and len(bare) - len(name) > 4:
            bare = bare[len(name) :]
    office = _OFFICE.search(bare)
    for stem in (bare, bare[: office.start()]) if office else (bare,):
        lengths = known.stem_ends.get(stem[-2:], ())
        short = next((stem[-n:] for n in lengths if 2 < n < len(stem) and stem[-n:] in known.departments), "")
        if short:
            bare = stem.removesuffix(short) + known.departments[short] + bare[len(stem) :]
            break
    for long, short in _ABBREVIATIONS:
        bare = bare.replace(long, short)
    return bare


def _simple(key: str) -> str:
    """The normal form with autonomous regions' names cut short (某某族自治州 and 某某州)."""
    return re.sub(r"自治(?=[区州县旗])", "", _NATION.sub("", key))


def _joint(printed: str) -> tuple[str, ...]:
    """The bodies of a joint issue that stand side by side or below one another; nothing for a single body.

    A name printed with blanks between its characters, or broken over lines, is a single one.
    """
    parts = [part for part in _APART.split(printed.strip()) if part]
    named = (len(part) >= 4 and part.removesuffix("文件").endswith(_ORGAN_ENDS) for part in parts)
    return tuple(parts) if len(parts) > 1 and all(named) else ()


_DATED = lazy(r"\d月|〇|二[○〇]")
_SIGNED = lazy(r"([^\d（(]{4,40}?)(?:19|20)\d\d年")
_PRINTED = lazy(r"([^\d：，]{4,40}?)(?=(?:19|20)\d\d年|$)")


def issuer_places(case: Case) -> tuple[Named, ...]:
    """The issuing body as letterhead, title, signature and colophon name it. A joint issue gives several of one place."""
    region = case.fields.region
    higher = tuple(name for name in (region.province, region.city) if name and name != region.name)
    found: list[Named] = []

    def add(place: str, a: int, b: int) -> None:
        for part in _joint(case.printed(a, b)) or (case.chars[a:b],):
            bare = "".join(part.split()).removesuffix("文件")
            if 4 <= len(bare) <= 60 and bare.endswith(_ORGAN_ENDS) and not _MARKS.search(bare):
                key = normal(bare, higher, case.rulebook.units)
                found.append(Named(place, case.span(a, b), bare, key))

    head = case.part("letterhead")
    if head:
        add("版头", *case.ends(head))
    title = case.part("title")
    if title:
        a, b = case.ends(title)
        about = _ABOUT.search(case.chars, a, b)
        if about and about.start() > a + 3:
            add("标题", a, about.start())
    signature = case.part("signature")
    if signature:
        for line in case.lines("signature"):
            if not signature.overlaps(line.span):
                continue  # the signature of what is forwarded
            words = case.words(line)
            if "章" not in words and not _DATED.search(words):
                add("落款", line.start, line.end)
            else:
                match = _SIGNED.match(words)
                if match:
                    add("落款", line.start, line.start + match.end(1))
    for line in case.lines("colophon"):
        words = case.words(line)
        match = _PRINTED.match(words)
        if match and not words.startswith(("抄送", "主送", "印发")):
            add("版记", line.start, line.start + match.end(1))
    return tuple(found)


def issuer_mismatch(case: Case, card: Card) -> Iterator[Fault]:
    """Two places that each name one issuing body and do not name the same."""
    places: dict[str, list[Named]] = {}
    for named in issuer_places(case):
        places.setdefault(named.place, []).append(named)
    signed = places.get("落款") or []
    if len(signed) != 1:
        return
    own = signed[0]
    for place in ("版头", "标题", "版记"):
        others = places.get(place) or []
        if len(others) != 1:
            continue
        other = others[0]
        fault = _compare(case, own, other, card)
        if fault:
            yield fault
            return


def _elsewhere(one: str, two: str) -> bool:
    """Whether two names begin with different regions of one level (东平市北湖区…, 青河市北湖区…)."""
    a, b = _REGION.match(one), _REGION.match(two)
    return a is not None and b is not None and a.group() != b.group() and a.group()[-1] == b.group()[-1]


def _compare(case: Case, own: Named, other: Named, card: Card) -> Fault | None:
    a, b = own.key, other.key
    if (a == b or a.endswith(b) or b.endswith(a)) and not _elsewhere(own.words, other.words):
        return None
    values = {"own": own.words, "other": other.words, "place": other.place}
    related = (Other(other.span, other.place),)
    if _simple(a) == _simple(b):
        return Fault(own.span, values, related, variant="short")
    if a.startswith(b) or b.startswith(a):
        return _part_of(case, own, other)
    likeness = SequenceMatcher(None, a, b).ratio()
    if likeness >= card.params["alike"]:
        return Fault(own.span, values, related)
    return Fault(own.span, values, related, variant="another")


_SCHOOL = lazy(r"(?:大学|学院|学校|[中小]学|幼儿园)$")


def _part_of(case: Case, own: Named, other: Named) -> Fault | None:
    """One name is the other's and more: the office of a body or one of its divisions signs, or heads the letter.

    That its office prints is the rule, and that it signs is lawful where the seal or the text says so (代章, 经…同意).
    """
    short, long = sorted((own.key, other.key), key=len)
    rest = long[len(short) :]
    # A school's offices and faculties sign what it issues.
    if other.place == "版记" or case.part("seal_note") or _FURTHER_BODY.match(rest) or _SCHOOL.search(short):
        return None
    variant = "another"
    if _OFFICE.fullmatch(rest):
        if any(_AGREED.search(case.words(line)) for line in case.lines("body")):
            return None
        variant = "office"
    values = {"own": own.words, "other": other.words, "place": other.place}
    return Fault(own.span, values, (Other(other.span, other.place),), variant=variant)


KINDS: dict[str, Kind] = {"issuer_mismatch": Kind(issuer_mismatch, {"alike": 0.6})}
