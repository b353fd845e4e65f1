"""T14: what is asked for beside what answers it: a photo, a statement, a correction; then it is sent."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.reply.state import ReplyState
from mobile.screens.tasks.view import ToldLine
from mobile.widgets import bars, cards, field, part, picks, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.rows import fill


class ReplyScreen(BoxLayout):
    """The answer to a case that was sent back."""

    title = StringProperty("")
    asked = StringProperty("")
    number_plate = StringProperty("")
    due = StringProperty("")
    hint = StringProperty("")
    overdue = BooleanProperty(False)
    several = BooleanProperty(False)
    may_send = BooleanProperty(False)
    __events__ = ("on_piece", "on_photo", "on_statement", "on_correction", "on_send")

    def show(self, state: ReplyState) -> None:
        """Draw the state."""
        self.title, self.asked, self.number_plate, self.due = state.title, state.asked, state.plate, state.due
        self.overdue, self.hint, self.may_send = state.overdue, state.hint, state.may_send
        self.several = bool(state.pieces)
        self.ids.pieces.show(state.pieces)
        fill(self.ids.told, ToldLine, state.told)

    def put_down(self, name: str, text: str) -> None:
        """Give up what was typed into a field, which then is empty for the next."""
        self.ids[name].hold("")
        if text:
            self.dispatch(f"on_{name}", text)

    def on_piece(self, key: str) -> None:
        """Hear of which piece the next photo is."""

    def on_photo(self) -> None:
        """Hear that a photo is to be taken in."""

    def on_statement(self, text: str) -> None:
        """Hear what the party says."""

    def on_correction(self, text: str) -> None:
        """Hear what is to be corrected."""

    def on_send(self) -> None:
        """Hear that the answer is to be sent."""


load_kv(__file__)
