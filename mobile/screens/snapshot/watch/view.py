"""What others ask to be looked at: entries of the watch list."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.watch.state import WatchCard
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class WatchBlock(BoxLayout):
    """An entry of the watch list: a request, in the colour of a hint and not of a warning."""

    test_id = StringProperty("")
    title = StringProperty("")
    who = StringProperty("")
    why = StringProperty("")
    do = StringProperty("")
    until = StringProperty("")
    done = BooleanProperty(False)
    key = StringProperty("")
    __events__ = ("on_watched",)

    def show(self, card: WatchCard) -> None:
        """Draw the entry."""
        self.key, self.title, self.who, self.why = card.id, card.title, card.who, card.why
        self.do, self.until, self.done = card.do, card.until, card.done
        self.test_id = f"watch:{card.id}"

    def on_watched(self) -> None:
        """Hear that the team did what is asked."""


load_kv(__file__)
