"""HitRow and GoodsSheet: rows that a search found, and the goods list to choose from in front of a screen.

`GoodsSheet(title=…, find=lambda text: rows).open()` dispatches `on_goods(key)` when a row was touched, and closes.
"""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from mobile.library.shapes import Row
from mobile.widgets import bars, cards, field  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.placards import Diamond
from mobile.widgets.rows import fill
from mobile.words import _

WAIT_S = 0.08
"""How long a pause in typing is before it is looked up: an input method writes several signs at once."""


class SmallLabel(Diamond):
    """A diamond in a row."""

    def show(self, label: str) -> None:
        """Draw the label."""
        self.label = label


class HitRow(ButtonBehavior, BoxLayout):
    """Something that was found."""

    test_id = StringProperty("")
    key = StringProperty("")
    title = StringProperty("")
    detail = StringProperty("")
    mark = StringProperty("")
    tone = StringProperty("neutral")
    chosen = BooleanProperty(False)
    labels = ListProperty()

    def show(self, row: Row) -> None:
        """Draw the row."""
        self.key, self.test_id = row.key, f"row:{row.key}"
        self.title, self.detail, self.mark, self.tone = row.title, row.detail, row.mark, row.tone
        if self.labels != list(row.labels[:3]):
            self.labels = list(row.labels[:3])
            fill(self.ids.labels, SmallLabel, self.labels)


class GoodsSheet(ModalView):
    """The goods list by number, name or initials; a touch beside it closes it and nothing is chosen.

    `find(text)` gives the rows; they come from the caller, because a widget knows no table.
    """

    test_id = StringProperty("goods_sheet")
    title = StringProperty("")
    empty = StringProperty("")
    find = ObjectProperty(None)
    __events__ = ("on_goods",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._look = Clock.create_trigger(lambda _dt: self.look(), WAIT_S)
        self.look()

    def typed(self) -> None:
        """Look the text up once typing pauses."""
        self._look()

    def look(self) -> None:
        """Show what fits the text."""
        text = self.ids.search.text
        rows = self.find(text)
        self.empty = "" if rows else _("Nothing fits “{text}”.").format(text=text)
        fill(self.ids.rows.ids.column, self._row, rows)
        self.ids.rows.to_top()

    def _row(self) -> HitRow:
        row = HitRow()
        row.bind(on_release=lambda pressed: self._choose(pressed.key))
        return row

    def _choose(self, key: str) -> None:
        self._look.cancel()
        self.dismiss(animation=False)
        self.dispatch("on_goods", key)

    def on_goods(self, key: str) -> None:
        """Hear which entry was chosen, by the key of `mobile.library.goods`."""


load_kv(__file__)
