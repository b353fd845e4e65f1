"""T1: the checks of this tablet, and the one huge button for a new one."""

from functools import partial
from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.states.queue import CheckCard, QueueState
from mobile.widgets import bars, field, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill


class CheckRow(ButtonBehavior, BoxLayout):
    """A check: the vehicle's plate, whose it is, and how it stands."""

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

    def show(self, card: CheckCard) -> None:
        """Draw the card."""
        self.key, self.kind, self.test_id = card.key, card.kind, f"{card.kind}:{card.key}"
        self.plate, self.colour, self.carrier = card.plate, card.colour, card.carrier
        self.state_words, self.tone = card.state, card.tone
        self.time, self.detail = card.time, card.detail


class Lane(BoxLayout):
    """A column of checks with its title and their number."""

    title = StringProperty("")
    count = NumericProperty(0)


class NoticeRow(Notice):
    """A notice that follows the state."""

    def show(self, told: tuple[str, str]) -> None:
        """Draw the tone and the words."""
        self.tone, self.text = told


class Lanes(BoxLayout):
    """What is open, beside what is sealed."""

    open_count = NumericProperty(0)
    sealed_count = NumericProperty(0)


class NoChecks(AnchorLayout):
    """What to do where there is no card."""

    ready = BooleanProperty(False)


class QueueScreen(BoxLayout):
    """The queue."""

    may_begin = BooleanProperty(False)
    salvaged = BooleanProperty(False)
    __events__ = ("on_begin", "on_resume", "on_papers", "on_lock", "on_salvage_read", "on_site", "on_join")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lanes, self.none = Lanes(), NoChecks()

    def show(self, state: QueueState) -> None:
        """Draw the state."""
        self.may_begin, self.salvaged = state.may_begin, state.salvaged
        if not self.ids.site.ids.input.focus:
            self.ids.site.text = state.site
        lanes = self.lanes
        lanes.open_count, lanes.sealed_count, self.none.ready = len(state.open), len(state.sealed), state.may_begin
        fill(self.ids.notices, NoticeRow, state.notices)
        fill(lanes.ids.open.ids.column, self._row, state.open)
        fill(lanes.ids.sealed.ids.column, self._row, state.sealed)
        body = self.none if state.empty else lanes
        if list(self.ids.body.children) != [body]:
            self.ids.body.clear_widgets()
            self.ids.body.add_widget(body)

    def say(self, event: str, *said: str) -> None:
        """Tell an event after what stands in the field: a button acts before the field loses the focus."""
        self.ids.site.ids.input.focus = False
        self.dispatch(event, *said)

    def _row(self) -> CheckRow:
        row = CheckRow()
        row.bind(on_release=partial(_press, self))
        return row

    def on_begin(self) -> None:
        """Hear that the officer begins a check."""

    def on_join(self) -> None:
        """Hear that the officer joins a colleague's check."""

    def on_resume(self, inspection: str) -> None:
        """Hear which check the officer goes on with."""

    def on_papers(self, inspection: str) -> None:
        """Hear whose papers the officer wants to see."""

    def on_lock(self) -> None:
        """Hear that the officer locks the tablet."""

    def on_salvage_read(self) -> None:
        """Hear that the officer has read what was salvaged."""

    def on_site(self, site: str) -> None:
        """Hear where the post is."""


def _press(screen: Any, row: CheckRow) -> None:
    screen.say(f"on_{row.kind}", row.key)


load_kv(__file__)
