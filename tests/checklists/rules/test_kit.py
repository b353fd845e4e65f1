"""R12: required equipment against what was seen, expired extinguishers and small loads."""

import pytest

from checklists import words
from checklists.facts.situation import situation
from checklists.findings.applicability import applies
from checklists.findings.assessment import judge
from checklists.rules.context import Context
from checklists.rules.kit import r12_equipment

FULL = {
    "extinguisher_count": 2, "extinguisher_capacity": 14, "extinguisher_cab": 1, "extinguisher_other": 1,
    "wheel_chock": 1, "warning_sign": 2, "eye_rinse": 1, "vest": 2, "lamp": 2, "gloves": 2, "eye_protection": 2,
    "escape_mask": 2, "shovel": 1, "drain_seal": 1, "collecting_container": 1,
}  # fmt: skip
CREW = [{"role": "driver", "name": "张建国"}, {"role": "escort", "name": "李卫东"}]
PETROL = {"un": "1203", "packing_group": "II"}


@pytest.fixture
def kit(tables):
    """Return R12's results by case for lines, kit that differs from the full one, and things seen."""

    def judge(*lines, kit=(), containment="packages", **seen):
        seen = {"aboard": CREW, "containment": containment, "equipment": {**FULL, **dict(kit)}, **seen}
        vehicle = {"gross_limit_kg": 18000}
        held = {"at": "2026-11-21T09:30:00Z", "vehicle": vehicle, "waybill": {"lines": list(lines)}, "seen": seen}
        return {one.case: one for one in r12_equipment(Context(situation(held), tables))}

    return judge


def odd(results):
    return {case: one.verdict for case, one in results.items() if one.verdict != "consistent"}


def line(**amounts):
    return {**PETROL, **amounts}


def test_the_full_kit_is_consistent(kit):
    assert odd(kit(line(volume_l=20_000), containment="tank")) == {}


@pytest.mark.parametrize("key", sorted(set(FULL) - {"escape_mask"}))
def test_each_piece_that_is_missing_from_a_tanker_conflicts(kit, key):
    assert odd(kit(line(volume_l=20_000), containment="tank", kit={key: 0})) == {key: "conflict"}


def test_toxic_goods_need_an_escape_mask_for_each(kit):
    assert odd(kit({"un": "1017"}, containment="tank", kit={"escape_mask": 1})) == {"escape_mask": "conflict"}


def test_several_goods_need_what_any_of_them_needs(kit):
    both = kit(line(volume_l=20_000), {"un": "1017", "net_mass_kg": 900}, kit={"escape_mask": 0, "shovel": 0})
    assert odd(both) == {"escape_mask": "conflict", "shovel": "conflict"}


def test_an_expired_extinguisher_is_absent(kit):
    found = odd(kit(line(volume_l=20_000), containment="tank", kit={"extinguisher_expired": 1}))
    assert found["extinguisher_expired"] == found["extinguisher_count"] == "conflict"
    assert {found[case] for case in ("extinguisher_capacity", "extinguisher_cab", "extinguisher_other")} == {
        "cannot_tell"
    }


def test_a_third_extinguisher_makes_up_for_an_expired_one_in_number(kit):
    some = {"extinguisher_expired": 1, "extinguisher_count": 3}
    found = kit(line(volume_l=20_000), containment="tank", kit=some)
    assert found["extinguisher_count"].verdict == "consistent"
    assert found["extinguisher_expired"].verdict == "conflict"


@pytest.mark.parametrize("expired", [2, 5])
def test_extinguishers_that_are_all_expired_are_none(kit, expired):
    found = odd(kit(line(volume_l=20_000), containment="tank", kit={"extinguisher_expired": expired}))
    assert len(found) == 5
    assert set(found.values()) == {"conflict"}


@pytest.mark.parametrize("expired", [0, -1])
def test_no_expired_extinguisher_leaves_the_rest_of_that_item_to_the_officer(kit, expired):
    found = kit(line(volume_l=20_000), containment="tank", kit={"extinguisher_expired": expired})
    assert "extinguisher_expired" not in found
    assert odd(found) == {}


