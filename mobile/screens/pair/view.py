"""Two tablets: the code to join, who is here, the codes that carry entries, and what a joined tablet can do."""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.pair.cosignature.state import Told
from mobile.screens.pair.peers.state import PeerCard
from mobile.screens.pair.state import Action, PairState
from mobile.widgets import bars, cards, pads, qr  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.bars import PhotoThumb
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import BaseButton, DangerButton
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm

LOOK_S = 1
ADVANCE_S = 0.9
"""How long each code of a sequence stands: a camera focuses and reads in half of it."""


class StepRow(BoxLayout):
    """One thing to do, with its number."""

    number = StringProperty("")
    words = StringProperty("")

    def show(self, told: tuple[str, str]) -> None:
        """Draw it."""
        self.number, self.words = told


class PairTold(BoxLayout):
    """One thing that is sealed."""

    number = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, told: Told) -> None:
        """Draw it."""
        self.number, self.words, self.tone = told.number, told.text, told.tone


class PeerRow(BoxLayout):
    """Another tablet and how the exchange with it stands."""

    test_id = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    agency_name = StringProperty("")
    role = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")

    def show(self, card: PeerCard) -> None:
        """Draw the tablet."""
        self.test_id = f"peer:{card.device}"
        self.name, self.agency, self.agency_name = card.name, card.agency, card.agency_name
        self.role, self.words, self.tone = card.role, card.words, card.tone


class PairNotice(Notice):
    """Something that the officers must know."""

    def show(self, told: tuple[str, str]) -> None:
        """Draw it."""
        self.tone, self.text = told


class PairPicture(PhotoThumb):
    """A picture to read."""

    def show(self, shown: tuple[str, str]) -> None:
        """Draw the picture with its time."""
        self.source, self.caption = shown
        self.evidence = False
        self.test_id = f"picture:{Path(self.source).name}"


class ReasonButton(DangerButton):
    """Why this tablet takes over."""

    key = StringProperty("")

    def show(self, reason: tuple[str, str]) -> None:
        """Draw the reason."""
        self.key, self.text = reason
        self.test_id = f"reason:{self.key}"


class PairAction(BaseButton):
    """One thing that can be done now."""

    key = StringProperty("")
    primary = BooleanProperty(False)
    room = NumericProperty(0)

    def show(self, action: Action) -> None:
        """Draw it."""
        self.key, self.text, self.sign, self.primary = action.key, action.words, action.sign, action.primary
        self.test_id = action.key


class PairScreen(BoxLayout):
    """All of it; every second it asks for what is new, and lets a sequence go on."""

    mode = StringProperty("status")
    title = StringProperty("")
    code = StringProperty("")
    code_words = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    still = BooleanProperty(False)
    acting = BooleanProperty(True)
    peer_count = NumericProperty(0)
    __events__ = (
        "on_look",
        "on_advance",
        "on_step",
        "on_hold",
        "on_picture",
        "on_take_over",
        "on_pin",
        "on_act",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # `ids` holds weakly: one of the two is out of the window at any time.
        self.here, self.pad = self.ids.here.__self__, self.ids.pad.__self__
        self.ids.right.remove_widget(self.pad)
        self.ids.right.fbind("size", self._fit_pad)
        self._looking = Clock.schedule_interval(lambda _dt: self._tick("on_look"), LOOK_S)
        self._going = Clock.schedule_interval(lambda _dt: self._tick("on_advance"), ADVANCE_S)

    def show(self, state: PairState) -> None:
        """Draw the state."""
        self.mode, self.title, self.still = state.mode, state.title, state.still
        self.code, self.code_words, self.peer_count = state.code, state.code_words, len(state.peers)
        numbered = len(state.steps) > 1 and state.mode == "join"
        steps = [(f"{number}." if numbered else "", said) for number, said in enumerate(state.steps, start=1)]
        fill(self.ids.steps, StepRow, steps)
        fill(self.ids.told, PairTold, state.told)
        self.prompt, self.trouble = state.prompt, state.trouble
        right = self.pad if state.prompt else self.here
        if list(self.ids.right.children) != [right]:
            self.ids.right.clear_widgets()
            self.ids.right.add_widget(right)
        fill(self.ids.peers, PeerRow, state.peers)
        fill(self.ids.notices, PairNotice, state.notices)
        fill(self.ids.pictures, self._picture, state.pictures)
        fill(self.ids.reasons, self._reason, state.reasons)
        self.acting = bool(state.actions)
        fill(self.ids.aside, self._action, [one for one in state.actions if one.aside])
        fill(self.ids.actions, self._action, [one for one in state.actions if not one.aside])

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but what is signed stands beside it here.
        self.pad.orientation = "vertical"
        self.pad.children[0].size_hint_x = 1
        self.pad.size = min(mm(72), size[0]), min(mm(92), size[1])

    def _tick(self, event: str) -> None:
        # Off the window nothing is looked at: the screen is kept for its next visit.
        if self.get_parent_window() is not None:
            self.dispatch(event)

    def _picture(self) -> PairPicture:
        made = PairPicture()
        made.bind(on_release=lambda pressed: self.dispatch("on_picture", pressed.source))
        return made

    def _action(self) -> PairAction:
        made = PairAction()
        made.bind(on_release=lambda pressed: self.dispatch("on_act", pressed.key))
        return made

    def _reason(self) -> ReasonButton:
        made = ReasonButton()
        made.bind(on_release=lambda pressed: self.dispatch("on_take_over", pressed.key))
        return made

    def on_look(self) -> None:
        """Hear that a second has passed."""

    def on_advance(self) -> None:
        """Hear that the next code is due."""

    def on_step(self, by: int) -> None:
        """Hear that the officer wants another code."""

    def on_hold(self) -> None:
        """Hear that the codes are to stop or to go on."""

    def on_picture(self, path: str) -> None:
        """Hear which picture is to be read."""

    def on_take_over(self, reason: str) -> None:
        """Hear that this tablet takes over, and why."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN of the officer who co-signs."""

    def on_act(self, action: str) -> None:
        """Hear what is to be done: the key of an Action."""


load_kv(__file__)
