"""Where editions of the goods list differ, both values are accepted and the difference is told."""

import pytest

from checklists.goods.listing import load_tables

GOODS = load_tables().goods


def first(un: str):
    return GOODS.lookup(un, variant=1)[0]


@pytest.mark.parametrize(
    ("un", "column", "values"),
    [
        ("1835", "subsidiary", {"", "6.1"}),
        ("1835", "labels", {"8", "6.1+8"}),
        ("1891", "class", {"6", "6.1", "3"}),
        ("1891", "labels", {"6.1", "3+6.1"}),
        ("3423", "class", {"8", "6", "6.1"}),
        ("3423", "packing_group", {"II", "I"}),
        ("3423", "hazard_id", {"80", "668"}),
        ("3507", "class", {"6", "6.1", "8"}),
        ("3507", "subsidiary", {"8", "7+8"}),
        ("2028", "packing_group", {"II", ""}),
        ("1834", "hazard_id", {"X668", "X88"}),
        ("1687", "tunnel_code", {"E", "D/E"}),
        ("3480", "labels", {"9A", "9"}),
    ],
)
def test_both_editions_are_accepted_where_they_differ(un, column, values):
    assert first(un).accepts(column) == values
    assert first(un).differs(column)


@pytest.mark.parametrize(
    ("un", "column", "values"),
    [
        ("1830", "class", {"8"}),
        ("1830", "subsidiary", {""}),
        ("1017", "class", {"2", "2.3"}),
        ("1017", "subsidiary", {"5.1+8"}),
        ("1017", "packing_group", {""}),
        ("0004", "class", {"1", "1.1", "1.1D"}),
        ("1169", "hazard_id", {"33"}),
    ],
)
def test_where_editions_agree_only_their_value_is_accepted(un, column, values):
    assert first(un).accepts(column) == values
    assert not first(un).differs(column)


@pytest.mark.parametrize(
    ("un", "column", "values"),
    [
        ("0511", "class", {"1", "1.1", "1.1B"}),
        ("0511", "labels", {"1"}),
        ("3560", "labels", {"6.1+8"}),
        ("3097", "subsidiary", {"5.1"}),
        ("0020", "subsidiary", {"6.1"}),
    ],
)
def test_the_national_value_stands_where_adr_has_none(un, column, values):
    assert first(un).accepts(column) == values
    assert not first(un).differs(column)


@pytest.mark.parametrize(("un", "column"), [("0511", "hazard_id"), ("3097", "tunnel_code"), ("3540", "subsidiary")])
def test_what_no_edition_tells_is_an_empty_set_not_a_none(un, column):
    assert first(un).accepts(column) == frozenset()
    assert not first(un).differs(column)


def test_a_list_of_one_catalogue_is_no_edition_and_a_missing_label_there_no_difference():
    assert first("1891").row["conflicts"].count("SAT") == 1
    assert first("3101").differs("subsidiary")
    assert first("3101").accepts("labels") == {"1+5.2"}


def test_every_difference_that_an_entry_names_is_told():
    named = {"class": "class:", "subsidiary": "subsidiary:", "packing_group": "pg:", "labels": "labels:"}
    for row in GOODS.rows:
        goods = GOODS.lookup(row[0], variant=int(row[1]))[0]
        said = " ".join(goods.conflicts)
        for column, mark in named.items():
            if mark in said:
                assert goods.differs(column), (goods.un, column)
                assert len(goods.accepts(column)) > 1
            elif column != "labels":
                assert not goods.differs(column), (goods.un, column)


def test_an_unknown_column_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        first("1830").accepts("colour")
