"""T5: the officer's choices become one answer; photos and overrides are put down at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checklists.facts import measurement as measured
from checklists.wire import from_plain, to_plain
from mobile.desk import Desk
from mobile.inspecting import acts, frequency
from mobile.inspecting.camera_photo import Shutter
from mobile.refusals import Refusal
from mobile.screens.deviation.state import Sheet, answer_of, conduct_of, deviation_state, sheet_for
from mobile.screens.shared import questions
from mobile.screens.shared.trouble import trouble_words
from mobile.store import photo_files


def enter(desk: Desk, screen: Any, item: str = "", section: str = "", back: str = "", **where: Any) -> None:
    """Show the sheet of an item; `back` names the screen to return to, else the section or the walk.

    `chosen` is the sheet as it was left to draw on a photo.
    """
    if item not in {one.item.id for one in desk.held.assessment.items}:
        desk.go("walk")
        return
    chosen = where.get("chosen")
    _Deviation(desk, screen, from_plain(Sheet, chosen) if chosen else sheet_for(desk.held, item), section, back)


class _Deviation:
    """The sheet in hand."""

    def __init__(self, desk: Desk, screen: Any, sheet: Sheet, section: str, back: str) -> None:
        self.desk, self.screen, self.section, self.back = desk, screen, section, back
        self.sheet, self.since = sheet, desk.now()
        screen.trouble = ""
        self.often = frequency.of(desk.open_store, sheet.item)
        screen.bind(
            on_choose=self.choose,
            on_note=self.note,
            on_photo=self.photo,
            on_measured=self.measured,
            on_mark=self.mark,
            on_override=self.override,
            on_say=lambda _screen, path, key: desk.put(questions.answer(desk.held, path, key)),
            on_done=self.done,
            on_leave=lambda _screen: self.leave(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the sheet as it stands."""
        state = self._state()
        self.screen.show(state, self._thumbnail)

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
        shutter = Shutter(desk.open_store, desk.camera, desk.held, desk.now())
        desk.put(acts.photo(shutter.newest(), self.sheet.item))

    def mark(self, _screen: Any, entry: str) -> None:
        """Draw on a copy of a photo, and come back to this sheet. What was chosen here so far comes back with it."""
        where = {"item": self.sheet.item, "section": self.section, "back": self.back}
        self.screen.release()
        self.desk.go("annotate", entry=entry, back_where={**where, "chosen": to_plain(self.sheet)})

    def measured(self, _screen: Any, key: str, entered: str) -> None:
        """Take a measured value; one that cannot be true is refused with what could."""
        one = measured.quantity(self.sheet.item, key)
        value = measured.read(one, entered)
        if value is None:
            least, most = measured.limits(one)
            refused = Refusal("measure_absurd", key, value=entered, unit=one.unit, least=least, most=most)
            self.screen.trouble = trouble_words(refused)
            return
        self.screen.trouble = ""
        self.sheet = replace(self.sheet, measured={**self.sheet.measured, key: value})
        self.show()

    def override(self, _screen: Any, result: str, reason: str) -> None:
        """Set a comparison aside."""
        found = next(one for one in self.desk.held.assessment.results if one.id == result)
        self.desk.put(acts.override(found, reason))

    def done(self, _screen: Any) -> None:
        """Put the answer down and go back."""
        desk, conduct = self.desk, conduct_of(self._state())
        desk.refresh = lambda: None
        dwell_ms = int((desk.now() - self.since).total_seconds() * 1000)
        desk.put(acts.looked(answer_of(desk.held, self.sheet), dwell_ms))
        frequency.count(desk.open_store, self.sheet.item, conduct)
        self.leave()

    def leave(self) -> None:
        """Go back to where the sheet was opened; its pictures are not kept in memory."""
        self.screen.release()
        if self.back:
            self.desk.go(self.back)
        elif self.section:
            self.desk.go("section", section=self.section, item=self.sheet.item)
        else:
            self.desk.go("walk")

    def _measures(self) -> tuple[str, ...]:
        shown = self._state().measures
        return tuple(one.key for one in shown if one.chosen)

    def _state(self) -> Any:
        return deviation_state(self.desk.held, self.sheet, self.often)

    def _thumbnail(self, sha256: str) -> bytes:
        """Return the JPEG of a thumbnail, or nothing where it is missing or damaged: the sheet must still open."""
        try:
            return photo_files.read(self.desk.open_store, sha256) if sha256 else b""
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
