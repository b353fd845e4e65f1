"""The line of waiting vehicles: who is next, one touch to add or to take one, and the other tablets of the post."""

import base64
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.line.state import Choice, LineState, Other, Row
from mobile.widgets import bars, cards, picks, plate, platekeys, qr  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.buttons import QuietButton
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm
from mobile.widgets.thumbs import texture

LOOK_S = 2


class Called(ButtonBehavior, BoxLayout):
    """What a vehicle is called; pressed, its plate is entered."""

    test_id = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")
    sort = StringProperty("")


class LineRow(BoxLayout):
    """A vehicle of the line, and what one touch does with it."""

    test_id = StringProperty("")
    key = StringProperty("")
    number = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")
    sort = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")
    by = StringProperty("")
    can = StringProperty("")
    picture = ObjectProperty(None, allownone=True)
    __events__ = ("on_do",)

    def __init__(self, **kwargs: Any) -> None:
        self._drawn = ""
        super().__init__(**kwargs)
        self.do, self.then = keep(self, "do", "then")

    def show(self, row: Row) -> None:
        """Draw it; a picture is decoded once."""
        self.key, self.test_id, self.number = row.key, f"vehicle:{row.key}", row.number
        self.plate, self.colour, self.sort = row.plate, row.colour, row.sort
        self.words, self.tone, self.by, self.can = row.words, row.tone, row.by, row.can
        if row.picture != self._drawn:
            self._drawn = row.picture
            self.picture = texture(base64.b64decode(row.picture), round(mm(16))) if row.picture else None
        for button, shown in ((self.do, row.can == "take"), (self.then, bool(row.can))):
            if shown != (button.parent is not None):
                self.ids.acts.add_widget(button) if shown else self.ids.acts.remove_widget(button)

    def on_do(self, what: str) -> None:
        """Hear what is done with it: take, pass, back, leave or name."""


class OtherRow(BoxLayout):
    """Another tablet of the post."""

    test_id = StringProperty("")
    name = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")
    hand = StringProperty("")

    def show(self, other: Other) -> None:
        """Draw it."""
        self.test_id, self.name, self.words = f"other:{other.device}", other.name, other.words
        self.tone, self.hand = other.tone, other.hand


class LineNotice(Notice):
    """Something that the officers must know."""

    def show(self, told: tuple[str, str]) -> None:
        """Draw it."""
        self.tone, self.text = told


class SortButton(QuietButton):
    """One more vehicle of a kind, as it is seen from afar."""

    key = StringProperty("")

    def show(self, choice: Choice) -> None:
        """Draw the kind."""
        self.key, self.text, self.test_id = choice.key, choice.text, f"add:{choice.key}"


class LinePane(BoxLayout):
    """The line, and beside it what adds to it."""

    paired = BooleanProperty(False)
    counts = StringProperty("")


class AskPane(BoxLayout):
    """The plate of a vehicle."""

    asked = StringProperty("")


class PassPane(BoxLayout):
    """Why a vehicle goes on unchecked."""

    asked = StringProperty("")


class PostPane(BoxLayout):
    """The code that pairs another tablet at this post."""

    code = StringProperty("")
    code_words = StringProperty("")
    paired = BooleanProperty(False)


class LineScreen(BoxLayout):
    """All of it; every few seconds it asks for what is new."""

    __events__ = (
        *("on_add", "on_mode", "on_plate", "on_photo", "on_take", "on_pass", "on_back"),
        *("on_scan", "on_unpair", "on_look"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.line, self.ask, self.why, self.post = LinePane(), AskPane(), PassPane(), PostPane()
        line, post = self.line.ids, self.post.ids
        pressed = {
            line.plate: ("on_mode", "plate", ""),
            line.passed: ("on_mode", "pass", ""),
            line.pair: ("on_mode", "pair", ""),
            line.photo: ("on_photo",),
            post.scan: ("on_scan",),
            post.unpair: ("on_unpair",),
        }
        for button, said in pressed.items():
            button.fbind("on_release", lambda _button, said=said: self.dispatch(*said))
        self.ask.ids.pad.fbind("on_done", lambda _keys, text, colour: self.dispatch("on_plate", text, colour))
        # A plate of no everyday form is entered in the check itself: here the vehicle is one more of its kind.
        self.ask.ids.pad.fbind("on_other", lambda _keys: self.dispatch("on_mode", "line", ""))
        self.why.ids.reasons.fbind("on_pick", lambda _stack, reason: self.dispatch("on_pass", reason))
        self._looking = Clock.schedule_interval(self._tick, LOOK_S)

    def show(self, state: LineState) -> None:
        """Draw the state."""
        fill(self.ids.notices, LineNotice, state.notices)
        panes = {"plate": self.ask, "pass": self.why, "pair": self.post}
        self.line.counts, self.line.paired, self.post.paired = state.counts, state.paired, state.paired
        fill(self.line.ids.rows, self._row, state.rows)
        fill(self.line.ids.sorts, self._sort, state.sorts)
        for pane in (self.line, self.post):
            fill(pane.ids.others, OtherRow, state.others)
        self.ask.asked = self.why.asked = state.asked
        self.why.ids.reasons.show(state.reasons)
        self.post.code, self.post.code_words = state.code, state.code_words
        self._bring(panes.get(state.mode, self.line))

    def _bring(self, pane: Any) -> None:
        if list(self.ids.body.children) != [pane]:
            self.ids.body.clear_widgets()
            self.ask.ids.pad.text = ""
            self.ids.body.add_widget(pane)

    def _tick(self, _dt: float) -> None:
        # Off the window nothing is looked at: the screen is kept for its next visit.
        if self.get_parent_window() is not None:
            self.dispatch("on_look")

    def _row(self) -> LineRow:
        row = LineRow()
        row.bind(on_do=self._do)
        return row

    def _do(self, row: LineRow, what: str) -> None:
        if what in ("pass", "plate"):
            self.dispatch("on_mode", what, row.key)
        else:
            self.dispatch("on_take" if what == "take" else "on_back", row.key)

    def _sort(self) -> SortButton:
        made = SortButton()
        made.bind(on_release=lambda pressed: self.dispatch("on_add", pressed.key))
        return made

    def on_add(self, sort: str) -> None:
        """Hear that one more vehicle of this kind waits."""

    def on_mode(self, mode: str, vehicle: str) -> None:
        """Hear what is asked for next, and of which vehicle; without one of a vehicle that is not in line."""

    def on_plate(self, text: str, colour: str) -> None:
        """Hear the plate."""

    def on_photo(self) -> None:
        """Hear that the next vehicle is put in line by a picture."""

    def on_take(self, vehicle: str) -> None:
        """Hear which vehicle is checked now."""

    def on_pass(self, reason: str) -> None:
        """Hear why the vehicle goes on unchecked."""

    def on_back(self, vehicle: str) -> None:
        """Hear which vehicle is in line again, or left to the officer who has it too."""

    def on_scan(self) -> None:
        """Hear that the colleague's code is read."""

    def on_unpair(self) -> None:
        """Hear that the pairing ends here."""

    def on_look(self) -> None:
        """Hear that some seconds have passed."""


load_kv(__file__)
