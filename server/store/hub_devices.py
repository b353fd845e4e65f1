"""The tablets that a hub lets in: as the office tells it of them, and as the hub keeps them.

A hub never learns a token: what opens it is derived from the token for this hub alone, and it gets the hash of that.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.records import hub as kernel
from checklists.records.origin import certified
from checklists.wire import canonical, digest
from server import clock
from server.store import feed, meta
from server.store.hub_models import HubRevocation
from server.store.models import Device

PROOF = "Lujian-Revocation"
_AT = "hub_devices_at"


def told(key: SigningKey, hub: Device, nonce: str = "") -> dict[str, Any]:
    """Return every tablet of the agencies that a hub sees, signed by the office for this hub.

    `nonce` is what the hub thought of for this question: a list that names it is no older one.
    """
    query = Device.select().where(Device.kind != kernel.KIND)
    if hub.agency:
        query = query.where(Device.agency == hub.agency)
    rows = [_row(key, str(hub.id), one) for one in query.order_by(Device.id)]
    mark = digest(canonical(rows))
    head = {"hub": str(hub.id), "at": clock.now(), "mark": mark, **({"nonce": nonce} if nonce else {})}
    return sign_mapping(key, {**head, "devices": rows, "server_key": key.public})


def _row(key: SigningKey, hub: str, device: Device) -> dict[str, Any]:
    shown = kernel.bearer_of(str(device.token_hash), hub)
    row: dict[str, Any] = {"id": device.id, "label": device.prefix, "agency": device.agency, "area": device.area}
    row |= {"certificate": json.loads(str(device.certificate)), "opens": hashlib.sha256(shown.encode()).hexdigest()}
    if device.revoked_at is not None:
        row["revoked"] = kernel.revocation(key, str(device.id), str(device.revoked_at))
    return row


def holds(given: Mapping[str, Any], hub: str, server_key: str) -> bool:
    """Whether a list is the office's, for this hub, with certificates of the office alone."""
    if given.get("hub") != hub or not verify_mapping(server_key, given):
        return False
    return all(_is_its_own(one, server_key) for one in given["devices"])


def _is_its_own(row: Mapping[str, Any], server_key: str) -> bool:
    paper = row["certificate"]
    return paper.get("device") == row["id"] and certified(paper, server_key)


def keep(given: Mapping[str, Any], *, fresh: bool = False) -> bool:
    """Let a list stand for the one before, and return whether it did: one that is older than that is left.

    One that is known to be `fresh` stands whatever its time: the office's clock may have been ahead before.
    """
    if not fresh and str(given["at"]) < meta.held(_AT):
        return False
    meta.put(_AT, str(given["at"]))
    ids = [str(one["id"]) for one in given["devices"]]
    held = {str(one.id): one for one in Device.select()}
    for one in given["devices"]:
        _put(one, held.get(str(one["id"])))
    _revoke_missing(set(held) - set(ids), str(given["at"]))
    meta.number(feed.DEVICES)
    feed.stir()
    return True


def _put(row: Mapping[str, Any], before: Device | None) -> None:
    paper, said = row["certificate"], row.get("revoked")
    columns: dict[str, Any] = {
        "name": row["label"],
        "agency": row["agency"],
        "area": row["area"],
        "prefix": row["label"],
        "public_key": paper["key"],
        "certificate": canonical(paper).decode(),
        "token_hash": row["opens"],
        "revoked_at": said["revoked_at"] if said else None,
    }
    if before is None:
        Device.create(id=row["id"], app="", enrolled_at=paper["issued_at"], **columns)
    else:
        Device.update(**columns).where(Device.id == row["id"]).execute()
    if said:
        paper = canonical(said).decode()
        HubRevocation.insert(device=row["id"], paper=paper).on_conflict_ignore().execute()


def _revoke_missing(ids: Iterable[str], at: str) -> None:
    """What the office does not name any more is let in no more; nobody says that it is to be wiped."""
    for id_ in ids:
        Device.update(revoked_at=at).where(Device.id == id_, Device.revoked_at.is_null()).execute()


def proof_of(device: str) -> dict[str, str]:
    """Return the header that proves to a tablet that the office revoked it: on a hub, where its word is not enough."""
    held = HubRevocation.get_or_none(HubRevocation.device == device)
    return {PROOF: base64.b64encode(str(held.paper).encode()).decode()} if held is not None else {}
