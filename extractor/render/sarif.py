"""SARIF 2.1.0 (OASIS): the findings of many notices as a log that code hosts, editors and review tools read.

Places are exact in plain text files, whose bytes the caller hands over: line, column, offset in characters, and fixes.
In other formats a region names the line (of a page) or the paragraph as the contract does; the page stands beside it.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from extractor.patterns import lazy
from extractor.readers import read_document
from extractor.render.remarks import Record, Remark, remarks
from extractor.render.source import SourceText, Stretch
from extractor.rulebook.cards import Card
from extractor.schema import Failure
from extractor.settings import Settings

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_RANK = {"error": 90.0, "warning": 50.0, "info": 10.0}
_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "ofd": "application/ofd",
}
_AROUND = 12  # characters on each side that tell two findings of one check on the same words apart

_DRIVE = lazy(r"[A-Za-z]:[/\\\\]")
_LINK = lazy(r"\[(?=[^\]]*\]\()")

Entry = tuple[Record | Failure, bytes | None]
"""The record of a notice, or why there is none; and the file's bytes where it is plain text (else None)."""


def log(
    entries: Iterable[Entry],
    cards: Mapping[str, Card],
    *,
    version: str,
    profile: str = "draft",
    lang: str = "zh",
) -> dict[str, Any]:
    """One run over the entries as a SARIF log, ready for ``json.dumps``. ``version``: of this program."""
    order = {code: index for index, code in enumerate(cards)}
    artifacts: list[dict[str, Any]] = []
    results: list[dict[str, Any]] = []
    notifications: list[dict[str, Any]] = []
    for outcome, raw in entries:
        index = len(artifacts)
        if isinstance(outcome, Failure):
            artifacts.append(_artifact(outcome.path, outcome.format, outcome.sha256))
            notifications.append(_notification(outcome, index))
            continue
        source = outcome["source"]
        artifacts.append(_artifact(source["path"], source["format"], source["sha256"], source["encoding"]))
        results += _results(outcome, raw, index, cards, order, lang)
    rules = [_rule(card, lang) for card in cards.values()]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(version, rules, lang)},
                "automationDetails": {"id": f"notice-check/{profile}/"},
                "columnKind": "unicodeCodePoints",
                "language": "en" if lang == "en" else "zh-CN",
                "invocations": [
                    {
                        "executionSuccessful": not notifications,
                        "toolExecutionNotifications": notifications,
                    }
                ],
                "artifacts": artifacts,
                "results": results,
            }
        ],
    }


def _driver(version: str, rules: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    return {
        "name": "notice",
        "fullName": f"notice-extractor {version}",
        "organization": "notice-extractor",
        "version": version,
        "semanticVersion": version,
        "language": "en" if lang == "en" else "zh-CN",
        "rules": rules,
    }


def _rule(card: Card, lang: str) -> dict[str, Any]:
    """A card as a reporting descriptor: what it finds, why (the clause), what it leaves alone, an example."""
    english = lang == "en"
    title = card.name.replace("-", " ") if english else card.title
    why, spared, flagged = ("Reason", "Not flagged", "Flagged") if english else ("依据", "不报", "会报的例子")
    example = card.flags[0].text if card.flags else ""
    parts = [f"{why}：{card.why}" if not english else f"{why}: {card.why}"]
    parts += [f"{spared}{': ' if english else '：'}{'；'.join(card.guards)}"] if card.guards else []
    plain = "\n\n".join(parts)
    told = "\n".join(f"    {line}" for line in example.splitlines())
    return {
        "id": card.code,
        "name": "".join(word.capitalize() for word in card.name.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title}。{card.why}" if not english else f"{title}. {card.why}"},
        "help": {
            "text": plain + (f"\n\n{flagged}\n{example}" if example else ""),
            "markdown": "\n\n".join(f"**{part.replace('：', '**：', 1)}" if "：" in part else part for part in parts)
            + (f"\n\n{flagged}\n\n{told}" if example else ""),
        },
        "defaultConfiguration": {"level": LEVELS[card.severity], "rank": _RANK[card.severity]},
        "properties": {"tags": ["公文", card.code[:1]], "clause": card.why, "fix": card.fix, "profiles": list(card.profiles)},
    }  # fmt: skip


def _artifact(path: str, kind: str | None, sha256: str | None, encoding: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"location": {"uri": uri(path)}, "roles": ["analysisTarget"]}
    if kind in _TYPES:
        made["mimeType"] = _TYPES[kind]
    if encoding:
        made["encoding"] = "utf-8" if encoding == "utf-8-sig" else encoding
    if sha256:
        made["hashes"] = {"sha-256": sha256}
    return made


def uri(path: str) -> str:
    """A path as a URI reference: relative ones stay relative, absolute ones become ``file:``."""
    if os.sep == "\\":
        path = path.replace("\\", "/")
    absolute = path.startswith("/") or bool(_DRIVE.match(path))
    made = quote(path, safe="/", errors="surrogateescape")
    if absolute:
        return "file://" + ("" if path.startswith("/") else "/") + made
    return made


def _notification(failure: Failure, index: int) -> dict[str, Any]:
    return {
        "descriptor": {"id": failure.reason},
        "level": "error",
        "message": {"text": failure.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(failure.path), "index": index}}}],
    }


