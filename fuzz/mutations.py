"""Ways to break a file: at random places, in the members of a zip, in numbers and names. All from one seeded generator."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

NASTY = (
    b"", b"\x00", b"\xff\xff\xff\xff", b"-1", b"0", b"99999999999999999999", b"1e309", b"NaN", b"%s%n", b"<", b">", b"&", b"&#0;",
    b"&x;", b"]]>", b"<!--", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xf4\x90\x80\x80", "一".encode(), "\u202e".encode(), b"\r", b"\n" * 50,
    b" " * 500, b"(" * 300, b"<a>" * 300, b"/" * 40, b"../" * 20, b"stream\n", b"endobj", b"\x1f\x8b\x08", b"PK\x03\x04",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_VALUE = re.compile(rb'"[^"<>]{0,80}"')


def mutate(raw: bytes, chance: random.Random) -> bytes:
    """One to four changes of ``raw``; a zip is opened, changed inside and closed again two times out of three."""
    if raw[:2] == b"PK" and chance.random() < 0.67:
        return _in_zip(raw, chance)
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(_CHANGES)(raw, chance)
    if len(raw) > 4_000_000:
        raw = raw[:4_000_000]
    return raw


def _place(raw: bytes, chance: random.Random) -> int:
    return chance.randrange(len(raw) + 1)


def _flip(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _noise(raw: bytes, chance: random.Random) -> bytes:
    i = _place(raw, chance)
    length = chance.choice((1, 4, 30, 300))
    return raw[:i] + chance.randbytes(length) + raw[i + length :]


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: _place(raw, chance)]


def _drop(raw: bytes, chance: random.Random) -> bytes:
    i = _place(raw, chance)
    return raw[:i] + raw[i + chance.choice((1, 7, 60, 900)) :]


def _twice(raw: bytes, chance: random.Random) -> bytes:
    i = _place(raw, chance)
    length = chance.choice((3, 40, 400, 4000))
    return raw[: i + length] + raw[i : i + length] * chance.choice((1, 3, 50)) + raw[i + length :]


def _insert(raw: bytes, chance: random.Random) -> bytes:
    i = _place(raw, chance)
    return raw[:i] + chance.choice(NASTY) + raw[i:]


def _swap(pattern: re.Pattern[bytes]) -> Callable[[bytes, random.Random], bytes]:
    """Replace one hit of ``pattern`` near a random place by something nasty, or by another hit."""

    def change(raw: bytes, chance: random.Random) -> bytes:
        start = _place(raw, chance)
        hits = [m for _, m in zip(range(30), pattern.finditer(raw, start), strict=False)]
        if not hits:
            return raw
        hit = chance.choice(hits)
        other = chance.choice(NASTY) if chance.random() < 0.6 else chance.choice(hits).group()
        return raw[: hit.start()] + other + raw[hit.end() :]

    return change


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _noise, _cut, _drop, _twice, _insert, _swap(_NUMBER), _swap(_TAG), _swap(_VALUE),
)  # fmt: skip


_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "3",
    "99999999999999999999",
    "1e309",
    "NaN",
    "x",
    "g 9 9",
    "0 0 0 0",
    "true",
    "decimal",
    "%1%2%9",
    "一",
)


def _in_tree(raw: bytes, chance: random.Random) -> bytes:
    """Well-formed XML made strange: elements doubled, moved, left out, renamed; attributes and words replaced."""
    from lxml import etree

    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return _flip(raw, chance)
    for _ in range(chance.choice((1, 3, 10))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        element, other = chance.choice(elements), chance.choice(elements)
        parent = element.getparent()
        way = chance.randrange(7)
        if way == 0 and parent is not None:
            parent.remove(element)
        elif way == 1 and parent is not None:
            for _ in range(chance.choice((1, 2, 40))):
                parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        elif way == 2 and other is not element and element not in other.iterancestors():
            other.append(element)
        elif way == 3:
            element.tag = other.tag
        elif way == 4 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
        elif way == 5 and other.attrib:
            name = chance.choice(list(other.attrib))
            element.set(name, other.attrib[name])
        else:
            element.text = chance.choice((*_VALUES, other.text or "", "长" * 3000))
    made: bytes = etree.tostring(root)
    return made


def _in_zip(raw: bytes, chance: random.Random) -> bytes:
    """The same package with one or two members changed, left out, doubled or renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as old:
            members = [(info.filename, old.read(info)) for info in old.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return _flip(raw, chance)
    for _ in range(chance.randint(1, 2)):
        if not members:
            break
        index = chance.randrange(len(members))
        name, content = members[index]
        way = chance.random()
        if way < 0.5 and content.lstrip()[:1] == b"<":
            members[index] = (name, _in_tree(content, chance))
        elif way < 0.85:
            for _ in range(chance.randint(1, 3)):
                content = chance.choice(_CHANGES)(content, chance)
            members[index] = (name, content)
        elif way < 0.9:
            del members[index]
        elif way < 0.95:
            members.append((name + chance.choice(("", "x", "/y", "\\z")), content))
        else:
            members[index] = (name, chance.choice(members)[1])
    buffer = io.BytesIO()
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        warnings.simplefilter("ignore")
        for name, content in members:
            new.writestr(name, content)
    return buffer.getvalue()
