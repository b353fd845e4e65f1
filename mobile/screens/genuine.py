"""Whether a printed paper is genuine."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.states.genuine import GenuineState
from mobile.widgets import bars, cards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class StatedRow(BoxLayout):
    """A name and what the code says."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, row: tuple[str, str]) -> None:
        """Draw the row."""
        self.name, self.value = row


class GenuineScreen(BoxLayout):
    """The verdict on a code."""

    tone = StringProperty("unknown")
    title = StringProperty("")
    detail = StringProperty("")
    compare = StringProperty("")

    def show(self, state: GenuineState) -> None:
        """Draw the verdict."""
        self.tone, self.title, self.detail, self.compare = state.tone, state.title, state.detail, state.compare
        fill(self.ids.rows, StatedRow, state.rows)


load_kv(__file__)