def _results(
    record: Record,
    raw: bytes | None,
    index: int,
    cards: Mapping[str, Card],
    order: Mapping[str, int],
    lang: str,
) -> list[dict[str, Any]]:
    source = _source(record, raw)
    where = {"uri": uri(record["source"]["path"]), "index": index}
    seen: Counter[str] = Counter()
    made = []
    for finding, remark in zip(record["findings"], remarks(record, cards, lang), strict=True):
        mark = fingerprint(record, finding)
        seen[mark] += 1
        result: dict[str, Any] = {
            "ruleId": remark.code,
            "level": LEVELS[remark.severity],
            "message": {"text": "\n".join(_message(remark, lang))},
            "locations": [_location(where, finding, record, source)],
            "partialFingerprints": {"noticeFinding/v1": mark, "noticeOccurrence/v1": f"{mark}:{seen[mark]}"},
            "rank": _RANK[remark.severity],
        }
        if remark.code in order:
            result["ruleIndex"] = order[remark.code]
        related = [
            _location(where, other, record, source, number, other["note"] or other["quote"])
            for number, other in enumerate(finding["related"], 1)
        ]
        related += [
            _location_elsewhere(other, number)
            for number, other in enumerate(finding.get("elsewhere") or (), len(related) + 1)
        ]
        if related:
            result["relatedLocations"] = related
        if fix := _fix(finding, remark, where, source):
            result["fixes"] = [fix]
        made.append(result)
    return made


def _message(remark: Remark, lang: str) -> list[str]:
    """Message and advice; the reason stands in the rule. Related places are linked by number."""
    said = [remark.message]
    if remark.advice:
        said.append(("Suggestion: " if lang == "en" else "建议：") + remark.advice)
    # What looks like a link in the text itself is none.
    said = [_LINK.sub(r"\\[", line) for line in said]
    if remark.others:
        links = " ".join(f"[{number}]({number})" for number in range(1, len(remark.others) + 1))
        said.append(("Compare: " if lang == "en" else "对照：") + links)
    return said


def _source(record: Record, raw: bytes | None) -> SourceText | None:
    """The file behind a record of plain text, when the bytes are those that were read."""
    if raw is None or record["source"]["format"] != "txt":
        return None
    if hashlib.sha256(raw).hexdigest() != record["source"]["sha256"]:
        return None
    document = read_document(raw, record["source"]["path"], Settings())
    return SourceText(raw, document) if document.text == record["text"] else None


def _region(place: Stretch) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }


def _location(
    where: Mapping[str, Any],
    finding: Mapping[str, Any],
    record: Record,
    source: SourceText | None,
    number: int | None = None,
    note: str = "",
) -> dict[str, Any]:
    span = finding["span"]
    words = finding["quote"]
    if source is None:
        region = {"startLine": max(finding["line"], 1), "startColumn": max(finding["column"], 1)}
        if "\n" not in finding["quote"] and record["source"]["format"] in _IN_LINES:
            region["endColumn"] = region["startColumn"] + len(words)
    else:
        stretch = source.stretch(span["start"], span["end"])
        region, words = _region(stretch), source.text[stretch.start : stretch.end]
    if words:
        region["snippet"] = {"text": words}
    made: dict[str, Any] = {"physicalLocation": {"artifactLocation": dict(where), "region": region}}
    if number is not None:
        made["id"] = number
        made["message"] = {"text": note}
    made["properties"] = {"textOffset": span["start"], "textLength": span["end"] - span["start"]}
    if finding.get("page"):
        made["logicalLocations"] = [{"name": f"第{finding['page']}页", "kind": "page"}]
        made["properties"]["page"] = finding["page"]
        if span.get("box"):
            made["properties"]["box"] = span["box"]
    return made


def _location_elsewhere(other: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The other side in another file."""
    region: dict[str, Any] = {"startLine": max(other["line"], 1), "startColumn": max(other["column"], 1)}
    if other["quote"]:
        region["snippet"] = {"text": other["quote"]}
    return {
        "id": number,
        "message": {"text": other.get("note") or other["quote"]},
        "physicalLocation": {"artifactLocation": {"uri": uri(other["path"])}, "region": region},
    }


# Formats where words without a line feed stand one after the other in one paragraph.
_IN_LINES = frozenset({"docx", "html", "odt"})


def _fix(
    finding: Mapping[str, Any], remark: Remark, where: Mapping[str, Any], source: SourceText | None
) -> dict[str, Any] | None:
    """The fix as a replacement in the file: only where the place in the file is exact."""
    fix = finding.get("fix")
    if not fix or source is None:
        return None
    stretch = source.stretch(fix["span"]["start"], fix["span"]["end"])
    if stretch.line != stretch.end_line:
        return None
    replacement = {"deletedRegion": _region(stretch), "insertedContent": {"text": fix["text"]}}
    change = {"artifactLocation": dict(where), "replacements": [replacement]}
    return {"description": {"text": remark.advice or remark.message}, "artifactChanges": [change]}


def fingerprint(record: Record, finding: Mapping[str, Any]) -> str:
    """What stays when the text moves: the check, the words without blanks, and the words around them."""
    text, span = record["text"], finding["span"]
    before = "".join(text[max(span["start"] - 4 * _AROUND, 0) : span["start"]].split())[-_AROUND:]
    after = "".join(text[span["end"] : span["end"] + 4 * _AROUND].split())[:_AROUND]
    key = "\x1f".join((finding["code"], before, "".join(finding["quote"].split()), after))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
