"""T2: a paper waybill copied by hand: its fields on one side, its goods on the other."""

from collections.abc import Mapping
from typing import Any

from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from mobile.screens.bill.state import BillLine, BillState, LineField
from mobile.widgets import bars, cards, field  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.copied import CopiedField
from mobile.widgets.hits import GoodsSheet
from mobile.widgets.rows import fill
from mobile.words import _


class CopiedLine(BoxLayout):
    """A line of goods."""

    number = NumericProperty(0)
    test_id = StringProperty("")
    words = StringProperty("")
    trouble = StringProperty("")
    __events__ = ("on_change", "on_away")

    def show(self, shown: tuple[int, BillLine]) -> None:
        """Draw the line."""
        self.number, line = shown
        self.test_id, self.words, self.trouble = f"line:{self.number}", line.words, line.trouble

    def on_change(self) -> None:
        """Hear that the line is to be changed."""

    def on_away(self) -> None:
        """Hear that the line is to be taken away."""


class LineField_(BoxLayout):  # noqa: N801 - the state has the name
    """A field of a goods line, with what the goods list has in its place."""

    path = StringProperty("")
    test_id = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")
    listed = StringProperty("")
    hint = StringProperty("")

    def show(self, shown: LineField) -> None:
        """Draw the field."""
        self.path, self.test_id = shown.path, f"of_line:{shown.path}"
        self.label, self.text, self.listed, self.hint = shown.label, shown.text, shown.listed, shown.hint


class LineSheet(ModalView):
    """What the paper says of one line of goods; `check(texts)` says why it cannot be taken so."""

    test_id = StringProperty("line_sheet")
    title = StringProperty("")
    trouble = StringProperty("")
    fields = ListProperty()
    check = ObjectProperty(None)
    __events__ = ("on_done",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        fill(self.ids.fields, LineField_, self.fields)

    def as_listed(self) -> None:
        """The paper says what the list says."""
        for one in self.ids.fields.children:
            if one.listed:
                one.text = one.listed

    def done(self) -> None:
        """Give the line up and close, where it can be taken."""
        texts = {one.path: one.text for one in self.ids.fields.children}
        self.trouble = self.check(texts)
        if not self.trouble:
            self.dismiss(animation=False)
            self.dispatch("on_done", texts)

    def on_done(self, texts: Mapping[str, str]) -> None:
        """Hear the texts by field."""


class BillScreen(BoxLayout):
    """The paper as far as it was copied."""

    find = ObjectProperty(None)
    check = ObjectProperty(None)
    __events__ = ("on_field", "on_goods", "on_line", "on_line_done", "on_away", "on_done")

    def show(self, state: BillState) -> None:
        """Draw the form."""
        fill(self.ids.fields, self._field, state.fields)
        fill(self.ids.lines, self._line, tuple(enumerate(state.lines)))

    def add_goods(self) -> None:
        """Look for the goods of a new line."""
        sheet = GoodsSheet(title=_("Goods on the paper"), find=self.find)
        sheet.bind(on_goods=lambda _sheet, key: self.dispatch("on_goods", key))
        sheet.open()

    def ask_line(self, number: int, un: str, fields: tuple[LineField, ...]) -> None:
        """Ask what the paper says of a line."""
        sheet = LineSheet(title=f"UN {un}", fields=list(fields), check=lambda texts: self.check(un, texts))
        sheet.bind(on_done=lambda _sheet, texts: self.dispatch("on_line_done", number, un, texts))
        sheet.open()

    def _field(self) -> CopiedField:
        row = CopiedField()
        row.bind(on_text_left=lambda left: self.dispatch("on_field", left.path, left.text))
        return row

    def _line(self) -> CopiedLine:
        row = CopiedLine()
        row.bind(
            on_change=lambda pressed: self.dispatch("on_line", pressed.number),
            on_away=lambda pressed: self.dispatch("on_away", pressed.number),
        )
        return row

    def on_field(self, path: str, text: str) -> None:
        """Hear what stands in a field that was left."""

    def on_goods(self, key: str) -> None:
        """Hear which goods a new line is of."""

    def on_line(self, number: int) -> None:
        """Hear which line is to be changed."""

    def on_line_done(self, number: int, un: str, texts: Mapping[str, str]) -> None:
        """Hear what the paper says of a line."""

    def on_away(self, number: int) -> None:
        """Hear which line is to be taken away."""

    def on_done(self) -> None:
        """Hear that the paper was copied."""


load_kv(__file__)
