"""Giving a file away. Desktop form: a copy in a folder, such as a USB stick; Android form: the system's chooser."""

from __future__ import annotations

from pathlib import Path

from mobile.device import on_android
from mobile.device.disk import write_durably
from mobile.refusals import Refusal


def offered(path: Path) -> bool:
    """Offer a file to other apps; False where there is no chooser and a folder must be named.

    Raises Refusal `file_unreadable`, or `viewer_missing` where no app takes it.
    """
    if not on_android.here():
        return False
    if not path.is_file():
        raise Refusal("file_unreadable", str(path))
    on_android.send(path)
    return True


def share(path: Path, folder: Path) -> Path:
    """Copy a file into a folder, durably, and return the copy; a file of that name with other bytes is kept.

    Raises Refusal `folder_missing`, `file_unreadable` or `disk_full`.
    """
    if not folder.is_dir():
        raise Refusal("folder_missing", str(folder))
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise Refusal("file_unreadable", str(path)) from problem
    copy = _free(folder, path, content)
    write_durably(copy, content)
    return copy


def _free(folder: Path, path: Path, content: bytes) -> Path:
    copy, number = folder / path.name, 1
    while copy.exists() and copy.read_bytes() != content:
        number += 1
        copy = folder / f"{path.stem}-{number}{path.suffix}"
    return copy
