"""The other tablets at one vehicle, beside the screens: answers them, asks them, and says what came."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from mobile.device import network
from mobile.link.background import apart
from mobile.pairing import contribution, exchange, guest, invite, letter, session, sessions
from mobile.pairing.host import Host
from mobile.pairing.invite import Invite
from mobile.pairing.post import Post
from mobile.pairing.session import Peer, Session
from mobile.refusals import Refusal
from mobile.store import store as stores

EVERY_S = 3
LINGER_S = 300
"""How long a sealed inspection stays to be heard of by a tablet that has not heard of it."""

Addresses = Callable[[], Iterable[str]]


class Near:
    """One pairing. `heard` is when each tablet was heard last, `troubles` why it was not; both by device."""

    def __init__(self, post: Post, inspection: str, addresses: Addresses = network.local_addresses) -> None:
        self.post, self.inspection, self.store = post, inspection, post.store
        self.heard: dict[str, datetime] = {}
        self.troubles: dict[str, str] = {}
        self._addresses = addresses
        self._host: Host | None = None
        self._asking, self._due, self._closed_at = False, 0.0, 0.0
        self._told_of: set[str] = set()
        self._said = False
        self._me = self._myself()
        if (held := self.session) is not None and held.open and held.port:
            self._listen(held.port)

    @property
    def session(self) -> Session | None:
        """The pairing as it is kept; None before there was one."""
        return sessions.load(self.store, self.inspection)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where this tablet answers; empty while it does not."""
        return self._host.addresses if self._host else ()

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
        if self.post.practising:
            raise Refusal("link_practice")
        held = sessions.change(self.store, self.inspection, lambda one: session.offered(one, self.post.now()))
        if self._host is None or not self._host.addresses:
            self._listen(held.port)
        me, mine = self._me, self.post.look(self.inspection)
        offer = held.offers[-1]
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

    def joined(self, told: Invite) -> None:
        """Keep the way to the tablet whose code was scanned, and ask it at once. Raises Refusal `link_practice`."""
        if self.post.practising:
            raise Refusal("link_practice")

        def act(held: Session) -> Session:
            known = held.peer(told.device) or Peer(told.device, told.secret)
            facts = {"definitions": [], **known.facts}
            peer = replace(known, secret=told.secret, host=True, addresses=told.addresses, box=told.box)
            peer = replace(peer, certificate=told.certificate)
            return replace(held, open=True).knowing(replace(peer, officer=known.officer or told.officer, facts=facts))

        sessions.change(self.store, self.inspection, act)
        self._due = 0.0
        self.tick()

    def leave(self) -> None:
        """End the pairing here; what was exchanged stays, and a new code begins it again."""
        sessions.change(self.store, self.inspection, session.closed)
        self.stop()

    def end(self) -> None:
        """Stop where nothing is left to be said, and forget the key of this pairing; a new code makes another."""
        sessions.change(self.store, self.inspection, lambda held: replace(held, box=""))
        self.stop()

    def stop(self) -> None:
        """Stop answering and asking."""
        if self._host is not None:
            self._host.stop()
        self._host = None

    # -- over the local network

    def tick(self) -> None:
        """Ask the tablets whose code we scanned, when it is time."""
        self._me = self._myself()
        held = self.session
        hosts = [one for one in held.peers if one.host and one.addresses] if held and held.open else []
        if hosts and not self._asking and time.monotonic() >= self._due:
            self._asking, self._due = True, time.monotonic() + EVERY_S
            apart(lambda: self._ask(hosts), self._answered, self.post.later)

    def _ask(self, hosts: list[Peer]) -> dict[str, exchange.Taken | Refusal]:
        try:
            return {one.device: self._ask_one(one) for one in hosts}
        finally:
            stores.release(self.store)

    def _ask_one(self, peer: Peer) -> exchange.Taken | Refusal:
        nonce = secrets.token_hex(8)
        try:
            body = exchange.write(self.store, self._me, peer, letter.GUEST, nonce=nonce)
            _address, answer = guest.post(peer.addresses, body)
            return exchange.read(self.store, self._me, answer, letter.HOST, self.post.now(), echo=nonce)
        except Refusal as refusal:
            return refusal

    def _answered(self, found: dict[str, exchange.Taken | Refusal] | Refusal) -> None:
        self._asking = False
        for device, one in found.items() if isinstance(found, dict) else ():
            self._hear(device, one)

    def _answer(self, raw: bytes) -> bytes:
        """Answer a guest; on a thread of the server."""
        try:
            answer, taken = exchange.asked(self.store, self._me, raw, self.post.now())
        except Refusal as refusal:
            code = refusal.code
            self.post.later(lambda: self._refused(code))
            raise
        finally:
            stores.release(self.store)
        self.post.later(lambda: self._hear(taken.peer.device, taken))
        return answer

    def _listen(self, port: int) -> None:
        self.stop()
        self._host = Host(self._answer, self._addresses(), port)
        found = self._host.port
        sessions.change(self.store, self.inspection, lambda held: replace(held, port=found or held.port))

    # -- by QR codes

    def letter(self, device: str) -> bytes:
        """Return all that we have for a tablet, to be shown as codes."""
        held = self.session
        peer = held.peer(device) if held else None
        if peer is None:
            raise Refusal("pair_closed")
        return exchange.write(self.store, self._me, peer, letter.GUEST if peer.host else letter.HOST, whole=True)

    def first_letter(self) -> bytes:
        """Return all that we have under the code that is on offer, for a tablet that was not heard of yet."""
        held = sessions.change(self.store, self.inspection, lambda one: session.offered(one, self.post.now()))
        stranger = Peer("", held.offers[-1].secret)
        return exchange.write(self.store, self._me, stranger, letter.HOST, whole=True)

    def take(self, raw: bytes) -> exchange.Taken:
        """Take in a letter that was read from codes. Raises the refusals of `exchange.read`."""
        held = self.session
        if held is None:
            raise Refusal("pair_closed")
        secret = held.secret_of(raw)
        role = letter.HOST if any(one.host and one.secret == secret for one in held.peers) else letter.GUEST
        taken = exchange.read(self.store, self._me, raw, role, None)
        self._hear(taken.peer.device, taken)
        return taken

    # -- what follows

    def contribute(self) -> None:
        """Seal what this tablet wrote, and send it."""
        post, held = self.post, self.post.look(self.inspection)
        contribution.seal(self.store, held, post.facts(), post.enrolment, post.now(), self.lead_sealed)
        post.front.send()

    @property
    def lead_sealed(self) -> str:
        """The digest of the part that another tablet sealed, or nothing."""
        held = self.session
        return next((one.sealed for one in held.peers if one.sealed), "") if held else ""

    def first_time(self, what: str) -> bool:
        """Whether this was not asked before: some things are told to the officer once."""
        new = what not in self._told_of
        self._told_of.add(what)
        return new

    def _hear(self, device: str, found: exchange.Taken | Refusal) -> None:
        if not self.post.front.is_open(self.store):
            return
        if isinstance(found, Refusal):
            self.troubles[device] = found.code
        else:
            self.heard[device] = self.post.now()
            self.troubles.pop(device, None)
            # What was heard after our part was closed told the others that we know of their seal.
            self._said = bool(self._closed_at)
            self.post.front.came(self, found)
        self.post.front.stands_otherwise()

    def _refused(self, code: str) -> None:
        self.troubles[""] = code
        if self.post.front.is_open(self.store):
            self.post.front.stands_otherwise()

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
