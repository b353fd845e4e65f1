"""What a hub holds, on a stick to its office: one file for each tablet, such as that tablet's own export file.

So the office takes it as it takes any export, and what it answers is read by the hub and by the tablet alike.
"""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from checklists.crypto import columns_key, encrypt, place, verify_mapping
from checklists.records import export_file
from checklists.records.export_file import Header, Member
from checklists.records.record import receipt_holds
from checklists.wire import canonical
from server import clock
from server.hub.retries import for_good
from server.hub.uplink import photo_receipt_holds
from server.office import Office
from server.store import bodies, hub_outbox
from server.store.hub_identity import Joined
from server.store.hub_outbox import PASSED, REFUSED, Said
from server.store.models import Device, Record

_MOST_BYTES = 64 * 1024 * 1024


class StickError(ValueError):
    """A file of receipts that cannot be used."""


def write(office: Office, joined: Joined, folder: Path) -> list[Path]:
    """Write what waits into files that the office alone can open, and return them; none where nothing waits."""
    made = []
    for device in office.store.read_now(hub_outbox.devices_waiting):
        records, photos = office.store.read_now(hub_outbox.of_device, str(device.id))
        stamp = clock.now()[:19].replace("-", "").replace(":", "")
        path = folder / f"lujian-{joined.label}-{device.prefix}-{stamp}{export_file.SUFFIX}"
        _write(office, joined, device, records, photos, path)
        made.append(path)
    return made


def _write(office: Office, joined: Joined, device: Device, records: list[str], photos: list[str], path: Path) -> None:
    """Write the file of one tablet, durably and whole or not at all."""
    secret, name = os.urandom(32), str(device.id)
    sealing_key = str(joined.sealing["sealing_key"])
    wrapped, counts = export_file.wrap(sealing_key, secret, name), {"records": len(records), "photos": len(photos)}
    head = Header(name, str(device.prefix), sealing_key, wrapped, clock.now(), **counts)
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        export_file.write(file, head, _members(office, columns_key(secret), records, photos))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _members(office: Office, columns: bytes, records: Iterable[str], photos: Iterable[str]) -> Iterator[Member]:
    """Yield records, then photos, each read when it is written."""
    for digest in records:
        record: Record = office.store.read_now(Record.get, Record.digest == digest)
        hidden = encrypt(columns, office.store.read_now(bodies.of, record), place("sealed", digest))
        told = {"digest": digest, "signature": str(record.signature), "device_seq": int(record.device_seq)}
        yield export_file.plain(f"records/{digest}.json", {**told, "body": base64.b64encode(hidden).decode()})
    for sha256 in photos:
        hidden = encrypt(columns, office.photo_files.read(sha256), place("photo", sha256))
        yield Member(f"photos/{sha256}", len(hidden), io.BytesIO(hidden))


def read(office: Office, joined: Joined, path: Path) -> tuple[int, int, int]:
    """Take the office's answer to such a file; return the records and photos receipted, and the records refused.

    Raises StickError where it is not the office's; OSError.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise StickError(f"{path}: this is no file of receipts")
    try:
        answer = json.loads(path.read_bytes())
        if not isinstance(answer, dict) or not verify_mapping(joined.server_key, answer):
            raise StickError(f"{path}: not signed by {joined.office}")
        records = [one for row in answer["records"] if (one := _record(row, joined.server_key)) is not None]
        photos = [one for row in answer["photos"] if (one := _photo(row, joined.server_key)) is not None]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise fault if isinstance(fault, StickError) else StickError(f"{path}: cannot be read") from fault

    def job() -> None:
        hub_outbox.settle_records(records)
        for one in photos:
            hub_outbox.settle_photo(one)

    office.store.write_now(job)
    refused = sum(one.state == REFUSED for one in records)
    return len(records) - refused, len(photos), refused


def _record(row: Mapping[str, Any], server_key: str) -> Said | None:
    digest, given, code = str(row["digest"]), row["receipt"], str(row.get("code") or "")
    if given is not None:
        conflict = code if row.get("status") == "conflict" else ""
        holds = receipt_holds(given, digest_=digest, server_key=server_key)
        return Said(digest, PASSED, canonical(given).decode(), conflict) if holds else None
    return Said(digest, REFUSED, code=code) if for_good(code) else None


def _photo(row: Mapping[str, Any], server_key: str) -> Said | None:
    sha256, given = str(row["sha256"]), row["receipt"]
    if given is None or not photo_receipt_holds(given, sha256, server_key):
        return None
    return Said(sha256, PASSED, canonical(given).decode())
