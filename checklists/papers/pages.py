"""Pages of A4 on which papers are laid, line by line, with a font that the caller names.

fpdf2 is imported when the first paper is made. It breaks lines at spaces only, so the lines are broken here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from checklists import words
from checklists.papers.font_cut import cut
from checklists.papers.linebreak import wrap
from checklists.papers.qr_code import qr_code

MISSING = "〓"
_ROOM = "_" * 30
"""The printer's mark for a character that the font lacks; somebody writes it by hand."""

PT = 25.4 / 72
"""Millimetres in a point."""

_PLAIN = "".join(map(chr, range(0x20, 0x7F)))
_LEAD = 1.55
_ROW_LINES = 40
KEPT_LINES = 2
"""So many of a text's last lines are kept with what stands below it."""


class Fonts(NamedTuple):
    """The files of the two fonts; the bold one may hold fewer characters."""

    regular: Path
    bold: Path


@dataclass(frozen=True)
class Frame:
    """How a page stands: its margins in millimetres, what is written at its foot, and across it (empty: nothing)."""

    title: str
    foot: str = ""
    mark: str = ""
    margin: float = 20.0
    bottom: float = 20.0

    @property
    def width(self) -> float:
        """The width of the text."""
        return 210.0 - 2 * self.margin


def by_hand() -> str:
    """Return what a paper says where characters could not be set."""
    return words.say("zh_CN")(words.BY_HAND).format(line=_ROOM)


def document(frame: Frame, fonts: Fonts, signs: str) -> Any:
    """Return an empty PDF whose fonts hold `signs`, which are the characters of all that will be laid, and no more."""
    from fpdf import FPDF

    # The library logs every glyph that a font lacks; `Pages.missing` returns them instead.
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    class Document(FPDF):
        """The paper with foot and page number, and the mark across it below everything else."""

        def header(self) -> None:
            """Set the mark."""
            if not frame.mark:
                return
            self.set_font("regular", size=64)
            self.set_text_color(222)
            with self.rotation(45, self.w / 2, self.h / 2):
                self.text((self.w - self.get_string_width(frame.mark)) / 2, self.h / 2, frame.mark)
            self.set_text_color(0)

        def footer(self) -> None:
            """Set foot and page."""
            self.set_y(-15)
            self.set_font("regular", size=9)
            foot = f"{frame.foot}    " if frame.foot else ""
            self.cell(0, 5, f"{foot}{self.page_no()} / {{nb}}", align="C")

    pdf = Document(format="A4")
    codes = set(map(ord, _PLAIN + MISSING + frame.foot + frame.mark + signs))
    for name, path in fonts._asdict().items():
        pdf.fonts[name] = _font(pdf, name, path, codes)
    pdf.set_margins(frame.margin, frame.margin)
    pdf.c_margin = 0
    pdf.set_auto_page_break(auto=False)
    pdf.set_title(frame.title)
    pdf.set_lang("zh-CN")
    pdf.add_page()
    return pdf


def _font(pdf: Any, name: str, path: Path, codes: set[int]) -> Any:
    """Return a font of these characters alone: the library would read every glyph of the file, for each paper anew."""
    from fpdf.fonts import TTFFont

    # The library asks for a path, which it gives to fontTools as it is; that reads from memory as well.
    file: Any = BytesIO(cut(path, codes))
    font = TTFFont(pdf, file, name, "")
    # The outlines go into the PDF as they are; to measure them again would take longer than all the rest.
    font.ttfont.recalcBBoxes = False
    return font