SMALL = line(volume_l=100)


def test_a_small_load_in_packages_is_short_only_of_what_the_relief_leaves(kit):
    found = kit(SMALL, kit={"shovel": 0, "vest": 0, "extinguisher_count": 1, "extinguisher_capacity": 2})
    assert odd(found) == dict.fromkeys(("shovel", "vest"), "cannot_tell")
    assert found["shovel"].missing == ("exempt_1136",)
    assert {value.name: value.value for value in found["shovel"].values}["points_1136"] == "300/1000"


def test_one_extinguisher_is_said_to_be_enough_for_a_small_load(kit):
    found = kit(line(volume_l=300), kit={"extinguisher_count": 1, "extinguisher_capacity": 2})
    one = found["extinguisher_count"]
    assert (one.verdict, one.caveats) == ("consistent", ("exempt_1136",))
    assert {"required.extinguisher_count": "1", "points_1136": "900/1000"}.items() <= {
        value.name: value.value for value in one.values
    }.items()


def test_of_a_small_load_the_one_extinguisher_is_asked_first_and_the_rest_is_one_question(tables):
    cans = {**PETROL, "volume_l": 300}
    held = {"at": "2026-11-21T09:30:00Z", "waybill": {"lines": [cans]}, "seen": {"containment": "packages"}}
    found = list(r12_equipment(Context(situation(held), tables)))
    assert [one.case for one in found] == ["extinguisher_count", "extinguisher_capacity", "wheel_chock"]
    assert [one.verdict for one in found] == ["cannot_tell"] * 3
    assert {value.name: value.value for value in found[0].values}["required.extinguisher_count"] == "1"
    assert found[2].missing == ("exempt_1136",)
    assert {value.name: value.value for value in found[2].values} == {"points_1136": "900/1000"}


def test_one_missing_extinguisher_is_one_finding(definitions, tables):
    kit = {**FULL, "extinguisher_count": 1, "extinguisher_capacity": 2, "extinguisher_other": 0}
    held = {
        "at": "2026-11-21T09:30:00Z",
        "vehicle": {"gross_limit_kg": 18000},
        "waybill": {"lines": [{**PETROL, "volume_l": 340}]},
        "seen": {"aboard": CREW, "containment": "packages", "equipment": kit},
    }
    made = judge(definitions, tables, (), situation(held), definitions.checklists["cn-joint"])
    (one,) = [one for one in made.findings if one.rule == "R12"]
    assert (one.item, one.case) == ("EQP-01", "extinguisher_count")
    assert all(key in one.subject for key in ("extinguisher_count", "extinguisher_capacity", "extinguisher_other"))


def test_a_small_load_without_any_extinguisher_conflicts_all_the_same(kit):
    found = odd(kit(SMALL, kit={"extinguisher_count": 0, "extinguisher_capacity": 0, "extinguisher_cab": 0}))
    assert found["extinguisher_count"] == found["extinguisher_capacity"] == "conflict"
    assert found["extinguisher_cab"] == "cannot_tell"


def test_a_small_load_with_everything_is_consistent(kit):
    assert odd(kit(SMALL)) == {}


@pytest.mark.parametrize(
    ("goods", "verdict"),
    [
        (line(volume_l=333), "cannot_tell"), (line(volume_l=334), "conflict"), (line(net_mass_kg=9000), "conflict"),
        (line(net_mass_kg=300), "cannot_tell"), (line(), "cannot_tell"), (line(volume_l=-5), "cannot_tell"),
        (line(net_mass_kg=300, density_kg_m3=740), "conflict"),
        (line(net_mass_kg=200, density_kg_m3=740), "cannot_tell"),
        ({"un": "1183"}, "conflict"), ({"un": "1993", "volume_l": 30}, "cannot_tell"),
        ({"un": "1993", "volume_l": 1001}, "conflict"), ({"un": "1831", "volume_l": 21}, "conflict"),
    ],
)  # fmt: skip
def test_a_shortage_is_certain_only_where_the_load_is_surely_no_small_one(kit, goods, verdict):
    assert odd(kit(goods, kit={"lamp": 0})) == {"lamp": verdict}


