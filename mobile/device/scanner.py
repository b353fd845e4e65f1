"""QR codes from a picture. Desktop form: zxing-cpp; Android form: pyzbar; a tablet without either says so.

Of each code come the bytes, which are the evidence, and which part of several it is. zxing-cpp knows the parts and
does not tell them in Python; they are read from the symbol itself (`qr_parts`). zbar joins the parts of one picture.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checklists.facts.waybill_codes import Code
from mobile.device import image_file
from mobile.device.qr_parts import code_of
from mobile.refusals import Refusal

_LONGEST_PX = 2400


def read_qr(source: bytes | Path) -> tuple[str, ...]:
    """Return the texts of the QR codes in a picture (bytes or file), top to bottom.

    Raises Refusal `qr_unreadable` where there is none, those of `image_file`, `file_unreadable` or `scanner_missing`.
    """
    return tuple(one.text for one in read_codes(source))


def read_codes(source: bytes | Path) -> tuple[Code, ...]:
    """Return the QR codes in a picture (bytes or file), top to bottom. Raises Refusal as `read_qr` does."""
    find = _finder()
    with image_file.opened(_content(source)) as image:
        image.draft("L", (_LONGEST_PX, _LONGEST_PX))
        grey = image.convert("L")
    codes = [code for _top, code in sorted(find(grey), key=lambda found: found[0]) if code.text or code.data]
    if not codes:
        raise Refusal("qr_unreadable")
    return tuple(codes)


def sees_code(width: int, height: int, grey: bytes) -> bool:
    """Whether a QR code stands in a frame: rows from the top, a byte a pixel. Raises Refusal `scanner_missing`."""
    from PIL import Image

    return bool(_finder()(Image.frombytes("L", (width, height), grey)))


def _finder() -> Callable[[Any], list[tuple[float, Code]]]:
    """Return what finds codes in a grey picture: their upper edges in pixels, and the codes."""
    with contextlib.suppress(ImportError):
        import zxingcpp

        # One format alone: 9 ms instead of 144 ms for all of them.
        only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
        return lambda grey: [
            (one.position.top_left.y, code_of(one)) for one in zxingcpp.read_barcodes(grey, formats=only)
        ]
    try:
        from pyzbar.pyzbar import ZBarSymbol, decode
    except ImportError as problem:
        raise Refusal("scanner_missing", str(problem)) from problem
    return lambda grey: [
        (one.rect.top, Code(one.data.decode("utf-8", "replace"), one.data))
        for one in decode(grey, symbols=[ZBarSymbol.QRCODE])
    ]


def _content(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as problem:
        raise Refusal("file_unreadable", str(source)) from problem
