"""Bodies that a notice's layout names: letterhead, title, addressees, signature, seal note, colophon, web frame."""

from collections.abc import Iterator
from itertools import pairwise

from extractor.entities.unit_groups import group_end
from extractor.entities.unit_lists import Found, members
from extractor.entities.unit_prefixes import Words, anchored
from extractor.entities.unit_shapes import find_names
from extractor.model import Manuscript, Span
from extractor.patterns import lazy

_TITLE_BODY = lazy(r"关于|印发|转发|批转|发布|公布|(?:令|公告|通告)$")
_PLANNED = lazy(r"(?:19|20)[\dxX×]{2}年|[“《]|[xX×]{2,4}年|开展|举办|组织开展")
_DATE = lazy(r"\d{2,4}[年.、/-]\d|[二一][〇○零oO0一二三四五六七八九]{3}年|\d{4}$")
# Signs no name has; the place an anonymised name leaves out is no fault of it (xx市, ××县).
_FOREIGN = lazy(r"[a-wyzA-WYZ0-9*]|(?<![xX×])[xX×](?![xX×省市县区镇乡州街])|年[\dxX×]{0,2}月")
_SEAL = lazy(r"（?([^（）\n。，；]{2,40}?)(?:代章|代盖章|代印|代用印)）?")
_COPIES = lazy(r"(?:抄送|抄报|分送|主送)：?")
_PRINTED = lazy(r"([^，。；：\n\d]{2,60}?)(?=\d{4}年|[二一][〇○零oO0]|印发)")
_LISTED = lazy("[^、]+")
_BY = r"(?:机构|机关|单位|部门)[：\n]"
# Every branch begins with its literal, so that the engine skips by a character set.
_WEB = lazy(
    rf"(?:发布(?:{_BY}|(?<![一-鿿]发布)(?:者|人)?：)|发文{_BY}|印发{_BY}|制定{_BY}|成文{_BY}|颁布{_BY})(?P<names>[^\n，。；：|\d]{{2,90}})"
)
_ETC = lazy(r"等(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:个|家)?(?:部门|单位|机构|部委)?$")
_EACH = lazy(
    r"各(?:省(?:、?(?:自治区|直辖市|计划单列市|副省级城市|新疆生产建设兵团)|及|和)*|地级以上市|设区市|(?:地区|[市州盟县区旗])(?:、?(?:地区|[市州盟县区旗]))*(?:（[^（）]{1,9}）)?(?:、?[区市县旗](?![场直级]))?|"
    r"(?:乡|镇|街道)(?:、?(?:乡|镇|街道))*(?:（[^（）]{1,6}）)?)"
)
_TOWN_BODIES = (
    "街道办事处",
    "办事处",
    "街道办",
    "镇人民政府",
    "乡人民政府",
    "镇政府",
    "乡政府",
    "管委会",
    "园区管委会",
    "开发区管委会",
)
_PIECE = lazy(r"[^\n、，]+")
_HEADED = lazy(r"(?:文件|令|公告|通告)(?:（[^）]*）)?$")
_NO_BODY = lazy(r"[，。；：]|通知$")
_BLOCK = lazy(r"(?:[^，；。\n（）]|（[^（）]*）)+")
_MEMBER = lazy(r"(?:[^、（）]|（[^（）]*）)+")
_NOTE = lazy(r"（[^（）]*）$")
_GROUPED = lazy(r"各|有关|相关|全|[省市州盟区县旗镇乡局校](?:直|级|属|政府|委)|驻")


