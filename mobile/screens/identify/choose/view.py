"""T2's panels for what a person has to choose: one of several vehicles, and whose card was shown."""

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.identify.matches.state import MatchCard, MatchesState
from mobile.screens.identify.person.state import LENGTH, PersonState
from mobile.widgets import bars, plate, platekeys  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import SmallButton
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill


class VehicleCard(ButtonBehavior, BoxLayout):
    """A vehicle to choose."""

    test_id = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")
    carrier = StringProperty("")
    why = StringProperty("")
    detail = StringProperty("")

    def show(self, card: MatchCard) -> None:
        """Draw the vehicle."""
        self.plate, self.colour, self.carrier = card.plate, card.colour, card.carrier
        self.why, self.detail = card.why, card.detail
        self.test_id = f"match:{card.plate}:{card.colour}"


class Matches(BoxLayout):
    """The vehicles that may be meant, and the plate as it was entered."""

    asked = StringProperty("")
    more = StringProperty("")
    nothing = StringProperty("")
    kept = StringProperty("")
    kept_colour = StringProperty("")
    __events__ = ("on_choose", "on_enter_plate")

    def show(self, state: MatchesState) -> None:
        """Draw the vehicles."""
        self.asked, self.more, self.nothing = state.asked, state.more, state.nothing
        self.kept, self.kept_colour = state.keep
        fill(self.ids.cards, self._card, state.cards)

    def _card(self) -> VehicleCard:
        card = VehicleCard()
        card.bind(on_release=lambda pressed: self.dispatch("on_choose", pressed.plate, pressed.colour))
        return card

    def on_choose(self, text: str, colour: str) -> None:
        """Hear which vehicle it is."""

    def on_enter_plate(self) -> None:
        """Hear that the plate is to be entered again."""


class PersonRow(BoxLayout):
    """A line of what is known of a person."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, pair: tuple[str, str]) -> None:
        """Draw name and value."""
        self.name, self.value = pair


class Doubt(Notice):
    """A problem in words."""

    def show(self, text: str) -> None:
        """Draw the words."""
        self.tone, self.text = "unknown", text


class Meant(SmallButton):
    """A number that was perhaps meant."""

    def show(self, number: str) -> None:
        """Draw the number."""
        self.text, self.test_id = number, f"meant:{number}"


class ShownCard(BoxLayout):
    """The number on a card, typed or read, and what the registry knows of its person."""

    number = StringProperty("")
    spaced = StringProperty("")
    title = StringProperty("")
    source = StringProperty("")
    tone = StringProperty("neutral")
    named = StringProperty("")
    whole = BooleanProperty(False)
    enabled = StringProperty("")
    problems = ListProperty()
    __events__ = ("on_typed", "on_person", "on_back", "on_other")

    def show(self, state: PersonState) -> None:
        """Draw the card."""
        self.number, self.title, self.source, self.tone = state.number, state.title, state.source, state.tone
        self.named, self.whole = state.named, state.may_take
        told = state.number.ljust(LENGTH, "_")
        self.spaced = f"{told[:6]} {told[6:14]} {told[14:]}"
        self.enabled = "←" + ("" if state.may_take else "1234567890" + ("X" if len(state.number) == LENGTH - 1 else ""))
        fill(self.ids.problems, Doubt, state.problems)
        fill(self.ids.rows, PersonRow, state.rows)
        fill(self.ids.meant, self._meant, state.meant)

    def press(self, sign: str) -> None:
        """Add a sign, or take the last one away."""
        self.dispatch("on_typed", self.number[:-1] if sign == "←" else self.number + sign)

    def _meant(self) -> Meant:
        button = Meant()
        button.bind(on_release=lambda pressed: self.dispatch("on_typed", pressed.text))
        return button

    def on_typed(self, number: str) -> None:
        """Hear the number as far as it is typed."""

    def on_person(self, role: str) -> None:
        """Hear in which role this person showed the card."""

    def on_other(self) -> None:
        """Hear that the paper is another than a resident card."""

    def on_back(self) -> None:
        """Hear that the officer goes back to the waybill."""


load_kv(__file__)
