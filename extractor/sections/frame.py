"""What is known of a letter's parts while they are being found, by line index."""

from msgspec import Struct, field


class Frame(Struct):
    """What ``frame`` found, by line index. Grows inside ``frame`` only."""

    zones: list[str]
    title: tuple[int, int] | None = None
    addressees: int | None = None
    doc_number: int | None = None
    letterhead: tuple[int, int] | None = None
    signature: tuple[int, int] | None = None
    issue_date: int | None = None
    seal_note: int | None = None
    note: int | None = None
    plan_title: tuple[int, int] | None = None
    attachment_note: tuple[int, int] | None = None
    colophon: tuple[int, int] | None = None
    attachments: list[int] = field(default_factory=list)
    body: int = 0
    letters: list[tuple[str, int, int]] = field(default_factory=list)  # kind, first and last line
    further: list[int] = field(default_factory=list)
    report: bool = False
