"""The counts of an open shift, and who signs them."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shift.state import Count, EndState, Slot
from mobile.widgets import bars, part  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.pads import PinPad
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm, theme


class CountLine(BoxLayout):
    """One line of the counts."""

    name = StringProperty("")
    value = StringProperty("")
    tone = StringProperty("neutral")
    part = BooleanProperty(False)

    def show(self, count: Count) -> None:
        """Draw it."""
        self.name, self.value, self.tone, self.part = count.name, count.value, count.tone, count.part


class LeftLine(BoxLayout):
    """An inspection that is left to the next officer."""

    plate = StringProperty("")
    said = StringProperty("")

    def show(self, told: tuple[str, str]) -> None:
        """Draw whose it is and what becomes of it."""
        self.plate, self.said = told


class SlotRow(BoxLayout):
    """An officer of the shift, and whether he has signed."""

    test_id = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    agency_code = StringProperty("")
    words = StringProperty("")
    confirmed = BooleanProperty(False)
    turn = BooleanProperty(False)

    def show(self, slot: Slot) -> None:
        """Draw him."""
        self.name, self.agency, self.agency_code, self.words = slot.name, slot.agency, slot.agency_code, slot.state
        self.confirmed, self.turn, self.test_id = slot.confirmed, slot.turn, f"slot:{slot.officer}"


class Slots(BoxLayout):
    """The officers of the shift, one below the other."""


class EndPane(BoxLayout):
    """An open shift."""

    title = StringProperty("")
    site = StringProperty("")
    leaves = BooleanProperty(False)
    without = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pad, self.slots = PinPad(test_id="pin"), Slots()
        (self.leave_out,) = keep(self, "without")
        self.ids.right.add_widget(self.pad)
        self.ids.right.fbind("size", self._fit_pad)

    def show(self, state: EndState) -> None:
        """Draw the state; on a low screen the officers stand above the counts, because the keys need the height."""
        self.title, self.site, self.without, self.leaves = state.title, state.site, state.without, bool(state.open)
        self.pad.prompt, self.pad.trouble, self.pad.disabled = state.prompt, state.trouble, not state.asked
        fill(self.ids.counts, CountLine, state.counts)
        fill(self.ids.left, LeftLine, state.open)
        fill(self.slots.ids.rows, SlotRow, state.slots)
        column = self.ids.list.ids.column if theme.low else self.ids.side
        if self.slots.parent is not column:
            if self.slots.parent is not None:
                self.slots.parent.remove_widget(self.slots)
            column.add_widget(self.slots, index=len(column.children))
        if bool(state.without) != (self.leave_out.parent is not None):
            actions = self.ids.actions
            actions.add_widget(self.leave_out) if state.without else actions.remove_widget(self.leave_out)

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but the counts stand beside it here and leave it no width.
        self.pad.orientation = "vertical"
        self.pad.children[0].size_hint_x = 1
        self.pad.size = min(mm(72), size[0]), min(mm(92), size[1])


load_kv(__file__)
