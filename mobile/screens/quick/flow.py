"""The quick check: one PIN confirms what was seen to its end, names the second officer, decides and seals.

The second officer confirms by his own PIN that he is on the post, once a shift; a photo that was drawn comes first.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts, control_photos, quick_check
from mobile.inspecting.inspection import Held, Officer
from mobile.lock.pins import NewPin
from mobile.refusals import Refusal
from mobile.screens.quick.state import quick_state
from mobile.screens.shared.trouble import trouble_words
from mobile.sealing import part, presence, shifts, signatures
from mobile.store import store as stores
from mobile.words import _

SECOND = "second_beside"
"""The setting that keeps who was named as being on the post as well, and when."""


def enter(desk: Desk, screen: Any, *, second_pin: bool = False, **_where: Any) -> None:
    """Show what the PIN confirms; a check by the full list goes to its walk.

    `second_pin`: the second officer is at his own PIN, as after he gave the office's code.
    """
    if not quick_check.is_quick(desk.held):
        desk.go("walk")
        return
    _Quick(desk, screen, second_pin=second_pin)


class _Quick:
    """Since when the officer looks, who is with him, and whose PIN is asked."""

    def __init__(self, desk: Desk, screen: Any, *, second_pin: bool) -> None:
        self.desk, self.screen = desk, screen
        self.since, self.trouble = desk.now(), ""
        self.officers = desk.access.colleagues()
        self.second, self.source = _second(desk)
        self.asks_second, self.new_pin = second_pin, NewPin(desk.access)
        screen.bind(
            on_second=lambda _screen, officer: self.name(officer),
            on_pin=lambda _screen, pin: self.second_pin(pin) if self.asks_second else self.pin(pin),
            on_present=lambda _screen: self.ask_second(),
            on_own=lambda _screen: desk.go("quick"),
            on_photo=lambda _screen: desk.attempt(self.photo),
            on_no_photo=lambda _screen, reason: self.no_photo(reason),
            on_walk=lambda _screen: desk.go("walk"),
        )
        desk.refresh = self.show
        if drafts := control_photos.drawing(desk.held):
            desk.put(drafts)
        else:
            self.show()

    def show(self) -> None:
        """Show what would be confirmed now."""
        self.screen.show(
            quick_state(
                self.desk.held,
                self.desk.at,
                self.officers,
                second=self.second,
                present=self._present(),
                asks_second=self.asks_second,
                prompt=self._prompt(),
                trouble=self.trouble,
            )
        )

    def name(self, officer: str) -> None:
        """Take who is on the post as well, for this shift."""
        self.second, self.source = officer, "officer"
        named = {"officer": officer, "at": self.desk.at, "by": self.desk.held.officer.id}
        stores.keep_setting(self.desk.open_store, SECOND, named)
        self.show()

    def ask_second(self) -> None:
        """Give the tablet to the second officer; one who is new here first gives the code that the office may want."""
        if self.new_pin.asks_code(self.second):
            self.desk.go("code", officer=self.second)
        else:
            self.desk.go("quick", second_pin=True)

    def second_pin(self, pin: str) -> None:
        """Take that the second officer is on the post, by his own PIN."""
        try:
            confirmed = self.new_pin.confirms(self.second, pin)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if not confirmed:
            self._say("")
            return
        identity = self.new_pin.vouched(self.second, own=False)
        presence.confirm(self.desk.open_store, self.second, self.desk.at, identity)
        self.desk.go("quick")

    def photo(self) -> None:
        """Put down the control photo that was drawn. Raises Refusal `no_new_picture`."""
        desk = self.desk
        sections = [one.section for one in control_photos.pending(desk.held)[:1]]
        if sections:
            desk.photograph(lambda: desk.put(desk.shutter().control(sections[0])))

    def no_photo(self, reason: str) -> None:
        """Put down why there is no control photo."""
        for one in control_photos.pending(self.desk.held)[:1]:
            self.desk.put(control_photos.impossible(one.item, one.section, reason))

    def pin(self, pin: str) -> None:
        """Confirm everything, decide and sign with one PIN, and seal; with a wrong PIN nothing is put down."""
        desk = self.desk
        if not quick_check.is_clean(quick_check.confirmed(desk.held, desk.at)) or not self.second:
            self.show()
            return
        try:
            desk.access.check_pin(desk.held.officer.id, pin)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        confirmation = _confirmation(desk, self.since, self._named(), self.source, self._present())
        device, identity = desk.device_facts, self.new_pin.vouched(desk.held.officer.id, own=True)
        desk.put(confirmation, follow=lambda held: _signature(held, device, identity), leaving=True)
        if signatures.missing(desk.held, desk.device_facts):
            desk.go("walk")
        else:
            desk.go("papers")

    def _prompt(self) -> str:
        if not self.asks_second or not self.second:
            return ""
        name = self._named().name
        if not self.new_pin.is_new(self.second):
            return _("PIN of {name}: is on the post").format(name=name)
        words_ = _("{name}: the same PIN again") if self.new_pin.first else _("{name}: set a PIN of 6 to 12 digits")
        return words_.format(name=name)

    def _present(self) -> quick_check.Present:
        return presence.confirmed(self.desk.open_store, self.second, self.desk.now())

    def _named(self) -> Officer:
        return next(one for one in self.officers if one.id == self.second)

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        self.show()


def _confirmation(desk: Desk, since: datetime, second: Officer, source: str, present: quick_check.Present) -> list[Any]:
    """Return everything that the PIN stands for, in one act: the sections, the second officer, the decision."""
    held, dwell_ms = desk.held, acts.spent_ms(since, desk.now())
    named = quick_check.name_second(second, source, present)
    return [*quick_check.confirming(held, dwell_ms, desk.at), *named, *_released(desk)]


def _released(desk: Desk) -> tuple[Any, ...]:
    return acts.decide(quick_check.confirmed(desk.held, desk.at), "release")


def _signature(held: Held, device: part.Device, identity: str) -> tuple[Any, ...]:
    me = held.officer
    withdraws = signatures.earlier(held, "officer", me.id)
    digest = part.draft(held, device)
    # Nobody gives this PIN before the list was seen to its end.
    said: dict[str, Any] = {"quick": True, "seen_to_end": True, "identity": identity}
    return acts.sign("officer", me.name, withdraws=withdraws, card=me.card, digest=digest, **said)


def _second(desk: Desk) -> tuple[str, str]:
    """Return the second officer and who says so: the open shift, else whom our officer named here not long ago.

    Nobody who has left the office, and nobody whom another officer named: he was on the post with that one.
    """
    me, known = desk.held.officer.id, {one.id for one in desk.access.colleagues()}
    if (from_shift := shifts.colleague(desk.open_store, me)) in known:
        return from_shift, "shift"
    named = stores.setting(desk.open_store, SECOND) or {}
    at = str(named.get("at") or "")
    recent = at and abs(desk.now() - datetime.fromisoformat(at)) < timedelta(hours=presence.SHIFT_HOURS)
    officer = str(named.get("officer") or "")
    mine = named.get("by") == me and officer in known - {me}
    return (officer, "officer") if recent and mine else ("", "officer")
