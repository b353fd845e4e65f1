"""What T0 shows of an enrolment: where the office is, and how far the first packages have come."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.unlock.state import UnlockState
from mobile.widgets import field  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class ProgressLine(BoxLayout):
    """A package, and whether it is there."""

    name = StringProperty("")
    done = BooleanProperty(False)

    def show(self, told: tuple[str, bool]) -> None:
        """Draw the package."""
        self.name, self.done = told


class EnrolForm(BoxLayout):
    """Where the office is and what it calls this tablet."""

    busy = StringProperty("")
    __events__ = ("on_enrol",)

    def on_enrol(self, url: str, code: str, name: str) -> None:
        """Hear that the officer wants to enrol."""


class PackageProgress(BoxLayout):
    """How far the first pull has come."""

    busy = StringProperty("")
    may_retry = BooleanProperty(False)
    may_go_on = BooleanProperty(False)
    __events__ = ("on_retry", "on_enrolled")

    def show(self, state: UnlockState) -> None:
        """Draw how far it has come."""
        self.busy, self.may_retry, self.may_go_on = state.busy, state.may_retry, state.may_go_on
        fill(self.ids.lines, ProgressLine, state.progress)

    def on_retry(self) -> None:
        """Hear that the officer wants to ask the office again."""

    def on_enrolled(self) -> None:
        """Hear that the officer wants to begin."""


load_kv(__file__)
