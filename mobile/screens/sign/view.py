"""T8: for the driver, large words and a pad to sign; for the officers, who confirms and his PIN."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.sign.state import Choice, SignState, Slot, Tab, Told
from mobile.widgets import bars, cards, codepad, field, pads, part, signature  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Text, load_kv
from mobile.widgets.buttons import BaseButton, Chip
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme

REST_S = 1.2
"""How long the pen rests before a signature is written down; handing back writes it down at once."""


class ToldRow(BoxLayout):
    """One thing that was found, in large words."""

    number = StringProperty("")
    words = StringProperty("")
    tone = StringProperty("neutral")
    fixed = StringProperty("")

    def show(self, told: Told) -> None:
        """Draw it."""
        self.number, self.words, self.tone, self.fixed = told.number, told.text, told.tone, told.fixed


class FollowRow(Text):
    """One thing that follows."""

    def show(self, words: str) -> None:
        """Draw it."""
        self.text = words


class SaidChip(Chip):
    """A statement, a witness or an officer to pick; the state says which is chosen."""

    key = StringProperty("")

    def show(self, choice: Choice) -> None:
        """Draw the choice."""
        self.key, self.text, self.active = choice.key, choice.text, choice.chosen
        self.test_id = f"pick:{choice.key}"


class PersonTab(BaseButton):
    """One of those who sign; a tick says that he is done."""

    key = StringProperty("")
    active = BooleanProperty(False)

    def show(self, tab: Tab) -> None:
        """Draw the tab."""
        self.key, self.text, self.active = tab.key, tab.text, tab.chosen
        self.sign = "tick" if tab.done else "person"
        self.test_id = f"person:{tab.key}"


class SlotCard(BoxLayout):
    """One of the two officers."""

    test_id = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    agency_name = StringProperty("")
    card = StringProperty("")
    words = StringProperty("")
    confirmed = BooleanProperty(False)
    turn = BooleanProperty(False)

    def show(self, slot: Slot) -> None:
        """Draw the officer and how he stands."""
        self.name, self.agency, self.agency_name, self.card = slot.name, slot.agency, slot.agency_name, slot.card
        self.words, self.confirmed, self.turn = slot.words, slot.confirmed, slot.turn
        self.test_id = f"slot:{slot.officer}"


class DriverStage(BoxLayout):
    """What the driver or the escort reads, says and signs."""

    driver = StringProperty("")
    rights = StringProperty("")
    statement = StringProperty("")
    stale = StringProperty("")
    refused = StringProperty("")
    clean = BooleanProperty(False)
    asks_witness = BooleanProperty(False)
    may_hand_back = BooleanProperty(False)
    has_strokes = BooleanProperty(False)
    cards = StringProperty("")
    go_words = StringProperty("")
    has_tabs = BooleanProperty(False)
    __events__ = ("on_person", "on_state", "on_written", "on_refusing", "on_refuse", "on_hand_back", "on_second")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._shown: tuple[tuple[int, ...], ...] = ()
        self._who = ""
        self._rest = Clock.create_trigger(self._write, REST_S)
        self.ids.pad.fbind("strokes", self._drawn)

    def show(self, state: SignState) -> None:
        """Draw the driver's part; a signature that is being written is left alone."""
        self.driver, self.rights, self.stale, self.refused = state.driver, state.rights, state.stale, state.refused
        self.clean, self.asks_witness, self.may_hand_back = not state.found, state.refusing, state.may_hand_back
        self.cards, self.go_words, self.has_tabs = state.cards, state.go_words, bool(state.tabs)
        fill(self.ids.tabs, self._tab, state.tabs)
        fill(self.ids.seconds, lambda: self._chip("on_second"), state.seconds if state.person == "driver" else ())
        fill(self.ids.found, ToldRow, state.found)
        fill(self.ids.follows, FollowRow, state.follows)
        fill(self.ids.statements, lambda: self._chip("on_state"), state.statements)
        fill(self.ids.witnesses, lambda: self._chip("on_refuse"), state.witnesses if state.refusing else ())
        self.statement = state.statement if not any(one.chosen for one in state.statements) else ""
        if state.person != self._who:
            self._who = state.person
            self._rest.cancel()
            self.ids.told.scroll_y = self.ids.speaks.scroll_y = 1
        if state.strokes != self._shown and not self._rest.is_triggered:
            self._shown = state.strokes
            self.ids.pad.strokes = [list(stroke) for stroke in state.strokes]

    def hand_back(self) -> None:
        """Write down what is on the pad, then give the tablet back."""
        if self._rest.is_triggered:
            self._write()
        self.dispatch("on_hand_back")

    def turn_to(self, role: str) -> None:
        """Write down what is on the pad, then give the tablet to another who signs."""
        if self._rest.is_triggered:
            self._write()
        self.dispatch("on_person", role)

    def _drawn(self, pad: Any, strokes: list[list[int]]) -> None:
        self.has_strokes = bool(strokes)
        if tuple(map(tuple, strokes)) != self._shown:
            self._rest.cancel()
            self._rest()

    def _write(self, *_: Any) -> None:
        self._rest.cancel()
        self._shown = tuple(tuple(stroke) for stroke in self.ids.pad.strokes)
        self.dispatch("on_written", self._shown)

    def _chip(self, event: str) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch(event, pressed.key))
        return chip

    def _tab(self) -> PersonTab:
        tab = PersonTab()
        tab.bind(on_release=lambda pressed: self.turn_to(pressed.key))
        return tab

    def on_person(self, role: str) -> None:
        """Hear who of those who sign has the tablet now."""

    def on_state(self, text: str) -> None:
        """Hear what this person states."""

    def on_written(self, strokes: tuple[tuple[int, ...], ...]) -> None:
        """Hear the signature, stroke by stroke, flat."""

    def on_refusing(self, refusing: bool) -> None:
        """Hear that the driver does not want to sign, or does after all."""

    def on_refuse(self, witness: str) -> None:
        """Hear who witnessed the refusal."""

    def on_hand_back(self) -> None:
        """Hear that the officers have the tablet back."""

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""


