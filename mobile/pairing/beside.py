"""The other tablets at a post: the line of waiting vehicles is one for all, and each says what it has in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.inspection.line import Step
from checklists.wire import WireError, canonical, from_plain, instant, to_plain, uuid7
from mobile.device import network
from mobile.pairing import exchange, invite, letter, sessions
from mobile.pairing.bundle import MOST_SEQ
from mobile.pairing.hands import clashes
from mobile.pairing.invite import Invite
from mobile.pairing.post import Post
from mobile.pairing.session import Peer, Session, admit, boxed
from mobile.pairing.talk import Addresses, Talk
from mobile.refusals import Refusal
from mobile.sealing import shifts
from mobile.sealing.shift import Shift
from mobile.store import line as lines
from mobile.store import store as stores
from mobile.store.base import Store

MOST_STEPS = 4000
MOST_STEP = 24_000
"""Bytes of one step; its picture is a small one."""


class Beside(Talk):
    """The pairing of a post (see `Talk`)."""

    def __init__(self, post: Post, about: str = "", addresses: Addresses = network.local_addresses) -> None:
        self._known: dict[str, Mapping[str, Any]] = {}
        self._told_of: set[str] = set()
        about = about or lines.paired(post.store) or uuid7()
        stores.keep_setting(post.store, lines.PAIRED, about)
        super().__init__(post, about, addresses)

    @property
    def peers(self) -> tuple[Peer, ...]:
        """The other tablets that were heard; what each has in hand and has done is in its `facts`."""
        held = self.session
        return tuple(one for one in held.peers if one.heard_at) if held and held.open else ()

    def invite(self) -> str:
        """Return the code that pairs one more tablet. Raises Refusal `link_practice`."""
        held, offer = self.offer()
        told = Invite(
            inspection=self.about,
            opened_at=instant(self.post.now()),
            officer={name: str(self._me.officer[name]) for name in ("id", "name", "agency")},
            certificate=self._me.certificate,
            secret=offer.secret,
            addresses=self.addresses,
            expires_at=offer.expires_at,
            box=held.key.public if held.key else "",
        )
        return invite.write(told, self._me.key, invite.POST_START)

    def leave(self) -> None:
        """End the pairing of this post here."""
        super().leave()
        stores.drop_setting(self.store, lines.PAIRED)

    # -- letters

    def renew(self) -> None:
        """Look anew what this tablet has in hand and has done."""
        self._me = self._myself()

    def write(self, peer: Peer, role: str, *, echo: str = "", nonce: str = "", whole: bool = False) -> bytes:
        """Return our letter: the steps that the other lacks, and what we have in hand."""
        me, session = self._me, sessions.change(self.store, self.about, boxed)
        steps = lines.steps(self.store)
        lacks = [one for one in steps if whole or one.number > peer.holds.get(one.device, 0)]
        said = {
            "line": self.about,
            "device": me.device,
            "certificate": dict(me.certificate),
            "officer": dict(me.officer),
            "facts": dict(me.facts),
            "holds": _holds(steps),
            "steps": [to_plain(one) for one in lacks[:MOST_STEPS]],
            "nonce": nonce,
            "echo": echo,
            "box": session.key.public if session.key else "",
        }
        return letter.pack(said, me.key, peer.secret, role, reader=peer.box)

    def read(self, raw: bytes, role: str, now: datetime | None, *, echo: str | None = None) -> exchange.Taken:
        """Take a letter in: nothing of it is kept unless all of it holds.

        Raises the refusals of letter and session, and those of `exchange.check_writer`.
        """
        me, session = self._me, self.session
        if session is None or not session.open:
            raise Refusal("pair_closed")
        secret = session.secret_of(raw)
        revoked = exchange.revoked
        told = letter.unpack(
            raw, secret, role, me.server_key, lambda device: revoked(self.store, device), box=session.key
        )
        if told.get("line") != self.about:
            raise Refusal("pair_other_inspection")
        if told["device"] == me.device:
            raise Refusal("pair_self")
        if echo is not None and told.get("echo") != echo:
            raise Refusal("pair_forged", "an answer to another question")
        exchange.check_writer(me, told)
        admit(session, secret, told["device"], now)
        steps = _steps(told.get("steps"))
        # What we wrote ourselves we know, or our shift is closed and it counts no more.
        added = lines.take_in(self.store, (one for one in steps if one.device != me.device))
        after = sessions.change(self.store, self.about, lambda held: self._noted(held, told, secret, now))
        peer = after.peer(str(told["device"]))
        assert peer is not None, "a letter's writer is noted"  # noqa: S101 - a bug, not a refusal
        return exchange.Taken(peer, added, 0, str(told.get("nonce", "")))

    def came(self, taken: exchange.Taken) -> None:
        """Tell the desk that the line or the other's hand stands otherwise, and once each what clashes."""
        self.post.front.line_came()
        for plate, name in self.clashes():
            if (key := f"{plate}:{name}") not in self._told_of:
                self._told_of.add(key)
                self.post.front.clashed(plate, name)

    def clashes(self) -> list[tuple[str, str]]:
        """Return what is in hand here and at another tablet too, as plate and who has it there."""
        return clashes(lines.steps(self.store), self._me.device, self._me.facts, self.peers)

    def _noted(self, held: Session, told: Mapping[str, Any], secret: str, now: datetime | None) -> Session:
        """Return the session after a letter; its first one is told with its time, however little else changed."""
        after = exchange.noted(held, told, secret, (), 0, now)
        peer = after.peer(str(told["device"]))
        if peer is not None and not peer.heard_at and now is not None:
            after = after.knowing(replace(peer, heard_at=instant(now)))
        return after

    def _myself(self) -> exchange.Me:
        made, officer = self.post.enrolment, self.post.officer
        return exchange.Me(
            inspection=self.about,
            device=made.device,
            certificate=made.certificate,
            key=made.key,
            server_key=made.server_key,
            officer={"id": officer.id, "name": officer.name, "agency": officer.agency, "card": officer.card},
            officers={one["id"]: str(one.get("agency", "")) for one in made.officers},
            facts={"hand": hand(self.store), "done": self._done()},
            first_lead="",
        )

    def _done(self) -> int:
        """Return how many inspections of this shift are sealed here."""
        shift = shifts.current(self.store) or Shift("", instant(self.post.now()))
        return int(shifts.tally(self.store, shift, self._known).counts["inspections"])


