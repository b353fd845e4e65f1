"""What stands at the post before the first vehicle."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shift.readiness.state import Ready
from mobile.screens.shift.state import Member, StartState, Tick
from mobile.widgets import bars, field, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import Card
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme


class TickRow(ButtonBehavior, BoxLayout):
    """Something to see to, with its box."""

    test_id = StringProperty("")
    id_ = StringProperty("")
    text = StringProperty("")
    ticked = BooleanProperty(False)

    def show(self, tick: Tick) -> None:
        """Draw it."""
        self.id_, self.text, self.ticked, self.test_id = tick.id, tick.text, tick.ticked, f"tick:{tick.id}"


class ReadyLine(BoxLayout):
    """How one thing of this tablet stands."""

    test_id = StringProperty("")
    name = StringProperty("")
    value = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, line: Ready) -> None:
        """Draw it."""
        self.name, self.value, self.tone, self.test_id = line.name, line.value, line.tone, f"ready:{line.key}"


class MemberRow(BoxLayout):
    """An officer who is here, and what he does, one touch each."""

    officer = StringProperty("")
    name = StringProperty("")
    __events__ = ("on_role",)

    def show(self, member: Member) -> None:
        """Draw him."""
        self.officer, self.name = member.officer, member.name
        self.ids.roles.test_id = f"role:{member.officer}"
        self.ids.roles.show(member.roles)

    def on_role(self, role: str) -> None:
        """Hear what he does."""


class SetupCard(Card):
    """What to see to before the first vehicle."""

    dark = BooleanProperty(False)
    expressway = BooleanProperty(False)
    basis = StringProperty("")


class TabletCard(Card):
    """Whether this tablet is ready."""


class StartPane(BoxLayout):
    """The beginning of a shift."""

    begun = BooleanProperty(False)
    last_tone = StringProperty("neutral")
    last = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.setup, self.tablet = SetupCard(), TabletCard()
        self.ids.setup_list.add_widget(self.setup)
        self.lesson, self.tablet_list = keep(self, "lesson", "tablet_list")

    def show(self, state: StartState, tick_row: Any, member_row: Any) -> None:
        """Draw the state; what is wrong with the tablet stands where it is seen without scrolling."""
        self.begun, (self.last_tone, self.last) = state.begun, state.last or ("neutral", "")
        setup = self.setup
        setup.dark, setup.expressway, setup.basis = state.dark, state.expressway, state.basis
        for field_, text in ((self.ids.site, state.site), (self.ids.campaign, state.campaign)):
            if not field_.ids.input.focus and field_.text != text:
                field_.text = text
                # The beginning of a long place is what tells it.
                field_.ids.input.cursor = (0, 0)
        self.ids.campaigns.show(state.campaigns)
        self.ids.seconds.show(state.seconds)
        fill(self.ids.team, member_row, state.team)
        fill(setup.ids.ticks, tick_row, state.ticks)
        fill(self.tablet.ids.ready, ReadyLine, state.ready)
        self._place(well=all(one.tone in ("good", "neutral") for one in state.ready))
        if state.lesson != (self.lesson.parent is not None):
            actions = self.ids.actions
            actions.add_widget(self.lesson, index=1) if state.lesson else actions.remove_widget(self.lesson)

    def _place(self, *, well: bool) -> None:
        card, columns = self.tablet, self.ids.columns
        for one in (card, self.tablet_list):
            if one.parent is not None:
                one.parent.remove_widget(one)
        if theme.wide:
            self.tablet_list.add_widget(card)
            columns.add_widget(self.tablet_list)
        else:
            # Children are counted from the last.
            self.ids.setup_list.add_widget(card, index=0 if well else 1)


load_kv(__file__)
