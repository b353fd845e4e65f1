"""Photo files on disk: a partial file grows by appending, a whole one is named by its SHA-256 and never changes.

The offset of an upload is the size of its file; there is no second place to disagree with after a crash. Bytes are
made durable once, when the last one is in: own write, fsync and rename. An upload belongs to the device that sends it,
so nobody goes on with, or gives up, what another has begun.

With a bucket (`server.store.photo_bucket`) the folder is where photos become whole: one that is goes into the bucket
too and, once its row names it, leaves the disk. Reading takes what lies on the disk, else what the bucket has, and
gives no byte of a file that has not the digest of its name.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar, cast

from checklists.wire import uuid7
from server import metrics
from server.folders import private_folder
from server.limits import retry_after
from server.refusals import Refused
from server.store.photo_bucket import Bucket

_log = logging.getLogger(__name__)

T = TypeVar("T")

_BLOCK = 256 * 1024
_THREADS = 4
_DAY = 24 * 3600
_FULL_SECONDS, _AWAY_SECONDS = 600, 60
_IN_MEMORY = 4 * 1024 * 1024
"""Of a photo that comes from a bucket; a larger one lies in a nameless file while it is read."""


class Upload(NamedTuple):
    """One device's way of bringing one photo. Both names are ours or were checked: they become file names."""

    device: str
    sha256: str


