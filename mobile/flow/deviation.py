"""T5: the officer's choices become one answer; photos and overrides are put down at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checklists.situation import LAW_ZONE
from mobile import acts, evidence
from mobile.desk import Desk
from mobile.device import camera
from mobile.refusals import Refusal
from mobile.states.deviation import Sheet, answer_of, deviation_state, sheet_for


def enter(desk: Desk, screen: Any, item: str = "", section: str = "", back: str = "", **_where: Any) -> None:
    """Show the sheet of an item; `back` names the screen to return to, else the section or the walk."""
    if item not in {one.item.id for one in desk.held.assessment.items}:
        desk.go("walk")
        return
    _Deviation(desk, screen, item, section, back)


class _Deviation:
    """The sheet in hand."""

    def __init__(self, desk: Desk, screen: Any, item: str, section: str, back: str) -> None:
        self.desk, self.screen, self.section, self.back = desk, screen, section, back
        self.sheet = sheet_for(desk.held, item)
        screen.bind(
            on_choose=self.choose,
            on_note=self.note,
            on_photo=self.photo,
            on_override=self.override,
            on_done=self.done,
            on_leave=lambda _screen: self.leave(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the sheet as it stands."""
        state = deviation_state(self.desk.held, self.sheet)
        self.screen.show(state, {one.entry: self._thumbnail(one.thumbnail) for one in state.photos})

    def choose(self, _screen: Any, kind: str, key: str) -> None:
        """Take a choice; a location or measure that was chosen is taken back."""
        self.sheet = _chosen(self.sheet, kind, key, self._measures())
        self.show()

    def note(self, _screen: Any, note: str) -> None:
        """Take the note as it is written; the screen has it already."""
        self.sheet = replace(self.sheet, note=note)

    def photo(self, _screen: Any) -> None:
        """Keep the newest picture of the camera's folder as a photo of this item, hashed before anything else."""
        desk = self.desk
        pictures = camera.arrived(desk.camera)
        if not pictures:
            raise Refusal("file_unreadable", str(desk.camera))
        stamp = evidence.Stamp(
            desk.now().astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M"),
            officer=desk.held.officer.name,
            plate=desk.plate,
        )
        manifest = evidence.capture(desk.open_store, camera.picked(pictures[-1]), stamp)
        desk.put(acts.photo(manifest, self.sheet.item))

    def override(self, _screen: Any, result: str, reason: str) -> None:
        """Set a comparison aside."""
        found = next(one for one in self.desk.held.assessment.results if one.id == result)
        self.desk.put(acts.override(found, reason))

    def done(self, _screen: Any) -> None:
        """Put the answer down and go back."""
        self.desk.refresh = lambda: None
        self.desk.put(answer_of(self.desk.held, self.sheet))
        self.leave()

    def leave(self) -> None:
        """Go back to where the sheet was opened."""
        if self.back:
            self.desk.go(self.back)
        elif self.section:
            self.desk.go("section", section=self.section, item=self.sheet.item)
        else:
            self.desk.go("walk")

    def _measures(self) -> tuple[str, ...]:
        shown = deviation_state(self.desk.held, self.sheet).measures
        return tuple(one.key for one in shown if one.chosen)

    def _thumbnail(self, sha256: str) -> bytes:
        """Return the JPEG of a thumbnail, or nothing where it is missing or damaged: the sheet must still open."""
        try:
            return evidence.read(self.desk.open_store, sha256) if sha256 else b""
        except Refusal:
            return b""


def _chosen(sheet: Sheet, kind: str, key: str, measures: tuple[str, ...]) -> Sheet:
    if kind == "measure":
        others = tuple(one for one in measures if one != key)
        return replace(sheet, measures=others if key in measures else (*measures, key))
    if kind == "location" and sheet.location == key:
        return replace(sheet, location="")
    changed: dict[str, Any] = {kind: key}
    return replace(sheet, **changed)
