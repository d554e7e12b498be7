"""Bytes → Document, whatever the format. Add a reader: one module and one line in ``READERS``.

Each reader is imported when its format turns up: a run over text files never loads the PDF engine.
"""

from collections.abc import Callable

from extractor.errors import Damaged, EmptyFile, Encrypted, NoText, ReadError, TooLarge, UnknownFormat
from extractor.model import Document
from extractor.readers.sniff import is_blank, sniff
from extractor.readers.waivers import without_waivers
from extractor.settings import Settings

Reader = Callable[[bytes, str, Settings], Document]


def _txt(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.txt import read_txt

    return read_txt(raw, name, settings)


def _docx(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.docx import read_docx

    return read_docx(raw, name, settings)


def _pdf(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.pdf import read_pdf

    return read_pdf(raw, name, settings)


def _html(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.html import read_html

    return read_html(raw, name, settings)


def _ofd(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.ofd import read_ofd

    return read_ofd(raw, name, settings)


def _doc(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.legacy import read_doc

    return read_doc(raw, name, settings)


def _rtf(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.rtf import read_rtf

    return read_rtf(raw, name, settings)


def _odt(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.legacy import read_odt

    return read_odt(raw, name, settings)


def _word_xml(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.legacy import read_word_xml

    return read_word_xml(raw, name, settings)


def _image(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.image import read_image

    return read_image(raw, name, settings)


def _archive(raw: bytes, name: str, settings: Settings) -> Document:
    from extractor.readers.archive import read_archive

    return read_archive(raw, name, settings)


def _locked(_raw: bytes, _name: str, _settings: Settings) -> Document:
    raise Encrypted("文件有密码，请先去掉密码")


READERS: dict[str, Reader] = {
    "txt": _txt,
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "ofd": _ofd,
    "doc": _doc,
    "rtf": _rtf,
    "odt": _odt,
    "wordxml": _word_xml,
    "image": _image,
    "zip": _archive,
    "tar": _archive,
    "gzip": _archive,
    "bzip2": _archive,
    "locked": _locked,
}
"""Format (as ``sniff`` names it) → reader."""


def read_document(raw: bytes, name: str, settings: Settings) -> Document:
    """Read one file's bytes. ``name`` is only shown. Raises ``ReadError`` kinds, nothing else."""
    limits = settings.limits
    if is_blank(raw):
        raise EmptyFile("文件是空的" if not raw else "文件里只有空白")
    if len(raw) > limits.file_bytes:
        raise TooLarge(f"文件有 {len(raw) // 1_000_000} MB，超过上限 {limits.file_bytes // 1_000_000} MB")
    kind = sniff(raw)
    reader = READERS.get(kind)
    if reader is None:
        raise UnknownFormat(f"还不能读取这种格式：{kind}")
    try:
        document = without_waivers(reader(raw, name, settings))
    except ReadError:
        raise
    except (RecursionError, MemoryError) as error:
        raise TooLarge("内容嵌套太深或太大，停止读取") from error
    # One broken file must never stop a batch; the fuzz tests call the readers without this net.
    except Exception as error:
        raise Damaged(f"内容不合规范，读取中断（{type(error).__name__}）") from error
    if not document.text.strip():
        raise EmptyFile("文件里没有文字") if kind == "txt" else NoText("文件能打开，但里面没有文字")
    if len(document.text) > limits.characters:
        raise TooLarge(f"文字有 {len(document.text)} 个，超过上限 {limits.characters}")
    return document
