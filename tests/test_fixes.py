"""Fixes: after one its finding is gone and no new one appears; nothing else changes; the original is never touched."""

import random
import sys
from collections import Counter
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from made_docx import make_docx, para, run
from made_pdf import notice_pdf
from marked_draft import (
    BOLD,
    LINES,
    RULES,
    SETTINGS,
    TEXT,
    dressed,
    members,
    paragraph,
    table,
    word_draft,
    xml,
)

from extractor.errors import UsageError
from extractor.fixes import FIXABLE, Mended, choose, difference, fixed_path, mend, refuse, write
from extractor.fixes.edits import Change, Edit, Refused, applied, changes, edit, moved
from extractor.fixes.plain import fix_plain
from extractor.fixes.word import fix_word
from extractor.model import Document, Finding, Fix, Span
from extractor.pipeline import process
from extractor.readers import read_document
from extractor.readers.wordml import W
from extractor.rulebook.cards import Card, Example
from extractor.schema import Failure
from extractor.settings import Settings

FLAGS = [
    pytest.param(card, e, id=f"{card.code}:{e.line}") for card in RULES.cards.values() for e in card.flags
]
WHEN = datetime(2023, 3, 2, 9, 30)


def mended(raw: bytes, name: str = "稿.txt", settings: Settings = SETTINGS, **options: Any) -> Mended:
    made = mend(raw, name, RULES, settings, **options)
    assert isinstance(made, Mended)
    return made


def as_word(text: str) -> bytes:
    return make_docx([para(line) for line in text.split("\n")])


def made_up(span: Span, new: str, safe: bool = True, severity: Any = "error", code: str = "X01") -> Finding:
    return Finding(code, "made-up", severity, "不对", "", span, 1, 1, fix=Fix(span, new, safe))


def edits(document: Document, *fixes: tuple[str, str]) -> list[Edit]:
    """Edits that put the second of each pair in place of the first, where it stands first."""
    made = []
    for old, new in fixes:
        at = document.text.index(old)
        one = edit(made_up(Span(at, at + len(old)), new), document.text)
        assert one is not None
        made.append(one)
    return made


def read(raw: bytes, name: str = "稿") -> Document:
    return read_document(raw, name, SETTINGS)


# -- after a fix the finding is gone, and no new one appears


@pytest.mark.parametrize("kind", ["txt", "docx", "tracked"])
@pytest.mark.parametrize(("card", "example"), FLAGS)
def test_every_fix_of_every_card(card: Card, example: Example, kind: str) -> None:
    raw = example.text.encode() if kind == "txt" else as_word(example.text)
    made = mended(raw, suggested=True, track=kind == "tracked", settings=Settings())
    before, after = (Counter(f.code for f in notice.findings) for notice in (made.before, made.after))
    for finding in made.applied:
        before[finding.code] -= 1
    new = after - before
    assert not set(new) & {f.code for f in made.applied}, "a finding is still there"
    hints = Counter(f.code for f in made.after.findings if f.severity == "info")
    assert not new - hints, "a new one came"
    assert not new or any(f.severity != "info" for f in made.applied), "a hint for a hint"
    offered = [f for f in made.before.findings if f.fix is not None]
    if offered and not made.applied:
        assert made.left, "what is not done is told"


def test_hardly_any_fix_is_refused() -> None:
    done = refused = 0
    for card in RULES.cards.values():
        for example in card.flags:
            made = mended(example.text.encode(), suggested=True, settings=Settings())
            done, refused = done + len(made.applied), refused + len(made.left)
    assert done >= 60
    assert refused <= 0.08 * done


