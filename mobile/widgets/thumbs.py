"""Thumbnails as textures: decoded no larger than they are shown, held by the widget alone and gone with it.

Kivy's own image cache would keep every picture of the day; a check may have sixty.
"""

import io
from typing import Any
from weakref import WeakSet

from kivy.graphics.texture import Texture

_live: Any = WeakSet()


def texture(content: bytes, side: int) -> Any:
    """Return a JPEG as a texture that covers a square of that side in pixels, or None where there is no picture."""
    from PIL import Image, ImageOps

    if not content:
        return None
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        image.draft("RGB", (side, side))
        small = ImageOps.fit(image.convert("RGB"), (side, side))
    made = Texture.create(size=small.size, colorfmt="rgb")
    made.blit_buffer(small.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
    made.flip_vertical()
    _live.add(made)
    return made


def live() -> int:
    """Return how many thumbnails are in memory now."""
    return len(_live)
