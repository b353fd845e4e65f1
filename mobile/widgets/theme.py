"""How the tablet looks and how large things are: one `theme`, known by that name in every .kv file.

Colours: each role of `mobile.widgets.palette` is a property (`theme.ink`, `theme.primary`, `theme.primary_ink` …), and
`theme.night = True` changes them all; a role known only at run time: `theme.of(root.tone, theme.night)`.
Lengths are in pixels and come from millimetres on the glass: `theme.mm` (pixels per millimetre: `theme.mm * 15` in
.kv, `mm(15)` in Python), `theme.touch` (15 mm, what an officer presses with gloves), `theme.touch_min` (10 mm, the
least), `theme.gap` (8 mm between targets that do different things), `theme.pad` (4 mm), `theme.space` (2 mm),
`theme.radius`. Text: `text_small`, `text`, `text_title`, `text_big`, `text_huge`. `theme.wide`: two columns fit (more
than 180 mm); `theme.low`: less than 100 mm high, as a 7-inch tablet lying; `theme.portrait`: higher than wide.
"""

import gc
from math import hypot
from typing import Any

from kivy.core.text import DEFAULT_FONT, LabelBase
from kivy.event import EventDispatcher
from kivy.properties import AliasProperty, BooleanProperty, ColorProperty, NumericProperty
from kivy.utils import get_color_from_hex

from mobile.glyphs import BOLD, REGULAR
from mobile.widgets.palette import NIGHT, SUNLIGHT

MM_PER_INCH = 25.4
# Lengths on the glass in millimetres, the same on every device.
SIZES_MM = {
    "touch": 15,
    "touch_min": 10,
    "gap": 8,
    "pad": 4,
    "space": 2,
    "radius": 1.6,
    "hairline": 0.25,
    "text_small": 2.65,
    "text": 3.1,
    "text_title": 3.8,
    "text_big": 5.4,
    "text_huge": 9,
}

AGENCIES = {"T": "transport", "P": "police", "M": "market", "E": "emergency", "X": "ecology"}


def forget_the_dead() -> None:
    """Collect widgets that nobody holds any more; call it before all widgets are told something.

    Rules of .kv stay bound to `theme` and `_` until their widget is collected. One collected in the middle of its own
    rule is a ReferenceError, and a rule makes enough objects to set off a collection.
    """
    gc.collect()


class Theme(EventDispatcher):
    """Colours by role and lengths by device; every one of them is a Kivy property."""

    night = BooleanProperty(False)
    mm = NumericProperty(1280 / 217)
    wide = AliasProperty(lambda self: self._width / self.mm > 180, bind=["mm", "_width"])
    low = AliasProperty(lambda self: self._height / self.mm < 100, bind=["mm", "_height"])
    portrait = AliasProperty(lambda self: self._height > self._width, bind=["_width", "_height"])
    _width = NumericProperty(1280)
    _height = NumericProperty(800)

    def __init__(self, **kwargs: Any) -> None:
        self.apply_property(**{role: ColorProperty(colour) for role, colour in SUNLIGHT.items()})
        self.apply_property(**{size: NumericProperty(0) for size in SIZES_MM})
        super().__init__(**kwargs)
        self.on_mm()

    def on_night(self, *_: Any) -> None:
        """Give every role its colour of the theme that is now on."""
        forget_the_dead()
        for role, colour in (NIGHT if self.night else SUNLIGHT).items():
            setattr(self, role, colour)

    def on_mm(self, *_: Any) -> None:
        """Give every length its pixels."""
        for size, millimetres in SIZES_MM.items():
            setattr(self, size, millimetres * self.mm)

    def of(self, role: str, night: bool) -> list[float]:
        """Return the colour of a role known only at run time; in .kv: `theme.of(root.tone + "_soft", theme.night)`."""
        return list(get_color_from_hex((NIGHT if night else SUNLIGHT)[role]))

    def agency(self, code: str, night: bool) -> list[float]:
        """Return the stripe of an agency by its code in the checklist (T, P …) or its word; else the joint one."""
        role = f"agency_{AGENCIES.get(code, code)}"
        return self.of(role if role in SUNLIGHT else "agency_joint", night)

    def set_device(self, width_px: float, height_px: float, diagonal_inch: float) -> None:
        """Scale to a screen of this many pixels and inches."""
        millimetre = hypot(width_px, height_px) / (diagonal_inch * MM_PER_INCH)
        if (self._width, self._height, self.mm) == (width_px, height_px, millimetre):
            return
        forget_the_dead()
        self._width, self._height, self.mm = width_px, height_px, millimetre


theme = Theme()


def mm(millimetres: float) -> float:
    """Return a length on the glass in pixels."""
    return float(theme.mm * millimetres)


def register_fonts() -> None:
    """Make Noto Sans SC the font of every label; call it before the first one is made."""
    LabelBase.register(DEFAULT_FONT, str(REGULAR), fn_bold=str(BOLD))
