"""What is kept between runs: never wrong, never trusted from others, never missed when it is gone."""

import importlib
import marshal
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import kept, patterns
from extractor.errors import RuleError
from extractor.rulebook import load_rulebook, rules_folder, shelf

CHECKOUT = Path(__file__).resolve().parents[1]
DRAFT = "关于开展2031年读书周活动的通知\n各单位：\n请于2031年4月31日前报送总结。\n青禾县读书办公室\n2031年3月2日\n"


# -- files


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    value = {"a": (1, 2.5, None, True), ("b", 0): ["字", b"\0\xff", frozenset({"c"})]}
    kept.keep(tmp_path / "x", "name 1", value)
    assert kept.recall(tmp_path / "x", "name 1") == value
    assert kept.recall(tmp_path / "x", "name 2") is None
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_every_torn_or_changed_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "x"
    kept.keep(path, "name", ("some", "words", 17))
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert kept.recall(path, "name") is None
    for place in range(5, len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.recall(path, "name") is None


def test_what_cannot_be_kept_is_not(tmp_path: Path) -> None:
    kept.keep(tmp_path / "x", "name", object())
    kept.keep(tmp_path / "no such folder" / "x", "name", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs owners and modes of files")
def test_only_a_folder_of_ones_own_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "new"))
    made = kept.folder()
    assert made == tmp_path / "new" / kept.NAME
    assert made is not None
    assert made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o777)
    assert kept.folder() is None
    made.rmdir()
    made.write_text("a file in its place")
    assert kept.folder() is None
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert kept.folder() is None


# -- patterns


def every_lazy() -> dict[tuple[str, int], Any]:
    """Every lazy pattern of every module, in whatever it stands there."""
    found: dict[tuple[str, int], Any] = {}

    def look(value: object) -> None:
        if isinstance(value, patterns.Lazy):
            found[value.pattern, value.flags] = value
        elif isinstance(value, dict):
            for one in (*value.keys(), *value.values()):
                look(one)
        elif isinstance(value, tuple | list):
            for one in value:
                look(one)

    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if not module.name.endswith("__main__"):
            look(list(vars(importlib.import_module(module.name)).values()))
    return found


def test_the_code_of_every_pattern_is_what_the_engine_compiles() -> None:
    lazies = every_lazy()
    assert len(lazies) > 400
    for pattern, flags in lazies:
        code = patterns._code(pattern, flags)
        assert code is not None, "this Python's engine is not known: patterns are compiled at every start"
        code = marshal.loads(marshal.dumps(code))
        # Patterns are equal when their text, flags and code are.
        assert patterns._made(pattern, code) == re.compile(pattern, flags)


@pytest.mark.parametrize(
    ("pattern", "flags"), [(r"(?P<a>一)(二)?(?P<b>三+)", 0), (r"(?i)[a-z]+\b", re.DOTALL), ("", 0)]
)
def test_a_lazy_pattern_does_what_a_compiled_one_does(pattern: str, flags: int) -> None:
    lazily, at_once = patterns.lazy(pattern, flags), re.compile(pattern, flags)
    text = "一三三 AbC 一二三\n"
    assert lazily.pattern == at_once.pattern
    assert (lazily.groups, lazily.groupindex) == (at_once.groups, at_once.groupindex)
    assert [m.groupdict() for m in lazily.finditer(text)] == [m.groupdict() for m in at_once.finditer(text)]
    assert [m.span() for m in lazily.finditer(text, 2)] == [m.span() for m in at_once.finditer(text, 2)]
    assert lazily.findall(text) == at_once.findall(text)
    assert lazily.sub("-", text) == at_once.sub("-", text)
    assert lazily.subn("-", text) == at_once.subn("-", text)
    assert lazily.split(text) == at_once.split(text)
    for method in ("search", "match", "fullmatch"):
        theirs, ours = getattr(at_once, method)(text), getattr(lazily, method)(text)
        assert (ours and ours.span()) == (theirs and theirs.span())


def test_a_wrong_pattern_shows_when_it_is_used() -> None:
    wrong = patterns.lazy("(")
    with pytest.raises(re.error):
        wrong.search("a")
    with pytest.raises(AttributeError):
        wrong.scanner("a")  # type: ignore[attr-defined]


def test_code_the_engine_refuses_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    code = patterns._code("(a)|b", 0)
    assert code is not None
    broken = (code[0], b"\xff" * len(code[1]), *code[2:])
    assert patterns._made("(a)|b", broken) is None
    monkeypatch.setitem(patterns._codes.known, ("(a)|b", 0), broken)
    assert patterns.lazy("(a)|b").findall("ab") == ["a", ""]
    monkeypatch.setattr(patterns, "sre", lambda: None)
    assert patterns.lazy("(a)|b").findall("ab") == ["a", ""]


# -- the rulebook


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


def test_the_rulebook_comes_back_whole(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "lazy", re.compile)
    first = load_rulebook(rules, shelf=tmp_path)
    monkeypatch.setattr("extractor.rulebook._parts", None)  # a second reading of the files would fail
    again = load_rulebook(rules, shelf=tmp_path)
    for part in (
        "sections",
        "simplified",
        "forms",
        "units",
        "campaigns",
        "facts",
        "activities",
        "typography",
        "cards",
    ):
        assert shelf.plain(getattr(again, part)) == shelf.plain(getattr(first, part)), part
    assert again.divisions == first.divisions
    assert list(again.cards) == list(first.cards)
    assert list(again.units.labels) == list(first.units.labels)


def test_a_changed_rule_counts_at_once(rules: Path, tmp_path: Path) -> None:
    assert load_rulebook(rules, shelf=tmp_path).cards["D01"].severity == "error"
    path = next(rules.glob("checks/D01-*"))
    before, text = path.stat(), path.read_text(encoding="utf-8")
    # The same length, and the same time: the content decides.
    path.write_text(text.replace("severity: error", "severity: infos"[:15], 1), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(RuleError, match=r"D01-.*:\d+: 'severity' must be one of"):
        load_rulebook(rules, shelf=tmp_path)
    path.unlink()
    assert "D01" not in load_rulebook(rules, shelf=tmp_path).cards


def test_what_is_no_rulebook_is_read_anew(rules: Path, tmp_path: Path) -> None:
    wrongs = (["units"], {"cards": ["no such", 1]}, {"cards": ["cards", {"D01": ["cards.Card", 1]}]}, {}, 3)
    for wrong in wrongs:
        kept.keep(tmp_path / "rulebook", shelf.name(rules), wrong)
        assert "D01" in load_rulebook(rules, shelf=tmp_path).cards


# -- the command


def run(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env={**os.environ, "XDG_CACHE_HOME": str(home)},
    )


def test_the_second_start_says_the_same_and_compiles_nothing(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    home = tmp_path / "cache"
    first = run(home, "check", draft)
    assert first.returncode == 1, first.stderr
    assert "D07" in first.stdout
    files = {path.name: path.stat().st_mtime_ns for path in (home / kept.NAME).iterdir()}
    assert len(files) == 2
    second = run(home, "check", draft)
    assert (second.stdout, second.returncode) == (first.stdout, first.returncode)
    assert {path.name: path.stat().st_mtime_ns for path in (home / kept.NAME).iterdir()} == files
    for path in (home / kept.NAME).iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    third = run(home, "check", draft)
    assert (third.stdout, third.stderr, third.returncode) == (first.stdout, first.stderr, first.returncode)


def test_without_a_cache_folder_nothing_is_missed(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    told = run(Path("/dev/null"), "check", draft)
    assert told.returncode == 1
    assert "D07" in told.stdout
    assert not told.stderr
