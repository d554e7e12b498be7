"""Reads Chinese government notices: sections, dates, units, contacts, themes, activities, and what does not fit.

>>> from extractor import load_rulebook, process, Settings, to_record
>>> notice = process(raw_bytes, "draft.docx", load_rulebook(), Settings())  # doctest: +SKIP

Names are loaded when first used, so that ``import extractor`` costs nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "process": "extractor.pipeline",
    "process_all": "extractor.pipeline",
    "analyse": "extractor.pipeline",
    "Rulebook": "extractor.rulebook",
    "load_rulebook": "extractor.rulebook",
    "Settings": "extractor.settings",
    "Notice": "extractor.schema",
    "Failure": "extractor.schema",
    "to_record": "extractor.schema",
    "Document": "extractor.model",
    "Finding": "extractor.model",
    "Span": "extractor.model",
    "NoticeError": "extractor.errors",
}

__all__ = [
    "Document",
    "Failure",
    "Finding",
    "Notice",
    "NoticeError",
    "Rulebook",
    "Settings",
    "Span",
    "__version__",
    "analyse",
    "load_rulebook",
    "process",
    "process_all",
    "to_record",
]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)
