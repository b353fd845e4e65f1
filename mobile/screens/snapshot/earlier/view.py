"""Earlier checks, and holds of them that stand."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.earlier.state import EarlierLine, HoldCard
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class EarlierRow(BoxLayout):
    """A check that was made before; its tone says whether it holds."""

    test_id = StringProperty("")
    when = StringProperty("")
    what = StringProperty("")
    where = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, line: EarlierLine) -> None:
        """Draw the line."""
        self.when, self.what, self.where, self.tone = line.when, line.what, line.where, line.tone
        self.test_id = f"earlier:{line.id}"


class HoldBlock(BoxLayout):
    """A hold of an earlier check, on red over the whole width as an order."""

    test_id = StringProperty("")
    title = StringProperty("")
    where = StringProperty("")
    against = StringProperty("")
    found = StringProperty("")
    look = StringProperty("")
    lifts = StringProperty("")
    here = BooleanProperty(False)
    key = StringProperty("")
    __events__ = ("on_lift",)

    def show(self, hold: HoldCard) -> None:
        """Draw the hold."""
        self.key, self.lifts, self.here = hold.id, hold.lifts, hold.here
        self.title, self.where, self.against = hold.title, hold.where, hold.against
        self.found, self.look = hold.found, hold.look
        self.test_id = f"hold:{hold.id}"

    def on_lift(self) -> None:
        """Hear that it is to be let go on its own record."""


load_kv(__file__)
