"""spaCy at the borders: pipelines loaded or refused, proposals weighed, notices as Docs and back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import draft, rulebook

from extractor.entities import EXTRACTORS
from extractor.errors import NoticeError, UsageError
from extractor.language import load, propose, take, to_docbin, to_spacy, weigh
from extractor.model import (
    ActivityValue,
    ContactValue,
    DateParts,
    DateValue,
    Manuscript,
    Mention,
    Span,
    TextValue,
    UnitName,
)
from extractor.pipeline import process
from extractor.resolve import resolve
from extractor.schema import TABLES, Notice, Resolved, to_record
from extractor.settings import Settings
from extractor.tables import tabulate

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "notices"

# What the pipeline of these tests knows. The bodies are named as no rule would name a body.
KNOWN = {
    "ORG": ["晨光读书社群", "白鹭洲义工群", "区教育局", "党中央", "有关部门", "青禾志愿联"],
    "PERSON": ["图尔荪阿依", "赵明远", "钱立", "孙小雅"],
    "GPE": ["临溪区"],
    "FAC": ["银杏树下"],
    "DATE": ["4月20日", "近年来", "2月30日"],
}

TEXT = """临溪区教育局关于开展2031年读书周活动的通知
各有关单位：
近年来，晨光读书社群坚持送书下乡。现将读书周活动通知如下：
一、活动时间
2031年4月20日至26日。
二、活动安排
（一）图书漂流。4月20日，在银杏树下举行，由白鹭洲义工群牵头。
配合单位：区教育局
三、工作要求
按照党中央部署，有关部门各负其责，孙小雅等同学讲读书故事。
联系人：图尔荪阿依，电话：0539-5550123。
临溪区教育局
2031年4月1日
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A real spaCy pipeline on disk that knows a few names: its folder."""
    import spacy

    nlp = spacy.blank("zh")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": name} for label, names in KNOWN.items() for name in names]
    )
    folder = tmp_path_factory.mktemp("pipelines") / "known"
    nlp.to_disk(folder)
    return str(folder)


def found(manuscript: Manuscript) -> tuple[Mention, ...]:
    return tuple(m for find in EXTRACTORS.values() for m in find(manuscript, rulebook()))


def both_ways(text: str, model: str) -> tuple[Manuscript, Resolved, Resolved, tuple[Mention, ...]]:
    """The manuscript, what the rules say, what they say with the pipeline, the proposals."""
    manuscript = draft(text)
    mentions = found(manuscript)
    proposals = propose(manuscript, model, rulebook())
    alone = resolve(manuscript, mentions, rulebook())
    joined = weigh(
        resolve(manuscript, take(manuscript, mentions, proposals, rulebook()), rulebook()), proposals
    )
    return manuscript, alone, joined, proposals


def by_words(manuscript: Manuscript, resolved: Resolved) -> dict[tuple[str, str], Mention]:
    return {(m.kind, manuscript.quote(m.span)): m for m in resolved.mentions}


# -- loading


@pytest.mark.parametrize("name", ["zh_core_web_sm_that_is_not_here", "no/such/folder", "zh-core-web-lg"])
def test_a_missing_pipeline_is_told_with_the_way_to_get_it(name: str) -> None:
    with pytest.raises(UsageError) as error:
        load(name)
    said = str(error.value)
    assert name in said
    assert "python -m spacy download zh_core_web" in said
    assert "zh-core-web-sm 的包不是 spaCy 的管线" in said
    assert "\n" not in said


def install(folder: Path, name: str, version: str, code: str, *, entry_point: bool) -> None:
    """A package as pip would leave it."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(code, encoding="utf-8")
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n"
    )
    if entry_point:
        (info / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n")


@pytest.mark.parametrize("name", ["zh_fake_web_sm", "zh-fake-web-sm"])
def test_a_package_that_is_no_pipeline_is_refused_before_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The package index has one under the name of spaCy's model, version 999.9.9."""
    ran = tmp_path / "ran"
    install(tmp_path / "site", "zh_fake_web_sm", "999.9.9", f"open({str(ran)!r}, 'w')", entry_point=False)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    with pytest.raises(UsageError, match=r"999\.9\.9 不是 spaCy 的管线，没有使用") as error:
        load(name)
    assert "\n" not in str(error.value)
    assert not ran.exists()


def test_an_installed_pipeline_is_loaded_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipeline: str
) -> None:
    import shutil

    code = (
        "from spacy.util import load_model_from_init_py\n"
        "def load(**options):\n    return load_model_from_init_py(__file__, **options)\n"
    )
    install(tmp_path, "zh_invented_md", "0.0.0", code, entry_point=True)
    meta = (Path(pipeline) / "meta.json").read_text(encoding="utf-8")
    (tmp_path / "zh_invented_md" / "meta.json").write_text(
        meta.replace('"pipeline"', '"invented"'), encoding="utf-8"
    )
    shutil.copytree(pipeline, tmp_path / "zh_invented_md" / "zh_invented-0.0.0")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert load("zh_invented_md")("找赵明远。").ents[0].text == "赵明远"


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    import spacy

    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="不是能用的 spaCy 管线"):
        load(str(tmp_path / "empty"))
    spacy.blank("zh").to_disk(tmp_path / "silent")
    with pytest.raises(UsageError, match="没有识别实体的部件"):
        load(str(tmp_path / "silent"))


