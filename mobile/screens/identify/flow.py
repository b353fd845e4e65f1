"""T2: a scan puts down the waybill and asks the registry; a plate does the same; next says that it is this vehicle.

The camera comes first: while the waybill is waited for, a new picture is read by itself, and where nothing is left to
ask the snapshot follows by itself too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from checklists.facts.matches import Match, unit_matches, vehicle_matches
from checklists.facts.waybill_codes import Code, joined
from mobile.desk import Desk
from mobile.device import camera, scanner
from mobile.inspecting import acts
from mobile.inspecting.camera_photo import WAYBILL_ITEM
from mobile.inspecting.pictures import Watch, newest, taken_at
from mobile.plate_input import usual_colour
from mobile.refusals import Refusal
from mobile.screens.genuine.state import paper_code
from mobile.screens.identify.matches.state import matches_state, takes_itself
from mobile.screens.identify.person.state import card_number, person_state, take_person
from mobile.screens.identify.plates.flow import Reading, may_photograph, photograph
from mobile.screens.identify.signs.state import checked, is_ordinary, signs_state, take_paper, take_plate, usual_plate
from mobile.screens.identify.state import ask_registry, best_reading, confirm_plate, identify_state, unambiguous
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.trouble import trouble_words
from mobile.sign_input import Signs, pressed, with_country, with_kind
from mobile.store import clear_copies
from mobile.store import store as stores
from mobile.words import _

MOST_RECENT = 4
MOST_SUGGESTED = 4


def enter(desk: Desk, screen: Any, mode: str = "scan", **where: Any) -> None:
    """Show what is known of the vehicle so far; `matches` and `given` name a plate, `card` a number that was read.

    `plate` may name one to begin with, `read` a picture in which plates are looked for.
    """
    _Identify(desk, screen, mode, where)


class _Identify:
    """The screen's flow; a picture without a readable code is held until it is kept or another is read."""

    def __init__(self, desk: Desk, screen: Any, mode: str, where: dict[str, Any]) -> None:
        self.desk, self.screen = desk, screen
        self.mode = "scan" if mode == "read" and desk.plate_reader is None else mode
        self.asked, self.colour = str(where.get("asked") or ""), str(where.get("colour") or "")
        self.number = str(where.get("number") or "")
        self.signs = Signs("paper" if mode == "paper" else "plate")
        self.trouble = ""
        self.offered: Path | None = None
        self.parts: tuple[Code, ...] = ()
        self.recent = _recent_plates(desk)
        self.watching = Watch(
            lambda since: desk.shutter().arrived(since), desk.pictures_seen, lambda: _waiting_since(desk)
        )
        self.find = partial(stores.find, desk.open_store)
        self.found = self._matches(self.asked, self.colour) if mode == "matches" else ()
        self.reading = self._begun(where)
        screen.bind(
            on_scan=self.scan,
            on_watch=self.watch,
            on_mode=lambda _screen, mode: desk.go("identify", mode=mode),
            on_picture=lambda _screen, path: self.read(Path(path)),
            on_keep_picture=self.keep,
            on_plate=self.plate,
            on_typing=self.typing,
            on_choose=lambda _screen, plate, colour: self.take(plate, colour),
            on_number=self.type_number,
            on_person=self.person,
            on_kind=self.kind,
            on_country=lambda _screen, country: self.sign(with_country(self.signs, country)),
            on_page=lambda _screen, page: self.sign(replace(self.signs, page=page)),
            on_sign=lambda _screen, sign: self.sign(pressed(self.signs, sign)),
            on_taken=self.taken,
            on_next=self.next,
            on_copy=lambda _screen: desk.go("bill"),
            on_photo_plate=lambda _screen: desk.attempt(lambda: photograph(desk)),
            on_suggested=self.suggested,
            on_gone=lambda _screen: self.gone(),
            on_abandon=lambda _screen: desk.go("withdraw", back="identify"),
        )
        desk.refresh = self.show
        self.show()
        if mode == "given":
            # Who guides the line has read the plate: it is taken as if it were typed here.
            self.plate(screen, self.asked, self.colour)

    def show(self) -> None:
        """Show the screen as it stands."""
        desk, now = self.desk, self.desk.now()
        state = identify_state(
            desk.held,
            now,
            mode=self.mode,
            recent=self.recent,
            pictures=_captions(newest(desk.camera)) if self.mode == "pictures" else (),
            trouble=self.trouble,
            offered=self.offered is not None,
            matches=matches_state(self.found, self.asked, self.colour, now) if self.mode == "matches" else None,
            person=person_state(desk.held, self.number, desk.kit.lookup, now) if self.mode == "card" else None,
            signs=signs_state(desk.held, self.signs) if self.mode in ("other", "paper") else None,
            suggested=self.reading.state if self.reading else None,
            typed=(self.asked, self.colour) if self.mode == "plate" else ("", ""),
            may_photograph=may_photograph(desk),
        )
        self.screen.show(state)

    # -- the camera

    def scan(self, _screen: Any) -> None:
        """Look through this device's camera; without one, read the newest picture of this check that was not read."""
        desk = self.desk
        if desk.lens is not None:
            desk.go("camera", mode="code", back="identify")
            return
        try:
            if camera.opened(desk.camera):
                # Its picture arrives while the screen waits for one.
                return
            new = self.watching.newest()
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if new:
            self.read(new)
        elif newest(desk.camera):
            self.mode = "pictures"
            self._say(_("There is no new picture. Choose one."))
        else:
            self._say(_("There is no picture yet. Take one of the waybill, then scan again."))

    def watch(self, _screen: Any) -> None:
        """Read a picture that has just arrived, and go on where it leaves nothing to ask."""
        desk = self.desk
        if desk.screen != "identify" or self.mode not in ("scan", "card") or not desk.has_inspection:
            return
        path = self.watching.arrived()
        if path is not None:
            desk.attempt(lambda: self.read(path, by_itself=True))

    def read(self, path: Path, *, by_itself: bool = False) -> None:
        """Read a picture's code: a card's number, or the waybill with its plate where none was entered."""
        desk = self.desk
        try:
            codes = joined((*self.parts, *scanner.read_codes(path)))
            texts = [one.text for one in codes]
            if code := paper_code(texts):
                desk.attempt(lambda: clear_copies.took_code(desk.open_store, path, desk.held.inspection))
                desk.go("genuine", text=code, back="identify")
                return
        except Refusal as refusal:
            self.offered = path if refusal.code in ("qr_unreadable", "scanner_missing") else None
            self._say(trouble_words(refusal))
            return
        desk.attempt(lambda: clear_copies.took_code(desk.open_store, path, desk.held.inspection))
        self.parts = tuple(one for one in codes if one.parts > 1)
        if self.parts and len(self.parts) == len(codes):
            self._say(_parts_words(self.parts))
            return
        reading = best_reading([one for one in codes if one.parts == 1], desk.held)
        number = next((one for text in texts if (one := card_number(text, desk.kit.tables.goods))), "")
        if number and set(reading.data) == {"raw"}:
            desk.go("identify", mode="card", number=number)
            return
        self.mode, self.trouble, self.offered = "scan", "", None
        drafts = [*acts.waybill(reading.data)]
        if not desk.plate and reading.data.get("plate"):
            drafts.append(acts.fact("vehicle.plate", reading.data["plate"], "waybill"))
        self._put(drafts)
        self._after_reading(dict(reading.data), by_itself=by_itself)

    def keep(self, _screen: Any) -> None:
        """Keep the picture without a readable code as a photo of the waybill."""
        desk, path = self.desk, self.offered
        if path is None:
            return
        try:
            kept = desk.shutter().keep(path)
            self.offered, self.trouble = None, ""
            desk.put(acts.photo(kept, WAYBILL_ITEM))
        except Refusal as refusal:
            self._say(trouble_words(refusal))

    # -- the plate

    def plate(self, _screen: Any, text: str, colour: str) -> None:
        """Take the plate that the officer entered where it can only be that; else show what may be meant."""
        found = self._matches(text, colour)
        whole = matches_state(found, text, colour, self.desk.now()).keep == (text, colour)
        if takes_itself(found, colour) or (whole and not found):
            self.take(text, colour)
        else:
            self.desk.go("identify", mode="matches", asked=text, colour=colour)

    def typing(self, screen: Any, text: str, colour: str) -> None:
        """Offer what the registry has for the plate as far as it is typed."""
        found = [one for one in vehicle_matches(self.find, text, colour) if (one.plate, one.colour) != (text, colour)]
        screen.suggest(tuple((one.plate, one.colour or colour) for one in found[:MOST_SUGGESTED]))

    def suggested(self, _screen: Any, plate: str) -> None:
        """Put a plate that was read in a picture on the keyboard, as if he had typed it; he chooses the colour."""
        self.desk.go("identify", mode="plate", asked=plate, colour=usual_colour(plate))

    def gone(self) -> None:
        """Let go of what reads plates: it is large, and another screen is in front."""
        if self.desk.plate_reader is not None:
            self.desk.plate_reader.forget()

    def _begun(self, where: dict[str, Any]) -> Reading | None:
        """Begin to read the picture that was named."""
        if self.mode != "read":
            return None
        return Reading(self.desk, Path(str(where.get("picture"))), self._read, own=bool(where.get("own")))

    def _read(self) -> None:
        # The officer may have gone on meanwhile, or locked the tablet.
        if self.desk.refresh == self.show:
            self.show()

    def take(self, plate: str, colour: str) -> None:
        """Put down that it is this vehicle, and ask the registry."""
        self.mode, self.trouble = "scan", ""
        self._put((*acts.identify(plate, colour or usual_colour(plate) or "yellow"), *usual_plate(self.desk.held)))
        self.desk.go("identify")

    # -- cards

    def type_number(self, _screen: Any, number: str) -> None:
        """Look the number up as soon as it is whole."""
        self.number = number
        self.show()

    def person(self, _screen: Any, role: str) -> None:
        """Put down whose papers were shown, and ask the registry for that person."""
        self.mode = "scan"
        self._put(take_person(role, self.number))
        self.desk.go("identify")

    # -- plates and papers that the usual keyboards do not hold

    def sign(self, signs: Signs) -> None:
        """Show what is typed now."""
        self.signs = signs
        self.show()

    def kind(self, _screen: Any, kind: str) -> None:
        """Ask for the signs of that kind; no plate at all has none."""
        self.signs = with_kind(self.signs, kind)
        if kind == "none":
            self._take_other(take_plate(self.desk.held, self.signs))
        else:
            self.show()

    def taken(self, _screen: Any, role: str) -> None:
        """Put down what was typed; an everyday plate goes the usual way, which asks the registry by its colour."""
        held, signs = self.desk.held, self.signs
        if role:
            self._take_other(take_paper(held, signs, role))
        elif is_ordinary(check := checked(held, signs)):
            self.desk.go("identify", mode="matches", asked=check.value)
        else:
            self._take_other(take_plate(held, signs))

    def _take_other(self, drafts: Any) -> None:
        self.mode, self.trouble = "scan", ""
        self._put(drafts)
        self.desk.go("identify")

    def next(self, _screen: Any) -> None:
        """Go on: a plate from the waybill becomes the officer's word."""
        self.desk.attempt(self._next)

    def _next(self) -> None:
        self.desk.put(confirm_plate(self.desk.held))
        self.desk.go("snapshot")

    def _matches(self, asked: str, colour: str) -> tuple[Match, ...]:
        """Return what a plate may mean, and what is permitted with a trailer or tank of that number."""
        units = unit_matches(self.find, asked)
        return (*units, *vehicle_matches(self.find, asked, colour))

    def _after_reading(self, bill: dict[str, Any], *, by_itself: bool) -> None:
        """Go on by itself, or ask which of several vehicles it is; else the officer looks."""
        desk = self.desk
        if by_itself and unambiguous(desk.held):
            desk.go("snapshot")
            return
        asked = desk.plate or str(bill.get("trailer_plate") or bill.get("tank") or "")
        chosen = desk.held.fact("vehicle") is not None or desk.held.fact("vehicle.colour")
        if asked and not chosen and any(one.why in ("exact", "unit") for one in self._matches(asked, "")):
            desk.go("identify", mode="matches", asked=asked)

    def _put(self, drafts: Any) -> None:
        site = self.desk.site
        self.desk.attempt(lambda: self.desk.put(drafts, follow=lambda held: ask_registry(held, site)))

    def _say(self, text: str) -> None:
        self.trouble = text
        self.show()


