"""The wheel, installed into an empty environment, does its work outside the checkout with the rules it carries."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NOTICE = """青禾县节约用水办公室关于开展2031年节约用水宣传周活动的通知

各乡镇人民政府，县直各有关单位：
现将《青禾县2031年节约用水宣传周活动方案》印发给你们，请认真贯彻执行。

一、活动时间
2031年5月11日至17日
二、活动主题
惜水护水，从我做起
三、工作要求
请各单位于2031年5月25日前将活动总结报县节约用水办公室。联系人：林晓岚，电话：0000-1234567。

青禾县节约用水办公室
2031年4月22日
"""


def run(command: Sequence[str | Path], cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run with nothing of this environment's Python but what ``variables`` say."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }
    environment |= {"PYTHONUTF8": "1", "NO_COLOR": "1", **variables}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode in {0, 1}, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    assert run([*build, "--wheel-dir", folder, checkout], folder).returncode == 0
    (made,) = folder.glob("notice_extractor-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a new environment that holds the wheel, and sees the dependencies of this one."""
    home = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    assert run([*install, wheel], home).returncode == 0
    # Folders named in a .pth come after site-packages, and the .pth files inside them are not read: the dependencies are
    # found there, the editable checkout is not.
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin"


def test_wheel_carries_the_rules_and_nothing_else(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    rules = {
        f"extractor/{path.relative_to(checkout).as_posix()}"
        for path in (checkout / "rules").rglob("*")
        if path.is_file()
    }
    assert rules, "no rules in this checkout"
    assert {name for name in names if name.startswith("extractor/rules/")} == rules
    code = names - rules
    assert "extractor/py.typed" in code
    assert {
        name for name in code if not name.startswith("extractor/") or name.endswith((".pyc", ".ipynb"))
    } == set()


def test_wheel_tells_what_it_is(wheel: Path) -> None:
    """The README is the package's description, the licence goes with it."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
        head, _, description = archive.read(metadata).decode().partition("\n\n")
    assert "License-Expression: MIT" in head
    assert "notice" in description, "pyproject.toml names no readme"


def test_code_and_rules_come_from_the_wheel(installed: Path, checkout: Path, tmp_path: Path) -> None:
    where = run(
        [installed / "python", "-c", "import extractor.pipeline as p; print(p.__file__)"], tmp_path
    ).stdout.strip()
    assert Path(where).is_relative_to(installed.parent)
    assert (Path(where).parent / "rules").is_dir()
    assert not Path(where).is_relative_to(checkout)


@pytest.mark.parametrize("command", [["notice"], ["python", "-m", "extractor"]], ids=" ".join)
def test_help(installed: Path, tmp_path: Path, command: list[str]) -> None:
    shown = run([installed / command[0], *command[1:], "--help"], tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert all(word in shown.stdout for word in ("extract", "check", "rules", "eval"))


def test_extract_and_check_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    extracted = run([installed / "notice", "extract", "--json", "通知.txt"], tmp_path)
    assert extracted.returncode == 0, extracted.stderr
    (record,) = [json.loads(line) for line in extracted.stdout.splitlines()]
    assert record["period"] == {"start": "2031-05-11", "end": "2031-05-17"}
    assert record["theme"] == "惜水护水，从我做起"
    assert record["issue_date"] == "2031-04-22"

    (tmp_path / "晚.txt").write_text(NOTICE.replace("2031年5月25日前", "2030年5月25日前"), encoding="utf-8")
    late = run([installed / "notice", "check", "--format", "json", "晚.txt"], tmp_path)
    assert late.returncode == 1, late.stderr
    assert '"D01"' in late.stdout
    assert "2030年5月25日" in late.stdout


def test_rules_manual(installed: Path, tmp_path: Path) -> None:
    shown = run([installed / "notice", "rules", "D01"], tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "D01" in shown.stdout
