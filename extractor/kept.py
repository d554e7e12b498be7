"""Plain data kept between runs in the user's cache folder: only what can be made again, so nothing here ever fails.

A file is the name of its content, the SHA-256 of its body, and the body: strings, numbers, tuples, lists, dictionaries in
Python's own format for bytecode. It runs nothing when read, unlike a pickle; still, only a folder that nobody else can
write to is used. Whatever is torn, foreign or older is read as if it were not there.
"""

import marshal
import os
import sys
from pathlib import Path
from typing import Any

NAME = "notice-extractor"


def folder() -> Path | None:
    """The user's cache folder of this program, made if need be; None where there is none that is the user's alone.

    ``$XDG_CACHE_HOME`` (``~/.cache``), on Windows ``%LOCALAPPDATA%``.
    """
    home = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    base = home if os.path.isabs(home) else os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH117, PTH118
    path = Path(base) / NAME
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path if _private(path) else None
    except OSError:
        return None


def _private(path: Path) -> bool:
    """Whether only this user can write there."""
    if not hasattr(os, "geteuid"):
        return True
    told = path.stat()
    return told.st_uid == os.geteuid() and not told.st_mode & 0o022


def recall(path: Path, name: str) -> Any:
    """What was kept under this name, or None. ``name`` holds all that the content depends on."""
    try:
        raw = path.read_bytes()
        head, _, rest = raw.partition(b"\n")
        if head != name.encode() or rest[:32] != _hash(rest[32:]):
            return None
        return marshal.loads(rest[32:])
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(path: Path, name: str, value: Any) -> None:
    """Keep plain data under this name, in place of what the file held. Another process reads the old or the new, whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        body = marshal.dumps(value)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(name.encode() + b"\n" + _hash(body) + body)
        draft.replace(path)
    except (OSError, ValueError):
        try:
            draft.unlink(missing_ok=True)
        except OSError:
            return


def _hash(body: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(body).digest()
