"""The other tablets at one vehicle: the code by which they join, what each wrote, and who seals."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

from mobile.device import network
from mobile.pairing import contribution, exchange, invite, letter, session, sessions
from mobile.pairing.invite import Invite
from mobile.pairing.post import Post
from mobile.pairing.session import Peer
from mobile.pairing.talk import Addresses, Talk
from mobile.refusals import Refusal
from mobile.store import store as stores

LINGER_S = 300
"""How long a sealed inspection stays to be heard of by a tablet that has not heard of it."""


class Near(Talk):
    """One pairing at a vehicle (see `Talk`)."""

    def __init__(self, post: Post, inspection: str, addresses: Addresses = network.local_addresses) -> None:
        self.inspection = inspection
        self._closed_at = 0.0
        self._told_of: set[str] = set()
        self._said = False
        super().__init__(post, inspection, addresses)

    @property
    def done(self) -> bool:
        """Whether nothing is left to be said to anybody."""
        held = self.session
        if held is None or not held.open:
            return True
        if self.in_progress:
            return False
        self._closed_at = self._closed_at or time.monotonic()
        heard = all(one.told or (one.sealed and self._said) for one in held.peers)
        return heard or time.monotonic() - self._closed_at > LINGER_S

    @property
    def in_progress(self) -> bool:
        """Whether the inspection, or our part of it, is not sealed here yet."""
        return stores.inspection_state(self.store, self.inspection) == "in_progress"

    # -- joining

    def invite(self) -> str:
        """Return the code that lets one more tablet in, and answer from now on at the local addresses.

        Raises Refusal `link_practice`: in practice no other tablet is let in.
        """
        held, offer = self.offer()
        me, mine = self._me, self.post.look(self.inspection)
        told = Invite(
            inspection=self.inspection,
            opened_at=mine.opened_at,
            officer={name: str(me.officer[name]) for name in ("id", "name", "agency")},
            certificate=me.certificate,
            secret=offer.secret,
            addresses=self.addresses,
            checklist=mine.checklist,
            definitions={one["name"]: one["digest"][:16] for one in mine.kit.used},
            expires_at=offer.expires_at,
            box=held.key.public if held.key else "",
        )
        return invite.write(told, me.key)

    def end(self) -> None:
        """Stop where nothing is left to be said, and forget the key of this pairing; a new code makes another."""
        sessions.change(self.store, self.inspection, lambda held: replace(held, box=""))
        self.stop()

    # -- letters

    def renew(self) -> None:
        """Look anew what the inspection's part will say of this tablet."""
        self._me = self._myself()

    def write(self, peer: Peer, role: str, *, echo: str = "", nonce: str = "", whole: bool = False) -> bytes:
        """Return our letter to a peer."""
        return exchange.write(self.store, self._me, peer, role, echo=echo, nonce=nonce, whole=whole)

    def read(self, raw: bytes, role: str, now: datetime | None, *, echo: str | None = None) -> exchange.Taken:
        """Take a letter in. Raises the refusals of `exchange.read`."""
        return exchange.read(self.store, self._me, raw, role, now, echo=echo)

    def came(self, taken: exchange.Taken) -> None:
        """Tell the desk what came."""
        # What was heard after our part was closed told the others that we know of their seal.
        self._said = bool(self._closed_at)
        self.post.front.came(self, taken)

    # -- by QR codes

    def letter(self, device: str) -> bytes:
        """Return all that we have for a tablet, to be shown as codes."""
        held = self.session
        peer = held.peer(device) if held else None
        if peer is None:
            raise Refusal("pair_closed")
        return self.write(peer, letter.GUEST if peer.host else letter.HOST, whole=True)

    def first_letter(self) -> bytes:
        """Return all that we have under the code that is on offer, for a tablet that was not heard of yet."""
        held = sessions.change(self.store, self.inspection, lambda one: session.offered(one, self.post.now()))
        stranger = Peer("", held.offers[-1].secret)
        return self.write(stranger, letter.HOST, whole=True)

    def take(self, raw: bytes) -> exchange.Taken:
        """Take in a letter that was read from codes. Raises the refusals of `exchange.read`."""
        held = self.session
        if held is None:
            raise Refusal("pair_closed")
        secret = held.secret_of(raw)
        role = letter.HOST if any(one.host and one.secret == secret for one in held.peers) else letter.GUEST
        taken = self.read(raw, role, None)
        self._hear(taken.peer.device, taken)
        return taken

    # -- what follows

    def contribute(self) -> None:
        """Seal what this tablet wrote, and send it."""
        post, held = self.post, self.post.look(self.inspection)
        contribution.seal(self.store, held, post.facts(), post.enrolment, post.now(), self.lead_sealed, self._joined)
        post.front.send()

    @property
    def lead_sealed(self) -> str:
        """The digest of the part that another tablet sealed, or nothing."""
        held = self.session
        return next((one.sealed for one in held.peers if one.sealed), "") if held else ""

    @property
    def _joined(self) -> tuple[str, ...]:
        held = self.session
        return held.joined if held else ()

    def first_time(self, what: str) -> bool:
        """Whether this was not asked before: some things are told to the officer once."""
        new = what not in self._told_of
        self._told_of.add(what)
        return new

    def _myself(self) -> exchange.Me:
        made, officer, facts = self.post.enrolment, self.post.officer, self.post.facts()
        held = self.post.look(self.inspection)
        return exchange.Me(
            inspection=self.inspection,
            device=made.device,
            certificate=made.certificate,
            key=made.key,
            server_key=made.server_key,
            officer={"id": officer.id, "name": officer.name, "agency": officer.agency, "card": officer.card},
            officers={one["id"]: str(one.get("agency", "")) for one in made.officers},
            facts={
                "site": facts.site,
                "checklist": held.checklist,
                "definitions": [dict(one) for one in held.kit.used],
            },
            first_lead=held.lead_device or made.device,
        )
