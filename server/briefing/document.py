"""A briefing as .docx: its blocks one below the other, set as the office's other documents are."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from server.briefing.blocks import Block, Heading, Note, Para, Picture, Sheet, Table
from server.briefing.pictures import png
from server.documents import typesetting
from server.documents.sheet import clean
from server.documents.typesetting import HEAD_FONT, TEXT_FONT, TITLE_FONT, WIDTH_MM

_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_TEXT, _SMALL, _CELL = 14, 10.5, 10.5


def render(sheet: Sheet) -> bytes:
    """Return the document; the same sheet gives the same bytes."""
    document = typesetting.empty()
    page = _Page(document)
    page.line(sheet.office, 16, align=_CENTRE)
    page.line(sheet.title, 22, TITLE_FONT, align=_CENTRE, after=4)
    page.line(sheet.line, 12, align=_CENTRE, after=8)
    for block in sheet.blocks:
        page.block(block)
    section = typesetting.paper(document)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment = foot.alignment = _CENTRE
    typesetting.put(head, _clean(sheet.mark), Pt(9), HEAD_FONT)
    typesetting.pages(foot)
    return typesetting.packed(document)


def _clean(text: str) -> str:
    return str(clean({"": text})[""])


class _Page:
    """Sets blocks one below the other."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.setters: dict[type, Callable[[Any], None]] = {
            Heading: lambda one: self.line(one.text, _TEXT, HEAD_FONT, before=10, keep=True),
            Para: lambda one: self.line(one.text, _TEXT, indent=True),
            Note: lambda one: self.line(one.text, _SMALL, before=3, after=6),
            Table: self.table,
            Picture: self.picture,
        }

    def block(self, block: Block) -> None:
        """Set a block."""
        self.setters[type(block)](block)

    def line(
        self,
        text: str,
        size: float,
        font: str = TEXT_FONT,
        *,
        align: Any = None,
        indent: bool = False,
        before: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> None:
        """Set a paragraph; `keep` on a page with what follows."""
        held = self.document.add_paragraph()
        held.alignment = align
        form = held.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.5 if size > _SMALL else 1.25
        form.keep_with_next = keep or None
        if indent:
            form.first_line_indent = 2 * Pt(size)
        typesetting.put(held, _clean(text), Pt(size), font)

    def table(self, one: Table) -> None:
        """Set a table with its name above and its head on every page; no row falls apart."""
        self.line(one.name, 12, HEAD_FONT, align=_CENTRE, before=8, after=2, keep=True)
        widths = tuple(WIDTH_MM * share / sum(one.widths) for share in one.widths)
        held = typesetting.table(self.document, widths)
        for place, row in enumerate((one.heads, *one.rows)):
            head = place == 0
            for column, (cell, text) in enumerate(zip(held.add_row().cells, row, strict=True)):
                align = _CENTRE if head else None if column in one.texts else _RIGHT
                font = HEAD_FONT if head else TEXT_FONT
                keep = place < len(one.rows) and place < 3
                typesetting.fill(cell, _clean(text), align=align, font=font, size=_CELL, keep=keep, pad=2)
            typesetting.whole(held.rows[-1])
        typesetting.repeat(held.rows[0])
        typesetting.widen(held, widths)

    def picture(self, one: Picture) -> None:
        """Set a picture as wide as the text, with its words for whoever cannot see it."""
        held = self.document.add_paragraph()
        held.alignment = _CENTRE
        held.paragraph_format.space_before = Pt(6)
        shape = held.add_run().add_picture(io.BytesIO(png(one.svg)), width=Mm(WIDTH_MM))
        shape._inline.docPr.set("descr", _clean(one.text))
