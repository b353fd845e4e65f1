"""Field: a line (or more) to write in, with its label above; typing is the last resort of every screen.

    Field:
        label: _("Office address")
        hint: "https://…"
        text: ""                    # what stands in it, both ways
        lines: 1
        on_enter: …                 # Enter was pressed in a one-line field
        on_leave: …                 # the field lost the focus, by Enter or by a touch elsewhere

Enter in a field with several lines begins the next one.
"""

from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.base import load_kv


class Field(BoxLayout):
    """A labelled text field; `input_type` is set because Android's default blocks Chinese input methods."""

    test_id = StringProperty("")
    label = StringProperty("")
    hint = StringProperty("")
    text = StringProperty("")
    lines = NumericProperty(1)
    __events__ = ("on_enter", "on_leave")

    def on_enter(self) -> None:
        """Hear that the officer is done with the line."""

    def on_leave(self) -> None:
        """Hear that the officer is done with the field."""


load_kv(__file__)
