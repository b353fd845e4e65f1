"""A closed shift, and what of it the office has."""

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shift.end.view import CountLine
from mobile.screens.shift.state import ClosedState, Lacking
from mobile.widgets import bars, cards, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class LackingRow(BoxLayout):
    """A record that the office has not."""

    plate = StringProperty("")
    said = StringProperty("")
    tone = StringProperty("danger")

    def show(self, row: Lacking) -> None:
        """Draw it."""
        self.plate, self.said, self.tone = row.plate, row.words, row.tone


class ClosedPane(BoxLayout):
    """A closed shift."""

    title = StringProperty("")
    delivery = StringProperty("")
    delivery_tone = StringProperty("neutral")
    tone = StringProperty("neutral")
    said = StringProperty("")
    more = ListProperty()
    asking = BooleanProperty(False)

    def show(self, state: ClosedState) -> None:
        """Draw the counts, and what of them the office has."""
        self.title, self.delivery, self.delivery_tone = state.title, state.delivery, state.delivery_tone
        (self.tone, self.said), self.more, self.asking = state.verdict, list(state.more), state.asking
        fill(self.ids.counts, CountLine, state.counts)
        fill(self.ids.lacking, LackingRow, state.lacking)


load_kv(__file__)
