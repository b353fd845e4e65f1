"""The contrast of words, measured on the painted picture: the ground is the colour that fills most of their box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kivy.core.window import Window

from demo.looks import Fault
from demo.painted import Box, Seen, seen
from mobile.widgets.palette import contrast
from mobile.widgets.theme import theme

LEAST = {False: 7.0, True: 4.5}
"""By night or not: in the sun the words must stand out as WCAG's level AAA has it, by night as AA."""
FAINT = 0.25
"""How much of the contrast thin strokes keep after smoothing; below it the words are not painted at all."""


def faults(picture: Any) -> list[Fault]:
    """Return the words in sight that stand out too little; `picture` shows the window, as a Pillow image."""
    return list(dict.fromkeys(fault for one in seen() if _writes(one) for fault in _faint(one, picture)))


def _writes(one: Seen) -> bool:
    return one.is_words or (hasattr(one.widget, "cursor") and bool(one.words))


def _faint(one: Seen, picture: Any) -> Iterator[Fault]:
    left, bottom, right, top = box = one.shown_ink
    if one.ink != box or right - left < 2 or top - bottom < 2:
        return
    counted = _colours(picture, box)
    ground = counted[0][1]
    ink = _hex(_ink_of(one.widget))
    found = contrast(ground, ink)
    least = LEAST[theme.night]
    if found < least:
        yield Fault("contrast", one.name, one.words, f"{ink} on {ground} {found:.1f}:1, least {least:g}")
    painted = max(contrast(ground, colour) for _count, colour in counted)
    if any(sign.isalnum() for sign in one.words) and painted < 1 + (found - 1) * FAINT:
        yield Fault("not painted", one.name, one.words, f"{ink} on {ground}")


def _ink_of(widget: Any) -> list[float]:
    """Return the colour that a label or a field writes in now."""
    if hasattr(widget, "cursor"):
        if not widget.text:
            return list(widget.hint_text_color)
        return list(widget.disabled_foreground_color if widget.disabled else widget.foreground_color)
    return list(widget.disabled_color if widget.disabled else widget.color)


def _hex(colour: list[float]) -> str:
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in colour[:3])


def _colours(picture: Any, box: Box) -> list[tuple[int, str]]:
    """Return the colours in a box of the window with their pixels, the most frequent first."""
    left, bottom, right, top = box
    crop = picture.crop((int(left), int(Window.height - top), int(right), int(Window.height - bottom)))
    counted = sorted(crop.getcolors(maxcolors=crop.width * crop.height), reverse=True)
    return [(count, "#{:02X}{:02X}{:02X}".format(*colour)) for count, colour in counted[:400]]
