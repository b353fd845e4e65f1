"""A paper for the printer on the belt: its words laid anew for a roll of 58 or 80 mm, as a picture of dots.

Rolls are 384 and 576 dots wide (8 dots a millimetre). Nothing of the A4 page is shrunk: tables fall into lines, a
signature keeps the room to be given by hand, and number and page stand at both ends, since a roll tears anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from checklists import words
from checklists.papers.linebreak import wrap
from checklists.papers.pages import by_hand
from checklists.papers.paper import Block, Notice, text_of
from checklists.papers.qr_code import qr_code
from mobile.glyphs import BOLD, FONTS, REGULAR, drawn, lacking
from mobile.refusals import Refusal
from mobile.sealing.practice_marks import WATERMARK, is_marked

if TYPE_CHECKING:
    from PIL import Image

WIDTHS = {58: 384, 80: 576}
"""Width of the roll in millimetres → dots in a row."""
MARGIN = 8
"""So many dots on either side stay white: rolls lie askew."""
SEEN_ROWS = 1024
_LEAD = 1.35
_SIGNATURE = 112
_CODE = 448
_QUIET = 4


def strip(notice: Notice, qr_text: str, width_mm: int, link: str = "") -> Image.Image:
    """Return the paper as a picture of mode `1`, as wide as the roll; an empty `qr_text` leaves the code out.

    `link` is the party's way back; empty: none is printed.

    Raises Refusal `paper_font_missing`.
    """
    if not (REGULAR.exists() and BOLD.exists()):
        raise Refusal("paper_font_missing", str(FONTS))
    roll = _Roll(WIDTHS[width_mm])
    roll.head(notice)
    for block in notice.blocks:
        _LAYERS.get(block.kind, _Roll.text)(roll, block)
    if lacking(text_of(notice)):
        roll.lines(by_hand(), 24)
    if link:
        roll.code(link, words.WAY_BACK)
        roll.lines(link, 20)
    if qr_text:
        roll.code(qr_text, words.PROOF)
    roll.foot(notice)
    return roll.picture()


def pictures(made: Image.Image) -> tuple[bytes, ...]:
    """Return a strip as PNG files of SEEN_ROWS rows at most: a screen draws no picture of any height."""
    tops = range(0, made.height, SEEN_ROWS)
    return tuple(_png(made.crop((0, top, made.width, min(top + SEEN_ROWS, made.height)))) for top in tops)


class _Roll:
    """Lays line below line; each is drawn once the whole length is known."""

    def __init__(self, width: int) -> None:
        self.width, self.inner, self.y = width, width - 2 * MARGIN, MARGIN
        self.drawing: list[Callable[[Any], None]] = []

    def picture(self) -> Image.Image:
        """Return what was laid."""
        from PIL import Image, ImageDraw

        made = Image.new("1", (self.width, self.y + MARGIN), 1)
        pen = ImageDraw.Draw(made)
        pen.fontmode = "1"
        for draw in self.drawing:
            draw(pen)
        return made

    def head(self, notice: Notice) -> None:
        """Office, title and number."""
        self.mark(notice)
        self.fitted(notice.office, 24, 20)
        self.fitted(notice.title, 34, 28, bold=True)
        self.lines(notice.number, 24, bold=True, align=1.0)
        self.rule()

    def foot(self, notice: Notice) -> None:
        """The form, and that the paper ends here."""
        self.rule()
        if notice.form:
            self.lines(f"〔{notice.form}〕", 20, align=0.5)
        self.lines(f"—— {words.say('zh_CN')(words.END_OF_ROLL).format(number=notice.number)} ——", 20, align=0.5)
        self.mark(notice)

    def mark(self, notice: Notice) -> None:
        """Say of practice that it is none, across the roll, at both ends."""
        if is_marked(notice):
            self.lines(WATERMARK, 44, bold=True, align=0.5)

    def heading(self, block: Block) -> None:
        """A heading, with a line above it."""
        self.y += 6
        self.rule()
        self.lines(block.text, 26, bold=True)

    def text(self, block: Block) -> None:
        """A paragraph; also what a block of an unknown kind holds, because nothing may be lost in print."""
        self.lines(block.text, 24)
        for row in block.rows:
            self.lines("  ".join(row), 24)
        self.y += 6

    def table(self, block: Block) -> None:
        """Rows of two are a name and its value; of wider ones each cell has a line, named by the first row."""
        wide = max((len(row) for row in block.rows), default=0) > 2
        top = block.rows[0] if wide and len(block.rows) > 1 else ()
        for row in block.rows[1:] if top else block.rows:
            cells = [f"{name}：{cell}" for name, cell in zip(top, row, strict=False)] if top else ["：".join(row)]
            for cell in cells:
                self.lines(cell, 24)
            if wide:
                self.rule(dashed=True)
        self.y += 6

    def signature(self, block: Block) -> None:
        """Who signs, and his strokes as he drew them, or room for them."""
        self.lines(block.text, 24)
        points = [point for stroke in block.strokes for point in stroke]
        if points:
            self._strokes(block.strokes, points)
        self.y += _SIGNATURE
        self.rule(dashed=True)

    def code(self, text: str, told: str) -> None:
        """A code as large as the roll takes, with what it is for below it."""
        rows = [list(row) for row in qr_code(text).matrix]
        step = max(min(self.inner, _CODE) // (len(rows) + 2 * _QUIET), 1)
        left, top = (self.width - step * len(rows)) // 2, self.y + _QUIET * step
        self.drawing.append(lambda pen: _modules(pen, rows, left, top, step))
        self.y = top + step * (len(rows) + _QUIET)
        self.lines(words.say("zh_CN")(told), 20)

    def lines(self, text: str, size: int, *, bold: bool = False, align: float = 0.0) -> None:
        """Lay a text, broken into lines; `align` is 0 for left, 0.5 for the middle, 1 for right."""
        font, height = _font(size, bold=bold), round(size * _LEAD)
        for line in wrap(drawn(text), font.getlength, self.inner):
            left = MARGIN + (self.inner - font.getlength(line)) * align
            self.drawing.append(_writing(line, (round(left), self.y), font))
            self.y += height

    def fitted(self, text: str, size: int, least: int, *, bold: bool = False) -> None:
        """Lay a text in the middle, smaller where one line takes it then: no sign stands alone below its title."""
        sizes = range(size, least - 1, -2)
        fits = (one for one in sizes if _font(one, bold=bold).getlength(drawn(text)) <= self.inner)
        self.lines(text, next(fits, size), bold=bold, align=0.5)

    def rule(self, *, dashed: bool = False) -> None:
        """Draw a line across the roll."""
        y, ends = self.y + 4, (MARGIN, self.width - MARGIN - 1)
        step, length, thick = (12, 5, 1) if dashed else (self.width, ends[1] - ends[0], 2)
        for x in range(*ends, step):
            self.drawing.append(_stroke([(x, y), (x + length, y)], thick))
        self.y += 10

    def _strokes(self, strokes: Sequence[Sequence[tuple[int, int]]], points: Sequence[tuple[int, int]]) -> None:
        left, top = min(x for x, _y in points), max(y for _x, y in points)
        wide, tall = max(x for x, _y in points) - left or 1, top - min(y for _x, y in points) or 1
        scale = min(self.inner * 0.8 / wide, (_SIGNATURE - 8) / tall)
        start = self.y + 4
        for stroke in strokes:
            # The pad counts from below, the roll from above; a dot is a stroke of one point.
            drawn_ = [(MARGIN + (x - left) * scale, start + (top - y) * scale) for x, y in stroke]
            self.drawing.append(_stroke(drawn_ if len(drawn_) > 1 else [*drawn_, (drawn_[0][0] + 3, drawn_[0][1])]))


_LAYERS: dict[str, Callable[[_Roll, Block], None]] = {
    "heading": _Roll.heading,
    "text": _Roll.text,
    "table": _Roll.table,
    "signature": _Roll.signature,
}


def _writing(line: str, at: tuple[int, int], font: Any) -> Callable[[Any], None]:
    return lambda pen: pen.text(at, line, font=font, fill=0)


def _stroke(points: list[tuple[float, float]], thick: int = 3) -> Callable[[Any], None]:
    return lambda pen: pen.line(points, fill=0, width=thick, joint="curve")


def _modules(pen: Any, rows: Sequence[Sequence[int]], left: int, top: int, step: int) -> None:
    for x, y in _dark(rows):
        pen.rectangle((left + x * step, top + y * step, left + (x + 1) * step - 1, top + (y + 1) * step - 1), fill=0)


def _dark(rows: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    yield from ((x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell)


def _png(made: Image.Image) -> bytes:
    buffer = BytesIO()
    made.convert("L").save(buffer, "PNG")
    return buffer.getvalue()


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(BOLD if bold else REGULAR), size)
