"""Where editions in force differ, both values are accepted and the difference is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.goods import editions
from checklists.goods.changes import changes_of
from checklists.goods.listing import Tables, load_tables

TABLES = load_tables()
GOODS = TABLES.goods
ADDED = ("goods_changes", "goods_editions", "deleted_numbers", "gas_table", "outdated_lists")
OLD = Tables.from_plain({name: table for name, table in TABLES.to_plain().items() if name not in ADDED}).goods


def first(un: str, table=GOODS):
    return table.lookup(un, variant=1)[0]


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
    ],
)
def test_a_package_of_before_says_what_it_always_said(un, column, values):
    assert first(un, OLD).accepts(column) == values
    assert first(un, OLD).differs(column)


@pytest.mark.parametrize(
    ("un", "column", "values"),
    [
        ("1835", "subsidiary", {"6.1"}),
        ("1835", "labels", {"6.1+8"}),
        ("1872", "labels", {"5.1"}),
        ("1891", "class", {"3"}),
        ("3423", "packing_group", {"I"}),
        ("3423", "hazard_id", {"668"}),
    ],
)
def test_an_entry_that_both_new_editions_changed_has_only_the_new_value(un, column, values):
    assert first(un).accepts(column) == values
    assert not first(un).differs(column)
    assert changes_of(first(un)) and not first(un).versions.excuses


@pytest.mark.parametrize(
    ("un", "column", "values"),
    [
        ("3507", "class", {"6", "6.1", "8"}),
        ("1392", "vehicle_for_tank", {"FL", "AT"}),
        ("2683", "hazard_id", {"86", "836"}),
        ("2908", "tunnel_code", {"-", "E"}),
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


@pytest.mark.parametrize(("un", "column"), [("3097", "tunnel_code"), ("3540", "subsidiary")])
def test_what_no_edition_tells_is_an_empty_set_not_a_none(un, column):
    assert first(un).accepts(column) == frozenset()
    assert not first(un).differs(column)


def test_a_list_of_one_catalogue_is_no_edition_and_a_missing_label_there_no_difference():
    assert first("1891").row["conflicts"].count("SAT") == 1
    assert first("3101").differs("subsidiary")
    assert first("3101").accepts("labels") == {"1+5.2"}


def test_every_difference_that_an_entry_names_is_told():
    named = {"class": "class:", "subsidiary": "subsidiary:", "packing_group": "pg:", "labels": "labels:"}
    for row in OLD.rows:
        goods = OLD.lookup(row[0], variant=int(row[1]))[0]
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


@pytest.mark.parametrize(
    ("regime", "day", "leading"),
    [
        ("CN", "2025-09-30", ["ADR2017"]),
        ("CN", "2025-10-01", ["ADR2025", "GB2025", "ADR2017"]),
        ("EU", "2024-12-31", ["ADR2017"]),
        ("EU", "2025-01-01", ["ADR2025", "ADR2017"]),
        ("EU", "2025-06-30", ["ADR2025", "ADR2017"]),
        ("EU", "2025-07-01", ["ADR2025"]),
        ("eu", "2026-11-28", ["ADR2025"]),
        ("elsewhere", "2026-11-28", ["ADR2025", "GB2025", "ADR2017"]),
    ],
)
def test_regime_and_day_decide_which_editions_answer(regime, day, leading):
    found = editions.in_force(regime, date.fromisoformat(day), TABLES.goods_editions)
    assert [one.id for one in found] == leading


@given(st.dates(), st.sampled_from(["CN", "EU", ""]))
def test_on_any_day_some_edition_answers_and_every_number_is_found(day, regime):
    table = TABLES.on(regime, day).goods
    assert table.lookup("1830")[0].hazard_id == "80"
    assert len(table) == len(GOODS)


def test_the_tables_of_a_day_are_made_once_and_share_what_does_not_change():
    one, other = (TABLES.on("CN", date(2025, month, 1)) for month in (8, 9))
    assert one is other
    assert one.segregation is TABLES.segregation
    assert one.goods.rows is GOODS.rows
    assert TABLES.on("CN", date(2026, 1, 1)) is TABLES


@pytest.mark.parametrize(
    ("un", "variant", "column", "value"),
    [
        ("1774", 1, "classification_code", "C9"),
        ("2016", 1, "classification_code", "T10"),
        ("2017", 1, "classification_code", "TC5"),
        ("1700", 1, "classification_code", "TF4"),
        ("2210", 1, "classification_code", "SW1"),
        ("2870", 1, "classification_code", "SW1"),
        ("2870", 2, "classification_code", "SW2"),
        ("3269", 1, "classification_code", "F1"),
        ("3269", 2, "classification_code", "F1"),
        ("3527", 1, "classification_code", "F1"),
        ("3393", 1, "classification_code", "SW1"),
        ("3394", 1, "classification_code", "SW1"),
        ("3208", 2, "excepted_quantity", "E2"),
    ],
)
def test_newer_cells_lead(un, variant, column, value):
    assert GOODS.lookup(un, variant=variant)[0].row[column] == value


@pytest.mark.parametrize(
    ("un", "group", "column", "value"),
    [
        ("2880", "II", "excepted_quantity", "E2"),
        ("3209", "II", "excepted_quantity", "E2"),
        ("3312", None, "excepted_quantity", "E0"),
        ("2059", "I", "tunnel_code", "B"),
        ("3064", "II", "tunnel_code", "B"),
        ("3357", "II", "tunnel_code", "B"),
        ("3379", "I", "tunnel_code", "B"),
        ("3387", "I", "hazard_id", "665"),
        ("3316", "II", "transport_category", "2"),
    ],
)
@pytest.mark.parametrize("regime", ["CN", "EU"])
def test_what_is_in_doubt_in_the_newer_source_stays_as_it_was(regime, un, group, column, value):
    found = TABLES.on(regime, None).goods.lookup(un, group) or TABLES.on(regime, None).goods.lookup(un)
    assert {one.row[column] for one in found[:1]} == {value}
    assert not any(one.column == column for goods in found for one in changes_of(goods))


@pytest.mark.parametrize("un", ["0015", "0016", "0303", "1950", "2037", "3101", "3112", "3221", "3232"])
def test_a_hazard_that_only_the_national_list_does_not_print_keeps_its_label(un):
    labels = [one.labels for one in GOODS.lookup(un)]
    assert labels == [one.labels for one in OLD.lookup(un)]
    assert all(one.accepts("labels") == {"+".join(sorted(one.labels))} for one in GOODS.lookup(un))


def test_a_number_that_only_the_newest_editions_have_says_so_before_their_day():
    early = TABLES.on("CN", date(2025, 9, 30)).goods
    assert [first(un, early).standing for un in ("3551", "3560", "0514")] == ["not_yet"] * 3
    assert [first(un).standing for un in ("3551", "3560", "0514")] == [""] * 3
    assert first("3553").versions.before is None and first("1891").versions.before is not None


def test_every_cell_of_a_newer_edition_belongs_to_an_entry_and_a_column():
    entries = {(row[0], row[1]) for row in GOODS.rows}
    assert {(row["un"], row["variant"]) for row in TABLES.goods_changes} <= entries
    assert {row["column"] for row in TABLES.goods_changes} <= set(GOODS.columns)


def test_members_of_the_transport_categories_agree_with_the_list_in_force():
    for row in TABLES.transport_category:
        for un in filter(None, row["un_numbers"].split(";") if row["kind"] == "members" else ()):
            assert {one.transport_category for one in GOODS.lookup(un)} == {row["category"]}, un
