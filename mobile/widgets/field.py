"""Field: a line (or more) to write in, with its label above; typing is the last resort of every screen.

    Field:
        label: _("Office address")
        hint: "https://…"
        text: ""                    # what stands in it, both ways
        lines: 1
        on_keep: …args[1]           # what was typed goes to its owner: Enter, a touch elsewhere, another screen, a lock
        waits: True                 # instead: the words wait for the button beside them, and go with the screen
        on_enter: …                 # Enter was pressed in a one-line field, after `on_keep`
        on_leave: …                 # the field lost the focus, by Enter or by a touch elsewhere, after `on_keep`

The owner's `show()` says by `hold(text)` what stands, so that no words stay for the next person or vehicle. A touch
elsewhere keeps the words before any button acts. Enter in a field with several lines begins the next one; while it is
typed in, a key beside its label ends that. A character that our fonts lack stands as 〓 in the field and is named
below it, because it is kept and a paper wants it written by hand.
"""

from typing import Any
from weakref import WeakSet

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.textinput import TextInput

from mobile import glyphs
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import SmallButton
from mobile.words import _

_written: "WeakSet[Field]" = WeakSet()
"""The fields in which something was written or shown; those of screens that are gone leave by themselves."""


def settle() -> None:
    """Give the words typed on the screen in front to their owners; called before the officer goes anywhere."""
    for one in tuple(_written):
        if one.get_root_window() is not None:
            one.keep()


def renew() -> None:
    """Empty the fields whose words wait for a button; called when a screen comes to the front."""
    for one in tuple(_written):
        if one.waits:
            one.text = ""


class Typing(TextInput):
    """A text input that draws no empty boxes, and knows what an input method has not finished.

    Kivy writes what is being composed (pinyin, or the word that is offered for it) into `text`; `typed` is without.
    """

    typed = StringProperty("")

    def write(self, text: str) -> None:
        """Let this stand in it; what is being composed goes, unless it is being written into these very words."""
        if text != self.typed:
            self._ime_composition = ""
            self.text = text

    def drop_composition(self) -> None:
        """Take out what is being composed: nobody chose a word for it."""
        self.window_on_textedit(None, "")

    def window_on_textedit(self, window: Any, ime_input: str) -> None:
        """Show what an input method composes; Kivy tells of each step on the way, which are nothing typed."""
        self._on_the_way = True
        super().window_on_textedit(window, ime_input)
        self._on_the_way = False
        self.on_text(self, self.text)

    _on_the_way = False

    def on_text(self, _input: Any, text: str) -> None:
        """Tell what was typed."""
        if not self._on_the_way:
            end = self.cursor_index(self._ime_cursor) if self._ime_composition else 0
            self.typed = text[: end - len(self._ime_composition)] + text[end:] if end else text

    def _create_line_label(self, text: str, hint: bool = False) -> Any:
        return super()._create_line_label(glyphs.in_place(text), hint)

    def _get_text_width(self, text: str, tab_width: int, _label_cached: Any) -> int:
        return int(super()._get_text_width(glyphs.in_place(text), tab_width, _label_cached))


class DoneKey(SmallButton):
    """Ends the typing of several lines: Enter on the system's keyboard begins the next one."""


class Field(BoxLayout):
    """A labelled text field; `input_type` is set because Android's default blocks Chinese input methods."""

    test_id = StringProperty("")
    label = StringProperty("")
    hint = StringProperty("")
    text = StringProperty("")
    lines = NumericProperty(1)
    unseen = StringProperty("")
    waits = BooleanProperty(False)
    __events__ = ("on_enter", "on_leave", "on_keep")

    def __init__(self, **kwargs: Any) -> None:
        self._stands = ""
        self._done: DoneKey | None = None
        super().__init__(**kwargs)

    def hold(self, text: str) -> None:
        """Show what stands; words that are being typed, and were not kept yet, are left alone."""
        if self.text.strip() == self._stands:
            self._stands = text.strip()
            self.text = text

    def keep(self) -> None:
        """Give what was typed to its owner, once."""
        if not self.waits and (text := self.text.strip()) != self._stands:
            self._stands = text
            self.dispatch("on_keep", text)

    def entered(self) -> None:
        """Take Enter."""
        self.keep()
        self.dispatch("on_enter")

    def focussed(self, focus: bool) -> None:
        """Take that typing begins, or that it has ended: what was being composed goes then."""
        head, writing = self.ids.label, self.ids.input
        if focus and self.lines > 1 and self._done is None:
            self._done = DoneKey(test_id=f"{self.test_id}:done")
            self._done.bind(on_release=lambda _key: setattr(writing, "focus", False))
            head.add_widget(self._done)
        if focus:
            return
        if self._done is not None:
            head.remove_widget(self._done)
            self._done = None
        writing.drop_composition()
        self.keep()
        self.dispatch("on_leave")

    def on_kv_post(self, _base: Any) -> None:
        """Write what it was made with."""
        self.ids.input.write(self.text)

    def on_text(self, _field: Any, text: str) -> None:
        """Write it, and name what cannot be drawn."""
        if "input" in self.ids:
            self.ids.input.write(text)
        _written.add(self)
        codes = "、".join(map(glyphs.code, glyphs.lacking(text)))
        said = _("〓 is a character that this tablet cannot show ({codes}); it is kept.")
        self.unseen = said.format(codes=codes) if codes else ""

    def on_keep(self, text: str) -> None:
        """Hear what was typed; empty where it was taken out again."""

    def on_enter(self) -> None:
        """Hear that the officer is done with the line."""

    def on_leave(self) -> None:
        """Hear that the officer is done with the field."""


load_kv(__file__)
