"""T9: the paper as it will be printed, and what to do with it."""

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from checklists.papers.paper import Block
from mobile.screens.papers.state import Owed, PapersState, Tab
from mobile.widgets import bars, cards, field, part, picks, signature  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Text, load_kv
from mobile.widgets.buttons import Chip
from mobile.widgets.rows import fill


class TabChip(Chip):
    """A paper to look at."""

    number = StringProperty("")
    void = BooleanProperty(False)

    def show(self, tab: Tab) -> None:
        """Draw the tab."""
        self.number, self.text, self.active, self.void = tab.number, tab.title, tab.chosen, tab.void
        self.test_id = f"paper:{tab.number}"


class Cell(Text):
    """One cell of a table."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class CellRow(BoxLayout):
    """A row of a table; the first of two is a name, of several the columns have their shares."""

    shares = ListProperty()

    def show(self, row: tuple[str, ...]) -> None:
        """Draw the row."""
        fill(self.ids.cells, Cell, row)
        shares = list(self.shares) or ([26, 74] if len(row) == 2 else [1] * len(row))
        for cell, share in zip(reversed(self.ids.cells.children), shares, strict=False):
            cell.size_hint_x = share / sum(shares)


class OwedRow(BoxLayout):
    """Something owed; a touch says that it was done."""

    kind = StringProperty("")
    words = StringProperty("")
    test_id = StringProperty("")
    __events__ = ("on_done",)

    def show(self, owed: Owed) -> None:
        """Draw it."""
        self.kind, self.words, self.test_id = owed.kind, owed.text, f"owed:{owed.kind}"

    def on_done(self) -> None:
        """Hear that it was done."""


class PaperBlock(BoxLayout):
    """One block of the paper: its words, its table, or a signature as it was drawn."""

    kind = StringProperty("text")
    words = StringProperty("")

    def show(self, block: Block) -> None:
        """Draw the block."""
        self.kind, self.words = block.kind, block.text
        fill(self.ids.table, lambda: CellRow(shares=list(block.widths)), block.rows)
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
    sends = BooleanProperty(False)
    busy = BooleanProperty(False)
    notice = StringProperty("")
    notice_tone = StringProperty("danger")
    voided = StringProperty("")
    several = StringProperty("")
    by_hand = StringProperty("")
    voiding = BooleanProperty(False)
    holds = BooleanProperty(False)
    copied = BooleanProperty(False)
    __events__ = (
        *("on_choose", "on_print", "on_print_all", "on_open", "on_share", "on_send", "on_done"),
        *("on_ask_void", "on_void", "on_owed_done", "on_lesson", "on_add", "on_roll", "on_copy"),
    )

    def show(self, state: PapersState) -> None:
        """Draw the state; another paper begins at its top."""
        if state.number != self.number:
            self.ids.paper.scroll_y = 1
        self.title, self.number, self.office = state.title, state.number, state.office
        self.delivery, self.delivery_tone, self.detail = state.delivery, state.delivery_tone, state.detail
        self.delivered, self.sends, self.busy = state.delivered, state.sends, state.busy
        self.notice, self.notice_tone = state.notice, state.notice_tone
        fill(self.ids.tabs, self._tab, state.tabs)
        # Another paper has other tables; a table keeps the shares that it was made with.
        self.ids.blocks.clear_widgets()
        fill(self.ids.blocks, PaperBlock, state.blocks)
        self.voided, self.several, self.voiding = state.void, state.several, bool(state.reasons)
        self.by_hand, self.holds, self.copied = state.by_hand, state.holds, state.copied
        fill(self.ids.owed, self._owed, state.owed)
        self.ids.reasons.show(state.reasons)

    def void_own(self) -> None:
        """Say in the officer's own words why the number is void; the field then is empty for the next."""
        reason, self.ids.void_reason.text = self.ids.void_reason.text.strip(), ""
        if reason:
            self.dispatch("on_void", reason)

    def _owed(self) -> OwedRow:
        row = OwedRow()
        row.bind(on_done=lambda pressed: self.dispatch("on_owed_done", pressed.kind))
        return row

    def _tab(self) -> TabChip:
        chip = TabChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_choose", pressed.number))
        return chip

    def on_choose(self, number: str) -> None:
        """Hear which paper the officer wants to look at."""

    def on_print(self) -> None:
        """Hear that the paper is to be printed."""

    def on_print_all(self) -> None:
        """Hear that every paper is to be printed."""

    def on_ask_void(self, voiding: bool) -> None:
        """Hear that a number is to be void, or that it stays after all."""

    def on_void(self, reason: str) -> None:
        """Hear why the number is void."""

    def on_owed_done(self, kind: str) -> None:
        """Hear that something owed was done."""

    def on_open(self) -> None:
        """Hear that the PDF is to be opened."""

    def on_share(self) -> None:
        """Hear that the PDF is to be given away."""

    def on_send(self) -> None:
        """Hear that the record is to be sent now."""

    def on_lesson(self) -> None:
        """Hear that the crew is taught now."""

    def on_add(self, what: str) -> None:
        """Hear that something is to be added to the record: clearance or correction."""

    def on_roll(self) -> None:
        """Hear that the paper is wanted from the printer on the belt."""

    def on_copy(self) -> None:
        """Hear that the driver takes its words by codes."""

    def on_done(self) -> None:
        """Hear that the officer goes on to the next vehicle."""


load_kv(__file__)
