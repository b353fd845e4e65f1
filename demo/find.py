"""Finding widgets as an officer would see them: by their words, or by the name that a screen gave them."""

from collections.abc import Iterator
from typing import Any

from kivy.core.window import Window
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.modalview import ModalView
from kivy.uix.scrollview import ScrollView
from kivy.uix.textinput import TextInput

from mobile.widgets.part import Part


def everything() -> Iterator[Any]:
    """Return every widget in the window, those in front first."""
    for top in Window.children:
        yield from top.walk(restrict=True)


def lineage(widget: Any) -> Iterator[Any]:
    """Return the widget, its parent, and so on up to the window, which is left out."""
    while widget is not None and widget is not Window:
        yield widget
        widget = widget.parent if widget.parent is not widget else None


def box(widget: Any) -> tuple[float, float, float, float]:
    """Return the widget's left, bottom, right and top in the window."""
    left, bottom = widget.to_window(widget.x, widget.y)
    right, top = widget.to_window(widget.right, widget.top)
    return left, bottom, right, top


def centre(widget: Any) -> tuple[float, float]:
    """Return the middle of the widget in the window."""
    left, bottom, right, top = box(widget)
    return (left + right) / 2, (bottom + top) / 2


def viewports(widget: Any) -> list[Any]:
    """Return the scrolling views that the widget lies in, innermost first."""
    return [one for one in lineage(widget.parent) if isinstance(one, ScrollView)]


def is_within(widget: Any, outer: tuple[float, float, float, float]) -> bool:
    """Return whether the widget's centre lies in a box."""
    x, y = centre(widget)
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def is_shown(widget: Any) -> bool:
    """Return whether the widget could be seen, perhaps after scrolling: in the window, with size, not transparent."""
    chain = list(lineage(widget))
    attached = bool(chain) and chain[-1].parent is Window
    return attached and all(one.opacity > 0 for one in chain) and widget.width > 0 and widget.height > 0


def words_of(widget: Any) -> str:
    """Return the words that a widget shows; its hint where a field is empty."""
    text = getattr(widget, "text", "")
    return text or getattr(widget, "hint_text", "") if isinstance(text, str) else ""


def visible_texts() -> list[str]:
    """Return every piece of text that can be seen now, each once, from the front."""
    return list(dict.fromkeys(words_of(one) for one in everything() if words_of(one).strip() and is_shown(one)))


def target_of(widget: Any) -> Any:
    """Return what a touch on the widget presses: itself or the button or field around it."""
    return next((one for one in lineage(widget) if isinstance(one, ButtonBehavior | TextInput)), widget)


def by_text(text: str) -> list[Any]:
    """Return the widgets that show exactly the text, else those that contain it; pressable ones first."""
    shown = [one for one in everything() if text in words_of(one) and is_shown(one)]
    exact = [one for one in shown if words_of(one).strip() == text]
    targets = list(dict.fromkeys(target_of(one) for one in exact or shown))
    return sorted(targets, key=lambda one: not isinstance(one, ButtonBehavior | TextInput))


def by_id(name: str) -> list[Any]:
    """Return the widgets with that `test_id`, else those with that kv id; those that can be seen first."""
    found = [one for one in everything() if getattr(one, "test_id", "") == name]
    if not found:
        named = [one.ids[name].__self__ for one in everything() if name in one.ids]
        found = [one for one in dict.fromkeys(named) if one in set(everything())]
    return sorted(found, key=lambda one: not is_shown(one))


def _takes_touches(widget: Any) -> bool:
    return isinstance(widget, ButtonBehavior | TextInput | ModalView | ScrollView)


def _swallows(widget: Any) -> bool:
    """Whether a touch ends here although nothing is pressed: Kivy gives it to whatever is disabled, seen or not."""
    return bool(widget.disabled) and not any(isinstance(one, Part) and not one.shown for one in lineage(widget))


def covered_by(widget: Any) -> Any | None:
    """Return the widget in front that would take a touch on this one's centre, or None."""
    x, y = centre(widget)
    family = set(lineage(widget)) | set(widget.walk(restrict=True))
    for one in everything():
        if one in family or not (_swallows(one) or (_takes_touches(one) and is_shown(one))):
            continue
        # What has scrolled out of a list hears nothing.
        if all(_holds(box(part), x, y) for part in (one, *viewports(one))) and _is_in_front(one, widget):
            return one
    return None


def _holds(area: tuple[float, float, float, float], x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _is_in_front(one: Any, other: Any) -> bool:
    """Return whether one is touched before the other, by the order of children where their lines part."""
    ours, theirs = list(lineage(one))[::-1], list(lineage(other))[::-1]
    for a, b in zip(ours, theirs, strict=False):
        if a is not b:
            siblings = a.parent.children
            return bool(siblings.index(a) < siblings.index(b))
    return False
