"""CodePad and CodeAsk: the office's code before an officer's first PIN, without an input method.

    CodePad:
        prompt: _("{name}: the code of the office").format(name=root.name)
        trouble: ""                 # what was wrong with the last one; the letters stay, so that one can be mended
        on_code: root.give(args[1])                  # when the tick was pressed on a whole code
    CodeAsk:
        words: root.code_words      # who needs one; it stands where the PIN pad stands otherwise
        on_code: root.to_the_code()

A code is three groups of four, from letters and figures that nobody mixes up. The keys are 10 mm or more where the pad
has 104 × 65 mm, or 72 × 90 mm.
"""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from checklists.inspection.officer_code import ALPHABET, LETTERS
from mobile.widgets import platekeys  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv

_GROUP = 4


class CodePad(BoxLayout):
    """The letters of a code, shown as they are: it is read from a slip and good for one PIN."""

    test_id = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    text = StringProperty("")
    shown = StringProperty("")
    whole = BooleanProperty(False)
    signs = ALPHABET
    __events__ = ("on_code",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fbind("text", self._show)
        self._show()

    def press(self, sign: str) -> None:
        """Add a sign, as long as there is room."""
        self.text = (self.text + sign)[:LETTERS]

    def delete(self) -> None:
        """Take the last sign away."""
        self.text = self.text[:-1]

    def finish(self) -> None:
        """Give the code up, where it is whole."""
        if self.whole:
            self.dispatch("on_code", self.text)

    def _show(self, *_: Any) -> None:
        places = self.text + "·" * (LETTERS - len(self.text))
        self.shown = " – ".join(places[start : start + _GROUP] for start in range(0, LETTERS, _GROUP))
        self.whole = len(self.text) == LETTERS

    def on_code(self, code: str) -> None:
        """Hear the whole code."""


class CodeAsk(BoxLayout):
    """Why no PIN is asked for yet, and the way to the code."""

    words = StringProperty("")
    trouble = StringProperty("")
    shown = BooleanProperty(False)
    __events__ = ("on_code",)

    def on_touch_down(self, touch: Any) -> bool:
        """Let touches through while it is hidden: it lies over the PIN pad."""
        return bool(self.shown and super().on_touch_down(touch))

    def on_code(self) -> None:
        """Hear that the officer has his code."""


load_kv(__file__)
