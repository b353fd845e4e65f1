"""A document as PDF: the same words as the .docx, set with the font that the tablets print with.

The fonts lie with the tablet, which must carry them; the office reads the same files.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from checklists.papers.linebreak import wrap
from checklists.papers.pages import KEPT_LINES, PT, Fonts, Frame, Pages, by_hand, document
from server.documents.form import LETTER
from server.documents.sheet import PROOF, Piece, Sheet

_FONTS = Path(__file__).resolve().parents[2] / "mobile" / "assets" / "fonts"
FONTS = Fonts(_FONTS / "NotoSansSC-Regular.ttf", _FONTS / "NotoSansSC-Bold.ttf")

_OWN = "　〓：_年月日"
_LEAD = 1.75
_INDENT = "　　"
_NAME = 34.0
_CELL = 10.5
_CELL_LEAD = 1.5
_PADDING = 2.0
_ROW_LINES = 36
_ROW, _AFTER = 9.0, 2.0
_END = ("grid", "sign", "seal")
"""What ends a document below its last words; it never stands on a page without any of them."""
_MOST_BELOW = 120.0


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
    for place, piece in enumerate(sheet.pieces):
        page.below = page.end_of(piece, sheet.pieces[place + 1 :])
        _LAYERS[piece.kind](page, piece)
    if page.missing:
        page.by_hand()
    return bytes(page.pdf.output()), tuple(sorted(page.missing))


class _Page(Pages):
    """Lays the pieces of a document; `size` is that of its text in points, `below` the room that its end needs."""

    def __init__(self, pdf: object, frame: Frame, size: float) -> None:
        super().__init__(pdf, frame)
        self.size, self.above, self.below = size, "", 0.0

    def head(self, sheet: Sheet) -> None:
        """Office, title and number."""
        self.lines(sheet.office, 14, align="C")
        self.lines(sheet.title, 20, font="bold", align="C")
        self.lines(sheet.number, 11, align="R")
        self.gap(2)

    def end_of(self, piece: Piece, after: Sequence[Piece]) -> float:
        """Return the height of what ends the document right after a piece, or after a heading's few words; else 0."""
        if piece.kind == "label" and after and self._is_short(after[0]):
            after = after[1:]
        end = list(itertools.takewhile(lambda one: one.kind in _END, after))
        if not {"sign", "seal"} & {one.kind for one in end}:
            return 0.0
        return min(_MOST_BELOW, sum(map(self._height, end)))

    def _is_short(self, piece: Piece) -> bool:
        self.pdf.set_font("regular", size=self.size)
        return piece.kind in ("para", "lines") and len(self._broken(_INDENT + "\n".join(piece.texts))) <= KEPT_LINES

    def _broken(self, text: str) -> list[str]:
        return list(wrap(self.printable(text), self.width_of, self.frame.width))

    def _height(self, piece: Piece) -> float:
        if piece.kind == "grid":
            return _ROW * len(piece.rows) + 2
        line = self.size * PT * _LEAD
        return len(piece.texts) * line + 12 if piece.kind == "seal" else len(piece.texts) * (line + 3) + 2

    def to(self, piece: Piece) -> None:
        """Whom it is for, without an indent."""
        self.gap(1)
        self._words(piece.texts)

    def para(self, piece: Piece) -> None:
        """Paragraphs, each with its first line indented."""
        self._words([_INDENT + text for text in piece.texts])

    def _words(self, texts: Sequence[str]) -> None:
        """Lay paragraphs; the last two lines keep what ends the document with them."""
        self._begin("words")
        for rest, text in zip(range(len(texts), 0, -1), texts, strict=True):
            self.lines(text, self.size, lead=_LEAD, below=self.below if rest == 1 else 0.0)

    def label(self, piece: Piece) -> None:
        """A heading keeps room for two lines below it."""
        self._begin("words")
        self.room(3 * self.size * PT * _LEAD + self.below)
        self.gap(1.5)
        for text in piece.texts:
            self.lines(text, self.size, font="bold", lead=_LEAD)

    def grid(self, piece: Piece) -> None:
        """Boxes of names and values, one row below the other."""
        self._begin("boxes")
        half = self.frame.width / 2 - _NAME
        for row in piece.rows:
            widths = [_NAME, half, _NAME, half] if len(row) == 4 else [_NAME, self.frame.width - _NAME]
            self._boxes(row, widths, centred=(0, 2), below=self.below if row is piece.rows[-1] else 0.0)

    def table(self, piece: Piece) -> None:
        """A table that grows; its head stands again on each page."""
        widths = [self.frame.width * one / sum(piece.widths) for one in piece.widths]
        head, *rows = piece.rows
        everywhere = tuple(range(len(head)))
        self._begin("boxes")
        self.room(18)
        self._boxes(head, widths, centred=everywhere, font="bold")
        for row in rows:
            self._boxes(row, widths, head=head, below=self.below + _AFTER if row is rows[-1] else 0.0)
        self.gap(_AFTER)

    def sign(self, piece: Piece) -> None:
        """Lines to sign on, kept together."""
        self.room(self._height(piece) + self.below)
        self.gap(2)
        for text in piece.texts:
            self.gap(3)
            self.lines(text, self.size)

    def seal(self, piece: Piece) -> None:
        """Office, room for the seal and the day, kept together on the right."""
        self.room(self._height(piece))
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

    def _begin(self, kind: str) -> None:
        """Leave some room between words and boxes."""
        if self.above and self.above != kind:
            self.gap(1.5)
        self.above = kind

    def _boxes(
        self,
        cells: tuple[str, ...],
        widths: list[float],
        *,
        centred: tuple[int, ...] = (),
        font: str = "regular",
        head: tuple[str, ...] = (),
        below: float = 0.0,
    ) -> None:
        """Lay boxes beside each other, with room `below`; what is taller than a page goes on in further ones."""
        self.pdf.set_font("regular", size=_CELL)
        broken = [
            self._lines_of(cell, width - 2 * _PADDING, even=place in centred)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        for start in range(0, max(len(lines) for lines in broken), _ROW_LINES):
            part = [lines[start : start + _ROW_LINES] for lines in broken]
            tall = max(len(lines) for lines in part) * _CELL * PT * _CELL_LEAD + 3
            if head and self.pdf.get_y() + tall + below > self.pdf.h - self.frame.bottom:
                self.pdf.add_page()
                self._boxes(head, widths, centred=tuple(range(len(head))), font="bold")
            self.room(tall + below)
            self._box_row(part, widths, tall, centred, font)

    def _lines_of(self, cell: str, width: float, *, even: bool) -> list[str]:
        """Return the lines of a cell; those of a name are about as long as each other."""
        text = self.printable(cell)
        lines = list(wrap(text, self.width_of, width))
        if not even or len(lines) == 1:
            return lines
        shorter = list(wrap(text, self.width_of, self.width_of(text) / len(lines) + self.pdf.font_size))
        return shorter if len(shorter) == len(lines) else lines

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
