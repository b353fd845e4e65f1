"""SignSheet: the number on a tank in front of the screen, sign by sign, without an input method.

    sheet = SignSheet(title=_("Number on the tank"))
    sheet.bind(on_number=lambda _sheet, text: …)          # when Done was pressed; then it closes
    sheet.open()

The keys are those of `mobile.sign_input`: letters and figures, and on a page of their own the Chinese signs.
"""

from dataclasses import replace
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.modalview import ModalView

from mobile.sign_input import PAGE_NAMES, Signs, of_tank, pressed
from mobile.widgets import bars, cards, picks, platekeys  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.picks import Offered


class SignSheet(ModalView):
    """Keys for a number of any form; a touch beside it closes it and nothing is entered."""

    test_id = StringProperty("sign_sheet")
    title = StringProperty("")
    text = StringProperty("")
    keys = StringProperty("")
    enabled = StringProperty("")
    enough = BooleanProperty(False)
    __events__ = ("on_number",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._draw(of_tank())

    def press(self, sign: str) -> None:
        """Add a sign; ← takes the last one away."""
        self._draw(pressed(self.signs, sign))

    def turn(self, page: str) -> None:
        """Turn to another page of keys."""
        self._draw(replace(self.signs, page=page))

    def done(self) -> None:
        """Give the number up and close."""
        self.dismiss(animation=False)
        self.dispatch("on_number", self.text)

    def _draw(self, signs: Signs) -> None:
        self.signs = signs
        self.text, self.keys, self.enough = signs.text, signs.keys, signs.is_enough
        self.enabled = signs.keys if signs.may_add else ""
        self.ids.pages.show([Offered(one, PAGE_NAMES[one], one == signs.page) for one in signs.pages])

    def on_number(self, text: str) -> None:
        """Hear the number."""


load_kv(__file__)
