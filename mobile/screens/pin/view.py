"""T0: the old PIN, the new one, and that once more."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.pin.state import PinState
from mobile.widgets import bars, cards, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm


class RuleLine(BoxLayout):
    """What a PIN may be."""

    words = StringProperty("")

    def show(self, words: str) -> None:
        """Draw it."""
        self.words = words


class PinChanged(BoxLayout):
    """That the new PIN holds, where the keys were."""


class PinScreen(BoxLayout):
    """An officer's own PIN."""

    prompt = StringProperty("")
    trouble = StringProperty("")
    done = BooleanProperty(False)
    others = BooleanProperty(False)
    __events__ = ("on_pin", "on_forgot", "on_leave")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        (self.pad,) = keep(self, "pad")
        self.changed = PinChanged()
        self.ids.right.fbind("size", self._fit_pad)

    def show(self, state: PinState) -> None:
        """Draw the state; once the new PIN holds, there is nothing to type."""
        self.prompt, self.trouble, self.done = state.prompt, state.trouble, state.done
        self.others = bool(state.forgot)
        self.ids.forgot.show(state.forgot)
        self.ids.steps.current = state.reached
        fill(self.ids.rules, RuleLine, state.rules)
        right = self.changed if state.done else self.pad
        if list(self.ids.right.children) != [right]:
            self.ids.right.clear_widgets()
            self.ids.right.add_widget(right)

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but the rules stand beside it here and leave it no width.
        self.pad.orientation = "vertical"
        self.pad.children[0].size_hint_x = 1
        self.pad.size = min(mm(72), size[0]), min(mm(92), size[1])

    def on_pin(self, pin: str) -> None:
        """Hear a PIN."""

    def on_forgot(self, officer: str) -> None:
        """Hear who forgot his PIN."""

    def on_leave(self) -> None:
        """Hear that the officer goes back."""


load_kv(__file__)
