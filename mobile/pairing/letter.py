"""What one tablet says to the other: signed by its device, compressed, encrypted under the secret of the QR code. Pure.

The first eight bytes name the secret and the format, so that a tablet which let several in knows which key to try. Host
and guest use two keys, so that nobody can send a letter back to its writer.

Format 2 is sealed, beyond that, for a key that the reader made for this pairing alone and forgets at its end (X25519, a
fresh key for every letter): whoever recorded letters and comes by the code's secret or a tablet later opens none.
Format 1, under the secret alone, is for a reader who has not named a key yet, and comes from tablets of the first
version; it is read for that long.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from typing import Any

from checklists.crypto import (
    SealError,
    SealingKey,
    SigningKey,
    decrypt,
    encrypt,
    seal_for,
    sign_mapping,
    verify_mapping,
)
from mobile.pairing.certificates import Revoked, check
from mobile.pairing.squeeze import squeeze, unsqueeze
from mobile.refusals import Refusal

SHUT, SEALED = 1, 2
"""The formats: under the secret alone, and sealed for the reader too."""
SLOT = 8
KEY_BYTES = 32
MOST_BYTES = 2 * 1024 * 1024
HOST, GUEST = "host", "guest"
_SLOTS = {SHUT: b"lujian pairing slot", SEALED: b"lujian pairing slot 2"}


def slot_of(secret: str, format_: int = SHUT) -> bytes:
    """Return the bytes by which a secret is named in clear, in a letter of this format."""
    return hmac.digest(_raw(secret), _SLOTS[format_], "sha256")[:SLOT]


def slots_of(secret: str) -> tuple[bytes, ...]:
    """Return the bytes by which a secret is named in clear, in letters of any format."""
    return tuple(slot_of(secret, one) for one in _SLOTS)


def pack(letter: Mapping[str, Any], key: SigningKey, secret: str, role: str, *, reader: str = "") -> bytes:
    """Return a letter ready to be sent; `role` is the writer's: host showed the code, guest scanned it.

    `reader` is the public key that the reader named for this pairing; empty while he has not.
    """
    format_ = SEALED if reader else SHUT
    slot = slot_of(secret, format_)
    content = encrypt(_key(secret, role), squeeze(sign_mapping(key, {"format": format_, **letter})), slot)
    return slot + (seal_for(reader, content, slot) if reader else content)


def unpack(
    raw: bytes, secret: str, role: str, server_key: str, revoked: Revoked, *, box: SealingKey | None = None
) -> dict[str, Any]:
    """Return a letter whose writer is a tablet of our office and had this role; `box` is our key of this pairing.

    Raises Refusal `pair_too_large`, `pair_secret_wrong`, `pair_malformed`, `pair_newer`, `pair_other_office`,
    `pair_revoked` and `pair_forged`; `pair_closed` where it is sealed for a key that we do not have any more.
    """
    if len(raw) > MOST_BYTES:
        raise Refusal("pair_too_large")
    format_ = next((one for one in _SLOTS if raw[:SLOT] == slot_of(secret, one)), 0)
    if not format_:
        raise Refusal("pair_secret_wrong")
    slot, content = raw[:SLOT], raw[SLOT:]
    if format_ == SEALED:
        content = _unsealed(content, box, slot)
    try:
        content = decrypt(_key(secret, role), content, slot)
    except SealError as problem:
        raise Refusal("pair_secret_wrong") from problem
    letter = unsqueeze(content)
    if letter.get("format") != format_:
        raise Refusal("pair_newer")
    device = check(letter.get("certificate"), server_key, revoked)
    if letter.get("device") != device or not verify_mapping(str(letter["certificate"].get("key")), letter):
        raise Refusal("pair_forged")
    if not is_key(letter.get("box", "")):
        raise Refusal("pair_malformed", "box")
    return letter


def is_key(box: Any) -> bool:
    """Whether this names a key to seal for, or, empty, none."""
    try:
        return isinstance(box, str) and len(base64.b64decode(box, validate=True)) in (0, KEY_BYTES)
    except ValueError:
        return False


def _unsealed(content: bytes, box: SealingKey | None, slot: bytes) -> bytes:
    if box is None:
        raise Refusal("pair_closed", "sealed for a key that is gone")
    try:
        return box.unseal(content, slot)
    except SealError as problem:
        raise Refusal("pair_closed", "sealed for another key") from problem


def _key(secret: str, role: str) -> bytes:
    return hmac.digest(_raw(secret), b"lujian pairing " + role.encode(), "sha256")


def _raw(secret: str) -> bytes:
    return base64.b64decode(secret)
