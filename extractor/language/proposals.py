"""What a spaCy pipeline takes for organisations, persons, places and dates: proposals, to be weighed against the rules.

The pipeline reads the notice paragraph by paragraph, table cells by themselves, as the rules read it: without blanks,
simplified, punctuation full-width. That is the form such pipelines are trained on, and ``Reading.span`` leads back exactly.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractor.language.pipelines import label, load
from extractor.model import (
    ContactValue,
    DateParts,
    DateValue,
    Manuscript,
    Mention,
    Span,
    TextValue,
    UnitName,
    Value,
)
from extractor.patterns import lazy
from extractor.rulebook import Rulebook
from extractor.text import fold

# Labels by what they mean here: OntoNotes (zh_core_web_*), CoNLL and WikiNER (xx_ent_wiki_sm), CLUENER, the People's Daily.
KINDS = {
    **dict.fromkeys(("ORG", "ORGANIZATION", "COMPANY", "GOVERNMENT", "NT"), "unit"),
    **dict.fromkeys(("PERSON", "PER", "NAME", "NR"), "contact"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "LOCATION", "ADDRESS", "NS"), "region"),
    **dict.fromkeys(("DATE", "TIME"), "date"),
}
# Pipelines give no probabilities; this is how far a label alone is trusted (scripts/measure_ner.py measures it).
TRUST = 0.4

# Characters handed to the pipeline at once: a plan printed in one line is cut at a sentence's end.
_LONGEST = 1000
_STOP = lazy(r"[。；！？]")
_NAME = lazy(r"[㐀-鿿·]{2,12}")
_BODY = lazy(r"[㐀-鿿A-Za-z0-9（）“”·-]{2,40}")
_PLACE = lazy(r"[㐀-鿿A-Za-z0-9（）“”·\-#]{2,60}")
_BLANK = lazy(r"\s+")


def propose(manuscript: Manuscript, model: str, rulebook: Rulebook) -> tuple[Mention, ...]:
    """Mentions in text order, ``basis`` ``ner:`` and the pipeline's name, without role, confidence ``TRUST``.

    Kinds: unit, contact (a person), region (its label in ``detail``) and date (words without a value). What cannot be a
    name, and bodies the rules leave out on purpose (党中央、国务院; 有关部门), are not proposed. ``UsageError``: see ``load``.
    """
    nlp, basis = load(model), label(model)
    chars = manuscript.reading.chars
    chunks = list(_chunks(manuscript))
    made: list[Mention] = []
    for (start, end), doc in zip(chunks, nlp.pipe(chars[a:b] for a, b in chunks), strict=True):
        for entity in doc.ents:
            kind = KINDS.get(entity.label_.upper())
            a, b = start + entity.start_char, start + entity.end_char
            # A tokenizer that changes the text would lead astray: only what stands there counts.
            if kind is None or b > end or chars[a:b] != entity.text:
                continue
            for x, y in _parts(manuscript, a, b) if kind == "contact" else ((a, b),):
                value = _value(manuscript, kind, x, y, entity.label_, rulebook)
                if value is not None:
                    made.append(Mention(kind, manuscript.reading.span(x, y), value, "", TRUST, basis))
    return tuple(sorted(made, key=lambda mention: mention.span))


def _chunks(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """Stretches of the reading: paragraphs and table cells, long ones cut behind a sentence. The web page's frame is left out."""
    text, reading = manuscript.document.text, manuscript.reading
    for line in manuscript.outline.lines:
        if line.zone == "web":
            continue
        tabs = (
            [at for at in range(line.span.start, line.span.end) if text[at] == "\t"] if "\t" in text else []
        )
        edges = [line.start, *(reading.index(at) for at in tabs), line.end]
        for a, b in pairwise(edges):
            yield from _cut(reading.chars, a, b)


def _cut(chars: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        stops = [match.end() for match in _STOP.finditer(chars, start, start + _LONGEST)]
        stop = stops[-1] if stops else start + _LONGEST
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def _parts(manuscript: Manuscript, a: int, b: int) -> Iterable[tuple[int, int]]:
    """Two persons printed with a blank between them (王某某 李某) are two; one set wide (王 某) is one."""
    origin = manuscript.reading.origin
    gaps = [at for at in range(a + 1, b) if origin[at] - origin[at - 1] > 1]
    edges = [a, *gaps, b]
    pairs = list(pairwise(edges))
    return pairs if gaps and all(y - x >= 2 for x, y in pairs) else ((a, b),)


def _value(
    manuscript: Manuscript, kind: str, a: int, b: int, entity: str, rulebook: Rulebook
) -> Value | None:
    """The value of a proposal; None for what cannot be one."""
    read = manuscript.reading.chars[a:b]
    span: Span = manuscript.reading.span(a, b)
    printed = fold(manuscript.quote(span))
    if kind == "unit":
        units = rulebook.units
        known = read in units.not_heads or read in units.generic or units.rhetoric.fullmatch(read)
        return UnitName(printed) if _BODY.fullmatch(read) and not known and not read.isdigit() else None
    if kind == "contact":
        return ContactValue("person", printed) if _NAME.fullmatch(read) else None
    if kind == "region":
        return TextValue(printed, entity) if _PLACE.fullmatch(read) and not read.isdigit() else None
    if len(read) < 2 or "\n" in read:
        return None
    return DateValue(None, None, None, "relative", "ambiguous", "none", DateParts("relative", name=read))
