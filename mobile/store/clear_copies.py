"""The clear copies of pictures: a camera writes in clear, and once the vault holds a picture its file goes.

What was taken in is noted with its path and digest as soon as its bytes are durable in the vault. The file goes when an
entry names the picture, or at once where its code was all that was wanted; only a file with the very bytes that were
taken in is ever removed, so others' pictures in the same folder stay, and so does one that was written over since; and
with it what the camera wrote of the same shot beside it (RAW, HEIC, a film of the moment), which shows the same. On
flash storage removing is not erasing: the blocks are the device encryption's to guard.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from checklists.wire import digest
from mobile.device import camera
from mobile.store import photo_files
from mobile.store.base import Store, keep_setting, one, setting, transaction
from mobile.store.models import PhotoRow

_NOTED, _LAST = "clear_copies", "last_picture"
_OVERHEAD = 28
"""By how many bytes a file of the vault is longer than what it hides: nonce and tag."""


@dataclass(frozen=True)
class Last:
    """The last picture that was taken in, for which inspection, and when its file was written (ns since 1970)."""

    inspection: str
    sha256: str
    written_ns: int


def took(store: Store, path: Path, sha256: str, inspection: str) -> None:
    """Note that the vault holds the picture of this file; it goes once an entry names the picture."""
    _note(store, path, sha256, inspection, free=False)


def took_code(store: Store, path: Path, inspection: str = "") -> None:
    """Take in a picture whose code was read, and remove its file.

    The vault keeps it until the next picture is taken in, so that it can still become a photo of its inspection. Raises
    Refusal `disk_full`.
    """
    content = path.read_bytes()
    before = last(store)
    _note(store, path, photo_files.keep(store, content), inspection, free=True)
    if before is not None and before.sha256 != digest(content) and not in_record(store, before.sha256):
        photo_files.photo_path(store, before.sha256).unlink(missing_ok=True)
    remove(store)


def last(store: Store) -> Last | None:
    """Return the last picture that was taken in."""
    held = setting(store, _LAST)
    return None if held is None else Last(**held)


def remove(store: Store) -> tuple[Path, ...]:
    """Remove the clear copies of everything that is safe in the vault, and return those that could not be removed."""
    noted: dict[str, Any] = setting(store, _NOTED, {})
    if not noted:
        return ()
    waiting, left = {}, []
    for name, (sha256, free) in noted.items():
        if not (free or in_record(store, sha256)):
            waiting[name] = (sha256, free)
        elif not _gone(store.folder, Path(name), sha256):
            waiting[name] = (sha256, free)
            left.append(Path(name))
    if len(waiting) < len(noted):
        keep_setting(store, _NOTED, waiting)
    return tuple(left)


def remove_known(folder: Path, places: Iterable[Path]) -> tuple[Path, ...]:
    """Remove from these folders, and those below, every file that a tablet's photo files hold, without any key.

    Returns those that could not be removed.
    """
    kept = {path.name: path for path in _photo_files(folder)}
    sizes = {path.stat().st_size - _OVERHEAD for path in kept.values()}
    found = (path for place in places for path in _files(place))
    return tuple(path for path in found if not _other_or_gone(path, sizes, kept))


def _files(place: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those below; a folder that cannot be read has none."""
    for folder, _folders, names in os.walk(place):
        yield from (path for path in (Path(folder, one) for one in names) if path.is_file())


def _other_or_gone(path: Path, sizes: set[int], kept: dict[str, Path]) -> bool:
    try:
        if path.stat().st_size not in sizes or digest(path.read_bytes()) not in kept:
            return True
        _unlink(path)
    except OSError:
        # What cannot be read may be ours: it is named.
        return not path.exists()
    return True


def _note(store: Store, path: Path, sha256: str, inspection: str, *, free: bool) -> None:
    last_ = Last(inspection, sha256, path.stat().st_mtime_ns)
    with transaction(store):
        noted = setting(store, _NOTED, {})
        keep_setting(store, _NOTED, {**noted, str(path.absolute()): (sha256, free)})
        keep_setting(store, _LAST, asdict(last_))


def in_record(store: Store, sha256: str) -> bool:
    """Whether an entry on disk names this picture, in any record of this tablet."""
    return one(store, PhotoRow.select(PhotoRow.sha256).where(PhotoRow.sha256 == sha256)) is not None


def _gone(folder: Path, path: Path, sha256: str) -> bool:
    """Remove a file where it still holds what the vault holds; False where it should be gone and is not."""
    if not photo_files.path_in(folder, sha256).is_file():
        return True
    try:
        if digest(path.read_bytes()) == sha256:
            _unlink(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _unlink(path: Path) -> None:
    """Remove a picture and what the camera wrote of the same shot beside it, the picture last: by it they are known."""
    for each in (*camera.of_one_shot(path), path):
        each.unlink()


def _photo_files(folder: Path) -> Iterator[Path]:
    """Yield the encrypted photo files of a folder, also where a torn store was put aside whole."""
    yield from (path for path in folder.glob("photos/*/*") if path.is_file())
    yield from (path for path in folder.glob("kept/raw-*/photos/*/*") if path.is_file())
