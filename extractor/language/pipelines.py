"""Loading an installed spaCy pipeline, or saying in one line why it cannot be. Nothing is downloaded."""

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import UsageError
from extractor.patterns import lazy

if TYPE_CHECKING:
    from spacy.language import Language

# Names of spaCy's own pipelines: zh_core_web_sm, xx_ent_wiki_sm, en_core_web_trf …
_OFFICIAL = lazy(r"[a-z]{2}[_-](?:core|ent|dep|sent)[_-][a-z]+[_-](?:sm|md|lg|trf)")


def load(model: str) -> "Language":
    """The pipeline of this name or in this folder, ready to find entities; read once in each process.

    ``UsageError`` when it is not installed, is not spaCy's, lacks a part, or finds no entities.
    """
    folder = Path(model)
    return _loaded(model, folder.resolve() if folder.is_dir() else None)


@cache
def _loaded(model: str, folder: Path | None) -> "Language":
    if folder is None:
        _installed(model)
    import spacy

    try:
        nlp = spacy.load(folder or model)
        nlp("关于印发方案的通知")  # what a pipeline lacks may only show when it is used
    except ImportError as error:
        raise UsageError(
            f"--ner {model}：这个 spaCy 管线还要用 Python 包 {_package(error)}（pip install {_package(error)}）"
        ) from error
    # Whatever an installed pipeline brings along may raise anything; it is told, and nothing was read yet.
    except Exception as error:
        what = " ".join(str(error).split())[:160]
        raise UsageError(f"--ner {model}：不是能用的 spaCy 管线（{what}）") from error
    if not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
        raise UsageError(f"--ner {model}：这个管线里没有识别实体的部件（ner），只有 {nlp.pipe_names}")
    return nlp


def label(model: str) -> str:
    """How proposals of this pipeline are marked: ``ner:`` and its name, without the path to it."""
    return f"ner:{Path(model).name or model}"


def _installed(model: str) -> None:
    """Refuse a name that is not installed, or whose package does not call itself a spaCy pipeline, before it is imported.

    Packages made by ``spacy package``, spaCy's own among them, have an entry point in the group ``spacy_models``.
    """
    name = model.replace("-", "_") if _OFFICIAL.fullmatch(model) else "zh_core_web_sm"
    get = f"python -m spacy download {name}"
    try:
        found = distribution(model)
    except (PackageNotFoundError, ValueError) as error:
        raise UsageError(
            f"--ner {model}：没有安装这个 spaCy 管线，也没有这个文件夹；安装用 {get}"
            "（包索引上叫 zh-core-web-sm 的包不是 spaCy 的管线，不要用 pip 装它）"
        ) from error
    if not found.entry_points.select(group="spacy_models"):
        raise UsageError(
            f"--ner {model}：装着的包 {found.metadata['Name']} {found.version} 不是 spaCy 的管线，没有使用；请卸载它，再用 {get}"
            "（包索引上叫 zh-core-web-sm 的包不是 spaCy 的管线）"
        )


def _package(error: ImportError) -> str:
    """The package that is missing; spaCy's own Chinese pipelines cut words with spacy-pkuseg."""
    words = f"{error.name or ''} {error}".lower()
    known = next((name for name in ("pkuseg", "jieba") if name in words), "")
    return {"pkuseg": "spacy-pkuseg"}.get(known, known or error.name or " ".join(words.split()))
