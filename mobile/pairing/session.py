"""A pairing as it stands: the secrets, the other tablets, and how far each has come. Pure."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from checklists.crypto import SealingKey, from_b64, new_sealing_key, to_b64
from checklists.records.belonging import mark_of, word_of
from checklists.wire import instant
from mobile.pairing.invite import SECRET_BYTES
from mobile.pairing.letter import SLOT, slots_of
from mobile.refusals import Refusal

OPEN_FOR = timedelta(minutes=30)
"""How long a code lets a new tablet in. Ours: long enough to walk round a vehicle, short enough for a photo of it."""
MOST_OFFERS = 8


@dataclass(frozen=True)
class Offer:
    """A code that was shown and that nobody used yet: its secret, and until when it counts by our clock."""

    secret: str = field(repr=False)
    expires_at: str = ""


@dataclass(frozen=True)
class Peer:
    """Another tablet at the same vehicle. `host` says that it showed the code and that we ask it at `addresses`.

    `facts` is what its part will say of site and definitions; `sealed` is the digest of the inspection that it sealed;
    `holds` how many entries it has, by their device; `late` how many of its entries came after our seal; `told` that
    it has heard of our seal; `box` the key for which letters to it are sealed. Times are UTC by our clock.
    """

    device: str
    secret: str = field(repr=False)
    host: bool = False
    addresses: tuple[str, ...] = ()
    certificate: Mapping[str, Any] = field(default_factory=dict)
    officer: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    sealed: str = ""
    entries: int = 0
    holds: Mapping[str, int] = field(default_factory=dict)
    late: int = 0
    told: bool = False
    heard_at: str = ""
    box: str = ""

    @property
    def name(self) -> str:
        """Who works with it, as he called himself in his signed letter."""
        return str(self.officer.get("name") or "")


@dataclass(frozen=True)
class Session:
    """A pairing as it stands. `open` is False once somebody left it; `port` is kept, so that a restart is found again.

    `statements` is by device what it signed of its entries last; `invited` the marks of all codes that were shown, by
    which our part knows who read one. `box` is our key of this pairing (base64), for which
    the others seal: made with it, and forgotten with it.
    """

    inspection: str
    open: bool = True
    port: int = 0
    offers: tuple[Offer, ...] = ()
    peers: tuple[Peer, ...] = ()
    statements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    invited: tuple[str, ...] = ()
    box: str = field(default="", repr=False)

    @property
    def joined(self) -> tuple[str, ...]:
        """What we can say of each code that we read."""
        return tuple(word_of(one.secret) for one in self.peers if one.host)

    def peer(self, device: str) -> Peer | None:
        """Return another tablet, or None."""
        return next((one for one in self.peers if one.device == device), None)

    def knowing(self, peer: Peer) -> Session:
        """Return the session with this peer as it is now."""
        others = tuple(one for one in self.peers if one.device != peer.device)
        return replace(self, peers=(*others, peer))

    @property
    def key(self) -> SealingKey | None:
        """The key for which letters to us are sealed; None before there is one, and after the end."""
        return SealingKey(from_b64(self.box)) if self.box else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret under which a letter may come."""
        return (*(one.secret for one in self.peers), *(one.secret for one in self.offers))

    def secret_of(self, raw: bytes) -> str:
        """Return the secret of a letter. Raises Refusal `pair_secret_wrong` where it names none of ours."""
        for secret in self.secrets:
            if raw[:SLOT] in slots_of(secret):
                return secret
        raise Refusal("pair_secret_wrong")


def boxed(session: Session) -> Session:
    """Return the session with a key of ours, as long as it is open."""
    return session if session.box or not session.open else replace(session, box=to_b64(new_sealing_key().secret))


def closed(session: Session) -> Session:
    """Return the session as it is left: nobody is let in any more, and no letter to us can be opened again."""
    return replace(session, open=False, offers=(), box="")


def offered(session: Session, now: datetime) -> Session:
    """Return the session with a code, the last of its offers, that lets one more tablet in.

    One that counts for a while yet is shown again. Old ones are kept, because who scanned one and has no network may
    come back with codes of his own much later.
    """
    held = session.offers
    if held and held[-1].expires_at > instant(now + OPEN_FOR / 3):
        return boxed(replace(session, open=True))
    fresh = Offer(base64.b64encode(os.urandom(SECRET_BYTES)).decode(), instant(now + OPEN_FOR))
    invited = (*session.invited, mark_of(word_of(fresh.secret)))
    return boxed(replace(session, open=True, offers=(*held, fresh)[-MOST_OFFERS:], invited=invited))


def admit(session: Session, secret: str, device: str, now: datetime | None) -> Session:
    """Return the session with this tablet let in under this secret, which is then its own.

    `now` is None where it stands before us and shows its codes: then no code is too old. Raises Refusal `pair_used`
    and `pair_expired`.
    """
    for peer in session.peers:
        if peer.secret == secret:
            if peer.device != device:
                raise Refusal("pair_used")
            return session
    offer = next(one for one in session.offers if one.secret == secret)
    if now is not None and offer.expires_at < instant(now):
        raise Refusal("pair_expired")
    known = session.peer(device) or Peer(device, secret)
    rest = tuple(one for one in session.offers if one is not offer)
    return replace(session, offers=rest).knowing(replace(known, secret=secret, host=False))
