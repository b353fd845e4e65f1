"""Two tablets: shows the code to join and the codes to carry, reads a colleague's, and what follows from them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from mobile.desk import Desk
from mobile.device import camera, scanner
from mobile.inspecting import acts
from mobile.inspecting.pictures import newest, taken_at
from mobile.pairing import exchange, frames, invite
from mobile.pairing.cosignature import in_lead_terms
from mobile.pairing.frames import Collected
from mobile.pairing.near import Near
from mobile.refusals import Refusal
from mobile.screens.pair.peers.state import Runs
from mobile.screens.pair.state import Shown, join_state, pair_state
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import part, signatures
from mobile.store import store as stores
from mobile.words import _

MOST_PICTURES = 8
MOST_AT_ONCE = 4


def enter(desk: Desk, screen: Any, mode: str = "status", **_where: Any) -> None:
    """Show the tablets at the vehicle in hand, or how to join a colleague's where none is in hand.

    Practice never opens a socket, and what is made up must not reach another tablet.
    """
    if desk.practising:
        if desk.has_inspection:
            desk.go("walk")
        else:
            desk.put_down()
        desk.tell(Refusal("pair_practice"))
        return
    _Pair(desk, screen, mode if desk.has_inspection else "join")


class _Pair:
    """What is shown and what was read so far; pictures that were there before are not read by themselves."""

    def __init__(self, desk: Desk, screen: Any, mode: str) -> None:
        self.desk, self.screen, self.mode = desk, screen, mode
        self.trouble = self.done = ""
        self.codes: tuple[str, ...] = ()
        self.number, self.still = 0, False
        self.read_so_far = Collected()
        self.seen = set(_pictures(desk))
        self.near: Near | None = desk.pairings.near(desk.held.inspection) if desk.has_inspection else None
        screen.bind(
            on_look=lambda _screen: self.look(),
            on_advance=lambda _screen: self.advance(),
            on_step=lambda _screen, by: self.step(by),
            on_hold=lambda _screen: self.hold(),
            on_picture=lambda _screen, path: self.read([Path(path)]),
            on_take_over=lambda _screen, reason: self.take_over(reason),
            on_pin=lambda _screen, pin: self.cosign(pin),
            on_act=lambda _screen, action: self.act(action),
        )
        desk.refresh = self.show
        if mode == "show":
            desk.attempt(self._make_codes)
        self.show()

    def show(self) -> None:
        """Show what stands."""
        desk, near = self.desk, self.near
        if desk.store is None:
            return
        named = [(str(path), clock_words(taken_at(path))) for path in newest(desk.camera)[:MOST_PICTURES]]
        if near is None or not desk.has_inspection:
            self.screen.show(join_state(named, self.trouble))
            return
        sealed = stores.inspection_state(desk.open_store, desk.held.inspection) != "in_progress"
        self.screen.show(
            pair_state(
                desk.held,
                desk.device_facts,
                near.session,
                self._runs(near, sealed=sealed),
                desk.now(),
                mode=self.mode,
                sealed=sealed,
                shown=self._shown(),
                read=self.read_so_far,
                done=self.done,
                pictures=named,
                trouble=self.trouble,
                registers=desk.role == "register",
            )
        )

    def act(self, action: str) -> None:
        """Do what was pressed."""
        desk = self.desk
        if action in ("show", "read", "takeover", "cosign"):
            desk.go("pair", mode=action, back="pair")
            return
        {
            "newest": self.newest,
            "close": self.close,
            "leave": self.leave,
            "walk": lambda: desk.go("walk"),
            "next": self.next_vehicle,
            "queue": desk.put_down,
        }[action]()

    # -- the codes that we show

    def advance(self) -> None:
        """Show the next code, unless the officer stopped them at one."""
        if self.codes and not self.still:
            self.number = (self.number + 1) % len(self.codes)
            self.show()

    def step(self, by: int) -> None:
        """Go to another code by hand, and stay there."""
        if self.codes:
            self.number, self.still = (self.number + by) % len(self.codes), True
            self.show()

    def hold(self) -> None:
        """Stop the codes, or let them go on."""
        self.still = not self.still
        self.show()

    def _make_codes(self) -> None:
        near = self.near
        assert near is not None  # noqa: S101 - there are codes only of an inspection in hand
        held = near.session
        peers = held.peers if held else ()
        # Whoever leads is who has to hear; on the leading tablet, who came last.
        lead = next((one for one in peers if one.device == self.desk.held.lead), None)
        peer = lead or (peers[-1] if peers else None)
        letter = near.letter(peer.device) if peer else near.first_letter()
        try:
            self.codes = frames.split(letter)
        except ValueError as problem:
            raise Refusal("pair_too_large", str(problem)) from problem

    def _shown(self) -> Shown:
        text = self.codes[self.number] if self.codes else ""
        return Shown(text, self.number, len(self.codes), self.still)

    # -- the codes that we read

    def look(self) -> None:
        """Once a second: read pictures that have come, and show how old the news are."""
        if self.mode in ("join", "read"):
            new = [path for path in _pictures(self.desk) if path not in self.seen]
            if new:
                self.read(list(reversed(new))[:MOST_AT_ONCE])
                return
        self.show()

    def newest(self) -> None:
        """Read the newest picture, whether it was read before or not."""
        pictures = _pictures(self.desk)
        if pictures:
            self.read(pictures[:1])
        else:
            self.trouble = _("There is no picture yet.")
            self.show()

    def read(self, paths: list[Path]) -> None:
        """Read the codes of pictures: an invitation joins, a sequence goes on."""
        self.trouble = ""
        for path in paths:
            self.seen.add(path)
            try:
                texts = scanner.read_qr(path)
                with suppress(OSError):
                    self.desk.pictures_seen.add(camera.seen(path))
                for text in texts:
                    self._read_code(text)
                # A code that joined tablets holds their secret, and no inspection wants its picture.
                camera.drop(path)
            except Refusal as refusal:
                self.trouble = trouble_words(refusal)
            if self.desk.refresh != self.show:
                # Joining has led on to the inspection.
                return
        self.show()

    def _read_code(self, text: str) -> None:
        if invite.is_invite(text):
            self._join(text)
            return
        if invite.is_post(text):
            self._join_post(text)
            return
        if self.near is None or frames.read(text) is None:
            raise Refusal("pair_not_ours")
        self.read_so_far = frames.collect(self.read_so_far, text)
        whole = self.read_so_far.whole
        if whole is not None:
            self.read_so_far = Collected()
            taken = self.near.take(whole)
            self.done = _("All read; new from {name}: {n}").format(name=taken.peer.name, n=taken.added)

    def _join(self, text: str) -> None:
        desk, told = self.desk, self._invited(text)
        if stores.inspection_state(desk.open_store, told.inspection) not in (None, "in_progress"):
            raise Refusal("inspection_closed", told.inspection)
        desk.join(told.inspection, told.opened_at, str(told.officer.get("id", "")), told.device)
        desk.pairings.near(told.inspection).joined(told)
        desk.go("pair")

    def _join_post(self, text: str) -> None:
        told = self._invited(text, invite.POST_START)
        self.desk.pairings.join_post(told)
        self.desk.go("line")

    def _invited(self, text: str, start: str = invite.START) -> invite.Invite:
        """Return what a code says. Raises its refusals, and `pair_self` and `pair_same_officer`."""
        access, store = self.desk.access, self.desk.open_store
        told = invite.read(text, access.enrolled.server_key, lambda device: exchange.revoked(store, device), start)
        if told.device == access.device:
            raise Refusal("pair_self")
        if told.officer.get("id") == access.me.id:
            raise Refusal("pair_same_officer")
        return told

    # -- what follows

    def cosign(self, pin: str) -> None:
        """Confirm by PIN what the lead will seal; the signature goes back with the next exchange."""
        desk, near = self.desk, self.near
        officer = desk.held.officer
        try:
            desk.access.check_pin(officer.id, pin)
        except Refusal as refusal:
            self.trouble = trouble_words(refusal)
            self.show()
            return
        theirs, device = in_lead_terms(desk.held, desk.device_facts, near.session if near else None)
        withdraws = signatures.earlier(desk.held, "officer", officer.id)
        digest = part.draft(theirs, device)
        desk.put(acts.sign("officer", officer.name, withdraws=withdraws, card=officer.card, digest=digest))
        desk.go("pair")

    def next_vehicle(self) -> None:
        """Lay this check aside, which goes on where it was handed over to, and begin with the next vehicle."""
        self.desk.put_down()
        self.desk.start_work()

    def close(self) -> None:
        """Seal what this tablet wrote."""
        if self.near is not None:
            self.desk.attempt(self.near.contribute)
            self.show()

    def take_over(self, reason: str) -> None:
        """Lead from now on, because the other tablet cannot."""
        self.desk.put(acts.take_over(self.desk.held, reason))
        self.desk.go("walk")

    def leave(self) -> None:
        """End the pairing on this tablet; what was exchanged stays."""
        if self.near is not None:
            self.near.leave()
        self.desk.go("walk")

    def _runs(self, near: Near, *, sealed: bool) -> Runs:
        code = ""
        until = ""
        if self.mode == "status" and self.desk.held.leads and not sealed:
            code = near.invite()
            held = near.session
            until = held.offers[-1].expires_at if held and held.offers else ""
        return Runs(near.heard, near.troubles, near.addresses, code, until)


def _pictures(desk: Desk) -> list[Path]:
    """Return the camera's pictures, the newest first."""
    try:
        return list(reversed(camera.arrived(desk.camera)))
    except Refusal:
        return []
