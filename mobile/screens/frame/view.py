"""What surrounds every screen: the bar, a strip for what went wrong, and the one screen in front."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.frame.state import FrameState
from mobile.widgets import bars, buttons  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


class PracticeBand(BoxLayout):
    """What says on every screen that this is practice, and ends it."""

    shown = BooleanProperty(False)
    __events__ = ("on_leave",)

    def on_leave(self) -> None:
        """Hear that the practice ends."""


class Frame(BoxLayout):
    """The root of the window."""

    notice = StringProperty("")
    notice_tone = StringProperty("danger")
    practice = BooleanProperty(False)
    __events__ = ("on_back", "on_sync", "on_reference", "on_leave")

    def show(self, state: FrameState) -> None:
        """Draw the bar."""
        bar = self.ids.bar
        bar.title, bar.subtitle, bar.officer, bar.role = state.title, state.subtitle, state.officer, state.role
        bar.online, bar.by_hub = state.online, state.by_hub
        bar.waiting, bar.troubled = state.waiting, state.troubled
        bar.can_go_back, bar.open = state.can_go_back, state.open
        pill = bar.ids.sync
        # In practice nothing is sent: nothing is delivered either.
        pill.opacity, pill.disabled = (1, False) if state.open and not self.practice else (0, True)

    def put(self, screen: Any) -> None:
        """Bring one screen to the front, its lists at their top, and take the strip away."""
        self.notice = ""
        for one in screen.walk(restrict=True):
            if isinstance(one, bars.ScrollList):
                one.to_top()
        holder = self.ids.holder
        if list(holder.children) != [screen]:
            holder.clear_widgets()
            holder.add_widget(screen)

    def on_back(self) -> None:
        """Hear that the officer wants to go back."""

    def on_sync(self) -> None:
        """Hear that the officer wants to see what has been sent."""

    def on_leave(self) -> None:
        """Hear that the practice ends."""

    def on_reference(self) -> None:
        """Hear that the officer wants to look something up."""


load_kv(__file__)
