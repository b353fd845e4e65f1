"""The line of waiting vehicles: one touch adds one, takes the next for a check, or says why one went on unchecked."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from checklists.findings.outcome import ABANDONED
from checklists.inspection.line import Vehicle, line
from checklists.wire import uuid7
from mobile.desk import Desk
from mobile.device import camera
from mobile.inspecting import evidence
from mobile.inspecting.pictures import Watch
from mobile.pairing import beside
from mobile.refusals import Refusal
from mobile.screens.line.state import MODES, Heard, line_state
from mobile.store import line as lines
from mobile.store import store as stores

PICTURE_PX = 160
"""Of the longer side of a vehicle's small picture: to find it in the row, never to prove anything."""


def enter(desk: Desk, screen: Any, mode: str = "line", vehicle: str = "", **_where: Any) -> None:
    """Show the line; mode `plate` and `pass` ask about a vehicle, or about one that is not in line yet."""
    _Line(desk, screen, mode if mode in MODES else "line", vehicle)


def vehicles(desk: Desk) -> tuple[Vehicle, ...]:
    """Return the line as it stands, after what follows from this tablet's own checks was put down."""
    found = line(lines.steps(desk.open_store))
    hand = beside.hand(desk.open_store) if found else []
    changed = [one for one in found if _tidy(desk, one, hand)]
    return line(lines.steps(desk.open_store)) if changed else found


def take(desk: Desk, vehicle: str) -> None:
    """Begin the check of a vehicle of the line, with its plate where it is known. Raises Refusal `packages_missing`."""
    one = next((one for one in vehicles(desk) if one.id == vehicle), None)
    if one is None or one.state != "waiting":
        desk.refresh()
        return
    desk.begin()
    if desk.has_inspection:
        put(desk, vehicle, "taken", {"inspection": desk.held.inspection})
        if one.plate:
            desk.go("identify", mode="given", asked=one.plate, colour=one.colour)


def put(desk: Desk, vehicle: str, kind: str, value: Mapping[str, Any] | None = None) -> None:
    """Put a step of this officer down, and tell it to the other tablets at once. Raises Refusal `disk_full`."""
    _put(desk, vehicle, (kind, value or {}))


def clashes(desk: Desk) -> list[tuple[str, str]]:
    """Return what is in hand here and on another tablet, as plate and who has it there."""
    held = desk.pairings.beside
    return held.clashes() if held is not None else []


def _put(desk: Desk, vehicle: str, *kinds: tuple[str, Mapping[str, Any]]) -> None:
    me, store = desk.access.me, desk.open_store
    lines.add(store, desk.access.device, (me.id, me.name), desk.at, vehicle, *kinds)
    if (held := desk.pairings.beside) is not None:
        held.hurry()


def _tidy(desk: Desk, one: Vehicle, hand: list[dict[str, str]]) -> bool:
    """Put down what a check of this tablet says of a vehicle; False where there is nothing to say.

    A check that was laid away with nothing in it, or abandoned, puts its vehicle back; one that was begun beside the
    line takes the vehicle of its plate.
    """
    for take_ in one.takes:
        if take_.device == desk.access.device and not _checked(desk, str(take_.value.get("inspection") or "")):
            put(desk, one.id, "back")
            return True
    if one.state == "waiting" and one.plate:
        for check in hand:
            if check["plate"] == one.plate and check["since"] >= one.came.at:
                put(desk, one.id, "taken", {"inspection": check["inspection"]})
                return True
    return False


def _checked(desk: Desk, inspection: str) -> bool:
    """Whether a check goes on or came to its end."""
    state = stores.inspection_state(desk.open_store, inspection)
    if state != "sealed":
        return state == "in_progress"
    entries = stores.entries(desk.open_store, inspection)
    return not any(one.kind == "outcome" and one.value.get("decided") == ABANDONED for one in entries)


