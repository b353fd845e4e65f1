"""NumberPad and PinPad: figures without an input method.

    NumberPad:
        title: _("Net mass")
        unit: "t"
        decimals: 2                 # 0 leaves the point out
        text: ""                    # a decimal string, never a float
        on_done: root.measured(args[1])
    PinPad:
        prompt: _("PIN of {name}").format(name=root.name)
        trouble: ""                 # e.g. _("Wrong PIN, 4 tries left"); shown in words and red
        on_pin: root.unlock(args[1])                 # when the tick was pressed; the pad then empties itself

A PIN has 6 to 12 digits. How many it has stands nowhere, so that the tick says that it is whole.

Both are 72 × 92 mm, and 116 × 56 mm where the screen is low; a `narrow` PinPad is 66 × 62 mm there.
"""

from typing import Any

from kivy.graphics import Color, SmoothEllipse
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.lock.weak_pins import LEAST_PIN, MOST_PIN
from mobile.widgets import platekeys  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import Drawing, load_kv
from mobile.widgets.buttons import PrimaryButton


class PadDone(PrimaryButton):
    """The pad's last button, which stands beside the keys on a low screen and below them on others."""

    shown = BooleanProperty(True)


class NumberPad(BoxLayout):
    """A number with a unit, entered by keys."""

    test_id = StringProperty("")
    title = StringProperty("")
    unit = StringProperty("")
    text = StringProperty("")
    decimals = NumericProperty(2)
    digits = NumericProperty(7)
    __events__ = ("on_done",)

    def press(self, sign: str) -> None:
        """Add a digit or the point, where a number may have one."""
        whole, point, fraction = self.text.partition(".")
        if sign == ".":
            if self.decimals and not point:
                self.text = (whole or "0") + "."
        elif point and len(fraction) >= self.decimals:
            return
        elif len(whole + fraction) < self.digits:
            self.text = sign if self.text == "0" else self.text + sign

    def delete(self) -> None:
        """Take the last sign away."""
        self.text = self.text[:-1]

    def finish(self) -> None:
        """Give the number up."""
        self.dispatch("on_done", self.text.rstrip("."))

    def on_done(self, text: str) -> None:
        """Hear the number as a decimal string."""


class PinDots(Drawing):
    """A ring for each digit of the PIN, filled when the digit is in."""

    digits = NumericProperty(6)
    entered = NumericProperty(0)
    ink = ColorProperty("#000000")
    ground = ColorProperty("#FFFFFF")
    drawn_from = ("digits", "entered", "ink", "ground")

    def draw(self) -> None:
        """Draw the rings in a row, in the middle; many stand closer."""
        pitch = min(self.height * 1.3, self.width / max(1, self.digits))
        side = min(self.height * 0.62, pitch * 0.8)
        left = self.center_x - pitch * (self.digits - 1) / 2
        for i in range(int(self.digits)):
            self._ring(left + i * pitch, side, filled=i < self.entered)

    def _ring(self, x: float, side: float, *, filled: bool) -> None:
        Color(*self.ink)
        SmoothEllipse(pos=(x - side / 2, self.center_y - side / 2), size=(side, side))
        if not filled:
            Color(*self.ground)
            inner = side * 0.72
            SmoothEllipse(pos=(x - inner / 2, self.center_y - inner / 2), size=(inner, inner))


class PinPad(BoxLayout):
    """A secret number; what is entered shows as dots only."""

    test_id = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    least = NumericProperty(LEAST_PIN)
    most = NumericProperty(MOST_PIN)
    entered = NumericProperty(0)
    narrow = BooleanProperty(False)
    flat = BooleanProperty(False)
    __events__ = ("on_pin",)

    def __init__(self, **kwargs: Any) -> None:
        self._pin = ""
        super().__init__(**kwargs)

    def press(self, sign: str) -> None:
        """Add a digit, as long as there is room."""
        if self.entered < self.most:
            self._pin += sign
            self.entered = len(self._pin)

    def finish(self) -> None:
        """Give the PIN up, where it is long enough."""
        if self.entered >= self.least:
            pin, self._pin, self.entered = self._pin, "", 0
            self.dispatch("on_pin", pin)

    def delete(self) -> None:
        """Take the last digit away."""
        self._pin = self._pin[:-1]
        self.entered = len(self._pin)

    def on_pin(self, pin: str) -> None:
        """Hear the whole PIN."""


load_kv(__file__)
