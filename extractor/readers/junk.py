"""Spam between words: what mirror sites insert, found so that it can be left out and marked."""

from extractor.patterns import lazy

_SIGNS = lazy(r"(?:@{2,}|#{2,}(?=[一-鿿])|\${2,})")
_PINYIN = lazy(r"[（(](?<=[一-鿿].)[a-zA-Zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}[）)]")


def find_junk(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of spam in ``text``: repeated signs, pinyin in brackets after single characters."""
    found: list[tuple[int, int]] = []
    for pattern, least, signs, needed in ((_SIGNS, 8, "@#$", 16), (_PINYIN, 5, "（(", 5)):
        if sum(map(text.count, signs)) < needed:
            continue
        hits = [match.span() for match in pattern.finditer(text)]
        if len(hits) >= least:
            found.extend(hits)
    return sorted(found)
