"""SARIF 2.1.0: what the standard requires of a log, and that every region is the very words of the file."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from marked_draft import RULES, SETTINGS, TEXT, noticed, word_draft

from extractor.render.sarif import Entry, fingerprint, log, uri
from extractor.schema import Failure, to_record

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def entry(raw: bytes, name: str = "稿.txt") -> Entry:
    return to_record(noticed(raw, name)), raw


def made(*entries: Entry, lang: str = "zh") -> dict[str, Any]:
    return log(entries, RULES.cards, version="1.2.3", lang=lang)


def results(found: dict[str, Any]) -> list[dict[str, Any]]:
    return list(found["runs"][0]["results"])


def region(result: dict[str, Any]) -> dict[str, Any]:
    return dict(result["locations"][0]["physicalLocation"]["region"])


def objects(value: Any) -> Iterator[tuple[str, Any]]:
    """Every named value of the log."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key, item
            yield from objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


def test_what_the_standard_requires() -> None:
    """The constraints of sarif-schema-2.1.0 on everything this log uses (the schema itself is not ours to hand on)."""
    lost = Failure("坏 文件.pdf", "damaged", "PDF 损坏", "ab" * 32, "pdf")
    found = made(entry(TEXT.encode()), entry(word_draft(), "稿.docx"), (lost, None))
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert found["version"] == "2.1.0"
    assert found["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = found["runs"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert re.fullmatch(r"[a-zA-Z]{2}(-[a-zA-Z]{2})?", run["language"])
    assert run["automationDetails"]["id"].endswith("/")
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == len(RULES.cards)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        assert -1 <= rule["defaultConfiguration"]["rank"] <= 100
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == ["PDF 损坏"]
    for artifact in run["artifacts"]:
        assert set(artifact["roles"]) == {"analysisTarget"}
        assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in artifact["hashes"].values())
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("note", "warning", "error")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
        for location in result["locations"] + result.get("relatedLocations", []):
            where = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    assert len(run["results"]) >= 30
    for key, value in objects(found):
        if key in ("startLine", "startColumn", "endLine", "endColumn"):
            assert value >= 1
        elif key in ("charOffset", "charLength", "index", "ruleIndex"):
            assert value >= 0
        elif key == "uri":
            assert re.fullmatch(r"[!-~]+", value)
            assert " " not in value


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_regions_are_the_words(encoding: str, end: str) -> None:
    raw = TEXT.replace("\n", end).encode(encoding)
    text = raw.decode(encoding)
    lines = re.split(r"\r\n|\n", text)
    found = results(made(entry(raw)))
    assert len(found) >= 10
    for result, finding in zip(found, noticed(raw, "稿.txt").findings, strict=True):
        at = region(result)
        words = text[at["charOffset"] : at["charOffset"] + at["charLength"]]
        assert words == finding.quote
        assert lines[at["startLine"] - 1][at["startColumn"] - 1 :].startswith(words.split(end)[0])
        assert lines[at["endLine"] - 1][: at["endColumn"] - 1].endswith(words.split(end)[-1])


def test_words_over_wrapped_lines() -> None:
    """A paragraph wrapped by hand: the region goes from the line where the words begin to the one where they end."""
    text = (
        "关于开展2023年爱鸟周活动的通知\n各县（区）林业局：\n　　为切实做好今年的爱鸟护鸟宣传工作，请各单位高度重视，于2022年6月\n5日前将活动总结"
        "报送市林业局，逾期不再受理，由此产生的后果自负，特此通\n知。\n青河市林业局\n2023年3月8日\n"
    )
    found = [r for r in results(made(entry(text.encode()))) if r["ruleId"] == "D01"]
    assert len(found) == 1
    at = region(found[0])
    assert (at["startLine"], at["endLine"]) == (3, 4)
    assert text[at["charOffset"] : at["charOffset"] + at["charLength"]] == "2022年6月\n5日前"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_fixes_are_replacements_in_the_file(encoding: str) -> None:
    raw = TEXT.replace("\n", "\r\n").encode(encoding)
    text = raw.decode(encoding)
    changed = 0
    for result in results(made(entry(raw))):
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            (replacement,) = change["replacements"]
            at, new = replacement["deletedRegion"], replacement["insertedContent"]["text"]
            start, end = at["charOffset"], at["charOffset"] + at["charLength"]
            mended = (text[:start] + new + text[end:]).encode(encoding)
            codes = [f.code for f in noticed(mended, "稿.txt").findings]
            assert codes.count(result["ruleId"]) < [f.code for f in noticed(raw, "稿.txt").findings].count(
                result["ruleId"]
            )
            changed += 1
    assert changed >= 8


