"""The screen of a wiped tablet: nothing to read here, and nothing lost."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.wiped.state import WipedState
from mobile.widgets import bars, part  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.cards import Notice
from mobile.widgets.rows import fill


class WipedFact(Notice):
    """Something that is kept, or gone."""

    def show(self, told: tuple[str, str]) -> None:
        """Draw tone and words."""
        self.tone, self.text = told


class WipedScreen(BoxLayout):
    """Why the tablet was wiped, what is kept for the office, and what to do."""

    title = StringProperty("")
    why = StringProperty("")
    next = StringProperty("")
    busy = StringProperty("")
    notice = StringProperty("")
    notice_tone = StringProperty("good")
    may_save = BooleanProperty(False)
    may_enrol = BooleanProperty(False)
    may_retry = BooleanProperty(False)
    __events__ = ("on_save", "on_enrol", "on_retry")

    def show(self, state: WipedState) -> None:
        """Draw the state."""
        for name in ("title", "why", "next", "busy", "notice", "notice_tone", "may_save", "may_enrol", "may_retry"):
            setattr(self, name, getattr(state, name))
        fill(self.ids.facts, WipedFact, state.facts)

    def on_save(self, *_: Any) -> None:
        """Hear that what is kept is to be copied to a stick."""

    def on_enrol(self, *_: Any) -> None:
        """Hear that the tablet is to be enrolled again."""

    def on_retry(self, *_: Any) -> None:
        """Hear that the evidence is to be put aside after all."""


load_kv(__file__)
