"""Files and folders that nobody but the server's own user may read: keys, records, photos, sessions."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

UMASK = 0o077


def private_folder(path: Path) -> None:
    """Make a folder for this user alone, where there is none."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def tighten(*paths: Path) -> None:
    """Take the rights of others from what stands there already: an earlier version, or a looser umask, made it.

    What belongs to another user, and a system without such rights, stays as it is.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            path.chmod(0o700 if path.is_dir() else 0o600)


def private_file(path: Path) -> None:
    """Make an empty file for this user alone, where there is none: what fills it keeps its rights."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
