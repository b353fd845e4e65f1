"""T2's panels for signs: the plate keyboard, and what it does not hold: other plates, the papers of foreigners."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.identify.signs.state import SignsState
from mobile.widgets import bars, picks, plate, platekeys  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.rows import fill


class RecentPlate(ButtonBehavior, BoxLayout):
    """A plate to choose."""

    test_id = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")

    def show(self, shown: tuple[str, str]) -> None:
        """Draw the plate."""
        self.plate, self.colour = shown
        self.test_id = f"recent:{self.plate}"


class TypePlate(BoxLayout):
    """The plate keyboard with the recent plates, and with those that may be meant as soon as enough is typed."""

    count = NumericProperty(0)
    suggested = BooleanProperty(False)
    __events__ = ("on_plate", "on_back", "on_typing", "on_other")
    _plates: tuple[tuple[str, str], ...] = ()

    def show(self, recent: tuple[tuple[str, str], ...]) -> None:
        """Draw the recent plates."""
        self._plates = recent
        self.suggest(())

    def suggest(self, plates: tuple[tuple[str, str], ...]) -> None:
        """Draw plates of the registry that may be meant, in place of the recent ones."""
        self.suggested = bool(plates)
        shown = plates or self._plates
        self.count = len(shown)
        fill(self.ids.recent, self._recent, shown)

    def begin(self, text: str, colour: str) -> None:
        """Put what is known so far on the keyboard."""
        self.ids.keyboard.colour = colour or "yellow"
        self.ids.keyboard.text = text

    def _recent(self) -> RecentPlate:
        button = RecentPlate()
        button.bind(on_release=lambda pressed: self.dispatch("on_plate", pressed.plate, pressed.colour))
        return button

    def on_plate(self, text: str, colour: str) -> None:
        """Hear the plate and its colour."""

    def on_typing(self, text: str, colour: str) -> None:
        """Hear the plate as far as it is typed."""

    def on_other(self) -> None:
        """Hear that it is a plate of another kind."""

    def on_back(self) -> None:
        """Hear that the officer goes back to the waybill."""


class OtherSigns(BoxLayout):
    """Kinds to pick, then keys for the signs."""

    title = StringProperty("")
    text = StringProperty("")
    reading = StringProperty("")
    problems = StringProperty("")
    keys = StringProperty("")
    enabled = StringProperty("")
    of_person = BooleanProperty(False)
    may_take = BooleanProperty(False)
    asks = BooleanProperty(True)
    stacked = BooleanProperty(False)
    __events__ = ("on_kind", "on_country", "on_page", "on_sign", "on_taken", "on_back")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asking, self.typing = keep(self, "asking", "typing")
        self.remove_widget(self.typing)

    def show(self, state: SignsState) -> None:
        """Draw what is to be picked or typed."""
        self.title, self.text, self.reading, self.of_person = state.title, state.text, state.reading, state.of_person
        self.keys, self.enabled, self.may_take, self.asks = state.keys, state.enabled, state.may_take, state.asks
        self.ids.kinds.show(state.kinds)
        self.ids.countries.show(state.countries)
        self.ids.pages.show(state.pages)
        self.problems = "\n".join(state.problems)
        wanted = self.asking if state.asks else self.typing
        for one in (self.asking, self.typing):
            if one is not wanted and one.parent is self:
                self.remove_widget(one)
        if wanted.parent is None:
            self.add_widget(wanted)

    def on_kind(self, kind: str) -> None:
        """Hear which kind it is."""

    def on_country(self, country: str) -> None:
        """Hear of which country it is."""

    def on_page(self, page: str) -> None:
        """Hear which letters are wanted."""

    def on_sign(self, sign: str) -> None:
        """Hear a sign, or ← for one less."""

    def on_taken(self, role: str) -> None:
        """Hear that it is whole; a paper says in which role its person showed it."""

    def on_back(self) -> None:
        """Hear that the officer goes back to the usual keyboard."""


load_kv(__file__)
