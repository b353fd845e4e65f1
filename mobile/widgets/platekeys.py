"""PlateKeyboard: a number plate in eight touches, without an input method.

    PlateKeyboard:
        text: ""                    # what has been entered; set it to correct a reading
        colour: "yellow"
        on_done: root.identify(args[1], args[2])     # text and colour, when Done is pressed on a full plate

`on_other` says that the plate is of no form of these, where `others` can be entered. With `finds` a plate that lacks
one sign is given up too, to be looked for. `PlateSheet(title=…).open()` has it in front of a screen: `on_plate`.

First the provinces, then letters and digits; impossible keys are disabled (see `mobile.plate_input`). It needs about
200 × 75 mm and keeps its keys at 10 mm or more down to 150 × 64 mm.
"""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.modalview import ModalView
from kivy.uix.widget import Widget

from mobile import plate_input
from mobile.widgets import bars, cards, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import BaseButton

_MARKS = {"←": "delete", "✓": "tick"}
"""Keys that are drawn as a sign."""


class Key(BaseButton):
    """One key of a pad; `on_release` says that it was pressed."""

    key = StringProperty("")


class KeyGrid(GridLayout):
    """Keys of one size; a blank leaves a gap, ← is drawn as the delete sign and ✓, filled, as a tick.

    Those that are not in `enabled` cannot be pressed; `on_key` gives the sign.
    """

    keys = StringProperty("")
    enabled = StringProperty("")
    test_id = StringProperty("")
    __events__ = ("on_key",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fbind("keys", self._fill)
        self.fbind("enabled", self._enable)
        self._fill()

    def _fill(self, *_: Any) -> None:
        self.clear_widgets()
        for sign in self.keys:
            self.add_widget(self._key(sign) if sign != " " else Widget())
        self._enable()

    def _key(self, sign: str) -> "Key":
        mark = _MARKS.get(sign, "")
        key = Key(key=sign, size_hint_y=1, sign=mark, text="" if mark else sign, test_id=f"key:{mark}" if mark else "")
        key.bind(on_release=lambda pressed: self.dispatch("on_key", pressed.key))
        return key

    def _enable(self, *_: Any) -> None:
        for key in self.children:
            key.disabled = getattr(key, "key", "") not in self.enabled

    def on_key(self, sign: str) -> None:
        """Hear which key was pressed."""


class PlateKeyboard(BoxLayout):
    """Provinces first, then letters, digits and the words that end a plate."""

    test_id = StringProperty("")
    text = StringProperty("")
    colour = StringProperty("yellow")
    enabled = StringProperty(plate_input.PROVINCES)
    full = BooleanProperty(False)
    finds = BooleanProperty(False)
    findable = BooleanProperty(False)
    others = BooleanProperty(True)
    colours = ListProperty(plate_input.COLOURS)
    provinces = plate_input.PROVINCES
    signs = "".join(plate_input.ROWS)
    __events__ = ("on_done", "on_other")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fbind("text", self._judge)
        self.fbind("colour", self._judge)
        self._judge()

    def _judge(self, *_: Any) -> None:
        self.enabled = plate_input.allowed(self.text, self.colour)
        self.full = plate_input.is_full(self.text, self.colour)
        self.findable = self.finds and len(self.text) == plate_input.length(self.colour) - 1

    def press(self, sign: str) -> None:
        """Add a sign; a word such as 挂 brings the colour of its plates."""
        if sign in plate_input.allowed(self.text, self.colour):
            self.colour = plate_input.WORDS.get(sign, self.colour)
            self.text += sign

    def choose(self, colour: str) -> None:
        """Take another colour; a plate that is now too long loses its last sign."""
        self.text = self.text[: plate_input.length(colour)]
        self.colour = colour

    def delete(self) -> None:
        """Take the last sign away."""
        self.text = self.text[:-1]

    def on_done(self, text: str, colour: str) -> None:
        """Hear the plate and its colour."""

    def on_other(self) -> None:
        """Hear that the plate is of none of these forms."""


class PlateSheet(ModalView):
    """A PlateKeyboard in front of the screen; a touch beside it closes it and nothing is entered."""

    test_id = StringProperty("plate_sheet")
    title = StringProperty("")
    __events__ = ("on_plate",)

    def done(self, text: str) -> None:
        """Give the plate up and close."""
        self.dismiss(animation=False)
        self.dispatch("on_plate", text)

    def on_plate(self, text: str) -> None:
        """Hear the plate."""


load_kv(__file__)
