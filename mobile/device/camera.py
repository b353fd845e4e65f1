"""Photos. Desktop form: a folder into which a camera or phone puts them; Android form: the camera app does.

Cameras make folders in it, by the hundred or by the day (DCIM/100MSDCF): pictures are found in them all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mobile.device import on_android, private
from mobile.device.disk import room, write_durably
from mobile.refusals import Refusal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_ENDINGS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png")
_OTHER_ENDINGS = (
    *(".heic", ".heif", ".avif", ".webp", ".jxl", ".gif", ".bmp"),
    *(".tif", ".tiff", ".dng", ".cr2", ".cr3", ".nef", ".arw"),
)
"""Of pictures that are not taken: they are found, so that it can be said why."""

_SIDECARS = (".mov", ".mp4", ".thm", ".xmp")
"""What some cameras write beside a picture: its moment as a film, a thumbnail, what was set."""
_ONE_SHOT_NS = 15 * 1_000_000_000

_NO_CAMERAS = ("screenshots", "屏幕截图", "截屏")
"""Folders beside a camera's whose pictures show a screen; those that are hidden hold thumbnails."""

Seen = tuple[str, int, int]
"""A picture that was seen: its file's name, when that was written (ns since 1970), its bytes. A name used again is new.
"""


def seen(path: Path) -> Seen:
    """Return what a picture is known by. Raises OSError."""
    told = path.stat()
    return path.name, told.st_mtime_ns, told.st_size


def written(told: Seen) -> datetime:
    """Return when a picture's file was written; what a calendar does not have is its first or its last moment."""
    try:
        return _EPOCH + timedelta(microseconds=told[1] // 1000)
    except OverflowError:
        return _LAST if told[1] > 0 else _FIRST


def opened(folder: Path) -> bool:
    """Open this device's own camera, whose picture then arrives in the folder; False where it has none of its own.

    Raises Refusal `camera_missing` on Android without a camera app, or `disk_full`.
    """
    if not on_android.here():
        return False
    with room(folder):
        private.make_folder(folder)
    on_android.take_picture(folder / f"IMG_{time.time_ns() // 1_000_000}.jpg", lambda: None)
    return True


def put(folder: Path, content: bytes) -> Path:
    """Put a JPEG that this device took into the folder, as another camera would. Raises Refusal `disk_full`."""
    path = folder / f"IMG_{time.time_ns() // 1_000_000}.jpg"
    write_durably(path, content)
    return path


def picked(path: Path) -> bytes:
    """Return the bytes of a picture that was picked. Raises Refusal `file_unreadable`."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Refusal("file_unreadable", str(path)) from problem


def drop(path: Path) -> None:
    """Remove a picture of which everything was taken over. Raises Refusal `clear_copy_left`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        raise Refusal("clear_copy_left", str(path), name=path.name) from problem


def arrived(folder: Path, since: datetime = _FIRST, known: Container[Seen] = ()) -> tuple[Path, ...]:
    """Return the pictures in the camera's folder and those below it that are not `known`, the oldest first.

    None was written before `since`. One of a kind that is not taken is among them, unless the camera wrote a JPEG of
    the same name beside it. Every file is looked at each time: a camera's card does not say when a folder changed.

    Raises Refusal `camera_folder_missing`.
    """
    since_ns = (since - _EPOCH) // timedelta(microseconds=1) * 1000
    try:
        os.scandir(folder).close()
    except OSError as problem:
        raise Refusal("camera_folder_missing", str(folder)) from problem
    found = ((told, path) for told, path in _pictures(str(folder)) if told[1] >= since_ns and told not in known)
    return tuple(Path(path) for told, path in sorted(found, key=lambda one: (one[0][1], one[0][0])))


def of_one_shot(path: Path) -> tuple[Path, ...]:
    """Return what a camera wrote of the same shot beside a picture: as RAW or HEIC, and sidecars. Raises OSError."""
    at, (stem, _ending) = path.stat().st_mtime_ns, _parts(path.name)
    beside = (one for one in path.parent.iterdir() if _parts(one.name)[0].lower() == stem.lower())
    others = (one for one in beside if _parts(one.name)[1] in _OTHER_ENDINGS + _SIDECARS and one.is_file())
    return tuple(one for one in others if abs(one.stat().st_mtime_ns - at) <= _ONE_SHOT_NS)


def _pictures(folder: str) -> Iterator[tuple[Seen, str]]:
    """Yield every picture and its path; a folder that cannot be read has none, what goes away meanwhile is none."""
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    with suppress(OSError), os.scandir(folder) as there:
        for one in there:
            (folders if one.is_dir(follow_symlinks=False) else files).append(one)
    stems = {stem for stem, ending in (_parts(one.name) for one in files) if ending in _ENDINGS}
    for one in files:
        with suppress(OSError):
            if _is_picture(one.name, stems) and one.is_file():
                told = one.stat()
                yield (one.name, told.st_mtime_ns, told.st_size), one.path
    for one in folders:
        if not one.name.startswith(".") and one.name.lower() not in _NO_CAMERAS:
            yield from _pictures(one.path)


def _is_picture(name: str, stems: Container[str]) -> bool:
    stem, ending = _parts(name)
    return ending in _ENDINGS or (ending in _OTHER_ENDINGS and stem not in stems)


def _parts(name: str) -> tuple[str, str]:
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - a folder holds tens of thousands
    return stem, ending.lower()
