"""Measured values: whole numbers in the unit that the key names, within what can be true."""

import pytest

from checklists.facts.measurement import QUANTITIES, limits, quantity, read, shown
from tests.loaded import load_all


@pytest.mark.parametrize(
    ("item", "key", "entered", "kept"),
    [
        ("VEH-03", "tread_depth_um", "1.2", 1200),
        ("VEH-03", "tread_depth_um", "0", 0),
        ("VEH-03", "tread_depth_um", "30.1", None),
        ("EQP-02", "extinguisher_pressure_kpa", "1.25", 1250),
        ("LOD-05", "gross_mass_kg", "44920", 44920),
        ("LOD-05", "gross_mass_kg", "449200", None),
        ("LOD-05", "gross_mass_kg", "44920.5", None),
        ("LOD-09", "level_percent", "101", None),
        ("OPR-04", "driving_min", "", None),
        ("OPR-04", "driving_min", "NaN", None),
        ("OPR-04", "driving_min", "Infinity", None),
    ],
)
def test_what_is_entered_is_kept_in_the_keys_unit_or_refused(item, key, entered, kept):
    assert read(quantity(item, key), entered) == kept


def test_a_value_is_shown_as_it_was_entered():
    assert shown(quantity("VEH-03", "tread_depth_um"), 1200) == "1.2 mm"
    assert shown(quantity("LOD-05", "gross_mass_kg"), 40000) == "40000 kg"
    assert limits(quantity("EQP-02", "extinguisher_pressure_kpa")) == ("0", "20")


def test_every_item_is_one_of_the_checklist_and_every_limit_can_be_read_back():
    items = {one.id for one in load_all().checklists["cn-joint"].items()}
    assert set(QUANTITIES) <= items
    for quantities in QUANTITIES.values():
        for one in quantities:
            least, most = limits(one)
            assert (read(one, least), read(one, most)) == (one.least, one.most)
