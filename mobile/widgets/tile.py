"""Tile: one section of the walk, on the screen where the officer clears it or opens it.

    Tile:
        title: "罐体与阀件"
        agency: "transport"          # the stripe's colour; a code of the checklist (T, P …) or a word
        agency_name: "交通运输"       # the stripe's word
        items: 14                    # items that apply
        answered: 3                  # of them, answered one by one or pre-marked by a rule
        deviations: 0
        must_answer: 2               # items whose rule says conflict, cannot tell or stale
        cleared: False
        on_clear: …                  # pressed "No deviation", which is offered only while the section is open
        on_open: …                   # pressed anywhere else on the tile, or its button in any other state

Its `state` follows: must_answer, deviations, clear, open. With `test_id: "TNK"`, drivers find its button as `TNK.clear`
and the rest of it as `TNK.open`.
"""

from kivy.properties import AliasProperty, BooleanProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import cards  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class TileBody(ButtonBehavior, BoxLayout):
    """The part of a tile that opens the section."""

    test_id = StringProperty("")


class Tile(BoxLayout):
    """A section: what it is, whose it is, how it stands, and the two things to do with it."""

    test_id = StringProperty("")
    title = StringProperty("")
    agency = StringProperty("joint")
    agency_name = StringProperty("")
    items = NumericProperty(0)
    answered = NumericProperty(0)
    deviations = NumericProperty(0)
    must_answer = NumericProperty(0)
    cleared = BooleanProperty(False)
    note = StringProperty("")
    __events__ = ("on_clear", "on_open")

    def _state(self) -> str:
        if self.must_answer:
            return "must_answer"
        if self.deviations:
            return "deviations"
        return "clear" if self.cleared else "open"

    state = AliasProperty(_state, bind=["must_answer", "deviations", "cleared"])

    def press(self) -> None:
        """Do what the button says: clear an open section, go to any other."""
        self.dispatch("on_clear" if self.state == "open" else "on_open")

    def on_clear(self) -> None:
        """Hear that the officer found no deviation in the section."""

    def on_open(self) -> None:
        """Hear that the officer wants to see the section's items."""


load_kv(__file__)
