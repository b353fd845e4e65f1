"""Whether a printed paper is genuine."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.genuine.state import GenuineState
from mobile.widgets import bars, buttons, cards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill

LOOK_EVERY_S = 0.5


class StatedRow(BoxLayout):
    """A name and what the code says."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, row: tuple[str, str]) -> None:
        """Draw the row."""
        self.name, self.value = row


class GenuineScreen(BoxLayout):
    """The verdict on a code, and the way to the next one."""

    tone = StringProperty("unknown")
    title = StringProperty("")
    detail = StringProperty("")
    compare = StringProperty("")
    told = BooleanProperty(False)
    __events__ = ("on_scan", "on_watch")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._look = Clock.create_trigger(lambda _dt: self.dispatch("on_watch"), LOOK_EVERY_S, interval=True)

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Look for pictures as long as the screen is in front."""
        if parent is None:
            self._look.cancel()
        else:
            self._look()

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