def test_no_fix_where_the_place_in_the_file_is_not_exact() -> None:
    found = results(made(entry(word_draft(), "稿.docx")))
    assert found
    assert not any("fixes" in result for result in found)
    assert all("charOffset" not in region(result) for result in found)
    stale = (to_record(noticed(TEXT.encode(), "稿.txt")), b"\xe5\x88\xab\xe7\x9a\x84")
    assert not any("charOffset" in region(result) for result in results(made(stale)))


def test_word_regions_name_paragraph_and_column() -> None:
    found = results(made(entry(word_draft(), "稿.docx")))
    deadline = next(result for result in found if result["ruleId"] == "D01")
    at = region(deadline)
    assert at["snippet"]["text"] == "2022年5月10日前"
    assert at["endColumn"] - at["startColumn"] == len(at["snippet"]["text"])


def test_the_other_side_is_linked_from_the_message() -> None:
    deadline = next(r for r in results(made(entry(TEXT.encode()))) if r["ruleId"] == "D01")
    others = deadline["relatedLocations"]
    assert "二〇二三年三月八日" in [o["physicalLocation"]["region"]["snippet"]["text"] for o in others]
    assert all(f"[{o['id']}]({o['id']})" in deadline["message"]["text"] for o in others)


def test_what_looks_like_a_link_in_the_text_is_none() -> None:
    record = to_record(noticed(TEXT.encode(), "稿.txt"))
    record["findings"] = [
        {
            **record["findings"][0],
            "message": "“[点此](http://例.cn)”不对",
            "related": [],
            "suggestion": "",
            "fix": None,
        }
    ]
    (result,) = results(made((record, None)))
    assert result["message"]["text"] == "“\\[点此](http://例.cn)”不对"


def test_fingerprints_stay_when_lines_move_and_tell_findings_apart() -> None:
    record = to_record(noticed(TEXT.encode(), "稿.txt"))
    moved = to_record(
        noticed(TEXT.replace("（二）科普", "活动由市林业局承办。\n（二）科普").encode(), "稿.txt")
    )
    old = {f["code"]: fingerprint(record, f) for f in record["findings"]}
    new = {f["code"]: fingerprint(moved, f) for f in moved["findings"]}
    assert {code for code in ("D01", "F04", "P04") if old[code] == new[code]} == {"D01", "F04", "P04"}
    marks = [r["partialFingerprints"]["noticeOccurrence/v1"] for r in results(made(entry(TEXT.encode())))]
    assert len(set(marks)) == len(marks)


def test_the_same_in_any_order_of_files() -> None:
    one, two = entry(TEXT.encode(), "甲.txt"), entry(word_draft(), "乙.docx")
    first, second = results(made(one, two)), results(made(two, one))
    marks = [r["partialFingerprints"]["noticeFinding/v1"] for r in first]
    assert sorted(marks) == sorted(r["partialFingerprints"]["noticeFinding/v1"] for r in second)


def test_english() -> None:
    found = made(entry(TEXT.encode()), lang="en")
    assert found["runs"][0]["language"] == "en"
    assert "Reason: " in found["runs"][0]["tool"]["driver"]["rules"][0]["help"]["text"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("稿 1.txt", "%E7%A8%BF%201.txt"),
        ("a/b#1?.docx", "a/b%231%3F.docx"),
        ("/tmp/a b.pdf", "file:///tmp/a%20b.pdf"),
        ("c:稿.txt", "c%3A%E7%A8%BF.txt"),
        ("a\\b.txt", "a%5Cb.txt"),
        ("a\udcff.txt", "a%FF.txt"),
    ],
)
def test_uris(path: str, wanted: str) -> None:
    assert uri(path) == wanted


def test_settings_are_those_of_the_draft() -> None:
    assert SETTINGS.profile == "draft"
    assert made(entry(TEXT.encode()))["runs"][0]["automationDetails"]["id"] == "notice-check/draft/"


def test_the_other_side_in_another_file() -> None:
    record = to_record(noticed(TEXT.encode(), "稿.txt"))
    there = {
        "path": "上级 通知.docx",
        "quote": "6月1日前",
        "line": 7,
        "column": 3,
        "page": None,
        "note": "上级的期限",
    }
    record["findings"] = [{**record["findings"][0], "related": [], "elsewhere": [there]}]
    (result,) = results(made((record, TEXT.encode())))
    (other,) = result["relatedLocations"]
    assert other["physicalLocation"]["artifactLocation"] == {
        "uri": "%E4%B8%8A%E7%BA%A7%20%E9%80%9A%E7%9F%A5.docx"
    }
    assert other["physicalLocation"]["region"]["startLine"] == 7
    assert "[1](1)" in result["message"]["text"]
