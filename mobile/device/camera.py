"""Photos. Desktop form: a file that was picked, or a folder into which a camera or phone puts them."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from mobile.refusals import Refusal

_ENDINGS = (".jpg", ".jpeg", ".png")


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
