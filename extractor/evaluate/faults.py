"""Findings against annotated inconsistencies: recall by severity, false alarms, baits that were taken."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from extractor.evaluate.align import Alignment, Interval, overlap, plain
from extractor.evaluate.gold import Annotation
from extractor.evaluate.ledger import Ledger

_LOUD = ("error", "warning")
_LONG = 60  # characters; a quote longer than this must not be several times as long as the words it is to hit
_TIMES = 4
_LIKE = 0.6  # share of the longer one that equal words must make up when places do not meet
_LEAST = 4  # characters below which equal words elsewhere prove nothing

Hit: TypeAlias = tuple[str, Interval | None]  # folded words and their place


def score_findings(ledger: Ledger, entry: Annotation, record: Annotation, alignment: Alignment) -> None:
    """Recall of annotated inconsistencies, and what was flagged without cause.

    Found: a finding's quote or the other side of its contradiction touches the annotated words (``raw``); one finding
    may cover several annotations. ``flagged_*`` asks in addition that a finding at error or warning does so.
    False alarm: a finding at error or warning that touches no annotation (of any severity) with its quote, and none of
    the annotated ``raw`` with its other sides. ``verified_flagged``: those of them on words annotated as sound.
    """
    file = entry["file"]
    findings = [(finding, *_places(finding, alignment)) for finding in record.get("findings") or ()]
    faults = [_fault(fault, alignment) for fault in entry.get("inconsistencies", ())]
    for severity in ("error", "warning", "info"):
        ledger.mention(f"found_{severity}", "ratio")
    for severity in _LOUD:
        ledger.mention(f"flagged_{severity}", "ratio")
    for fault, raw, _ in faults:
        hits = [
            finding
            for finding, quote, related in findings
            if any(_touch(place, raw) for place in (quote, *related))
        ]
        severity, words = fault["severity"], (fault.get("id"), fault["raw"])
        ledger.ratio(f"found_{severity}", file, bool(hits), words, "")
        if severity in _LOUD:
            loud = any(finding.get("severity") in _LOUD for finding in hits)
            ledger.ratio(f"flagged_{severity}", file, loud, words, "info", listed=bool(hits))
    claims = [
        (plain(claim["raw"]), alignment.at_line(claim["raw"], claim.get("line")))
        for claim in entry.get("verified_claims", ())
    ]
    alarms, baits = [], []
    for finding, quote, related in findings:
        if finding.get("severity") not in _LOUD or _justified(quote, related, faults):
            continue
        shown = (finding.get("code"), finding.get("severity"), finding.get("quote"), finding.get("message"))
        alarms.append(shown)
        if any(_touch(quote, claim) for claim in claims):
            baits.append(shown)
    ledger.count("false_alarms", file, alarms)
    ledger.count("verified_flagged", file, baits)


def _justified(
    quote: Hit, related: Iterable[Hit], faults: Iterable[tuple[Annotation, Hit, list[Hit]]]
) -> bool:
    return any(
        _touch(quote, raw)
        or any(_touch(quote, other) for other in also)
        or any(_touch(one, raw) for one in related)
        for _, raw, also in faults
    )


def _fault(fault: Annotation, alignment: Alignment) -> tuple[Annotation, Hit, list[Hit]]:
    raw: Hit = (plain(fault["raw"]), alignment.at_line(fault["raw"], fault.get("line")))
    also: list[Hit] = [
        (plain(words), place) for words in fault.get("also", ()) for place in alignment.occurrences(words)
    ]
    return fault, raw, also


def _places(finding: Mapping[str, Any], alignment: Alignment) -> tuple[Hit, list[Hit]]:
    def hit(part: Mapping[str, Any]) -> Hit:
        span = part.get("span") or {}
        return plain(part.get("quote")), alignment.interval(span.get("start", 0), span.get("end", 0))

    return hit(finding), [hit(part) for part in finding.get("related") or ()]


def _touch(given: Hit, gold: Hit) -> bool:
    """Places that overlap; or, elsewhere in the text, words of which one holds the other and is nearly as long."""
    words, wanted = given[0], gold[0]
    if not words or not wanted:
        return False
    if len(words) > max(_LONG, _TIMES * len(wanted)):
        return False
    if given[1] is not None and gold[1] is not None and overlap(given[1], gold[1]):
        return True
    short, long = sorted((words, wanted), key=len)
    return len(short) >= _LEAST and short in long and len(short) >= _LIKE * len(long)