@pytest.mark.parametrize(("segmenter", "package"), [("pkuseg", "spacy-pkuseg"), ("jieba", "jieba")])
def test_a_segmenter_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipeline: str, segmenter: str, package: str
) -> None:
    """The Chinese pipelines of spaCy cut words with spacy-pkuseg, which is a package of its own."""
    import shutil

    folder = tmp_path / "words"
    shutil.copytree(pipeline, folder)
    config = (folder / "config.cfg").read_text(encoding="utf-8")
    (folder / "config.cfg").write_text(config.replace('segmenter = "char"', f'segmenter = "{segmenter}"'))
    (folder / "tokenizer" / "cfg").write_text(f'{{"segmenter":"{segmenter}"}}')
    (folder / "tokenizer" / "pkuseg_model").mkdir()
    monkeypatch.setitem(sys.modules, "jieba", None)
    monkeypatch.setitem(sys.modules, "spacy_pkuseg", None)
    with pytest.raises(UsageError, match=rf"还要用 Python 包 {package}（pip install {package}）"):
        load(str(folder))


def test_spacy_is_loaded_only_when_asked_for() -> None:
    code = (
        "import sys\nfrom extractor.pipeline import process\nfrom extractor.rulebook import load_rulebook\n"
        "from extractor.settings import Settings\nimport extractor.language\n"
        "process('关于开展读书周的通知'.encode(), 'a.txt', load_rulebook(), Settings())\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- proposals


def test_proposals_lead_back_to_the_printed_words(pipeline: str) -> None:
    text = "联系人：赵 明 远  钱立\t晨光讀書社群\t晨光读书社群\n４月20 日，党中央、有关部门与临溪區开会。"
    manuscript = draft(text)
    made = propose(manuscript, pipeline, rulebook())
    assert [(m.kind, manuscript.quote(m.span)) for m in made] == [
        ("contact", "赵 明 远"),
        ("contact", "钱立"),
        ("unit", "晨光讀書社群"),
        ("unit", "晨光读书社群"),
        ("date", "４月20 日"),
        ("region", "临溪區"),
    ]
    assert {m.basis for m in made} == {"ner:known"}
    assert all(m.confidence < 0.5 and not m.role for m in made)
    values = [m.value for m in made]
    assert isinstance(values[0], ContactValue)
    assert values[0].value == "赵明远"
    assert isinstance(values[2], UnitName)
    assert values[2].name == "晨光讀書社群"
    assert isinstance(values[4], DateValue)
    assert (values[4].start, values[4].status) == (None, "ambiguous")
    assert isinstance(values[5], TextValue)
    assert values[5].detail == "GPE"


def test_long_lines_and_cells_are_read_by_parts(pipeline: str) -> None:
    line = "今天天气很好。" * 400 + "赵明远来了。" + "明天也好" * 600 + "钱立来了。"
    manuscript = draft(f"{line}\n赵明\t远钱\t立\n")
    assert [manuscript.quote(m.span) for m in propose(manuscript, pipeline, rulebook())] == ["赵明远", "钱立"]


def test_persons_run_together_by_the_reading_are_parted(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("zh")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "赵明远钱立"}])
    nlp.to_disk(tmp_path / "greedy")
    manuscript = draft("参加：赵明远 钱立。")
    made = propose(manuscript, str(tmp_path / "greedy"), rulebook())
    assert [manuscript.quote(m.span) for m in made] == ["赵明远", "钱立"]


