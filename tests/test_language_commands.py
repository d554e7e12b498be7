"""``--ner`` and ``notice export`` as people call them, with pipelines of spaCy made, trained and loaded for real."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from called import call

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "notices"


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert call("extract", "--json", *arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("command", ["extract", "check", "eval", "export"])
def test_a_missing_pipeline_stops_before_any_file(
    notices: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    more = ("--spacy", "out.spacy") if command == "export" else ()
    assert call(command, "没有.txt", "--ner", "zh_core_web_none", *more) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "zh_core_web_none" in err
    assert "python -m spacy download zh_core_web_sm" in err
    assert "zh-core-web-sm" in err
    assert "没有.txt" not in err
    assert not (notices / "out.spacy").exists()


def test_export_writes_one_doc_a_notice(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import spacy
    from spacy.tokens import DocBin

    assert call("export", "--spacy", "out.spacy", "对.txt", "错.txt") == 0
    assert capsys.readouterr().out == "2 份通知写到 out.spacy\n"
    docs = list(DocBin().from_disk("out.spacy").get_docs(spacy.blank("zh").vocab))
    assert [doc.user_data["notice"]["source"]["path"] for doc in docs] == ["对.txt", "错.txt"]
    assert all(doc.ents and doc.spans["sections"] for doc in docs)


def test_export_goes_on_past_a_bad_file(notices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("export", "--lang", "en", "--spacy", "out.spacy", "空.txt", "对.txt", "--workers", "2") == 2
    out, err = capsys.readouterr()
    assert out == "1 notices written to out.spacy\n"
    assert err.splitlines() == ["notice: 空.txt：文件是空的"]
    assert call("export", "--spacy", "none.spacy", "空.txt") == 2
    assert not (notices / "none.spacy").exists()


@pytest.mark.parametrize("name", ["out.bin", "folder.spacy"])
def test_export_wants_a_name_spacy_reads(
    notices: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (notices / "folder.spacy").mkdir()
    assert call("export", "--spacy", name, "对.txt") == 2
    assert ".spacy 结尾" in capsys.readouterr().err


def test_proposals_reach_the_tables_from_workers_too(
    notices: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import spacy

    nlp = spacy.blank("zh")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "有关事项"}, {"label": "PERSON", "pattern": "林晓岚"}])
    nlp.to_disk("own")
    alone = records(capsys, "对.txt", "错.txt")
    for workers in ("1", "2"):
        made = records(capsys, "对.txt", "错.txt", "--ner", "own", "--workers", workers)
        for new, old in zip(made, alone, strict=True):
            assert new["findings"] == old["findings"]
            (row,) = (row for row in new["units"] if row not in old["units"])
            assert (row["name"], row["roles"]) == ("有关事项", ["mentioned"])
            assert row["confidence"] < 0.5
            person, surer = old["contacts"][0], new["contacts"][0]
            assert person["value"] == surer["value"] == "林晓岚"
            assert person["confidence"] < surer["confidence"] < 1


@pytest.mark.slow
def test_a_trained_pipeline_proposes_and_is_weighed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Export → training → disk → --ner: the whole way a user goes, with spaCy's own training interface."""
    import random

    import spacy
    from spacy.tokens import DocBin
    from spacy.training import Example
    from thinc.api import fix_random_seed

    monkeypatch.chdir(tmp_path)
    files = sorted(str(path) for path in CORPUS.glob("safety-month-*.txt"))[:10]
    assert call("export", "--spacy", "train.spacy", *files) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1

    fix_random_seed(3)
    nlp = spacy.blank("zh")
    gold = list(DocBin().from_disk("train.spacy").get_docs(nlp.vocab))
    assert len(gold) == len(files) >= 9
    examples = [Example(nlp.make_doc(part.text), part) for doc in gold for part in paragraphs(doc)]
    nlp.add_pipe("ner")
    optimizer = nlp.initialize(lambda: examples)
    losses: list[float] = []
    for turn in range(10):
        random.Random(turn).shuffle(examples)
        lost: dict[str, float] = {}
        for at in range(0, len(examples), 16):
            nlp.update(examples[at : at + 16], sgd=optimizer, losses=lost)
        losses.append(lost["ner"])
    assert losses[-1] < losses[0] / 3
    nlp.to_disk("own")

    seen = 0
    for path in sorted(CORPUS.glob("quality-month-202*.txt")):
        (alone,) = records(capsys, str(path))
        (joined,) = records(capsys, str(path), "--ner", "own")
        seen += compared(alone, joined)
    assert seen > 10


def paragraphs(doc: Any) -> Iterator[Any]:
    """The lines of a Doc as Docs, their entities with them."""
    start = 0
    for token in doc:
        if "\n" in token.text or token.i == len(doc) - 1:
            if token.i > start:
                yield doc[start : token.i].as_doc()
            start = token.i + 1


def compared(alone: dict[str, Any], joined: dict[str, Any]) -> int:
    """How many proposals came into the tables of a notice, each as it must be; nothing of the rules is gone or less sure."""
    proposed = 0
    for table, key in (("units", "spans"), ("dates", "span"), ("contacts", "span")):
        old = {json.dumps(row[key]): row for row in alone[table]}
        new = {json.dumps(row[key]): row for row in joined[table]}
        if table == "units":  # a proposal may add a place to a body the rules know
            assert {row["name"] for row in old.values()} <= {row["name"] for row in new.values()}
            old, new = ({row["name"]: row for row in rows.values()} for rows in (old, new))
        assert old.keys() <= new.keys()
        for place, row in new.items():
            if place in old:
                assert row["confidence"] >= old[place]["confidence"]
                proposed += row["confidence"] > old[place]["confidence"]
                continue
            proposed += 1
            roles = row.get("roles") or [row.get("role", "mentioned")]
            kept = roles in (["mentioned"], ["other"])
            assert row["confidence"] < 0.5 or not kept or table == "contacts"
            assert row["confidence"] < 0.8
    return proposed
