"""T9: the paper as it will be printed, and what to do with it."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from checklists.paper import Block
from mobile.states.papers import PapersState, Tab
from mobile.widgets import bars, cards, part, signature  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import Chip
from mobile.widgets.rows import fill


class TabChip(Chip):
    """A paper to look at."""

    number = StringProperty("")

    def show(self, tab: Tab) -> None:
        """Draw the tab."""
        self.number, self.text, self.active = tab.number, tab.title, tab.chosen
        self.test_id = f"paper:{tab.number}"


class CellRow(BoxLayout):
    """A name and its value."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, row: tuple[str, ...]) -> None:
        """Draw the row."""
        self.name, self.value = row[0], "  ".join(row[1:])


class PaperBlock(BoxLayout):
    """One block of the paper: its words, its table, or a signature as it was drawn."""

    kind = StringProperty("text")
    words = StringProperty("")

    def show(self, block: Block) -> None:
        """Draw the block."""
        self.kind, self.words = block.kind, block.text
        fill(self.ids.table, CellRow, block.rows)
        self.ids.strokes.strokes = [[value for point in stroke for value in point] for stroke in block.strokes]


class PapersScreen(BoxLayout):
    """The papers of a sealed inspection."""

    title = StringProperty("")
    number = StringProperty("")
    office = StringProperty("")
    delivery = StringProperty("")
    delivery_tone = StringProperty("neutral")
    detail = StringProperty("")
    delivered = BooleanProperty(False)
    busy = BooleanProperty(False)
    notice = StringProperty("")
    notice_tone = StringProperty("danger")
    __events__ = ("on_choose", "on_print", "on_open", "on_share", "on_send", "on_done", "on_lesson")

    def show(self, state: PapersState) -> None:
        """Draw the state; another paper begins at its top."""
        if state.number != self.number:
            self.ids.paper.scroll_y = 1
        self.title, self.number, self.office = state.title, state.number, state.office
        self.delivery, self.delivery_tone, self.detail = state.delivery, state.delivery_tone, state.detail
        self.delivered, self.busy = state.delivered, state.busy
        self.notice, self.notice_tone = state.notice, state.notice_tone
        fill(self.ids.tabs, self._tab, state.tabs)
        fill(self.ids.blocks, PaperBlock, state.blocks)

    def _tab(self) -> TabChip:
        chip = TabChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_choose", pressed.number))
        return chip

    def on_choose(self, number: str) -> None:
        """Hear which paper the officer wants to look at."""

    def on_print(self) -> None:
        """Hear that the paper is to be printed."""

    def on_open(self) -> None:
        """Hear that the PDF is to be opened."""

    def on_share(self) -> None:
        """Hear that the PDF is to be given away."""

    def on_send(self) -> None:
        """Hear that the record is to be sent now."""

    def on_lesson(self) -> None:
        """Hear that the crew is taught now."""

    def on_done(self) -> None:
        """Hear that the officer goes on to the next vehicle."""


load_kv(__file__)
