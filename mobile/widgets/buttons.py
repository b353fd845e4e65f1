"""Buttons: 15 mm high, words in the middle, an optional drawn sign before them.

    PrimaryButton:                 # the one thing to do next
        text: _("New check")
        sign: "plus"               # a name of mobile.widgets.signs, or ""
        on_release: root.dispatch("on_new")
    QuietButton:                   # everything else
    DangerButton:                  # what holds, seizes or deletes
    SmallButton:                   # 10 mm, for what is rarely pressed
    Chip:                          # a toggle: `active`, event on_toggle(active)
        text: _("Worn")
    ChoiceRow:                     # conforms / does_not_conform / does_not_apply / not_verified
        value: root.answer         # "" or one of ANSWERS; set it to show it
        on_answer: root.dispatch("on_answer", args[1])   # the officer pressed it

A ChoiceRow shows what `value` says and does not change it by itself: the answer comes back from the inspection.
"""

from kivy.graphics import Color
from kivy.graphics.instructions import CanvasBase
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.base import Wrapped, load_kv
from mobile.widgets.signs import draw_sign


class BaseButton(ButtonBehavior, Wrapped):
    """A filled, rounded target with words and perhaps a sign; subclasses choose the colours."""

    test_id = StringProperty("")
    sign = StringProperty("")
    fill = ColorProperty("#FFFFFF")
    edge = ColorProperty("#000000")
    ink = ColorProperty("#000000")
    radius = NumericProperty(0)
    sign_room = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self._mark = CanvasBase()
        super().__init__(**kwargs)
        self.canvas.after.add(self._mark)
        # Other words may make a texture of the same size.
        for name in ("sign", "color", "pos", "size", "texture_size", "texture", "font_size"):
            self.fbind(name, self._draw_sign)
        self._draw_sign()

    def _draw_sign(self, *_: object) -> None:
        self._mark.clear()
        self.sign_room = self.font_size * 1.5 if self.sign and self.text else 0
        if not self.sign:
            return
        side = self.font_size * (1.05 if self.text else 1.4)
        x = self.center_x - side / 2
        if self.text:
            # Kivy gives the width of the text's box; how wide the words in it are, only its lines know.
            words_wide = max((line.w for line in self._label._cached_lines), default=0)
            x = self.center_x - (words_wide + self.sign_room) / 2
        with self._mark:
            Color(*self.color)
            draw_sign(self.sign, x, self.center_y - side / 2, side)


class PrimaryButton(BaseButton):
    """The one thing to do next."""


class QuietButton(BaseButton):
    """Any other thing to do."""


class DangerButton(BaseButton):
    """What holds, seizes, refuses or deletes."""


class SmallButton(QuietButton):
    """A quiet button of 10 mm, for what is rarely pressed."""


class BarButton(BaseButton):
    """A button on the top bar."""


class Chip(BaseButton):
    """A toggle that keeps its state in `active` and tells it by `on_toggle`; a tick shows it besides the colour."""

    active = BooleanProperty(False)
    __events__ = ("on_toggle",)

    def on_release(self) -> None:
        """Change over."""
        self.active = not self.active
        self.dispatch("on_toggle", self.active)

    def on_toggle(self, active: bool) -> None:
        """Hear that the officer changed it."""


class AnswerButton(BaseButton):
    """One of the four answers; chosen, it is filled and carries its sign."""

    answer = StringProperty("")
    chosen = BooleanProperty(False)
    tone = StringProperty("neutral")


class ChoiceRow(BoxLayout):
    """The four answers to an item, one of them perhaps chosen."""

    test_id = StringProperty("")
    value = StringProperty("")
    may_not_apply = BooleanProperty(True)
    __events__ = ("on_answer",)

    def on_answer(self, answer: str) -> None:
        """Hear which answer the officer pressed."""


load_kv(__file__)
