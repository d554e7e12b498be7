"""Programs beside us, antiword and LibreOffice: run in a folder of their own, with a time limit, and cleaned up after."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import Damaged, MissingPart, TimedOut

# No macros, no links followed, no remote pictures, no recovery questions: a document must not make LibreOffice act.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo"><prop oor:name="Enabled" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"
_OUTPUT_LIMIT = 200_000_000


def find_antiword() -> str | None:
    """The path of antiword, None where it is not installed."""
    return shutil.which("antiword")


def find_soffice() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def antiword(raw: bytes, seconds: float) -> tuple[str, str] | None:
    """A Word 6–2003 file as DocBook and as plain lines; None when antiword is absent or refuses the file."""
    program = find_antiword()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="notice-") as folder:
        path = Path(folder) / "in.doc"
        path.write_bytes(raw)
        book = _run([program, "-x", "db", str(path)], folder, seconds)
        lines = _run([program, "-m", "UTF-8.txt", "-w", "0", str(path)], folder, seconds)
    if book is None or lines is None:
        return None
    return book.decode("utf-8", "replace"), lines.decode("utf-8", "replace")


def to_docx(raw: bytes, suffix: str, seconds: float) -> bytes:
    """Any file LibreOffice Writer opens, as DOCX. Each call has its own profile: two on one profile clash.

    Raises ``MissingPart``, ``TimedOut``, ``Damaged``.
    """
    program = find_soffice()
    if program is None:
        raise MissingPart("读取这种文件需要 LibreOffice（soffice），本机没有安装")
    with tempfile.TemporaryDirectory(prefix="notice-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        profile = base / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = base / f"in{suffix}"
        source.write_bytes(raw)
        out = base / "out"
        command = [
            program, f"-env:UserInstallation={(base / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source),
        ]  # fmt: skip
        _run(command, folder, seconds)
        made = out / "in.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise Damaged("文件损坏，LibreOffice 打不开")
        if made.stat().st_size > _OUTPUT_LIMIT:
            raise Damaged("转换出来的文件太大")
        return made.read_bytes()


def _run(command: Sequence[str], folder: str, seconds: float) -> bytes | None:
    """Standard output, None when the program fails. The whole process group ends at the limit."""
    environment = {
        "PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8",
        "ANTIWORDHOME": os.environ.get("ANTIWORDHOME", "/usr/share/antiword"),
        "http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "all_proxy": _NOWHERE, "SAL_USE_VCLPLUGIN": "svp",
    }  # fmt: skip
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise MissingPart(f"无法启动 {Path(command[0]).name}：{error.strerror}") from error
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise TimedOut(f"转换超过 {seconds:g} 秒，已停止") from error
    except BaseException:
        _end(process)
        raise
    return output if process.returncode == 0 else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
