"""The quick check: on the left exactly what is confirmed, on the right the PIN that confirms it."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.quick.state import Confirmed, QuickState
from mobile.widgets import bars, pads, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Text, load_kv
from mobile.widgets.rows import fill


class ConfirmedCard(BoxLayout):
    """One section: what is put down as seen, then the items."""

    title = StringProperty("")
    seen = StringProperty("")
    items_words = StringProperty("")
    ruled = StringProperty("")

    def show(self, one: Confirmed) -> None:
        """Draw the section."""
        self.title, self.ruled = one.title, one.ruled_words
        self.seen, self.items_words = "；".join(one.seen), "；".join(one.items)


class BlockLine(Text):
    """One thing that is in the way."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class QuickScreen(BoxLayout):
    """All of the quick check."""

    vehicle = StringProperty("")
    beside = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    blocked = BooleanProperty(False)
    may_confirm = BooleanProperty(False)
    choosing = BooleanProperty(False)
    __events__ = ("on_second", "on_pin", "on_walk")

    def show(self, state: QuickState) -> None:
        """Draw the check."""
        self.vehicle, self.beside, self.prompt = state.vehicle, state.second, state.prompt
        self.trouble, self.blocked, self.may_confirm = state.trouble, bool(state.blocks), state.may_confirm
        self.choosing = not state.second
        fill(self.ids.blocks, BlockLine, state.blocks)
        fill(self.ids.sections, ConfirmedCard, state.sections)
        self.ids.seconds.show(state.seconds)

    def on_second(self, officer: str) -> Any:
        """Hear who is on the post as well."""

    def on_pin(self, pin: str) -> Any:
        """Hear the PIN that confirms."""

    def on_walk(self) -> Any:
        """Hear that something deviates, or that the officer wants to walk."""


load_kv(__file__)
