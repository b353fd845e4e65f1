"""The outbox as one file that only the office can open: for days without a network, and for a tablet that is wiped.

Sealed parts and photo files stand in it as the store keeps them, encrypted, so that no PIN is needed to make it and no
photo is held in memory; the columns' key goes along, sealed for the office (see `checklists.records.export_file`).
"""

from __future__ import annotations

import base64
import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from checklists.records.export_file import SUFFIX, Header, Member, plain, write
from checklists.wire import instant
from checklists.zone import in_law_zone
from mobile.device.disk import put_whole
from mobile.lock.trustee import Entrusted
from mobile.refusals import Refusal
from mobile.store.base import many, one
from mobile.store.deliveries import HELD_BY_OFFICE
from mobile.store.models import EntryRow, Inspection, PhotoRow, SealedRow
from mobile.store.photo_files import photo_path
from mobile.store.store import Store

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Contents:
    """What goes into a file: sealed parts by digest, photo files, checks without a seal, and (check, photo file)."""

    records: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    unfinished_photos: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.records or self.photos or self.unfinished)


def outbox(store: Store, *, unfinished: bool = False) -> Contents:
    """Return what the office does not hold; with the checks that were never sealed only where the tablet is wiped.

    A photo whose file is gone is left out, as it is when sending.
    """
    unsent = SealedRow.select(SealedRow.digest).where(SealedRow.state.not_in(HELD_BY_OFFICE))
    records = many(store, unsent.order_by(SealedRow.priority, SealedRow.device_seq))
    wanted = many(store, PhotoRow.select().where(PhotoRow.state.in_(("wanted", "refused"))).order_by(PhotoRow.size))
    found = Contents(tuple(row.digest for row in records), tuple(row.sha256 for row in wanted if _here(store, row)))
    return _with_unfinished(store, found) if unfinished else found


def _with_unfinished(store: Store, found: Contents) -> Contents:
    begun = EntryRow.select(EntryRow.inspection).distinct()
    open_ones = Inspection.select(Inspection.id).where(Inspection.state != "sealed", Inspection.id.in_(begun))
    ids = tuple(row.id for row in many(store, open_ones))
    local = many(store, PhotoRow.select().where(PhotoRow.inspection.in_(ids), PhotoRow.state == "local"))
    files = tuple((row.inspection, row.sha256) for row in local if _here(store, row))
    return Contents(found.records, found.photos, ids, files)


def save(store: Store, office: Entrusted, contents: Contents, folder: Path, now: datetime) -> Path:
    """Write a file with these contents into the folder, durable and whole or not at all, and return its path.

    Raises Refusal `folder_missing`, `volume_full`, `volume_unwritable`.
    """
    if not folder.is_dir():
        raise Refusal("folder_missing", str(folder))
    path = _free(folder, f"lujian-{office.prefix or office.device[:8]}-{in_law_zone(now):%Y%m%d-%H%M%S}")
    _write(path, lambda file: write(file, header(office, contents, now), members(store, contents)))
    return path


def copy(path: Path, folder: Path) -> Path:
    """Copy a file that was made before into the folder, durable and whole or not at all, and return the copy."""
    target = _free(folder, path.stem)
    with path.open("rb") as source:
        _write(target, lambda file: shutil.copyfileobj(source, file, 1024 * 1024))
    return target


def header(office: Entrusted, contents: Contents, now: datetime) -> Header:
    """Return the header of a file with these contents."""
    return Header(
        device=office.device,
        prefix=office.prefix,
        sealing_key=office.sealing_key,
        wrapped=office.wrapped,
        made_at=instant(now),
        records=len(contents.records),
        photos=len(contents.photos),
        unfinished=len(contents.unfinished) + len(contents.unfinished_photos),
    )


def members(store: Store, contents: Contents) -> Iterator[Member]:
    """Yield what goes into the file, the records first; each photo file is open only while it is copied."""
    for digest in contents.records:
        yield plain(f"records/{digest}.json", _record(store, digest))
    for inspection in contents.unfinished:
        yield plain(f"unfinished/{inspection}.json", _entries(store, inspection))
    yield from _files(store, [(sha256, f"photos/{sha256}") for sha256 in contents.photos])
    named = [(sha256, f"unfinished/{inspection}/{sha256}") for inspection, sha256 in contents.unfinished_photos]
    yield from _files(store, named)


def _write(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    with writable(path.parent):
        put_whole(path, fill)


@contextlib.contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Turn a volume that is full, write-protected or gone into a Refusal."""
    try:
        yield
    except OSError as problem:
        code = "volume_full" if problem.errno in _FULL else "volume_unwritable"
        raise Refusal(code, f"{folder}: {problem.strerror}") from problem


def _record(store: Store, digest: str) -> dict[str, Any]:
    row = one(store, SealedRow.select().where(SealedRow.digest == digest))
    if row is None:
        raise KeyError(digest)
    told = {"digest": digest, "signature": row.signature, "device_seq": row.device_seq}
    return {**told, "body": base64.b64encode(row.body).decode()}


def _entries(store: Store, inspection: str) -> dict[str, Any]:
    held = one(store, Inspection.select().where(Inspection.id == inspection))
    rows = many(store, EntryRow.select().where(EntryRow.inspection == inspection).order_by(EntryRow.seq))
    entries = [
        {"id": row.id, "seq": row.seq, "device": row.device, "body": base64.b64encode(row.body).decode()}
        for row in rows
    ]
    told = {"inspection": inspection, "state": held.state if held else "", "opened_at": held.opened_at if held else ""}
    return {**told, "entries": entries}


def _files(store: Store, named: list[tuple[str, str]]) -> Iterator[Member]:
    for sha256, name in named:
        with photo_path(store, sha256).open("rb") as file:
            yield Member(name, os.fstat(file.fileno()).st_size, file)


def _here(store: Store, row: PhotoRow) -> bool:
    return photo_path(store, str(row.sha256)).is_file()


def _free(folder: Path, name: str) -> Path:
    path, number = folder / (name + SUFFIX), 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{SUFFIX}"
    return path
