"""How to run: values only. Made at the face (command line, web page, notebook) and passed down."""

from datetime import date

from msgspec import Struct, field


class Limits(Struct, frozen=True):
    """What one document may cost. Sizes in bytes, time in seconds.

    ``archive_…``: what an archive of documents may hold in all; ``depth``: archives one in the other.
    """

    file_bytes: int = 200_000_000
    expanded_bytes: int = 500_000_000
    expansion_ratio: int = 200
    members: int = 5_000
    archive_bytes: int = 20_000_000_000
    archive_members: int = 100_000
    pages: int = 2_000
    characters: int = 5_000_000
    pixels: int = 120_000_000
    depth: int = 3
    seconds: float = 120.0


class Settings(Struct, frozen=True):
    """``ocr``: auto, never or always. ``lang``: zh or en, for messages. ``profile``: draft, archive or compare."""

    today: date | None = None
    ocr: str = "auto"
    lang: str = "zh"
    profile: str = "draft"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, str] = field(default_factory=dict)
    ner: str | None = None
    limits: Limits = Limits()
