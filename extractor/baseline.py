"""A baseline: the findings an office lives with. Known ones are not told again; what vanished is counted.

The file is JSON, one object for each notice, by its path as seen from the folder of the file. A finding is known by a
fingerprint of its code, its words and those it is held against, not by its line: text may move. Of words that stand
several times, as many findings are known as were written down.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from extractor.errors import UsageError

VERSION = 1
Found = Mapping[str, Any]
"""A finding as the record of a notice holds it."""


def fingerprint(finding: Found) -> str:
    """What stays when text moves: the code, the words, the words of the other sides; blanks do not count."""
    others = [*finding.get("related", ()), *finding.get("elsewhere", ())]
    words = ["".join(str(part).split()) for part in (finding["quote"], *(other["quote"] for other in others))]
    return hashlib.sha256(
        "\x1f".join((finding["code"], *words)).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


class Known(Struct, frozen=True):
    """One finding written down: its fingerprint, and for people its code and words."""

    fingerprint: str
    code: str
    quote: str


class Baseline(Struct, frozen=True):
    """``files``: the findings known of each notice. ``home``: the folder paths are seen from."""

    home: Path
    files: Mapping[str, tuple[Known, ...]]

    def name(self, path: Path) -> str:
        """How a notice is called in the file."""
        place, home = path.resolve(), self.home.resolve()
        return (place.relative_to(home) if place.is_relative_to(home) else place).as_posix()

    def sift(
        self, path: Path, findings: Sequence[Found], made: Collection[str]
    ) -> tuple[list[Found], int, int]:
        """The findings that are new, how many are known, how many known ones are gone.

        ``made``: the codes of the checks that were made; of the others nothing can be said.
        """
        left = Counter(one.fingerprint for one in self.files.get(self.name(path), ()) if one.code in made)
        fresh: list[Found] = []
        for finding in findings:
            mark = fingerprint(finding)
            if left[mark] > 0:
                left[mark] -= 1
            else:
                fresh.append(finding)
        return fresh, len(findings) - len(fresh), left.total()

    def with_findings(self, checked: Iterable[tuple[Path, Sequence[Found], Collection[str]]]) -> "Baseline":
        """The baseline with what was found now: path, findings and the checks made. What was not looked at stays."""
        files = dict(self.files)
        for path, findings, made in checked:
            name = self.name(path)
            kept = (one for one in files.get(name, ()) if one.code not in made)
            found = (Known(fingerprint(one), one["code"], " ".join(one["quote"].split())) for one in findings)
            files[name] = (*kept, *found)
        return Baseline(self.home, {name: known for name, known in files.items() if known})


def load_baseline(path: Path) -> Baseline:
    """Read a baseline. ``UsageError`` naming file (and line) when it cannot be read as one, or is of another version."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}:{error.lineno}：不是合规的 JSON（{error.msg}）") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}：不能读取基线（{reason}）；先用 --write-baseline 生成") from error
    if not isinstance(values, dict) or "files" not in values:
        raise UsageError(f"{path}:1：不是基线文件，用 --write-baseline 生成")
    if values.get("version") != VERSION:
        raise UsageError(
            f"{path}:{_line(text, 'version')}：这是第 {values.get('version')} 版的基线，本程序只认得第 {VERSION} 版"
        )
    try:
        files = {
            str(name): tuple(Known(str(r["fingerprint"]), str(r["code"]), str(r["quote"])) for r in rows)
            for name, rows in values["files"].items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}:{_line(text, 'files')}：基线的内容不完整，用 --write-baseline 重新生成"
        ) from error
    return Baseline(path.parent, files)


def _line(text: str, key: str) -> int:
    at = text.find(f'"{key}"')
    return text.count("\n", 0, max(at, 0)) + 1


def dumped(baseline: Baseline) -> str:
    """The baseline as JSON: files by name, findings in the order of the text, so that a change shows as one."""
    files = {
        name: [{"code": one.code, "quote": one.quote, "fingerprint": one.fingerprint} for one in known]
        for name, known in sorted(baseline.files.items())
    }
    return json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1) + "\n"
