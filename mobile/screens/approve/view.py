"""Approval: what is to be done and on which footing; the leader's PIN, or the urgent way beside it."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.approve.state import ApproveState, Asked
from mobile.widgets import bars, cards, codepad, field, pads, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import SoftText, keep, load_kv
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm


class AskedCard(BoxLayout):
    """One measure with the clauses that may be cited for it."""

    title = StringProperty("")
    basis = StringProperty("")

    def show(self, asked: Asked) -> None:
        """Draw the measure."""
        self.title, self.basis = asked.text, asked.basis


class BehindRow(SoftText):
    """One finding that stands behind the measure."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class ApproveScreen(BoxLayout):
    """The approval of a heavy measure."""

    outcome = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    report_by = StringProperty("")
    code_words = StringProperty("")
    pending = StringProperty("")
    ready = BooleanProperty(False)
    urgent = BooleanProperty(False)
    has_leaders = BooleanProperty(True)
    may_be_urgent = BooleanProperty(True)
    may_go_on = BooleanProperty(False)
    __events__ = ("on_leader", "on_pin", "on_code", "on_way", "on_reason", "on_go_on")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ids.holder.fbind("size", self._fit_pad)
        self.holder, self.column = keep(self, "holder", "column")
        self.on_urgent(self, self.urgent)

    def on_urgent(self, _screen: Any, urgent: bool) -> None:
        """Take the pad out where nobody gives a PIN: what is only made small lies over what is around it."""
        column = self.column
        if urgent and self.holder.parent is column:
            column.remove_widget(self.holder)
        elif not urgent and self.holder.parent is None:
            column.add_widget(self.holder, len(column.children))

    def show(self, state: ApproveState) -> None:
        """Draw the state."""
        self.outcome, self.prompt, self.trouble = state.outcome, state.prompt, state.trouble
        self.ready, self.urgent, self.has_leaders = state.ready, state.urgent, bool(state.leaders)
        self.report_by, self.may_go_on = state.report_by, state.may_go_on
        self.ids.own_reason.hold(state.own_reason)
        self.code_words, self.may_be_urgent = state.code, state.may_be_urgent
        self.pending = state.pending
        fill(self.ids.asked, AskedCard, state.asked)
        fill(self.ids.found, BehindRow, state.found)
        self.ids.leaders.show(state.leaders)
        self.ids.reasons.show(state.reasons)

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but what is to be approved stands beside it and leaves it no width.
        pad = self.ids.pad
        pad.orientation = "vertical"
        pad.children[0].size_hint_x = 1
        pad.size = min(mm(72), size[0]), min(mm(92), size[1])

    def on_leader(self, officer: str) -> None:
        """Hear which leader is here."""

    def on_pin(self, pin: str) -> None:
        """Hear the leader's PIN."""

    def on_code(self) -> None:
        """Hear that the leader has a code of the office."""

    def on_way(self, urgent: bool) -> None:
        """Hear that it cannot wait for a leader, or that one is here after all."""

    def on_reason(self, reason: str) -> None:
        """Hear why it cannot wait."""

    def on_go_on(self) -> None:
        """Hear that it is urgent and goes on."""


load_kv(__file__)
