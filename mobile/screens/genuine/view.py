"""Whether a printed paper is genuine."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.genuine.state import GenuineState
from mobile.widgets import bars, buttons, cards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Watching, load_kv
from mobile.widgets.rows import fill


class StatedRow(BoxLayout):
    """A name and what the code says."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, row: tuple[str, str]) -> None:
        """Draw the row."""
        self.name, self.value = row


class GenuineScreen(Watching, BoxLayout):
    """The verdict on a code, and the way to the next one."""

    tone = StringProperty("unknown")
    title = StringProperty("")
    detail = StringProperty("")
    compare = StringProperty("")
    told = BooleanProperty(False)
    __events__ = ("on_scan", "on_watch")

    def show(self, state: GenuineState) -> None:
        """Draw the verdict."""
        self.tone, self.title, self.detail, self.compare = state.tone, state.title, state.detail, state.compare
        self.told = bool(state.rows)
        fill(self.ids.rows, StatedRow, state.rows)

    def on_scan(self) -> None:
        """Hear that a paper's code is to be read."""

    def on_watch(self) -> None:
        """Hear that it is time to look for a new picture."""


load_kv(__file__)