def by_place(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """Bodies named by the parts of the letter."""
    parts = manuscript.outline.parts
    yield from _issuers(manuscript, words, parts.get("letterhead"), "letterhead")
    yield from _title(manuscript, words, parts.get("title"))
    if "addressees" in parts:
        yield from addressees(manuscript, words, *_bounds(manuscript, parts["addressees"]))
    yield from _signature(manuscript, words)
    if "seal_note" in parts:
        start, end = _bounds(manuscript, parts["seal_note"])
        match = _SEAL.search(manuscript.reading.chars, start, end)
        if match:
            yield Found(match.start(1), match.end(1), "seal", "seal_note")
    if "colophon" in parts:
        yield from _colophon(manuscript, words, *_bounds(manuscript, parts["colophon"]))
    yield from _web(manuscript, words)


def _bounds(manuscript: Manuscript, span: Span) -> tuple[int, int]:
    return manuscript.reading.index(span.start), manuscript.reading.index(span.end)


def _issuers(manuscript: Manuscript, words: Words, span: Span | None, basis: str) -> Iterator[Found]:
    if span is None:
        return
    chars = manuscript.reading.chars
    start, end = _bounds(manuscript, span)
    match = _HEADED.search(chars[start:end])
    end = start + match.start() if match else end
    for a, b in pieces(manuscript, words, start, end):
        if words.head(chars, b, a):
            yield Found(a, b, "issuer", basis)


def _title(manuscript: Manuscript, words: Words, span: Span | None) -> Iterator[Found]:
    """The bodies before 关于 in the title, if all of them look like bodies; one named behind 转发 is only mentioned."""
    if span is None:
        return
    chars = manuscript.reading.chars
    start, end = _bounds(manuscript, span)
    match = _TITLE_BODY.search(chars, start, end)
    if match is None or match.start() - start < 2 or match.start() - start > 200:
        return
    stop = match.start()
    etc = _ETC.search(chars[start:stop])
    made = list(pieces(manuscript, words, start, start + etc.start() if etc else stop))
    signed = "signature" in manuscript.outline.parts
    if made and all(words.head(chars, b, a) and "《" not in chars[a:b] for a, b in made):
        for index, (a, b) in enumerate(made):
            more = bool(etc) and index == len(made) - 1 and not signed
            yield Found(a, stop if more else b, "issuer", "title", group=more)


def title_begins(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """The body a plan's title begins with (甲市教育局2019年…方案): who issues it, where nothing else tells."""
    span = manuscript.outline.parts.get("title")
    if span is None:
        return
    chars = manuscript.reading.chars
    start, end = _bounds(manuscript, span)
    match = _PLANNED.search(chars, start, end)
    if match and match.start() - start > 2 and words.head(chars, match.start(), start):
        yield Found(start, match.start(), "issuer", "title")


def _signature(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """Every line of the signature that is neither date nor seal note; the seal note's body as ``seal``."""
    chars = manuscript.reading.chars
    lines = [line for line in manuscript.outline.lines if line.zone == "signature"]
    blocks: list[tuple[int, int]] = []
    for line in lines:
        text = chars[line.start : line.end]
        seal = _SEAL.search(text) if "代" in text else None
        date = _DATE.search(text)
        end = line.start + min(
            [len(text), *([seal.start()] if seal else []), *([date.start()] if date else [])]
        )
        if end - line.start >= 2 and not _NO_BODY.search(chars[line.start : end]):
            if blocks and blocks[-1][1] + 1 == line.start:
                blocks[-1] = (blocks[-1][0], end)
            else:
                blocks.append((line.start, end))
    for start, end in blocks:
        for a, b in pieces(manuscript, words, start, end):
            if b - a >= 2:
                yield Found(a, b, "issuer", "signature")


def _colophon(manuscript: Manuscript, words: Words, start: int, end: int) -> Iterator[Found]:
    chars = manuscript.reading.chars
    at = start
    for text in chars[start:end].split("\n"):
        copies = _COPIES.match(text)
        if copies:
            yield from (
                Found(a, b, "mentioned", "colophon", group)
                for a, b, group in members(chars, words, at + copies.end(), at + len(text.rstrip("。")))
            )
        elif printed := _PRINTED.match(text):
            for a, b in pieces(manuscript, words, at, at + printed.end(1)):
                if words.head(chars, b, a):
                    yield Found(a, b, "printer", "colophon")
        at += len(text) + 1


def _web(manuscript: Manuscript, words: Words) -> Iterator[Found]:
    """The body that the frame of a web page calls the issuer (发布单位：…, also on the next line)."""
    chars = manuscript.reading.chars
    sections = manuscript.outline.sections
    end = manuscript.reading.index(sections[0].span.start) if sections else len(chars)
    for match in _WEB.finditer(chars, 0, min(end, 2000)):
        for part in _LISTED.finditer(match["names"]):
            a, b = match.start("names") + part.start(), match.start("names") + part.end()
            stop = (*manuscript.reading.gaps(a, b), b)[0]
            if words.head(chars, stop, a) or _role_word(chars, a, stop):
                yield Found(a, stop, "issuer", "web", confidence=0.6)
            elif names := find_names(chars, words, a, b):
                stop = names[0].end
                yield Found(names[0].start, stop, "issuer", "web", confidence=0.6)
            if stop < b:
                break  # the next field of the frame


def pieces(manuscript: Manuscript, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names that stand one after another in a block without text: parted by lines, 、 or printed blanks.

    A piece that does not end in a head noun goes on in the next one (a name set on two lines); letter-spaced names are
    one piece.
    """
    chars = manuscript.reading.chars
    cuts: list[tuple[int, int]] = []
    for line in _PIECE.finditer(chars[start:end]):
        a, b = start + line.start(), start + line.end()
        gaps = manuscript.reading.gaps(a, b)
        marks = [a, *gaps, b]
        if gaps and all(y - x >= 3 for x, y in pairwise(marks)):
            cuts += list(pairwise(marks))
        else:
            cuts.append((a, b))
    held: int | None = None
    for index, (a, b) in enumerate(cuts):
        if _FOREIGN.search(chars, a, b):
            held = None
            continue
        begin = a if held is None else held
        following = cuts[index + 1] if index + 1 < len(cuts) else None
        ends = bool(words.head(chars, b, begin)) or _role_word(chars, begin, b)
        if following is not None and (not ends or _tail_only(chars, words, *following)):
            held = begin
            continue
        held = None
        yield from _adjacent(chars, words, begin, b)


def _role_word(chars: str, begin: int, end: int) -> bool:
    """A short office name no list knows (教务处, 中文系) is whole."""
    if chars.startswith("中央", end - 2) and not chars.startswith("中共", begin):
        return True  # 共青团中央
    return end - begin <= 6 and chars[end - 1] in "处系科室部院办团队组站局委会"


def _tail_only(chars: str, words: Words, begin: int, end: int) -> bool:
    """Whether a piece is only the end of a name begun before: 办公室."""
    return chars[begin:end] in (
        "办公室",
        "领导小组办公室",
        "联席会议办公室",
        "委员会",
        "委员会办公室",
        "领导小组",
    )


def _adjacent(chars: str, words: Words, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Names set without any sign between them (…局中共…委宣传部): cut before each name that begins with a region."""
    several = len(words.units.head.findall(chars, begin, end)) > 1
    names = [name for name in find_names(chars, words, begin, end) if not name.group] if several else []
    whole = len(names) > 1 and names[0].start == begin and names[-1].end == end
    if whole and all(a.end == b.start and b.strength == 3 for a, b in pairwise(names)):
        yield from ((name.start, name.end) for name in names)
    else:
        yield begin, end


def addressees(manuscript: Manuscript, words: Words, start: int, end: int) -> Iterator[Found]:
    """The bodies addressed, parted at ， and at a 、 between names that are whole."""
    chars = manuscript.reading.chars
    while end > start and chars[end - 1] in "：:":
        end -= 1
    geo = ""
    for block in _BLOCK.finditer(chars[start:end]):
        held: int | None = None
        found = list(_MEMBER.finditer(block.group()))
        for index, part in enumerate(found):
            a, b = start + block.start() + part.start(), start + block.start() + part.end()
            begin = a if held is None else held
            following = found[index + 1].group() if index + 1 < len(found) else ""
            if following and not _whole(chars, words, begin, b, following):
                held = begin
                continue
            held = None
            text = chars[begin:b]
            if each := _EACH.match(text):
                geo = each.group()
            bare = bool(geo) and not each and _bare_stem(text, words)
            geo = geo if each or bare else ""
            group = bare or _is_group(chars, words, begin, b)
            yield Found(
                begin,
                b,
                "addressee",
                "addressees",
                group,
                whole=("各" if text in _TOWN_BODIES else geo) + text if bare else "",
            )


def _bare_stem(text: str, words: Words) -> bool:
    """A known stem without any region: 法院 behind 各县（区）党委宣传部 means the courts of the counties."""
    return text in words.units.cores or text.startswith("党委")


def _whole(chars: str, words: Words, begin: int, end: int, following: str) -> bool:
    """Whether a part of an address list is a name by itself and does not share the next part's head."""
    if following in ("部门", "单位", "企业"):
        return False
    text = _NOTE.sub("", chars[begin:end])
    stop = begin + len(text)
    if (
        words.head(chars, stop, begin)
        or words.core(chars, stop, begin)
        or text.endswith(("单位", "部门", "企业", "学校", "机构", "高校", "院校"))
    ):
        return True
    if text.startswith("各") and following.startswith("各"):
        return True
    if group_end(chars, words, begin, end) != end or text.startswith("各省"):
        return False
    return bool(_GROUPED.match(following))


def _is_group(chars: str, words: Words, begin: int, end: int) -> bool:
    text = chars[begin:end]
    if text.startswith(("各", "有关", "相关", "全体")) or text.endswith(
        ("单位", "部门", "企业", "学校", "各部门")
    ):
        return True
    return group_end(chars, words, begin, end) == end or (
        not (words.divisions.find(text[:2]) or anchored(chars, words, begin, end)) and len(text) <= 12
    )
