"""Fixes in a Word file: the characters change, their runs keep the formatting; on demand as tracked changes."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime

from extractor.fixes.edits import Change, Edit, Refused, in_order, is_paragraph
from extractor.model import Document
from extractor.readers.markup import Element
from extractor.readers.wordml import W, pieces
from extractor.render.word.package import WordPackage
from extractor.render.word.places import Character, Paragraph, Places, divisible, part_after, part_before
from extractor.settings import Limits

AUTHOR = "notice"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = frozenset((f"{W}ins", f"{W}moveTo"))
# What a paragraph that is left out as a whole may hold without anything else being lost.
_PLAIN = frozenset(f"{W}{n}" for n in ("pPr", "r", "proofErr", "ins", "del"))


def fix_word(
    raw: bytes, document: Document, edits: Sequence[Edit], track: bool = False, when: datetime | None = None
) -> bytes:
    """The file with the edits made. ``track``: as tracked changes by ``notice``, at the time ``when`` if given.

    ``Refused`` for characters that are no text of the file (automatic numbers) or are not what was read.
    """
    package = WordPackage(raw, Limits())
    places = Places(package, document)
    writer = _Tracked(places, document, package, when) if track else _Writer(places, document, package)
    # From the last to the first: columns in front of a change stay right.
    for change in reversed(in_order(edits)):
        writer.make(change)
    return package.save()


class _Writer:
    """Makes changes in the text itself."""

    def __init__(self, places: Places, document: Document, package: WordPackage) -> None:
        self.places = places
        self.document = document
        self.package = package

    def make(self, change: Change) -> None:
        old = self.document.text[change.start : change.end]
        if is_paragraph(self.document, change):
            self._drop(self._whole(change))
        elif "\n" in old or "\t" in old:
            raise Refused("改动跨段或跨格，请手工修改")
        elif old:
            self._replace(change)
        else:
            self._insert(change)

    def character(self, offset: int) -> Character:
        """A character that can be changed."""
        run = self.places.run(offset)
        if run is not None and run.synthetic:
            raise Refused("涉及自动编号，请在 Word 里改编号格式")
        found = self.places.character(offset)
        if found is None:
            raise Refused("这几个字与读取时不同，没有改动")
        if found.piece.node.tag != f"{W}t":
            raise Refused("涉及制表位、符号或公式，请手工修改")
        self.package.touch(found.paragraph.file)
        return found

    def neighbour(self, offset: int) -> tuple[Character, bool]:
        """The character an insertion goes behind (True) or in front of (False)."""
        before, after = self.places.run(offset - 1) if offset else None, self.places.run(offset)
        if before is not None and not before.synthetic:
            return self.character(offset - 1), True
        if after is None or after.synthetic:
            raise Refused("涉及自动编号或空段，请手工修改")
        return self.character(offset), False

    def _replace(self, change: Change) -> None:
        for offset in range(change.end - 1, change.start - 1, -1):
            found = self.character(offset)
            new = change.text if offset == change.start else ""
            _rewrite(found.piece.node, found.index, found.index + 1, new)

    def _insert(self, change: Change) -> None:
        found, behind = self.neighbour(change.start)
        at = found.index + behind
        _rewrite(found.piece.node, at, at, change.text)

    def _whole(self, change: Change) -> Paragraph:
        """The paragraph whose whole text is to go, when nothing else would go with it."""
        paragraph = self.character(change.start).paragraph
        words = "".join(p.chars for p in pieces(paragraph.element) if p.change != "del").strip()
        element = paragraph.element
        parent = element.getparent()
        alone = parent is None or not any(other is not element and other.tag == f"{W}p" for other in parent)
        if (
            words != self.document.text[change.start : change.end].strip()
            or alone
            or any(child.tag not in _PLAIN for child in element)
            or element.find(f"{W}pPr/{W}sectPr") is not None
            or any(True for _ in element.iter(f"{W}drawing", f"{W}pict", f"{W}object"))
        ):
            raise Refused("这一段里还有别的内容，请手工删去")
        return paragraph

    def _drop(self, paragraph: Paragraph) -> None:
        paragraph.element.getparent().remove(paragraph.element)


def _rewrite(node: Element, start: int, end: int, new: str) -> None:
    text = node.text or ""
    node.text = text[:start] + new + text[end:]
    node.set(_SPACE, "preserve")


class _Tracked(_Writer):
    """Makes changes as ``w:del`` and ``w:ins``, which Word shows and lets accept or reject one by one."""

    def __init__(
        self, places: Places, document: Document, package: WordPackage, when: datetime | None
    ) -> None:
        super().__init__(places, document, package)
        self._when = when
        ids = (
            e.get(f"{W}id") or ""
            for e in package.document().iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom")
        )
        self._next = max((int(i) for i in ids if i.isdigit()), default=0) + 1

    def character(self, offset: int) -> Character:
        found = super().character(offset)
        if not divisible(found):
            raise Refused("这几个字在特殊的结构里，不能标成修订，请手工修改")
        return found

    def _replace(self, change: Change) -> None:
        last: Element | None = None
        like: Element | None = None
        end = change.end
        while end > change.start:
            start, node = end - 1, self.character(end - 1).piece.node
            while start > change.start and self.character(start - 1).piece.node is node:
                start -= 1
            part_after(self.character(end - 1))
            run = part_before(self.character(start))
            removed = self._wrap(run, "del")
            _as_deleted(run)
            last, like, end = (removed if last is None else last), run, start
        if change.text and last is not None and like is not None:
            self._put(last, self._inserted(like, change.text))

    def _insert(self, change: Change) -> None:
        found, behind = self.neighbour(change.start)
        if behind:
            run = part_after(found)
            self._put(run, self._inserted(run, change.text))
            return
        run = part_before(found)
        inserted = self._inserted(run, change.text)
        parent = run.getparent()
        if parent.tag in _TRACKED and parent.index(run) == 0:
            parent.addprevious(inserted)
        elif parent.tag in _TRACKED:
            self._put(run.getprevious(), inserted)
        else:
            run.addprevious(inserted)

    def _drop(self, paragraph: Paragraph) -> None:
        """Every run deleted, and the paragraph's mark: the next paragraph takes its place."""
        for run in [r for r in paragraph.element.iter(f"{W}r") if r.getparent().tag != f"{W}del"]:
            self._wrap(run, "del")
            _as_deleted(run)
        properties = paragraph.element.find(f"{W}pPr")
        if properties is None:
            properties = paragraph.element.makeelement(f"{W}pPr")
            paragraph.element.insert(0, properties)
        mark = properties.find(f"{W}rPr")
        if mark is None:
            mark = properties.makeelement(f"{W}rPr")
            # In w:pPr the mark's properties stand behind all others but these two.
            late = next((e for e in properties if e.tag in (f"{W}sectPr", f"{W}pPrChange")), None)
            properties.append(mark) if late is None else late.addprevious(mark)
        mark.insert(0, self._change(paragraph.element, "del"))

    def _change(self, like: Element, name: str) -> Element:
        made = like.makeelement(f"{W}{name}", {f"{W}id": str(self._next), f"{W}author": AUTHOR})
        if self._when is not None:
            made.set(f"{W}date", self._when.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._next += 1
        return made

    def _wrap(self, run: Element, name: str) -> Element:
        change = self._change(run, name)
        run.addprevious(change)
        change.append(run)
        return change

    def _inserted(self, like: Element, text: str) -> Element:
        """``w:ins`` with the text in the formatting of the run ``like``."""
        change = self._change(like, "ins")
        run = like.makeelement(f"{W}r")
        properties = like.find(f"{W}rPr")
        if properties is not None:
            copied = deepcopy(properties)
            for old in copied.findall(f"{W}rPrChange"):
                copied.remove(old)
            run.append(copied)
        node = run.makeelement(f"{W}t", {_SPACE: "preserve"})
        node.text = text
        run.append(node)
        change.append(run)
        return change

    def _put(self, behind: Element, inserted: Element) -> None:
        """Put an insertion behind an element; inside another's insertion, part that one in two."""
        parent = behind.getparent()
        if parent.tag not in _TRACKED:
            behind.addnext(inserted)
            return
        following = list(behind.itersiblings())
        if following:
            rest = parent.makeelement(parent.tag, dict(parent.attrib))
            rest.set(f"{W}id", str(self._next))
            self._next += 1
            rest.extend(following)
            parent.addnext(rest)
        parent.addnext(inserted)


def _as_deleted(run: Element) -> None:
    for node in run.findall(f"{W}t"):
        node.tag = f"{W}delText"
        node.set(_SPACE, "preserve")