class PhotoFiles:
    """The folder of the photos. Short locks only: a dead connection holds nothing that its successor needs.

    `bucket` is where whole photos are kept besides, with `closing` no new ones. `reserve` bytes of the disk are left
    free, for records: what would take of them is refused as `storage_full`.
    """

    def __init__(self, folder: Path, reserve: int = 0, bucket: Bucket | None = None, *, closing: bool = False) -> None:
        self._whole, self._parts = folder / "whole", folder / "parts"
        for one in (folder, self._parts, self._whole):
            private_folder(one)
        self.reserve, self.bucket, self.closing = reserve, bucket, closing
        self._in_bucket: set[str] = set()
        self.free: Callable[[], int] = lambda: shutil.disk_usage(folder).free
        self._lock = threading.Lock()
        self._owners: dict[Upload, object] = {}
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="photos")

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """Run work on files in a thread of their own, so that slow disks hold up photos alone."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=True)

    def path(self, sha256: str) -> Path:
        """Return where the whole photo lies on the disk, or will; of one that a bucket has alone nothing is there."""
        return self._whole / sha256[:2] / sha256

    def check_room(self, count: int = 0) -> None:
        """Raise Refused storage_full where so many bytes more would take of what is kept for records.

        Raises Refused photos_away where the folder of the photos is not there, such as a disk that was not mounted.
        """
        try:
            free = self.free()
        except OSError as problem:
            raise Refused("photos_away", "their folder is not there", retry_after(_AWAY_SECONDS)) from problem
        if free < self.reserve + count:
            told = "what is left is kept for records"
            raise Refused("storage_full", told, retry_after(_FULL_SECONDS))

    def begin(self, upload: Upload) -> int:
        """Start an upload where there is none; return how many bytes are here."""
        with self._lock:
            if not self.path(upload.sha256).exists():
                private_folder(self._parts / upload.device)
                os.close(os.open(self._part(upload), os.O_WRONLY | os.O_CREAT, 0o600))
        return self.size(upload) or 0

    def size(self, upload: Upload) -> int | None:
        """Return how many bytes are here, or None where no upload was begun."""
        for path in (self.path(upload.sha256), self._part(upload)):
            with contextlib.suppress(FileNotFoundError):
                return path.stat().st_size
        return None

    def begun(self, device: str) -> tuple[int, int]:
        """Return how many uploads a device has begun and not finished, and their bytes."""
        sizes = [size for _path, size, _at in _files(self._parts / device)]
        return len(sizes), sum(sizes)

    def changed(self, upload: Upload) -> float | None:
        """Return when the last byte of an unfinished upload came (seconds since 1970), or None where there is none."""
        with contextlib.suppress(FileNotFoundError):
            return self._part(upload).stat().st_mtime
        return None

    def take_over(self, upload: Upload) -> object:
        """Return the right to append from now on; an earlier request of the same device loses it."""
        with self._lock:
            owner = self._owners[upload] = object()
            return owner

    def give_back(self, upload: Upload, owner: object) -> None:
        """Forget a right that is no longer used."""
        with self._lock:
            if self._owners.get(upload) is owner:
                del self._owners[upload]

    def append(self, upload: Upload, owner: object, offset: int, content: bytes) -> bool:
        """Append where the file ends at this offset and the owner still has the right; else False, nothing written.

        Raises Refused storage_full.
        """
        path = self._part(upload)
        self.check_room(len(content))
        with self._lock:
            if self._owners.get(upload) is not owner or not path.exists() or path.stat().st_size != offset:
                return False
            with path.open("ab", buffering=0) as file:
                _write(file, content, offset)
            return True

    def cut_back(self, upload: Upload, owner: object, size: int) -> None:
        """Drop what was appended beyond a size, because its checksum was wrong."""
        with self._lock:
            if self._owners.get(upload) is owner:
                os.truncate(self._part(upload), size)

    def drop(self, upload: Upload) -> None:
        """Forget an upload that is not whole."""
        with self._lock:
            self._owners.pop(upload, None)
            self._part(upload).unlink(missing_ok=True)

    def folders(self) -> list[Path]:
        """Return the folders in which whole photos lie on the disk, in order."""
        return sorted(_folders(self._whole))

    def let_go(self, sha256: str) -> None:
        """Remove a whole photo that another office has: a hub keeps nothing for longer than it must."""
        self.path(sha256).unlink(missing_ok=True)

    def put(self, sha256: str, content: bytes) -> None:
        """Make a whole file durable at once, where it is kept; it must have that SHA-256. One that is here stays.

        Raises Refused storage_full, photos_away.
        """
        if not self.path(sha256).exists():
            self.write(self.path(sha256), content)
        self._into_bucket(sha256)
        self.settle(sha256)

    def settle(self, sha256: str) -> None:
        """Let the disk go of a photo that this process has seen in the bucket, now that a row names it."""
        with self._lock:
            if sha256 in self._in_bucket:
                self._in_bucket.remove(sha256)
                self.path(sha256).unlink(missing_ok=True)

    @contextlib.contextmanager
    def opened(self, sha256: str) -> Iterator[BinaryIO]:
        """Give a whole file at its first byte, from wherever it lies; its bytes were proven by their digest.

        Raises Refused photo_damaged, also where it lies nowhere; photos_away.
        """
        with self._found(sha256) as file:
            if _digest(file) != sha256:
                _log.error("a file is not what its name says", extra={"reason": sha256})
                metrics.damaged()
                raise Refused("photo_damaged", "its bytes are not those of its name")
            file.seek(0)
            yield file

    def read(self, sha256: str) -> bytes:
        """Return the proven bytes of a whole file. Raises Refused photo_damaged, photos_away."""
        with self.opened(sha256) as file:
            return file.read()

    def _found(self, sha256: str) -> BinaryIO:
        """Return the file from disk or bucket; twice, because one that is being moved goes from one to the other."""
        for _look in range(2):
            with contextlib.suppress(FileNotFoundError):
                return self.path(sha256).open("rb")
            with contextlib.suppress(FileNotFoundError):
                if self.bucket is not None:
                    return self._fetched(self.bucket, sha256)
        _log.error("a file is missing", extra={"reason": sha256})
        metrics.damaged()
        raise Refused("photo_damaged", "it is not here")

    def _fetched(self, bucket: Bucket, sha256: str) -> BinaryIO:
        file = cast(BinaryIO, tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self._parts)))  # noqa: SIM115
        try:
            for block in bucket.blocks(sha256):
                file.write(block)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _into_bucket(self, sha256: str) -> None:
        """Put a photo that is whole on the disk into the bucket; where other bytes have its name, the disk keeps it.

        Raises Refused photos_away.
        """
        if self.bucket is None or self.closing:
            return
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError:  # another request of the same photo has brought it to its end
            return
        if self.bucket.create(sha256, content):
            self._in_bucket.add(sha256)
        else:
            _log.error("the bucket has other bytes under this name; the disk keeps the right ones")
            metrics.damaged()

    def write(self, path: Path, content: bytes) -> None:
        """Write a file whole or not at all, and durably. Raises Refused storage_full."""
        self.check_room(len(content))
        for folder in (path.parent.parent, path.parent):
            private_folder(folder)
        part = path.with_name(f"{path.name}.{uuid7()}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            for folder in (path.parent, path.parent.parent):
                _sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)

    def describe(self, sha256: str) -> tuple[int, str]:
        """Return how many bytes a whole photo has, and of which type its content is.

        Raises Refused not_an_image: a document that the office keeps has that digest.
        """
        with self._found(sha256) as file:
            type_ = type_of(file.read(64))
            if not type_:
                raise Refused("not_an_image")
            return file.seek(0, os.SEEK_END), type_

    def finish(self, upload: Upload, types: Collection[str], *, keep_wrong: bool = False) -> str:
        """Make a full upload durable under its name, where photos are kept.

        Returns nothing, or why it is dropped (with `keep_wrong`: why it is not yet whole): a refusal's code. Raises
        Refused photos_away: then it is whole on the disk, and the next call goes on from there.
        """
        fault = self._finish_on_disk(upload, types, keep_wrong=keep_wrong)
        if not fault:
            self._into_bucket(upload.sha256)
        return fault

    def _finish_on_disk(self, upload: Upload, types: Collection[str], *, keep_wrong: bool) -> str:
        whole, part = self.path(upload.sha256), self._part(upload)
        if whole.exists():
            part.unlink(missing_ok=True)
            return ""
        try:
            file = part.open("rb")
        except FileNotFoundError:
            return "" if whole.exists() else "checksum_mismatch"  # another request found that first
        with file:
            fault = _fault(file, upload.sha256, types)
            if not fault:
                os.fsync(file.fileno())
            with self._lock:
                if not _is_still(file, part):
                    return "" if whole.exists() else "checksum_mismatch"
                file.close()
                if fault and keep_wrong:
                    return fault
                if fault or whole.exists():
                    part.unlink()
                else:
                    _rename(part, whole)
                return fault

    def tidy(self, older_seconds: float, now: float | None = None) -> int:
        """Remove uploads that nobody went on with for so long, and what a crash left half written; return how many."""
        at = time.time() if now is None else now
        removed = 0
        for path, _size, changed in self._abandoned():
            upload = Upload(path.parent.name, path.name)
            with self._lock:
                if upload not in self._owners and at - changed > older_seconds:
                    path.unlink(missing_ok=True)
                    removed += 1
        for path, _size, changed in (row for folder in _folders(self._whole) for row in _files(folder)):
            if path.suffix and at - changed > _DAY:
                path.unlink(missing_ok=True)
                removed += 1
        for folder in _folders(self._parts):
            with self._lock, contextlib.suppress(OSError):  # not empty
                folder.rmdir()
        return removed

    def _abandoned(self) -> Iterator[tuple[Path, int, float]]:
        yield from _files(self._parts)  # of an earlier version, which kept them without their device
        for folder in _folders(self._parts):
            yield from _files(folder)

    def _part(self, upload: Upload) -> Path:
        return self._parts / upload.device / upload.sha256


def _is_still(file: BinaryIO, path: Path) -> bool:
    """Whether the open file is what stands under that name; it may have been given up and begun anew."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(file.fileno()), there)


