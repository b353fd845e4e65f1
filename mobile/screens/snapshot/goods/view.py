"""The vehicle and its goods as they should look on the road."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.state import GoodsCard
from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.placards import Diamond
from mobile.widgets.plate import Plate
from mobile.widgets.rows import fill


class PlateMark(Plate):
    """A plate that follows the state."""

    def show(self, shown: tuple[str, str]) -> None:
        """Draw text and colour."""
        self.text, self.colour = shown


class LabelMark(Diamond):
    """A diamond that follows the state."""

    def show(self, label: str) -> None:
        """Draw the label."""
        self.label = label


class GoodsRow(BoxLayout):
    """A line of goods: orange plate, diamonds, and the waybill's words."""

    un = StringProperty("")
    hazard = StringProperty("")
    title = StringProperty("")
    detail = StringProperty("")

    def show(self, card: GoodsCard) -> None:
        """Draw the line."""
        self.un, self.hazard, self.title, self.detail = card.un, card.hazard_id, card.title, card.detail
        fill(self.ids.labels, LabelMark, card.labels)


class GoodsLine(BoxLayout):
    """Goods among many: one line of words."""

    title = StringProperty("")
    detail = StringProperty("")

    def show(self, card: GoodsCard) -> None:
        """Draw the line."""
        self.title, self.detail = card.title, card.detail


load_kv(__file__)
