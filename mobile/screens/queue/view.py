"""T1: the checks of this tablet, and the one huge button for a new one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.queue.state import CheckCard, QueueState
from mobile.screens.shared.tier import TONES
from mobile.widgets import bars, buttons, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme


class CheckRow(ButtonBehavior, BoxLayout):
    """A check: the vehicle's plate, whose it is, how it stands, and how bad it looks on its stripe."""

    test_id = StringProperty("")
    key = StringProperty("")
    kind = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")
    carrier = StringProperty("")
    state_words = StringProperty("")
    tone = StringProperty("neutral")
    time = StringProperty("")
    detail = StringProperty("")
    tier = StringProperty("")
    tier_tone = StringProperty("neutral")

    def show(self, card: CheckCard) -> None:
        """Draw the card."""
        self.key, self.kind, self.test_id = card.key, card.kind, f"{card.kind}:{card.key}"
        self.plate, self.colour, self.carrier = card.plate, card.colour, card.carrier
        self.state_words, self.tone = card.state, card.tone
        self.time, self.detail = card.time, card.detail
        self.tier, self.tier_tone = card.tier, TONES.get(card.tier, "neutral")


class Lane(BoxLayout):
    """A column of checks with its title and their number."""

    title = StringProperty("")
    empty = StringProperty("")
    count = NumericProperty(0)
    tight = BooleanProperty(False)
    counted = BooleanProperty(True)


class NoticeRow(Notice):
    """A notice that follows the state."""

    def show(self, told: tuple[str, str]) -> None:
        """Draw the tone and the words."""
        self.tone, self.text = told


class Lanes(BoxLayout):
    """What is in hand, what waits, and what is sealed."""

    open_count = NumericProperty(0)
    waiting_count = NumericProperty(0)
    sealed_count = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.open, self.waiting = keep(self, "open", "waiting")

    def show(self, state: QueueState, row: Callable[[], CheckRow]) -> None:
        """Draw the cards; on a low screen what waits stands below what is in hand, because two lists have no room."""
        self.open_count, self.waiting_count = len(state.open), len(state.waiting)
        self.sealed_count = len(state.sealed)
        _place(self.waiting, self.ids.left, shown=not theme.low)
        in_hand = (*state.open, *state.waiting) if theme.low else state.open
        fill(self.open.ids.list.ids.column, row, in_hand)
        fill(self.waiting.ids.list.ids.column, row, () if theme.low else state.waiting)
        fill(self.ids.sealed.ids.list.ids.column, row, state.sealed)


class NoChecks(AnchorLayout):
    """What to do where there is no card."""

    ready = BooleanProperty(False)


class ShiftButton(buttons.SmallButton):
    """The open shift and its place; the way to change and to close it."""

    tone = StringProperty("neutral")


class QueueScreen(BoxLayout):
    """The queue."""

    may_begin = BooleanProperty(False)
    shift = StringProperty("")
    shift_tone = StringProperty("neutral")
    tasks = NumericProperty(0)
    stops = NumericProperty(0)
    line = NumericProperty(0)
    next_words = StringProperty("")
    __events__ = ("on_begin", "on_next", "on_resume", "on_papers", "on_lock", "on_salvage_read", "on_go")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lanes, self.none = Lanes(), NoChecks()
        self.salvage_read, self.practice, self.take_next = keep(self, "salvage_read", "practice", "take_next")
        self._next = ""
        self.take_next.fbind("on_release", lambda _button: self.dispatch("on_next", self._next))

    def show(self, state: QueueState) -> None:
        """Draw the state."""
        self.may_begin, self.tasks, self.line = state.may_begin, state.tasks, state.line
        self.stops = state.stops
        self._next, self.next_words = state.next
        _place(self.take_next, self.ids.actions, shown=bool(self._next), index=1)
        _place(self.salvage_read, self.ids.actions, shown=state.salvaged, index=len(self.ids.actions.children) - 1)
        _place(self.practice, self.ids.ways, shown=not state.practising)
        self.shift_tone, self.shift = state.shift
        self.none.ready = state.may_begin
        fill(self.ids.notices, NoticeRow, state.notices)
        self.lanes.show(state, self._row)
        body = self.none if state.empty else self.lanes
        if list(self.ids.body.children) != [body]:
            self.ids.body.clear_widgets()
            self.ids.body.add_widget(body)

    def _row(self) -> CheckRow:
        row = CheckRow()
        row.bind(on_release=partial(_press, self))
        return row

    def on_begin(self) -> None:
        """Hear that the officer begins a check."""

    def on_next(self, vehicle: str) -> None:
        """Hear that the officer takes who waits longest in line."""

    def on_resume(self, inspection: str) -> None:
        """Hear which check the officer goes on with."""

    def on_papers(self, inspection: str) -> None:
        """Hear whose papers the officer wants to see."""

    def on_lock(self) -> None:
        """Hear that the officer locks the tablet."""

    def on_salvage_read(self) -> None:
        """Hear that the officer has read what was salvaged."""

    def on_go(self, screen: str) -> None:
        """Hear which other screen the officer wants: shift, line, tasks, stops, reference or practice."""


def _place(button: Any, row: Any, *, shown: bool, index: int = 0) -> None:
    """Put a button into its row, or take it out so that it leaves no gap."""
    if shown != (button.parent is not None):
        row.add_widget(button, index=index) if shown else row.remove_widget(button)


def _press(screen: Any, row: CheckRow) -> None:
    screen.dispatch(f"on_{row.kind}", row.key)


load_kv(__file__)
