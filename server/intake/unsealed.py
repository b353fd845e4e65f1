"""What a hand-over file holds beside records and their photos: laid aside for a person, and never replaced.

These are checks that were never sealed, and whatever does not fit its shape. Nothing in them is signed, and whoever
holds a tablet may write another's name on a file. So what comes later, with other content, stands beside what is here,
and each is listed with whom it names and who brought it. They open no case. What does not fit has its receipt all the
same, since the tablet can make nothing better of it; nothing of it is drawn.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from checklists.crypto import SealError, sign_mapping
from checklists.records import export_file
from checklists.wire import digest
from server import clock
from server.gate import member_shape
from server.gate.fault import Fault
from server.office import Office
from server.refusals import Refused
from server.store import unsealed
from server.store.models import Unsealed
from server.store.photo_files import type_of

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}
_SAFE = re.compile(r"[0-9A-Za-z-]{1,64}")
OTHER = "other"
"""Where lies what belongs to no inspection that could be a folder's name."""


@dataclass(frozen=True)
class Aside:
    """Whose file it says it is, the key of its columns, and who brought it (empty: an operator)."""

    device: str
    columns: bytes
    brought_by: str


@dataclass(frozen=True)
class Readable:
    """What is laid aside: under which inspection and name, its readable bytes, and where they do not fit."""

    inspection: str
    name: str
    content: bytes
    fault: Fault | None = None


def lay_aside(office: Office, aside: Aside, member: str, content: bytes) -> dict[str, Any]:
    """Keep a member of a file durably for a person, and return the receipt, which names the bytes as sent.

    Raises Refused unsealed_full, storage_full; ValueError or SealError for what cannot be read or is named wrongly.
    """
    held = keep(office, aside, readable(aside.columns, member, content))
    told = {"member": member, "digest": digest(content), "received_at": str(held.received_at)}
    return sign_mapping(office.key, {**told, **_code(held), "server_key": office.key.public})


def lay_aside_photo(office: Office, aside: Aside, inspection: str, content: bytes, fault: Fault) -> dict[str, Any]:
    """Keep a photo that is not what its record names, and return its receipt: the office has these bytes."""
    folder = inspection if _SAFE.fullmatch(inspection) else OTHER
    held = keep(office, aside, Readable(folder, f"{digest(content)}.bin", content, fault))
    told = {"sha256": digest(content), "bytes": len(content), "received_at": str(held.received_at)}
    return sign_mapping(office.key, {**told, **_code(held), "server_key": office.key.public})


def keep(office: Office, aside: Aside, file: Readable) -> Unsealed:
    """Keep a file durably and return its row, the first one. Raises Refused unsealed_full, storage_full."""
    name, fault = _free(office, file.inspection, file.name, file.content), str(file.fault or "")
    told = {"device": aside.device, "inspection": file.inspection, "name": name}
    held = office.store.write_now(lambda: unsealed.held(**told))
    if held is not None:
        return held
    _check_bounds(office, aside.brought_by, len(file.content))
    office.photo_files.write(path(office, file.inspection, name), file.content)
    more = {"digest": digest(file.content), "bytes": len(file.content), "brought_by": aside.brought_by, "fault": fault}
    return office.store.write_now(lambda: unsealed.add({**told, **more}, clock.now()))


def _code(held: Unsealed) -> dict[str, str]:
    return {"code": "shape_wrong"} if held.fault else {}


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


def readable(columns: bytes, member: str, content: bytes) -> Readable:
    """Return what a member holds, as a person reads it, held against its shape.

    `unfinished/<inspection>[.json|/<sha256>]` is known; what is well named and of another kind is kept as it came.
    Raises ValueError or SealError for what is damaged.
    """
    kind, _slash, _rest = member.partition("/")
    if kind != "unfinished":
        if not member_shape.is_well_named(member):
            raise ValueError(member)
        return Readable(OTHER, f"{digest(content)}.bin", content, member_shape.UNKNOWN)
    _kind, inspection, *file = member.removesuffix(".json").split("/")
    if not _SAFE.fullmatch(inspection) or len(file) > 1:
        raise ValueError(member)
    return _photo(columns, inspection, file[0], content) if file else _check(columns, inspection, content)


def _photo(columns: bytes, inspection: str, sha256: str, content: bytes) -> Readable:
    plain = export_file.reveal(columns, content, "photo", sha256)
    if digest(plain) != sha256:
        raise ValueError("a photo under the digest of another")
    ending = _ENDINGS.get(type_of(plain), ".bin")
    fault = member_shape.NO_PICTURE if ending == ".bin" else None
    return Readable(inspection, f"{sha256}{ending}", plain, fault)


def _check(columns: bytes, inspection: str, content: bytes) -> Readable:
    """Return an unsealed check as a person reads it. Its entries were protected by the tablet's key, not signed."""
    told = json.loads(content)
    try:
        entries = [_revealed(columns, told["inspection"], row) for row in told["entries"]]
        held = {"inspection": told["inspection"], "state": told["state"], "opened_at": told["opened_at"]}
        plain = msgspec.json.format(msgspec.json.encode({**held, "signed": False, "entries": entries}), indent=2)
    except SealError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        # It cannot be opened by what is around its entries: it is kept as it came.
        return Readable(inspection, "check.bin", content, Fault("", "an unsealed check with its entries"))
    return Readable(inspection, "entries.json", plain, member_shape.check_fault(plain, inspection))


def _revealed(columns: bytes, inspection: str, row: dict[str, Any]) -> Any:
    """Return an entry; what is none, though the tablet itself encrypted it, as its bytes in base64."""
    place = ("entry", row["id"], inspection, str(row["seq"]), row["device"])
    body = export_file.reveal(columns, base64.b64decode(row["body"]), *place)
    try:
        held = msgspec.json.decode(body)
        msgspec.json.encode(held)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return {"bytes": base64.b64encode(body).decode()}
    return held
