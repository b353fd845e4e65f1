"""A hub: a relay at a post, which the office certified. It holds and passes on; it receipts nothing and seals nothing.

Its certificate has a shape of its own, so that it is no tablet's: what a hub signs is never taken for an inspection,
and what a tablet signs never for a page of the feed.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping

KIND = "hub"


def certificate(
    key: SigningKey, *, hub: str, public: str, label: str, agency: str, area: str, issued_at: str, until: str
) -> dict[str, Any]:
    """Return a hub's certificate, signed by the office; `agency` and `area` are what it sees, empty for all."""
    body = {"kind": KIND, "hub": hub, "hub_key": public, "label": label, "agency": agency, "area": area}
    return sign_mapping(key, {**body, "issued_at": issued_at, "until": until, "server_key": key.public})


def certified(paper: Any, server_key: str) -> bool:
    """Whether this is a certificate that the office gave a hub; whether it has run out is not looked at."""
    names = ("kind", "hub", "hub_key", "agency", "area", "issued_at", "until", "server_key")
    shaped = isinstance(paper, Mapping) and all(isinstance(paper.get(name), str) for name in names)
    ours = shaped and paper["kind"] == KIND and paper["server_key"] == server_key
    return bool(ours and verify_mapping(server_key, paper))


def holds(paper: Any, server_key: str, at: str = "", *, now: str = "", revoked: Collection[str] = ()) -> bool:
    """Whether a hub's certificate is the office's, covers the office's time `at`, has not run out, and is not revoked.

    Both times are UTC text, empty where there is none. `now` is a tablet's clock: one that is behind proves nothing.
    """
    if not certified(paper, server_key) or paper["hub"] in revoked:
        return False
    return bool((not at or paper["issued_at"] <= at <= paper["until"]) and now <= paper["until"])


def bearer(token: str, hub: str) -> str:
    """Return what a tablet shows to a hub instead of its token: it opens that hub and nothing else."""
    return bearer_of(hashlib.sha256(token.encode()).hexdigest(), hub)


def bearer_of(token_hash: str, hub: str) -> str:
    """Return the same from what the office keeps of a token."""
    return hmac.digest(token_hash.encode(), f"lujian hub {hub}".encode(), "sha256").hex()


def revocation(key: SigningKey, device: str, revoked_at: str) -> dict[str, Any]:
    """Return the office's signed word that a device is revoked: a hub passes it on, and cannot make one."""
    told = {"kind": "revocation", "device": device, "revoked_at": revoked_at}
    return sign_mapping(key, {**told, "server_key": key.public})


def is_revoked(said: Any, device: str, server_key: str) -> bool:
    """Whether this is the office's word that this device is revoked: only then a tablet wipes itself for a hub."""
    if not isinstance(said, Mapping) or (said.get("kind"), said.get("device")) != ("revocation", device):
        return False
    return said.get("server_key") == server_key and verify_mapping(server_key, said)


def act_receipt(key: SigningKey, *, act: str, task: str, device: str, received_at: str) -> dict[str, Any]:
    """Return the office's signed word that what a team did about a task is durable."""
    told = {"kind": "act", "id": act, "task": task, "device": device, "received_at": received_at}
    return sign_mapping(key, {**told, "server_key": key.public})


def act_receipt_holds(given: Any, *, act: str, device: str, server_key: str) -> bool:
    """Whether the receipt names this act of this device and was signed by the office."""
    if not isinstance(given, Mapping) or (given.get("kind"), given.get("id")) != ("act", act):
        return False
    named = given.get("device") == device and given.get("server_key") == server_key
    return named and verify_mapping(server_key, given)
