"""T15: what held the vehicle, what was seen of it since, and the decision that it goes on; then the PINs."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.clearance.cosign import view as cosign  # noqa: F401  # its classes are used in the .kv
from mobile.screens.clearance.state import ClearanceState, Row
from mobile.widgets import bars, buttons, cards, field, part, picks, plate  # noqa: F401  # as above
from mobile.widgets.base import Text, keep, load_kv
from mobile.widgets.cards import TONE_SIGNS
from mobile.widgets.rows import fill


class FoundRow(ButtonBehavior, BoxLayout):
    """A finding to look at again; a touch brings it to the front."""

    fault = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")
    told = StringProperty("")
    told_tone = StringProperty("unknown")
    chosen = BooleanProperty(False)
    test_id = StringProperty("")
    signs = TONE_SIGNS

    def show(self, row: Row) -> None:
        """Draw it."""
        self.fault, self.words, self.tone, self.test_id = row.fault, row.text, row.tone, f"found:{row.fault}"
        self.told, self.told_tone, self.chosen = row.told, row.told_tone, row.chosen


class StaysLine(Text):
    """A stop of somebody else, or what a leader approves."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class Looking(BoxLayout):
    """The findings, what was seen, and the decision."""

    stands = StringProperty("")
    sealed = StringProperty("")
    gone = StringProperty("")
    chosen = StringProperty("")
    lacking = StringProperty("")
    asks_leader = BooleanProperty(False)
    has_stops = BooleanProperty(False)
    plate = StringProperty("")
    __events__ = ("on_finding", "on_mended", "on_not_mended", "on_way", "on_reason", "on_confirm")

    def show(self, state: ClearanceState) -> None:
        """Draw the state; the note is that of the finding in front."""
        if (state.chosen, state.note) != (self.chosen, self.ids.note.text):
            self.ids.note.text = state.note
        self.plate, self.stands, self.sealed = state.plate, state.stands, state.sealed
        self.gone, self.chosen = state.gone, state.chosen
        self.ids.own_reason.hold(state.own_reason)
        self.lacking, self.asks_leader, self.has_stops = state.lacking, bool(state.leader), bool(state.stays)
        fill(self.ids.found, self._row, state.rows)
        fill(self.ids.leader, StaysLine, state.leader)
        fill(self.ids.stays, StaysLine, state.stays)
        self.ids.ways.show(state.ways)
        self.ids.reasons.show(state.reasons)

    def _row(self) -> FoundRow:
        row = FoundRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_finding", pressed.fault))
        return row

    def on_finding(self, fault: str) -> None:
        """Hear which finding is looked at."""

    def on_mended(self, text: str) -> None:
        """Hear that it was put right, and what is said of it."""

    def on_not_mended(self, text: str) -> None:
        """Hear that it is as it was, and what is said of it."""

    def on_way(self, way: str) -> None:
        """Hear by what the vehicle goes on."""

    def on_reason(self, reason: str) -> None:
        """Hear why."""

    def on_confirm(self) -> None:
        """Hear that the PINs are to be asked for."""


class ClearanceScreen(BoxLayout):
    """The lifting of a hold after the seal."""

    confirming = BooleanProperty(False)
    __events__ = (
        *("on_finding", "on_mended", "on_not_mended", "on_way", "on_reason"),
        *("on_confirm", "on_person", "on_pin", "on_code"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.looking, self.cosigning = keep(self, "looking", "cosigning")
        for name in ("on_finding", "on_mended", "on_not_mended", "on_way", "on_reason"):
            self.looking.bind(**{name: lambda _part, said, name=name: self.dispatch(name, said)})
        self.looking.bind(on_confirm=lambda _part: self.dispatch("on_confirm", True))
        self.ids.panel.bind(
            on_person=lambda _part, role, officer: self.dispatch("on_person", role, officer),
            on_pin=lambda _part, pin: self.dispatch("on_pin", pin),
            on_code=lambda _part: self.dispatch("on_code"),
        )

    def show(self, state: ClearanceState) -> None:
        """Draw the findings, or who confirms."""
        self.confirming = state.confirming
        self.looking.show(state)
        self.ids.panel.show(state.cosign)
        shown = self.cosigning if state.confirming else self.looking
        if list(self.children) != [shown]:
            self.clear_widgets()
            self.add_widget(shown)

    def on_finding(self, fault: str) -> None:
        """Hear which finding is looked at."""

    def on_mended(self, text: str) -> None:
        """Hear that it was put right, and what is said of it."""

    def on_not_mended(self, text: str) -> None:
        """Hear that it is as it was, and what is said of it."""

    def on_way(self, way: str) -> None:
        """Hear by what the vehicle goes on."""

    def on_reason(self, reason: str) -> None:
        """Hear why."""

    def on_confirm(self, confirming: bool) -> None:
        """Hear that the PINs are to be asked for, or that it goes back to the findings."""

    def on_person(self, role: str, officer: str) -> None:
        """Hear who is the second officer, or the leader."""

    def on_pin(self, pin: str) -> None:
        """Hear a PIN."""

    def on_code(self) -> None:
        """Hear that who is asked has a code of the office."""


load_kv(__file__)