# -- weighing


def test_a_body_behind_a_label_is_taken_with_its_role(pipeline: str) -> None:
    manuscript, alone, joined, _ = both_ways(TEXT, pipeline)
    assert ("unit", "白鹭洲义工群") not in by_words(manuscript, alone), (
        "the rules know it: choose another name"
    )
    taken = by_words(manuscript, joined)["unit", "白鹭洲义工群"]
    assert (taken.role, taken.basis) == ("lead", "ner:known")
    assert 0.5 <= taken.confidence < 1
    rows = tabulate(manuscript, joined, rulebook())
    assert "白鹭洲义工群" in rows.activities[0].lead_units


def test_a_person_behind_a_label_is_a_contact(pipeline: str) -> None:
    manuscript, alone, joined, _ = both_ways(TEXT, pipeline)
    assert ("contact", "图尔荪阿依") not in by_words(manuscript, alone), (
        "the rules know it: choose another name"
    )
    taken = by_words(manuscript, joined)["contact", "图尔荪阿依"]
    assert taken.role == ""
    assert taken.confidence >= 0.5


def test_the_rest_is_kept_in_doubt(pipeline: str) -> None:
    manuscript, alone, joined, _ = both_ways(TEXT, pipeline)
    mentions = by_words(manuscript, joined)
    for kind, words, role in (
        ("unit", "晨光读书社群", "mentioned"),
        ("contact", "孙小雅", "mentioned"),
        ("date", "近年来", "other"),
    ):
        assert (kind, words) not in by_words(manuscript, alone)
        assert mentions[kind, words].role == role
        assert mentions[kind, words].confidence < 0.5
    assert (
        not {("unit", "党中央"), ("unit", "有关部门")} & mentions.keys() - by_words(manuscript, alone).keys()
    )


def test_nothing_of_the_rules_is_lost_or_moved(pipeline: str) -> None:
    _, alone, joined, _ = both_ways(TEXT, pipeline)
    kept = [m for m in joined.mentions if not m.basis.startswith("ner:")]
    assert [(m.kind, m.span, m.role, m.basis) for m in kept] == [
        (m.kind, m.span, m.role, m.basis) for m in alone.mentions
    ]
    assert all(new.confidence >= old.confidence for new, old in zip(kept, alone.mentions, strict=True))
    assert (joined.region, joined.year, joined.period) == (alone.region, alone.year, alone.period)
    spans = [m.span for m in joined.mentions if m.kind == "date"]
    assert spans == sorted(spans)


def test_an_overlapping_proposal_raises_confidence() -> None:
    unit = Mention("unit", Span(4, 8), UnitName("区教育局"), "lead", 0.8, "cue")
    phone = Mention("contact", Span(10, 20), ContactValue("phone", "5550123"), "", 0.85)
    wrong = date_mention(Span(22, 27), "invalid", 0.4)
    right = date_mention(Span(30, 35), "ok", 0.6)
    sure = Mention("unit", Span(40, 44), UnitName("市教育局"), "lead", 1.0, "label")
    proposals = tuple(
        Mention(kind, span, UnitName("x"), "", 0.4, "ner:x")
        for kind, span in (
            ("unit", unit.span),
            ("contact", phone.span),
            ("date", wrong.span),
            ("date", Span(31, 36)),
            ("unit", sure.span),
        )
    )
    made = weigh(Resolved((unit, phone, wrong, right, sure)), proposals).mentions
    assert [m.confidence for m in made] == [0.88, 0.85, 0.4, 0.68, 1.0]


