"""The figures on annotated notices must not fall: tests/floors.yaml against what the pipeline extracts now."""

import warnings
from pathlib import Path, PurePath
from typing import Any

import pytest
import yaml

from extractor.evaluate import Gold, Miss, Score, Scores, broken, load_gold, raisable, score
from extractor.evaluate.report import miss_line

FLOORS: dict[str, dict[str, float]] = yaml.safe_load(
    (Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8")
)
GOLD = {"corpus": "gold", "shared": "gold", "heads": "heads", "html": "html"}


def dataset(name: str, request: pytest.FixtureRequest) -> tuple[Gold, dict[str, Path]]:
    """The gold of a dataset and its files; of ``shared.docx``, the notices that exist as .docx."""
    base, _, suffix = name.partition(".")
    if base == "corpus":
        root: Path = request.getfixturevalue("checkout") / "corpus"
    else:
        root = request.getfixturevalue("shared")
    gold = load_gold(root / GOLD[base])
    if not suffix:
        return gold, gold.paths()
    files = {
        path.name: path for path in sorted((root / "formats").glob(f"*.{suffix}")) if "-scan" not in path.stem
    }
    stems = {path.stem for path in files.values()}
    kept = {entry["file"] for entry in gold.entries if PurePath(entry["file"]).stem in stems}
    return load_gold(root / GOLD[base], kept), files


def extracted(paths: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """The records of the files; a file that fails fails the test."""
    from extractor.pipeline import process
    from extractor.rulebook import load_rulebook
    from extractor.schema import Notice, to_record
    from extractor.settings import Settings

    rulebook, settings = load_rulebook(), Settings()
    records = {}
    for name, path in paths.items():
        notice = process(path.read_bytes(), path.name, rulebook, settings)
        assert isinstance(notice, Notice), notice
        records[name] = to_record(notice)
    return records


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figures_hold_their_floors(name: str, request: pytest.FixtureRequest) -> None:
    gold, paths = dataset(name, request)
    scores = score(gold, extracted(paths))
    assert scores.absent == ()
    floors = FLOORS[name] or {}
    lines = []
    for metric, (figure, floor, misses) in broken(scores, floors).items():
        lines.append(f"{name}: {metric} is {figure:.3f}, its floor {floor:.3f}")
        lines += [f"    {miss_line(miss, 'en')}" for miss in misses]
    higher = [
        f"{metric} {floor} -> {figure:.3f}" for metric, (figure, floor) in raisable(scores, floors).items()
    ]
    if higher:
        warnings.warn(f"floors of {name} may be raised: {', '.join(higher)}", stacklevel=1)
    assert not lines, "\n".join(lines)


def scores_of(**metrics: Score) -> Scores:
    misses = (Miss("a.txt", "theme", "平安", ""), Miss("a.txt", "dates", "", "30日"))
    return Scores("invented", ("a.txt",), (), metrics, misses)


def test_broken_floors_name_their_misses() -> None:
    scores = scores_of(
        theme=Score("ratio", 1, 2, 2), dates=Score("match", 1, 1, 2), dates_extra=Score("count", found=1)
    )
    found = broken(scores, {"theme": 0.6, "dates.precision": 0.51, "dates.recall": 1.0, "dates_extra": 0})
    assert set(found) == {"theme", "dates.precision", "dates_extra"}
    assert found["theme"][:2] == (0.5, 0.6)
    assert [miss.expected for miss in found["theme"][2]] == ["平安"]
    assert [miss.got for miss in found["dates.precision"][2]] == ["30日"]
    assert broken(scores, {"theme": 0.5, "dates_extra": 1}) == {}


def test_better_figures_ask_for_higher_floors() -> None:
    scores = scores_of(theme=Score("ratio", 2, 2, 2), dates_extra=Score("count", found=1))
    assert raisable(scores, {"theme": 0.9, "dates_extra": 3}) == {
        "theme": (1.0, 0.9),
        "dates_extra": (1.0, 3),
    }
    assert raisable(scores, {"theme": 1.0, "dates_extra": 1}) == {}


def test_floor_for_an_unknown_metric_is_an_error() -> None:
    with pytest.raises(KeyError):
        broken(scores_of(theme=Score("ratio", 1, 1, 1)), {"topic": 0.5})
