"""Rows that follow a list of values: widgets are kept and told their value, so that a touch changes little."""

from collections.abc import Callable, Sequence
from typing import Any


def fill(box: Any, make: Callable[[], Any], values: Sequence[Any]) -> None:
    """Give a box one child for each value, in order, made by `make`; each child's `show(value)` draws it."""
    while len(box.children) > len(values):
        box.remove_widget(box.children[0])
    while len(box.children) < len(values):
        box.add_widget(make())
    # Kivy keeps the children of a box in reverse.
    for child, value in zip(reversed(box.children), values, strict=True):
        child.show(value)
