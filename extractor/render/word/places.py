"""Where the characters of a document stand in its Word file: part, paragraph, run, node."""

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy

from msgspec import Struct

from extractor.model import Document, Run, Span
from extractor.readers.markup import Element
from extractor.readers.wordml import Piece, R, W, Walked, pieces, switched_on, walk
from extractor.render.word.package import WordPackage

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What may hold the begin and the end of a comment, or a tracked change, beside runs.
_HOLDERS = frozenset(
    f"{W}{n}"
    for n in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
    )
)


class Paragraph(Struct, frozen=True):
    """A ``w:p`` of the file. ``story``: body, header, footnote or endnote; ``file``: the part it is written in.

    ``note``: the id of the note it belongs to; ``box``: it stands in a text box.
    """

    element: Element
    line: int
    part: str
    story: str
    file: str
    note: str = ""
    box: bool = False


class Character(Struct, frozen=True):
    """One character of the file: ``node.text[index]`` of a ``w:t``, or a node that is one character (a tab)."""

    paragraph: Paragraph
    piece: Piece
    index: int


class Places:
    """Looks up the characters of a document in its file. Stays right while runs are split and text is changed from the end on."""

    def __init__(self, package: WordPackage, document: Document) -> None:
        self._document = document
        self._paragraphs: dict[tuple[str, int], list[Paragraph]] = {}
        self._found: dict[int, Paragraph | None] = {}
        for paragraph in _paragraphs(package):
            self._paragraphs.setdefault((paragraph.part, paragraph.line), []).append(paragraph)
        self.body = [
            p for found in self._paragraphs.values() for p in found if p.story == "body" and not p.box
        ]

    def run(self, offset: int) -> Run | None:
        """The run that holds a character of the text; None for a separator."""
        runs = self._document.runs
        index = bisect_right(runs, offset, key=lambda run: run.start) - 1
        return runs[index] if index >= 0 and offset < runs[index].end else None

    def paragraph(self, run: Run) -> Paragraph | None:
        """The paragraph a run was read from. Text boxes of different parts may share a name: the words decide."""
        if run.start not in self._found:
            self._found[run.start] = self._look_up(run)
        return self._found[run.start]

    def _look_up(self, run: Run) -> Paragraph | None:
        found = self._paragraphs.get((run.part, run.line), [])
        if run.synthetic or len(found) < 2:
            return found[0] if found else None
        words = self._document.text[run.start : run.end]
        return next((p for p in found if _own_text(p.element)[run.column - 1 :].startswith(words)), None)

    def character(self, offset: int) -> Character | None:
        """Where a character stands. None for what is not in the file as text (separators, automatic numbers)."""
        run = self.run(offset)
        if run is None or run.synthetic:
            return None
        paragraph = self.paragraph(run)
        if paragraph is None:
            return None
        column = run.column + offset - run.start
        for piece in pieces(paragraph.element):
            if piece.change != "del" and piece.column <= column < piece.column + len(piece.chars):
                index = column - piece.column
                same = piece.chars[index] == self._document.text[offset]
                return Character(paragraph, piece, index) if same else None
        return None

    def real(self, span: Span) -> tuple[int, int] | None:
        """The first and the last character of a span that stand in the file and, both, in one container.

        An empty span is the character before it in its paragraph, else the one after it.
        """
        start, end = span.start, span.end
        if start == end:
            start, end = (
                (start - 1, start) if start and self.run(start - 1) is not None else (start, start + 1)
            )
        found = [o for o in range(start, end) if (run := self.run(o)) is not None and not run.synthetic]
        if not found:
            return None
        first = self.run(found[0])
        assert first is not None
        same = [o for o in found if (run := self.run(o)) is not None and run.part == first.part]
        return same[0], same[-1]


def _own_text(paragraph: Element) -> str:
    return "".join(piece.chars for piece in pieces(paragraph) if piece.change != "del")


def _paragraphs(package: WordPackage) -> Iterator[Paragraph]:
    """Every paragraph the reader reads, under the names it gives them."""
    root = package.document()
    yield from _walked(walk(root), "body", package.main)
    header = _header(package, root)
    if header is not None and (element := package.root(header)) is not None:
        yield from _walked(walk(element, "header1"), "header", header)
    for kind in ("footnote", "endnote"):
        name = package.first(f"{kind}s")
        notes = None if name is None else package.root(name)
        if name is None or notes is None:
            continue
        kept = [n for n in notes if n.tag == f"{W}{kind}" and n.get(f"{W}type") in (None, "normal")]
        for index, note in enumerate(kept, 1):
            yield from _walked(walk(note, f"{kind}{index}"), kind, name, note.get(f"{W}id") or "")


def _walked(found: Iterator[Walked], story: str, file: str, note: str = "") -> Iterator[Paragraph]:
    for walked in found:
        box = any(parent.tag == f"{W}txbxContent" for parent in walked.element.iterancestors())
        yield Paragraph(walked.element, walked.line, walked.part, story, file, note, box)


def _header(package: WordPackage, root: Element) -> str | None:
    """The part of the first page's header, as the reader chooses it."""
    section = next(root.iter(f"{W}sectPr"), None)
    if section is None:
        return None
    wanted = "first" if switched_on(section, "titlePg") else "default"
    targets = {r.id: r.target for r in package.related()}
    ids = [e.get(f"{R}id") for e in section.iterfind(f"{W}headerReference") if e.get(f"{W}type") == wanted]
    return next((targets[i] for i in ids if i in targets), None)


def holder(node: Element, paragraph: Element) -> Element:
    """The element round ``node`` that has only the paragraph, or what may hold marks, above it."""
    path = [node]
    for parent in node.iterancestors():
        if parent is paragraph:
            break
        path.append(parent)
    path.reverse()
    return next((element for element in path if element.tag not in _HOLDERS), node)


def divisible(character: Character) -> bool:
    """Whether the run round a character may be split: the run stands where marks may stand and holds the node itself."""
    run, node = character.piece.run, character.piece.node
    return run is not None and node.getparent() is run and holder(node, character.paragraph.element) is run


def part_before(character: Character) -> Element:
    """Split the character's run in front of it; the element that begins with the character."""
    if not divisible(character):
        return holder(character.piece.node, character.paragraph.element)
    return split(character.piece.run, character.piece.node, character.index)


def part_after(character: Character) -> Element:
    """Split the character's run behind it; the element that ends with the character."""
    piece = character.piece
    if not divisible(character):
        return holder(piece.node, character.paragraph.element)
    if character.index + 1 < len(piece.chars) or piece.node.getnext() is not None:
        split(piece.run, piece.node, character.index + 1)
    return piece.run


def split(run: Element, node: Element, index: int) -> Element:
    """Part a run so that ``index`` of ``node``'s characters stay; the run that begins with the others.

    Both have the run's formatting. Nothing is done where nothing but the formatting would stay.
    """
    properties = run.find(f"{W}rPr")
    before = node.getprevious()
    if index == 0 and (before is None or before is properties):
        return run
    new = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    if properties is not None:
        new.append(deepcopy(properties))
    following = list(node.itersiblings())
    if index == 0:
        new.append(node)
    elif len(node.text or "") > index:
        second = deepcopy(node)
        node.text, second.text = node.text[:index], node.text[index:]
        for piece in (node, second):
            piece.set(_SPACE, "preserve")
        new.append(second)
    for element in following:
        new.append(element)
    run.addnext(new)
    return new
