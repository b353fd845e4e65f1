"""What must be on board, from the rows that are published."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods.equipment import Requirement, demands, required, required_by_all, strictest
from checklists.goods.listing import load_tables

ASKED = demands(load_tables())
LIQUID = frozenset({"liquid"})


def asked(labels, *, states=LIQUID, mass_kg=49_000, crew=2, exempt=False, vehicles=2) -> dict[str, Requirement]:
    found = required(labels, states, mass_kg, crew, exempt, ASKED, vehicles=vehicles)
    assert len({one.key for one in found}) == len(found)
    return {one.key: one for one in found}


def test_an_acid_tanker_with_two_aboard_needs_fourteen_things():
    needs = asked(frozenset({"8"}))
    assert {key: need.count for key, need in needs.items()} == {
        "extinguisher_count": 2, "extinguisher_capacity": None, "extinguisher_cab": 1, "extinguisher_other": 1,
        "wheel_chock": 2, "warning_sign": 2, "eye_rinse": 1, "vest": 2, "lamp": 2, "gloves": 2, "eye_protection": 2,
        "shovel": 1, "drain_seal": 1, "collecting_container": 1,
    }  # fmt: skip
    assert needs["extinguisher_capacity"].min_capacity_kg == 12
    assert not any(need.assumed or need.missing for need in needs.values())


@pytest.mark.parametrize(
    ("mass_kg", "total", "other"), [(3_500, 4, 2), (3_501, 8, 6), (7_500, 8, 6), (7_501, 12, 6), (49_000, 12, 6)]
)
def test_extinguishers_follow_the_mass_of_the_unit(mass_kg, total, other):
    needs = asked(frozenset({"3"}), mass_kg=mass_kg)
    assert needs["extinguisher_capacity"].min_capacity_kg == total
    assert needs["extinguisher_other"].min_capacity_kg == other


def test_an_unknown_mass_takes_the_strictest_row_and_says_so_only_where_it_matters():
    needs = asked(frozenset({"3"}), mass_kg=None)
    assert needs["extinguisher_capacity"].min_capacity_kg == 12
    assert needs["extinguisher_capacity"].assumed == ("mass",)
    assert needs["extinguisher_count"].assumed == ()


def test_an_unknown_crew_leaves_the_count_open_but_keeps_the_requirement():
    vest = asked(frozenset({"8"}), crew=None)["vest"]
    assert (vest.count, vest.missing) == (None, "crew")
    assert asked(frozenset({"8"}), vehicles=None)["wheel_chock"].missing == "vehicles"


def test_a_flammable_gas_needs_neither_eye_rinse_nor_shovel_nor_mask():
    assert not {"eye_rinse", "shovel", "escape_mask"} & asked(frozenset({"2.1"}), states=frozenset({"gas"})).keys()


def test_chlorine_needs_masks_and_eye_rinse_but_no_drain_seal():
    needs = asked(frozenset({"2.3", "5.1", "8"}), states=frozenset({"gas"}))
    assert needs["escape_mask"].count == 2
    assert "eye_rinse" in needs
    assert "drain_seal" not in needs


def test_an_unknown_state_keeps_the_drain_seal_as_an_assumption():
    assert asked(frozenset({"8"}), states=None)["drain_seal"].assumed == ("state",)


def test_unknown_labels_keep_everything_and_no_label_at_all_is_not_only_gas():
    assert asked(None)["escape_mask"].assumed == ("labels",)
    assert "eye_rinse" in asked(frozenset())
    assert "escape_mask" not in asked(frozenset())


def test_an_exempt_load_needs_one_extinguisher_of_two_kilograms():
    (need,) = asked(frozenset({"8"}), exempt=True).values()
    assert (need.key, need.count, need.min_capacity_kg) == ("extinguisher_count", 1, 2)


def test_a_mixed_load_joins_what_each_of_its_goods_asks():
    gas = required(frozenset({"2.3", "8"}), frozenset({"gas"}), 9_000, 1, False, ASKED)
    toxic = required(frozenset({"6.1"}), frozenset({"solid"}), 9_000, 1, False, ASKED)
    keys = {one.key for one in strictest(gas, toxic)}
    assert {"escape_mask", "eye_rinse"} <= keys
    assert "shovel" not in keys


def test_joining_keeps_an_assumption_that_every_part_made():
    part = required(frozenset({"8"}), LIQUID, None, 1, False, ASKED)
    joined = {one.key: one for one in strictest(part, part)}
    assert joined["extinguisher_capacity"].assumed == ("mass",)


LABELS = st.frozensets(st.sampled_from(["1", "2.1", "2.3", "3", "4.1", "6.1", "8", "9"]))


@given(LABELS, st.integers(0, 60_000), st.integers(0, 4))
def test_knowing_less_never_asks_for_fewer_things(labels, mass_kg, crew):
    known = asked(labels, mass_kg=mass_kg, crew=crew)
    unknown = asked(None, states=None, mass_kg=None, crew=None)
    assert known.keys() <= unknown.keys()
    for key, need in known.items():
        assert (unknown[key].min_capacity_kg or 0) >= (need.min_capacity_kg or 0)


def test_each_thing_says_when_it_is_required():
    mask = asked(frozenset({"2.3"}))["escape_mask"]
    assert mask.condition == {"zh": "载有2.3或6.1号标志货物", "en": "label 2.3 or 6.1 on board"}


@given(LABELS, LABELS, st.integers(1, 60_000))
def test_the_order_of_goods_does_not_matter_and_more_goods_never_need_less(one, other, mass_kg):
    mine, its = (required(labels, LIQUID, mass_kg, 2, False, ASKED) for labels in (one, other))
    joined = strictest(mine, its)
    assert {need.key: need.count for need in joined} == {need.key: need.count for need in strictest(its, mine)}
    assert {need.key for need in joined} == {need.key for need in (*mine, *its)}


STATES = st.none() | st.frozensets(st.sampled_from(["solid", "liquid", "gas"]), min_size=1)


@given(st.lists(st.tuples(st.none() | LABELS, STATES), max_size=5), st.none() | st.integers(0, 60_000), st.booleans())
def test_kinds_asked_together_ask_what_each_of_them_asks(kinds, mass_kg, exempt):
    together = required_by_all(kinds, mass_kg, 2, exempt, ASKED)
    assert together == strictest(*(required(*kind, mass_kg, 2, exempt, ASKED) for kind in kinds))


def run(capsys, *arguments):
    assert main(["equipment", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


CHLORINE = ("--un", "1017", "--containment", "tank", "--mass-t", "18", "--crew", "2")


def test_the_command_lists_what_a_chlorine_tanker_needs(capsys):
    found = run(capsys, *CHLORINE)
    counts = {one["key"]: one["count"] for one in found["items"]}
    assert (counts["escape_mask"], counts["vest"], counts["warning_sign"], counts["wheel_chock"]) == (2, 2, 2, 1)
    assert "shovel" not in counts
    mask = next(one for one in found["items"] if one["key"] == "escape_mask")
    assert mask["because"] == "label 2.3 or 6.1 on board (JT/T 617.7; ADR 8.1.5.3)"


def test_the_command_says_how_many_extinguishers_of_which_size(capsys):
    sizes = run(capsys, *CHLORINE)["extinguishers"]
    assert [sizes[key] for key in ("number", "total_capacity_kg", "cab_kg", "other_kg")] == [2, 12, 2, 6]
    assert "over 7.5 t" in sizes["because"]


@pytest.mark.parametrize(
    ("containment", "amount", "within", "things"),
    [
        ("packages", "300L", True, 1), ("packages", "333.1L", False, 14), ("packages", "0.1t", True, 1),
        ("packages", "300kg", None, 14), ("packages", "10t", False, 14), ("tank", "1L", False, 14),
    ],
)  # fmt: skip
def test_the_quantity_decides_the_relief_of_packages_alone(capsys, containment, amount, within, things):
    found = run(capsys, "--un", "1203", "--containment", containment, "--crew", "1", "--quantity", amount)
    assert (found["within_1136"], len(found["items"])) == (within, things)
    assert found["because"]


def test_under_the_relief_one_extinguisher_is_left_and_the_full_list_stays_in_sight(capsys):
    found = run(capsys, "--un", "1203", "--containment", "packages", "--quantity", "300L", "--crew", "1")
    assert (found["extinguishers"]["number"], found["extinguishers"]["total_capacity_kg"]) == (1, 2)
    assert len(found["without_relief"]) == 14
    assert "not verified" in found["because"]


def test_several_goods_and_what_is_not_known(capsys):
    found = run(capsys, "--un", "1203", "--un", "1017")
    asked_for = {one["key"]: one for one in found["items"]}
    assert {"escape_mask", "shovel"} <= asked_for.keys()
    assert (asked_for["vest"]["count"], asked_for["vest"]["missing"]) == (None, "crew")
    assert asked_for["extinguisher_capacity"]["assumed"] == ["mass"]
    assert found["within_1136"] is None


def test_each_of_several_goods_may_have_its_quantity(capsys):
    both = ("--un", "1203", "--un", "1017", "--containment", "packages")
    assert run(capsys, *both, "--quantity", "100L", "--quantity", "35kg")["within_1136"] is True
    assert run(capsys, *both, "--quantity", "100L", "--quantity", "36kg")["within_1136"] is False


def test_a_tonne_and_a_gram_is_over_the_band(capsys):
    found = run(capsys, "--un", "1203", "--mass-t", "3.500001")
    assert found["extinguishers"]["total_capacity_kg"] == 8


@pytest.mark.parametrize(
    "wrong",
    [
        ("--un", "9999"), ("--un", "1203", "--crew", "0"), ("--un", "1203", "--crew", "x"),
        ("--un", "1203", "--mass-t", "-1"), ("--un", "1203", "--mass-t", "nan"), ("--un", "1203", "--mass-t", "1e9"),
        ("--un", "1203", "--quantity", "0L"), ("--un", "1203", "--quantity=-3kg"), ("--un", "1203:I"),
        ("--un", "1203", "--quantity", "1L", "--quantity", "2L"),
    ],
)  # fmt: skip
def test_the_command_ends_with_two_for_what_cannot_be(capsys, wrong):
    assert main(["equipment", *wrong]) == 2
    assert capsys.readouterr().err.strip()
