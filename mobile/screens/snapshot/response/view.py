"""T3's card for the first minutes of a leak, over the whole screen and readable from two metres."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from mobile.screens.snapshot.response.state import Figure, GuideCard, ResponseState
from mobile.widgets import bars, cards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.placards import Diamond
from mobile.widgets.rows import fill


class FigureBox(BoxLayout):
    """One distance, huge."""

    test_id = StringProperty("")
    name = StringProperty("")
    value = StringProperty("")
    unit = StringProperty("")
    origin = StringProperty("")

    def show(self, figure: Figure) -> None:
        """Draw the distance."""
        self.name, self.value, self.unit, self.origin = figure.name, figure.value, figure.unit, figure.origin


class GuideLabel(Diamond):
    """A diamond that follows the state."""

    def show(self, label: str) -> None:
        """Draw the label."""
        self.label = label


class GuideBlock(BoxLayout):
    """What the guidebook says of one material."""

    title = StringProperty("")
    guide = StringProperty("")
    hazard = StringProperty("")
    action = StringProperty("")
    marks = StringProperty("")

    def show(self, one: GuideCard) -> None:
        """Draw the words."""
        self.title = f"UN {one.un}  {one.name}" if one.un else one.name
        self.guide, self.hazard, self.action, self.marks = one.guide, one.hazard, one.action, one.marks
        fill(self.ids.labels, GuideLabel, one.labels)


class ResponseSheet(ModalView):
    """The card."""

    large = BooleanProperty(True)
    night = BooleanProperty(False)
    warning = StringProperty("")
    source = StringProperty("")
    __events__ = ("on_change",)

    def show(self, state: ResponseState) -> None:
        """Draw the state."""
        self.large, self.night, self.warning, self.source = state.large, state.night, state.warning, state.source
        fill(self.ids.figures, FigureBox, state.figures)
        fill(self.ids.guides, GuideBlock, state.guides)

    def close(self) -> None:
        """Go back to the snapshot."""
        self.dismiss(animation=False)

    def on_change(self, what: str, value: Any) -> None:
        """Hear what the card is to be for: `large` or `night`."""


load_kv(__file__)
