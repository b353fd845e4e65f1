"""T2: a scan puts down the waybill and asks the registry; a plate does the same; next says that it is this vehicle."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mobile import acts, evidence
from mobile import store as stores
from mobile.desk import Desk
from mobile.device import camera, scanner
from mobile.flow.genuine import paper_code
from mobile.refusals import Refusal
from mobile.states.ages import clock_words
from mobile.states.identify import ask_registry, best_reading, confirm_plate, identify_state
from mobile.states.trouble import trouble_words
from mobile.words import _

WAYBILL_ITEM = "LOD-02"
"""The item of the checklist that a picture of the waybill belongs to: is it genuine and current?"""
MOST_PICTURES = 24
MOST_RECENT = 4


def enter(desk: Desk, screen: Any, mode: str = "scan", **_where: Any) -> None:
    """Show what is known of the vehicle so far."""
    _Identify(desk, screen, mode)


class _Identify:
    """The screen's flow; a picture without a readable code is held until it is kept or another is read."""

    def __init__(self, desk: Desk, screen: Any, mode: str) -> None:
        self.desk, self.screen, self.mode = desk, screen, mode
        self.trouble = ""
        self.offered: Path | None = None
        self.recent = _recent_plates(desk)
        screen.bind(
            on_scan=self.scan,
            on_mode=lambda _screen, mode: desk.go("identify", mode=mode),
            on_picture=lambda _screen, path: self.read(Path(path)),
            on_keep_picture=self.keep,
            on_plate=self.plate,
            on_next=self.next,
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the screen as it stands."""
        state = identify_state(
            self.desk.held,
            self.desk.now(),
            mode=self.mode,
            recent=self.recent,
            pictures=_captions(_pictures(self.desk)) if self.mode == "pictures" else (),
            trouble=self.trouble,
            offered=self.offered is not None,
        )
        self.screen.show(state)

    def scan(self, _screen: Any) -> None:
        """Read the newest picture that was not read before; where there is none, let the officer choose."""
        desk = self.desk
        try:
            new = camera.arrived(desk.camera, desk.pictures_seen)
        except Refusal as refusal:
            self._say(trouble_words(refusal))
            return
        if new:
            desk.pictures_seen.update(new)
            self.read(new[-1])
        elif _pictures(desk):
            self.mode = "pictures"
            self._say(_("There is no new picture. Choose one."))
        else:
            self._say(_("There is no picture yet. Take one of the waybill, then scan again."))

    def read(self, path: Path) -> None:
        """Read a picture's code: the waybill, its plate where none was entered, and what the registry knows."""
        desk = self.desk
        try:
            texts = scanner.read_qr(path)
            if code := paper_code(texts):
                desk.go("genuine", text=code, back="identify")
                return
            reading = best_reading(texts, desk.held)
        except Refusal as refusal:
            self.offered = path if refusal.code in ("qr_unreadable", "scanner_missing") else None
            self._say(trouble_words(refusal))
            return
        self.mode, self.trouble, self.offered = "scan", "", None
        drafts = [*acts.waybill(reading.data)]
        if not desk.plate and reading.data.get("plate"):
            drafts.append(acts.fact("vehicle.plate", reading.data["plate"], "waybill"))
        self._put(drafts)

    def keep(self, _screen: Any) -> None:
        """Keep the picture without a readable code as a photo of the waybill."""
        desk, path = self.desk, self.offered
        if path is None:
            return
        try:
            stamp = evidence.Stamp(
                clock_words(desk.now()), officer=desk.officer.name if desk.officer else "", plate=desk.plate
            )
            kept = evidence.capture(desk.open_store, camera.picked(path), stamp)
            self.offered, self.trouble = None, ""
            desk.put(acts.photo(kept, WAYBILL_ITEM))
        except Refusal as refusal:
            self._say(trouble_words(refusal))

    def plate(self, _screen: Any, text: str, colour: str) -> None:
        """Put down the plate that the officer entered, and ask the registry."""
        self.mode, self.trouble = "scan", ""
        self._put(acts.identify(text, colour))
        self.desk.go("identify")

    def next(self, _screen: Any) -> None:
        """Go on: a plate from the waybill becomes the officer's word."""
        self.desk.attempt(self._next)

    def _next(self) -> None:
        self.desk.put(confirm_plate(self.desk.held))
        self.desk.go("snapshot")

    def _put(self, drafts: Any) -> None:
        def act() -> None:
            self.desk.put(drafts)
            self.desk.put(ask_registry(self.desk.held, self.desk.site))

        self.desk.attempt(act)

    def _say(self, text: str) -> None:
        self.trouble = text
        self.show()


def _pictures(desk: Desk) -> list[Path]:
    """Return the camera's pictures, the newest first."""
    try:
        return list(reversed(camera.arrived(desk.camera)))[:MOST_PICTURES]
    except Refusal:
        return []


def _captions(pictures: list[Path]) -> list[tuple[str, str]]:
    return [(str(one), clock_words(datetime.fromtimestamp(one.stat().st_mtime, UTC))) for one in pictures]


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
            found.setdefault(plate, str(facts.get("vehicle.colour") or "yellow"))
    return list(found.items())[:MOST_RECENT]
