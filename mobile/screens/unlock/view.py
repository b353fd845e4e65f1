"""T0: choose an officer and enter the PIN; on a tablet that is not enrolled, the enrolment."""

from functools import cached_property
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.unlock.state import OfficerCard, UnlockState
from mobile.widgets import bars, part  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.pads import PinPad
from mobile.widgets.rows import fill
from mobile.widgets.theme import mm, theme

STEP_NUMBERS = {"office": 0, "officer": 1, "code": 2, "pin": 2, "again": 2, "packages": 3}


class OfficerRow(ButtonBehavior, BoxLayout):
    """An officer to choose."""

    test_id = StringProperty("")
    officer = StringProperty("")
    name = StringProperty("")
    agency = StringProperty("")
    agency_code = StringProperty("")
    chosen = BooleanProperty(False)

    def show(self, shown: tuple[OfficerCard, bool]) -> None:
        """Draw an officer, chosen or not."""
        card, self.chosen = shown
        self.officer, self.name, self.agency, self.agency_code = card.id, card.name, card.agency, card.agency_code
        self.test_id = f"officer:{card.id}"


class FactLine(BoxLayout):
    """Something that may be seen of a locked tablet."""

    name = StringProperty("")
    value = StringProperty("")

    def show(self, told: tuple[str, str]) -> None:
        """Draw what it is and how it stands."""
        self.name, self.value = told


class UnlockScreen(BoxLayout):
    """The lock screen."""

    prompt = StringProperty("")
    trouble = StringProperty("")
    enrolling = BooleanProperty(False)
    may_practise = BooleanProperty(False)
    asks_code = BooleanProperty(False)
    shows_steps = BooleanProperty(False)
    may_change = BooleanProperty(False)
    changing = BooleanProperty(False)
    forgetting = BooleanProperty(False)
    advice = StringProperty("")
    __events__ = (
        *("on_choose", "on_code", "on_pin", "on_change", "on_forgot"),
        *("on_enrol", "on_retry", "on_enrolled", "on_practice"),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pad = PinPad(test_id="pin")
        self.pad.fbind("on_pin", lambda _pad, pin: self.dispatch("on_pin", pin))
        self.card, self.beside = keep(self, "card", "right")
        self.beside.fbind("size", self._fit_pad)

    # What the first frame of a tablet in use does not show is imported and made where it is first shown.

    @cached_property
    def codes(self) -> Any:
        """Where the office's code is entered."""
        from mobile.widgets.codepad import CodePad

        codes = CodePad(test_id="code")
        codes.fbind("on_code", lambda _pad, code: self.dispatch("on_code", code))
        return codes

    @cached_property
    def form(self) -> Any:
        """Where the office is entered."""
        from mobile.screens.unlock.enrolling.view import EnrolForm

        form = EnrolForm()
        form.fbind("on_enrol", lambda _form, *said: self.dispatch("on_enrol", *said))
        return form

    @cached_property
    def packages(self) -> Any:
        """How far the packages have come."""
        from mobile.screens.unlock.enrolling.view import PackageProgress

        packages = PackageProgress()
        packages.fbind("on_retry", lambda _bar: self.dispatch("on_retry"))
        packages.fbind("on_enrolled", lambda _bar: self.dispatch("on_enrolled"))
        return packages

    def show(self, state: UnlockState) -> None:
        """Draw the state."""
        self.enrolling, self.prompt = state.enrolling, state.prompt
        # Once the office has answered, an enrolment is not left half done.
        self.may_practise = state.step in ("unlock", "office") and not state.forgetting
        self.may_change, self.changing = state.may_change, state.changing
        self.forgetting, self.advice = state.forgetting, "\n".join(state.advice)
        pad_asks = state.step in ("unlock", "pin", "again")
        self.trouble = state.warning if pad_asks else "" if state.step == "code" else state.trouble
        self.ids.steps.current = STEP_NUMBERS.get(state.step, 0)
        choosing = state.officers if state.step in ("unlock", "officer") else ()
        rows = [(card, card.id == state.chosen) for card in choosing]
        fill(self.ids.officers, self._officer_row, rows)
        fill(self.ids.facts, FactLine, state.facts)
        self._show_right(state, pad_asks=pad_asks)

    def _officer_row(self) -> OfficerRow:
        row = OfficerRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_choose", pressed.officer))
        return row

    def _show_right(self, state: UnlockState, *, pad_asks: bool) -> None:
        self.asks_code = state.step == "code"
        self.shows_steps = state.enrolling and (theme.portrait or not self.asks_code)
        right = self._asked_at_pad(state) if pad_asks or self.asks_code else self._enrolling(state)
        if list(self.beside.children) != [right]:
            self.beside.clear_widgets()
            if right is not None:
                self.beside.add_widget(right)
        # Where an officer is chosen nothing is asked beside them, and they have all the room.
        if (self.card.parent is self) == (right is None):
            (self.remove_widget if right is None else self.add_widget)(self.card)

    def _asked_at_pad(self, state: UnlockState) -> Any:
        pad = self.codes if state.step == "code" else self.pad
        pad.prompt, pad.trouble = state.prompt, state.trouble
        pad.disabled = state.step == "unlock" and not state.chosen
        return pad

    def _enrolling(self, state: UnlockState) -> Any:
        """Return what the step of an enrolment shows, which is nothing where an officer is chosen."""
        if state.step == "office":
            self.form.busy = state.busy
            self.form.ids.url.text = self.form.ids.url.text or state.office_url
            return self.form
        if state.step == "packages":
            self.packages.show(state)
            return self.packages
        return None

    def _fit_pad(self, _holder: Any, size: Any) -> None:
        # A low screen would lay the pad flat, but the officers stand beside it here and leave it no width.
        self.pad.orientation = "vertical"
        self.pad.children[0].size_hint_x = 1
        self.pad.size = min(mm(72), size[0]), min(mm(92), size[1])

    def on_choose(self, officer: str) -> None:
        """Hear who it is."""

    def on_code(self, code: str) -> None:
        """Hear the code of the office, or nothing where he has none."""

    def on_pin(self, pin: str) -> None:
        """Hear the PIN."""

    def on_change(self) -> None:
        """Hear that the officer wants another PIN, or keeps his."""

    def on_forgot(self) -> None:
        """Hear that somebody forgot his PIN, or did not after all."""

    def on_enrol(self, url: str, code: str, name: str) -> None:
        """Hear that the officer wants to enrol."""

    def on_retry(self) -> None:
        """Hear that the officer wants to ask the office again."""

    def on_enrolled(self) -> None:
        """Hear that the officer wants to begin."""

    def on_practice(self) -> None:
        """Hear that somebody wants to practise."""


load_kv(__file__)
