"""Drafts mended: the fixes of findings applied to a copy of the file, checked again, or shown as a difference."""

from extractor.fixes.edits import Edit, choose
from extractor.fixes.files import difference, fixed_path, write
from extractor.fixes.mend import FIXABLE, Left, Mended, mend, refuse

__all__ = [
    "FIXABLE",
    "Edit",
    "Left",
    "Mended",
    "choose",
    "difference",
    "fixed_path",
    "mend",
    "refuse",
    "write",
]
