"""Pick and PadSheet: one of several things to choose, and a number asked for in front of a screen.

    PickStack:                     # picks that flow into lines; `say(key)` is heard as on_pick(key)
        test_id: "severity"        # each pick is then found as severity:II
    PadSheet(title=…, unit="kg", digits=6).open()        # on_number(text) when Done was pressed; then it closes

`fill(stack, stack.make, choices)` draws choices that have `key`, `text` and `chosen` (`mobile.widgets.rows`).
"""

from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.modalview import ModalView
from kivy.uix.stacklayout import StackLayout

from mobile.widgets import pads  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import BaseButton
from mobile.widgets.rows import fill


class Pick(BaseButton):
    """One thing to choose; what is chosen comes back from the state and carries a tick."""

    active = BooleanProperty(False)
    wide = BooleanProperty(False)
    tall = BooleanProperty(False)
    key = StringProperty("")

    def show(self, choice: Any) -> None:
        """Draw a choice."""
        self.key, self.text, self.active = str(choice.key), choice.text, choice.chosen


class PickStack(StackLayout):
    """Picks in lines, or with `wide` one below the other; `tall` ones are primary targets."""

    test_id = StringProperty("")
    wide = BooleanProperty(False)
    tall = BooleanProperty(False)
    __events__ = ("on_pick",)

    def show(self, choices: Any) -> None:
        """Draw the choices."""
        fill(self, self._make, choices)
        for pick in self.children:
            pick.test_id = f"{self.test_id}:{pick.key}"

    def _make(self) -> Pick:
        pick = Pick(wide=self.wide, tall=self.tall)
        pick.bind(on_release=lambda pressed: self.dispatch("on_pick", pressed.key))
        return pick

    def on_pick(self, key: str) -> None:
        """Hear which one was pressed."""


class PadSheet(ModalView):
    """A NumberPad in front of the screen; a touch beside it closes it and nothing is entered.

    `likely` are numbers to take in one touch, `also` says the number in other words, `may_x` offers an X before it.
    `back` offers to take back what was entered: that is heard as no number at all.
    """

    test_id = StringProperty("")
    title = StringProperty("")
    unit = StringProperty("")
    text = StringProperty("")
    also = StringProperty("")
    digits = NumericProperty(6)
    decimals = NumericProperty(0)
    likely = ListProperty()
    may_x = BooleanProperty(False)
    back = StringProperty("")
    __events__ = ("on_number",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        picks = [Offered(number, number) for number in self.likely]
        picks += [Offered("", self.back)] if self.back else []
        if picks:
            self.ids.likely.show(picks)

    def done(self, text: str) -> None:
        """Give the number up and close."""
        self.dismiss(animation=False)
        self.dispatch("on_number", text)

    def on_number(self, text: str) -> None:
        """Hear the number as digits, perhaps with an X before them; empty, it is taken back."""


@dataclass(frozen=True)
class Offered:
    """What a pick offers."""

    key: str
    text: str
    chosen: bool = False


load_kv(__file__)
