"""How the office's Word files are set: fonts, a document without marks of a foreign template, cells, page numbers.

Fonts are named, not carried: 方正小标宋简体 for titles, 仿宋_GB2312 for text, as GB/T 9704 has them. The same content
gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE_FONT, TEXT_FONT, HEAD_FONT, LATIN_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
WIDTH_MM = 160.0
"""Between the margins of A4."""
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Header", "Footer"}


def empty() -> Any:
    """Return a document without what the library's own template brings: theme fonts, latent styles, a thumbnail."""
    document = Document()
    body = document.element.body
    for held in list(body):
        if not held.tag.endswith("sectPr"):
            body.remove(held)
    styles = document.styles.element
    for held in list(styles):
        kind = held.get(qn("w:styleId"))
        if held.tag == qn("w:latentStyles") or (held.tag == qn("w:style") and kind not in _KEPT_STYLES):
            styles.remove(held)
    for held in styles.iter(qn("w:rFonts")):
        held.attrib.clear()
        for name, font in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("cs", LATIN_FONT), ("eastAsia", TEXT_FONT)):
            held.set(qn(f"w:{name}"), font)
    for held in styles.iter(qn("w:lang")):
        held.set(qn("w:val"), "en-US")  # a Latin word in Chinese would be broken anywhere
        held.set(qn("w:eastAsia"), "zh-CN")
    told = document.core_properties
    told.created = told.modified = _DAY
    told.author = told.last_modified_by = told.title = told.comments = ""
    return document


_DROPPED = re.compile(r"docProps/thumbnail|customXml|stylesWithEffects|fontTable|webSettings|numbering|theme")


def packed(document: Any) -> bytes:
    """Return the document as bytes that depend on its content alone."""
    for held in (document.part.package, document.part):
        for key, relation in list(held.rels.items()):
            if not relation.is_external and _DROPPED.search(str(relation.target_part.partname)):
                del held.rels[key]
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            held = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            held.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(held, given.read(name))
    return out.getvalue()


def put(paragraph: Any, text: str, size: Any, font: str = TEXT_FONT) -> None:
    """Put text into a paragraph, in a font for Chinese and one for Latin."""
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.name = LATIN_FONT
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    run._element.rPr.rFonts.set(qn("w:hint"), "eastAsia")


def fill(
    cell: Any,
    text: str,
    *,
    align: Any = None,
    font: str = TEXT_FONT,
    keep: bool = False,
    size: float = 12,
    pad: float = 0,
) -> None:
    """Fill a cell; `keep` with what follows on one page, `pad` points of room above and below."""
    paragraph = cell.paragraphs[0]
    if pad:
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(pad)
    paragraph.paragraph_format.keep_with_next = keep or None
    paragraph.paragraph_format.line_spacing = 1.25
    paragraph.alignment = align
    cell.vertical_alignment = 1
    put(paragraph, text, Pt(size), font)


def widen(table: Any, widths: tuple[float, ...]) -> None:
    """Give the columns of a table their widths in mm."""
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = Mm(width)


def repeat(row: Any) -> None:
    """Let a table's head stand on every page."""
    held = row._tr.get_or_add_trPr()
    held.append(OxmlElement("w:tblHeader"))


def whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def field(paragraph: Any, code: str) -> None:
    """Put a field that Word counts by itself (PAGE, NUMPAGES)."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind:
            held = OxmlElement("w:fldChar")
            held.set(qn("w:fldCharType"), kind)
        else:
            held = OxmlElement("w:instrText")
            held.text = code
        run._element.append(held)


def table(document: Any, widths: tuple[float, ...]) -> Any:
    """Add a table without rows, its columns as wide in mm."""
    held = document.add_table(0, len(widths), style="Table Grid")
    held.alignment = WD_TABLE_ALIGNMENT.CENTER
    held.autofit = False
    for column, width in zip(held.columns, widths, strict=True):
        column.width = Mm(width)
    return held


def paper(document: Any) -> Any:
    """Give a document its paper and margins, and return its only section."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    return section


def pages(foot: Any) -> None:
    """Put page and number of pages at a foot."""
    field(foot, "PAGE")
    put(foot, " / ", Pt(9))
    field(foot, "NUMPAGES")
