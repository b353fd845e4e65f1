"""Plates from a picture, as suggestions: by PP-OCRv4, whose models a package ships (the optional extra `plates`).

Nothing is fetched while it runs. The models take some hundred megabytes: they are loaded when the first picture comes
and let go by `forget`. Nothing is read on Android.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from importlib.util import find_spec
from typing import Any, Protocol

from mobile.device import image_file, on_android
from mobile.device.plate_lines import Line, ReadPlate, plates_in
from mobile.refusals import Refusal

_PACKAGE = "rapidocr_onnxruntime"
_ENOUGH_PX = (1600, 1200)
"""A JPEG is decoded no larger than it takes to keep these; the models look at 2000 pixels at most."""


class PlateReader(Protocol):
    """Reads plates; a call takes a second or so and belongs off the screen's thread."""

    def read(self, picture: bytes) -> tuple[ReadPlate, ...]:
        """Return the plates in a JPEG or PNG, the widest first; none where none was read whole.

        Raises Refusal `plate_reader_missing` where it cannot be loaded, and those of `image_file`.
        """

    def forget(self) -> None:
        """Let go of the models, once what is being read was read."""


def reader() -> PlateReader | None:
    """Return what reads plates on this device; None where the package is not installed, and on Android."""
    return None if on_android.here() or find_spec(_PACKAGE) is None else RapidOcr()


class RapidOcr:
    """The models of rapidocr-onnxruntime, held from the first picture until they are forgotten."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._model: Any = None
        self._forgotten = 0

    def read(self, picture: bytes) -> tuple[ReadPlate, ...]:
        """As `PlateReader.read`."""
        forgotten = self._forgotten
        try:
            with self._busy:
                return plates_in(self._lines(picture))
        finally:
            if forgotten != self._forgotten:
                with self._busy:
                    self._let_go()

    def forget(self) -> None:
        """As `PlateReader.forget`; who is reading lets go himself."""
        self._forgotten += 1
        if self._busy.acquire(blocking=False):
            self._let_go()
            self._busy.release()

    def _lines(self, picture: bytes) -> list[Line]:
        pixels = _pixels(picture)
        self._model = self._model or _loaded()
        # Called one way only: what is given in a call stays with the object for every call that follows.
        found, _times = self._model(pixels)
        return [_line(box, text) for box, text, _sure in found or ()]

    def _let_go(self) -> None:
        if self._model is not None:
            self._model = None
            _give_back()


def _loaded() -> Any:
    """Load the models. A core stays free for the screen."""
    try:
        from rapidocr_onnxruntime import RapidOCR

        return RapidOCR(intra_op_num_threads=max(1, (os.cpu_count() or 1) - 1))
    except (ImportError, OSError) as problem:
        raise Refusal("plate_reader_missing", str(problem)) from problem


def _pixels(picture: bytes) -> Any:
    """Return the picture upright as rows of blue, green and red, as the models want it."""
    import numpy
    from PIL import ImageOps

    with image_file.opened(picture) as image:
        image.draft("RGB", _ENOUGH_PX)
        return numpy.asarray(ImageOps.exif_transpose(image).convert("RGB"))[:, :, ::-1]


def _line(box: Any, text: str) -> Line:
    across, down = [float(x) for x, _y in box], [float(y) for _x, y in box]
    return Line(text, min(across), min(down), max(across), max(down))


def _give_back() -> None:
    """Give what was let go back to the system; glibc keeps it otherwise."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
