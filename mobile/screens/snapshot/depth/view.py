"""T3's sheet for how thoroughly a vehicle is checked; less than proposed asks for a reason."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.modalview import ModalView

from mobile.screens.snapshot.depth.state import DepthState
from mobile.widgets import bars, cards, field, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


class DepthSheet(ModalView):
    """The checklists to choose from, and the reasons."""

    proposal = StringProperty("")
    shallower = BooleanProperty(False)
    lacking = BooleanProperty(False)
    __events__ = ("on_choose", "on_reason")

    def show(self, state: DepthState) -> None:
        """Draw the state."""
        self.proposal, self.lacking = state.proposal, state.lacking
        self.ids.own.hold(state.own_reason)
        self.shallower = bool(state.reasons)
        self.ids.choices.show(state.choices)
        self.ids.reasons.show(state.reasons)

    def write(self, text: str) -> None:
        """Take the officer's own words."""
        if text:
            self.dispatch("on_reason", text)

    def on_choose(self, checklist: str) -> None:
        """Hear which checklist is to be asked."""

    def on_reason(self, reason: str) -> None:
        """Hear why less is asked than proposed."""

    def close(self) -> None:
        """Go back to the snapshot; without a reason the proposal stands."""
        self.dismiss(animation=False)


load_kv(__file__)
