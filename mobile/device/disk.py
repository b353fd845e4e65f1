"""Files that are there whole or not at all, also after the power went."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from mobile.device import private
from mobile.refusals import Refusal

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NEW = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EIO)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Refusal `disk_full` or `disk_unwritable`."""
    with room(path):
        private.make_folder(path.parent)
        put_whole(path, lambda file: file.write(content))


def put_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write beside, fsync and rename, so that a reader sees the old bytes or the new; OSError where that fails.

    Nobody but this user may read it: see `mobile.device.private`.
    """
    beside = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(beside, _NEW, private.FILE), "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def room(path: Path) -> Iterator[None]:
    """Turn what keeps a file from being written there into Refusal `disk_full` or `disk_unwritable`."""
    try:
        yield
    except (OSError, shutil.Error) as problem:
        # `shutil` gathers the errors of many files as text; what is left of them is the words of the system.
        full = getattr(problem, "errno", None) in _FULL or os.strerror(errno.ENOSPC) in str(problem)
        if full:
            raise Refusal("disk_full", str(path)) from problem
        if getattr(problem, "errno", None) in _UNWRITABLE:
            raise Refusal("disk_unwritable", f"{path}: {problem}") from problem
        raise


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows has no handle for a folder; there the rename itself is journalled."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
