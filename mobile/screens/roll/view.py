"""T9: the paper as the belt printer prints it, in its real width, and the printer."""

import io
from typing import Any

from kivy.core.image import Image as CoreImage
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.image import Image

from mobile.screens.roll.state import RollState
from mobile.widgets import bars, cards, field, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class RollPiece(Image):
    """A piece of the roll, as wide as the roll is."""

    def show(self, content: bytes) -> None:
        """Draw it."""
        self.texture = CoreImage(io.BytesIO(content), ext="png").texture


class RollScreen(BoxLayout):
    """The roll and the printer."""

    number = StringProperty("")
    length = StringProperty("")
    notice = StringProperty("")
    tone = StringProperty("danger")
    several = StringProperty("")
    width_mm = NumericProperty(58)
    busy = BooleanProperty(False)
    may_print = BooleanProperty(False)
    __events__ = ("on_choose", "on_address", "on_print", "on_print_all")
    _pictures: tuple[bytes, ...] = ()

    def show(self, state: RollState) -> None:
        """Draw the state; the pieces are drawn anew only where they changed."""
        self.number, self.length = state.number, state.length
        self.notice, self.tone, self.several = state.notice, state.tone, state.several
        self.width_mm, self.busy, self.may_print = state.width_mm, state.busy, state.may_print
        self.ids.address.hold(state.address)
        self.ids.widths.show(state.widths)
        if state.pictures != self._pictures:
            self._pictures = state.pictures
            fill(self.ids.roll, RollPiece, state.pictures)

    def on_choose(self, width: str) -> Any:
        """Hear how wide the roll is."""

    def on_address(self, address: str) -> Any:
        """Hear where the printer is."""

    def on_print(self) -> Any:
        """Hear that it is to be printed."""

    def on_print_all(self) -> Any:
        """Hear that every paper is to be printed."""


load_kv(__file__)
