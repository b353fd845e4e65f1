"""A paper on a roll of 58 or 80 mm: all its words, nothing cut, its code readable, as a printer would print it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from checklists.papers.paper import Block, Notice
from mobile.device import belt_printer
from mobile.device.escpos import bands
from mobile.device.scanner import read_qr
from mobile.glyphs import BOLD, REGULAR
from mobile.sealing import seal
from mobile.sealing.paper import Paper
from mobile.sealing.practice_marks import WATERMARK, marked
from mobile.sealing.strip import MARGIN, WIDTHS, strip
from tests.mobile.belt import Printer, printed
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.field import opened

EDGE = MARGIN // 2
"""A letter may stand a dot or two over the margin; what is cut stands at the edge itself."""
STROKES = (((0, 0), (30, 40), (60, 0)),)
NOTICE = Notice("责令改正违法行为通知书", "D01-O000001", "示例旗交通运输综合行政执法大队", (Block("text", "一"),))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Paper, ...]:
    store = opened(tmp_path_factory.mktemp("strip"))
    seal.seal(store, kept(store, signed()), DEVICE, enrolment(), NOW)
    return seal.papers(store, "inspection-1")[1]


def roll(notice: Notice, code: str, width: int) -> Image.Image:
    """What comes out of the printer."""
    return printed(b"".join(bands(strip(notice, code, width))))


def black(picture: Image.Image) -> numpy.ndarray:
    return 255 - numpy.asarray(picture.convert("L"))


def shows(picture: Image.Image, text: str, size: int, font: Path) -> int:
    """How often a text stands somewhere on the roll, dot for dot."""
    face = ImageFont.truetype(str(font), size)
    left, top, right, bottom = map(int, face.getbbox(text))
    sample = Image.new("1", (right - left, bottom - top), 1)
    pen = ImageDraw.Draw(sample)
    pen.fontmode = "1"
    pen.text((-left, -top), text, font=face, fill=0)
    found = cv2.matchTemplate(black(picture), black(sample), cv2.TM_CCOEFF_NORMED)
    return int((found > 0.97).sum())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_papers_of_the_story_are_whole_on_the_roll(papers: tuple[Paper, ...], width: int) -> None:
    assert {one.kind for one in papers} >= {"record", "order", "handover"}
    for paper in papers:
        made = roll(paper.notice, paper.proof, width)
        assert made.width == WIDTHS[width]
        ink = black(made)
        assert not ink[:, :EDGE].any() and not ink[:, -EDGE:].any(), "something is cut at an edge"
        assert shows(made, paper.number, 24, BOLD) == 1
        (code,) = read_qr(_png(made))
        assert code == paper.proof


@pytest.mark.parametrize("width", WIDTHS)
def test_plate_and_number_can_be_read(papers: tuple[Paper, ...], width: int) -> None:
    record = papers[0]
    made = roll(record.notice, record.proof, width)
    assert shows(made, "蒙K12345", 24, REGULAR) >= 1 and shows(made, "蒙K99999", 24, REGULAR) == 0
    assert shows(made, f"{record.number} 全文完", 20, REGULAR) == 1


def test_the_narrow_roll_is_laid_anew_and_longer_with_letters_of_the_same_size(papers: tuple[Paper, ...]) -> None:
    narrow, wide = (strip(papers[0].notice, "", width) for width in (58, 80))
    assert narrow.height > wide.height
    assert shows(narrow, papers[0].notice.title, 34, BOLD) == shows(wide, papers[0].notice.title, 34, BOLD) == 1


def test_a_title_that_is_a_little_too_wide_is_set_smaller_and_stays_in_one_line() -> None:
    assert shows(strip(NOTICE, "", 58), NOTICE.title, 32, BOLD) == 1
    assert shows(strip(NOTICE, "", 80), NOTICE.title, 34, BOLD) == 1


def test_a_word_without_a_place_to_break_falls_apart_and_a_table_says_what_each_cell_is() -> None:
    table = Block("table", rows=(("序号", "证明内容", "摘要"), ("1", "灭火器", "a" * 64)), widths=(1, 5, 3))
    made = strip(replace(NOTICE, blocks=(Block("text", "甲" * 40 + "X" * 60), table)), "", 58)
    ink = black(made)
    assert not ink[:, -EDGE:].any()
    assert shows(made, "证明内容：灭火器", 24, REGULAR) == 1 and shows(made, "序号：1", 24, REGULAR) == 1


def test_a_signature_is_drawn_as_it_was_and_a_missing_one_keeps_its_room() -> None:
    drawn, empty = (
        strip(replace(NOTICE, blocks=(Block("signature", "驾驶人：张建国", strokes=one),)), "", 58)
        for one in (STROKES, ())
    )
    assert drawn.size == empty.size and black(drawn).sum() > black(empty).sum()
    ys, xs = numpy.nonzero(black(drawn) != black(empty))
    assert ys[xs.argmin()] > ys.min(), "the tip of the stroke is above its ends"


def test_practice_says_so_at_both_ends() -> None:
    assert shows(strip(marked(NOTICE), "", 80), WATERMARK, 44, BOLD) == 2
    assert shows(strip(NOTICE, "", 80), WATERMARK, 44, BOLD) == 0


def test_a_sealed_paper_goes_from_the_store_to_the_roll(papers: tuple[Paper, ...], tmp_path: Path) -> None:
    store = opened(tmp_path)
    seal.seal(store, kept(store, signed()), DEVICE, enrolment(), NOW)
    (number, *_rest) = [one.number for one in seal.papers(store, "inspection-1")[1]]
    printer = Printer(0x12, 0x12, 0x12, 0x12)
    belt_printer.send(printer.address, seal.make_strip(store, "inspection-1", number, 58))
    printer.end()
    (code,) = read_qr(_png(printed(printer.got)))
    assert code == seal.papers(store, "inspection-1")[1][0].proof


def _png(picture: Image.Image) -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    picture.convert("L").save(buffer, "PNG")
    return buffer.getvalue()