@pytest.mark.parametrize("track", [False, True])
def test_a_draft_full_of_mistakes(track: bool) -> None:
    raw = word_draft()
    made = mended(raw, "稿.docx", suggested=True, track=track, when=WHEN)
    text = made.after.document.text
    for wanted in (
        "青林发〔2023〕12号\n", "县（区）林业局：\n", "爱鸟周工作，现将", "20日—26日。", "（一）启动仪式。4月24日（星期一）举行",
        "“爱护鸟类”手册。\n", "市林业局、市教育局\n", "知识竞赛（决赛）", "请扫码，自行", "请于2023年5月10日前", "\n2023年3月8日\n",
        "（此件公开发布）", "3月底，由市林业局",
    ):  # fmt: skip
        assert wanted in text
    assert len(made.applied) >= 14
    assert not made.left
    assert {f.code for f in made.after.findings} <= {f.code for f in made.before.findings}


def test_only_safe_ones_unless_asked() -> None:
    made = mended(TEXT.encode())
    assert "2022年5月10日前" in made.after.document.text
    assert all(f.fix and f.fix.safe for f in made.applied)
    assert "2023年5月10日前" in mended(TEXT.encode(), suggested=True).after.document.text


def test_a_fix_that_brings_a_new_finding_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    real = process

    def worse(raw: bytes, name: str, rulebook: Any, settings: Settings, companions: Any) -> Any:
        """As if the full-width comma were a fault too."""
        from msgspec.structs import replace

        notice = real(raw, name, rulebook, settings, companions)
        assert not isinstance(notice, Failure)
        at = notice.document.text.find("工作，现")
        more = (made_up(Span(at + 2, at + 3), "；"),) if at >= 0 else ()
        return replace(notice, findings=notice.findings + more)

    monkeypatch.setattr(sys.modules["extractor.fixes.mend"], "process", worse)
    made = mended(TEXT.encode())
    assert "工作,现将" in made.after.document.text
    assert "青林发〔2023〕12号" in made.after.document.text, "the others are made nevertheless"
    assert ["X01" in left.reason for left in made.left] == [True]


WRONG_YEAR = """关于开展2023年爱鸟周活动的通知
各单位：
请于2022年5月{day}日前将总结报送市林业局，邮箱：a@example.cn，联系人：王立明，电话：0531-55501234。
青河市林业局
2023年4月10日
"""


def test_a_hint_about_the_mended_words_does_not_hinder() -> None:
    """13 May 2023 is a Saturday: better a deadline on a Saturday than one of last year."""
    made = mended(WRONG_YEAR.format(day=13).encode(), suggested=True, settings=Settings())
    assert "2023年5月13日前" in made.after.document.text
    assert {f.code for f in made.after.findings} - {f.code for f in made.before.findings} == {"D13"}
    assert not made.left


