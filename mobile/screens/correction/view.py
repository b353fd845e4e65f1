"""T16: what the record says on one side, the correction of one line on the other; then the PINs."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.clearance.cosign import view as cosign  # noqa: F401  # its classes are used in the .kv
from mobile.screens.correction.state import CorrectionState, Line
from mobile.widgets import bars, buttons, cards, field, part, picks, plate  # noqa: F401  # as above
from mobile.widgets.base import Text, keep, load_kv
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme


class SaidRow(ButtonBehavior, BoxLayout):
    """One thing that the record says; a touch corrects it."""

    key = StringProperty("")
    words = StringProperty("")
    value = StringProperty("")
    locked = StringProperty("")
    chosen = BooleanProperty(False)
    test_id = StringProperty("")

    def show(self, line: Line) -> None:
        """Draw it."""
        self.key, self.words, self.value, self.locked = line.key, line.text, line.value, line.locked
        self.chosen, self.test_id = line.chosen, line.key


class PutLine(Text):
    """A correction that was put down."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class Correcting(BoxLayout):
    """The record, and the line that is corrected."""

    title = StringProperty("")
    old = StringProperty("")
    trouble = StringProperty("")
    writes = BooleanProperty(False)
    may_put = BooleanProperty(False)
    may_confirm = BooleanProperty(False)
    may_end = BooleanProperty(True)
    plate = StringProperty("")
    first: tuple[Line, ...] = ()
    __events__ = ("on_section", "on_search", "on_line", "on_new", "on_reason", "on_put", "on_confirm")

    def show(self, state: CorrectionState) -> None:
        """Draw the state; another line, and another part of the record, begin at their top."""
        if state.title != self.title:
            self.ids.right.to_top()
        if state.lines[:1] != self.first:
            self.ids.left.to_top()
        self.first = state.lines[:1]
        self.plate, self.title, self.old = state.plate, state.title, state.old
        self.writes, self.may_put, self.trouble = state.writes, state.may_put, state.trouble
        self.may_confirm = bool(state.told)
        self.may_end = not theme.low or (self.may_confirm and not state.title)
        self.ids.search.text = state.search
        self._place()
        self.ids.sections.show(state.sections)
        fill(self.ids.lines, self._row, state.lines)
        self.ids.options.show(state.options)
        self.ids.new.hold(state.new if state.writes else "")
        self.ids.reasons.show(state.reasons)
        self.ids.own_reason.hold(state.own_reason)
        fill(self.ids.told, PutLine, state.told)

    def _place(self) -> None:
        sections, home = self.ids.sections.__self__, self.ids.beside if theme.low else self.ids.above
        if sections.parent is not home:
            sections.parent.remove_widget(sections)
            home.add_widget(sections)

    def _row(self) -> SaidRow:
        row = SaidRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_line", pressed.key))
        return row

    def on_section(self, section: str) -> None:
        """Hear which section is looked at."""

    def on_search(self, text: str) -> None:
        """Hear what is looked for."""

    def on_line(self, key: str) -> None:
        """Hear what is corrected."""

    def on_new(self, new: str) -> None:
        """Hear the new value."""

    def on_reason(self, reason: str) -> None:
        """Hear why the old one was wrong."""

    def on_put(self) -> None:
        """Hear that the correction is put down."""

    def on_confirm(self) -> None:
        """Hear that the PINs are to be asked for."""


class CorrectionScreen(BoxLayout):
    """The correction of a sealed record."""

    confirming = BooleanProperty(False)
    __events__ = (
        *("on_section", "on_search", "on_line", "on_new", "on_reason", "on_put"),
        *("on_confirm", "on_person", "on_pin", "on_code"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.correcting, self.cosigning = keep(self, "correcting", "cosigning")
        for name in ("on_section", "on_search", "on_line", "on_new", "on_reason"):
            self.correcting.bind(**{name: lambda _part, said, name=name: self.dispatch(name, said)})
        self.correcting.bind(
            on_put=lambda _part: self.dispatch("on_put"),
            on_confirm=lambda _part: self.dispatch("on_confirm", True),
        )
        self.ids.panel.bind(
            on_person=lambda _part, role, officer: self.dispatch("on_person", role, officer),
            on_pin=lambda _part, pin: self.dispatch("on_pin", pin),
            on_code=lambda _part: self.dispatch("on_code"),
        )

    def show(self, state: CorrectionState) -> None:
        """Draw the record, or who confirms."""
        self.confirming = state.confirming
        self.correcting.show(state)
        self.ids.panel.show(state.cosign)
        shown = self.cosigning if state.confirming else self.correcting
        if list(self.children) != [shown]:
            self.clear_widgets()
            self.add_widget(shown)

    def on_section(self, section: str) -> None:
        """Hear which section is looked at."""

    def on_search(self, text: str) -> None:
        """Hear what is looked for."""

    def on_line(self, key: str) -> None:
        """Hear what is corrected."""

    def on_new(self, new: str) -> None:
        """Hear the new value."""

    def on_reason(self, reason: str) -> None:
        """Hear why the old one was wrong."""

    def on_put(self) -> None:
        """Hear that the correction is put down."""

    def on_confirm(self, confirming: bool) -> None:
        """Hear that the PINs are to be asked for, or that it goes back to the record."""

    def on_person(self, role: str, officer: str) -> None:
        """Hear who is the second officer."""

    def on_pin(self, pin: str) -> None:
        """Hear a PIN."""

    def on_code(self) -> None:
        """Hear that who is asked has a code of the office."""


load_kv(__file__)
