"""A file that a tablet made for the office alone: read member by member, with the same receipts as over the link.

What is damaged costs itself and nothing else; the same file again gives the same receipts. What can be read and does
not fit its shape is receipted, too, and laid aside (`server.gate.member_shape`).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from checklists.crypto import SealError, sign_mapping
from checklists.records import export_file
from checklists.records.export_file import HandoverError, Header
from checklists.wire import digest
from server import clock
from server.gate import delay, ingest, member_shape
from server.gate.ingest import Rejected
from server.intake import unsealed
from server.intake.photos import keep_photo, of_mentions
from server.intake.records import receipted
from server.office import Office
from server.refusals import Refused
from server.store import devices, photos, photos_due, records, usage
from server.store.models import Device, Photo, PhotoWanted
from server.store.photo_files import Upload, type_of
from server.store.records import Taken
from server.store.usage import Used

MOST_MEMBERS = 5000
"""Of one request; a tablet's piece has some hundreds. A file on a stick may have more."""


_OFFICE_CANNOT = ("storage_full", "photos_away")
"""The whole file is to come again, later."""


@dataclass
class Imported:
    """What a file held: an answer per record and per photo as over the link, and what is not readable."""

    header: Header
    records: list[dict[str, Any]] = field(default_factory=list)
    photos: list[dict[str, Any]] = field(default_factory=list)
    unfinished: list[dict[str, Any]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many members were written and were not found, not even damaged."""
        written = self.header.records + self.header.photos + self.header.unfinished
        counted = [one for one in self.unfinished if str(one["member"]).startswith("unfinished/")]
        told = (self.records, self.photos, counted, self.unreadable, self.refused)
        return max(0, written - sum(len(one) for one in told))

    def answer(self, office: Office) -> dict[str, Any]:
        """Return what the tablet reads back, signed as a whole; it drops only what a receipt names."""
        told = {"format": export_file.FORMAT, "device": self.header.device, "at": clock.now()}
        lists = {"records": self.records, "photos": self.photos, "unfinished": self.unfinished}
        rest = {"unreadable": self.unreadable, "refused": self.refused, "missing": self.missing}
        return sign_mapping(office.key, {**told, **lists, **rest, "server_key": office.key.public})


def take(office: Office, file: BinaryIO, brought_by: str = "") -> Imported:
    """Take everything that can be read; each record and photo is durable before it is answered.

    `brought_by` is the device that sends it, whose bounds count; empty: an operator imports it. Raises Refused
    handover_unreadable, handover_foreign where nothing of it can be opened, too_many_members, storage_full,
    photos_away.
    """
    if brought_by and sum(1 for _ in export_file.names(file)) > MOST_MEMBERS:
        raise Refused("too_many_members", f"at most {MOST_MEMBERS}")
    try:
        header = export_file.read_header(file)
        columns = export_file.unwrap(office.sealing_key, header)
    except HandoverError as problem:
        raise Refused("handover_unreadable", str(problem)) from problem
    except (SealError, ValueError) as problem:
        raise Refused("handover_foreign", str(problem)) from problem
    done = Imported(header)
    device = office.store.write_now(lambda: devices.by_id(header.device))
    for name, content in export_file.read(file):
        try:
            if content is None:
                raise SealError("the file ends here")
            device = device or office.store.read_now(devices.by_id, header.device)
            _take_one(office, _Source(header.device, device, columns, brought_by), done, name, content)
        except Refused as refused:
            if refused.code in _OFFICE_CANNOT:
                raise
            done.refused.append({"member": name, "code": refused.code})
        except (SealError, ValueError, KeyError, TypeError, RecursionError):
            # Damage, or a name that leads elsewhere: nothing of it was taken.
            done.unreadable.append(name)
    return done


@dataclass(frozen=True)
class _Source:
    named: str
    device: Device | None
    columns: bytes
    brought_by: str

    def aside(self) -> unsealed.Aside:
        """Return in whose name something is laid aside. Raises Refused device_unknown."""
        if self.device is None:
            raise Refused("device_unknown")
        return unsealed.Aside(str(self.device.id), self.columns, self.brought_by)


def _take_one(office: Office, source: _Source, done: Imported, name: str, content: bytes) -> None:
    kind, _slash, rest = name.partition("/")
    if kind == "records":
        done.records.append(_record(office, source, json.loads(content)))
    elif kind == "photos":
        done.photos.append(_photo(office, source, rest, export_file.reveal(source.columns, content, "photo", rest)))
    else:
        done.unfinished.append(unsealed.lay_aside(office, source.aside(), name, content))


def _record(office: Office, source: _Source, told: dict[str, Any]) -> dict[str, Any]:
    """Take one sealed part as `POST /v1/records` does, signed by the device whose file this is."""
    claimed, hidden = str(told["digest"]), base64.b64decode(told["body"], validate=True)
    body = export_file.reveal(source.columns, hidden, "sealed", claimed)
    sent = b'{"digest":%s,"signature":%s,"part":%s}' % (
        json.dumps(claimed).encode(),
        json.dumps(str(told["signature"])).encode(),
        body,
    )
    at, device = clock.now(), source.device or _come_back(office, source, body)
    if device is None:
        return _rejected(Rejected(claimed, "device_mismatch", "no device of this office sealed it"))
    certificate, key = json.loads(device.certificate), str(device.public_key)
    found = ingest.examine(sent, device=str(device.id), public_key=key, certificate=certificate)
    if isinstance(found, Rejected):
        return _rejected(found)
    given, late_days = receipted(office, found, at), office.config.late_days

    def job() -> Taken:
        taken = records.receive([given])[0]
        if taken.status != "duplicate":  # of the day's bounds it uses nothing: they are of what comes over the link
            usage.add(str(device.id), Used(**usage.speed([delay.seconds_of(found.head, at, late_days)])))
        return taken

    taken = office.store.write_now(job)
    answer = {"digest": taken.digest, "status": taken.status, "receipt": json.loads(taken.receipt)}
    return {**answer, "code": taken.code, "detail": ""}


def _come_back(office: Office, source: _Source, body: bytes) -> Device | None:
    """Return the device of a file that an office of a backup lacks, by the certificate in what it sealed."""
    paper = ingest.certificate_of(body)
    if not paper or paper.get("device") != source.named:
        return None
    return office.store.write_now(lambda: devices.come_back(paper))


def _rejected(one: Rejected) -> dict[str, Any]:
    return {"digest": one.digest, "status": "rejected", "receipt": None, "code": one.code, "detail": one.detail}


def _photo(office: Office, source: _Source, sha256: str, content: bytes) -> dict[str, Any]:
    """Keep a photo that a record here names; its receipt is the one that tus gives."""
    try:
        given = _receipt(office, source, sha256, content)
    except Refused as refused:
        if refused.code in _OFFICE_CANNOT:
            raise
        return {"sha256": sha256, "receipt": None, "code": refused.code, "detail": refused.detail}
    return {"sha256": sha256, "receipt": given, "code": given.get("code", ""), "detail": ""}


def _receipt(office: Office, source: _Source, sha256: str, content: bytes) -> dict[str, Any]:
    """Return the receipt of a photo that is here now; what is not as its record names it is laid aside."""
    if digest(content) != sha256:
        raise Refused("checksum_mismatch")
    config, upload = office.config, Upload(str(source.device.id) if source.device else source.brought_by, sha256)
    held, wanted = office.store.write_now(partial(_mentions, upload))
    if held is not None:
        return dict(json.loads(str(held.receipt)))
    named = of_mentions(upload, wanted)
    if len(content) > config.photo_max_bytes:
        raise Refused("photo_too_large", f"at most {config.photo_max_bytes} bytes")
    fault = member_shape.picture_fault(len(content), type_of(content), named.lengths, named.types)
    if fault is not None:
        return unsealed.lay_aside_photo(office, source.aside(), _inspection(wanted), content, fault)
    if source.brought_by:
        most = {"photos": config.photos_per_day, "photo_bytes": config.photo_bytes_per_day}
        used = office.store.write_now(lambda: usage.today(source.brought_by))
        usage.check(used, "photos", len(content), most=(most["photos"], most["photo_bytes"]))
    office.photo_files.put(sha256, content)
    kept = office.store.write_now(
        partial(keep_photo, office, sha256, source.brought_by, (len(content), type_of(content)))
    )
    return dict(json.loads(str(kept.receipt)))


def _mentions(upload: Upload) -> tuple[Photo | None, list[PhotoWanted]]:
    """Return a photo where it is here, and who names it; in a writing job, for the rows of that may be due."""
    while due := photos_due.in_the_way(upload.sha256, upload.device):
        photos_due.make(due)
    return photos.held(upload.sha256), photos.wanted(upload.sha256, upload.device)


def _inspection(wanted: Sequence[PhotoWanted]) -> str:
    held = records.by_digest(str(wanted[0].record))
    return str(held.inspection) if held is not None else ""


def summary(done: Imported) -> Iterator[str]:
    """Yield what came of a file, in lines for a terminal; no personal data."""
    yield f"device {done.header.device} ({done.header.prefix}), made {done.header.made_at}"
    for what, rows, written in (
        ("records", done.records, done.header.records),
        ("photos", done.photos, done.header.photos),
        ("unfinished", done.unfinished, done.header.unfinished),
    ):
        held = sum(one.get("receipt", one) is not None for one in rows)
        yield f"{what}: {held} of {written} with a receipt"
    for one in (*done.records, *done.photos):
        if one["receipt"] is None:
            yield f"refused {one.get('digest') or one['sha256']}: {one['code']} {one['detail']}".rstrip()
    odd = sum(one.get("code") == "shape_wrong" for one in (*done.photos, *done.unfinished))
    if odd:
        yield f"{odd} do not fit their shape: kept aside, with a receipt, for a person"
    for refused in done.refused:
        yield f"refused {refused['member']}: {refused['code']}"
    for name in done.unreadable:
        yield f"damaged {name}"
    if done.missing:
        yield f"{done.missing} not found: the file was cut or damaged"


def receipts_path(file: Path) -> Path:
    """Return where the receipts of a file go: beside it, so that the stick carries them back."""
    return file.with_name(file.name.removesuffix(export_file.SUFFIX) + export_file.RECEIPTS_SUFFIX)
