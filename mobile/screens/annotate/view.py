"""Marking a photo: the picture, three tools, undo and clear."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.annotate.state import AnnotateState
from mobile.widgets import bars, markpad, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


class AnnotateScreen(BoxLayout):
    """The picture and what may be done with it."""

    said = StringProperty("")
    may_undo = BooleanProperty(False)
    changed = BooleanProperty(False)
    may_withdraw = BooleanProperty(False)
    __events__ = ("on_tool", "on_drawn", "on_undo", "on_clear", "on_done", "on_leave", "on_withdraw")

    def picture(self, content: bytes) -> None:
        """Take the picture to draw on."""
        self.ids.pad.load(content)

    def release(self) -> None:
        """Give the picture's memory back."""
        self.ids.pad.release()

    def show(self, state: AnnotateState) -> None:
        """Draw the marks and the tools."""
        self.said, self.may_undo, self.changed = state.said, state.may_undo, state.changed
        self.may_withdraw = state.may_withdraw
        self.ids.pad.tool, self.ids.pad.marks = state.tool, list(state.marks)
        self.ids.tools.show(state.tools)

    def on_tool(self, tool: str) -> Any:
        """Hear which tool is taken."""

    def on_drawn(self, shape: str, points: list[tuple[int, int]]) -> Any:
        """Hear a mark that was drawn."""

    def on_undo(self) -> Any:
        """Hear that the last mark is taken back."""

    def on_clear(self) -> Any:
        """Hear that all marks are taken back."""

    def on_done(self) -> Any:
        """Hear that the marked photo is to stand in the record."""

    def on_leave(self) -> Any:
        """Hear that nothing is to be put down."""

    def on_withdraw(self) -> Any:
        """Hear that the photo is to be taken back."""


load_kv(__file__)
