"""Stop orders at the post: the list, and a form beside a leader's PIN; large targets, for gloves."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.stops.state import Line, StopsState
from mobile.widgets import (  # noqa: F401  # their classes are used in the .kv
    bars,
    cards,
    codepad,
    field,
    pads,
    part,
    picks,
    plate,
    platekeys,
)
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import Card
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm


class StopLine(Card):
    """An order: against what, what has to happen, how it stands, and what a touch does."""

    key = StringProperty("")
    number = StringProperty("")
    number_plate = StringProperty("")
    colour = StringProperty("")
    against = StringProperty("")
    authority = StringProperty("")
    words = StringProperty("")
    until = StringProperty("")
    state = StringProperty("")
    tone = StringProperty("neutral")
    does = StringProperty("")
    __events__ = ("on_do",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        (self.button,) = keep(self, "do")

    def show(self, line: Line) -> None:
        """Draw the order."""
        self.key, self.test_id, self.number = line.key, f"stop:{line.number}", line.number
        self.number_plate, self.colour, self.against = line.plate, line.colour, line.against
        self.authority, self.words, self.until = line.authority, line.text, line.until
        self.state, self.tone, self.does = line.state, line.tone, line.does
        held = self.ids.row
        if bool(line.does) != (self.button.parent is not None):
            held.add_widget(self.button) if line.does else held.remove_widget(self.button)

    def on_do(self, what: str, key: str) -> None:
        """Hear that it is lifted, or that its refusal was read."""


class StopList(BoxLayout):
    """The orders, and the button that begins one."""

    empty = StringProperty("")


class StopPlate(BoxLayout):
    """The plate of the vehicle that is to be stopped."""


class StopForm(BoxLayout):
    """An order that is given or lifted, with the leader's PIN beside it."""

    gives = BooleanProperty(True)
    title = StringProperty("")
    detail = StringProperty("")
    number_plate = StringProperty("")
    colour = StringProperty("")
    notice = StringProperty("")
    pending = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    note = StringProperty("")
    code_words = StringProperty("")
    ready = BooleanProperty(False)
    several = BooleanProperty(False)
    __events__ = ("on_say",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ids.holder.fbind("size", self._fit_pad)

    def show(self, state: StopsState) -> None:
        """Draw the state."""
        self.gives, self.title, self.detail = state.gives, state.title, state.detail
        self.number_plate, self.colour, self.notice = state.plate, state.colour, state.notice
        self.pending, self.note = state.pending, state.note
        self.prompt, self.trouble, self.ready = state.prompt, state.trouble, state.ready
        self.code_words, self.several = state.code, len(state.leaders) > 1
        self.ids.why.show(state.why)
        self.ids.own_why.hold(state.own_why)
        self.ids.what.show(state.what)
        self.ids.own_what.hold(state.own_what)
        self.ids.days.show(state.days)
        self.ids.bases.show(state.bases)
        self.ids.leaders.show(state.leaders)

    def on_say(self, event: str, *said: str) -> None:
        """Hear what was touched or typed, by the screen's own event."""

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # As where a leader approves: beside the form a low screen leaves a flat pad no width.
        pad = self.ids.pad
        pad.orientation = "vertical"
        pad.children[0].size_hint_x = 1
        pad.size = min(mm(72), size[0]), min(mm(92), size[1])


class StopsScreen(BoxLayout):
    """All of it: one pane at a time."""

    __events__ = (
        *("on_give", "on_lift", "on_seen", "on_ask_plate", "on_plate", "on_why", "on_what", "on_days", "on_basis"),
        *("on_leader", "on_pin", "on_code"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list, self.plate, self.form = StopList(), StopPlate(), StopForm()
        self.list.ids.give.fbind("on_release", lambda _button: self.dispatch("on_give"))
        self.plate.ids.pad.fbind("on_done", lambda _keys, text, colour: self.dispatch("on_plate", text, colour))
        self.plate.ids.pad.fbind("on_other", lambda _keys: self.dispatch("on_plate", self.plate.ids.pad.text, ""))
        self.form.fbind("on_say", lambda _form, event, *said: self.dispatch(event, *said))

    def show(self, state: StopsState) -> None:
        """Draw the state."""
        if state.mode in ("give", "lift"):
            self.form.show(state)
        self.list.empty = state.empty
        fill(self.list.ids.rows, self._line, state.lines)
        panes = {"plate": self.plate, "give": self.form, "lift": self.form}
        self._bring(panes.get(state.mode, self.list))

    def _bring(self, pane: Any) -> None:
        if list(self.children) != [pane]:
            self.clear_widgets()
            self.plate.ids.pad.text = ""
            self.add_widget(pane)

    def _line(self) -> StopLine:
        line = StopLine()
        line.bind(on_do=lambda _line, what, key: self.dispatch("on_lift" if what == "lift" else "on_seen", key))
        return line

    def on_give(self) -> None:
        """Hear that an order is to be given."""

    def on_lift(self, key: str) -> None:
        """Hear which order is to be lifted."""

    def on_seen(self, digest: str) -> None:
        """Hear that a refusal was read."""

    def on_ask_plate(self) -> None:
        """Hear that another plate is meant."""

    def on_plate(self, text: str, colour: str) -> None:
        """Hear the plate."""

    def on_why(self, text: str) -> None:
        """Hear the reason."""

    def on_what(self, text: str) -> None:
        """Hear what has to happen."""

    def on_days(self, days: str) -> None:
        """Hear for how many days; 0 is until it is lifted."""

    def on_basis(self, basis: str) -> None:
        """Hear which verified clause stands under it; the same again takes it away."""

    def on_leader(self, officer: str) -> None:
        """Hear which leader is here."""

    def on_pin(self, pin: str) -> None:
        """Hear the leader's PIN."""

    def on_code(self) -> None:
        """Hear that the leader has a code of the office."""


load_kv(__file__)