def hand(store: Store) -> list[dict[str, str]]:
    """Return the checks in progress here: inspection, plate and colour, and since when."""
    from checklists.inspection.entries import facts_tree

    found = []
    for one in stores.in_progress(store):
        vehicle = facts_tree(stores.entries(store, one.id)).get("vehicle") or {}
        plate, colour = str(vehicle.get("plate") or ""), str(vehicle.get("colour") or "")
        found.append({"inspection": one.id, "plate": plate, "colour": colour, "since": one.opened_at})
    return found


def _holds(steps: tuple[Step, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in steps:
        found[one.device] = max(one.number, found.get(one.device, 0))
    return found


def _steps(plain: Any) -> list[Step]:
    """Return plain steps. Raises Refusal `pair_malformed`."""
    try:
        if not isinstance(plain, list) or len(plain) > MOST_STEPS:
            raise WireError("steps", "a list of steps")
        steps = [from_plain(Step, one) for one in plain]
        sizes = [len(canonical(to_plain(one))) for one in steps]
    except (WireError, TypeError, RecursionError) as problem:
        raise Refusal("pair_malformed", str(problem)[:100]) from problem
    if any(size > MOST_STEP for size in sizes) or not all(1 <= one.number <= MOST_SEQ for one in steps):
        raise Refusal("pair_malformed", "step")
    return steps
