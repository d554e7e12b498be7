"""Readers against the libraries under them, on the same files: processor time, median of interleaved rounds, as ratios.

usage: python benchmarks/readers.py [FILE…]

PDF: our reader against pypdfium2 handing out the text and every character's box. DOCX: against python-docx opening the file and
joining its paragraphs. OFD: against unzipping and parsing every XML part with lxml. Without FILE: the notices of corpus/formats
and files made by the tests' typesetter. The last line is the peak memory of reading the largest file in a process of its own.
"""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from extractor.readers import read_document
from extractor.readers.sniff import sniff
from extractor.settings import Settings

ROUNDS = 15


def pdfium(raw: bytes) -> None:
    import pypdfium2

    for page in pypdfium2.PdfDocument(raw):
        text = page.get_textpage()
        text.get_text_range()
        for i in range(text.count_chars()):
            text.get_charbox(i)


def python_docx(raw: bytes) -> None:
    import docx

    "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(raw)).paragraphs)


def lxml_parts(raw: bytes) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                # Namespaces are not declared in some files of real makers; the reader reads them all the same.
                etree.fromstring(package.read(name), etree.XMLParser(recover=True))


BASE: dict[str, tuple[str, Callable[[bytes], None]]] = {
    "pdf": ("pypdfium2 text and boxes", pdfium),
    "docx": ("python-docx", python_docx),
    "ofd": ("unzip and lxml", lxml_parts),
}


def timed(call: Callable[[], object]) -> float:
    """Seconds of processor time: what other programs do meanwhile is not counted."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def ratio(raw: bytes, base: Callable[[bytes], None]) -> tuple[float, float, float]:
    """Milliseconds of the library and of the reader, and the median of the rounds' ratios."""
    settings = Settings(ocr="never")
    pairs = []
    for _ in range(ROUNDS):
        theirs = timed(lambda: base(raw))
        ours = timed(lambda: read_document(raw, "x", settings))
        pairs.append((theirs, ours))
    return (
        1000 * median(theirs for theirs, _ in pairs),
        1000 * median(ours for _, ours in pairs),
        median(ours / theirs for theirs, ours in pairs),
    )


def made() -> dict[str, bytes]:
    """An eight-page PDF and OFD of invented words, for which no file lies in the corpus."""
    from tests.made_ofd import notice_ofd
    from tests.test_readers_pdf import made_up, notice_pdf

    long = [paragraph for seed in range(8) for paragraph in made_up(seed)]
    return {"made.pdf": notice_pdf(long), "made.ofd": notice_ofd(long)}


def peak(path: str) -> float:
    """Megabytes a process needs at most that reads this file."""
    code = (
        "import resource, sys; from pathlib import Path; from extractor.readers import read_document; "
        "from extractor.settings import Settings; read_document(Path(sys.argv[1]).read_bytes(), 'x', Settings(ocr='never')); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    out = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True, env=environment
    )
    return int(out.stdout) / 1024


def main() -> None:
    files = {name: Path(name).read_bytes() for name in sys.argv[1:]}
    if not files:
        files = {
            path.name: path.read_bytes()
            for path in sorted((CHECKOUT / "corpus" / "formats").glob("*"))
            if path.suffix in (".pdf", ".docx", ".ofd")
        } | made()
    ratios: dict[str, list[float]] = {}
    for name, raw in files.items():
        kind = sniff(raw)
        if kind not in BASE:
            continue
        what, base = BASE[kind]
        theirs, ours, share = ratio(raw, base)
        ratios.setdefault(kind, []).append(share)
        print(f"{Path(name).name:45} {what:25} {theirs:8.1f} ms   reader {ours:8.1f} ms   ratio {share:.2f}")
    for kind, shares in ratios.items():
        print(f"{kind}: median ratio {median(shares):.2f} over {len(shares)} files")
    if sys.argv[1:]:
        largest = max(files, key=lambda name: len(files[name]))
        print(f"peak memory, {Path(largest).name}: {peak(largest):.0f} MB")


if __name__ == "__main__":
    main()
