"""A list in a fact: one value of it changes, one place goes or comes, and what changed is told value by value."""

import pytest

from checklists.inspection.compound import END, Change, changes, replaced

LINES = [{"un": "1830", "net_mass_kg": 28000}, {"un": "1203"}, {"un": "1202", "name": "柴油"}]


def test_one_value_is_replaced_and_all_others_stay():
    after = replaced(LINES, ("2", "un"), "1223")
    assert [one["un"] for one in after] == ["1830", "1223", "1202"] and LINES[1] == {"un": "1203"}
    assert changes(LINES, after) == (Change(("2", "un"), "1203", "1223"),)


def test_a_place_that_goes_is_told_by_where_it_stood_and_moves_no_other():
    after = replaced(LINES, ("1",), None)
    assert after == LINES[1:]
    assert changes(LINES, after) == (Change(("1",), LINES[0], None),)


def test_one_that_comes_stands_at_the_end():
    after = replaced(LINES, (END,), {"un": "1267"})
    assert changes(LINES, after) == (Change(("4",), None, {"un": "1267"}),)
    assert changes(None, replaced(None, (END,), {"un": "1267"})) == (Change(("1",), None, {"un": "1267"}),)


def test_a_value_that_was_not_there_was_not_known():
    after = replaced(LINES, ("2", "net_mass_kg"), 900)
    assert changes(LINES, after) == (Change(("2", "net_mass_kg"), None, 900),)


@pytest.mark.parametrize(("old", "new"), [("a", "b"), (["8"], ["8", "3"]), (["8"], []), (None, 3)])
def test_a_single_value_and_a_list_of_words_change_as_a_whole(old, new):
    assert changes(old, new) == (Change((), old, new),)


@pytest.mark.parametrize("way", [("4", "un"), ("0",), ("9",)])
def test_a_place_that_is_not_there_is_no_place(way):
    with pytest.raises(ValueError, match="no place"):
        replaced(LINES, way, "1")


def test_nothing_is_told_where_nothing_changed():
    assert changes(LINES, [dict(one) for one in LINES]) == ()
