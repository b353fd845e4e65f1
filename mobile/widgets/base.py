"""The ground of every widget: `theme` and `_` in every .kv file, one-time loading of .kv, and the five kinds of text.

In .kv, without any import: `theme.ink`, `theme.mm * 15`, `_("Save")`, `n_("{n} photo", "{n} photos", root.n)`. All
of them follow a change of theme, device or language live.

`Text` wraps in its width and is as high as its words; `SoftText`, `TitleText` and `BigText` are the same, quieter,
bolder and larger. `Word` does not wrap and is as large as its words. `Drawing` is a widget that draws itself in Python.
"""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.event import EventDispatcher
from kivy.lang import Builder, global_idmap
from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from mobile.widgets.lines import Drawn, Lines
from mobile.widgets.theme import forget_the_dead, theme
from mobile.words import words

WATCH_EVERY_S = 0.5
"""How often the camera's folder is looked at by a screen that waits for a picture."""


class Translator(EventDispatcher):
    """`_` and `n_` of .kv files: callable, and what Kivy binds to so that a switch of language runs them again."""

    lang = StringProperty(words.lang)

    def __init__(self, say: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._say = say
        words.listen(self._switch)

    def _switch(self, lang: str) -> None:
        forget_the_dead()
        self.lang = lang

    def __call__(self, *args: Any) -> str:
        """Return the message in the language in use."""
        return str(self._say(*args))

    def fbind(self, name: str, func: Any, *args: Any, **kwargs: Any) -> Any:
        """Bind to the language where Kivy asks for `_`, the name that it gives to a translated expression."""
        return super().fbind("lang" if name == "_" else name, func, *args, **kwargs)

    def unbind_uid(self, name: str, uid: Any) -> None:
        """Undo `fbind`."""
        super().unbind_uid("lang" if name == "_" else name, uid)


global_idmap["theme"] = theme
global_idmap["_"] = Translator(words.say)
global_idmap["n_"] = words.say_n
global_idmap["pick"] = words.pick


def keep(screen: Any, *names: str) -> tuple[Any, ...]:
    """Return children of a screen, by their ids, that leave the tree and come back.

    `ids` hold weakly; and such a child holds its screen, because its rules ask the screen as long as it lives itself.
    """
    kept = tuple(screen.ids[name].__self__ for name in names)
    for child in kept:
        child.keeper = screen
    return kept


def load_kv(module_file: str) -> None:
    """Load the .kv file beside a module, once however often the module is imported."""
    path = str(Path(module_file).with_suffix(".kv"))
    if path not in Builder.files:
        Builder.load_file(path, rulesonly=True)


load_kv(__file__)


class Wrapped(Label):
    """A label whose lines break where a reader expects it; no rule of .kv is for it."""

    def _create_label(self) -> None:
        super()._create_label()
        self._label.__class__ = Lines
        self._label.text = self.text


class Text(Wrapped):
    """Words that wrap in the widget's width; `max_lines` shortens with an ellipsis."""

    test_id = StringProperty("")


class SoftText(Text):
    """Secondary words."""


class TitleText(Text):
    """The title of a card."""


class BigText(Text):
    """What is read from a step away."""


class Word(Label):
    """Words on one line; the widget is as large as they are."""

    test_id = StringProperty("")
    soft = BooleanProperty(False)
    tint = ColorProperty(None, allownone=True)

    def _create_label(self) -> None:
        super()._create_label()
        self._label.__class__ = Drawn
        self._label.text = self.text


class Drawing(Widget):
    """A widget that draws itself in Python: `draw` runs once a frame when a property named in `drawn_from` changed."""

    test_id = StringProperty("")
    drawn_from: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        self._redraw = Clock.create_trigger(self._draw, -1)
        super().__init__(**kwargs)
        for name in ("pos", "size", *self.drawn_from):
            self.fbind(name, self._redraw)
        self._redraw()

    def _draw(self, *_: Any) -> None:
        self.canvas.clear()
        with self.canvas:
            self.draw()

    def draw(self) -> None:
        """Draw the widget at its `pos` and `size`; the canvas is empty and active."""


class Watching(Widget):
    """What a screen is besides that looks for a picture, by its event `on_watch`, as long as it is in front."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._look = Clock.create_trigger(lambda _dt: self.dispatch("on_watch"), WATCH_EVERY_S, interval=True)

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Begin to look, or end."""
        if parent is None:
            self._look.cancel()
        else:
            self._look()