@dataclass
class Pages:
    """Lays lines and rows one below the other, and begins a page where one does not fit.

    `drawn` says how a text is drawn where the caller knows what its fonts hold; else what the font lacks is MISSING.
    """

    pdf: Any
    frame: Frame
    drawn: Callable[[str], str] | None = None
    missing: set[str] = field(default_factory=set)

    def lines(
        self,
        text: str,
        size: float,
        *,
        font: str = "regular",
        align: str = "L",
        left: float | None = None,
        width: float | None = None,
        lead: float = _LEAD,
        below: float = 0.0,
    ) -> None:
        """Lay a text, broken into lines; without `left` and `width` it fills the page.

        `below` millimetres are kept free on the page of its last two lines.
        """
        text = self.printable(text)
        wide = self.frame.width if width is None else width
        self.pdf.set_font(self.font(font, text), size=size)
        height = size * PT * lead
        broken = list(wrap(text, self.width_of, wide))
        for rest, line in zip(range(len(broken), 0, -1), broken, strict=True):
            self.room(rest * height + below if below and rest <= KEPT_LINES else height)
            self.pdf.set_x(self.frame.margin if left is None else left)
            self.pdf.cell(wide, height, line, align=align, new_x="LMARGIN", new_y="NEXT")

    def row(self, cells: list[str], widths: list[float], size: float = 10) -> None:
        """Lay cells beside each other with lines around them."""
        self.pdf.set_font("regular", size=size)
        height = size * PT * _LEAD
        broken = [
            list(wrap(self.printable(cell), self.width_of, width - 4))
            for cell, width in zip(cells, widths, strict=True)
        ]
        # A row that is taller than a page goes on in a further one, so that no line falls off the paper.
        for start in range(0, max(len(lines) for lines in broken), _ROW_LINES):
            self._cells([lines[start : start + _ROW_LINES] for lines in broken], widths, height)

    def _cells(self, cells: list[list[str]], widths: list[float], height: float) -> None:
        tall = max(len(lines) for lines in cells) * height + 2
        self.room(tall)
        left, top = self.frame.margin, self.pdf.get_y()
        for lines, width in zip(cells, widths, strict=True):
            self.pdf.rect(left, top, width, tall)
            for number, line in enumerate(lines):
                self.pdf.set_xy(left + 2, top + 1 + number * height)
                self.pdf.cell(width - 4, height, line)
            left += width
        self.pdf.set_y(top + tall)

    def qr(self, text: str, beside: Iterable[tuple[str, float]], side: float = 36.0) -> None:
        """Draw a QR code, `side` millimetres wide; `beside` are texts to its right, each with its size in points."""
        matrix = qr_code(text).matrix
        gap = 6.0
        self.room(side + 4)
        left, top, step = self.frame.margin, self.pdf.get_y() + 2, side / len(matrix)
        self.pdf.set_fill_color(0)
        for row, cells in enumerate(matrix):
            for start, length in _runs(cells):
                self.pdf.rect(left + start * step, top + row * step, length * step, step, style="F")
        self.pdf.set_y(top)
        for said, points in beside:
            self.lines(said, points, left=left + side + gap, width=self.frame.width - side - gap)
        self.pdf.set_y(max(self.pdf.get_y(), top + side))

    def by_hand(self) -> None:
        """Say that characters could not be set, and leave room to write them."""
        self.gap(3)
        self.lines(by_hand(), 10.5, lead=2.0)

    def gap(self, millimetres: float) -> None:
        """Leave room below what was laid."""
        self.pdf.set_y(self.pdf.get_y() + millimetres)

    def rule(self, width: float | None = None) -> None:
        """Draw a line across the page, or as long as said."""
        y = self.pdf.get_y() + 1
        self.pdf.line(self.frame.margin, y, self.frame.margin + (width or self.frame.width), y)
        self.pdf.set_y(y + 2)

    def room(self, height: float) -> None:
        """Begin a page where this height is not left; what is taller than a page begins on one of its own."""
        if self.pdf.get_y() + height > self.pdf.h - self.frame.bottom and self.pdf.get_y() > self.frame.margin:
            self.pdf.add_page()

    def width_of(self, text: str) -> float:
        """Return the width of a text in the font in use; the library's own way asks for every sign's direction."""
        font, size = self.pdf.current_font, self.pdf.font_size
        return float(sum(font.cw[ord(sign)] for sign in text) * size / 1000)

    def printable(self, text: str) -> str:
        """Return the text with MISSING for each character that the font lacks, which are noted."""
        if self.drawn is not None:
            return self.drawn(text)
        known = self.pdf.fonts["regular"].cmap
        lacking = {one for one in text if ord(one) not in known and one != "\n"}
        self.missing |= lacking
        return "".join(MISSING if one in lacking else one for one in text)

    def font(self, font: str, text: str) -> str:
        """The bold font holds the product's own words only; a text with another character is set in the regular one."""
        return font if all(ord(one) in self.pdf.fonts[font].cmap for one in text) else "regular"


def _runs(cells: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield start and length of the dark runs of a row."""
    start, length = 0, 0
    for place, cell in enumerate(cells):
        if not cell:
            if length:
                yield start, length
            length = 0
        else:
            start, length = (place, 1) if not length else (start, length + 1)
    if length:
        yield start, length
