"""Signs a broken font hands out for others: 。 as ``.``, 《》 as ``« »``, digits full-width. Mended one to one.

Only a page that as a whole shows such a font is mended: a writer's own half-width comma is for the checks to report.
"""

import re

from extractor.patterns import lazy

_GUILLEMETS = lazy("[«»‹›]")
_WIDE_DIGITS = lazy("[０-９]")
_DOT_AS_STOP = lazy(r"(?<=[一-鿿»》）)”])\.(?=\s|$|[一-鿿«（(“])")
_CHINESE = lazy("[一-鿿]")
_FIXED = str.maketrans("«»‹›０１２３４５６７８９－＋％．", "《》〈〉0123456789—+%.")
_CLOSE = "一-鿿０-９0-9》»）)”’"
_IN_CONTEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (lazy(rf"(?<=[{_CLOSE}％%])\.(?![0-9０-９A-Za-z.])(?<!\.\.)"), "。"),
    (lazy(rf"(?<=[{_CLOSE}A-Za-z％%]),(?!(?<=[0-9０-９],)[0-9０-９]{{3}}(?![0-9０-９]))"), "，"),
    (lazy(rf"(?<=[{_CLOSE}A-Za-z]):(?!(?<=[0-9０-９]:)[0-9０-９]|//)"), "："),
    (lazy(rf"(?<=[{_CLOSE}A-Za-z％%]);"), "；"),
    (lazy(r"(?<=[一-鿿”》»])\?"), "？"),
    (lazy(r"(?<=[一-鿿”》»])!"), "！"),
)
_BRACKETS = lazy(r"\(([^()]{0,200})(\)|\Z)")


def is_broken(page: str) -> bool:
    """Whether the text of a page comes from a font that lost the Chinese signs."""
    if "。" in page or "，" in page or len(_CHINESE.findall(page)) < 20:
        return False
    stops = len(_DOT_AS_STOP.findall(page))
    return (bool(_GUILLEMETS.search(page)) and stops + page.count(",") >= 2) or (
        len(_WIDE_DIGITS.findall(page)) >= 2 and stops >= 1 and "," in page
    )


def repaired(text: str) -> str:
    """The text of a broken page with its signs as printed; as long as before."""
    for pattern, sign in _IN_CONTEXT:
        text = pattern.sub(sign, text)
    text = _BRACKETS.sub(_round, text)
    return text.translate(_FIXED)


def _round(match: re.Match[str]) -> str:
    return f"（{match.group(1)}{'）' if match.group(2) else ''}"
