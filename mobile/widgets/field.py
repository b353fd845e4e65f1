"""Field: a line (or more) to write in, with its label above; typing is the last resort of every screen.

    Field:
        label: _("Office address")
        hint: "https://…"
        text: ""                    # what stands in it, both ways
        lines: 1
        on_enter: …                 # Enter was pressed in a one-line field
        on_leave: …                 # the field lost the focus, by Enter or by a touch elsewhere

Enter in a field with several lines begins the next one. A character that our fonts lack stands as 〓 in the field and
is named below it, because it is kept and a paper wants it written by hand.
"""

from typing import Any

from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.textinput import TextInput

from mobile import glyphs
from mobile.widgets.base import load_kv
from mobile.words import _


class Typing(TextInput):
    """A text input that draws no empty boxes."""

    def _create_line_label(self, text: str, hint: bool = False) -> Any:
        return super()._create_line_label(glyphs.in_place(text), hint)

    def _get_text_width(self, text: str, tab_width: int, _label_cached: Any) -> int:
        return int(super()._get_text_width(glyphs.in_place(text), tab_width, _label_cached))


class Field(BoxLayout):
    """A labelled text field; `input_type` is set because Android's default blocks Chinese input methods."""

    test_id = StringProperty("")
    label = StringProperty("")
    hint = StringProperty("")
    text = StringProperty("")
    lines = NumericProperty(1)
    unseen = StringProperty("")
    __events__ = ("on_enter", "on_leave")

    def on_text(self, _field: Any, text: str) -> None:
        """Name what cannot be drawn."""
        codes = "、".join(map(glyphs.code, glyphs.lacking(text)))
        said = _("〓 is a character that this tablet cannot show ({codes}); it is kept.")
        self.unseen = said.format(codes=codes) if codes else ""

    def on_enter(self) -> None:
        """Hear that the officer is done with the line."""

    def on_leave(self) -> None:
        """Hear that the officer is done with the field."""


load_kv(__file__)
