"""DOCX: paragraphs, tables, text boxes, footnotes and the first header, with automatic numbers and tracked changes.

Read from the XML itself: python-docx drops automatic numbers, text boxes and insertions. Changes are read as accepted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from extractor.errors import Damaged
from extractor.model import Document, Span
from extractor.patterns import lazy
from extractor.readers.builder import TextBuilder
from extractor.readers.comments import with_waivers
from extractor.readers.markup import Element
from extractor.readers.numbering import Numbering, Styles, read_styles
from extractor.readers.opc import Relation, metadata, read_part, relations
from extractor.readers.package import Package
from extractor.readers.wordml import (
    Block,
    Grid,
    Piece,
    R,
    W,
    Walked,
    blocks,
    first_child,
    number,
    pieces,
    switched_on,
    value,
)
from extractor.settings import Settings
from extractor.text import fold

_LETTERHEAD = lazy(r"(?:文件|简报|公报|公告|通报|命?令|函|[〔\[（(]\d{4}[〕\]）)]第?\d+号)$")
_FIELD_LINK = lazy(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_OUTER = " \t\r\n\x0b\x0c\xa0\u2002\u2003\u3000\u200b\ufeff"


def read_docx(raw: bytes, name: str, settings: Settings) -> Document:
    """A Word file as a document. Raises ``Damaged``, ``Encrypted``, ``TooLarge``, ``Unsafe``."""
    package = Package(raw, settings.limits)
    main = next((r.target for r in relations(package, "") if r.kind == "officeDocument"), "word/document.xml")
    root = read_part(package, main)
    if root is None:
        raise Damaged("Word 文件里没有正文（word/document.xml）")
    related = relations(package, main)
    styles_root = _first(package, related, "styles")
    styles = read_styles(styles_root)
    reader = _Reader(
        TextBuilder(),
        styles,
        Numbering(_first(package, related, "numbering"), styles),
        {r.id: r.target for r in related if r.outside and r.kind == "hyperlink"},
        any_hidden=_mentions(root, "vanish")
        or (styles_root is not None and _mentions(styles_root, "vanish")),
    )
    body = blocks(root)
    _header(reader, package, related, root)
    reader.story(body)
    for kind in ("footnote", "endnote"):
        notes = _first(package, related, f"{kind}s")
        for index, note in enumerate(_notes(notes), 1) if notes is not None else ():
            reader.story(blocks(note, f"{kind}{index}"))
    if _mentions(root, "altChunk"):
        reader.builder.warn("文件里嵌有另一份文档，没有读取")
    if reader.changes:
        reader.builder.warn(f"文稿里还有 {reader.changes} 处未处理的修订，已按接受修订后的文字读取")
    made = reader.builder.build(name, "docx", raw, metadata=metadata(package))
    comments = _first(package, related, "comments")
    return made if comments is None else with_waivers(made, root, comments)


def _first(package: Package, related: Sequence[Relation], kind: str) -> Element | None:
    target = next((r.target for r in related if r.kind == kind and not r.outside), None)
    return None if target is None else read_part(package, target)


def _mentions(root: Element, name: str) -> bool:
    return next(root.iter(f"{W}{name}"), None) is not None


def _notes(root: Element) -> Iterator[Element]:
    for note in root:
        if note.get(f"{W}type") in (None, "normal") and note.tag in (f"{W}footnote", f"{W}endnote"):
            yield note


def _header(reader: "_Reader", package: Package, related: Sequence[Relation], root: Element) -> None:
    """The header of the first page: read when it looks like a letterhead, else left out as page furniture."""
    section = next(root.iter(f"{W}sectPr"), None)
    if section is None:
        return
    wanted = "first" if switched_on(section, "titlePg") else "default"
    for reference in section.iterfind(f"{W}headerReference"):
        if reference.get(f"{W}type") != wanted:
            continue
        target = next((r.target for r in related if r.id == reference.get(f"{R}id")), None)
        part = None if target is None else read_part(package, target)
        if part is None:
            continue
        found = blocks(part, "header1")
        lines = [fold("".join(p.chars for p in pieces(w.element))) for w in _plain(found)]
        if any(_LETTERHEAD.search(line) for line in lines):
            reader.story(found)
        elif text := "".join(lines):
            reader.builder.mark("page_number", 0, 0, text)


def _plain(found: Iterable[Block]) -> Iterator[Walked]:
    for block in found:
        if isinstance(block, Walked):
            yield block
            for box in block.boxes:
                yield from _plain(box)
        else:
            for row in block.rows:
                for cell in row:
                    yield from _plain(cell.blocks)


class _Chunk(Struct, frozen=True):
    """Characters of one line still to be added, or (``chars`` empty) what was left out there."""

    chars: str
    line: int
    column: int
    part: str
    link: str = ""
    change: str = ""
    left_out: str = ""  # kind of the mark: tracked or hidden
    note: str = ""


class _Reader(Struct):
    """Adds one story after the other. Not a value: it counts numbers, fields and changes as it goes."""

    builder: TextBuilder
    styles: Styles
    numbering: Numbering
    targets: dict[str, str]
    any_hidden: bool = False
    changes: int = 0
    pending: bool = False  # a separator is due before the next characters
    fields: list[str] = field(
        default_factory=list
    )  # open fields: "code" before the separator, "result" after it
    code: str = ""
    link: str = ""

    def story(self, found: Iterable[Block]) -> None:
        """Add paragraphs and tables. A paragraph whose mark was deleted goes on in the next one."""
        waiting: list[Walked] = []
        for block in found:
            if isinstance(block, Grid):
                self._paragraph(waiting)
                waiting = []
                self._table(block)
                continue
            early = not self.builder.length
            for box in block.boxes if early else ():
                self.story(box)
            waiting.append(block)
            if not _mark_deleted(block.element):
                self._paragraph(waiting)
                waiting = []
            for box in block.boxes if not early else ():
                self.story(box)
        self._paragraph(waiting)

    def _table(self, grid: Grid) -> None:
        """Add a table; one of a single column is only a frame round paragraphs."""
        if all(len(row) <= 1 for row in grid.rows):
            for row in grid.rows:
                for cell in row:
                    self.story(cell.blocks)
            return
        rows: list[list[Span]] = []
        for row in grid.rows:
            if not any(_has_text(cell.blocks) for cell in row):
                continue
            if self.pending:
                self.builder.separate()
            cells: list[Span] = []
            for cell in row:
                if cells:
                    self.builder.separate("\t")
                start = self.builder.length
                self.pending = False
                if not cell.continued:
                    self.story(cell.blocks)
                cells.append(Span(start, self.builder.length))
                for _ in range(cell.columns - 1):
                    self.builder.separate("\t")
                    cells.append(Span(self.builder.length, self.builder.length))
            self.pending = True
            rows.append(cells)
        self.builder.table(rows)

    def _paragraph(self, group: Sequence[Walked]) -> None:
        if not group:
            return
        lines: list[list[_Chunk]] = [[]]
        for walked in group:
            self._collect(walked, lines)
        properties = first_child(group[-1].element, "pPr")
        bare = all(not chunk.chars for line in lines for chunk in line)
        mark = first_child(properties, "rPr")
        if bare and (_mark_deleted(group[-1].element) or (any(lines) and switched_on(mark, "vanish"))):
            label = None  # nothing of the paragraph is left, so Word does not count it
        else:
            label = self.numbering.label(properties)
        level = self._outline(properties)
        for index, line in enumerate(lines):
            self._add(line, label if index == 0 else None, level if index == 0 else None, group[-1])
        if self.fields and self.fields[-1] == "code":
            self.fields.clear()  # a field that never shows its result must not swallow the rest

    def _collect(self, walked: Walked, lines: list[list[_Chunk]]) -> None:
        """Sort the pieces of a paragraph into printed lines."""
        run: Element | None = None
        hidden = False
        for piece in pieces(walked.element):
            if not piece.chars:
                self._field(piece)
                continue
            if "code" in self.fields:
                continue
            if self.any_hidden and piece.run is not run:
                run, hidden = piece.run, self._is_hidden(piece.run, walked.element)
            where = (walked.line, piece.column, walked.part)
            if piece.change == "del":
                lines[-1].append(_Chunk("", *where, left_out="tracked", note=piece.chars))
            elif hidden:
                lines[-1].append(_Chunk("", *where, left_out="hidden", note=piece.chars))
            elif piece.chars == "\n":
                lines.append([])
            else:
                link = self.link or self._target(piece.run)
                lines[-1].append(_Chunk(piece.chars, *where, link=link, change=piece.change))

    def _add(
        self, line: Sequence[_Chunk], label: tuple[str, str] | None, level: int | None, walked: Walked
    ) -> None:
        chunks = _merged(_stripped(line))
        if label is not None or any(chunk.chars for chunk in chunks):
            if self.pending:
                self.builder.separate()
            self.pending = True
            if level is not None:
                self.builder.heading(self.builder.length, level)
        if label is not None:
            text, suffix = label
            gap = " " if suffix != "nothing" and text[-1:].isascii() and len(chunks) else ""
            self.builder.add(text + gap, line=walked.line, part=walked.part, synthetic=True)
        for chunk in chunks:
            if chunk.left_out:
                here = self.builder.length
                self.builder.mark(chunk.left_out, here, here, chunk.note, chunk.line)
                self.changes += chunk.left_out == "tracked"
                continue
            span = self.builder.add(chunk.chars, line=chunk.line, column=chunk.column, part=chunk.part)
            if chunk.change:
                self.builder.mark("tracked", span.start, span.end, "插入", chunk.line)
                self.changes += 1
            if chunk.link:
                self.builder.link(span, chunk.link)

    def _field(self, piece: Piece) -> None:
        """Follow the begin, separator and end of a field; only its result is text."""
        if piece.change == "del":
            return
        if piece.node.tag == f"{W}instrText":
            self.code += piece.node.text or ""
        elif piece.node.tag == f"{W}fldChar":
            kind = piece.node.get(f"{W}fldCharType")
            if kind == "begin":
                self.fields.append("code")
                self.code = ""
            elif kind == "separate" and self.fields:
                self.fields[-1] = "result"
                found = _FIELD_LINK.match(self.code)
                self.link = found.group(1) if found else self.link
            elif kind == "end" and self.fields:
                self.fields.pop()
                self.link = self.link if self.fields else ""

    def _target(self, run: Element | None) -> str:
        parent = None if run is None else run.getparent()
        if parent is None or parent.tag != f"{W}hyperlink":
            return ""
        return self.targets.get(parent.get(f"{R}id") or "", "")

    def _is_hidden(self, run: Element | None, paragraph: Element) -> bool:
        if run is None:
            return False
        properties = first_child(run, "rPr")
        own = switched_on(properties, "vanish")
        if own is not None:
            return own
        character = None if properties is None else value(properties, "rStyle")
        of_paragraph = first_child(paragraph, "pPr")
        named = None if of_paragraph is None else value(of_paragraph, "pStyle")
        for style_id in (character, named) if character else (named,):
            for _, style in self.styles.chain(style_id):
                if style.hidden is not None:
                    return style.hidden
        return False

    def _outline(self, properties: Element | None) -> int | None:
        """The outline level 1–9 of a paragraph, None for body text."""
        own = None if properties is None else value(properties, "outlineLvl")
        if own is not None:
            level = number(own, 9)
        else:
            named = None if properties is None else value(properties, "pStyle")
            chain = self.styles.chain(named)
            level = next((s.outline for _, s in chain if s.outline is not None), 9)
        return level + 1 if 0 <= level < 9 else None


def _mark_deleted(paragraph: Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _has_text(found: Iterable[Block]) -> bool:
    return any(p.chars.strip(_OUTER) for w in _plain(found) for p in pieces(w.element) if p.change != "del")


def _stripped(line: Sequence[_Chunk]) -> list[_Chunk]:
    """A line without its outer blanks; the columns of what stays are kept."""
    kept = list(line)
    for order, strip in ((range(len(kept)), str.lstrip), (range(len(kept) - 1, -1, -1), str.rstrip)):
        for index in order:
            chunk = kept[index]
            if chunk.left_out:
                continue
            bare = strip(chunk.chars, _OUTER)
            shift = len(chunk.chars) - len(bare) if strip is str.lstrip else 0
            kept[index] = _Chunk(bare, chunk.line, chunk.column + shift, chunk.part, chunk.link, chunk.change)
            if bare:
                break
    return [chunk for chunk in kept if chunk.chars or chunk.left_out]


def _merged(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    """Neighbours that stand one after the other in the file and share everything become one."""
    out: list[_Chunk] = []
    for chunk in chunks:
        last = out[-1] if out else None
        if (
            last
            and (last.line, last.part, last.link, last.change, last.left_out)
            == (chunk.line, chunk.part, chunk.link, chunk.change, chunk.left_out)
            and chunk.column == last.column + len(last.chars)
        ):
            out[-1] = _Chunk(
                last.chars + chunk.chars, last.line, last.column, last.part, last.link, last.change, last.left_out,
                last.note + chunk.note,
            )  # fmt: skip
        else:
            out.append(chunk)
    return out
