"""Which photo a device may bring, within which bounds, and how it becomes evidence with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from checklists.crypto import sign_mapping
from checklists.wire import canonical
from server import clock
from server.office import Office
from server.refusals import Refused
from server.store import devices, hub_outbox, photos, photos_due, usage
from server.store.models import Photo, PhotoWanted
from server.store.photo_files import Upload

_SOON = {"Retry-After": "60"}


@dataclass(frozen=True)
class Named:
    """A photo as the records that count for its sender name it; more than one length only where they differ.

    `counts_for` is the device whose day it counts for: the sender, or where a hub brings it, who sealed its record.
    """

    upload: Upload
    lengths: frozenset[int]
    types: frozenset[str]
    records: tuple[str, ...]
    counts_for: str

    @property
    def longest(self) -> int:
        """The most bytes that it may have."""
        return max(self.lengths)


async def named(office: Office, upload: Upload) -> Named:
    """Return what a device may upload. Raises Refused photo_unknown where no record here names it.

    Where the rows of photos are due that may be mentions of it, they are made first.
    """
    while isinstance(found := await office.store.read(_named, upload), list):
        await office.store.write(partial(photos_due.make, found))
    return found


def _named(upload: Upload) -> Named | list[int]:
    """Return what a device may upload, or the records whose rows are to be made before that is known."""
    if due := photos_due.in_the_way(upload.sha256, upload.device):
        return due
    found = of_mentions(upload, photos.wanted(upload.sha256, upload.device))
    sender = devices.by_id(upload.device)
    by_hub = sender is not None and sender.kind == devices.HUB
    return replace(found, counts_for=photos.sealer(found.records[0])) if by_hub else found


def of_mentions(upload: Upload, wanted: Sequence[PhotoWanted]) -> Named:
    """Return a photo as these mentions name it. Raises Refused photo_unknown where there are none."""
    if not wanted:
        raise Refused("photo_unknown")
    return Named(
        upload,
        frozenset(int(one.bytes) for one in wanted),
        frozenset(str(one.type) for one in wanted),
        tuple(dict.fromkeys(str(one.record) for one in wanted)),
        upload.device,
    )


async def check_bounds(office: Office, photo: Named, length: int) -> None:
    """Refuse what would fill the office.

    Raises Refused storage_full, too_many_uploads, day_full, record_photos_full.
    """
    files = office.photo_files
    begun = await files.run(_begun, office, photo, length)
    await office.store.read(_check_counts, office, photo, begun + length)


def _begun(office: Office, photo: Named, length: int) -> int:
    """Return the bytes of the device's other unfinished uploads."""
    files = office.photo_files
    files.check_room(length)
    count, size = files.begun(photo.upload.device)
    if files.changed(photo.upload) is not None:
        return size - (files.size(photo.upload) or 0)
    if count >= office.config.uploads_per_device:
        raise Refused("too_many_uploads", f"at most {office.config.uploads_per_device}", _SOON)
    return size


def _check_counts(office: Office, photo: Named, more_bytes: int) -> None:
    config = office.config
    most = (config.photos_per_day, config.photo_bytes_per_day)
    usage.check(usage.today(photo.counts_for), "photos", more_bytes, most=most)
    for record in photo.records:
        count, size = photos.of_record_here(record)
        if count < config.photos_per_record and size < config.photo_bytes_per_record:
            return
    raise Refused("record_photos_full")


async def held(office: Office, photo: Named) -> Photo | None:
    """Return the photo if it is here whole; one whose last step a crash cut off gets it now."""
    files, upload = office.photo_files, photo.upload
    here = await office.store.read(photos.held, upload.sha256)
    if here is None and (files.path(upload.sha256).exists() or files.size(upload) in photo.lengths):
        return await finish(office, photo)
    return here


async def finish(office: Office, photo: Named) -> Photo | None:
    """Check and keep a photo whose last byte is in; None where a longer length is named too, and this was not the end.

    Raises Refused checksum_mismatch, not_an_image: then it starts again. Raises Refused photos_away: no byte is lost.
    """
    files, upload = office.photo_files, photo.upload
    longer = max((one for one in photo.lengths if one > (files.size(upload) or 0)), default=None)
    fault = await files.run(partial(files.finish, upload, photo.types, keep_wrong=longer is not None))
    if fault and longer is not None:
        return None
    if fault:
        raise Refused(fault)
    told = await files.run(files.describe, upload.sha256)
    kept = await office.store.write(partial(keep_photo, office, upload.sha256, photo.counts_for, told))
    await files.run(files.settle, upload.sha256)
    return kept


def keep_photo(office: Office, sha256: str, device: str, told: tuple[int, str]) -> Photo:
    """Note in a writing job that a photo's bytes are durable, and return it with its receipt, the first one given.

    `told` are length and type of the content, whatever any record says of them. A hub gives no receipt: it passes on.
    """
    length, type_ = told
    at = clock.now()
    if office.hub is not None:
        hub_outbox.hold_photo(sha256)
        return photos.keep(sha256=sha256, bytes_=length, type_=type_, received_at=at, receipt="", device=device)
    body = {"sha256": sha256, "bytes": length, "received_at": at, "server_key": office.key.public}
    receipt = canonical(sign_mapping(office.key, body)).decode()
    return photos.keep(sha256=sha256, bytes_=length, type_=type_, received_at=at, receipt=receipt, device=device)
