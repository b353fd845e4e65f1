"""Whole photos moved between disk and bucket while the server runs: copied, read back, and then let go of.

Each photo is a step of its own: it is in both places before it leaves one, so that whoever reads finds it, and a run
that was killed is taken up by the next one. Nothing is held of more than one photo.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from server.store.photo_bucket import Bucket
from server.store.photo_files import PhotoFiles

MOVED, DAMAGED, FRESH = "moved", "damaged", "fresh"
"""Moved; not what its name says, here or there, and left where it lies; whole only just now, for the next run."""

SETTLED_SECONDS = 60.0
"""A photo that became whole later than so long ago may be in a request's hands."""
_NAME = re.compile(r"[0-9a-f]{64}")


class Step(NamedTuple):
    """What became of one photo."""

    sha256: str
    bytes: int
    state: str


def into_bucket(
    files: PhotoFiles, bucket: Bucket, *, keep: bool = False, settled: float = SETTLED_SECONDS
) -> Iterator[Step]:
    """Move what lies on the disk into the bucket, each as it is asked for; with `keep` the disk keeps it too.

    Raises Refused photos_away.
    """
    before = time.time() - settled
    for path in _whole(files):
        with contextlib.suppress(FileNotFoundError):  # the server has let go of it
            fresh, content = path.stat().st_ctime > before, path.read_bytes()
            state = FRESH if fresh else _kept_there(bucket, path.name, content)
            if state == MOVED and not keep:
                path.unlink()
            yield Step(path.name, len(content), state)


def onto_disk(files: PhotoFiles, bucket: Bucket, *, keep: bool = False) -> Iterator[Step]:
    """Move what the bucket has onto the disk, each as it is asked for; with `keep` the bucket keeps it too.

    Raises Refused photos_away, storage_full.
    """
    for name in bucket.names():
        with contextlib.suppress(FileNotFoundError):  # another run has moved it
            content = b"".join(bucket.blocks(name))
            state = _kept_here(files, name, content)
            if state == MOVED and not keep:
                bucket.drop(name)
            yield Step(name, len(content), state)


def _kept_there(bucket: Bucket, name: str, content: bytes) -> str:
    return MOVED if _is(content, name) and bucket.create(name, content) and bucket.holds(name) else DAMAGED


def _kept_here(files: PhotoFiles, name: str, content: bytes) -> str:
    path = files.path(name)
    if _is(content, name) and not path.exists():
        files.write(path, content)
    return MOVED if path.exists() and _is(path.read_bytes(), name) and _is(content, name) else DAMAGED


def _whole(files: PhotoFiles) -> Iterator[Path]:
    for folder in files.folders():
        for path in sorted(folder.iterdir()):
            if _NAME.fullmatch(path.name):
                yield path


def _is(content: bytes, sha256: str) -> bool:
    return hashlib.sha256(content).hexdigest() == sha256
