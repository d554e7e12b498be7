"""The exception tree. Readers raise ``ReadError`` kinds only; rules raise ``RuleError``; the faces print one line."""


class NoticeError(Exception):
    """Base of everything this package raises on purpose."""


class RuleError(NoticeError):
    """A rules file is wrong: unknown key, duplicate code, missing fact. The message names file and line."""


class UsageError(NoticeError):
    """The call is wrong: unknown option value, path that does not exist."""


class ConfigurationError(NoticeError):
    """``notice.toml`` is wrong: an unknown key, value or code. The message names file and line."""


class WaiverError(NoticeError):
    """A document holds a waiver (``qa:ignore``) that names no check; the message names its line."""

    reason = "waiver"


class ReadError(NoticeError):
    """A document could not be read. ``reason`` is a stable word for the failure table."""

    reason = "unreadable"


class EmptyFile(ReadError):
    reason = "empty"


class UnknownFormat(ReadError):
    reason = "unknown-format"


class Damaged(ReadError):
    """Truncated or malformed content."""

    reason = "damaged"


class Encrypted(ReadError):
    reason = "encrypted"


class NoText(ReadError):
    """The file opens but holds no readable text (a scan, a font without a map)."""

    reason = "no-text"


class TooLarge(ReadError):
    """A limit on size, pages, depth or expansion was passed."""

    reason = "too-large"


class Unsafe(ReadError):
    """The file tries something a document has no business doing (path tricks, entities, bombs)."""

    reason = "unsafe"


class MissingPart(ReadError):
    """An optional program or extra is needed for this format and is not installed; the message says which."""

    reason = "missing-part"


class Vanished(ReadError):
    """The file went away or changed while it was read."""

    reason = "vanished"


class TimedOut(ReadError):
    reason = "timeout"
