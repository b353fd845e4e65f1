"""Photo files on disk: a partial file grows by appending, a whole one is named by its SHA-256 and never changes.

The offset of an upload is the size of its file; there is no second place to disagree with after a crash. Bytes are
made durable once, when the last one is in: own write, fsync and rename.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from pathlib import Path
from typing import BinaryIO

from checklists.wire import uuid7

_BLOCK = 256 * 1024


class PhotoFiles:
    """The folder of the photos. Short locks only: a dead connection holds nothing that its successor needs."""

    def __init__(self, folder: Path) -> None:
        self._whole, self._parts = folder / "whole", folder / "parts"
        self._parts.mkdir(parents=True, exist_ok=True)
        self._whole.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._owners: dict[str, object] = {}

    def path(self, sha256: str) -> Path:
        """Return where the whole photo lies, or will."""
        return self._whole / sha256[:2] / sha256

    def begin(self, sha256: str) -> int:
        """Start an upload where there is none; return how many bytes are here."""
        with self._lock:
            if not self.path(sha256).exists():
                (self._parts / sha256).touch()
        return self.size(sha256) or 0

    def size(self, sha256: str) -> int | None:
        """Return how many bytes are here, or None where no upload was begun."""
        for path in (self.path(sha256), self._parts / sha256):
            with contextlib.suppress(FileNotFoundError):
                return path.stat().st_size
        return None

    def take_over(self, sha256: str) -> object:
        """Return the right to append from now on; whoever had it before loses it."""
        with self._lock:
            owner = self._owners[sha256] = object()
            return owner

    def give_back(self, sha256: str, owner: object) -> None:
        """Forget a right that is no longer used."""
        with self._lock:
            if self._owners.get(sha256) is owner:
                del self._owners[sha256]

    def append(self, sha256: str, owner: object, offset: int, content: bytes) -> bool:
        """Append where the file ends at this offset and the owner still has the right; else False, nothing written."""
        path = self._parts / sha256
        with self._lock:
            if self._owners.get(sha256) is not owner or not path.exists() or path.stat().st_size != offset:
                return False
            with path.open("ab", buffering=0) as file:
                _write(file, content, offset)
            return True

    def cut_back(self, sha256: str, owner: object, size: int) -> None:
        """Drop what was appended beyond a size, because its checksum was wrong."""
        with self._lock:
            if self._owners.get(sha256) is owner:
                os.truncate(self._parts / sha256, size)

    def drop(self, sha256: str) -> None:
        """Forget an upload that is not whole."""
        with self._lock:
            self._owners.pop(sha256, None)
            (self._parts / sha256).unlink(missing_ok=True)

    def put(self, sha256: str, content: bytes) -> None:
        """Make a whole photo durable at once; it must have that SHA-256 and be an image. One that is here stays."""
        with self._lock:
            if not self.path(sha256).exists():
                self.write(self.path(sha256), content)
                (self._parts / sha256).unlink(missing_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all, and durably."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{uuid7()}")
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            for folder in (path.parent, path.parent.parent):
                _sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)

    def finish(self, sha256: str, type_: str) -> str:
        """Make a full upload durable under its name. Returns nothing, or why it is dropped: a refusal's code."""
        whole, part = self.path(sha256), self._parts / sha256
        with self._lock:
            if whole.exists():
                part.unlink(missing_ok=True)
                return ""
            if not part.exists():
                return "checksum_mismatch"  # another request found that first
            with part.open("rb") as file:
                fault = _fault(file, sha256, type_)
                if not fault:
                    os.fsync(file.fileno())
            if fault:
                part.unlink()
                return fault
            _rename(part, whole)
            return ""


def _write(file: BinaryIO, content: bytes, offset: int) -> None:
    """Write all of it or, where the disk is full, leave the file as it was."""
    try:
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
    except OSError:
        file.truncate(offset)
        raise


def _fault(file: BinaryIO, sha256: str, type_: str) -> str:
    start = file.read(_BLOCK)
    found = hashlib.sha256(start)
    while block := file.read(_BLOCK):
        found.update(block)
    if found.hexdigest() != sha256:
        return "checksum_mismatch"
    return "" if is_image(start, type_) else "not_an_image"


def is_image(start: bytes, type_: str) -> bool:
    """Whether content that starts so is an image of that type: its marks decide, not its name.

    The end is not looked at: phones append to their JPEGs, and a cut photo has another digest anyway.
    """
    return start.startswith(_MARKS.get(type_, b"\0none"))


_MARKS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}
TYPES = tuple(_MARKS)


def _rename(part: Path, whole: Path) -> None:
    """Move the file and make the names durable, also that of a folder which is new."""
    new_folder = not whole.parent.exists()
    whole.parent.mkdir(exist_ok=True)
    part.rename(whole)
    for folder in (whole.parent, *((whole.parent.parent,) if new_folder else ())):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open a folder and writes names through
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
