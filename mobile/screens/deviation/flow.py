"""T5: the officer's choices become one answer; photos and overrides are put down at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from checklists.facts import measurement as measured
from checklists.wire import from_plain, to_plain
from mobile.desk import Desk
from mobile.inspecting import acts, frequency
from mobile.library.law import LawShelf
from mobile.library.shapes import Row
from mobile.refusals import Refusal
from mobile.screens.deviation.sheet.state import Sheet, all_conducts, answer_of, item_state, sheet_for
from mobile.screens.deviation.state import ANOTHER, AWAY, conduct_of, deviation_state
from mobile.screens.shared import questions
from mobile.screens.shared.trouble import trouble_words
from mobile.store import photo_files
from mobile.words import words


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
        self._judged: tuple[tuple[Any, ...], Any] | None = None
        screen.trouble = ""
        self.often = frequency.of(desk.open_store, sheet.item)
        self.used = frequency.used(desk.open_store, sheet.item)
        screen.bind(
            on_choose=self.choose,
            on_note=self.note,
            on_photo=self.photo,
            on_measured=self.measured,
            on_instrument=self.instrument,
            on_mark=self.mark,
            on_override=self.override,
            on_heed=self.heed,
            on_say=lambda _screen, path, key: desk.put(questions.answer(desk.held, path, key)),
            on_done=self.done,
            on_leave=lambda _screen: self.leave(),
        )
        screen.find = self.find
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show the sheet as it stands."""
        state = self._state()
        self.screen.show(state, self._thumbnail)

    def choose(self, _screen: Any, kind: str, key: str) -> None:
        """Take a choice; a location or measure that was chosen is taken back, another fault begins empty."""
        self.sheet = _chosen(self.sheet, kind, key, self._measures())
        self.show()

    def find(self, text: str) -> tuple[Row, ...]:
        """Return the conducts that fit a code, words or initials: those of the item first, then all of the law."""
        held, asked = self.desk.held, text.strip().casefold()
        mine = all_conducts(held, item_state(held, self.sheet.item).item)
        rows = [Row(one.key, one.text, one.violation) for one in mine if asked in f"{one.key} {one.text}".casefold()]
        known = {one.key for one in rows}
        return (*rows, *(one for one in self._law.find(text, ()) if one.key not in known))

    @cached_property
    def _law(self) -> LawShelf:
        held = self.desk.held
        checklist = held.kit.definitions.checklists[held.kit.checklist]
        letters = dict(held.kit.tables.goods.letters)
        return LawShelf(held.kit.definitions, checklist, held.context.situation.day, letters)

    def note(self, _screen: Any, note: str) -> None:
        """Take the note; the screen has it already."""
        self.sheet = self.sheet.having(note=note)

    def photo(self, _screen: Any) -> None:
        """Keep the newest picture of the camera's folder as a photo of this item, hashed before anything else."""
        desk, item = self.desk, self.sheet.item
        desk.photograph(lambda: desk.put(acts.photo(desk.shutter().newest(item), item)), **self._here())

    def mark(self, _screen: Any, entry: str) -> None:
        """Draw on a copy of a photo, and come back to this sheet. What was chosen here so far comes back with it."""
        self.screen.release()
        self.desk.go("annotate", entry=entry, back_where=self._here())

    def _here(self) -> dict[str, Any]:
        """Return what this sheet is entered with to stand as it stands now, words that are being typed among it."""
        self.desk.attempt(self.desk.settle)
        where = {"item": self.sheet.item, "section": self.section, "back": self.back}
        return {**where, "chosen": to_plain(self.sheet)}

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
        self.sheet = self.sheet.having(measured={**self.sheet.fault.measured, key: value})
        self.show()

    def instrument(self, _screen: Any, key: str, text: str) -> None:
        """Take with what it was measured, or until when that is calibrated."""
        if text.strip() != self.sheet.fault.instrument.get(key, ""):
            self.sheet = self.sheet.having(instrument={**self.sheet.fault.instrument, key: text.strip()})
            self.show()

    def override(self, _screen: Any, result: str, reason: str) -> None:
        """Set a comparison aside, with those that are told as one with it."""
        found = {one.id: one for one in self.desk.held.assessment.results}
        self.desk.put(tuple(draft for each in self._told(result) for draft in acts.override(found[each], reason)))

    def heed(self, _screen: Any, result: str) -> None:
        """Let a comparison count again, with those that are told as one with it."""
        self.desk.put(tuple(draft for each in self._told(result) for draft in acts.heed(self.desk.held, each)))

    def _told(self, result: str) -> tuple[str, ...]:
        told = next(one for one in self._state().compared if one.id == result)
        return (told.id, *told.also)

    def done(self, _screen: Any) -> None:
        """Put the answer down and go back."""
        desk, conduct, used = self.desk, conduct_of(self._state()), self.sheet.fault.instrument
        dwell_ms = acts.spent_ms(self.since, desk.now())
        desk.put(acts.looked(answer_of(desk.held, self.sheet), dwell_ms), leaving=True)
        desk.attempt(lambda: frequency.remember(desk.open_store, self.sheet.item, conduct, used))
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
        """Return the sheet as it stands: what it would be found to be is judged once for each choice."""
        asked = (self.desk.held, self.sheet, words.lang)
        if self._judged is None or self._judged[0] != asked:
            self._judged = (asked, deviation_state(self.desk.held, self.sheet, self.often, self.used))
        return self._judged[1]

    def _thumbnail(self, sha256: str) -> bytes:
        """Return the JPEG of a thumbnail, or nothing where it is missing or damaged: the sheet must still open."""
        try:
            return photo_files.read(self.desk.open_store, sha256) if sha256 else b""
        except Refusal:
            return b""


def _chosen(sheet: Sheet, kind: str, key: str, measures: tuple[str, ...]) -> Sheet:
    if kind == "fault":
        if key == ANOTHER:
            return sheet.another()
        return sheet.without() if key == AWAY else replace(sheet, at=int(key))
    if kind == "measure":
        return sheet.having(measures=_toggled(measures, key))
    if kind == "location":
        return sheet.having(locations=_toggled(sheet.fault.locations, key))
    changed: dict[str, Any] = {kind: key}
    return sheet.having(**changed)


def _toggled(held: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(one for one in held if one != key) if key in held else (*held, key)
