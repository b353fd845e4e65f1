"""What can be seen of the widgets in the window, as plain boxes: words with their lines, targets and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kivy.core.window import Window
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.image import Image
from kivy.uix.label import Label
from kivy.uix.modalview import ModalView
from kivy.uix.scrollview import ScrollView
from kivy.uix.textinput import TextInput

from demo import find
from mobile.widgets.base import Drawing

_FIGURES = re.compile(r"[0-9.]+")
_ABOVE, _BELOW = 0.25, 0.15
"""What a line leaves free for accents and tails, which figures do not have."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in pixels of the window."""


@dataclass(frozen=True)
class Seen:
    """One widget that is not hidden. `box` is all of it, wherever a list has been scrolled to."""

    widget: Any
    box: Box

    @property
    def name(self) -> str:
        """What somebody who mends it looks for: the class, and the nearest name around it."""
        named = next((one for one in find.lineage(self.widget) if getattr(one, "test_id", "")), None)
        where = f" in {named.test_id}" if named is not None and named is not self.widget else ""
        own = f" {named.test_id}" if named is self.widget else ""
        return f"{type(self.widget).__name__}{own}{where}"

    @property
    def words(self) -> str:
        """What it says."""
        return find.words_of(self.widget).strip()

    @property
    def is_words(self) -> bool:
        """Whether it is a label that says something."""
        return isinstance(self.widget, Label) and bool(self.words)

    @property
    def is_target(self) -> bool:
        """Whether a finger may press it now."""
        return isinstance(self.widget, ButtonBehavior | TextInput) and not self.widget.disabled

    @property
    def paints(self) -> bool:
        """Whether it is a thing by itself, and no box around others."""
        drawn = isinstance(self.widget, TextInput) or (isinstance(self.widget, Image) and self.widget.source)
        # A sign may be none at times.
        drawn = drawn or (isinstance(self.widget, Drawing) and getattr(self.widget, "sign", True))
        return bool(drawn or self.is_words) or (isinstance(self.widget, ButtonBehavior) and not self.widget.children)

    @cached_property
    def lines(self) -> list[Any]:
        """The lines in which Kivy set the words of a label."""
        return list(self.widget._label._cached_lines)

    @cached_property
    def ink(self) -> Box:
        """Where its words lie; for anything else all of it."""
        if not self.is_words:
            return self.box
        left, bottom, right, top = self.box
        wide = max((line.w for line in self.lines), default=0)
        high = sum(line.h for line in self.lines)
        texture_wide, texture_high = self.widget.texture_size
        pad_left, pad_top, pad_right, pad_bottom = self.widget.padding
        # Kivy centres the texture in the widget; words stand in it within the padding, as their alignment says.
        x, y = (left + right - texture_wide) / 2, (bottom + top - texture_high) / 2
        room_x = texture_wide - pad_left - pad_right - wide
        room_y = texture_high - pad_top - pad_bottom - high
        x += pad_left + room_x * {"center": 0.5, "right": 1}.get(self.widget.halign, 0)
        y += pad_bottom + room_y * {"bottom": 0, "top": 1}.get(self.widget.valign, 0.5)
        if _FIGURES.fullmatch(self.words):
            return x, y + high * _BELOW, x + wide, y + high * (1 - _ABOVE)
        return x, y, x + wide, y + high

    @cached_property
    def views(self) -> list[Any]:
        """The scrolling views that it lies in."""
        return find.viewports(self.widget)

    @property
    def shown_ink(self) -> Box:
        """The part of its ink that is in the window and in its lists now; empty boxes have no width or height."""
        inner = [find.box(view) for view in self.views]
        return clip(self.ink, (0, 0, Window.width, Window.height), *inner)


def seen() -> list[Seen]:
    """Return what is not hidden, from the front; behind a dialogue nothing is looked at."""
    dialogue = next((top for top in Window.children if isinstance(top, ModalView)), None)
    tops = [dialogue] if dialogue is not None else list(Window.children)
    return [found for top in tops for found in _below(top)]


def _below(widget: Any) -> Iterator[Seen]:
    """Yield a widget and what is in it, front first; a hidden one hides all that is in it."""
    if widget.opacity == 0:
        return
    for child in widget.children:
        yield from _below(child)
    if widget.width > 0 and widget.height > 0:
        yield Seen(widget, find.box(widget))


def clip(box: Box, *within: Box) -> Box:
    """Return the part of a box that lies in all others."""
    left, bottom, right, top = box
    for one in within:
        left, bottom, right, top = max(left, one[0]), max(bottom, one[1]), min(right, one[2]), min(top, one[3])
    return left, bottom, max(left, right), max(bottom, top)


def is_kin(one: Any, other: Any) -> bool:
    """Return whether one widget lies in the other."""
    return other in find.lineage(one) or one in find.lineage(other)


def is_scroll(widget: Any) -> bool:
    """Return whether it is a scrolling view."""
    return isinstance(widget, ScrollView)
