"""Checks that were never sealed, handed over in the name of a device: laid aside for a person, and never replaced.

Nothing in them is signed, and whoever holds a tablet may write another's name on a file. So what comes later, with
other content, stands beside what is here, and each is listed with whom it names and who brought it. They open no case.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from checklists.crypto import sign_mapping
from checklists.records import export_file
from checklists.wire import digest
from server import clock
from server.office import Office
from server.refusals import Refused
from server.store import unsealed
from server.store.photo_files import is_image

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}
_SAFE = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True)
class Aside:
    """Whose file it says it is, the key of its columns, and who brought it (empty: an operator)."""

    device: str
    columns: bytes
    brought_by: str


def lay_aside(office: Office, aside: Aside, member: str, content: bytes) -> dict[str, Any]:
    """Keep an unsealed check or a photo of it durably, and return the receipt, which names the bytes as sent.

    Raises Refused unsealed_full, storage_full; ValueError, KeyError, TypeError or SealError for what cannot be read.
    """
    inspection, name, plain = _plain(aside.columns, member, content)
    name = _free(office, inspection, name, plain)
    told = {"device": aside.device, "inspection": inspection, "name": name}
    if not office.store.write_now(lambda: unsealed.is_here(**told)):
        _check_bounds(office, aside.brought_by, len(plain))
        office.photo_files.write(path(office, inspection, name), plain)
        row = {**told, "digest": digest(plain), "bytes": len(plain), "brought_by": aside.brought_by}
        office.store.write_now(lambda: unsealed.add(row, clock.now()))
    body = {"member": member, "digest": digest(content), "received_at": clock.now(), "server_key": office.key.public}
    return sign_mapping(office.key, body)


def path(office: Office, inspection: str, name: str) -> Path:
    """Return where a file that was laid aside lies."""
    return office.config.data / "unfinished" / inspection / name


def _free(office: Office, inspection: str, name: str, plain: bytes) -> str:
    """Return the name, or one with the content's digest in it where another content has that name."""
    there = path(office, inspection, name)
    if not there.exists() or digest(there.read_bytes()) == digest(plain):
        return name
    return f"{there.stem}-{digest(plain)[:16]}{there.suffix}"


def _check_bounds(office: Office, brought_by: str, more: int) -> None:
    """Refuse what goes beyond one sender's bounds: those of who sends, since a name on a file proves nothing."""
    if not brought_by:
        return
    config = office.config
    count, size = office.store.write_now(lambda: unsealed.brought(brought_by))
    if count >= config.unsealed_per_device or size + more > config.unsealed_bytes_per_device:
        raise Refused("unsealed_full")


def _plain(columns: bytes, member: str, content: bytes) -> tuple[str, str, bytes]:
    """Return inspection, file name and readable bytes of a member `unfinished/<inspection>[.json|/<sha256>]`."""
    _kind, inspection, *file = member.removesuffix(".json").split("/")
    if not _SAFE.fullmatch(inspection) or len(file) > 1:
        raise ValueError(member)
    if not file:
        plain = _entries(columns, json.loads(content))
        return inspection, "entries.json", plain
    plain = export_file.reveal(columns, content, "photo", file[0])
    if digest(plain) != file[0]:
        raise ValueError(member)
    ending = next((ending for type_, ending in _ENDINGS.items() if is_image(plain, type_)), ".bin")
    return inspection, f"{file[0]}{ending}", plain


def _entries(columns: bytes, told: dict[str, Any]) -> bytes:
    """Return an unsealed check as a person reads it. Its entries were protected by the tablet's key, not signed."""
    entries = []
    for row in told["entries"]:
        place = ("entry", row["id"], told["inspection"], str(row["seq"]), row["device"])
        entries.append(json.loads(export_file.reveal(columns, base64.b64decode(row["body"]), *place)))
    held = {"inspection": told["inspection"], "state": told["state"], "opened_at": told["opened_at"]}
    return msgspec.json.format(msgspec.json.encode({**held, "signed": False, "entries": entries}), indent=2)
