"""QuestionCard: a fact that only an officer can tell, with its answers, and a line that says what it decides.

    fill(box, QuestionCard, questions)         # each has path, title, decides, and options to pick
    card.bind(on_say=lambda card, path, key: …)

Nothing is chosen beforehand; what was said comes back from the state.
"""

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import picks  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class QuestionCard(BoxLayout):
    """One question; its stripe says whether anything was said yet."""

    path = StringProperty("")
    title = StringProperty("")
    decides = StringProperty("")
    said = BooleanProperty(False)
    __events__ = ("on_say",)

    def show(self, question: Any) -> None:
        """Draw the question."""
        self.path, self.title, self.decides = question.path, question.title, question.decides
        self.said = any(one.chosen for one in question.options)
        self.ids.options.test_id = f"ask:{question.path}"
        self.ids.options.show(question.options)

    def on_say(self, path: str, key: str) -> None:
        """Hear an answer."""


load_kv(__file__)
