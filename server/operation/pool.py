"""Files that never change and are named by what they hold, kept once for all backups: by hard link, else by a copy."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from server.folders import private_folder

_BLOCK = 1024 * 1024


HALF = re.compile(r"\.(part|[0-9a-f]{8}-[0-9a-f-]{27})$")
"""How a file ends that is still being written, or that a crash left."""


DIGEST = re.compile("[0-9a-f]{64}")
"""The name of a photo."""


def files(folder: Path) -> Iterator[Path]:
    """Yield every whole file below a folder."""
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.is_symlink():
            continue
        if one.is_dir():
            yield from files(one)
        elif not HALF.search(one.name):
            yield one


def bring(source: Path, target: Path) -> list[str]:
    """Bring what lacks in `target`; what is there already stays. Return what was not brought, because it is damaged."""
    damaged = []
    for one in files(source):
        place = target / one.relative_to(source)
        if not place.exists():
            with contextlib.suppress(FileNotFoundError):  # a hub let go of it meanwhile
                if not _bring(one, place):
                    damaged.append(str(one))
    return damaged


def lacking_bytes(source: Path, target: Path) -> int:
    """Return how many bytes `bring` would write, were each of them a copy."""
    return sum(one.stat().st_size for one in files(source) if not (target / one.relative_to(source)).exists())


def _bring(source: Path, place: Path) -> bool:
    """Link or copy a file; False where a copy is not what its name says."""
    _private_way(place.parent)
    try:
        os.link(source, place)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or a system without links
        if copy(source, place) != source.name and DIGEST.fullmatch(source.name):
            place.unlink()
            return False
    return True


def _private_way(folder: Path) -> None:
    if not folder.exists():
        _private_way(folder.parent)
        private_folder(folder)


def copy(source: Path, place: Path) -> str:
    """Copy a file whole or not at all, durably and for nobody else; return its SHA-256."""
    part = place.with_name(f"{place.name}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            source.open("rb") as given,
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as taken,
        ):
            shutil.copyfileobj(given, taken, _BLOCK)
            taken.flush()
            os.fsync(taken.fileno())
        found = sha256(part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return found


def sha256(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
