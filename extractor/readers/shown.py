"""A web page as lines: what is shown, where it stands in the source, what it says of the notice."""

from msgspec import Struct, field

OUTER = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u3000\u200b\ufeff"
DATE = r"(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?:\s*日)?)"


class Shown(Struct):
    """One shown line: characters, links in it (start, end, target), its block's ordinal and its column there.

    ``marker``: what the browser puts before it, no character of the file (``1.`` of a numbered list).
    """

    text: str
    number: int
    column: int = 1
    part: str = "body"
    level: int = 0
    links: list[tuple[int, int, str]] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    marker: str = ""


class Fact(Struct, frozen=True):
    """What the page says of the notice or of itself; ``line`` shows it."""

    label: str
    value: str
    line: Shown
