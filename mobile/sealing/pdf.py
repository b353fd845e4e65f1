"""Papers as PDF: A4, the record's own words, signatures as drawn, and a QR code that proves the record offline.

fpdf2 is imported when the first paper is made. It breaks lines at spaces only, so the lines are broken here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists import words
from checklists.papers.paper import Block, Notice, text_of
from checklists.records.record import Sealed
from mobile.device.disk import write_durably
from mobile.glyphs import BOLD, FONTS, MISSING, REGULAR, drawn, lacking
from mobile.linebreak import wrap
from mobile.refusals import Refusal
from mobile.sealing.practice_marks import WATERMARK, is_marked

_MARGIN, _WIDTH, _FOOT = 20.0, 170.0, 20.0
_LEAD = 1.55
_ROW_LINES = 40
_PT = 25.4 / 72


def proof(sealed: Sealed, device: str) -> str:
    """Return the text of the QR code: which record of which device this paper comes from, with its signature."""
    return f"LUJIAN1:{sealed.digest}:{device}:{sealed.signature}"


def render(notice: Notice, qr_text: str, out: Path) -> tuple[str, ...]:
    """Write the paper as a PDF and return the characters that our fonts lack; they stand as `glyphs.MISSING`.

    An empty `qr_text` leaves the code out. Raises Refusal `paper_font_missing` or `disk_full`.
    """
    if not (REGULAR.exists() and BOLD.exists()):
        raise Refusal("paper_font_missing", str(FONTS))
    page = _Page(_document(notice, qr_text))
    page.title(notice)
    for block in notice.blocks:
        _LAYERS.get(block.kind, _Page.text)(page, block)
    if qr_text:
        page.code(qr_text)
    write_durably(out, bytes(page.pdf.output()))
    return lacking(text_of(notice))


def _document(notice: Notice, qr_text: str) -> Any:
    from fpdf import FPDF

    # The library logs what it cuts out of a font.
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    class Document(FPDF):
        """The paper with its number and page at the foot, and across it, where it is of practice, that it is."""

        def header(self) -> None:
            """Set the watermark below everything else."""
            if not is_marked(notice):
                return
            self.set_font("regular", size=64)
            self.set_text_color(222)
            with self.rotation(45, self.w / 2, self.h / 2):
                self.text((self.w - self.get_string_width(WATERMARK)) / 2, self.h / 2, WATERMARK)
            self.set_text_color(0)

        def footer(self) -> None:
            """Set number and page."""
            self.set_y(-15)
            self.set_font("regular", size=9)
            form = f"〔{notice.form}〕    " if notice.form else ""
            self.cell(0, 5, drawn(f"{notice.number}    {form}{self.page_no()} / {{nb}}"), align="C")

    pdf = Document(format="A4")
    # The library looks at every character of a font that it is not told to leave out; ours have thirty thousand.
    signs = sorted({ord(one) for one in _signs(notice) + qr_text})
    pdf.add_font("regular", fname=REGULAR, unicode_range=signs)
    pdf.add_font("bold", fname=BOLD, unicode_range=signs)
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.c_margin = 0
    pdf.set_auto_page_break(auto=False)
    pdf.set_title(notice.title)
    pdf.set_lang("zh-CN")
    pdf.add_page()
    return pdf


def _signs(notice: Notice) -> str:
    """Return a text with every sign that may be set on a paper."""
    ours = "".join(map(chr, range(0x20, 0x7F))) + MISSING + WATERMARK + words.say("zh_CN")(words.PROOF)
    return ours + drawn(text_of(notice))


@dataclass
class _Page:
    """Lays blocks one below the other, and begins a page where one does not fit."""

    pdf: Any

    def title(self, notice: Notice) -> None:
        """Office, title and number at the head of the first page."""
        self._lines(notice.office, 12, align="C")
        self._lines(notice.title, 18, font="bold", align="C")
        self._lines(notice.number, 10, align="R")
        self._rule()

    def heading(self, block: Block) -> None:
        """A heading keeps room for a line below it."""
        self._room(18)
        self.pdf.set_y(self.pdf.get_y() + 2)
        self._lines(block.text, 12, font="bold")

    def text(self, block: Block) -> None:
        """A paragraph; also what a block of an unknown kind holds, because nothing may be lost in print."""
        self._lines(block.text, 10.5)
        for row in block.rows:
            self._lines("  ".join(row), 10.5)
        self.pdf.set_y(self.pdf.get_y() + 1.5)

    def table(self, block: Block) -> None:
        """Rows of cells with lines around them; two columns are a name and its value."""
        columns = max((len(row) for row in block.rows), default=0)
        widths = _widths(block.widths, columns)
        for row in block.rows:
            self._row([*row, *[""] * (columns - len(row))], widths)
        self.pdf.set_y(self.pdf.get_y() + 3)

    def signature(self, block: Block) -> None:
        """Who signs, and his strokes as he drew them."""
        self._room(30)
        self._lines(block.text, 10.5)
        top, height, width = self.pdf.get_y(), 18.0, 70.0
        points = [point for stroke in block.strokes for point in stroke]
        if points:
            self._strokes(block, points, top, min(width / _span(points, 0), height / _span(points, 1)))
        self.pdf.set_y(top + height)
        self._rule(width)
        self.pdf.set_y(self.pdf.get_y() + 3)

    def code(self, text: str) -> None:
        """The QR code; beside it what it is for, and its text in small print for whoever has no reader."""
        import segno

        matrix = segno.make(text, error="m", micro=False).matrix
        size, gap = 36.0, 6.0
        self._room(size + 4)
        left, top, step = _MARGIN, self.pdf.get_y() + 2, size / len(matrix)
        self.pdf.set_fill_color(0)
        for row, cells in enumerate(matrix):
            for start, length in _runs(cells):
                self.pdf.rect(left + start * step, top + row * step, length * step, step, style="F")
        self.pdf.set_y(top)
        for words_, points in ((words.say("zh_CN")(words.PROOF), 9.0), (text, 5.5)):
            self._lines(words_, points, left=left + size + gap, width=_WIDTH - size - gap)
        self.pdf.set_y(max(self.pdf.get_y(), top + size))

    def _lines(
        self,
        text: str,
        size: float,
        *,
        font: str = "regular",
        align: str = "L",
        left: float = _MARGIN,
        width: float = _WIDTH,
    ) -> None:
        text = drawn(text)
        self.pdf.set_font(font, size=size)
        height = size * _PT * _LEAD
        for line in wrap(text, self._width, width):
            self._room(height)
            self.pdf.set_x(left)
            self.pdf.cell(width, height, line, align=align, new_x="LMARGIN", new_y="NEXT")

    def _row(self, cells: list[str], widths: list[float]) -> None:
        self.pdf.set_font("regular", size=10)
        height = 10 * _PT * _LEAD
        broken = [list(wrap(drawn(cell), self._width, width - 4)) for cell, width in zip(cells, widths, strict=True)]
        # A row that is taller than a page goes on in a further one, so that no line falls off the paper.
        for start in range(0, max(len(lines) for lines in broken), _ROW_LINES):
            self._cells([lines[start : start + _ROW_LINES] for lines in broken], widths, height)

    def _cells(self, cells: list[list[str]], widths: list[float], height: float) -> None:
        tall = max(len(lines) for lines in cells) * height + 2
        self._room(tall)
        left, top = _MARGIN, self.pdf.get_y()
        for lines, width in zip(cells, widths, strict=True):
            self.pdf.rect(left, top, width, tall)
            for number, line in enumerate(lines):
                self.pdf.set_xy(left + 2, top + 1 + number * height)
                self.pdf.cell(width - 4, height, line)
            left += width
        self.pdf.set_y(top + tall)

    def _strokes(self, block: Block, points: list[tuple[int, int]], top: float, scale: float) -> None:
        lowest_x = min(x for x, _ in points)
        highest_y = max(y for _, y in points)
        self.pdf.set_line_width(0.5)
        for stroke in block.strokes:
            drawn = [(_MARGIN + (x - lowest_x) * scale, top + (highest_y - y) * scale) for x, y in stroke]
            # A dot is a stroke of one point; a line of no length with a round end would not print everywhere.
            self.pdf.polyline(drawn if len(drawn) > 1 else [*drawn, (drawn[0][0] + 0.4, drawn[0][1])])
        self.pdf.set_line_width(0.2)

    def _width(self, text: str) -> float:
        """Return the width of a text in the font in use; the library's own way asks for every sign's direction."""
        font, size = self.pdf.current_font, self.pdf.font_size
        return float(sum(font.cw[ord(sign)] for sign in text) * size / 1000)

    def _room(self, height: float) -> None:
        """Begin a page where this height is not left; what is taller than a page begins on one of its own."""
        if self.pdf.get_y() + height > self.pdf.h - _FOOT and self.pdf.get_y() > _MARGIN:
            self.pdf.add_page()

    def _rule(self, width: float = _WIDTH) -> None:
        y = self.pdf.get_y() + 1
        self.pdf.line(_MARGIN, y, _MARGIN + width, y)
        self.pdf.set_y(y + 2)


_LAYERS: dict[str, Callable[[_Page, Block], None]] = {
    "heading": _Page.heading,
    "text": _Page.text,
    "table": _Page.table,
    "signature": _Page.signature,
}


def _widths(shares: tuple[int, ...], columns: int) -> list[float]:
    """Return the widths of a table's columns: by their shares, else a narrow first of two, else all alike."""
    if len(shares) == columns and columns:
        return [_WIDTH * one / sum(shares) for one in shares]
    if columns == 2:
        return [32.0, _WIDTH - 32.0]
    return [_WIDTH / max(columns, 1)] * max(columns, 1)


def _span(points: list[tuple[int, int]], axis: int) -> float:
    values = [point[axis] for point in points]
    return float(max(values) - min(values)) or 1.0


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
