"""T0 and T14: what stands at the post before the first vehicle, and the counts that officers sign after the last."""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shift.readiness.state import Ready
from mobile.screens.shift.state import ClosedState, Count, EndState, Lacking, Slot, StartState, Tick
from mobile.widgets import bars, field, part, picks, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import Card
from mobile.widgets.pads import PinPad
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm, theme


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


class CountLine(BoxLayout):
    """One line of the counts."""

    name = StringProperty("")
    value = StringProperty("")
    tone = StringProperty("neutral")
    part = BooleanProperty(False)

    def show(self, count: Count) -> None:
        """Draw it."""
        self.name, self.value, self.tone, self.part = count.name, count.value, count.tone, count.part


class LeftLine(BoxLayout):
    """An inspection that is left to the next officer."""

    plate = StringProperty("")
    said = StringProperty("")

    def show(self, told: tuple[str, str]) -> None:
        """Draw whose it is and what becomes of it."""
        self.plate, self.said = told


class SlotRow(BoxLayout):
    """An officer of the shift, and whether he has signed."""

    test_id = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    agency_code = StringProperty("")
    words = StringProperty("")
    confirmed = BooleanProperty(False)
    turn = BooleanProperty(False)

    def show(self, slot: Slot) -> None:
        """Draw him."""
        self.name, self.agency, self.agency_code, self.words = slot.name, slot.agency, slot.agency_code, slot.state
        self.confirmed, self.turn, self.test_id = slot.confirmed, slot.turn, f"slot:{slot.officer}"


class LackingRow(BoxLayout):
    """A record that the office has not."""

    plate = StringProperty("")
    said = StringProperty("")
    tone = StringProperty("danger")

    def show(self, row: Lacking) -> None:
        """Draw it."""
        self.plate, self.said, self.tone = row.plate, row.words, row.tone


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

    def show(self, state: StartState, tick_row: Any) -> None:
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


class Slots(BoxLayout):
    """The officers of the shift, one below the other."""


class EndPane(BoxLayout):
    """An open shift."""

    title = StringProperty("")
    site = StringProperty("")
    leaves = BooleanProperty(False)
    without = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pad, self.slots = PinPad(test_id="pin"), Slots()
        (self.leave_out,) = keep(self, "without")
        self.ids.right.add_widget(self.pad)
        self.ids.right.fbind("size", self._fit_pad)

    def show(self, state: EndState) -> None:
        """Draw the state; on a low screen the officers stand above the counts, because the keys need the height."""
        self.title, self.site, self.without, self.leaves = state.title, state.site, state.without, bool(state.open)
        self.pad.prompt, self.pad.trouble, self.pad.disabled = state.prompt, state.trouble, not state.asked
        fill(self.ids.counts, CountLine, state.counts)
        fill(self.ids.left, LeftLine, state.open)
        fill(self.slots.ids.rows, SlotRow, state.slots)
        column = self.ids.list.ids.column if theme.low else self.ids.side
        if self.slots.parent is not column:
            if self.slots.parent is not None:
                self.slots.parent.remove_widget(self.slots)
            column.add_widget(self.slots, index=len(column.children))
        if bool(state.without) != (self.leave_out.parent is not None):
            actions = self.ids.actions
            actions.add_widget(self.leave_out) if state.without else actions.remove_widget(self.leave_out)

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but the counts stand beside it here and leave it no width.
        self.pad.orientation = "vertical"
        self.pad.children[0].size_hint_x = 1
        self.pad.size = min(mm(72), size[0]), min(mm(92), size[1])


class ClosedPane(BoxLayout):
    """A closed shift."""

    title = StringProperty("")
    delivery = StringProperty("")
    delivery_tone = StringProperty("neutral")
    tone = StringProperty("neutral")
    said = StringProperty("")
    more = ListProperty()
    asking = BooleanProperty(False)


