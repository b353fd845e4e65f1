"""T11: the sync centre; nothing counts as delivered without a receipt, and the screen shows which."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.states.sync import SyncRow, SyncState
from mobile.widgets import bars, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.cards import TONE_SIGNS, Card
from mobile.widgets.rows import fill


class SyncLine(BoxLayout):
    """Something said of a record or a photo."""

    tone = StringProperty("neutral")
    text = StringProperty("")
    signs = TONE_SIGNS

    def show(self, told: tuple[str, str]) -> None:
        """Draw tone and words."""
        self.tone, self.text = told


class RecordRow(Card):
    """A sealed record and what became of it."""

    digest = StringProperty("")
    plate = StringProperty("")
    colour = StringProperty("")
    state_words = StringProperty("")
    tone = StringProperty("neutral")
    time = StringProperty("")
    may_retry = BooleanProperty(False)
    __events__ = ("on_retry",)

    def show(self, row: SyncRow) -> None:
        """Draw the record."""
        self.digest, self.test_id, self.plate, self.colour = row.digest, f"record:{row.digest}", row.plate, row.colour
        self.state_words, self.tone, self.time, self.may_retry = row.state, row.tone, row.time, row.may_retry
        fill(self.ids.lines, SyncLine, row.lines)

    def on_retry(self, digest: str) -> None:
        """Hear that the record is to be sent again."""


class PackageLine(BoxLayout):
    """A package in use."""

    name = StringProperty("")
    version = StringProperty("")
    age = StringProperty("")

    def show(self, package: tuple[str, str, str]) -> None:
        """Draw the package with its age."""
        self.name, self.version, self.age = package


class SyncScreen(BoxLayout):
    """The sync centre."""

    link = StringProperty("")
    link_tone = StringProperty("neutral")
    next_try = StringProperty("")
    summary = StringProperty("")
    running = BooleanProperty(False)
    __events__ = ("on_send", "on_retry")

    def show(self, state: SyncState) -> None:
        """Draw the state."""
        self.link, self.link_tone, self.next_try = state.link, state.link_tone, state.next_try
        self.running, self.summary = state.running, state.summary
        fill(self.ids.rows.ids.column, self._row, state.rows)
        fill(self.ids.packages.ids.column, PackageLine, state.packages)

    def _row(self) -> Any:
        row = RecordRow()
        row.bind(on_retry=lambda _row, digest: self.dispatch("on_retry", digest))
        return row

    def on_send(self) -> None:
        """Hear that the officer wants to send now."""

    def on_retry(self, digest: str) -> None:
        """Hear that a refused record is to be sent again."""


load_kv(__file__)
