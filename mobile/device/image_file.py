"""Pictures as they come from a camera: only JPEG and PNG are ever decoded, and none beyond what a tablet can hold.

Pillow knows some forty formats, each with a decoder in C; whoever can lay a file into the camera's folder would choose
the weakest. Pillow is imported when the first picture comes.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from mobile.refusals import Refusal

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG")
TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
"""By Pillow's name. MPO is a JPEG with more pictures behind it, as many phones write it: its bytes stay as they are."""

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Of a picture that has to be decoded whole: a PNG, or a progressive JPEG."""
MOST_JPEG_PIXELS = 160_000_000
"""Of a JPEG that is decoded at a fraction of its size."""

_OTHERS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF / RAW",
    b"MM\x00*": "TIFF / RAW",
    b"\xff\x0a": "JPEG XL",
    b"\x00\x00\x00\x0cJXL ": "JPEG XL",
}
_BRANDS = {"HEIC": (b"hei", b"hev", b"mif1", b"msf1"), "AVIF": (b"avif", b"avis"), "RAW": (b"crx",)}

_EXIF, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011
"""Exif's own directory, DateTimeOriginal and OffsetTimeOriginal (CIPA DC-008)."""
_ZONE = re.compile(r"[+-]\d\d:\d\d")


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """Give a picture whose head was read and whose size is bearable; whatever fails while it is decoded is a Refusal.

    Raises Refusal `not_an_image`, `picture_kind` (kind) for a picture of a kind that is not taken, `image_too_large`.
    """
    from PIL import Image

    if len(content) > MOST_BYTES:
        raise Refusal("image_too_large", most_bytes=MOST_BYTES)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_size(image)
            yield image
    except Image.DecompressionBombError as problem:
        raise Refusal("image_too_large", most_pixels=MOST_JPEG_PIXELS) from problem
    except (OSError, ValueError, SyntaxError) as problem:
        if kind := kind_of(content):
            raise Refusal("picture_kind", kind=kind) from problem
        raise Refusal("not_an_image", type(problem).__name__) from problem


def taken_at(content: bytes, zone: tzinfo) -> datetime | None:
    """Return when the camera says that it took a picture, to the second; None where it says nothing that can be read.

    `zone` is that of a camera which names none. Raises Refusal as `opened` does.
    """
    with opened(content) as image:
        try:
            said = image.getexif().get_ifd(_EXIF)
            at = datetime.strptime(str(said[_TAKEN]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
            offset = str(said.get(_OFFSET, "")).strip("\0 ")
            named = _ZONE.fullmatch(offset)
            told = datetime.fromisoformat(f"{at.isoformat()}{offset}") if named else at.replace(tzinfo=zone)
            return told.astimezone(UTC)
        except (KeyError, ValueError, OverflowError, TypeError, SyntaxError, OSError, struct.error):
            return None


def kind_of(content: bytes) -> str:
    """Return the name of a kind of picture that is not taken, by its first bytes; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return next((kind for kind, starts in _BRANDS.items() if content[8:12].startswith(starts)), "")
    return next((kind for start, kind in _OTHERS.items() if content.startswith(start)), "")


def _check_size(image: Image.Image) -> None:
    whole = image.format == "PNG" or bool(image.info.get("progressive"))
    most = MOST_PIXELS if whole else MOST_JPEG_PIXELS
    if image.width * image.height > most:
        raise Refusal("image_too_large", most_pixels=most)
