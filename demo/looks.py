"""What must hold of every screen, by its widgets: nothing cut, missing, too small, too close, over or outside.

`faults()` looks at the window as it is laid out now, painted or not; contrast is measured on the painted picture
(`demo.contrast`). A fault says its rule, the widget and its words, so that it can be found in the .kv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from kivy.core.window import Window

from demo import find
from demo.find import covered_by, is_within, lineage
from demo.painted import Box, Seen, clip, is_kin, is_scroll, seen
from mobile.widgets.bars import TopBar
from mobile.widgets.buttons import BarButton, DangerButton, PrimaryButton
from mobile.widgets.cards import SyncPill
from mobile.widgets.platekeys import Key, PlateKeyboard
from mobile.widgets.theme import theme
from mobile.words import words

SLACK_MM = 0.3
"""Rounding to whole pixels, and the empty rim of a glyph's box."""
LIST_MM = 10
"""The least that a list with more to show leaves in sight: a finger's width."""
GAP_MM = 8
"""Beside what decides something."""
NEAR_MM = 1.5
"""Between any two targets that do different things; a tile's two halves stand so close."""
KEYS_MM = 0.5
"""Between targets of one kind, such as the keys of a pad or the cells of the table."""
LONGEST_WORD = 14
"""Signs of a word or number that is expected on one line even in a narrow column."""


_LAST, _FIRST = re.compile(r"[A-Za-z0-9.]+$"), re.compile(r"[A-Za-z0-9.]*[A-Za-z0-9]")


@dataclass(frozen=True)
class Fault:
    """Something that an officer would stumble over."""

    rule: str
    widget: str
    words: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.widget} {self.words[:60]!r} {self.detail}".rstrip()


def faults() -> list[Fault]:
    """Return what is wrong with the layout of all that is in the window."""
    found = seen()
    targets = [one for one in found if one.is_target]
    checks = (
        *(_cut(one) for one in found if one.is_words),
        *(_glyphs(one) for one in found),
        *(_size(one) for one in targets),
        *(_dead(one) for one in targets),
        *(_outside(one) for one in found if one.paints or one.is_target),
        *(_slit(one) for one in found if is_scroll(one.widget)),
        _gaps(targets),
        _overlaps([one for one in found if one.paints or one.is_target]),
    )
    return list(dict.fromkeys(fault for check in checks for fault in check))


def _cut(one: Seen) -> Iterator[Fault]:
    """Words that are not all there, lie outside their widget, or are broken inside a word or number."""
    full = "".join(words.marked(one.widget.text).split())
    set_ = "".join("".join(word.text for word in line.words) for line in one.lines)
    if "".join(set_.split()) != full:
        rule = "shortened" if one.widget.shorten else "cut"
        # On the bar the office's name may be shortened: the lock screen and every paper have it whole.
        if rule == "shortened" and any(isinstance(around, TopBar) for around in lineage(one.widget)):
            return
        yield Fault(rule, one.name, one.words, f"shows {set_[-30:]!r}")
    wide, high = one.ink[2] - one.ink[0], one.ink[3] - one.ink[1]
    room_x, room_y = one.widget.width + _slack(), one.widget.height + _slack()
    if wide > room_x or high > room_y:
        yield Fault("cut", one.name, one.words, f"words {_mm(wide)} × {_mm(high)}, widget {_mm(one.widget.width)} × "
                    f"{_mm(one.widget.height)} mm")  # fmt: skip
    yield from _broken(one)


def _broken(one: Seen) -> Iterator[Fault]:
    """A Latin word or a number that goes on in the next line, where it is short enough to stand on one."""
    text, at = words.marked(one.widget.text), 0
    for line in one.lines[:-1]:
        for sign in "".join(word.text for word in line.words).strip():
            at = text.find(sign, at) + 1
        before, after = _LAST.search(text[:at]), _FIRST.match(text[at:])
        if before and after and len(before[0] + after[0]) <= LONGEST_WORD:
            yield Fault("broken", one.name, one.words, f"{before[0]}|{after[0]}")


def _glyphs(one: Seen) -> Iterator[Fault]:
    """A character that the font does not have: Kivy draws an empty box."""
    drawn = [str(getattr(one.widget, name, "")) for name in ("text", "label", "un", "hazard")] if one.paints else []
    if missing := set("".join(drawn)) - _glyphs_of(_font(one.widget)) - set("\n "):
        yield Fault("no glyph", one.name, one.words, " ".join(sorted(missing)))


