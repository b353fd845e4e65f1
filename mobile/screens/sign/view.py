"""T8: for the driver, large words and a pad to sign; for the officers, who confirms and his PIN."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.sign.refusal.state import RefusalState
from mobile.screens.sign.state import Choice, SignState, Slot, Tab, Told
from mobile.widgets import cards, codepad, field, pads, part, seen, signature  # noqa: F401  # used in the .kv
from mobile.widgets.bars import ScrollList
from mobile.widgets.base import Text, keep, load_kv
from mobile.widgets.buttons import BaseButton, Chip, SmallButton
from mobile.widgets.rows import fill
from mobile.widgets.theme import theme

REST_S = 1.2
"""How long the pen rests before a signature is written down; handing back writes it down at once."""


SPEAKING = ("on_person", "on_state", "on_statement", "on_name", "on_written", "on_refusing", "on_hand_back")
REFUSING = ("on_why", "on_witness", "on_recorder", "on_refuse")
CONFIRMING = ("on_second", "on_pin", "on_code", "on_forgot")


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
    doubt = StringProperty("")
    confirmed = BooleanProperty(False)
    turn = BooleanProperty(False)

    def show(self, slot: Slot) -> None:
        """Draw the officer and how he stands."""
        self.name, self.agency, self.agency_name, self.card = slot.name, slot.agency, slot.agency_name, slot.card
        self.words, self.confirmed, self.turn, self.doubt = slot.words, slot.confirmed, slot.turn, slot.doubt
        self.test_id = f"slot:{slot.officer}"


class HearsRefusal:
    """What is heard of a refusal."""

    def on_why(self, why: str) -> None:
        """Hear why he refuses."""

    def on_witness(self, witness: str) -> None:
        """Hear who may have seen it; it is not written down yet."""

    def on_recorder(self, recorder: str) -> None:
        """Hear the number of the body camera; it is not written down yet."""

    def on_refuse(self, by: dict[str, str]) -> None:
        """Hear who or what saw it: `witness` or `recorder`."""


class HearsDriver(HearsRefusal):
    """What is heard of the one who has the tablet in his hands."""

    def on_person(self, role: str) -> None:
        """Hear who of those who sign has the tablet now."""

    def on_state(self, text: str) -> None:
        """Hear what he states in his own words."""

    def on_statement(self, key: str) -> None:
        """Hear which of the likely statements is his, or that he states nothing."""

    def on_name(self, name: str) -> None:
        """Hear who he is, whom nobody had named."""

    def on_written(self, strokes: tuple[tuple[int, ...], ...]) -> None:
        """Hear the signature."""

    def on_refusing(self, refusing: bool) -> None:
        """Hear that he does not want to sign, or does after all."""

    def on_hand_back(self) -> None:
        """Hear that the officers have the tablet back."""


class HearsOfficers:
    """What is heard of the officers."""

    def on_second(self, officer: str) -> None:
        """Hear who the second officer is."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN of the officer whose turn it is."""

    def on_code(self) -> None:
        """Hear that the officer whose turn it is has a code of the office."""

    def on_forgot(self) -> None:
        """Hear that he forgot his PIN, or proves by a code that he is who he is."""


class RefusalPane(HearsRefusal, ScrollList):
    """Why somebody refuses, and who or what saw it; a touch on that writes it down."""

    name = StringProperty("")
    lacking = StringProperty("")
    doubt = StringProperty("")
    __events__ = REFUSING

    def show(self, state: RefusalState) -> None:
        """Draw what was said so far."""
        self.lacking, self.doubt = state.lacking, state.doubt
        fill(self.ids.whys, lambda: self._chip("on_why"), state.whys)
        fill(self.ids.witnesses, self._witness, state.witnesses if state.may_write else ())
        self.ids.own_why.hold(state.own_why)
        self.ids.witness.hold(state.witness)
        self.ids.recorder.hold(state.recorder)

    def _chip(self, event: str) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch(event, pressed.key))
        return chip

    def _witness(self) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_refuse", {"witness": pressed.key}))
        return chip


