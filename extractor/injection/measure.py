"""Trials: damage a notice, run the pipeline over it, see what is told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct

from extractor.errors import UsageError
from extractor.evaluate import load_gold
from extractor.injection.damage import Expected, Way
from extractor.injection.scene import Scene
from extractor.model import Document, Finding, Span
from extractor.pipeline import process
from extractor.rulebook import Rulebook
from extractor.schema import Notice
from extractor.settings import Settings
from extractor.text import fold

LOUD = ("error", "warning")


class Trial(Struct, frozen=True):
    """One damaged notice. ``found``: an expected code stood on the damage, ``by`` is the code and its severity.

    ``elsewhere``: errors and warnings that came up away from the damage and are no consequence of it; ``beside``:
    those of other codes on it. Each as (code, quote).
    """

    notice: str
    code: str
    way: str
    found: bool
    by: tuple[str, str] | None
    damage: str
    told: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def load_scenes(folder: Path, rules: Rulebook, *, every: bool = False) -> tuple[Scene, ...]:
    """The notices of a folder of text files, ready to be damaged.

    Where the folder beside it holds their annotations (``gold``), those with a known error or warning are left out
    unless ``every`` is set. Raises ``UsageError`` for a folder without notices.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise UsageError(f"{folder}：没有 .txt 通知（no notices here）")
    gold = folder.parent / "gold"
    known = {entry["file"]: entry for entry in load_gold(gold).entries} if gold.is_dir() else {}
    scenes = []
    for path in paths:
        faults = known.get(path.name, {}).get("inconsistencies", ())
        if every or not any(fault["severity"] in LOUD for fault in faults):
            scene = scene_of(path.read_bytes(), path.name, rules)
            scenes += [scene] if scene else []
    return tuple(scenes)


def scene_of(raw: bytes, name: str, rules: Rulebook) -> Scene | None:
    """A text file as a scene; None where it cannot be read or holds several notices (its end is another one's).

    The text is read twice: page numbers and Markdown signs that the reader leaves out must not come and go with the damage.
    """
    first = process(raw, name, rules, Settings())
    if not isinstance(first, Notice) or any(part.kind == "notice" for part in first.tables.parts):
        return None
    again = process(first.document.text.encode(), name, rules, Settings())
    return Scene(again, rules) if isinstance(again, Notice) else None


def trials(
    scenes: Iterable[Scene],
    ways: Sequence[Way],
    *,
    seed: int = 0,
    each: int = 1,
    settings: Settings | None = None,
) -> Iterator[Trial]:
    """Every way tried on every notice that offers a place for it, at up to ``each`` places drawn by ``seed``."""
    for scene in scenes:
        for way in ways:
            rng = Random(f"{seed}/{scene.name}/{way.code}/{way.name}")
            for text, expected in way.inject_each(scene, rng, each):
                yield tried(scene, way, text, expected, settings or Settings())


def tried(scene: Scene, way: Way, text: str, expected: Expected, settings: Settings) -> Trial:
    """One run over a damaged text."""
    notice = process(text.encode(), scene.name, scene.rules, settings)
    damage = " … ".join(shown(text, span) for span in expected.spans)
    if not isinstance(notice, Notice):
        return Trial(scene.name, way.code, way.name, False, None, damage)
    place = _Places(notice.document, text)
    before = Counter(_key(finding) for finding in scene.notice.findings)
    hit: tuple[str, str] | None = None
    told: list[tuple[str, str]] = []
    fresh: list[tuple[Finding, bool]] = []
    for finding in notice.findings:
        spans = [place.of(finding.span), *(place.of(other.span) for other in finding.related)]
        meets = any(expected.touched(span) for span in spans)
        if meets:
            told.append((finding.code, finding.quote))
        if meets and finding.code in expected.codes:
            if hit is None or hit[1] not in LOUD:
                hit = (finding.code, finding.severity)
        elif before[_key(finding)]:
            before[_key(finding)] -= 1
        elif finding.severity in LOUD and finding.code not in (*expected.codes, *expected.follows):
            fresh.append((finding, meets))
    moved = _moved(scene.notice.findings, before, expected)
    elsewhere: list[tuple[str, str]] = []
    beside: list[tuple[str, str]] = []
    for finding, meets in fresh:
        if moved[finding.code]:
            moved[finding.code] -= 1
        else:
            (beside if meets else elsewhere).append((finding.code, finding.quote))
    return Trial(
        scene.name,
        way.code,
        way.name,
        hit is not None,
        hit,
        damage,
        tuple(told),
        tuple(elsewhere),
        tuple(beside),
    )


def false_alarms(scenes: Iterable[Scene]) -> tuple[tuple[str, Finding], ...]:
    """What is told at error or warning of notices nobody damaged."""
    return tuple(
        (scene.name, finding)
        for scene in scenes
        for finding in scene.notice.findings
        if finding.severity in LOUD
    )


def shown(text: str, span: Span) -> str:
    """The damage with a few characters round it, for reports."""
    before, after = text[max(span.start - 8, 0) : span.start], text[span.end : span.end + 8]
    return f"{before}⟦{text[span.start : span.end]}⟧{after}".replace("\n", "⏎")


def _moved(clean: Iterable[Finding], gone: Counter[tuple[str, str]], expected: Expected) -> Counter[str]:
    """Codes of what the clean notice was told of words that were edited, and is told so no more.

    The same fault is told of what the words became (4月 19下午 for 4月 19日下午), or of the next place that shows it.
    """
    left = Counter(gone)
    codes: Counter[str] = Counter()
    for finding in clean:
        edited = any(
            finding.span.overlaps(span) or finding.span.start <= span.start <= finding.span.end
            for span in expected.edited
        )
        if edited and left[_key(finding)]:
            left[_key(finding)] -= 1
            codes[finding.code] += 1
    return codes


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, fold(finding.quote)


class _Places:
    """Spans of the document as read, led back to the text that was given to the reader."""

    def __init__(self, document: Document, text: str) -> None:
        self._same = document.text == text
        self._document = document
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def of(self, span: Span) -> Span:
        if self._same:
            return span
        start = self._offset(span.start)
        return Span(start, max(self._offset(max(span.end - 1, span.start)) + 1, start))

    def _offset(self, at: int) -> int:
        place = self._document.place(at)
        line = min(max(place.line, 1), len(self._starts)) - 1
        return self._starts[line] + place.column - 1
