"""Taking back: the photo, what becomes of it, the reasons and one button."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.withdraw.state import WithdrawState
from mobile.widgets import bars, cards, field, part, picks, thumbs  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv

SIDE_PX = 320


class WithdrawScreen(BoxLayout):
    """What is taken back, and why."""

    heading = StringProperty("")
    said = StringProperty("")
    why_not = StringProperty("")
    written = StringProperty("")
    button = StringProperty("")
    may_do = BooleanProperty(False)
    texture = ObjectProperty(None, allownone=True)
    __events__ = ("on_reason", "on_own", "on_do", "on_leave")

    def picture(self, content: bytes) -> None:
        """Take the thumbnail of the photo; nothing for a check, and to give the memory back."""
        self.texture = thumbs.texture(content, SIDE_PX)

    def show(self, state: WithdrawState) -> None:
        """Draw the state; what stands in the field is always the state's."""
        self.heading, self.said, self.why_not = state.title, state.said, state.why_not
        self.button, self.may_do = state.button, state.may_do
        self.written = self.ids.own.text = state.own
        self.ids.reasons.show(state.reasons)

    def on_reason(self, reason: str) -> Any:
        """Hear which reason was picked."""

    def on_own(self, reason: str) -> Any:
        """Hear the reason as it is written."""

    def on_do(self) -> Any:
        """Hear that it is to be taken back."""

    def on_leave(self) -> Any:
        """Hear that it stays."""


load_kv(__file__)
