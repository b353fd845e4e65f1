"""T6: the five-way table; a red or amber cell is one touch away from where it is dealt with."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from mobile.screens.compare.state import Cell, CompareState, LoadChoice
from mobile.screens.section.observed.view import ask_mass
from mobile.widgets import bars, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.cards import VERDICTS
from mobile.widgets.hits import GoodsSheet
from mobile.widgets.rows import fill
from mobile.words import _


class CellBox(ButtonBehavior, BoxLayout):
    """One value with its source and, where something is wrong with it, sign and word."""

    verdict = StringProperty("")
    value = StringProperty("")
    source = StringProperty("")
    said = StringProperty("")
    tone = StringProperty("")
    needed = NumericProperty(0)
    test_id = StringProperty("")

    def show(self, cell: Cell) -> None:
        """Draw the cell; what has no value and is asked of nobody is a dash."""
        self.cell, self.test_id = cell, f"cell:{cell.row}:{cell.column}"
        self.verdict, self.value, self.source = cell.verdict, cell.value or "—", cell.source
        self.said = cell.sign
        self.tone = VERDICTS[cell.verdict][0] if cell.verdict in ("conflict", "cannot_tell", "stale") else ""


class TableRow(BoxLayout):
    """One thing compared, across its five sources."""

    name = StringProperty("")
    needed = NumericProperty(0)
    __events__ = ("on_cell",)

    def show(self, shown: tuple[str, tuple[Cell, ...]]) -> None:
        """Draw the row."""
        self.name, cells = shown
        fill(self.ids.cells, self._cell, cells)

    def _cell(self) -> CellBox:
        box = CellBox()
        box.bind(on_release=lambda pressed: self.dispatch("on_cell", pressed.cell), needed=self._measure)
        return box

    def _measure(self, *_: Any) -> None:
        self.needed = max(cell.needed for cell in self.ids.cells.children)

    def on_cell(self, cell: Cell) -> None:
        """Hear which cell was pressed."""


class HeadCell(BoxLayout):
    """The name of a column."""

    text = StringProperty("")

    def show(self, text: str) -> None:
        """Draw the name."""
        self.text = text


class LoadSheet(ModalView):
    """Asks what is really loaded."""

    test_id = StringProperty("what_is_loaded")
    differs = BooleanProperty(False)
    __events__ = ("on_goods", "on_other")

    def show(self, choices: tuple[LoadChoice, ...]) -> None:
        """Draw the choices."""
        self._choices = choices
        self.ids.choices.show([_Pick(number, one) for number, one in enumerate(choices)])

    def pick(self, key: str) -> None:
        """Give the choice up and close."""
        self.dismiss(animation=False)
        self.dispatch("on_goods", self._choices[int(key)].un)

    def other(self) -> None:
        """Close, to look in the list."""
        self.dismiss(animation=False)
        self.dispatch("on_other")

    def on_other(self) -> None:
        """Hear that it is other goods."""

    def on_goods(self, un: str | None) -> None:
        """Hear the UN number, or None where it is not known yet."""


class _Pick:
    """A choice with its place in the list as key, because what is not known has no number."""

    def __init__(self, number: int, choice: LoadChoice) -> None:
        self.key, self.text, self.chosen = str(number), choice.text, choice.chosen


class CompareScreen(BoxLayout):
    """All of T6."""

    summary = StringProperty("")
    summary_tone = StringProperty("good")
    find = ObjectProperty(None)
    __events__ = ("on_act", "on_weigh", "on_goods", "on_walk")

    def show(self, state: CompareState) -> None:
        """Draw the table."""
        self._state = state
        self.summary = state.summary
        self.summary_tone = "danger" if state.conflicts else "unknown" if state.unsure else "good"
        fill(self.ids.head, HeadCell, [text for _key, text in state.columns])
        rows = [(name, tuple(state.cells[row, column] for column, _text in state.columns)) for row, name in state.rows]
        fill(self.ids.rows.ids.column, self._row, rows)

    def ask_goods(self) -> None:
        """Ask what is really loaded."""
        sheet = LoadSheet(differs=self._state.differs)
        sheet.show(self._state.question)
        sheet.bind(on_goods=lambda _sheet, un: self.dispatch("on_goods", un), on_other=lambda _sheet: self._search())
        sheet.open()

    def _search(self) -> None:
        sheet = GoodsSheet(title=_("What is really loaded?"), find=self.find)
        sheet.bind(on_goods=lambda _sheet, key: self.dispatch("on_goods", key.partition("|")[0]))
        sheet.open()

    def ask_mass(self) -> None:
        """Ask for the weighbridge's value."""
        ask_mass(lambda gross_kg: self.dispatch("on_weigh", gross_kg))

    def _row(self) -> TableRow:
        row = TableRow()
        row.bind(on_cell=self._cell)
        return row

    def _cell(self, _row: Any, cell: Cell) -> None:
        if cell.screen == "mass":
            self.ask_mass()
        elif cell.screen == "goods":
            self.ask_goods()
        elif cell.screen in ("deviation", "section"):
            self.dispatch("on_act", cell.screen, cell.where)

    def on_act(self, screen: str, where: str) -> None:
        """Hear where a cell is dealt with: a section, or the deviation of an item."""

    def on_weigh(self, gross_kg: int) -> None:
        """Hear the weighbridge's gross mass."""

    def on_goods(self, un: str | None) -> None:
        """Hear what is really loaded."""

    def on_walk(self) -> None:
        """Hear that the officer goes back to the walk."""


load_kv(__file__)
