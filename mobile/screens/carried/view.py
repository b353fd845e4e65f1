"""T4: the papers in the crew's hand: the list of them, and the one in hand with its few fields."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from mobile.inspecting.carried_papers import CHIPS
from mobile.screens.carried.state import CarriedState, FieldState, PaperRow
from mobile.screens.shared.days import DayKey
from mobile.widgets import bars, cards, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import BaseButton
from mobile.widgets.copied import CopiedField
from mobile.widgets.picks import PadSheet
from mobile.widgets.rows import fill


class PaperLine(ButtonBehavior, BoxLayout):
    """A paper in the list; a touch takes it in hand."""

    key = StringProperty("")
    name = StringProperty("")
    note = StringProperty("")
    tone = StringProperty("neutral")
    chosen = BooleanProperty(False)
    test_id = StringProperty("")

    def show(self, row: PaperRow) -> None:
        """Draw the paper."""
        self.key, self.name, self.note, self.tone = row.key, row.name, row.note, row.tone
        self.chosen, self.test_id = row.chosen, f"paper:{row.key}"


class ChipsBox(BoxLayout):
    """A field that a touch answers."""

    path = StringProperty("")
    label = StringProperty("")
    trouble = StringProperty("")
    __events__ = ("on_pick",)

    def show(self, field: FieldState) -> None:
        """Draw what there is to touch."""
        self.path, self.label, self.trouble = field.path, field.label, field.trouble
        self.ids.choices.test_id = f"read:{field.path}"
        self.ids.choices.show(field.choices)

    def on_pick(self, key: str) -> None:
        """Hear what was touched."""


class NumberBox(BoxLayout):
    """A number, entered on the pad."""

    path = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")
    trouble = StringProperty("")
    __events__ = ("on_ask",)

    def show(self, field: FieldState) -> None:
        """Draw the number."""
        self.path, self.label, self.text, self.trouble = field.path, field.label, field.text, field.trouble

    def on_ask(self) -> None:
        """Hear that it is to be entered."""


class DayButton(BaseButton):
    """A month, a year or a day to touch."""

    key = StringProperty("")

    def show(self, key: DayKey) -> None:
        """Draw the key."""
        self.key, self.text, self.test_id = key.key, key.text, f"day:{key.key}"


class DayGrid(GridLayout):
    """What may be touched next of a day."""


class DayBox(BoxLayout):
    """The last valid day, picked in two or three touches; one that was read is touched to be read again."""

    path = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")
    trouble = StringProperty("")
    asks = BooleanProperty(False)
    short = BooleanProperty(False)
    __events__ = ("on_day",)

    def show(self, field: FieldState) -> None:
        """Draw the day, or what to touch next."""
        self.path, self.label, self.trouble = field.path, field.label, field.trouble
        self.text, self.asks = field.so_far or field.text, bool(field.days)
        self.short = all(len(one.text) < 3 for one in field.days)
        fill(self.ids.days, self._key, field.days)

    def _key(self) -> DayButton:
        key = DayButton()
        key.bind(on_release=lambda pressed: self.dispatch("on_day", pressed.key))
        return key

    def on_day(self, key: str) -> None:
        """Hear what was touched; nothing begins anew."""


class CarriedScreen(BoxLayout):
    """All papers, and the one in hand."""

    title = StringProperty("")
    progress = StringProperty("")
    photo_words = StringProperty("")
    absent = BooleanProperty(False)
    is_paper = BooleanProperty(True)
    hands_over = BooleanProperty(False)
    __events__ = (
        *("on_paper", "on_pick", "on_day", "on_text_left"),
        *("on_number", "on_not_shown", "on_photo", "on_done"),
    )

    def __init__(self, **kwargs: Any) -> None:
        self._shown: tuple[str, ...] = ()
        super().__init__(**kwargs)

    def show(self, state: CarriedState) -> None:
        """Draw the papers; the fields of another paper begin at its top."""
        self._state = state
        self.title, self.progress, self.photo_words = state.title, state.progress, state.photo_words
        self.absent, self.is_paper, self.hands_over = state.absent, state.is_paper, state.hands_over
        fill(self.ids.papers.ids.column, self._line, state.rows)
        paths = tuple(one.path for one in state.fields)
        column = self.ids.fields.ids.column
        if paths != self._shown:
            self._shown = paths
            column.clear_widgets()
            for one in state.fields:
                column.add_widget(self._box(one))
            self.ids.fields.scroll_y = 1
        for box, one in zip(reversed(column.children), state.fields, strict=True):
            box.show(one)

    def ask_number(self, path: str) -> None:
        """Ask for a number on the pad, which names the paper; below it stands what can be true."""
        one = self._state.field(path)
        sheet = PadSheet(
            title=f"{self._state.title} {one.label}",
            unit=one.unit,
            digits=6,
            decimals=one.decimals,
            test_id=f"pad:{path}",
        )
        sheet.also = one.range
        sheet.bind(on_number=lambda _sheet, text: self.dispatch("on_number", path, text))
        sheet.open()

    def _line(self) -> PaperLine:
        line = PaperLine()
        line.bind(on_release=lambda pressed: self.dispatch("on_paper", pressed.key))
        return line

    def _box(self, field: FieldState) -> Any:
        if field.kind in CHIPS:
            box: Any = ChipsBox()
            box.bind(on_pick=lambda one, key: self.dispatch("on_pick", one.path, key))
        elif field.kind == "day":
            box = DayBox()
            box.bind(on_day=lambda one, key: self.dispatch("on_day", one.path, key))
        elif field.kind == "text":
            box = CopiedField()
            box.bind(on_text_left=lambda one: self.dispatch("on_text_left", one.path, one.text))
        else:
            box = NumberBox()
            box.bind(on_ask=lambda one: self.ask_number(one.path))
        return box

    def on_paper(self, key: str) -> None:
        """Hear which paper is taken in hand."""

    def on_pick(self, path: str, key: str) -> None:
        """Hear a touch on what a paper says."""

    def on_day(self, path: str, key: str) -> None:
        """Hear a part of a day, or a whole one; an empty key begins it anew."""

    def on_text_left(self, path: str, text: str) -> None:
        """Hear what was written in a field."""

    def on_number(self, path: str, text: str) -> None:
        """Hear a number as it was entered."""

    def on_not_shown(self) -> None:
        """Hear that the paper in hand was not shown, or was after all."""

    def on_photo(self) -> None:
        """Hear that the paper is photographed."""

    def on_done(self) -> None:
        """Hear that the officer goes on."""


load_kv(__file__)
