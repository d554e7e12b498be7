"""What is found in a text, with its value as written and as settled."""

from msgspec import Struct

from extractor.model.document import Span


class DateParts(Struct, frozen=True):
    """A date expression as written, before any year is inherited. Months 1–12 and days 1–31 are not yet checked.

    ``form``: day range month year span relative anniversary ordinal label number_year vague placeholder.
    ``anchor`` and ``shift`` describe a relative one (``campaign_end``, +7 days …); ``before`` marks 前, 之前, 底前.
    """

    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    time: str | None = None
    before: bool = False
    weekday: int | None = None
    anchor: str = ""
    shift: int | None = None
    name: str = ""
    number: int | None = None
    days: tuple[int, ...] = ()


class DateValue(Struct, frozen=True):
    """A resolved date: ISO days (``YYYY-MM-DD``), null where the text leaves it open."""

    start: str | None
    end: str | None
    time: str | None
    precision: str
    status: str
    year_from: str
    parts: DateParts
    alternatives: tuple[str, ...] = ()


class UnitName(Struct, frozen=True):
    """A body's name as it stands: ``name`` (blanks gone), its full name where certain, whether it is a group.

    ``key`` is the same for every surface form of one body in a notice.
    """

    name: str
    full_name: str | None = None
    group: bool = False
    key: str = ""


class ContactValue(Struct, frozen=True):
    """``kind``: person phone fax mobile email address; ``value`` normalised (area code completed)."""

    kind: str
    value: str
    purpose: str = ""


class CitationValue(Struct, frozen=True):
    """《title》 and the 文号 printed with it; ``kind``: document own_plan abbreviation law standard publication."""

    title: str
    doc_number: str | None = None
    kind: str = "document"
    relation: str = ""


class ActivityValue(Struct, frozen=True):
    """One activity: its title, kind, place, and the spans in which its dates and units are to be looked for."""

    title: str
    kind: str
    location: str | None
    location_span: Span | None
    scope: Span
    inherited: tuple[
        Span, ...
    ] = ()  # sentences at the head of the section that hold for every activity in it


class TextValue(Struct, frozen=True):
    """A value that is its own words: a theme, an attachment title, a region name …"""

    text: str
    detail: str = ""


Value = DateParts | DateValue | UnitName | ContactValue | CitationValue | ActivityValue | TextValue


class Mention(Struct, frozen=True):
    """Something found in the text: ``kind`` date unit contact citation attachment theme activity region."""

    kind: str
    span: Span
    value: Value
    role: str = ""
    confidence: float = 1.0
    basis: str = ""