def _font(widget: Any) -> str:
    if hasattr(widget, "_label"):
        return str(widget._label.options.get("font_name_r") or "")
    # Plates and panels are drawn with bold signs; fields are written in the regular font.
    from kivy.core.text import DEFAULT_FONT, LabelBase

    return str(LabelBase._fonts[DEFAULT_FONT][0 if hasattr(widget, "cursor") else 2])


@cache
def _glyphs_of(font: str) -> set[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as held:
        return set(map(chr, held.getBestCmap()))


def _size(one: Seen) -> Iterator[Fault]:
    """A target that a glove would miss."""
    least = 15 if isinstance(one.widget, PrimaryButton | DangerButton) else 10
    wide, high = one.widget.size
    if min(wide, high) < theme.mm * least - 0.5:
        yield Fault("small", one.name, one.words, f"{_mm(wide)} × {_mm(high)} mm, least {least}")


def _dead(one: Seen) -> Iterator[Fault]:
    """A target whose middle does not hear a touch, because something that may not even be seen takes it."""
    in_sight = all(is_within(one.widget, find.box(view)) for view in one.views)
    if in_sight and not one.widget.disabled and (cover := covered_by(one.widget)):
        yield Fault("dead", one.name, one.words, f"under {type(cover).__name__} {getattr(cover, 'test_id', '')!r}")


def _outside(one: Seen) -> Iterator[Fault]:
    """Something beyond the window, or beside the list that it scrolls in."""
    left, bottom, right, top = one.ink
    if one.views:
        outer = one.views[0].to_window(*one.views[0].pos)
        beyond = left < outer[0] - _slack() or right > outer[0] + one.views[0].width + _slack()
    else:
        beyond = (
            left < -_slack() or bottom < -_slack() or right > Window.width + _slack() or top > Window.height + _slack()
        )
    if beyond:
        yield Fault("outside", one.name, one.words, f"at {left:.0f} {bottom:.0f} {right:.0f} {top:.0f}")


def _slit(one: Seen) -> Iterator[Fault]:
    """A list with more in it than is in sight, of which so little is in sight that nobody looks for the rest."""
    column = next(iter(one.widget.children), None)
    if column is not None and column.height > one.widget.height * 1.2 and one.widget.height < theme.mm * LIST_MM:
        told = "".join(map(find.words_of, column.walk()))
        yield Fault("slit", one.name, told, f"{_mm(one.widget.height)} of {_mm(column.height)} mm")


def _gaps(targets: list[Seen]) -> Iterator[Fault]:
    """Targets that a finger would confuse: 8 mm beside what decides, a little between any two."""
    for one, other in combinations(targets, 2):
        if is_kin(one.widget, other.widget) or one.views[:1] != other.views[:1]:
            continue
        apart = _apart(one.box, other.box)
        decides = any(isinstance(each.widget, PrimaryButton | DangerButton) for each in (one, other))
        # The bar is a strip of its own, and what stands on it can be undone.
        decides = decides and not any(isinstance(each.widget, BarButton | SyncPill) for each in (one, other))
        pad = any(isinstance(part, Key | PlateKeyboard) for each in (one, other) for part in lineage(each.widget))
        alike = type(one.widget) is type(other.widget)
        least = KEYS_MM if alike and not decides else GAP_MM if decides and not pad else NEAR_MM
        if apart < theme.mm * least - _slack():
            yield Fault("close", one.name, one.words, f"{_mm(apart)} mm beside {other.name} {other.words[:30]!r}")


def _overlaps(painted: list[Seen]) -> Iterator[Fault]:
    """Two things that are drawn over each other where both can be seen."""
    boxes = [(one, one.shown_ink) for one in painted]
    for (one, box), (other, rival) in combinations(boxes, 2):
        both = clip(box, rival)
        if min(both[2] - both[0], both[3] - both[1]) > _slack() and not is_kin(one.widget, other.widget):
            yield Fault("overlap", one.name, one.words, f"with {other.name} {other.words[:30]!r}")


def _apart(one: Box, other: Box) -> float:
    """Return the gap between two boxes in pixels; corners that only look past each other are far apart."""
    x = max(one[0], other[0]) - min(one[2], other[2])
    y = max(one[1], other[1]) - min(one[3], other[3])
    return max(x, y)


def _slack() -> float:
    return float(theme.mm * SLACK_MM)


def _mm(pixels: float) -> str:
    return f"{pixels / theme.mm:.1f}"


def told(shot: str, found: Iterable[Fault]) -> list[str]:
    """Return one line for each fault, with the shot that it was seen in."""
    return [f"{shot}: {fault}" for fault in found]
