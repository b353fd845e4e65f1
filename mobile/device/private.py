"""Files that nobody else on this device may read: 0600 in folders 0700.

On Windows there are no such bits: what lies in the user's own `AppData` is readable by that user, by administrators and
by the system, because files inherit that folder's list; the functions here change nothing there.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
MASK = 0o077
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def by_default() -> None:
    """Let whatever this process writes from now on, SQLite's and Kivy's files too, be readable by nobody else."""
    os.umask(MASK)


def make_folder(path: Path) -> Path:
    """Make a folder, with those above it that lack, and return it; all that are made are 0700, whatever the mask."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)
    return path


def touch(path: Path) -> None:
    """Make an empty file, 0600, where there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE))


def tighten(folder: Path, names: Iterable[str]) -> None:
    """Take the rights of others from these entries of a folder, which an older version wrote, and from all in them.

    What lies beside them is not touched, because it need not be ours. An entry that is closed already is not walked.
    """
    for top in (folder / name for name in names):
        for path in _open_ones(top):
            with contextlib.suppress(OSError):
                path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)


def _open_ones(top: Path) -> Iterator[Path]:
    """Yield what others may read; a folder after what is in it, so that a walk that was cut off is made again."""
    if os.name == "nt" or top.is_symlink() or not top.exists() or not top.stat().st_mode & _OTHERS:
        return
    if top.is_dir():
        yield from (one for one in top.rglob("*") if not one.is_symlink() and one.stat().st_mode & _OTHERS)
    yield top
