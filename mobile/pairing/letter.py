"""What one tablet says to the other: signed by its device, compressed, encrypted under the secret of the QR code. Pure.

The first eight bytes name the secret, so that a tablet which let several in knows which key to try. Host and guest use
two keys, so that nobody can send a letter back to its writer.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from typing import Any

from checklists.crypto import SealError, SigningKey, decrypt, encrypt, sign_mapping
from mobile.pairing.certificates import Revoked, check, holds
from mobile.pairing.squeeze import squeeze, unsqueeze
from mobile.refusals import Refusal

FORMAT = 1
SLOT = 8
MOST_BYTES = 2 * 1024 * 1024
HOST, GUEST = "host", "guest"


def slot_of(secret: str) -> bytes:
    """Return the bytes by which a secret is named in clear."""
    return hmac.digest(_raw(secret), b"lujian pairing slot", "sha256")[:SLOT]


def pack(letter: Mapping[str, Any], key: SigningKey, secret: str, role: str) -> bytes:
    """Return a letter ready to be sent; `role` is the writer's: host showed the code, guest scanned it."""
    slot = slot_of(secret)
    signed = sign_mapping(key, {"format": FORMAT, **letter})
    return slot + encrypt(_key(secret, role), squeeze(signed), slot)


def unpack(raw: bytes, secret: str, role: str, server_key: str, revoked: Revoked) -> dict[str, Any]:
    """Return a letter whose writer is a tablet of our office and had this role.

    Raises Refusal `pair_too_large`, `pair_secret_wrong`, `pair_malformed`, `pair_newer`, `pair_other_office`,
    `pair_revoked` and `pair_forged`.
    """
    if len(raw) > MOST_BYTES:
        raise Refusal("pair_too_large")
    slot = slot_of(secret)
    if raw[:SLOT] != slot:
        raise Refusal("pair_secret_wrong")
    try:
        content = decrypt(_key(secret, role), raw[SLOT:], slot)
    except SealError as problem:
        raise Refusal("pair_secret_wrong") from problem
    letter = unsqueeze(content)
    if letter.get("format") != FORMAT:
        raise Refusal("pair_newer")
    device = check(letter.get("certificate"), server_key, revoked)
    if letter.get("device") != device or not holds(str(letter["certificate"].get("key")), letter):
        raise Refusal("pair_forged")
    return letter


def _key(secret: str, role: str) -> bytes:
    return hmac.digest(_raw(secret), b"lujian pairing " + role.encode(), "sha256")


def _raw(secret: str) -> bytes:
    return base64.b64decode(secret)
