"""T0 and T14: begins a shift in one touch, keeps what changes at the post, and closes it by the officers' PINs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.wire import uuid7
from mobile.desk import Desk
from mobile.device.battery import battery
from mobile.inspecting.inspection import Officer
from mobile.link.background import apart
from mobile.refusals import Refusal
from mobile.routes import ROUTES
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.shift.readiness.state import readiness
from mobile.screens.shift.state import closed_state, end_state, is_dark, start_state, verdict
from mobile.sealing import shifts
from mobile.sealing.shift import Shift, draft, signature
from mobile.store import store as stores

LESSON = "lesson" in ROUTES
"""Whether there is a brief to go through before the first vehicle."""


def enter(desk: Desk, screen: Any, *, mode: str = "", **_where: Any) -> None:
    """Show the beginning of a shift, the open one with its counts, or with mode `closed` the one that ended last.

    Mode `post` changes the site, the campaign and the colleague of the open shift.
    """
    store = desk.open_store
    if mode == "closed" and shifts.closed(store) is not None:
        _Closed(desk, screen)
    elif mode != "post" and shifts.current(store) is not None:
        _End(desk, screen)
    else:
        _Start(desk, screen)


class _Start:
    """The shift as it would begin; nothing is kept before it does."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen, self.store = desk, screen, desk.open_store
        open_ = shifts.current(self.store)
        self.begun, self.me = open_ is not None, desk.access.me.id
        self.shift = open_ or self._proposed()
        self.battery, self.free = battery(), shutil.disk_usage(desk.folder).free
        screen.bind(
            on_written=lambda _screen, site, campaign: self.say(site=site, campaign=campaign),
            on_begin=lambda _screen: desk.attempt(self.begin),
            on_campaign=lambda _screen, campaign: self.say(campaign=campaign),
            on_second=lambda _screen, officer: self.choose(officer),
            on_role=lambda _screen, officer, role: self.give_role(officer, role),
            on_tick=lambda _screen, setup: self.tick(setup),
            on_dark=lambda _screen: self.say(dark=not self.shift.dark),
            on_expressway=lambda _screen: self.say(expressway=not self.shift.expressway),
            on_lesson=lambda _screen: desk.go("lesson", mode="brief", back="shift"),
            on_last=lambda _screen: desk.go("shift", mode="closed"),
            on_queue=lambda _screen: desk.put_down(),
            on_change_pin=lambda _screen: desk.go("pin", back="shift"),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what would begin, and whether this tablet is ready."""
        desk, last = self.desk, shifts.closed(self.store)
        ages = {one.name: one.applied_at for one in desk.backlog.packages}
        self.screen.show_start(
            start_state(
                self.shift,
                desk.access.colleagues(),
                shifts.campaigns(self.store),
                readiness(ages, self.free, self.battery, desk.backlog.unsent, desk.now()),
                me=self.me,
                begun=self.begun,
                last=verdict(last) if last and not self.begun else None,
                lesson=LESSON,
            )
        )

    def choose(self, officer: str) -> None:
        """Take a colleague, or take him back."""
        others = [one for one in self.shift.officers if one != self.me]
        others = [one for one in others if one != officer] if officer in others else [*others, officer]
        roles = {one: role for one, role in self.shift.roles.items() if one in (self.me, *others)}
        self.say(officers=(self.me, *others), roles=roles)

    def give_role(self, officer: str, role: str) -> None:
        """Note what an officer does; the same again takes it back."""
        roles = dict(self.shift.roles)
        if roles.pop(officer, "") != role:
            roles[officer] = role
        self.say(roles=roles)

    def tick(self, setup: str) -> None:
        """Note that something was seen to, or was not after all."""
        ticked = self.shift.ticked
        self.say(ticked=tuple(one for one in ticked if one != setup) if setup in ticked else (*ticked, setup))

    def say(self, **changes: Any) -> None:
        """Change the shift that would begin, and show it; a field may lose the focus only after the tablet locked."""
        self.shift = replace(self.shift, **changes)
        if self.desk.store is self.store:
            self.show()

    def begin(self) -> None:
        """Begin the shift, or keep what changed, and go to the queue, or where a new role begins its work."""
        before = shifts.role_of(self.store, self.me)
        shifts.begin(self.store, self.shift)
        self.desk.put_down()
        if self.shift.roles.get(self.me, "") != before:
            self.desk.start_work()

    def _proposed(self) -> Shift:
        """Return the next shift as the last one was, in the light of now; nothing is ticked before somebody looked."""
        last, at = shifts.before(self.store) or Shift("", ""), self.desk.at
        known = {one.id for one in self.desk.access.colleagues()}
        here = (self.me, *(one for one in last.officers if one != self.me and one in known))
        return Shift(
            uuid7(),
            at,
            self.desk.site,
            last.campaign,
            here,
            dark=is_dark(self.desk.now()),
            expressway=last.expressway,
            roles={one: role for one, role in last.roles.items() if one in here},
        )


class _End:
    """The open shift; a PIN signs what is shown, and what changes afterwards asks for it again."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen, self.store = desk, screen, desk.open_store
        self.known: dict[str, Mapping[str, Any]] = {}
        self.signed: dict[str, dict[str, str]] = {}
        self.trouble = ""
        screen.bind(
            on_pin=lambda _screen, pin: self.pin(pin),
            on_without=lambda _screen: desk.attempt(self.close),
            on_post=lambda _screen: desk.go("shift", mode="post"),
            on_queue=lambda _screen: desk.put_down(),
            on_change_pin=lambda _screen: desk.go("pin", back="shift"),
        )
        desk.refresh = self.show
        self.show()

    @property
    def shift(self) -> Shift:
        """The open shift."""
        held = shifts.current(self.store)
        assert held is not None, "no shift is open"  # noqa: S101 - a bug, not a refusal
        return held

    def show(self) -> None:
        """Show the counts and who signs; signatures of other counts are asked for again."""
        shift = self.shift
        found = shifts.tally(self.store, shift, self.known)
        valid = draft(shift, found)
        self.signed = {key: one for key, one in self.signed.items() if one["digest"] == valid}
        signing = self._signing(shift)
        absent = {one.id for one in signing} - set(self.desk.access.officers())
        self.state = end_state(
            shift, found, signing, self.desk.now(), confirmed=self.signed, absent=absent, trouble=self.trouble
        )
        self.screen.show_end(self.state)

    def pin(self, pin: str) -> None:
        """Sign for the officer whose turn it is; the last signature closes the shift."""
        officer = next((one for one in self._signing(self.shift) if one.id == self.state.asked), None)
        try:
            if officer is not None:
                self.desk.access.check_pin(officer.id, pin)
                signed = draft(self.shift, shifts.tally(self.store, self.shift, self.known))
                self.signed[officer.id] = signature(officer, signed, self.desk.at)
            self.trouble = ""
            self.show()
            if not self.state.asked:
                self.close()
        except Refusal as refusal:
            self.trouble = trouble_words(refusal)
            self.show()

    def close(self) -> None:
        """Seal the shift, send it, and show what becomes of it."""
        desk = self.desk
        shifts.close(self.store, self.shift, desk.device_facts, desk.access.enrolled, self.signed.values(), desk.now())
        desk.attempt(desk.pairings.leave_post)
        desk.go("shift", mode="closed")
        desk.start_sync()

    def _signing(self, shift: Shift) -> list[Officer]:
        """Return who signs: the officer at the desk, then the others of the shift."""
        named = {one.id: one for one in self.desk.access.colleagues()}
        ids = dict.fromkeys((self.desk.access.me.id, *shift.officers))
        return [named[one] for one in ids if one in named]


class _Closed:
    """The shift that ended last, and what the office says of it; it is asked once the shift is delivered."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen, self.store = desk, screen, desk.open_store
        end = shifts.closed(self.store)
        assert end is not None, "no shift was closed"  # noqa: S101 - a bug, not a refusal
        self.digest = end.digest
        self.part = stores.sealed(self.store, self.digest).part
        self.parts: dict[str, Mapping[str, Any]] = {}
        self.asking, self.trouble = False, ""
        self.asked_at: datetime | None = None
        screen.bind(
            on_ask=lambda _screen: self.ask_again(),
            on_next=lambda _screen: desk.go("shift"),
            on_lock=lambda _screen: desk.lock(),
        )
        desk.refresh = self.refresh
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands; after each run with the office, ask how its counts stand."""
        link = self.desk.courier.state
        if link.online and not link.running and link.finished_at != self.asked_at and not self._equal():
            self.asked_at = link.finished_at
            self.ask()
        self.show()

    def show(self) -> None:
        """Show the signed counts beside the office's."""
        end = shifts.closed(self.store)
        if end is None or end.digest != self.digest:
            return
        sent = {one.digest: one.state for one in stores.deliveries(self.store)}
        for one in end.told.get("lacking") or ():
            if one in sent and one not in self.parts:
                self.parts[one] = stores.sealed(self.store, one).part
        self.screen.show_closed(
            closed_state(
                self.part,
                end,
                sent.get(self.digest, ""),
                self.parts,
                sent,
                self.desk.now(),
                asking=self.asking or self.desk.courier.state.running,
                trouble=self.trouble,
            )
        )

    def ask_again(self) -> None:
        """Send what waits; the office is asked when that is through."""
        self.trouble, self.asked_at = "", None
        self.desk.start_sync()
        self.refresh()

    def ask(self) -> None:
        """Ask the office, apart from the screen, unless it has not got the shift itself."""
        delivered = {one.digest for one in stores.deliveries(self.store) if one.state in ("delivered", "conflict")}
        enrolment = self.desk.access.enrolment
        if self.asking or self.digest not in delivered or enrolment is None:
            return
        self.asking = True
        apart(lambda: shifts.ask(enrolment.link, self.digest), self._told, self.desk.later)

    def _told(self, found: dict[str, Any] | Refusal) -> None:
        self.asking = False
        # The officer may have locked the tablet meanwhile.
        if self.desk.store is not self.store:
            return
        if isinstance(found, Refusal):
            self.trouble = trouble_words(found)
        else:
            self.trouble = ""
            shifts.keep_answer(self.store, self.digest, found)
        if self.desk.screen == "shift" and self.desk.where.get("mode") == "closed":
            self.show()

    def _equal(self) -> bool:
        end = shifts.closed(self.store)
        return bool(end and end.told.get("equal"))
