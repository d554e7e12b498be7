"""Spam between words: what mirror sites insert, found so that it can be left out and marked."""

import re
from collections import Counter

from extractor.patterns import lazy

# The patterns begin with the signs themselves, so that the engine skips; what stands before one is asked then.
_WORDS = r"[一-鿿\d，、；：。“”《》（）〔〕]"
_ONWARD = rf"(?={_WORDS})"
_DOUBLE = "@#$%^&~＠＃＄％＾＆～"
_SITE = "www."
# (what stands between words, the signs it needs, how often the very same must stand there)
_KINDS = (
    (lazy(r"[@＠]{2,}|[$＄]{2,}"), "@＠$＄", 4),
    (lazy(r"#{2,}(?=[一-鿿])"), "#", 8),
    (lazy(rf"[{_DOUBLE}](?<=[^\s@#$%^&~].)[{_DOUBLE}]{{1,5}}{_ONWARD}"), _DOUBLE, 8),
    (lazy(rf"[@\^&＠＾＆](?<=[^\sa-zA-Z].)(?:{_ONWARD}|(?=\s|$))"), "@^&＠＾＆", 8),
    (lazy(r"[#$＃＄](?<=[一-鿿，、；：。].)(?=[一-鿿，、；：。])"), "#$＃＄", 8),  # 3#楼 is a building
    (lazy(rf"[【\[](?<={_WORDS}.)[一-鿿]{{0,8}}(?:网|文库|论坛)[】\]]{_ONWARD}"), "【[", 6),
    (
        lazy(
            rf"(?<={_WORDS})(?:https?://)?www\.(?:(?!gov|edu|org)[a-zA-Z0-9-]{{1,30}}\.){{1,4}}(?:com|net|cc|top|cn){_ONWARD}"
        ),
        (_SITE,),
        6,
    ),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü"
_REST = rf"\s?[{_LETTERS}]{{1,6}}\s?[）)]"
_PINYIN = lazy(rf"[（(](?<=[一-鿿].){_REST}(?:[（(]{_REST})*")

# What a forum strews at the ends of lines against copying: ". g0 E7 }) b; g/ e*".
_STREWN = (
    lazy(r"\n(?:[!-~]{1,2} ){3,}(?=[^!-~\s])"),
    lazy(r" (?<=[^!-~\s].)[!-~]{1,2}(?: [!-~]{1,2}){3,} ?$", re.M),
)
_ODD = frozenset("!\"#%&'*;<>?@[\\]^{|}~")
# Pictures with what joins and colours them; signs of older sets that a text may mean (★☎☑) only where one of those follows.
_EMOJI = lazy(
    r"(?:[\U0001F000-\U0001FAFF]|[\u2600-\u27BF\u3030\u303D](?=[\uFE0F\u200D\U0001F3FB-\U0001F3FF])|(?<=\u200D)[\u2600-\u27BF])"
    r"[\uFE0F\u200D\U0001F3FB-\U0001F3FF]*"
)
_PICTURES = 6
_LINES = 3  # on so many lines at least
_SIGNS = _ODD.union(*(needed for _, needed, _ in _KINDS if needed != (_SITE,)))
_SIGN = lazy(f"[{re.escape(''.join(sorted(_SIGNS)))}]")


def find_junk(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of spam in ``text``: the same signs, site names or addresses again and again in the midst of words,
    pinyin in brackets after single characters, once or twice, and pictures. Ranges do not overlap.
    """
    found: list[tuple[int, int]] = []
    here = [*_SIGN.findall(text), *[_SITE] * text.count(_SITE)]  # most texts hold a handful of them
    for pattern, needed, least in _KINDS:
        if len(here) < least or sum(map(here.count, needed)) < least:
            continue
        hits = list(pattern.finditer(text))
        if len(hits) < least:
            continue
        for signs, count in Counter(map(_shape, hits)).items():
            if count < least:
                continue
            if len(signs) > 1:
                # No words of a notice: out with it wherever it stands, in an e-mail address too.
                found.extend(match.span() for match in re.finditer(re.escape(signs), text))
            else:
                found.extend(match.span() for match in hits if _shape(match) == signs)
    pinyin = [match.span() for match in _PINYIN.finditer(text)]
    if len(pinyin) >= 5:
        found.extend(pinyin)
    if sum(map(_ODD.__contains__, here)) >= 2 * _LINES:
        found.extend(_strewn(text))
    if len(text.encode("utf-16-le", "replace")) >= 2 * (len(text) + _PICTURES):  # of two units each
        pictures = [match.span() for match in _EMOJI.finditer(text)]
        found.extend(pictures if len(pictures) >= _PICTURES else [])
    found.sort()
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _strewn(text: str) -> list[tuple[int, int]]:
    """Runs of single letters and odd signs at the ends of several lines; rows of numbers or letters alone are none."""
    hits = [
        (match.start() - (match[0][0] != "\n"), match.end() - 1)
        for pattern in _STREWN
        for match in pattern.finditer("\n" + text)
        if sum(c in _ODD for c in match.group()) > 1
    ]
    hits = [(a, b) for a, b in hits if any(c.isalpha() for c in text[a:b])]
    return hits if len(hits) >= _LINES else []


def _shape(match: re.Match[str]) -> str:
    """What was inserted; of one sign repeated any number of times two."""
    signs = match.group()
    return signs[:2] if len(set(signs)) == 1 else signs
