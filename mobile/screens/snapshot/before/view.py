"""That a vehicle was checked clean a little while ago."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.before.state import BeforeCard
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class BeforeBlock(BoxLayout):
    """That it was checked clean a little while ago, and what is recommended."""

    title = StringProperty("")
    advice = StringProperty("")
    source = StringProperty("")
    short = BooleanProperty(False)
    test_id = StringProperty("before")

    def show(self, card: BeforeCard) -> None:
        """Draw the card."""
        self.title, self.advice, self.source, self.short = card.title, card.advice, card.source, card.short


load_kv(__file__)