def _folders(path: Path) -> list[Path]:
    with contextlib.suppress(FileNotFoundError):
        return [Path(one.path) for one in os.scandir(path) if one.is_dir(follow_symlinks=False)]
    return []


def _files(path: Path) -> Iterator[tuple[Path, int, float]]:
    """Yield the files of a folder with size and time of their last change; those that go meanwhile are left out."""
    try:
        found = list(os.scandir(path))
    except FileNotFoundError:
        return
    for one in found:
        with contextlib.suppress(FileNotFoundError):
            if one.is_file(follow_symlinks=False):
                told = one.stat()
                yield Path(one.path), told.st_size, told.st_mtime


def _write(file: BinaryIO, content: bytes, offset: int) -> None:
    """Write all of it or, where the disk is full, leave the file as it was."""
    try:
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
    except OSError:
        file.truncate(offset)
        raise


def _fault(file: BinaryIO, sha256: str, types: Collection[str]) -> str:
    start = file.read(_BLOCK)
    if _digest(file, start) != sha256:
        return "checksum_mismatch"
    return "" if any(is_image(start, one) for one in types) else "not_an_image"


def _digest(file: BinaryIO, start: bytes = b"") -> str:
    """Return the SHA-256 of what was read and of what follows."""
    found = hashlib.sha256(start)
    while block := file.read(_BLOCK):
        found.update(block)
    return found.hexdigest()


def is_image(start: bytes, type_: str) -> bool:
    """Whether content that starts so is an image of that type: its marks decide, not its name.

    The end is not looked at: phones append to their JPEGs, and a cut photo has another digest anyway.
    """
    return start.startswith(_MARKS.get(type_, b"\0none"))


def type_of(start: bytes) -> str:
    """Return of which type content that starts so is; empty where it is no image."""
    return next((one for one in TYPES if is_image(start, one)), "")


_MARKS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}
TYPES = tuple(_MARKS)


def _rename(part: Path, whole: Path) -> None:
    """Move the file and make the names durable, also that of a folder which is new."""
    new_folder = not whole.parent.exists()
    private_folder(whole.parent)
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
