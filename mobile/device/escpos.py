"""A picture as the commands of a receipt printer (ESC/POS): raster bands, and what the printer says of itself. Pure.

`python-escpos` 3.1 does the same and brings eight packages that a tablet has no use for (barcodes, a second QR library,
a shell's completion). What is needed are three commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

BAND_ROWS = 96
"""So many rows go at once: 6,912 bytes at 80 mm, below the buffer of the cheapest printers."""
RESET = b"\x1b@"
FEED = b"\x1bd\x04"
"""Four lines on, to where the roll is torn off."""
ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
"""Why the printer is off line; whether there is paper. It answers with one byte, even while it prints."""

_SIGNED, _SIGNATURE = 0b10010011, 0b00010010
"""Bits of an answer that are the same in all; whatever else comes back is none."""
_PAPER_END, _COVER, _PAPER_STOP, _FAULT = 0b01100000, 0b00000100, 0b00100000, 0b01000000


def bands(picture: Image.Image) -> Iterator[bytes]:
    """Yield the raster commands (GS v 0) of a picture of mode `1`, band by band; its width is made whole bytes."""
    dots = picture.convert("1")
    for top in range(0, dots.height, BAND_ROWS):
        band = dots.crop((0, top, dots.width, min(top + BAND_ROWS, dots.height)))
        across = -(-band.width // 8)
        # A printer's dot is black where Pillow's is white; what fills the last byte stays white.
        content = bytes(~one & 0xFF for one in _padded(band).tobytes())
        yield b"\x1dv0\x00" + across.to_bytes(2, "little") + band.height.to_bytes(2, "little") + content


def trouble(asked: bytes, answer: int | None) -> str:
    """Return what an answer tells: `paper`, `cover`, `fault`, or nothing (also where the printer does not tell)."""
    if answer is None or answer & _SIGNED != _SIGNATURE:
        return ""
    if asked == ASK_PAPER:
        return "paper" if answer & _PAPER_END else ""
    told = {"cover": _COVER, "paper": _PAPER_STOP, "fault": _FAULT}
    return next((what for what, bit in told.items() if answer & bit), "")


def _padded(band: Image.Image) -> Image.Image:
    """Return a band whose last byte of a row ends in white."""
    from PIL import Image

    across = -(-band.width // 8) * 8
    if across == band.width:
        return band
    made = Image.new("1", (across, band.height), 1)
    made.paste(band)
    return made