def _captions(pictures: list[Path]) -> list[tuple[str, str]]:
    """Return the pictures with the time of each."""
    return [(str(one), clock_words(taken_at(one))) for one in pictures]


def _parts_words(parts: tuple[Code, ...]) -> str:
    """Return which parts of a waybill over several codes are read, and that the others are still to be scanned."""
    read = "、".join(sorted({str(one.part) for one in parts}))
    return _("Part {part} of {parts} of this waybill was read; scan the other codes too.").format(
        part=read, parts=parts[0].parts
    )


def _waiting_since(desk: Desk) -> datetime:
    """Return when this check was opened, or its waybill was read: older pictures belong to the vehicle before."""
    read = (one.at for one in desk.held.all_of("fact") if one.item == "waybill")
    return datetime.fromisoformat(max([desk.held.opened_at, *read]))


def _recent_plates(desk: Desk) -> list[tuple[str, str]]:
    """Return the last plates on this tablet with their colours, each once."""
    found: dict[str, str] = {}
    for one in stores.inspections(desk.open_store)[: 2 * MOST_RECENT]:
        facts = {
            entry.item: entry.value.get("data")
            for entry in stores.entries(desk.open_store, one.id)
            if entry.kind == "fact"
        }
        if isinstance(plate := facts.get("vehicle.plate"), str):
            colour = facts.get("vehicle.colour") or _colour(facts.get("vehicle")) or usual_colour(plate)
            found.setdefault(plate, str(colour))
    return list(found.items())[:MOST_RECENT]


def _colour(vehicle: Any) -> str:
    return str(vehicle.get("colour") or "") if isinstance(vehicle, dict) else ""
