"""T12: a field to type in, six shelves, the rows that fit and the card of one."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.library.shapes import Block, Card
from mobile.screens.reference.state import ReferenceState
from mobile.widgets import bars, cards, field, part, picks, placards  # noqa: F401  # used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.hits import WAIT_S, HitRow, SmallLabel
from mobile.widgets.rows import fill


class CardLine(BoxLayout):
    """A piece of a card."""

    name = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, block: Block) -> None:
        """Draw it."""
        self.name, self.words, self.tone = block.name, block.text, block.tone


class CardView(BoxLayout):
    """The card of what is looked at."""

    title = StringProperty("")
    subtitle = StringProperty("")
    mark = StringProperty("")
    tone = StringProperty("neutral")
    hazard = StringProperty("")
    un = StringProperty("")

    def show(self, card: Card) -> None:
        """Draw the card."""
        self.title, self.subtitle, self.mark, self.tone = card.title, card.subtitle, card.mark, card.tone
        self.hazard, self.un = card.hazard, card.un
        fill(self.ids.labels, SmallLabel, card.labels[:4])
        fill(self.ids.blocks, CardLine, card.blocks)


class ReferenceScreen(BoxLayout):
    """The reference."""

    hint = StringProperty("")
    count = StringProperty("")
    empty = StringProperty("")
    ready = BooleanProperty(True)
    has_card = BooleanProperty(False)
    __events__ = ("on_tab", "on_search", "on_row", "on_paper")

    def __init__(self, **kwargs: Any) -> None:
        self._shown = ""
        self._look = Clock.create_trigger(lambda _dt: self.look(), WAIT_S)
        super().__init__(**kwargs)

    def show(self, state: ReferenceState) -> None:
        """Draw the state; another card begins at its top."""
        self.hint, self.count, self.empty, self.ready = state.hint, state.count, state.empty, state.ready
        self.ids.tabs.show(state.tabs)
        if self.ids.search.text != state.text and not self._look.is_triggered:
            self.ids.search.text = state.text
            self._look.cancel()
        self.ids.search.disabled = not state.ready
        fill(self.ids.rows.ids.column, self._row, state.rows)
        for row in self.ids.rows.ids.column.children:
            row.chosen = row.key == state.chosen
        self.has_card = state.card is not None
        if state.card is not None:
            self.ids.card.show(state.card)
        place = f"{state.hint}{state.chosen}"
        if place != self._shown:
            self._shown = place
            self.ids.detail.to_top()

    def typed(self) -> None:
        """Look the text up once typing pauses."""
        self._look()

    def look(self) -> None:
        """Look it up at once."""
        self._look.cancel()
        self.dispatch("on_search", self.ids.search.text)

    def clear(self) -> None:
        """Empty the field."""
        self.ids.search.text = ""

    def _row(self) -> HitRow:
        row = HitRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_row", pressed.key))
        return row

    def on_tab(self, tab: str) -> None:
        """Hear which shelf was touched."""

    def on_search(self, text: str) -> None:
        """Hear what is looked for."""

    def on_row(self, key: str) -> None:
        """Hear which row was touched."""

    def on_paper(self) -> None:
        """Hear that a printed paper is to be checked."""


load_kv(__file__)
