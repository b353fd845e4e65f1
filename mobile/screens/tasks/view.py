"""T13: a card for each task, with what its tier asks to be done."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.tasks.state import TaskCard, TasksState, Touch
from mobile.widgets import bars, cards, field, part, plate  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import PrimaryButton
from mobile.widgets.cards import TONE_SIGNS, Card
from mobile.widgets.rows import fill


class DutyButton(PrimaryButton):
    """A duty that was done when it is touched."""

    key = StringProperty("")

    def show(self, duty: Touch) -> None:
        """Draw the duty."""
        self.key, self.text = duty.key, duty.text


class ToldLine(BoxLayout):
    """What was done, and whether the office has it."""

    tone = StringProperty("neutral")
    words = StringProperty("")
    signs = TONE_SIGNS

    def show(self, told: tuple[str, str]) -> None:
        """Draw it."""
        self.tone, self.words = told


class TaskRow(Card):
    """One task."""

    key = StringProperty("")
    tone = StringProperty("neutral")
    tier = StringProperty("")
    kind = StringProperty("")
    title = StringProperty("")
    words = StringProperty("")
    number_plate = StringProperty("")
    due = StringProperty("")
    overdue = BooleanProperty(False)
    has_duties = BooleanProperty(True)
    __events__ = ("on_duty",)

    def show(self, card: TaskCard) -> None:
        """Draw the task."""
        self.key, self.test_id, self.tone = card.id, f"task:{card.id}", card.tone
        self.tier, self.kind, self.title, self.words = card.tier_words, card.kind, card.title, card.text
        self.number_plate, self.due, self.overdue = card.plate, card.due, card.overdue
        self.has_duties = bool(card.duties)
        fill(self.ids.duties, self._duty, card.duties)
        for button in self.ids.duties.children:
            button.test_id = f"{button.key}:{card.id}"
        fill(self.ids.told, ToldLine, card.told)

    def _duty(self) -> DutyButton:
        button = DutyButton()
        button.bind(on_release=lambda pressed: self.dispatch("on_duty", self.key, pressed.key))
        return button

    def on_duty(self, task: str, did: str) -> None:
        """Hear that a duty was done."""


class TasksScreen(BoxLayout):
    """The tasks."""

    summary = StringProperty("")
    age = StringProperty("")
    age_tone = StringProperty("neutral")
    empty = StringProperty("")
    __events__ = ("on_duty", "on_fetch")

    def show(self, state: TasksState) -> None:
        """Draw the state."""
        self.summary, self.age, self.age_tone, self.empty = state.summary, state.age, state.age_tone, state.empty
        fill(self.ids.rows.ids.column, self._row, state.cards)

    def _row(self) -> TaskRow:
        row = TaskRow()
        row.bind(on_duty=lambda _row, task, did: self._done(task, did))
        return row

    def _done(self, task: str, did: str) -> None:
        """Give up what was done with the note that stands in the field, which then is empty for the next."""
        note, self.ids.note.text = self.ids.note.text, ""
        self.dispatch("on_duty", task, did, note)

    def on_duty(self, task: str, did: str, note: str) -> None:
        """Hear that a duty of a task was done."""

    def on_fetch(self) -> None:
        """Hear that the office is to be asked now."""


load_kv(__file__)
