"""T9: a QR code for the driver's phone, what it says, and the way to the next."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.copy.state import CopyState
from mobile.widgets import bars, cards, part, qr  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


class CopyScreen(BoxLayout):
    """One code of the copy."""

    title = StringProperty("")
    number = StringProperty("")
    code = StringProperty("")
    place = StringProperty("")
    told = StringProperty("")
    text = StringProperty("")
    proves = BooleanProperty(False)
    first = BooleanProperty(True)
    last = BooleanProperty(True)
    __events__ = ("on_turn", "on_done")

    def show(self, state: CopyState) -> None:
        """Draw the state; the text of another code begins at its top."""
        if state.code != self.code:
            self.ids.words.scroll_y = 1
        for name in ("title", "number", "code", "place", "told", "text", "proves", "first", "last"):
            setattr(self, name, getattr(state, name))

    def on_turn(self, by: int) -> Any:
        """Hear that the next code is wanted, or the one before."""

    def on_done(self) -> Any:
        """Hear that the driver has all."""


load_kv(__file__)
