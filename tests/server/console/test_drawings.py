"""Plates, orange plates and signatures are drawn from values."""

from __future__ import annotations

import pytest

from server.console import drawings


@pytest.mark.parametrize(
    ("plate", "parts"),
    [
        ("蒙K12345", ("蒙K", "12345", "")),
        ("蒙K1234挂", ("蒙K", "1234", "挂")),
        ("京A12345D", ("京A", "12345D", "")),
        ("", ("", "", "")),
    ],
)
def test_a_plate_falls_into_its_parts(plate: str, parts: tuple[str, str, str]) -> None:
    assert drawings.plate_parts(plate) == parts


@pytest.mark.parametrize(
    ("text", "panels"),
    [
        ("80/1830", [("80", "1830")]),
        ("80/1830、X423/1428", [("80", "1830"), ("X423", "1428")]),
        ("?/1830", [("?", "1830")]),
        ("29120", []),
        ("80/1830、李某", []),
        (None, []),
    ],
)
def test_only_a_value_that_is_all_orange_plates_is_drawn_as_such(text: str, panels: list[tuple[str, str]]) -> None:
    assert drawings.panels(text) == panels


def test_strokes_from_the_lower_left_are_turned_over() -> None:
    pen = drawings.pen([[[10, 0], [10, 160]]])
    assert pen is not None
    assert pen.path == "M0 160L0 0"


def test_flat_strokes_and_pairs_draw_the_same() -> None:
    assert drawings.pen([[1, 2, 3, 4]]) == drawings.pen([[[1, 2], [3, 4]]])


@pytest.mark.parametrize("strokes", [None, [], [[]], ["x"], [[["a", "b"]]], [[1, 2, 3]]])
def test_what_is_no_stroke_draws_nothing(strokes: object) -> None:
    assert drawings.pen(strokes) is None
