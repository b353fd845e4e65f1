"""What must be on board, from the rows that are published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.equipment import Requirement, required, strictest
from checklists.goods import load_tables

ROWS = load_tables().equipment
LIQUID = frozenset({"liquid"})


def asked(labels, *, states=LIQUID, mass_kg=49_000, crew=2, exempt=False, vehicles=2) -> dict[str, Requirement]:
    found = required(labels, states, mass_kg, crew, exempt, ROWS, vehicles=vehicles)
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
    gas = required(frozenset({"2.3", "8"}), frozenset({"gas"}), 9_000, 1, False, ROWS)
    toxic = required(frozenset({"6.1"}), frozenset({"solid"}), 9_000, 1, False, ROWS)
    keys = {one.key for one in strictest(gas, toxic)}
    assert {"escape_mask", "eye_rinse"} <= keys
    assert "shovel" not in keys


def test_joining_keeps_an_assumption_that_every_part_made():
    part = required(frozenset({"8"}), LIQUID, None, 1, False, ROWS)
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