class _Line:
    """The screen's flow."""

    def __init__(self, desk: Desk, screen: Any, mode: str, vehicle: str) -> None:
        self.desk, self.screen, self.mode, self.vehicle = desk, screen, mode, vehicle
        self.since, self.expects = desk.now(), False
        self.watching = Watch(partial(camera.arrived, desk.camera), desk.pictures_seen, lambda: self.since)
        screen.bind(
            on_add=lambda _screen, sort: self.do(lambda: self.add({"sort": sort})),
            on_mode=lambda _screen, mode, vehicle: desk.go("line", mode=mode, vehicle=vehicle),
            on_plate=lambda _screen, text, colour: self.do(lambda: self.plate(text, colour)),
            on_photo=lambda _screen: desk.attempt(self.photo),
            on_take=lambda _screen, key: desk.attempt(lambda: take(desk, key)),
            on_pass=lambda _screen, reason: self.do(lambda: self.let_on(reason)),
            on_back=lambda _screen, key: self.do(lambda: put(desk, key, "back")),
            on_scan=lambda _screen: desk.go("pair", mode="join", back="line"),
            on_unpair=lambda _screen: self.unpair(),
            on_look=lambda _screen: self.look(),
        )
        desk.refresh = self.show
        if mode == "pair":
            desk.attempt(lambda: None if desk.practising else _open(desk))
        self.show()

    def show(self) -> None:
        """Show the line as it stands."""
        desk = self.desk
        if desk.store is None:
            return
        self.screen.show(
            line_state(
                vehicles(desk),
                desk.access.device,
                desk.now(),
                self._heard(),
                mode=self.mode,
                asked=self.vehicle,
                clashes=clashes(desk),
            )
        )

    def do(self, act: Any) -> None:
        """Do something and show what came of it, or tell why not."""
        self.desk.attempt(act)
        if self.desk.screen == "line":
            self.desk.go("line") if self.mode in ("plate", "pass") else self.show()

    def add(self, value: Mapping[str, Any]) -> None:
        """Put a vehicle at the end of the line."""
        put(self.desk, uuid7(), "came", value)

    def plate(self, text: str, colour: str) -> None:
        """Give a vehicle its plate, or put one with that plate at the end of the line."""
        if self.vehicle:
            put(self.desk, self.vehicle, "named", {"plate": text, "colour": colour})
        else:
            self.add({"plate": text, "colour": colour})

    def let_on(self, reason: str) -> None:
        """Put down why a vehicle went on unchecked, also one that stood in no line."""
        passed = ("passed", {"reason": reason})
        if self.vehicle:
            _put(self.desk, self.vehicle, passed)
        else:
            _put(self.desk, uuid7(), ("came", {}), passed)

    def photo(self) -> None:
        """Put a vehicle with its small picture at the end of the line. Raises Refusal `no_new_picture`."""
        self.desk.photograph(self._picture)

    def _picture(self) -> None:
        desk = self.desk
        new = self.watching.new()
        if not new:
            self.expects = camera.opened(desk.camera)
            raise Refusal("camera_opened" if self.expects else "no_new_picture", str(desk.camera))
        desk.pictures_seen.add(camera.seen(new[-1]))
        self._keep(new[-1])

    def _keep(self, path: Path) -> None:
        small = evidence.small(camera.picked(path), PICTURE_PX)
        self.add({"picture": base64.b64encode(small).decode()})
        camera.drop(path)
        self.show()

    def look(self) -> None:
        """Every few seconds: take a picture that was waited for, and show how long everybody waits."""
        if self.expects and (path := self.watching.arrived()) is not None:
            self.expects = False
            self.desk.attempt(lambda: self._keep(path))
        self.show()

    def unpair(self) -> None:
        """End the pairing of this post here."""
        self.desk.pairings.leave_post()
        self.desk.go("line")

    def _heard(self) -> Heard:
        held = self.desk.pairings.beside
        if held is None:
            return Heard()
        code = until = ""
        if self.mode == "pair":
            code = held.invite()
            session = held.session
            until = session.offers[-1].expires_at if session and session.offers else ""
        return Heard(held.peers, held.heard, held.troubles, True, code, until, held.addresses)


def _open(desk: Desk) -> None:
    desk.pairings.open_post()