class DriverStage(HearsDriver, BoxLayout):
    """What the driver or the escort reads, says and signs."""

    driver = StringProperty("")
    rights = StringProperty("")
    stale = StringProperty("")
    refused = StringProperty("")
    nameless = StringProperty("")
    clean = BooleanProperty(False)
    asks_why = BooleanProperty(False)
    may_hand_back = BooleanProperty(False)
    has_strokes = BooleanProperty(False)
    cards = StringProperty("")
    go_words = StringProperty("")
    has_tabs = BooleanProperty(False)
    __events__ = (*SPEAKING, *REFUSING)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.speak, self.refuse = keep(self, "speak", "refuse")
        self.ids.right.remove_widget(self.refuse)
        for event in REFUSING:
            self.refuse.fbind(event, lambda _pane, said, event=event: self.dispatch(event, said))
        self._shown: tuple[tuple[int, ...], ...] = ()
        self._who = ""
        self._rest = Clock.create_trigger(self._write, REST_S)
        self.ids.pad.fbind("strokes", self._drawn)

    def show(self, state: SignState) -> None:
        """Draw the driver's part; a signature that is being written is left alone."""
        self.driver, self.rights, self.stale, self.refused = state.driver, state.rights, state.stale, state.refused
        self.clean, self.asks_why, self.may_hand_back = not state.found, state.refusal is not None, state.may_hand_back
        self.cards, self.go_words, self.has_tabs = state.cards, state.go_words, bool(state.tabs)
        self.nameless = state.nameless
        fill(self.ids.tabs, self._tab, state.tabs)
        fill(self.ids.found, ToldRow, state.found)
        fill(self.ids.follows, FollowRow, state.follows)
        fill(self.ids.statements, self._chip, state.statements)
        self.ids.words.hold(state.statement)
        self.ids.name.hold("")
        self.ids.told.begin(state.told)
        self._bring(state.refusal)
        if state.person != self._who:
            self._who = state.person
            self._rest.cancel()
            self.ids.speaks.scroll_y = 1
        if state.strokes != self._shown and not self._rest.is_triggered:
            self._shown = state.strokes
            self.ids.pad.strokes = [list(stroke) for stroke in state.strokes]

    def _bring(self, refusal: RefusalState | None) -> None:
        """Show what is asked of a refusal in the place of the pad, or the pad."""
        wanted, other = (self.speak, self.refuse) if refusal is None else (self.refuse, self.speak)
        if wanted.parent is None:
            self.ids.right.remove_widget(other)
            self.ids.right.add_widget(wanted, len(self.ids.right.children))
        if refusal is not None:
            self.refuse.show(refusal)

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

    def _chip(self) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_statement", pressed.key))
        return chip

    def _tab(self) -> PersonTab:
        tab = PersonTab()
        tab.bind(on_release=lambda pressed: self.turn_to(pressed.key))
        return tab


class CodeOffer(SmallButton):
    """What a code of the office would do for whoever has a PIN here; without words it takes no room."""

    words = StringProperty("")


class OfficersStage(HearsOfficers, BoxLayout):
    """The two officers and the pad for the PIN."""

    prompt = StringProperty("")
    trouble = StringProperty("")
    done = StringProperty("")
    asked = StringProperty("")
    code_words = StringProperty("")
    code_offer = StringProperty("")
    __events__ = CONFIRMING

    def show(self, state: SignState) -> None:
        """Draw the officers' part."""
        self.prompt, self.trouble, self.asked, self.code_words = state.prompt, state.trouble, state.asked, state.code
        self.done, self.code_offer = "\n".join(state.done_words), state.forgot
        fill(self.ids.slots, SlotCard, state.slots)
        # A low screen has no room beside the pad; the second officer was chosen when the cards were shown.
        fill(self.ids.seconds, self._chip, () if theme.low else state.seconds)

    def _chip(self) -> SaidChip:
        chip = SaidChip()
        chip.bind(on_toggle=lambda pressed, _active: self.dispatch("on_second", pressed.key))
        return chip


class SignScreen(HearsDriver, HearsOfficers, BoxLayout):
    """Explaining and signing."""

    __events__ = (*SPEAKING, *REFUSING, *CONFIRMING)

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


load_kv(__file__)
