"""Part: a piece of a column that is only there when there is something to say; hidden it takes no room.

    Part:                          # one property decides
        shown: bool(root.notice)
        Notice:
            text: root.notice

Bind `shown` to words or a state; what is inside keeps its own height.
"""

from typing import Any

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.base import load_kv


class Part(BoxLayout):
    """A vertical box with room below it, or nothing; a `tight` one has no room below."""

    shown = BooleanProperty(True)
    tight = BooleanProperty(False)

    def on_touch_down(self, touch: Any) -> bool:
        """Let touches through while hidden: what is inside keeps its size and lies over its neighbours."""
        return bool(self.shown and super().on_touch_down(touch))


load_kv(__file__)
