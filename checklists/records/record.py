"""The sealed record: what leaves the tablet, byte for byte, for ever; and what the office gives back for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify, verify_mapping
from checklists.values import frozen
from checklists.wire import canonical, digest

PART_KINDS = ("inspection", "contribution", "amendment", "shift", "order")
"""A `shift` closes the work of a day: what its officers counted and signed (`checklists.inspection.shift`).

An `order` is a stop order that a leader gave or lifted at a post (`checklists.inspection.stop_order`).
"""
FORMAT = 1
"""The version of the sealed part's shape; a reader that meets a higher one keeps the bytes and parks the record."""


@frozen
class Sealed:
    """A sealed part: its verbatim RFC 8785 bytes, their SHA-256, and the device's signature of those bytes."""

    body: bytes
    digest: str
    signature: str

    @property
    def part(self) -> dict[str, Any]:
        """The part as plain values, read from the bytes."""
        return dict(json.loads(self.body))


def seal(part: Mapping[str, Any], key: SigningKey) -> Sealed:
    """Return the part sealed by the device's key. Raises WireError where the part has no canonical form."""
    body = canonical(part)
    return Sealed(body, digest(body), key.sign(body))


@frozen
class Broken:
    """Why a seal does not hold: a code of `server` refusals with the words made elsewhere."""

    code: str
    detail: str = ""


def broken(body: bytes, claimed: str, signature: str, public: str) -> Broken | None:
    """Return what is wrong with a seal, or None where the bytes, the digest and the signature agree."""
    if digest(body) != claimed:
        return Broken("digest_mismatch", f"the bytes have {digest(body)}")
    if not verify(public, body, signature):
        return Broken("signature_invalid")
    return None


def certificate(
    key: SigningKey, *, device: str, public: str, agency: str, prefix: str, issued_at: str
) -> dict[str, Any]:
    """Return a device certificate signed by the office: device, its key, its agency and its paper-number prefix."""
    body = {"device": device, "key": public, "agency": agency, "prefix": prefix, "issued_at": issued_at}
    return sign_mapping(key, {**body, "server_key": key.public})


def sign_return(key: SigningKey, *, device: str, token: str) -> str:
    """Return the signature by which a device shows an office, that lacks it, that this token is its own."""
    return key.sign(_returning(device, token))


def return_holds(public: str, signature: str, *, device: str, token: str) -> bool:
    """Whether the holder of a device's key says that this token is its own."""
    return verify(public, _returning(device, token), signature)


def _returning(device: str, token: str) -> bytes:
    return canonical({"kind": "return", "device": device, "token": digest(token.encode())})


def receipt(key: SigningKey, *, digest_: str, device_seq: int, received_at: str) -> dict[str, Any]:
    """Return the office's signed receipt: seal verified, bytes durable."""
    body = {"digest": digest_, "device_seq": device_seq, "received_at": received_at}
    return sign_mapping(key, {**body, "server_key": key.public})


def receipt_text(key: SigningKey, *, digest_: str, device_seq: int, received_at: str) -> str:
    """Return the same receipt in its canonical form, written down at once: none of its values needs an escape."""
    told = f'"device_seq":{device_seq},"digest":"{digest_}","received_at":"{received_at}","server_key":"{key.public}"'
    return f'{{{told},"signature":"{key.sign(f"{{{told}}}".encode())}"}}'


def receipt_holds(given: Any, *, digest_: str, server_key: str) -> bool:
    """Whether the receipt names this digest and was signed by the pinned office key."""
    named = isinstance(given, Mapping) and given.get("digest") == digest_ and given.get("server_key") == server_key
    return named and verify_mapping(server_key, given)
