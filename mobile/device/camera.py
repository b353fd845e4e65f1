"""Photos. Desktop form: a folder into which a camera or phone puts them; Android form: the camera app does."""

from __future__ import annotations

import time
from collections.abc import Container
from pathlib import Path

from mobile.device import on_android
from mobile.device.disk import room
from mobile.refusals import Refusal

_ENDINGS = (".jpg", ".jpeg", ".png")


def opened(folder: Path) -> bool:
    """Open this device's own camera, whose picture then arrives in the folder; False where it has none of its own.

    Raises Refusal `camera_missing` on Android without a camera app, or `disk_full`.
    """
    if not on_android.here():
        return False
    with room(folder):
        folder.mkdir(parents=True, exist_ok=True)
    on_android.take_picture(folder / f"IMG_{time.time_ns() // 1_000_000}.jpg", lambda: None)
    return True


def picked(path: Path) -> bytes:
    """Return the bytes of a picture that was picked. Raises Refusal `file_unreadable`."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refusal("file_unreadable", str(path)) from problem


def arrived(folder: Path, seen: Container[Path] = ()) -> tuple[Path, ...]:
    """Return the pictures in the camera's folder that were not seen before, the oldest first.

    Raises Refusal `camera_folder_missing`.
    """
    try:
        files = [one for one in folder.iterdir() if one.suffix.lower() in _ENDINGS and one not in seen]
        return tuple(sorted(files, key=lambda one: (one.stat().st_mtime_ns, one.name)))
    except OSError as problem:
        raise Refusal("camera_folder_missing", str(folder)) from problem
