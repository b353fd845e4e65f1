"""The printer on the belt: every row arrives once, and whatever it does is told, whether it answers or not."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mobile.device import belt_printer, escpos
from mobile.refusals import Refusal
from tests.mobile.belt import COVER_OPEN, PAPER_OUT, READY, Printer, printed


@pytest.fixture
def printer(request: pytest.FixtureRequest) -> Iterator[Callable[..., Printer]]:
    made: list[Printer] = []

    def make(*answers: int, **how: int) -> Printer:
        made.append(Printer(*answers, **how))
        return made[-1]

    yield make
    for one in made:
        one.end()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belt_printer, "ANSWER_S", 0.1)


def picture(width: int = 384, height: int = 1000) -> Image.Image:
    """Lines that differ in every row, with every byte that a line could spoil."""
    made = Image.new("1", (width, height), 1)
    pen = ImageDraw.Draw(made)
    for y in range(height):
        pen.line((y % width, y, (y * 7) % width, y), fill=0)
    return made


def same(one: Image.Image, other: Image.Image) -> bool:
    return (one.size, one.tobytes()) == (other.size, other.tobytes())


def refused(address: str, drawn: Image.Image | None = None) -> str:
    with pytest.raises(Refusal) as told:
        belt_printer.send(address, drawn or picture())
    return told.value.code


@pytest.mark.parametrize("width", [384, 576])
def test_what_is_sent_in_bands_is_the_picture_row_for_row(printer: Callable[..., Printer], width: int) -> None:
    held = printer(READY, READY, READY, READY)
    belt_printer.send(held.address, picture(width))
    assert same(printed(held.got), picture(width))
    assert max(map(len, escpos.bands(picture(576)))) < 8192


def test_a_width_of_no_whole_bytes_ends_in_white() -> None:
    made = printed(b"".join(escpos.bands(Image.new("1", (13, 3), 0))))
    assert made.size == (16, 3) and [made.getpixel((x, 1)) for x in range(16)] == [0] * 13 + [255] * 3


def test_a_printer_that_never_answers_prints_all_the_same(printer: Callable[..., Printer]) -> None:
    held = printer()
    belt_printer.send(held.address, picture())
    assert same(printed(held.got), picture())


@pytest.mark.parametrize(
    ("answers", "code", "begun"),
    [
        ((COVER_OPEN,), "belt_printer_cover", False),
        ((READY, PAPER_OUT), "belt_printer_paper", False),
        ((READY, READY, READY, PAPER_OUT), "belt_printer_paper", True),
        ((READY, READY, 0x52), "belt_printer_fault", True),
    ],
)
def test_what_the_printer_tells_is_told(
    printer: Callable[..., Printer], answers: tuple[int, ...], code: str, begun: bool
) -> None:
    held = printer(*answers)
    assert refused(held.address) == code
    assert (b"\x1dv0" in held.got) is begun


def test_what_is_no_answer_tells_nothing() -> None:
    assert escpos.trouble(escpos.ASK_PAPER, 0xFF) == "" == escpos.trouble(escpos.ASK_OFFLINE, None)


def test_a_printer_that_goes_away_in_the_middle_is_told_and_prints_again(printer: Callable[..., Printer]) -> None:
    held = printer(takes=20_000)
    assert refused(held.address, picture(576, 60_000)) == "belt_printer_broke_off"
    held.takes, held.got = None, b""
    belt_printer.send(held.address, picture())
    assert same(printed(held.got), picture())


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert refused(f"127.0.0.1:{port}") == "belt_printer_silent"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("8.8.8.8", "belt_printer_far"),
        ("printer.example.org", "belt_printer_address"),
        ("192.168.1.5:99999", "belt_printer_address"),
        ("", "belt_printer_address"),
        ("00:11:22:33:44:55", "belt_printer_address"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_before_anything_is_sent(address: str, code: str) -> None:
    assert refused(address) == code


def test_what_may_be_an_address_is_kept() -> None:
    for one in ("192.168.1.5", "10.0.0.7:9100", "/dev/usb/lp0", "COM5", "00:11:22:aa:bb:cc", "roll.prn"):
        belt_printer.check(one)


def test_a_file_takes_what_would_be_printed(tmp_path: Path) -> None:
    belt_printer.send(str(tmp_path / "roll.prn"), picture())
    belt_printer.send(str(tmp_path / "roll.prn"), picture(576))
    assert same(printed((tmp_path / "roll.prn").read_bytes()), picture(576))


def test_no_other_file_is_ever_written(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"kept")
    assert refused(str(tmp_path / "store.db")) == "belt_printer_address"
    assert (tmp_path / "store.db").read_bytes() == b"kept"
    assert refused(str(tmp_path / "missing")) == "belt_printer_silent"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no character devices here")
def test_a_device_gets_every_byte_as_it_is() -> None:
    theirs, ours = os.openpty()
    got = bytearray()

    def read() -> None:
        while not got.endswith(escpos.FEED):
            got.extend(os.read(theirs, 4096))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    belt_printer.send(os.ttyname(ours), picture())
    reader.join()
    os.close(ours)
    os.close(theirs)
    assert same(printed(bytes(got)), picture())


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no character devices here")
def test_a_device_that_takes_nothing_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belt_printer, "PATIENCE_S", 0.2)
    theirs, ours = os.openpty()
    assert refused(os.ttyname(ours), picture(576, 9000)) == "belt_printer_broke_off"
    os.close(ours)
    os.close(theirs)
