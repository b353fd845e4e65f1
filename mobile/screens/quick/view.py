"""The quick check: on the left exactly what is confirmed, on the right the PIN that confirms it."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.quick.state import Act, Confirmed, QuickState
from mobile.widgets import control, pads, part, picks, seen  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Text, keep, load_kv
from mobile.widgets.buttons import QuietButton
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme


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


class ActButton(QuietButton):
    """Something to do besides the PIN."""

    event = StringProperty("")

    def show(self, act: Act) -> None:
        """Draw it."""
        self.event, self.test_id, self.text, self.sign = act.event, act.key, act.text, act.sign


class BlockLine(Text):
    """One thing that is in the way."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class QuickScreen(BoxLayout):
    """All of the quick check."""

    vehicle = StringProperty("")
    beside = StringProperty("")
    presence = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    blocked = BooleanProperty(False)
    may_confirm = BooleanProperty(False)
    choosing = BooleanProperty(False)
    asks_second = BooleanProperty(False)
    asks_photo = BooleanProperty(False)
    __events__ = ("on_second", "on_pin", "on_present", "on_own", "on_photo", "on_no_photo", "on_walk")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        (self.keys,) = keep(self, "right")
        self.ids.list.fbind("seen", self._place)

    def show(self, state: QuickState) -> None:
        """Draw the check."""
        self.vehicle, self.beside, self.prompt = state.vehicle, state.second, state.prompt
        self.trouble, self.blocked, self.may_confirm = state.trouble, bool(state.blocks), state.may_confirm
        self.choosing, self.presence = not state.second, state.presence
        self.asks_second, self.asks_photo = state.asks_second, bool(state.photo)
        fill(self.ids.blocks, BlockLine, state.blocks)
        fill(self.ids.sections, ConfirmedCard, state.sections)
        self.ids.seconds.show(state.seconds)
        self.ids.control.show(state.photo, state.no_photo)
        fill(self.ids.acts, self._act, state.acts)
        self.ids.list.begin((state.inspection, len(state.blocks), *(one.what for one in state.sections)))
        self._place()

    def _place(self, *_: Any) -> None:
        """Take the keys away where nothing can be confirmed, and on a low screen until the list was seen."""
        to_confirm = self.ids.list.seen and not self.asks_photo
        wanted = not theme.low or self.choosing or self.asks_second or to_confirm
        if self.blocked or not wanted:
            self.remove_widget(self.keys)
        elif self.keys.parent is None:
            self.add_widget(self.keys)

    def _act(self) -> ActButton:
        button = ActButton()
        button.bind(on_release=lambda pressed: self.dispatch(pressed.event))
        return button

    def on_second(self, officer: str) -> Any:
        """Hear who is on the post as well."""

    def on_pin(self, pin: str) -> Any:
        """Hear the PIN that confirms."""

    def on_present(self) -> Any:
        """Hear that the second officer confirms by his own PIN that he is there."""

    def on_own(self) -> Any:
        """Hear that the tablet is back with our officer."""

    def on_photo(self) -> Any:
        """Hear that the picture that was asked for has been taken."""

    def on_no_photo(self, reason: str) -> Any:
        """Hear why there is no such picture."""

    def on_walk(self) -> Any:
        """Hear that something deviates, or that the officer wants to walk."""


load_kv(__file__)
