"""A conversation with other tablets, beside the screens: answers them, asks them, and tells what came.

What it is about, a vehicle or the post, is its maker's: it writes and reads the letters.
"""

from __future__ import annotations

import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from mobile.device import network
from mobile.link.background import apart
from mobile.pairing import exchange, guest, letter, session, sessions
from mobile.pairing.host import Host
from mobile.pairing.invite import Invite
from mobile.pairing.post import Post
from mobile.pairing.session import Offer, Peer, Session
from mobile.refusals import Refusal
from mobile.store import store as stores

EVERY_S = 3

Addresses = Callable[[], Iterable[str]]


class Talk(ABC):
    """One pairing. `heard` is when each tablet was heard last, `troubles` why it was not; both by device."""

    def __init__(self, post: Post, about: str, addresses: Addresses = network.local_addresses) -> None:
        self.post, self.about, self.store = post, about, post.store
        self.heard: dict[str, datetime] = {}
        self.troubles: dict[str, str] = {}
        self._addresses = addresses
        self._host: Host | None = None
        self._asking, self._due = False, 0.0
        self.renew()
        if (held := self.session) is not None and held.open and held.port:
            self._listen(held.port)

    # -- what it is about

    @abstractmethod
    def renew(self) -> None:
        """Look anew what there is to say of this tablet; on the app's own thread."""

    @abstractmethod
    def write(self, peer: Peer, role: str, *, echo: str = "", nonce: str = "", whole: bool = False) -> bytes:
        """Return our letter to another tablet; `whole` brings everything, whatever it said that it holds."""

    @abstractmethod
    def read(self, raw: bytes, role: str, now: datetime | None, *, echo: str | None = None) -> exchange.Taken:
        """Take a letter in. Raises the refusals of letter and session."""

    @abstractmethod
    def came(self, taken: exchange.Taken) -> None:
        """Hear what another tablet sent; on the app's own thread."""

    # -- as it stands

    @property
    def session(self) -> Session | None:
        """The pairing as it is kept; None before there was one."""
        return sessions.load(self.store, self.about)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where this tablet answers; empty while it does not."""
        return self._host.addresses if self._host else ()

    def offer(self) -> tuple[Session, Offer]:
        """Answer from now on, and return the pairing and the code in it that lets one more tablet in.

        Raises Refusal `link_practice`: in practice no other tablet is let in.
        """
        if self.post.practising:
            raise Refusal("link_practice")
        held = sessions.change(self.store, self.about, lambda one: session.offered(one, self.post.now()))
        if self._host is None or not self._host.addresses:
            self._listen(held.port)
        return held, held.offers[-1]

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

        sessions.change(self.store, self.about, act)
        self.hurry()

    def hurry(self) -> None:
        """Ask now, because there is news; a tablet that is asked by the others tells it within seconds anyway."""
        self._due = 0.0
        self.tick()

    def leave(self) -> None:
        """End the pairing here; what was exchanged stays, and a new code begins it again."""
        sessions.change(self.store, self.about, session.closed)
        self.stop()

    def stop(self) -> None:
        """Stop answering and asking."""
        if self._host is not None:
            self._host.stop()
        self._host = None

    # -- over the local network

    def tick(self) -> None:
        """Ask the tablets whose code we scanned, when it is time."""
        self.renew()
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
            _address, answer = guest.post(peer.addresses, self.write(peer, letter.GUEST, nonce=nonce))
            return self.read(answer, letter.HOST, self.post.now(), echo=nonce)
        except Refusal as refusal:
            return refusal

    def _answered(self, found: dict[str, exchange.Taken | Refusal] | Refusal) -> None:
        self._asking = False
        for device, one in found.items() if isinstance(found, dict) else ():
            self._hear(device, one)

    def _answer(self, raw: bytes) -> bytes:
        """Answer a guest; on a thread of the server."""
        try:
            taken = self.read(raw, letter.GUEST, self.post.now())
            answer = self.write(taken.peer, letter.HOST, echo=taken.nonce)
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
        sessions.change(self.store, self.about, lambda held: replace(held, port=found or held.port))

    def _hear(self, device: str, found: exchange.Taken | Refusal) -> None:
        if not self.post.front.is_open(self.store):
            return
        if isinstance(found, Refusal):
            self.troubles[device] = found.code
        else:
            self.heard[device] = self.post.now()
            self.troubles.pop(device, None)
            self.came(found)
        self.post.front.stands_otherwise()

    def _refused(self, code: str) -> None:
        self.troubles[""] = code
        if self.post.front.is_open(self.store):
            self.post.front.stands_otherwise()
