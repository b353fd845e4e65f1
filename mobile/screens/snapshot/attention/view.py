"""How much attention a vehicle asks for: its tier, orders that stand, and what was found before."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.snapshot.attention.state import OrderCard, PastCheck, TierMark
from mobile.widgets import bars, cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import keep, load_kv

TIER_SIGNS = {"danger": "bang", "unknown": "query", "good": "tick", "neutral": "dash"}


class OrderBlock(BoxLayout):
    """An order that stands, on red over the whole width."""

    test_id = StringProperty("")
    number = StringProperty("")
    title = StringProperty("")
    authority = StringProperty("")
    against = StringProperty("")
    what = StringProperty("")
    blocks = StringProperty("")
    unsent = StringProperty("")
    key = StringProperty("")
    __events__ = ("on_lift_order",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        (self.button,) = keep(self, "lift")

    def show(self, order: OrderCard) -> None:
        """Draw the order."""
        self.number, self.title, self.authority = order.number, order.title, order.authority
        self.against, self.what, self.blocks = order.against, order.what, order.blocks
        self.test_id, self.unsent, self.key = f"order:{order.number}", order.unsent, order.lift
        if bool(order.lift) != (self.button.parent is not None):
            held = self.ids.beside
            held.add_widget(self.button) if order.lift else held.remove_widget(self.button)

    def on_lift_order(self) -> None:
        """Hear that it is to be lifted."""


class PastLine(BoxLayout):
    """Something that was found before."""

    day = StringProperty("")
    what = StringProperty("")
    number = StringProperty("")

    def show(self, past: PastCheck) -> None:
        """Draw the line."""
        self.day, self.what, self.number = past.day, past.what, past.number


class TierStrip(BoxLayout):
    """How much attention the vehicle asks for, and why; the sign and the words say it as well as the colour."""

    test_id = StringProperty("")
    title = StringProperty("")
    tone = StringProperty("neutral")
    reasons = StringProperty("")
    signs = TIER_SIGNS

    def show(self, mark: TierMark) -> None:
        """Draw the tier."""
        self.title, self.tone = mark.title, mark.tone
        self.reasons = "\n".join(f"{number}. {one}" for number, one in enumerate(mark.reasons, 1))


load_kv(__file__)
