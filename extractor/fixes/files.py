"""Where a mended copy goes, how it is written, and the difference between two readings of a draft."""

import os
import tempfile
from difflib import unified_diff
from pathlib import Path

from extractor.errors import UsageError
from extractor.model import Document


def fixed_path(path: Path, output: Path | None = None) -> Path:
    """``NAME.fixed.EXT`` beside the file, in ``output`` when that is a folder, else ``output`` itself.

    ``UsageError`` when that is the original: it is never written to.
    """
    name = f"{path.stem}.fixed{path.suffix}"
    target = path.with_name(name) if output is None else output / name if output.is_dir() else output
    if target.exists() and path.exists() and target.samefile(path):
        raise UsageError(f"{path}：不改原件，请给 -o 另一个名字")
    return target


def write(target: Path, raw: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        # mkstemp makes files only the owner may read; a copy of a draft is as readable as any new file.
        mask = os.umask(0)
        os.umask(mask)
        written.chmod(0o666 & ~mask)
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def difference(before: Document, after: Document, name: str, mended: str) -> str:
    """A unified difference of the paragraphs; empty when nothing changed."""
    lines = unified_diff(before.text.split("\n"), after.text.split("\n"), name, mended, n=1, lineterm="")
    return "".join(f"{line}\n" for line in lines)
