"""CopiedField: what a paper says, as it is copied, with what is known already one touch away.

    field = CopiedField()
    field.show(state)              # path, label, text, known ("" where nothing else is), trouble
    field.bind(on_text_left=…)     # what was typed goes to its owner, as `on_keep` of a Field

What is being typed stays whatever is shown anew.
"""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import field  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import load_kv


class CopiedField(BoxLayout):
    """A field; what is known already is taken over in one touch."""

    path = StringProperty("")
    test_id = StringProperty("")
    label = StringProperty("")
    text = StringProperty("")
    known = StringProperty("")
    trouble = StringProperty("")
    __events__ = ("on_text_left",)

    def show(self, shown: Any) -> None:
        """Draw the field; what is being typed stays."""
        self.path, self.test_id, self.label = shown.path, f"copied:{shown.path}", shown.label
        self.known, self.trouble = shown.known, shown.trouble
        self.ids.field.hold(shown.text)

    def on_text_left(self) -> None:
        """Hear that the officer is done with what he typed, or that the tablet locks."""


load_kv(__file__)
