"""T0 and T14: what stands at the post before the first vehicle, and the counts that officers sign after the last."""

from typing import Any

from kivy.uix.boxlayout import BoxLayout

from mobile.screens.shift.closed.view import ClosedPane
from mobile.screens.shift.end.view import EndPane
from mobile.screens.shift.start.view import MemberRow, StartPane, TickRow
from mobile.screens.shift.state import ClosedState, EndState, StartState
from mobile.widgets.base import load_kv


class ShiftScreen(BoxLayout):
    """The shift: one of three panes."""

    __events__ = (
        *(
            "on_written",
            "on_begin",
            "on_campaign",
            "on_second",
            "on_role",
            "on_tick",
            "on_dark",
            "on_expressway",
            "on_lesson",
        ),
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
        self.start.show(state, self._tick_row, self._member_row)
        self._bring(self.start)

    def show_end(self, state: EndState) -> None:
        """Draw the open shift."""
        self.end.show(state)
        self._bring(self.end)

    def show_closed(self, state: ClosedState) -> None:
        """Draw the closed shift."""
        self.closed.show(state)
        self._bring(self.closed)

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

    def _member_row(self) -> MemberRow:
        row = MemberRow()
        row.bind(on_role=lambda pressed, role: self.say("on_role", pressed.officer, role))
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
        """Hear which colleague is here, or is not after all."""

    def on_role(self, officer: str, role: str) -> None:
        """Hear what an officer does here."""

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
