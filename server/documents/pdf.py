"""A document as PDF: the same words as the .docx, set with the font that the tablets print with.

The fonts lie with the tablet, which must carry them; the office reads the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checklists.papers.linebreak import wrap
from checklists.papers.pages import PT, Fonts, Frame, Pages, by_hand, document
from server.documents.form import LETTER
from server.documents.sheet import PROOF, Piece, Sheet

_FONTS = Path(__file__).resolve().parents[2] / "mobile" / "assets" / "fonts"
FONTS = Fonts(_FONTS / "NotoSansSC-Regular.ttf", _FONTS / "NotoSansSC-Bold.ttf")

_OWN = "　〓：_年月日"
_LEAD = 1.75
_INDENT = "　　"
_NAME = 30.0
_CELL = 10.5
_CELL_LEAD = 1.5
_PADDING = 2.0
_ROW_LINES = 36


def render(sheet: Sheet, case_number: str = "", mark: str = "") -> tuple[bytes, tuple[str, ...]]:
    """Return the document and the characters that the font lacks; they stand as 〓 and are written by hand.

    `mark` stands across each page (a draft says so there).
    """
    frame = Frame(sheet.title, f"{case_number}    〔{sheet.form}〕".strip(), mark, margin=25.0, bottom=22.0)
    page = _Page(
        document(frame, FONTS, sheet.text + _OWN + PROOF + by_hand()),
        frame,
        size=13.0 if sheet.look == LETTER else 11.0,
    )
    page.head(sheet)
    for piece, following in zip(sheet.pieces, (*sheet.pieces[1:], None), strict=True):
        if following is not None and following.kind == "seal":
            page.keep_with(piece, following)
        _LAYERS[piece.kind](page, piece)
    if page.missing:
        page.by_hand()
    return bytes(page.pdf.output()), tuple(sorted(page.missing))


class _Page(Pages):
    """Lays the pieces of a document; `size` is that of its text in points."""

    def __init__(self, pdf: object, frame: Frame, size: float) -> None:
        super().__init__(pdf, frame)
        self.size, self.boxed = size, False

    def head(self, sheet: Sheet) -> None:
        """Office, title and number."""
        self.lines(sheet.office, 14, align="C")
        self.lines(sheet.title, 20, font="bold", align="C")
        self.lines(sheet.number, 11, align="R")
        self.gap(2)

    def keep_with(self, piece: Piece, seal: Piece) -> None:
        """Keep the last words with the seal: no page has a seal alone."""
        if piece.kind in ("para", "lines", "to"):
            self.pdf.set_font("regular", size=self.size)
            told = [self.printable(_INDENT + text) for text in piece.texts[-1:]]
            lines = sum(len(list(wrap(text, self.width_of, self.frame.width))) for text in told)
            self.room((lines + len(seal.texts)) * self.size * PT * _LEAD + 12)
        elif piece.kind == "sign":
            self.room((len(piece.texts) + len(seal.texts)) * self.size * PT * _LEAD + 3 * len(piece.texts) + 16)
        elif piece.kind == "grid":
            self.room(9.0 * len(piece.rows) + len(seal.texts) * self.size * PT * _LEAD + 12)

    def to(self, piece: Piece) -> None:
        """Whom it is for, without an indent."""
        self._after_boxes()
        self.gap(1)
        for text in piece.texts:
            self.lines(text, self.size, lead=_LEAD)

    def para(self, piece: Piece) -> None:
        """Paragraphs, each with its first line indented."""
        self._after_boxes()
        for text in piece.texts:
            self.lines(_INDENT + text, self.size, lead=_LEAD)

    def label(self, piece: Piece) -> None:
        """A heading keeps room for two lines below it."""
        self._after_boxes()
        self.room(3 * self.size * PT * _LEAD)
        self.gap(1.5)
        for text in piece.texts:
            self.lines(text, self.size, font="bold", lead=_LEAD)

    def grid(self, piece: Piece) -> None:
        """Boxes of names and values, one row below the other."""
        half = self.frame.width / 2 - _NAME
        for row in piece.rows:
            widths = [_NAME, half, _NAME, half] if len(row) == 4 else [_NAME, self.frame.width - _NAME]
            self._boxes(row, widths, centred=(0, 2))
        self.boxed = True

    def table(self, piece: Piece) -> None:
        """A table that grows; its head stands again on each page."""
        widths = [self.frame.width * one / sum(piece.widths) for one in piece.widths]
        head, *rows = piece.rows
        everywhere = tuple(range(len(head)))
        self.room(18)
        self._boxes(head, widths, centred=everywhere, font="bold")
        for row in rows:
            self._boxes(row, widths, head=head)
        self.gap(2)

    def sign(self, piece: Piece) -> None:
        """Lines to sign on, kept together."""
        self.room(len(piece.texts) * (self.size * PT * _LEAD + 3) + 2)
        self.gap(2)
        for text in piece.texts:
            self.gap(3)
            self.lines(text, self.size)

    def seal(self, piece: Piece) -> None:
        """Office, room for the seal and the day, kept together on the right."""
        self.room(len(piece.texts) * self.size * PT * _LEAD + 12)
        self.gap(10)
        for text in piece.texts:
            self.lines(text, self.size, align="R", lead=_LEAD)

    def note(self, piece: Piece) -> None:
        """A remark in small type."""
        self.gap(3)
        for text in piece.texts:
            self.lines(text, 9.5)

    def code(self, piece: Piece) -> None:
        """The QR code of the office's proof; beside it how it is checked, and its text for whoever has no reader."""
        self.gap(6)
        self.qr(piece.texts[0], ((PROOF, 9.0), (piece.texts[0], 5.5)))

    def _after_boxes(self) -> None:
        """Leave some room between boxes and what follows."""
        if self.boxed:
            self.gap(1.5)
        self.boxed = False

    def _boxes(
        self,
        cells: tuple[str, ...],
        widths: list[float],
        *,
        centred: tuple[int, ...] = (),
        font: str = "regular",
        head: tuple[str, ...] = (),
    ) -> None:
        """Lay boxes beside each other; what is taller than a page goes on in further ones."""
        self.pdf.set_font("regular", size=_CELL)
        broken = [
            list(wrap(self.printable(cell), self.width_of, width - 2 * _PADDING))
            for cell, width in zip(cells, widths, strict=True)
        ]
        for start in range(0, max(len(lines) for lines in broken), _ROW_LINES):
            part = [lines[start : start + _ROW_LINES] for lines in broken]
            tall = max(len(lines) for lines in part) * _CELL * PT * _CELL_LEAD + 3
            if head and self.pdf.get_y() + tall > self.pdf.h - self.frame.bottom:
                self.pdf.add_page()
                self._boxes(head, widths, centred=tuple(range(len(head))), font="bold")
            self.room(tall)
            self._box_row(part, widths, tall, centred, font)

    def _box_row(
        self, cells: list[list[str]], widths: list[float], tall: float, centred: tuple[int, ...], font: str
    ) -> None:
        left, top, height = self.frame.margin, self.pdf.get_y(), _CELL * PT * _CELL_LEAD
        for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
            self.pdf.rect(left, top, width, tall)
            down = top + (tall - len(lines) * height) / 2
            self.pdf.set_font(self.font(font, "".join(lines)), size=_CELL)
            for number, line in enumerate(lines):
                self.pdf.set_xy(left + _PADDING, down + number * height)
                self.pdf.cell(width - 2 * _PADDING, height, line, align="C" if place in centred else "L")
            left += width
        self.pdf.set_y(top + tall)


_LAYERS: dict[str, Callable[[_Page, Piece], None]] = {
    "to": _Page.to,
    "para": _Page.para,
    "lines": _Page.para,
    "label": _Page.label,
    "grid": _Page.grid,
    "rows": _Page.table,
    "sign": _Page.sign,
    "seal": _Page.seal,
    "note": _Page.note,
    "code": _Page.code,
}
