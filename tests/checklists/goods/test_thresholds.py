"""Points of small loads, from the rows that are published."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods.listing import load_tables
from checklists.goods.thresholds import Load, count, quantity, unit_of

TABLES = load_tables()


def load(text):
    goods, amount = text.split("=")
    un, _, group = goods.partition(":")
    return Load(un, *quantity(amount), group or None)


def total(*texts, mildest=False):
    return count(map(load, texts), TABLES, mildest=mildest)


@pytest.mark.parametrize(
    ("text", "category", "factor", "points"),
    [
        ("1202=500L", "3", 1, "500"), ("1203=333L", "2", 3, "999"), ("1092=1L", "1", 50, "50"),
        ("1005=20kg", "1", 20, "400"), ("1017=50kg", "1", 20, "1000"), ("0081=50kg", "1", 20, "1000"),
        ("1002=50L", "3", 1, "50"), ("1203=0.1L", "2", 3, "0.3"), ("0012=5000kg", "4", 0, "0"),
        ("1993:III=7L", "3", 1, "7"), ("2794=30kg", "3", 1, "30"),
    ],
)  # fmt: skip
def test_points_are_quantity_times_the_factor_of_the_category(text, category, factor, points):
    (one,) = total(text).loads
    assert (one.category, one.factor, one.points) == (category, factor, Decimal(points))


@pytest.mark.parametrize(
    ("texts", "within"),
    [
        (["1203=333L"], True), (["1203=333.1L"], False), (["1202=1000L"], True), (["1202=1000.000001L"], False),
        (["1831=20L"], True), (["1831=20.1L"], False), (["1005=50kg"], True), (["1005=50.001kg"], False),
        (["0012=50000kg"], True),
    ],
)  # fmt: skip
def test_one_category_has_its_own_limit(texts, within):
    assert total(*texts).within is within


@pytest.mark.parametrize(
    ("texts", "points", "within"),
    [
        (["1005=20kg", "1202=500L"], 900, True), (["1005=25kg", "1202=500L"], 1000, True),
        (["1005=25kg", "1202=501L"], 1001, False), (["0012=50000kg", "1202=1001L"], 1001, False),
        (["1831=10L", "1005=25kg"], 1000, True), (["1831=10L", "1005=25.1kg"], 1002, False),
        (["1203=0.1L", "1203=0.2L"], Decimal("0.9"), True),
    ],
)  # fmt: skip
def test_several_categories_come_to_at_most_a_thousand_points(texts, points, within):
    found = total(*texts)
    assert (found.points, found.within) == (points, within)


def test_any_amount_of_category_0_is_over():
    found = total("1183=1mL", "1202=1L")
    assert found.within is False
    assert (found.loads[0].points, found.points) == (None, 1)


def test_a_member_named_in_the_table_has_its_category_where_the_list_has_none():
    assert total("3549=1kg").loads[0].category == "0"


def test_goods_without_a_category_cannot_be_told_unless_the_rest_is_over():
    assert total("3556=1kg").within is None
    assert "UN 3556" in total("3556=1kg").because
    assert total("3556=1kg", "1202=1001L").within is False


def test_without_a_packing_group_the_strictest_is_taken_and_said():
    found = total("1993=30L")
    assert (found.loads[0].packing_group, found.points, found.within) == ("I", 1500, None)
    assert "I, II, III" in found.loads[0].because
    assert "strictest" in found.loads[0].because


def test_the_mildest_entry_shows_what_is_over_in_any_case():
    assert total("1993=30L", mildest=True).within is True
    assert total("1993=1001L", mildest=True).within is False


def test_aerosols_without_their_variant_are_the_strictest_too():
    assert total("1950=10kg").points == 500
    assert total("2215=1kg").within is None


@pytest.mark.parametrize(("text", "within"), [("1950=100kg", None), ("1950=1kg", True), ("1950=1000kg", None)])
def test_what_is_over_only_by_the_strictest_entry_cannot_be_told(text, within):
    assert total(text).within is within
    assert within or total(text).because.startswith("by the strictest")


def test_what_is_over_by_every_entry_is_over():
    assert total("1993=1001L").within is False


@pytest.mark.parametrize(
    ("un", "unit"),
    [
        ("1203", "L"), ("1005", "kg"), ("1977", "kg"), ("1002", "L"), ("1001", "kg"), ("1950", "kg"), ("3501", "L"),
        ("0081", "kg"), ("1402", "kg"), ("3077", "kg"), ("1428", None), ("2448", "L"),
    ],
)  # fmt: skip
def test_each_kind_of_goods_is_counted_in_its_unit(un, unit):
    assert unit_of(TABLES.goods.lookup(un)[0]) == unit


def test_a_liquid_by_its_mass_is_told_only_where_no_density_could_change_it():
    assert [total(f"1203={mass}kg").within for mass in (100, 300, 3000)] == [True, None, False]
    (one,) = total("1203=300kg").loads
    assert one.points is None
    assert "counted in L" in one.because


def test_a_gas_by_the_wrong_unit_is_never_within():
    assert total("1005=1L").within is None
    assert total("1002=1kg").within is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("500L", ("500", "L")), ("500 l", ("500", "L")), ("0.3t", ("300", "kg")), ("20公斤", ("20", "kg")),
        ("1.5吨", ("1500", "kg")), ("250mL", ("0.25", "L")), ("2m³", ("2000", "L")), ("５００升", ("500", "L")),
        ("1g", ("0.001", "kg")), ("1000000kg", ("1000000", "kg")),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_typed(text, read):
    amount, unit = quantity(text)
    assert (amount, unit) == (Decimal(read[0]), read[1])


WRONG = [
    "",
    "0L",
    "0.000kg",
    "-5L",
    "+5L",
    "5",
    "L",
    "5x",
    "1e3L",
    "nanL",
    "infL",
    "1,000L",
    "1000001kg",
    "9" * 40 + "L",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="quantity"):
        quantity(text)


AMOUNTS = st.decimals("0.001", "2000", places=3)
LOADS = st.builds(
    Load,
    st.sampled_from(["1202", "1203", "1005", "1017", "1092", "1183", "0081", "0012", "1993", "1950", "0511", "3549"]),
    AMOUNTS,
    st.sampled_from(["kg", "L"]),
)


@given(st.lists(LOADS, max_size=6), LOADS)
def test_a_further_load_never_lowers_the_points(loads, more):
    assert count([*loads, more], TABLES).points >= count(loads, TABLES).points


@given(st.lists(LOADS, min_size=1, max_size=6).flatmap(lambda loads: st.tuples(st.just(loads), st.permutations(loads))))
def test_the_order_of_loads_does_not_matter(orders):
    first, second = (count(loads, TABLES) for loads in orders)
    assert (first.points, first.within) == (second.points, second.within)


@given(st.sampled_from(["1202", "1203", "1005", "1092"]), AMOUNTS, AMOUNTS)
def test_one_load_in_two_parts_has_the_same_points(un, one, other):
    unit = unit_of(TABLES.goods.lookup(un)[0])
    parts = count([Load(un, one, unit), Load(un, other, unit)], TABLES)
    whole = count([Load(un, one + other, unit)], TABLES)
    assert (parts.points, parts.within) == (whole.points, whole.within)


def run(capsys, *loads):
    arguments = [part for load in loads for part in ("--load", load)]
    code = main(["thresholds", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out, parse_float=Decimal)


def test_the_command_prints_points_for_each_load_and_all(capsys):
    code, found = run(capsys, "1005=20kg", "1202:III=500L")
    assert (code, found["points"], found["within"]) == (0, 900, True)
    assert [(one["un"], one["category"], one["factor"], one["points"]) for one in found["loads"]] == [
        ("1005", "1", 20, 400),
        ("1202", "3", 1, 500),
    ]


def test_the_command_prints_exact_fractions(capsys):
    _, found = run(capsys, "UN1203=0.1L", "1202=0.2L", "1203:II=0.7L")
    assert found["points"] == Decimal("2.6")


def test_the_command_ends_with_one_where_it_is_over_or_open(capsys):
    assert run(capsys, "1202=1001L")[0] == 1
    code, found = run(capsys, "3556=1kg")
    assert (code, found["within"]) == (1, None)


@pytest.mark.parametrize("text", ["1202", "1202=", "1202=0L", "9999=5L", "1202:I=5L", "1202:V=5L", "=5L", "1202=1e9L"])
def test_the_command_ends_with_two_for_a_load_that_is_none(capsys, text):
    assert main(["thresholds", "--load", text]) == 2
    assert capsys.readouterr().err.strip()


def test_the_points_are_said_against_the_thousand(capsys):
    code, found = run(capsys, "1203:II=300L")
    assert (code, found["text"], found["limit"]) == (0, "900/1000", 1000)


MEMBERS = [("3551", "2"), ("3552", "2"), ("3554", "3"), ("3536", "2"), ("3559", "4")]


@pytest.mark.parametrize(("un", "category"), MEMBERS)
def test_numbers_that_the_table_of_goods_gives_no_category_have_that_of_the_members(un, category):
    (one,) = count([Load(un, Decimal(10), "kg")], TABLES).loads
    assert one.category == category
