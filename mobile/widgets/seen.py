"""SeenList: a list that knows whether it was seen to its end; what is confirmed or signed stood before somebody's eyes.

    SeenList:
        id: told                    # then `told.seen`, and `told.begin(what)` where it shows something else now
    FurtherButton:                  # one screen further down; it is there as long as the end was not seen
        seen_list: told

A list that fits is seen at once. What was seen stays seen while it shows the same.
"""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, ObjectProperty

from mobile.widgets.bars import ScrollList
from mobile.widgets.base import load_kv
from mobile.widgets.buttons import QuietButton
from mobile.widgets.theme import theme

CALM_FRAMES = 3
"""So many frames without a change before the end is looked for: rows grow to their words over several."""


class SeenList(ScrollList):
    """A column of rows with an end that may have been seen; `more` once it is known that something lies below."""

    seen = BooleanProperty(False)
    more = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._what: Any = None
        self._calm = CALM_FRAMES
        self._look = Clock.create_trigger(self._frame, 0)
        super().__init__(**kwargs)
        for name in ("scroll_y", "size", "viewport_size"):
            self.fbind(name, self._changed)
        self._changed()

    def begin(self, what: Any) -> None:
        """Say what is shown; something else than before begins at its top and has not been seen."""
        if what != self._what:
            self._what, self.seen, self.more = what, False, False
            self.to_top()
        self._changed()

    def further(self) -> None:
        """Go on by most of what is in sight."""
        hidden = self.viewport_size[1] - self.height
        if hidden > 0:
            self.scroll_y = max(0.0, self.scroll_y - self.height * 0.85 / hidden)
            self.effect_y.reset(self.effect_y.max * self.scroll_y)

    def _changed(self, *_: Any) -> None:
        self._calm = CALM_FRAMES
        if not self.seen:
            self._look()

    def _frame(self, _dt: float) -> None:
        self._calm -= 1
        if self._calm > 0:
            self._look()
        elif self.get_root_window() is not None and self.height > 1:
            below = (self.viewport_size[1] - self.height) * self.scroll_y
            self.seen = below <= theme.mm * 2
            self.more = not self.seen


class FurtherButton(QuietButton):
    """One screen further down in a list whose end was not seen."""

    seen_list = ObjectProperty(None, rebind=True)


load_kv(__file__)
