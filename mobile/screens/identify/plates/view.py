"""T2's panel of the plates that were read in a picture."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.identify.plates.state import PlatesState
from mobile.widgets import bars, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class SuggestedPlate(ButtonBehavior, BoxLayout):
    """A plate to choose, in no colour: none was read."""

    test_id = StringProperty("")
    plate = StringProperty("")
    how = StringProperty("")

    def show(self, suggested: tuple[str, str]) -> None:
        """Draw the plate, and how it was read."""
        self.plate, self.how = suggested
        self.test_id = f"read:{self.plate}"


class SuggestedPlates(BoxLayout):
    """The plates in a picture, or that none could be read."""

    said = StringProperty("")
    found = BooleanProperty(False)
    reading = BooleanProperty(False)
    __events__ = ("on_suggested", "on_enter_plate", "on_photo")

    def show(self, state: PlatesState) -> None:
        """Draw the plates."""
        self.said, self.found, self.reading = state.said, state.found, state.reading
        fill(self.ids.plates, self._chip, state.plates)

    def _chip(self) -> SuggestedPlate:
        chip = SuggestedPlate()
        chip.bind(on_release=lambda pressed: self.dispatch("on_suggested", pressed.plate))
        return chip

    def on_suggested(self, text: str) -> None:
        """Hear which plate the officer found right."""

    def on_enter_plate(self) -> None:
        """Hear that the plate is to be typed."""

    def on_photo(self) -> None:
        """Hear that another picture is to be taken."""


load_kv(__file__)
