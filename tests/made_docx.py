"""Word files made from a few lines of XML, for the tests of the DOCX reader."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "numbering": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "styles": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "header": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
}


def run(text: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(
    text: str = "", num: tuple[int, int] | None = None, style: str = "", inside: str = "", mark: str = ""
) -> str:
    """A paragraph; ``num``: (numId, ilvl); ``inside``: XML of its runs instead of ``text``; ``mark``: its mark's rPr."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside or (run(text) if text else '')}</w:p>"


def level(
    index: int,
    style: str = "decimal",
    text: str = "",
    start: int | None = 1,
    extra: str = "",
    suffix: str = "nothing",
) -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    text = text or f"%{index + 1}."
    return (
        f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{style}"/>{extra}<w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(number: int, *levels: str, extra: str = "", kind: str = "multilevel") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{extra}{"".join(levels)}'
        "</w:abstractNum>"
    )


def num(number: int, of: int, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


def style(name: str, inside: str = "", kind: str = "paragraph", base: str = "", default: bool = False) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    chosen = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{chosen}><w:name w:val="{name}"/>{based}{inside}</w:style>'


def make_docx(
    body: str | Sequence[str],
    *,
    numbering: str = "",
    styles: str = "",
    footnotes: str = "",
    headers: Sequence[str] = (),
    section: str = "",
    links: Mapping[str, str] | None = None,
    core: str = "",
) -> bytes:
    """A DOCX package. ``headers`` get the relation ids ``rHeader1`` …; ``links``: relation id → address."""
    body = body if isinstance(body, str) else "".join(body)
    parts: dict[str, str] = {
        "word/document.xml": f"<w:document {NS}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    }
    for name, root, content in (
        ("numbering", "numbering", numbering),
        ("styles", "styles", styles),
        ("footnotes", "footnotes", footnotes),
    ):
        if content:
            parts[f"word/{name}.xml"] = f"<w:{root} {NS}>{content}</w:{root}>"
    relations = [
        (f"r{name}", name, f"{name}.xml", "")
        for name in ("numbering", "styles", "footnotes")
        if f"word/{name}.xml" in parts
    ]
    for index, header in enumerate(headers, 1):
        parts[f"word/header{index}.xml"] = f"<w:hdr {NS}>{header}</w:hdr>"
        relations.append((f"rHeader{index}", "header", f"header{index}.xml", ""))
    relations += [
        (key, "hyperlink", target, ' TargetMode="External"') for key, target in (links or {}).items()
    ]
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{_PARTS[part[5:-4].rstrip("123")]}"/>'
        for part in parts
        if part != "word/document.xml"
    )
    parts["word/_rels/document.xml.rels"] = _relations(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'
        for key, kind, target, mode in relations
    )
    root_relations = [f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>']
    if core:
        parts["docProps/core.xml"] = core
    parts["_rels/.rels"] = _relations(root_relations)
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.document.main+xml"/>{types}</Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda part: part != "[Content_Types].xml"):
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + parts[name])
    return buffer.getvalue()


def _relations(items: object) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(items)  # type: ignore[arg-type]
        + "</Relationships>"
    )
