"""QR codes from a picture. Desktop form: zxing-cpp; a tablet without it says so."""

from __future__ import annotations

import io
from pathlib import Path

from mobile.refusals import Refusal

_LONGEST_PX = 2400


def read_qr(source: bytes | Path) -> tuple[str, ...]:
    """Return the texts of the QR codes in a picture (bytes or file), top to bottom.

    Raises Refusal `qr_unreadable` where there is none, `not_an_image`, `file_unreadable` or `scanner_missing`.
    """
    try:
        import zxingcpp
        from PIL import Image
    except ImportError as problem:
        raise Refusal("scanner_missing", str(problem)) from problem
    try:
        with Image.open(io.BytesIO(_content(source))) as image:
            image.draft("L", (_LONGEST_PX, _LONGEST_PX))
            grey = image.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Refusal("not_an_image", str(problem)) from problem
    # One format alone: 9 ms instead of 144 ms for all of them.
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    texts = [one.text for one in sorted(found, key=lambda one: one.position.top_left.y) if one.text]
    if not texts:
        raise Refusal("qr_unreadable")
    return tuple(texts)


def _content(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as problem:
        raise Refusal("file_unreadable", str(source)) from problem
