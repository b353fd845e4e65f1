"""Photos as evidence: hashed at capture, the original kept untouched and encrypted, copies for screens and papers.

Decoding is bounded: see `mobile.device.image_file`. Pillow is imported when the first photo comes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mobile import glyphs
from mobile.device import image_file
from mobile.store import photo_files
from mobile.store.base import Store

if TYPE_CHECKING:
    from PIL import Image

WORKING_PX = 1600
THUMBNAIL_PX = 320

_BAND = (0, 0, 0, 176)


@dataclass(frozen=True)
class Stamp:
    """What is written on the working copy, in the officer's words: local time, place, officer, plate."""

    at: str
    place: str = ""
    officer: str = ""
    plate: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that have something to say."""
        return tuple(filter(None, (self.at, self.place, "  ".join(filter(None, (self.plate, self.officer))))))


def capture(store: Store, content: bytes, stamp: Stamp) -> dict[str, Any]:
    """Keep a photo's original, working copy and thumbnail, and return the value of its entry (without `item`).

    Files are durable before this returns. Raises Refusal `disk_full`, and those of `image_file.opened`.
    """
    type_, whole = _decoded(content, WORKING_PX)
    value = _keep(store, content, type_)
    value["working"] = keep_copy(store, _stamped(whole, stamp))
    whole.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    value["thumbnail"] = keep_copy(store, whole)
    return value


def stamped(content: bytes, stamp: Stamp) -> Image.Image:
    """Return the working copy of an original with this stamp. Raises those of `image_file.opened`."""
    return _stamped(_decoded(content, WORKING_PX)[1], stamp)


def small(content: bytes, longest_px: int) -> bytes:
    """Return a picture as a small JPEG that is kept nowhere. Raises those of `image_file.opened`."""
    return _jpeg(_decoded(content, longest_px)[1])


def with_copies(store: Store, value: Mapping[str, Any], picture: Image.Image) -> dict[str, Any]:
    """Return a photo's value with this picture as working copy, and its thumbnail; the original stays named.

    Files are durable before this returns. Raises Refusal `disk_full`.
    """
    small = picture.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    return {**value, "working": keep_copy(store, picture), "thumbnail": keep_copy(store, small)}


def keep_copy(store: Store, picture: Image.Image) -> dict[str, Any]:
    """Keep a copy as JPEG, durable before this returns, and return how entries name it. Raises Refusal `disk_full`."""
    return _keep(store, _jpeg(picture), "image/jpeg")


def _keep(store: Store, content: bytes, type_: str) -> dict[str, Any]:
    return {"sha256": photo_files.keep(store, content), "bytes": len(content), "type": type_}


def _decoded(content: bytes, longest_px: int) -> tuple[str, Image.Image]:
    """Return type and picture, upright and no larger than asked; all of it was read, so a torn file is noticed."""
    from PIL import ImageOps

    with image_file.opened(content) as image:
        type_ = image_file.TYPES[image.format or ""]
        # Of a JPEG no more is decoded than is needed; Pillow halves it only where neither side would be too short.
        share = longest_px / max(image.size)
        image.draft("RGB", (int(image.width * share), int(image.height * share)))
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((longest_px, longest_px))
    return type_, upright


def _stamped(picture: Image.Image, stamp: Stamp) -> Image.Image:
    """Return a copy with a dark band at the foot that carries the stamp."""
    from PIL import ImageDraw, ImageFont

    size = max(14, picture.width // 48)
    font = ImageFont.truetype(str(glyphs.REGULAR), size)
    copy = picture.copy()
    draw = ImageDraw.Draw(copy, "RGBA")
    top = copy.height - (len(stamp.lines) * size * 3 // 2 + size // 2)
    draw.rectangle((0, top, copy.width, copy.height), fill=_BAND)
    for row, line in enumerate(stamp.lines):
        draw.text((size // 2, top + size // 4 + row * size * 3 // 2), glyphs.drawn(line), font=font, fill="white")
    return copy


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()
