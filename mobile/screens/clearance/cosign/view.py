"""The PINs under what is added to a sealed record: who confirms, and the pad for who is asked."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.clearance.cosign.state import CosignState, Slot
from mobile.widgets import cards, codepad, pads, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import keep, load_kv
from mobile.widgets.cards import TONE_SIGNS
from mobile.widgets.rows import fill


class CosignSlot(BoxLayout):
    """One of those who confirm, and how he stands."""

    words = StringProperty("")
    told = StringProperty("")
    tone = StringProperty("neutral")
    test_id = StringProperty("")
    signs = TONE_SIGNS

    def show(self, slot: Slot) -> None:
        """Draw it."""
        self.words, self.told, self.tone = slot.text, slot.told, slot.tone
        self.test_id = f"slot:{slot.role}:{slot.officer}"


class CosignPanel(BoxLayout):
    """Everybody who confirms, and the pad."""

    asked = StringProperty("")
    prompt = StringProperty("")
    trouble = StringProperty("")
    code_words = StringProperty("")
    __events__ = ("on_person", "on_pin", "on_code")

    def on_kv_post(self, _base: Any) -> None:
        """Keep the pad and what takes its place: one of them is there."""
        self.pad, self.code = keep(self, "pad", "code")
        self.ids.holder.remove_widget(self.code)

    def show(self, state: CosignState) -> None:
        """Draw the state."""
        self.asked, self.prompt, self.trouble = state.asked, state.prompt, state.trouble
        self.code_words = state.code
        fill(self.ids.slots, CosignSlot, state.slots)
        self.ids.seconds.show(state.seconds)
        self.ids.leaders.show(state.leaders)
        shown = self.code if state.code else self.pad
        if list(self.ids.holder.children) != [shown]:
            self.ids.holder.clear_widgets()
            self.ids.holder.add_widget(shown)

    def on_person(self, role: str, officer: str) -> None:
        """Hear who is the second officer, or the leader."""

    def on_pin(self, pin: str) -> None:
        """Hear a PIN."""

    def on_code(self) -> None:
        """Hear that who is asked has a code of the office."""


load_kv(__file__)