@pytest.mark.parametrize("containment", ["tank", "bulk"])
def test_a_tank_has_no_relief_however_little_it_holds(kit, containment):
    assert odd(kit(SMALL, containment=containment, kit={"lamp": 0})) == {"lamp": "conflict"}


def test_lines_count_together(kit):
    assert odd(kit(SMALL, {"un": "1202", "volume_l": 701}, kit={"lamp": 0})) == {"lamp": "conflict"}
    assert odd(kit(SMALL, {"un": "1202", "volume_l": 700}, kit={"lamp": 0})) == {"lamp": "cannot_tell"}


def test_amounts_of_other_goods_than_those_found_tell_nothing(kit):
    found = kit(line(volume_l=20_000), kit={"lamp": 0}, goods="1202")
    assert (found["lamp"].verdict, found["lamp"].missing[0]) == ("cannot_tell", "exempt_1136")


def test_goods_that_travel_as_ordinary_ones_need_nothing(kit):
    limited = line(quantity="limited", gross_mass_kg=8000)
    assert kit(limited, kit={"vest": 0, "extinguisher_expired": 1}) == {}
    assert kit(PETROL, loaded="empty", kit={"vest": 0}) == {}


def test_an_uncleaned_tank_needs_everything(kit):
    assert odd(kit(PETROL, containment="tank", loaded="uncleaned", kit={"lamp": 0})) == {"lamp": "conflict"}


def test_unknown_goods_leave_the_kit_open(kit):
    assert odd(kit({"un": "9999"})) == {"wheel_chock": "cannot_tell"}


def test_what_nobody_counted_cannot_be_told(kit, tables):
    held = {"at": "2026-11-21T09:30:00Z", "waybill": {"lines": [PETROL]}}
    assert {one.verdict for one in r12_equipment(Context(situation(held), tables))} == {"cannot_tell"}


def test_every_piece_of_the_table_that_is_counted_leads_to_an_item(definitions, tables):
    counted = {row["requirement"] for row in tables.equipment if row["quantity"] or row["min_capacity_kg"]}
    asked = {one for one in counted if not one.startswith("doc_")}
    assert asked | {"extinguisher_expired"} == {case for _, rule, case in definitions.rules if rule == "R12"}


def test_an_item_stands_on_the_list_whenever_its_piece_is_required(definitions, tables):
    items = {item.id: item for item in definitions.checklists["cn-joint"].items()}
    for row in tables.equipment:
        case = definitions.rules.get(("CN", "R12", row["requirement"]))
        for label in filter(None, row["labels_any"].split(";") if case else []):
            known = {"labels": frozenset({label}), "quantity": frozenset({"full"})}
            assert applies(items[case.item], known), f"{case.item} is hidden for label {label}"


def test_what_the_officer_decides_alone_has_no_row(definitions):
    ruled = {row.item for row in definitions.rules.values() if row.rule in ("R12", "R16")}
    items = {item.id for item in definitions.checklists["cn-joint"].items() if item.id.startswith("EQP-")}
    assert items - ruled == {"EQP-14", "EQP-15"}


def test_everything_that_is_shown_or_missing_has_words(kit):
    every = kit(line(net_mass_kg=300), kit={"lamp": 0, "extinguisher_expired": 1}).values()
    names = {name for one in every for name in (*one.missing, *(value.name for value in one.values))}
    chinese = {name: words.label(name, words.say("zh_CN")) for name in names}
    plain = {name for name, said in chinese.items() if any("a" <= letter <= "z" for letter in said.replace("kg", ""))}
    assert plain == set()