@pytest.mark.parametrize(
    ("severity", "place", "done"), [("info", 4, True), ("warning", 4, False), ("info", 0, False)]
)
def test_what_may_come_instead(
    severity: Any, place: int, done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a hint, and only about the mended words."""
    real = process

    def worse(raw: bytes, name: str, rulebook: Any, settings: Settings, companions: Any) -> Any:
        from msgspec.structs import replace

        notice = real(raw, name, rulebook, settings, companions)
        assert not isinstance(notice, Failure)
        at = notice.document.text.find("于2023年5月") + 1 if place else 0
        more = (Finding("X01", "made-up", severity, "不对", "", Span(at, at + 4), 1, 1),)
        return (
            replace(notice, findings=notice.findings + more)
            if "2023年5月" in notice.document.text
            else notice
        )

    monkeypatch.setattr(sys.modules["extractor.fixes.mend"], "process", worse)
    made = mended(WRONG_YEAR.format(day=10).encode(), suggested=True, settings=Settings(select=("D01",)))
    assert ("2023年5月10日前" in made.after.document.text) == done, made.left


def test_selected_and_wanted_findings_only() -> None:
    only = mended(TEXT.encode(), settings=Settings(select=("P11",)))
    assert {f.code for f in only.applied} == {"P11"}
    assert only.after.document.text == TEXT.strip().replace('"爱护鸟类"', "“爱护鸟类”").replace("。。", "。")
    none = mended(TEXT.encode(), wanted=lambda _: False)
    assert not none.changed
    assert none.raw == TEXT.encode()


# -- choosing and telling changes


def test_overlapping_fixes_first_by_severity_then_by_place() -> None:
    a = made_up(Span(2, 6), "甲", severity="warning", code="X01")
    b = made_up(Span(5, 8), "乙", severity="error", code="X02")
    c = made_up(Span(8, 9), "丙", severity="info", code="X03")
    d = made_up(Span(9, 9), "丁", severity="info", code="X04")
    e = made_up(Span(20, 21), "戊", safe=False, code="X05")
    chosen, waiting = choose([a, b, c, d, e], False)
    assert [f.code for f in chosen] == ["X02", "X03"]
    assert [f.code for f in waiting] == ["X01", "X04"]
    assert [f.code for f in choose([a, b, c, d, e], True)[0]] == ["X02", "X05", "X03"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("2022", "2023", [(3, 4, "3")]),
        ("(自然资源局)", "（自然资源局）", [(0, 1, "（"), (6, 7, "）")]),
        ("2023年03月08日", "2023年3月8日", [(5, 6, ""), (8, 9, "")]),
        ("结 2022 年", "结2022年", [(1, 2, ""), (6, 7, "")]),
        ("二〇二三年三月八日", "2023年3月8日", [(0, 4, "2023"), (5, 6, "3"), (7, 8, "8")]),
        ("知识产权转化应用", "知识产权转化运用", [(6, 7, "运")]),
        ("甲乙丙", "子丑寅卯", [(0, 3, "子丑寅卯")]),
        ("", "三、", [(0, 0, "三、")]),
        ("，，", "，", [(1, 2, "")]),
        ("一样", "一样", []),
    ],
)
def test_changes_are_as_small_as_can_be_told(old: str, new: str, wanted: list[tuple[int, int, str]]) -> None:
    found = changes(old, new, 10)
    assert [(c.start - 10, c.end - 10, c.text) for c in found] == wanted
    one = Edit(made_up(Span(10, 10 + len(old)), new), Fix(Span(10, 10 + len(old)), new), found)
    assert applied("x" * 10 + old + "y", [one]) == "x" * 10 + new + "y"


def test_places_after_changes() -> None:
    made = [Change(2, 4, "甲乙丙"), Change(6, 6, "丁"), Change(8, 9, "")]
    assert [moved(o, made) for o in (0, 2, 3, 4, 5, 7, 9)] == [0, 2, 2, 5, 6, 9, 10]


# -- plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_line_ends_and_layout_stay(encoding: str, end: str) -> None:
    text = "\t" + TEXT.replace("\n", " " + end + end + "　　")
    raw = text.encode(encoding)
    made = mended(raw, suggested=True)
    wanted = text
    for old, new in (
        ("[2023]第12", "〔2023〕12"), ("局:", "局："), ("工作,", "工作，"), ("日-26", "日—26"), ("(一)", "（一）"), ("星期二", "星期一"),
        ('"爱护鸟类"', "“爱护鸟类”"), ("。。", "。"), ("2022年5", "2023年5"), ("二〇二三年三月八日", "2023年3月8日"),
        ("(此件公开发布)", "（此件公开发布）"),
    ):  # fmt: skip
        wanted = wanted.replace(old, new)
    assert made.raw.decode(encoding) == wanted
    assert made.raw[:3] == raw[:3]


def test_big_endian_utf16_stays_so() -> None:
    raw = b"\xfe\xff" + TEXT.encode("utf-16-be")
    made = mended(raw)
    assert made.changed
    assert made.raw.startswith(b"\xfe\xff")
    assert made.raw[2:].decode("utf-16-be").startswith("青林发〔2023〕")


def test_wrapped_lines_markdown_and_spam_between_the_characters_stay() -> None:
    text = "# 关于**开展**活动的通知\n各单位：\n请于2022年\n5月10日前报送。\n"
    document = read(text.encode())
    raw = fix_plain(text.encode(), document, edits(document, ("开展活", "举办活"), ("2022年5", "2023年6")))
    assert raw.decode() == "# 关于**举办**活动的通知\n各单位：\n请于2023年\n6月10日前报送。\n"


def test_a_whole_paragraph_goes_with_its_line() -> None:
    text = "甲乙。\r\n\r\n　　丙丁。\r\n戊己。\r\n"
    document = read(text.encode())
    assert (
        fix_plain(text.encode(), document, edits(document, ("丙丁。\n", "")))
        == "甲乙。\r\n\r\n戊己。\r\n".encode()
    )
    with pytest.raises(Refused, match="跨段"):
        fix_plain(text.encode(), document, edits(document, ("。\n丙", "丙")))


def test_what_cannot_be_encoded_or_restored_is_refused() -> None:
    raw = "請於五月十日前將活動總結報送縣林業局，特此通知。".encode("big5")
    document = read(raw)
    assert document.encoding == "big5"
    with pytest.raises(Refused, match="编码"):
        fix_plain(raw, document, edits(document, ("縣林業局", "县林业局")))
    broken = TEXT.encode("gb18030") + b"\xff\xff\n" + "完".encode("gb18030")
    made = mend(broken, "稿.txt", RULES, SETTINGS)
    assert isinstance(made, Mended)
    assert not made.changed
    assert {"无法还原" in left.reason for left in made.left} == {True}


def test_bytes_that_are_not_those_that_were_read_are_refused() -> None:
    document = read(TEXT.encode())
    with pytest.raises(Refused, match="与读取时不同"):
        fix_plain(TEXT.replace("青林", "请林").encode(), document, edits(document, ("青林发", "清林发")))


# -- Word


def dress(raw: bytes) -> dict[str, bytes]:
    """Formatting of the first run each character appears in."""
    found: dict[str, bytes] = {}
    for line in dressed(raw):
        for char, form in line:
            found.setdefault(char, form)
    return found


@pytest.mark.parametrize("track", [False, True])
def test_formatting_of_every_kept_character_stays(track: bool) -> None:
    raw = make_docx([paragraph("甲乙", "丙", run("丁戊", BOLD), "己庚")])
    document = read(raw)
    made = fix_word(raw, document, edits(document, ("丙丁", "子丑"), ("己", "寅")), track)
    assert read(made).text == "甲乙子丑戊寅庚"
    before, after = dress(raw), dress(made)
    assert all(after[char] == before[char] for char in "甲乙戊庚")
    assert after["子"] == before["丙"]
    assert after["寅"] == before["己"]
    assert after["戊"] != after["乙"]


def test_insertions_take_the_formatting_of_the_word_they_follow() -> None:
    raw = make_docx([paragraph("甲", run("乙", BOLD), "丙"), paragraph("丁")])
    document = read(raw)
    for track in (False, True):
        at = document.text.index("丙")
        ones = [
            edit(made_up(Span(at, at), "子"), document.text),
            edit(made_up(Span(4, 4), "丑"), document.text),
        ]
        made = fix_word(raw, document, [one for one in ones if one], track)
        assert read(made).text == "甲乙子丙\n丑丁"
        assert dress(made)["子"] == dress(raw)["乙"]
        assert dress(made)["丑"] == dress(raw)["丁"]


def accepted(raw: bytes, accept: bool) -> str:
    """The text after all tracked changes are accepted (or rejected), by the rules of the format, not by our reader."""
    root = deepcopy(xml(raw))
    gone, kept = ("del", "ins") if accept else ("ins", "del")
    for element in list(root.iter(f"{W}{gone}")):
        parent = element.getparent()
        if parent.tag == f"{W}rPr":
            mark = parent.getparent().getparent()
            following = mark.getnext()
            for child in list(mark):
                if child.tag != f"{W}pPr":
                    following.append(child)
            mark.getparent().remove(mark)
        else:
            parent.remove(element)
    for element in root.iter(f"{W}{kept}"):
        assert element.get(f"{W}author")
    assert not accept or not list(root.iter(f"{W}delText"))
    lines = ("".join(t.text or "" for t in p.iter(f"{W}t", f"{W}delText")) for p in root.iter(f"{W}p"))
    return "\n".join(lines)


def test_tracked_changes_accepted_are_the_fix_and_rejected_the_original() -> None:
    raw = as_word(TEXT.strip())
    plain = mended(raw, "稿.docx", suggested=True)
    tracked = mended(raw, "稿.docx", suggested=True, track=True, when=WHEN)
    assert accepted(tracked.raw, True) == plain.after.document.text
    assert accepted(tracked.raw, False) == TEXT.strip()
    changes_made = list(xml(tracked.raw).iter(f"{W}ins", f"{W}del"))
    ids = [e.get(f"{W}id") for e in changes_made]
    assert len(set(ids)) == len(ids)
    assert {e.get(f"{W}author") for e in changes_made} == {"notice"}
    assert {e.get(f"{W}date") for e in changes_made} == {"2023-03-02T09:30:00Z"}
    assert b"w:ins " not in members(plain.raw)["word/document.xml"]


def test_inside_the_tracked_changes_of_others() -> None:
    ins = f"<w:ins w:id='7' w:author='甲'>{run('新增,文字')}</w:ins>"
    gone = "<w:del w:id='8' w:author='甲'><w:r><w:delText>旧文</w:delText></w:r></w:del>"
    raw = make_docx([para(inside=run("前") + gone + ins + run("后"))])
    document = read(raw)
    assert document.text == "前新增,文字后"
    made = fix_word(raw, document, edits(document, ("增,文", "增，文")), True)
    assert read(made).text == "前新增，文字后"
    assert accepted(made, True) == "前新增，文字后"
    assert accepted(made, False) == "前旧文后"
    for change in xml(made).iter(f"{W}ins"):
        assert change.getparent().tag == f"{W}p", "no insertion stands in another's"


@pytest.mark.parametrize("track", [False, True])
def test_a_whole_paragraph_goes(track: bool) -> None:
    raw = make_docx([para("甲"), para(inside=run("乙") + run("丙")), para("丁")])
    document = read(raw)
    made = fix_word(raw, document, edits(document, ("乙丙\n", "")), track)
    assert read(made).text == "甲\n丁"
    if track:
        assert accepted(made, True) == "甲\n丁"
        assert accepted(made, False) == "甲\n乙丙\n丁"


@pytest.mark.parametrize(
    ("body", "fix", "why"),
    [
        ([para("甲", num=(1, 0)), para("乙")], ("一、甲", "1.甲"), "自动编号"),
        ([para(inside="<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>")], ("甲\t乙", "甲乙"), "跨格"),
        ([para("甲"), para("乙")], ("甲\n乙", "甲乙"), "跨段"),
        ([table(("甲", "乙"), ("丙", "丁"))], ("甲\t乙", "甲 乙"), "跨格"),
        ([para(inside='<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run("甲"))], ("□甲", "√甲"), "符号"),
        ([para(inside=run("甲") + '<w:bookmarkStart w:id="1" w:name="x"/>' + run("乙")), para("丙")], ("甲乙\n", ""), "别的内容"),
    ],
)  # fmt: skip
def test_what_is_no_plain_text_is_refused_in_one_line(
    body: list[str], fix: tuple[str, str], why: str
) -> None:
    from made_docx import abstract, level, num

    raw = make_docx(body, numbering=abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1))
    document = read(raw)
    with pytest.raises(Refused, match=why) as raised:
        fix_word(raw, document, edits(document, fix))
    assert "\n" not in str(raised.value)


def test_other_parts_stay_byte_for_byte() -> None:
    raw = word_draft()
    made = mended(raw, "稿.docx", suggested=True)
    old, new = members(raw), members(made.raw)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"word/document.xml", "word/footnotes.xml"}


@pytest.mark.parametrize("track", [False, True])
def test_any_changes_anywhere(track: bool) -> None:
    """Random edits of a draft with many runs give the text they should, whatever they cut."""
    rng = random.Random(7)
    raw = word_draft()
    document = read(raw)
    head = document.text.index("\n")  # the letterhead is read only while it looks like one
    places = [
        o for o, c in enumerate(document.text) if o > head and c not in "\n\t" and not _synthetic(document, o)
    ]
    tried = 0
    for _ in range(25):
        made = []
        for offset in sorted(rng.sample(places, 5)):
            if made and offset <= made[-1].changes[-1].end + 1:
                continue
            length = rng.choice((0, 1, 1, 3))
            stop = offset
            while stop < offset + length and stop in places:
                stop += 1
            one = edit(made_up(Span(offset, stop), rng.choice(("", "子", "丑寅"))), document.text)
            if one is not None:
                made.append(one)
        if made:
            assert read(fix_word(raw, document, made, track)).text == applied(document.text, made)
            tried += 1
    assert tried >= 20


def _synthetic(document: Document, offset: int) -> bool:
    around = [run for run in document.runs if run.start - 1 <= offset <= run.end]
    return any(run.synthetic for run in around)


# -- files and formats


def test_formats_that_cannot_be_mended_say_so_in_one_line() -> None:
    raw = notice_pdf([(line, "body") for line in LINES])
    with pytest.raises(UsageError, match="PDF 不能直接改正") as raised:
        mend(raw, "稿.pdf", RULES, SETTINGS)
    assert "\n" not in str(raised.value)
    assert all(refuse(kind) is None for kind in FIXABLE)
    for kind in ("pdf", "ofd", "html", "doc", "wps", "image"):
        reason = refuse(kind)
        assert reason
        assert "不能直接改正" in reason
    lost = mend(b"", "空.txt", RULES, SETTINGS)
    assert isinstance(lost, Failure)


def test_names_of_mended_copies(tmp_path: Path) -> None:
    draft = tmp_path / "通知.v2.docx"
    draft.write_bytes(b"x")
    assert fixed_path(draft) == tmp_path / "通知.v2.fixed.docx"
    (tmp_path / "out").mkdir()
    assert fixed_path(draft, tmp_path / "out") == tmp_path / "out" / "通知.v2.fixed.docx"
    assert fixed_path(draft, tmp_path / "b.docx") == tmp_path / "b.docx"
    with pytest.raises(UsageError, match="不改原件"):
        fixed_path(draft, draft)
    (tmp_path / "link.docx").symlink_to(draft)
    with pytest.raises(UsageError, match="不改原件"):
        fixed_path(draft, tmp_path / "link.docx")


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "稿.fixed.txt"
    write(target, b"1")
    write(target, b"22")
    assert target.read_bytes() == b"22"
    assert [p.name for p in target.parent.iterdir()] == ["稿.fixed.txt"]
    with pytest.raises(OSError):  # noqa: PT011 - a folder is in the way, whatever the system calls that
        write(tmp_path / "new", b"3")
    assert [p.name for p in tmp_path.iterdir()] == ["new"]


def test_the_original_is_not_touched(tmp_path: Path) -> None:
    draft = tmp_path / "稿.txt"
    draft.write_text(TEXT, encoding="utf-8")
    made = mended(draft.read_bytes())
    write(fixed_path(draft), made.raw)
    assert draft.read_text(encoding="utf-8") == TEXT
    assert (tmp_path / "稿.fixed.txt").read_bytes() == made.raw


def test_the_difference_shows_paragraphs() -> None:
    made = mended(TEXT.encode(), settings=Settings(select=("P11",)))
    told = difference(made.before.document, made.after.document, "稿.txt", "稿.fixed.txt").splitlines()
    assert told[:2] == ["--- 稿.txt", "+++ 稿.fixed.txt"]
    assert '-（二）科普宣传。发放"爱护鸟类"手册。。' in told
    assert "+（二）科普宣传。发放“爱护鸟类”手册。" in told
    assert difference(made.after.document, made.after.document, "a", "b") == ""


def test_xml_stays_well_formed_with_odd_characters() -> None:
    raw = make_docx([para("甲<&>乙")])
    document = read(raw)
    made = fix_word(raw, document, edits(document, ("<&>", "&<")))
    assert read(made).text == "甲&<乙"
    assert etree.tostring(xml(made)).count("甲&amp;&lt;乙".encode("ascii", "xmlcharrefreplace")) == 1
