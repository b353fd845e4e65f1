"""The QR code by which a second tablet joins an inspection. Pure.

It is signed by the tablet that shows it, whose certificate it carries, and holds a secret that is in no other place:
who has seen it stood before the tablet. When it ends is judged by the clock that made it, because a colleague's clock
may be wrong, and he must be able to join all the same.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.wire import WireError, from_plain, to_plain
from mobile.pairing import base45
from mobile.pairing.certificates import Revoked, check
from mobile.pairing.letter import is_key
from mobile.pairing.squeeze import squeeze, unsqueeze
from mobile.refusals import Refusal

START = "LUJIAN1:"
"""Of a code that lets a tablet join an inspection."""
POST_START = "LUJIANP:"
"""Of a code that pairs two tablets at a post, whose `inspection` is the id of that pairing: older tablets know none."""
SECRET_BYTES = 32


@dataclass(frozen=True)
class Invite:
    """Which inspection, who leads it, where his tablet answers (`host:port`), and the secret (base64).

    `checklist` and `definitions` (the first 16 signs of each digest by package name) say what the leading tablet judges
    with; `expires_at` is until when it lets somebody new in, by its own clock; `box` is the key for which letters
    to it are sealed, empty on tablets of the first version.
    """

    inspection: str
    opened_at: str
    officer: Mapping[str, str]
    certificate: Mapping[str, Any]
    secret: str = field(repr=False)
    addresses: tuple[str, ...] = ()
    checklist: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    expires_at: str = ""
    box: str = ""

    @property
    def device(self) -> str:
        """The tablet that shows the code."""
        return str(self.certificate.get("device", ""))


def write(invite: Invite, key: SigningKey, start: str = START) -> str:
    """Return what stands in the QR code."""
    return start + base45.encode(squeeze(sign_mapping(key, to_plain(invite))))


def read(text: str, server_key: str, revoked: Revoked, start: str = START) -> Invite:
    """Return the invitation in a QR code of this kind.

    Raises Refusal `pair_not_ours` (another code), `pair_other_office`, `pair_revoked`, `pair_forged`, and
    `pair_malformed` and `pair_too_large` for what only looks like one.
    """
    if not text.startswith(start):
        raise Refusal("pair_not_ours")
    try:
        raw = base45.decode(text.removeprefix(start))
    except ValueError as problem:
        raise Refusal("pair_malformed", str(problem)) from problem
    plain = unsqueeze(raw)
    check(plain.get("certificate"), server_key, revoked)
    if not verify_mapping(str(plain["certificate"].get("key")), plain):
        raise Refusal("pair_forged")
    try:
        invite = from_plain(Invite, {name: held for name, held in plain.items() if name in Invite.__dataclass_fields__})
        sound = len(base64.b64decode(invite.secret, validate=True)) == SECRET_BYTES
    except (WireError, ValueError) as problem:
        raise Refusal("pair_malformed", str(problem)) from problem
    if not sound or not is_key(invite.box) or not all(is_local(one) for one in invite.addresses):
        raise Refusal("pair_malformed", "secret, key or address")
    return invite


def is_invite(text: str) -> bool:
    """Whether a code is meant to be an invitation to an inspection."""
    return text.startswith(START)


def is_post(text: str) -> bool:
    """Whether a code is meant to pair two tablets at a post."""
    return text.startswith(POST_START)


def is_local(address: str) -> bool:
    """Whether an address leads into the local network: an inspection is never sent into the wide one."""
    host, _, port = address.rpartition(":")
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private and 0 < int(port) < 65536
    except ValueError:
        return False