def date_mention(span: Span, status: str, confidence: float) -> Mention:
    value = DateValue(None, None, None, "day", status, "title", DateParts("day"))
    return Mention("date", span, value, "other", confidence, "title")


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("牵头单位：区教育局、青禾志愿联。", "青禾志愿联", "lead"),
        ("配合单位：\n青禾志愿联", "青禾志愿联", "support"),
        ("材料于5月1日前报送至青禾志愿联。", "青禾志愿联", "report_to"),
        ("牵头单位：区教育局。近期青禾志愿联成立。", "青禾志愿联", ""),
        ("近期青禾志愿联成立。", "青禾志愿联", ""),
        ("向社会转交青禾志愿联章程。", "青禾志愿联", ""),
        ("成员单位：区教育局、区青禾志愿联办公室设在区教育局", "青禾志愿联", ""),
        ("成员单位：区教育局、区文旅局，青禾志愿联负责日常工作", "青禾志愿联", ""),
        ("邀请青禾志愿联旁听。", "青禾志愿联", ""),
        ("按照青禾志愿联要求办理。", "青禾志愿联", ""),
        ("由青禾志愿联负责。", "青禾志愿联", "lead"),
        ("由青禾志愿联想出的办法。", "青禾志愿联", ""),
    ],
)
def test_cues_of_bodies(pipeline: str, text: str, words: str, role: str) -> None:
    manuscript = draft(text)
    start = text.index(words)
    proposals = tuple(
        m for m in propose(manuscript, pipeline, rulebook()) if m.span == Span(start, start + len(words))
    )
    made = take(manuscript, (), proposals, rulebook())
    assert [m.role for m in made] == ([role] if role else [])


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("联 系 人：赵明远", True),
        ("联系人及电话：钱立、赵明远，5550123", True),
        ("请与赵明远（0539-5550123）联系", True),
        ("地址：赵明远纪念馆", False),
        ("联系人：钱立。由赵明远主讲", False),
        ("讲座由赵明远主讲，欢迎来电0539-5550123", False),
    ],
)
def test_cues_of_persons(pipeline: str, text: str, taken: bool) -> None:
    manuscript = draft(text)
    numbers = tuple(
        Mention(
            "contact",
            Span(text.index(digits), text.index(digits) + len(digits)),
            ContactValue("phone", digits),
        )
        for digits in ("5550123",)
        if digits in text
    )
    proposals = tuple(
        m for m in propose(manuscript, pipeline, rulebook()) if manuscript.quote(m.span) == "赵明远"
    )
    assert len(proposals) == 1
    made = take(manuscript, numbers, proposals, rulebook())
    assert any(m.basis.startswith("ner:") for m in made) is taken


@pytest.mark.parametrize(
    ("text", "location", "expected"),
    [
        ("图书漂流。在银杏树下举行。", None, "银杏树下"),
        ("图书漂流。地点：银杏树下", None, "银杏树下"),
        ("图书漂流。书送到银杏树下的人家。", None, None),
        ("图书漂流。在银杏树下举行。", "文化广场", "文化广场"),
    ],
)
def test_a_place_fills_an_activity_without_one(
    pipeline: str, text: str, location: str | None, expected: str | None
) -> None:
    manuscript = draft(text)
    scope = Span(0, len(text))
    activity = Mention("activity", scope, ActivityValue("图书漂流", "其他", location, None, scope))
    proposals = propose(manuscript, pipeline, rulebook())
    made = take(manuscript, (activity,), proposals, rulebook())
    assert [m.value.location for m in made if isinstance(m.value, ActivityValue)] == [expected]
    kept = [m for m in weigh(Resolved(made), proposals).mentions if m.kind == "region"]
    assert len(kept) == (expected != "银杏树下")


def test_what_rules_found_keeps_proposals_out(pipeline: str) -> None:
    """A title in 《》 is a citation, whoever it names."""
    text = "按照《晨光读书社群章程》办理。"
    manuscript = draft(text)
    proposals = propose(manuscript, pipeline, rulebook())
    assert proposals
    citation = Mention("citation", Span(2, 12), TextValue("晨光读书社群章程"))
    assert weigh(Resolved((citation,)), proposals).mentions == (citation,)


# -- Docs


def notices(*names: str) -> Iterator[Notice]:
    for name in names:
        made = process((CORPUS / f"{name}.txt").read_bytes(), name, rulebook(), Settings())
        assert isinstance(made, Notice)
        yield made


def quotes(record: dict[str, Any], table: str) -> list[str]:
    """The words of every row that has any."""
    spans = [span for row in record[table] for span in (row.get("spans") or [row["span"]])]
    words = [record["text"][span["start"] : span["end"]].strip() for span in spans]
    return [word for word in words if word]


NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_every_span_is_the_records_quote(name: str) -> None:
    (notice,) = notices(name)
    record = to_record(notice)
    doc = to_spacy(notice)
    assert doc.text == record["text"]
    for table in TABLES:
        assert [span.text for span in doc.spans[table]] == quotes(record, table), table
    fields = {span.label_: span.text for span in doc.spans["fields"]}
    assert fields == {
        name: record["text"][span["start"] : span["end"]] for name, span in record["spans"].items()
    }
    taken = [token.i for entity in doc.ents for token in entity]
    assert len(taken) == len(set(taken))
    every = {
        (s.text, s.id_) for table in ("dates", "units", "contacts", "citations") for s in doc.spans[table]
    }
    assert {(entity.text, entity.id_) for entity in doc.ents} <= every
    assert len(doc.ents) > len(record["units"]) // 2


def test_roles_and_values_go_with_the_spans() -> None:
    (notice,) = notices("quality-month-2021-meizhou")
    record = to_record(notice)
    doc = to_spacy(record)
    for table, label, value in (("dates", "role", "end"), ("contacts", "kind", "value")):
        for span in doc.spans[table]:
            row = record[table][int(span.id_.split("/")[1])]
            assert span.label_ == row[label]
            assert (row[value] or "") in span.kb_id_
    issuer = doc.spans["units"][0]
    assert issuer.label_.split("+")[0] == "issuer"
    assert issuer.kb_id_ == record["units"][0]["full_name"]
    assert {"DATE", "ORG", "PERSON", "PHONE"} <= {entity.label_ for entity in doc.ents}
    assert doc.user_data["notice"]["title"] == record["title"]
    assert "text" not in doc.user_data["notice"]


def test_longer_entities_win() -> None:
    record: dict[str, Any] = {
        "text": "按照《区教育局2031年要点》",
        "units": [unit_row("区教育局", 3, 7)],
        "citations": [
            {
                "title": "区教育局2031年要点",
                "doc_number": None,
                "kind": "document",
                "span": {"start": 2, "end": 15},
            }
        ],
    }
    doc = to_spacy(record)
    assert [(e.text, e.label_) for e in doc.ents] == [("《区教育局2031年要点》", "WORK_OF_ART")]
    assert [span.text for span in doc.spans["units"]] == ["区教育局"]


def unit_row(name: str, start: int, end: int) -> dict[str, Any]:
    return {"name": name, "full_name": None, "roles": ["lead"], "spans": [{"start": start, "end": end}]}


def test_with_a_tokenizer_of_words_spans_grow_to_whole_tokens() -> None:
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.blank("xx")

    def words(text: str) -> Doc:
        assert text == "临溪区教育局通知"
        return Doc(nlp.vocab, words=["临溪区", "教育局", "通知"], spaces=[False] * 3)

    nlp.tokenizer = words
    doc = to_spacy({"text": "临溪区教育局通知", "units": [unit_row("区教育局", 2, 6)]}, nlp)
    assert [span.text for span in doc.spans["units"]] == ["临溪区教育局"]


def test_docbin_holds_everything(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    made = list(notices(*NAMES[:6]))
    path = tmp_path / "new" / "out.spacy"
    assert to_docbin(iter(made), path) == 6
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))
    for notice, doc in zip(made, docs, strict=True):
        record = to_record(notice)
        for table in TABLES:
            assert [span.text for span in doc.spans[table]] == quotes(record, table)
        assert [s.label_ for s in doc.spans["dates"]] == [row["role"] for row in record["dates"]]
        assert doc.user_data["notice"]["notice_id"] == record["notice_id"]
        assert any(entity.kb_id_ for entity in doc.ents)
    assert [path.name for path in path.parent.iterdir()] == ["out.spacy"]


def test_a_docbin_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "out.spacy"
    with pytest.raises(NoticeError, match="没有通知可写"):
        to_docbin([], path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(NoticeError, match="写不了"):
        to_docbin(notices(NAMES[0]), tmp_path / "file" / "out.spacy")


def test_an_empty_record() -> None:
    doc = to_spacy({"text": ""})
    assert len(doc) == 0
