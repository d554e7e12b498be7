"""Signs a recogniser takes for others that print almost alike: ( for （, 一 for —, ○ for 〇, 1 for l. Mended one to one.

A picture does not show how wide a sign was typed, so no check may complain of it: what is mended is marked ``repaired``.
"""

import re

from extractor.patterns import lazy

_CHINESE = "一-鿿"
_CLOSE = f"{_CHINESE}0-9A-Za-z》）)”’〉〕%％"
_NUMERAL = "一二三四五六七八九十"
# What is done one by one is 一一, and a word may end and the next begin with 一 (统一一个); else two of them are a dash.
_TWO_ONES = (
    "(?<![统唯逐单专之万划同第十周期])一一(?![对落列核检排销整解说介答回梳兑登记反告个套次致种名项张份条支批些起"
    "年月天日周点般定系体览切线旦二三四五六七八九十])"
)
_IN_CONTEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (lazy(rf"(?<=[{_CLOSE}]),(?!\d{{3}}(?!\d))(?=[^\x21-\x7e]|$)", re.M), "，"),
    (lazy(rf"(?<=[{_CLOSE}]):(?=[^\x21-\x7e]|$)|(?<=[{_CHINESE}）)]):", re.M), "："),
    (lazy(rf"(?<=[{_CLOSE}]);(?=[^\x21-\x7e]|$)", re.M), "；"),
    (lazy(rf"(?<=[{_CHINESE}”》）])\?"), "？"),
    (lazy(rf"(?<=[{_CHINESE}”》）])!"), "！"),
    (lazy(rf"(?<=[{_CHINESE}）)”》])(?<!^[{_NUMERAL}])(?<!^[{_NUMERAL}]{{2}})[.．](?=$)", re.M), "。"),
    (lazy(r"(?:(?<=[\d日月年])|^)一(?=\d)|(?<=\d)一$", re.M), "—"),  # nobody writes 2021一2025
    (lazy(rf"(?<=[{_CHINESE}A-Za-z）”》])°(?=[^\x21-\x7e]|$)", re.M), "。"),
    (lazy(rf"(?<=^[{_NUMERAL}]) (?=[{_CHINESE}])|(?<=^十[{_NUMERAL}]) (?=[{_CHINESE}])", re.M), "、"),
    (lazy("«"), "《"),
    (lazy("»"), "》"),
)
_DASHES = lazy(rf"(?<=[{_CHINESE}”》）！？、，])(?:{_TWO_ONES}|一[—－-]|[—－-]一)(?=[{_CHINESE}“《（])")
_ZEROS = "〇○零"
_FOLIO = lazy(r"^[一—\-－]\s*\d{1,3}\s*[一—\-－]$", re.M)
_BRACKETS = lazy(r"[(（]([^()（）]{0,120})[)）]|[()]")
_WORD = lazy("[0-9A-Za-z]")
_LATIN = lazy(r"[\x21-\x7e]*")
_NUMBERED = lazy(r"[〔﹝\[【［]\s*((?:19|20)\d\d)\s*[〕﹞\]】］](?=\s*第?\s*\d{1,4}\s*号)")
_YEAR = lazy(rf"(?<![{_CHINESE}\dA-Za-z])[一二][九{_ZEROS}][{_NUMERAL}{_ZEROS}]{{2}}(?=\s*年)")
_DOMAIN = lazy(r"(?<=[@＠])[A-Za-z0-9.-]+")
_ONE, _NIL = lazy("(?<=[a-z])1(?=[a-z])"), lazy("(?<=[a-z])0(?=[a-z])")
_STRAIGHT = '"＂'


def mended(text: str) -> str:
    """Recognised lines with their signs as they are printed in notices; as long as before."""
    for pattern, sign in _IN_CONTEXT:
        text = pattern.sub(sign, text)
    text = _DASHES.sub("——", text)
    text = _FOLIO.sub(lambda match: match.group().replace("一", "—"), text)
    text = _BRACKETS.sub(_bracketed, text)
    text = _NUMBERED.sub(r"〔\1〕", text)
    text = _YEAR.sub(lambda match: match.group().replace("○", "〇"), text)
    text = _DOMAIN.sub(lambda match: _NIL.sub("o", _ONE.sub("l", match.group())), text)
    return _quoted(text)


def _bracketed(match: re.Match[str]) -> str:
    """Full-width brackets, unless they stand in and round Latin letters and digits."""
    whole, inside = match.group(), match.group(1)
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if inside is None:
        return whole if _WORD.match(before) and _WORD.match(after) else "（" if whole == "(" else "）"
    latin = _LATIN.fullmatch(inside) and (_WORD.match(before) or _WORD.match(after))
    return whole if latin and whole[0] == "(" and whole[-1] == ")" else f"（{inside}）"


def _quoted(text: str) -> str:
    """Straight quotes turned the way they stand: an opening one where none is open."""
    if not any(sign in text for sign in _STRAIGHT):
        return text
    signs: list[str] = []
    inside = False
    for char in text:
        if char in _STRAIGHT:
            inside = not inside
            char = "“" if inside else "”"
        elif char in "“”":
            inside = char == "“"
        signs.append(char)
    return "".join(signs)
