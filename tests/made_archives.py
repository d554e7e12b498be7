"""Archives for the tests, packed here."""

import io
import tarfile
import zipfile


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], extra: tarfile.TarInfo | None = None) -> bytes:
    """A tar of these files, in this order, and one more header."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as package:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
        if extra is not None:
            package.addfile(extra)
    return buffer.getvalue()
