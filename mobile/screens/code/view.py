"""The code of the office: its letters, large enough for gloves."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.code.state import CodeState
from mobile.widgets import bars, codepad  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


class CodeScreen(BoxLayout):
    """The code before a first PIN."""

    prompt = StringProperty("")
    trouble = StringProperty("")
    rules = StringProperty("")
    __events__ = ("on_code", "on_leave")

    def show(self, state: CodeState) -> None:
        """Draw the state."""
        self.prompt, self.trouble, self.rules = state.prompt, state.trouble, "\n".join(state.rules)

    def on_code(self, code: str) -> None:
        """Hear the code."""

    def on_leave(self) -> None:
        """Hear that the officer goes back without it."""


load_kv(__file__)
