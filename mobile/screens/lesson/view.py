"""T10: a question in large words with its answers, and beside it why the answer before was right or wrong."""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.lesson.state import LessonState, Told
from mobile.widgets import bars, cards, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import QuietButton
from mobile.widgets.cards import TONE_SIGNS, Card
from mobile.widgets.rows import fill


class AnswerRow(QuietButton):
    """One answer, as high as its words need."""

    key = StringProperty("")

    def show(self, pick: Any) -> None:
        """Draw the answer."""
        self.key, self.text, self.test_id = pick.key, pick.text, f"answer:{pick.key}"


class ToldCard(Card):
    """A question that was answered, with the right answer and its reason."""

    tone = StringProperty("neutral")
    title = StringProperty("")
    question = StringProperty("")
    given = StringProperty("")
    correct = StringProperty("")
    why = StringProperty("")
    law = StringProperty("")
    signs = TONE_SIGNS

    def show(self, told: Told) -> None:
        """Draw it."""
        self.tone, self.title, self.question = told.tone, told.title, told.question
        self.given, self.correct, self.why, self.law = told.given, told.right, told.why, told.law


class FormulaRow(BoxLayout):
    """A word to remember, and what it means."""

    word = StringProperty("")
    means = StringProperty("")

    def show(self, look: tuple[str, str]) -> None:
        """Draw the row."""
        self.word, self.means = look


class LessonScreen(BoxLayout):
    """The lesson."""

    view = StringProperty("")
    title = StringProperty("")
    progress = StringProperty("")
    question = StringProperty("")
    brief = StringProperty("")
    story = StringProperty("")
    score = StringProperty("")
    score_tone = StringProperty("good")
    kept = StringProperty("")
    next_words = StringProperty("")
    several = BooleanProperty(False)
    __events__ = ("on_person", "on_answer", "on_next")

    def show(self, state: LessonState) -> None:
        """Draw the state; another question begins at its top."""
        fresh = (state.view, state.question) != (self.view, self.question)
        self.view, self.title, self.progress, self.question = state.view, state.title, state.progress, state.question
        self.brief, self.story, self.kept, self.next_words = state.brief, state.story, state.kept, state.next
        self.score, self.score_tone, self.several = state.score, state.score_tone, _may_turn(state)
        self.ids.people.show(state.people)
        fill(self.ids.options, self._option, state.options if state.view == "ask" else ())
        fill(self.ids.told, ToldCard, state.told)
        fill(self.ids.formula, FormulaRow, state.formula if state.view == "result" else ())
        fill(self.ids.looks, FormulaRow, state.formula if state.view == "brief" else ())
        if fresh:
            self.ids.left.to_top()
            self.ids.right.to_top()

    def _option(self) -> AnswerRow:
        row = AnswerRow()
        row.bind(on_release=lambda pressed: self.dispatch("on_answer", pressed.key))
        return row

    def on_person(self, role: str) -> None:
        """Hear who is asked next."""

    def on_answer(self, place: str) -> None:
        """Hear which answer was touched, by its place."""

    def on_next(self) -> None:
        """Hear that this is done."""


def _may_turn(state: LessonState) -> bool:
    """Whether another person can be chosen: not in the middle of somebody's answers."""
    return bool(state.people) and not (state.told and state.view == "ask")


load_kv(__file__)
