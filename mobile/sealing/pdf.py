"""Papers as PDF: A4, the record's own words, signatures as drawn, and a QR code that proves the record offline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checklists import words
from checklists.papers.pages import Fonts, Frame, Pages, by_hand, document
from checklists.papers.paper import Block, Notice, text_of
from mobile.device.disk import write_durably
from mobile.glyphs import BOLD, FONTS, MISSING, REGULAR, drawn, lacking
from mobile.refusals import Refusal
from mobile.sealing.practice_marks import WATERMARK, is_marked

__all__ = ["BOLD", "FONTS", "MISSING", "REGULAR", "render"]


def render(notice: Notice, qr_text: str, out: Path, link: str = "") -> tuple[str, ...]:
    """Write the paper as a PDF and return the characters that our fonts lack; they stand as MISSING.

    An empty `qr_text` leaves the code out, an empty `link` the party's way back.
    Raises Refusal `paper_font_missing` or `disk_full`.
    """
    if not (REGULAR.exists() and BOLD.exists()):
        raise Refusal("paper_font_missing", str(FONTS))
    form = f"    〔{notice.form}〕" if notice.form else ""
    frame = Frame(notice.title, f"{notice.number}{form}", WATERMARK if is_marked(notice) else "")
    said = words.say("zh_CN")(words.PROOF) + words.say("zh_CN")(words.WAY_BACK)
    lacks = lacking(text_of(notice))
    signs = said + drawn(text_of(notice)) + qr_text + link + (by_hand() if lacks else "")
    page = _Page(document(frame, Fonts(REGULAR, BOLD), signs), frame, drawn)
    page.title(notice)
    for block in notice.blocks:
        _LAYERS.get(block.kind, _Page.text)(page, block)
    if lacks:
        page.by_hand()
    if link:
        page.way_back(link)
    if qr_text:
        page.code(qr_text)
    write_durably(out, bytes(page.pdf.output()))
    return lacks


class _Page(Pages):
    """Lays the blocks of a paper."""

    def title(self, notice: Notice) -> None:
        """Office, title and number at the head of the first page."""
        self.lines(notice.office, 12, align="C")
        self.lines(notice.title, 18, font="bold", align="C")
        self.lines(notice.number, 10, align="R")
        self.rule()

    def heading(self, block: Block) -> None:
        """A heading keeps room for a line below it."""
        self.room(18)
        self.gap(2)
        self.lines(block.text, 12, font="bold")

    def text(self, block: Block) -> None:
        """A paragraph; also what a block of an unknown kind holds, because nothing may be lost in print."""
        self.lines(block.text, 10.5)
        for row in block.rows:
            self.lines("  ".join(row), 10.5)
        self.gap(1.5)

    def table(self, block: Block) -> None:
        """Rows of cells with lines around them; two columns are a name and its value."""
        columns = max((len(row) for row in block.rows), default=0)
        widths = _widths(block.widths, columns, self.frame.width)
        for row in block.rows:
            self.row([*row, *[""] * (columns - len(row))], widths)
        self.gap(3)

    def signature(self, block: Block) -> None:
        """Who signs, and his strokes as he drew them."""
        self.room(30)
        self.lines(block.text, 10.5)
        top, height, width = self.pdf.get_y(), 18.0, 70.0
        points = [point for stroke in block.strokes for point in stroke]
        if points:
            self._strokes(block, points, top, min(width / _span(points, 0), height / _span(points, 1)))
        self.pdf.set_y(top + height)
        self.rule(width)
        self.gap(3)

    def code(self, text: str) -> None:
        """The QR code; beside it what it is for, and its text in small print for whoever has no reader."""
        self.qr(text, ((words.say("zh_CN")(words.PROOF), 9.0), (text, 5.5)))

    def way_back(self, link: str) -> None:
        """The code of the party's link, with what it is for and the link itself to be typed."""
        self.qr(link, ((words.say("zh_CN")(words.WAY_BACK), 9.0), (link, 9.0)), side=30.0)
        self.gap(6)  # a phone takes the nearer of two codes

    def _strokes(self, block: Block, points: list[tuple[int, int]], top: float, scale: float) -> None:
        lowest_x = min(x for x, _ in points)
        highest_y = max(y for _, y in points)
        left = self.frame.margin
        self.pdf.set_line_width(0.5)
        for stroke in block.strokes:
            drawn = [(left + (x - lowest_x) * scale, top + (highest_y - y) * scale) for x, y in stroke]
            # A dot is a stroke of one point; a line of no length with a round end would not print everywhere.
            self.pdf.polyline(drawn if len(drawn) > 1 else [*drawn, (drawn[0][0] + 0.4, drawn[0][1])])
        self.pdf.set_line_width(0.2)


_LAYERS: dict[str, Callable[[_Page, Block], None]] = {
    "heading": _Page.heading,
    "text": _Page.text,
    "table": _Page.table,
    "signature": _Page.signature,
}


def _widths(shares: tuple[int, ...], columns: int, width: float) -> list[float]:
    """Return the widths of a table's columns: by their shares, else a narrow first of two, else all alike."""
    if len(shares) == columns and columns:
        return [width * one / sum(shares) for one in shares]
    if columns == 2:
        return [32.0, width - 32.0]
    return [width / max(columns, 1)] * max(columns, 1)


def _span(points: list[tuple[int, int]], axis: int) -> float:
    values = [point[axis] for point in points]
    return float(max(values) - min(values)) or 1.0