class ShiftScreen(BoxLayout):
    """The shift: one of three panes."""

    __events__ = (
        *("on_written", "on_begin", "on_campaign", "on_second", "on_tick", "on_dark", "on_expressway", "on_lesson"),
        *("on_last", "on_queue", "on_pin", "on_change_pin", "on_without", "on_post", "on_ask", "on_next", "on_lock"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start, self.end, self.closed = StartPane(), EndPane(), ClosedPane()
        start, setup, end, closed = self.start.ids, self.start.setup.ids, self.end.ids, self.closed.ids
        for field_ in (start.site, start.campaign):
            field_.fbind("on_leave", self._write)
        start.campaigns.fbind("on_pick", lambda _stack, key: self.say("on_campaign", key))
        start.seconds.fbind("on_pick", lambda _stack, key: self.say("on_second", key))
        pressed = {
            "on_dark": setup.dark, "on_expressway": setup.expressway, "on_lesson": start.lesson,
            "on_begin": start.begin, "on_last": start.last_button, "on_post": end.post,
            "on_without": self.end.leave_out,
            "on_ask": closed.ask, "on_next": closed.next_shift, "on_lock": closed.lock,
        }  # fmt: skip
        for event, button in pressed.items():
            button.fbind("on_release", lambda _button, event=event: self.say(event))
        own_pin = self.start.tablet.ids.pin
        for event, buttons in {"on_queue": (end.queue, start.queue), "on_change_pin": (end.pin, own_pin)}.items():
            for button in buttons:
                button.fbind("on_release", lambda _button, event=event: self.say(event))
        self.end.pad.fbind("on_pin", lambda _pad, pin: self.dispatch("on_pin", pin))

    def show_start(self, state: StartState) -> None:
        """Draw the beginning."""
        self.start.show(state, self._tick_row)
        self._bring(self.start)

    def show_end(self, state: EndState) -> None:
        """Draw the open shift."""
        self.end.show(state)
        self._bring(self.end)

    def show_closed(self, state: ClosedState) -> None:
        """Draw the closed shift."""
        pane = self.closed
        pane.title, pane.delivery, pane.delivery_tone = state.title, state.delivery, state.delivery_tone
        (pane.tone, pane.said), pane.more, pane.asking = state.verdict, list(state.more), state.asking
        fill(pane.ids.counts, CountLine, state.counts)
        fill(pane.ids.lacking, LackingRow, state.lacking)
        self._bring(pane)

    def say(self, event: str, *said: str) -> None:
        """Tell an event after what stands in the fields: a button acts before a field loses the focus."""
        for field_ in (self.start.ids.site, self.start.ids.campaign):
            field_.ids.input.focus = False
        self.dispatch(event, *said)

    def _write(self, _field: Any) -> None:
        ids = self.start.ids
        self.dispatch("on_written", ids.site.text.strip(), ids.campaign.text.strip())

    def _tick_row(self) -> TickRow:
        row = TickRow()
        row.bind(on_release=lambda pressed: self.say("on_tick", pressed.id_))
        return row

    def _bring(self, pane: Any) -> None:
        if list(self.children) != [pane]:
            self.clear_widgets()
            self.add_widget(pane)

    def on_written(self, site: str, campaign: str) -> None:
        """Hear what stands in the fields."""

    def on_begin(self) -> None:
        """Hear that the shift begins, or that what changed is kept."""

    def on_campaign(self, campaign: str) -> None:
        """Hear which campaign it is."""

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""

    def on_tick(self, setup: str) -> None:
        """Hear what was seen to."""

    def on_dark(self) -> None:
        """Hear that it is night or hard to see, or is not."""

    def on_expressway(self) -> None:
        """Hear that the post is on an expressway, or is not."""

    def on_lesson(self) -> None:
        """Hear that the officer wants the brief."""

    def on_last(self) -> None:
        """Hear that the officer wants to see the shift before."""

    def on_queue(self) -> None:
        """Hear that the officer goes to the checks."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN."""

    def on_change_pin(self) -> None:
        """Hear that the officer wants another PIN."""

    def on_without(self) -> None:
        """Hear that the shift is closed without the colleague's PIN."""

    def on_post(self) -> None:
        """Hear that something changed at the post."""

    def on_ask(self) -> None:
        """Hear that the officer wants the office's counts."""

    def on_next(self) -> None:
        """Hear that another shift begins."""

    def on_lock(self) -> None:
        """Hear that the officer locks the tablet."""


load_kv(__file__)
