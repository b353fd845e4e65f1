"""ControlStrip: a control photo that is asked, and the way to say why there can be none.

    ControlStrip:
        on_reason: …(args[1])

`show(item, reasons)` draws it; without an item it takes no room. `section` names its section where nothing else does.
"""

from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets import bars, field, part, picks  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv


@dataclass(frozen=True)
class _Reason:
    key: str
    text: str
    chosen: bool = False


class ControlStrip(BoxLayout):
    """What was drawn, in words, with the reasons to pick from once they are asked for."""

    test_id = StringProperty("control")
    item = StringProperty("")
    section = StringProperty("")
    asking = BooleanProperty(False)
    __events__ = ("on_reason",)

    def show(self, item: str, reasons: tuple[str, ...]) -> None:
        """Draw what is asked."""
        self.asking = self.asking and bool(item)
        self.item = item
        self.ids.reasons.show([_Reason(one, one) for one in reasons] if item else [])

    def give(self, reason: str) -> None:
        """Give a reason up."""
        if reason.strip():
            self.asking, self.ids.own.text = False, ""
            self.dispatch("on_reason", reason.strip())

    def on_reason(self, reason: str) -> Any:
        """Hear why there is no control photo."""


load_kv(__file__)