class OfficersStage(BoxLayout):
    """The two officers and the pad for the PIN."""

    prompt = StringProperty("")
    trouble = StringProperty("")
    done = StringProperty("")
    asked = StringProperty("")
    code_words = StringProperty("")
    __events__ = ("on_second", "on_pin", "on_code")

    def show(self, state: SignState) -> None:
        """Draw the officers' part."""
        self.prompt, self.trouble, self.asked, self.code_words = state.prompt, state.trouble, state.asked, state.code
        self.done = "\n".join(state.done_words)
        fill(self.ids.slots, SlotCard, state.slots)
        # A low screen has no room beside the pad; the second officer was chosen when the cards were shown.
        fill(self.ids.seconds, self._chip, () if theme.low else state.seconds)

    def _chip(self) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_second", pressed.key))
        return chip

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN of the officer whose turn it is."""

    def on_code(self) -> None:
        """Hear that the officer whose turn it is has a code of the office."""


class SignScreen(BoxLayout):
    """Explaining and signing."""

    __events__ = (
        *("on_person", "on_state", "on_written", "on_refusing", "on_refuse", "on_hand_back"),
        *("on_second", "on_pin", "on_code"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stages: dict[str, Any] = {"driver": DriverStage(), "officers": OfficersStage()}
        for stage in self.stages.values():
            for event in stage.__events__:
                stage.fbind(event, lambda _stage, *said, event=event: self.dispatch(event, *said))

    def show(self, state: SignState) -> None:
        """Draw the stage that it has come to."""
        stage = self.stages[state.stage]
        if list(self.children) != [stage]:
            self.clear_widgets()
            self.add_widget(stage)
        stage.show(state)

    def on_person(self, role: str) -> None:
        """Hear who of those who sign has the tablet now."""

    def on_state(self, text: str) -> None:
        """Hear what the driver states."""

    def on_written(self, strokes: tuple[tuple[int, ...], ...]) -> None:
        """Hear the signature."""

    def on_refusing(self, refusing: bool) -> None:
        """Hear that the driver does not want to sign, or does after all."""

    def on_refuse(self, witness: str) -> None:
        """Hear who witnessed the refusal."""

    def on_hand_back(self) -> None:
        """Hear that the officers have the tablet back."""

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN."""

    def on_code(self) -> None:
        """Hear that the officer has a code of the office."""


load_kv(__file__)
