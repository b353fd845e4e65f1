"""Cards and the small things on them. Whatever has a tone carries a word and a sign too: colour is never alone.

    Card:                          # a rounded ground for anything; vertical BoxLayout, as high as its content if `snug`
        snug: True
        stripe: theme.agency_police            # optional, on the left edge
    Notice:                        # a strip across the page
        tone: "unknown"            # primary (info), good, unknown (warning), danger (error)
        text: _("The waybill is older than a day.")
    StatusPill:                    # tone + word
        tone: "danger"
        text: _("Does not conform")
    SyncPill:                      # on the top bar; press to open the sync centre (on_release)
        online: False
        waiting: 2                 # records and photos not yet acknowledged
        troubled: 0                # of those, how many need the officer
    VerdictLight:                  # result of a rule: consistent, conflict, cannot_tell, stale; "" shows nothing
        verdict: "cannot_tell"
        detail: "waybill"          # e.g. what is missing; may be empty
    Steps:                         # where the inspection stands
        names: [_("Identify"), _("Walk"), _("Sign")]
        current: 1
        on_step: root.go(args[1])  # index of the step that was pressed; only steps up to `reached` can be

Verdicts differ by shape as well: circle, square, triangle, rounded square. Cannot-tell is amber and never green.
"""

from typing import Any

from kivy.graphics import Color, SmoothEllipse, SmoothRoundedRectangle, SmoothTriangle
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import buttons  # noqa: F401  # its classes are used in the .kv
from mobile.widgets.base import Drawing, load_kv
from mobile.widgets.signs import draw_sign

VERDICTS = {
    "consistent": ("good", "tick"),
    "caveat": ("unknown", "bang"),
    "conflict": ("danger", "cross"),
    "cannot_tell": ("unknown", "query"),
    "stale": ("stale", "clock"),
}
TONE_SIGNS = {
    "primary": "info",
    "good": "tick",
    "unknown": "bang",
    "danger": "cross",
    "stale": "clock",
    "neutral": "dash",
}
VERDICT_TONES = {verdict: tone for verdict, (tone, _sign) in VERDICTS.items()}


class Card(BoxLayout):
    """A rounded ground; `snug` makes it as high as what is on it."""

    test_id = StringProperty("")
    snug = BooleanProperty(False)
    fill = ColorProperty("#FFFFFF")
    edge = ColorProperty("#CCCCCC")
    stripe = ColorProperty(None, allownone=True)


class Notice(BoxLayout):
    """A strip that says something about the page below it."""

    test_id = StringProperty("")
    tone = StringProperty("primary")
    text = StringProperty("")
    signs = TONE_SIGNS


class StatusPill(BoxLayout):
    """A state in a word, with its tone and sign."""

    test_id = StringProperty("")
    tone = StringProperty("neutral")
    text = StringProperty("")
    sign = StringProperty("")
    signs = TONE_SIGNS


class SyncPill(ButtonBehavior, StatusPill):
    """Whether there is a link, and how much has not been acknowledged yet; by a hub nothing is ever acknowledged."""

    online = BooleanProperty(False)
    by_hub = BooleanProperty(False)
    waiting = NumericProperty(0)
    troubled = NumericProperty(0)


class VerdictMark(Drawing):
    """The shape and sign of a verdict."""

    verdict = StringProperty("")
    fill = ColorProperty("#000000")
    ink = ColorProperty("#FFFFFF")
    drawn_from = ("verdict", "fill", "ink")

    def draw(self) -> None:
        """Draw the shape that belongs to the verdict, and its sign in it."""
        if self.verdict not in VERDICTS:
            return
        side = min(self.size)
        x, y = self.center_x - side / 2, self.center_y - side / 2
        Color(*self.fill)
        shrink, lift = 0.58, 0.0
        if self.verdict == "consistent":
            SmoothEllipse(pos=(x, y), size=(side, side))
        elif self.verdict == "conflict":
            SmoothRoundedRectangle(pos=(x, y), size=(side, side), radius=[side * 0.08])
        elif self.verdict == "cannot_tell":
            SmoothTriangle(points=[x - side * 0.06, y, x + side * 1.06, y, x + side / 2, y + side * 1.04])
            shrink, lift = 0.52, -0.14
        else:
            SmoothRoundedRectangle(pos=(x, y), size=(side, side), radius=[side * 0.34])
            shrink = 0.68
        Color(*self.ink)
        sign = VERDICTS[self.verdict][1]
        draw_sign(sign, x + side * (1 - shrink) / 2, y + side * ((1 - shrink) / 2 + lift), side * shrink)


class VerdictLight(BoxLayout):
    """The result of a rule in shape, colour and word, with an optional detail."""

    test_id = StringProperty("")
    verdict = StringProperty("")
    detail = StringProperty("")
    compact = BooleanProperty(False)
    tones = VERDICT_TONES


class Step(ButtonBehavior, BoxLayout):
    """One step of the flow."""

    test_id = StringProperty("")
    text = StringProperty("")
    number = NumericProperty(0)
    state_name = StringProperty("ahead")


class Steps(BoxLayout):
    """The steps of the inspection, the current one marked; `on_step` says which one was pressed."""

    test_id = StringProperty("")
    names = ListProperty()
    current = NumericProperty(0)
    reached = NumericProperty(0)
    __events__ = ("on_step",)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in ("names", "current", "reached"):
            self.fbind(name, self._fill)
        self._fill()

    def _fill(self, *_: Any) -> None:
        """Have one Step for each name, and tell each its state."""
        while len(self.children) > len(self.names):
            self.remove_widget(self.children[0])
        while len(self.children) < len(self.names):
            step = Step(number=len(self.children))
            step.bind(on_release=lambda pressed: self.dispatch("on_step", pressed.number))
            self.add_widget(step)
        for step in self.children:
            step.text = self.names[step.number]
            done = "done" if step.number < self.current else "ahead"
            step.state_name = "current" if step.number == self.current else done
            step.disabled = step.number > max(self.reached, self.current)

    def on_step(self, number: int) -> None:
        """Hear which step was pressed, counted from 0."""


load_kv(__file__)
