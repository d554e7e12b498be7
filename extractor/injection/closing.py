"""What stands below the signature, and page numbers (F06–F09)."""

import re
from collections.abc import Iterator

from extractor.injection.damage import Damage, Edit, Ways, put, swap
from extractor.injection.letter import _signature
from extractor.injection.scene import Scene, iso


def _headed(scene: Scene) -> Edit | None:
    """A letterhead for a notice that begins with its number."""
    number = scene.parts.get("doc_number")
    if number and number.start == 0 and "letterhead" not in scene.parts and len(scene.fields.issuers) == 1:
        return Edit(0, 0, f"{scene.fields.issuers[0]}文件\n", quiet=True)
    return None


def colophon_taken_out(scene: Scene) -> Iterator[Damage]:
    lines = scene.zoned("colophon")
    head = scene.parts.get("letterhead")
    if lines and head:
        start = scene.text.rfind("\n", 0, lines[0].span.start)
        yield Damage((Edit(start, len(scene.text), ""),), (), (head,))


def letterhead_without_colophon(scene: Scene) -> Iterator[Damage]:
    """A paper document's letterhead and no colophon."""
    head = _headed(scene)
    if head and scene.parts.get("signature") and not scene.zoned("colophon"):
        yield Damage((Edit(0, 0, head.text),), (), (), ("U01",))


def _colophon(scene: Scene, *forms: str) -> Iterator[Damage]:
    """A colophon in these forms below a notice that gets a letterhead."""
    head, day = _headed(scene), iso(scene.fields.issue_date)
    if head and day and not scene.zoned("colophon"):
        organ = scene.fields.issuers[0]
        office = organ if organ.endswith("办公室") else f"{organ}办公室"
        for form in forms:
            words = form.format(o=office, y=day.year, m=day.month, d=day.day)
            last = len(scene.text.rstrip())
            yield Damage((head, Edit(last, last, f"\n\n{words}")), (), (), ("U01", "F01"))


def printed_cut_short(scene: Scene) -> Iterator[Damage]:
    """印 or nothing for 印发."""
    yield from _colophon(scene, "{o}　　　　⟦{y}年{m}月{d}日印⟧", "{o}　　　　⟦{y}年{m}月{d}日⟧")
    span = scene.parts.get("print_date")
    if span and scene.text.startswith("印发", span.end):
        yield Damage((Edit(span.end + 1, span.end + 2, ""),), (), (span,))
        yield Damage((Edit(span.end, span.end + 2, ""),), (), (span,))


def printed_padded(scene: Scene) -> Iterator[Damage]:
    issue = iso(scene.fields.issue_date)
    if issue and min(issue.month, issue.day) < 10:
        yield from _colophon(scene, "{o}　　　　⟦{y}年{m:02}月{d:02}日⟧印发")
    span = scene.parts.get("print_date")
    day = iso(scene.fields.print_date)
    if span and day and min(day.month, day.day) < 10:
        yield swap(span, f"{day.year}年{day.month:02}月{day.day:02}日")


def _note(scene: Scene, *forms: str) -> Iterator[Damage]:
    """A note below the date."""
    found = _signature(scene)
    if found and not scene.zoned("note"):
        for form in forms:
            yield put(found[1].end, f"\n{form}", follows=("P02", "A01"))


def note_half(scene: Scene) -> Iterator[Damage]:
    yield from _note(scene, "(此件公开发布)", "(此件主动公开)", "(联系人：王立明，电话：0531-55501234)")
    for line in scene.zoned("note"):
        words = scene.quote(scene.trimmed(line.span))
        if re.fullmatch(r"（.*）", words) and not re.search(r"[（）()]", words[1:-1]):
            yield swap(scene.trimmed(line.span), f"({words[1:-1]})", follows=("P02",))


def note_bare(scene: Scene) -> Iterator[Damage]:
    yield from _note(scene, "此件公开发布", "此件依申请公开", "此件发至县级")
    for line in scene.zoned("note"):
        words = scene.quote(scene.trimmed(line.span))
        if re.fullmatch(r"（此件.*）", words):
            yield swap(scene.trimmed(line.span), words[1:-1])


def note_mixed(scene: Scene) -> Iterator[Damage]:
    yield from _note(scene, "（此件公开发布)", "(此件公开发布）")


def _sealed(scene: Scene, *forms: str) -> Iterator[Damage]:
    found = _signature(scene)
    if found and "seal_note" not in scene.parts and "代章" not in scene.text:
        for name in ("青河县教育局", "市应急管理局", "县卫生健康局"):
            for form in forms:
                yield put(found[0].end, f"\n⟦{form.format(name)}⟧", follows=("P02", "U01", "P01"))


def seal_half(scene: Scene) -> Iterator[Damage]:
    yield from _sealed(scene, "({0}代章)")


def seal_bare(scene: Scene) -> Iterator[Damage]:
    yield from _sealed(scene, "{0}代章")


def seal_mixed(scene: Scene) -> Iterator[Damage]:
    yield from _sealed(scene, "（{0}代章)")


def _paged(scene: Scene, *forms: str) -> Iterator[Damage]:
    """A page number on a line of its own in the middle of a sentence."""
    for span in scene.paragraphs:
        words = scene.quote(span)
        for match in re.finditer(r"(?<=[一-龥])(?=[一-龥])", words):
            if 12 < match.start() < len(words) - 12 and "》" not in words and "）" not in words:
                at = span.start + match.start()
                for form in forms:
                    yield Damage((Edit(at, at, f"\n{form}\n"),), (), (), ("W02", "P01"))
                break


def page_number_dashed(scene: Scene) -> Iterator[Damage]:
    yield from _paged(scene, "— 3 —", "—2—", "- 4 -", "－5－")


def page_number_in_words(scene: Scene) -> Iterator[Damage]:
    yield from _paged(scene, "第 3 页", "第2页 共5页", "第 3 页 / 共 8 页")


def page_number_bare(scene: Scene) -> Iterator[Damage]:
    """A bare figure between empty lines."""
    yield from _paged(scene, "\n3\n", "\n12\n")


WAYS: Ways = {
    "F06": {
        "colophon_taken_out": colophon_taken_out,
        "letterhead_without_colophon": letterhead_without_colophon,
        "printed_cut_short": printed_cut_short,
        "printed_padded": printed_padded,
    },
    "F07": {"note_half": note_half, "note_bare": note_bare, "note_mixed": note_mixed},
    "F08": {"seal_half": seal_half, "seal_bare": seal_bare, "seal_mixed": seal_mixed},
    "F09": {
        "page_number_dashed": page_number_dashed,
        "page_number_in_words": page_number_in_words,
        "page_number_bare": page_number_bare,
    },
}
