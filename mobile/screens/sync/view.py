"""T11: the sync centre; nothing counts as delivered without a receipt, and the screen shows which."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.sync.state import SyncRow, SyncState
from mobile.widgets import bars, part, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import Watching, load_kv
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
    title = StringProperty("")
    photo_words = StringProperty("")
    is_open = BooleanProperty(False)
    __events__ = ("on_retry", "on_photos")

    def show(self, row: SyncRow) -> None:
        """Draw the record."""
        self.digest, self.test_id, self.plate, self.colour = row.digest, f"record:{row.digest}", row.plate, row.colour
        self.state_words, self.tone, self.time, self.may_retry = row.state, row.tone, row.time, row.may_retry
        self.title, self.photo_words, self.is_open = row.title, row.photos, row.open
        fill(self.ids.lines, SyncLine, row.lines)

    def on_photos(self, digest: str) -> None:
        """Hear that the photos are to be shown one by one, or no longer."""

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


class SyncScreen(Watching, BoxLayout):
    """The sync centre."""

    link = StringProperty("")
    link_tone = StringProperty("neutral")
    next_try = StringProperty("")
    summary = StringProperty("")
    running = BooleanProperty(False)
    may_export = BooleanProperty(False)
    busy = BooleanProperty(False)
    notice = StringProperty("")
    notice_tone = StringProperty("good")
    originals_words = StringProperty("")
    hub_words = StringProperty("")
    __events__ = ("on_send", "on_retry", "on_photos", "on_export", "on_receipts", "on_originals", "on_hub", "on_watch")

    def show(self, state: SyncState) -> None:
        """Draw the state."""
        self.link, self.link_tone, self.next_try = state.link, state.link_tone, state.next_try
        self.running, self.summary = state.running, state.summary
        self.may_export, self.busy = state.may_export, state.busy
        self.notice, self.notice_tone = state.notice, state.notice_tone
        self.originals_words, self.hub_words = state.originals, state.hub
        fill(self.ids.rows, self._row, state.rows)
        fill(self.ids.packages.ids.column, PackageLine, state.packages)

    def _row(self) -> Any:
        row = RecordRow()
        row.bind(on_retry=lambda _row, digest: self.dispatch("on_retry", digest))
        row.bind(on_photos=lambda _row, digest: self.dispatch("on_photos", digest))
        return row

    def on_send(self) -> None:
        """Hear that the officer wants to send now."""

    def on_export(self, *_: Any) -> None:
        """Hear that what waits is to be saved in a file for the office."""

    def on_receipts(self, *_: Any) -> None:
        """Hear that the office's receipts are to be read from a stick."""

    def on_hub(self, *_: Any) -> None:
        """Hear that a hub's code is to be read, or that the known one is to be left."""

    def on_watch(self) -> None:
        """Hear that it is time to look for a picture."""

    def on_originals(self, *_: Any) -> None:
        """Hear that pictures in full size are to go over this line, or to wait."""

    def on_photos(self, digest: str) -> None:
        """Hear that a record's photos are to be shown one by one, or no longer."""

    def on_retry(self, digest: str) -> None:
        """Hear that a refused record is to be sent again."""


load_kv(__file__)
