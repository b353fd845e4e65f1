"""R10: plates, diamonds and marks side by side, compartment by compartment."""

import pytest

from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.rules.context import Context
from checklists.rules.signs import r10_signs

TABLES = load_tables()
TWO = [
    {"un": "1203", "packing_group": "II", "net_mass_kg": "7000", "compartment": "1"},
    {"un": "1202", "packing_group": "III", "net_mass_kg": "6000", "compartment": "2"},
]
BLANK = {"blank": "true"}
PETROL, DIESEL = {"hazard_id": "33", "un": "1203"}, {"hazard_id": "30", "un": "1202"}
BESIDE = {"left.1": PETROL, "right.1": PETROL, "left.2": DIESEL, "right.2": DIESEL}
ACID = {"hazard_id": "80", "un": "1830"}
ALL8 = {side: ["8"] for side in ("left", "right", "rear")}


def judged(lines, *, tank=True, regime="CN", **seen):
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": lines}, "seen": seen, **({"tank": {}} if tank else {})}
    return list(r10_signs(Context(situation(held), TABLES, regime)))


def of(results, subject):
    return [(one.case, one.verdict) for one in results if one.subject == subject]


def acid(**seen):
    return judged([{"un": "1830", "packing_group": "II"}], **seen)


def test_signs_that_fit_on_every_side_are_consistent():
    assert {one.verdict for one in acid(panels={"front": ACID, "rear": ACID}, placards=ALL8)} == {"consistent"}


def test_a_side_that_nobody_spoke_of_cannot_be_told():
    found = acid(panels={"front": ACID}, placards={"left": ["8"]})
    assert [one.missing for one in found if one.verdict == "cannot_tell"] == [
        ("seen.panels.rear",), ("seen.placards.right", "seen.placards.rear")
    ]  # fmt: skip


def test_a_blank_plate_on_a_tank_of_one_goods_lacks_its_numbers():
    assert of(acid(panels={"front": BLANK, "rear": ACID}), "front") == [("panel_blank", "conflict")]


@pytest.mark.parametrize("lines", [TWO, TWO[:1]])
def test_whether_a_plate_may_be_blank_on_packages_is_not_known(lines):
    found = judged(lines, tank=False, containment="packages", panels={"front": BLANK})
    assert of(found, "front") == [("panel_blank", "cannot_tell")]


def test_blank_ends_and_numbered_sides_are_right_on_a_tank_of_several_goods():
    found = judged(TWO, panels={"front": BLANK, "rear": BLANK, **BESIDE}, placards={"left": ["3"]})
    assert {one.verdict for one in found if "panel" in one.case} == {"consistent"}


def test_a_plate_is_right_only_for_the_compartment_that_holds_its_goods():
    found = judged(TWO, panels={**BESIDE, "left.1": DIESEL})
    assert of(found, "left.1") == [("panel_other_compartment", "conflict")]
    assert of(found, "right.1") == [("panel_wrong", "consistent")]


@pytest.mark.parametrize(("first", "second"), [("01", "2号"), ("1#", "第二舱")])
def test_a_compartment_is_one_however_it_is_written(first, second):
    lines = [{**TWO[0], "compartment": first}, {**TWO[1], "compartment": second}]
    found = judged(lines, panels={"front": BLANK, "rear": BLANK, **BESIDE})
    assert {one.verdict for one in found if "panel" in one.case} == {"consistent"}
    swapped = judged(lines, panels={"left.02": PETROL})
    assert of(swapped, "left.02") == [("panel_other_compartment", "conflict")]


def test_the_tanks_own_data_tell_what_a_compartment_holds_where_the_waybill_does_not():
    lines = [{key: value for key, value in line.items() if key != "compartment"} for line in TWO]
    tank = {"compartments": [{"number": "1", "un": "1203"}, {"number": "2", "un": "1202"}]}
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": lines}, "tank": tank, "seen": {"panels": BESIDE}}
    found = list(r10_signs(Context(situation(held), TABLES)))
    assert of(found, "left.2") == [("panel_wrong", "consistent")]


def test_numbers_beside_an_unknown_compartment_cannot_be_told():
    lines = [{key: value for key, value in line.items() if key != "compartment"} for line in TWO]
    assert of(judged(lines, panels=BESIDE), "left.1") == [("panel_wrong", "cannot_tell")]


def test_one_number_at_the_end_of_several_goods_cannot_be_told_but_a_wrong_one_can():
    assert of(judged(TWO, panels={"front": PETROL}), "front") == [("panel_wrong", "cannot_tell")]
    assert of(judged(TWO, panels={"front": {**PETROL, "hazard_id": "30"}}), "front") == [("panel_wrong", "conflict")]


def test_a_blank_plate_beside_a_compartment_lacks_its_numbers():
    assert of(judged(TWO, panels={"left.1": BLANK}), "left.1") == [("panel_blank", "conflict")]


def test_sides_of_compartments_that_nobody_spoke_of_cannot_be_told():
    found = judged(TWO, panels={"front": BLANK, "rear": BLANK, "left.1": PETROL, "left.2": DIESEL})
    (one,) = [one for one in found if one.case == "panel_missing"]
    assert (one.verdict, one.missing) == ("cannot_tell", ("seen.panels.right.1", "seen.panels.right.2"))


def test_a_plate_without_a_hazard_number_cannot_be_told():
    assert of(acid(panels={"front": {"un": "1830"}}), "front") == [("panel_wrong", "cannot_tell")]


def test_a_hazard_number_of_another_edition_is_right_with_a_warning():
    found = judged([{"un": "1110"}], panels={"front": {"hazard_id": "33", "un": "1110"}})
    (one,) = [one for one in found if one.subject == "front"]
    assert (one.verdict, [value.value for value in one.warnings]) == ("consistent", ["30、33"])


@pytest.mark.parametrize(
    ("shown", "case", "verdict"),
    [(["3", "6.1"], "placard_wrong", "consistent"), (["6.1", "3"], "placard_wrong", "consistent"),
     (["3"], "placard_wrong", "conflict"), (["3", "6.1", "8"], "placard_wrong", "conflict"),
     ([], "placard_missing", "conflict")],
)  # fmt: skip
def test_a_missing_subsidiary_and_an_extra_diamond_are_wrong(shown, case, verdict):
    found = judged([{"un": "1230", "packing_group": "II"}], placards={"left": shown})
    assert of(found, "left") == [(case, verdict)]


def test_diamonds_beside_a_compartment_are_those_of_its_goods():
    lines = [{"un": "1830", "compartment": "1"}, {"un": "1230", "compartment": "2"}]
    found = judged(lines, placards={"left.1": ["8"], "left.2": ["8"], "rear": ["3", "6.1", "8"]})
    verdicts = {one.subject: one.verdict for one in found if one.case == "placard_wrong"}
    assert verdicts == {"left.1": "consistent", "left.2": "conflict", "rear": "consistent"}


def test_diamonds_that_only_some_entries_have_cannot_be_told():
    found = judged([{"un": "1950"}], tank=False, placards={"left": ["2.1"], "right": ["4.1"]})
    assert of(found, "left") == [("placard_wrong", "cannot_tell")]
    assert of(found, "right") == [("placard_wrong", "conflict")]


def test_every_sign_left_on_an_empty_and_clean_vehicle_is_a_conflict():
    found = acid(loaded="empty", panels={"front": ACID, "rear": {"present": "false"}}, placards=ALL8)
    assert of(found, "panels.front") == [("signs_left_on", "conflict")]
    assert of(found, "panels.rear") == [("signs_left_on", "consistent")]
    assert [one.subject for one in found if one.verdict == "conflict" and one.subject[:8] == "placards"] == [
        "placards.left", "placards.rear", "placards.right"
    ]  # fmt: skip


def test_an_empty_and_clean_vehicle_without_signs_has_nothing_to_say():
    assert acid(loaded="empty") == []


def test_an_uncleaned_tank_keeps_its_signs():
    found = acid(loaded="uncleaned", panels={"front": ACID, "rear": {"present": "false"}}, placards=ALL8)
    assert [(one.case, one.subject) for one in found if one.verdict == "conflict"] == [("panel_missing", "rear")]


LIMITED = {"un": "1263", "packing_group": "II", "quantity": "limited", "packages": "100"}


@pytest.mark.parametrize("seen", [{}, {"panels": {"front": {"hazard_id": "33", "un": "1263"}}, "placards": ALL8}])
def test_an_exempt_load_needs_no_sign_and_may_show_one(seen):
    assert judged([{**LIMITED, "gross_mass_kg": "8000"}], tank=False, containment="packages", **seen) == []


def test_a_plate_of_other_goods_beside_an_exempt_load_is_open(verdicts):
    plate = {"front": {"hazard_id": "33", "un": "1203"}, "rear": {"hazard_id": "33", "un": "1263"}}
    lines = [{**LIMITED, "gross_mass_kg": "500"}]
    found = verdicts("R10", waybill__lines=lines, seen__panels=plate, seen__goods=None)
    assert found == [("panel_unresolved", "cannot_tell")]


@pytest.mark.parametrize("amount", [{}, {"gross_mass_kg": "8001"}])
def test_missing_signs_are_no_conflict_while_it_is_open_what_limited_quantities_need(amount):
    none = {"panels": {"front": {"present": "false"}}, "placards": {"left": [], "right": ["8"]}}
    found = judged([{**LIMITED, **amount}], tank=False, containment="packages", **none)
    assert {one.verdict for one in found} == {"cannot_tell"}


def test_goods_that_were_established_and_that_no_sign_and_no_line_names_are_told():
    found = acid(goods="1832", panels={"front": ACID, "rear": ACID})
    assert of(found, "goods") == [("goods_differ", "conflict")]
    assert of(found, "front") == [("panel_wrong", "conflict")]


SECOND_UNNAMED = [TWO[0], {"name": "不清", "compartment": "2"}]


@pytest.mark.parametrize(
    ("side", "panel", "told"),
    [
        ("rear", DIESEL, ("panel_wrong", "cannot_tell")),
        ("front", BLANK, ("panel_blank", "cannot_tell")),
        ("left.2", {"present": "false"}, ("panel_missing", "cannot_tell")),
        ("left.2", DIESEL, ("panel_wrong", "cannot_tell")),
        ("left.1", PETROL, ("panel_wrong", "consistent")),
        ("rear", {"present": "false"}, ("panel_missing", "conflict")),
    ],
)
def test_a_line_without_a_number_may_be_of_any_goods(side, panel, told):
    found = judged(SECOND_UNNAMED, panels={side: panel})
    assert of(found, side) == [told]
    assert told[1] != "cannot_tell" or next(one for one in found if one.subject == side).missing == (
        "waybill.lines.un",
    )


def test_goods_that_were_established_may_be_those_of_a_line_without_a_number():
    assert of(judged(SECOND_UNNAMED, goods="1202"), "goods") == [("goods_differ", "cannot_tell")]
    assert of(judged(TWO[:1], goods="1202"), "goods") == [("goods_differ", "conflict")]


def test_beside_a_tank_of_one_goods_no_plate_is_missing():
    assert of(judged([TWO[0], TWO[0] | {"compartment": "2"}], panels={"left.2": {"present": "false"}}), "left.2") == []


def test_a_mark_that_hangs_on_one_side_only_is_missing_on_the_others():
    hot = [{"un": "3257", "packing_group": "III"}]
    both = judged(hot, placards={"left": ["9", "MARK_HOT"], "right": ["9"]})
    none = judged(hot, placards={"left": ["9"], "right": ["9"]})
    assert of(both, "MARK_HOT") == [("heat_mark_missing", "conflict")]
    assert of(none, "MARK_HOT") == [("heat_mark_missing", "cannot_tell")]
    assert of(both, "left") == [("placard_wrong", "consistent")]


def test_the_order_of_lines_and_sides_changes_nothing():
    panels = {"front": BLANK, "rear": PETROL, **BESIDE}
    one = judged(TWO, panels=panels, placards={"left": ["3"], "right": ["8"]})
    other = judged(TWO[::-1], panels=dict(reversed(panels.items())), placards={"right": ["8"], "left": ["3"]})
    assert one == other


def test_a_signs_left_on_finding_leads_to_its_item(definitions):
    rows = {case: definitions.rules["CN", "R10", case].item for case in ("signs_left_on", "panel_blank")}
    assert rows == {"signs_left_on": "PLA-06", "panel_blank": "PLA-02"}


@pytest.mark.parametrize("written", ["８０", " 80 ", "80"])
def test_how_a_hazard_number_was_typed_does_not_matter(verdicts, written):
    assert "conflict" not in {verdict for _, verdict in verdicts("R10", seen__panels__front__hazard_id=written)}


def test_a_hazard_number_that_cannot_be_read_cannot_conflict(verdicts):
    assert "conflict" not in {verdict for _, verdict in verdicts("R10", seen__panels__front__hazard_id="8?")}
    assert "cannot_tell" in {verdict for _, verdict in verdicts("R10", seen__panels__front__hazard_id="8?")}


GONE = {"present": "false"}
FUEL_SIDES = {"left": GONE, "right": GONE}


def fuels(ends, *uns, **seen):
    lines = [{"un": un, "packing_group": group, "net_mass_kg": "5000"} for un, group in uns]
    found = judged(lines, panels={"front": ends, "rear": ends, **FUEL_SIDES}, **seen)
    return {(one.subject, one.case): one.verdict for one in found if one.subject in ("front", "rear", "left", "right")}


def test_a_fuel_tank_whose_ends_show_the_most_dangerous_may_have_bare_sides_and_is_accused_of_nothing():
    found = fuels(PETROL, ("1202", "III"), ("1203", "II"))
    assert set(found.values()) == {"cannot_tell"}, "GB 13392-2023 was not read"


@pytest.mark.parametrize("loaded", ["loaded", "uncleaned"])
def test_the_less_dangerous_fuel_at_the_ends_is_wrong(loaded):
    found = fuels(DIESEL, ("1202", "III"), ("1203", "II"), loaded=loaded)
    assert found["front", "panel_wrong"] == found["rear", "panel_wrong"] == "conflict"


def test_petrol_with_ethanol_stands_first_of_the_fuels():
    mixed = {"hazard_id": "33", "un": "3475"}
    assert set(fuels(mixed, ("1203", "II"), ("3475", "II")).values()) == {"cannot_tell"}
    assert fuels(PETROL, ("1203", "II"), ("3475", "II"))["front", "panel_wrong"] == "conflict"


def test_another_substance_in_one_compartment_ends_the_exception_for_fuels():
    found = fuels(PETROL, ("1203", "II"), ("1170", "II"))
    assert found["left", "panel_missing"] == found["right", "panel_missing"] == "conflict"


@pytest.mark.parametrize("ends", [BLANK, GONE])
def test_fuels_without_numbers_anywhere_lack_them(ends):
    assert fuels(ends, ("1202", "III"), ("1203", "II"))["left", "panel_missing"] == "conflict"


def uncleaned(known):
    panels = {"front": GONE, "rear": GONE}
    held = {"at": "2026-11-21T01:30:00Z", "tank": {}, "seen": {"loaded": "uncleaned", "panels": panels}}
    for path, value in known.items():
        group, name = path.split(".")
        held[group][name] = value
    return list(r10_signs(Context(situation(held), TABLES)))


@pytest.mark.parametrize("known", [{"seen.goods": "1203"}, {"tank.last_goods": "1203"}])
def test_an_uncleaned_tank_without_any_plate_conflicts_whatever_tells_its_goods(known):
    found = uncleaned(known)
    assert of(found, "front") == of(found, "rear") == [("panel_missing", "conflict")]


def test_an_uncleaned_tank_of_a_waybill_without_any_plate_conflicts():
    found = judged([{"un": "1203"}], loaded="uncleaned", panels={"front": GONE, "rear": GONE})
    assert of(found, "front") == [("panel_missing", "conflict")]


def test_an_uncleaned_tank_of_unknown_goods_cannot_be_told():
    assert of(uncleaned({}), "front") == [("panel_wrong", "cannot_tell")]
    assert of(uncleaned({"tank.last_goods": "9999"}), "front") == [("panel_wrong", "cannot_tell")]


@pytest.mark.parametrize(
    ("lines", "hazard", "labels", "verdict"),
    [
        ([{"un": "2031"}], "85", ["8"], "conflict"),
        ([{"un": "2031", "packing_group": "II"}], "85", ["8"], "conflict"),
        ([{"un": "2031"}], "85", ["8", "5.1"], "consistent"),
        ([{"un": "2031"}], "80", ["8"], "consistent"),
        ([{"un": "2031"}], "80", ["8", "5.1"], "conflict"),
    ],
)
def test_the_number_of_the_plate_fixes_the_entry_and_with_it_the_diamonds(lines, hazard, labels, verdict):
    plate = {"hazard_id": hazard, "un": "2031"}
    found = judged(lines, panels={"front": plate, "rear": plate}, placards={"left": labels})
    assert of(found, "left") == [("placard_wrong", verdict)]


def test_without_a_plate_an_open_packing_group_stays_open():
    found = judged([{"un": "2031"}], placards={"left": ["8"]})
    assert of(found, "left") == [("placard_wrong", "cannot_tell")]


def packed(regime, *lines, **seen):
    seen = {"containment": "packages", "panels": {"front": GONE}, "placards": {"left": []}} | seen
    return judged(list(lines), tank=False, regime=regime, **seen)


def verdicts_of(found, *subjects):
    return [one.verdict for subject in subjects for one in found if one.subject == subject]


SMALL, LARGE = {"un": "1203", "volume_l": "100"}, {"un": "1203", "volume_l": "1000"}


@pytest.mark.parametrize(
    ("regime", "line", "said"),
    [
        ("CN", SMALL, ["cannot_tell", "cannot_tell"]),
        ("EU", SMALL, ["consistent", "consistent"]),
        ("CN", LARGE, ["conflict", "conflict"]),
        ("EU", LARGE, ["conflict", "consistent"]),
        ("CN", {"un": "1203"}, ["cannot_tell", "cannot_tell"]),
        ("EU", {"un": "1203"}, ["cannot_tell", "consistent"]),
    ],
)
def test_a_small_load_in_packages_lacks_neither_plate_nor_diamond(regime, line, said):
    found = packed(regime, line)
    assert verdicts_of(found, "front", "left") == said
    open_ones = {name for one in found if one.subject in ("front", "left") for name in one.missing}
    assert ("exempt_1136" in open_ones) is (regime == "CN" and line is not LARGE)


def test_without_a_waybill_what_officers_established_may_be_a_small_load_too():
    held = {"at": "2026-11-21T01:30:00Z", "seen": {"goods": "1203", "containment": "packages"}}
    held["seen"]["panels"] = {"front": GONE}
    assert of(list(r10_signs(Context(situation(held), TABLES))), "front") == [("panel_missing", "cannot_tell")]


@pytest.mark.parametrize(
    ("un", "shown", "verdict"),
    [
        ("1230", [], "consistent"),
        ("1230", ["3"], "consistent"),
        ("1230", ["8"], "conflict"),
        ("0081", [], "conflict"),
        ("2912", [], "conflict"),
    ],
)
def test_by_adr_packages_of_classes_1_and_7_alone_ask_for_diamonds(un, shown, verdict):
    line = {"un": un, "net_mass_kg": "9000", "explosive_mass_kg": "900"}
    assert verdicts_of(packed("EU", line, placards={"left": shown}), "left") == [verdict]
    assert verdicts_of(packed("EU", line, placards={"left": []}, containment="bulk"), "left") == ["conflict"]


def test_by_adr_a_load_that_may_be_in_packages_is_open():
    found = judged([{"un": "1230"}], tank=False, regime="EU", placards={"left": [], "right": ["3", "6.1"]})
    assert [(one.subject, one.verdict, one.missing) for one in found if one.subject in ("left", "right")] == [
        ("left", "cannot_tell", ("seen.containment",)),
        ("right", "consistent", ()),
    ]


@pytest.mark.parametrize(
    ("uns", "shown", "verdict", "by_adr"),
    [
        (["0081", "0336"], ["1"], "cannot_tell", "consistent"),
        (["0081", "0336"], ["1", "1.4"], "consistent", "consistent"),
        (["0081", "0336"], ["1.4"], "cannot_tell", "conflict"),
        (["0331", "0035"], ["1"], "cannot_tell", "consistent"),
        (["0331", "0035"], ["1.5"], "cannot_tell", "conflict"),  # 1.5D beside 1.2 counts as 1.1
        (["0331", "0336"], ["1.5"], "cannot_tell", "consistent"),
        (["0014", "0336"], ["1.4"], "consistent", "consistent"),
        (["0337"], [], "cannot_tell", "consistent"),
        (["0014", "1203"], ["3"], "cannot_tell", "consistent"),
        (["0014", "1203"], ["1.4", "3", "8"], "conflict", "conflict"),
        (["0081", "0336"], [], "conflict", "conflict"),
        (["0081"], ["1.4"], "conflict", "conflict"),
    ],
)
def test_of_several_divisions_adr_asks_for_the_most_dangerous_and_elsewhere_it_is_open(uns, shown, verdict, by_adr):
    lines = [{"un": un, "net_mass_kg": "9000", "explosive_mass_kg": "900"} for un in uns]
    assert verdicts_of(packed("CN", *lines, placards={"left": shown}), "left") == [verdict]
    assert verdicts_of(packed("EU", *lines, placards={"left": shown}), "left") == [by_adr]


@pytest.mark.parametrize(
    ("un", "shown", "verdict"),
    [
        ("3540", ["3"], "consistent"),
        ("3540", ["3", "6.1"], "cannot_tell"),  # articles: by what is in them
        ("3540", ["6.1"], "conflict"),
        ("3547", ["8", "3"], "cannot_tell"),
        ("2916", ["7"], "consistent"),
        ("2916", ["7", "8"], "cannot_tell"),  # special provision 172
        ("3101", ["5.2", "1"], "consistent"),
        ("3101", ["5.2"], "cannot_tell"),  # special provision 181
        ("3101", ["1"], "conflict"),
        ("3221", ["4.1"], "cannot_tell"),
        ("0143", ["1"], "cannot_tell"),  # special provision 271
        ("3104", ["3"], "conflict"),
    ],
)
def test_diamonds_that_the_contents_or_a_permission_decide_accuse_nobody(un, shown, verdict):
    line = {"un": un, "net_mass_kg": "9000", "explosive_mass_kg": "900"}
    assert verdicts_of(packed("CN", line, placards={"left": shown}), "left") == [verdict]


@pytest.mark.parametrize(("shown", "verdict"), [([], "consistent"), (["3"], "consistent"), (["9"], "cannot_tell")])
def test_by_adr_diamonds_of_articles_beside_those_of_the_list_are_open(shown, verdict):
    found = packed("EU", {"un": "3540", "net_mass_kg": "9000"}, placards={"left": shown})
    assert verdicts_of(found, "left") == [verdict]


@pytest.mark.parametrize("day", ["2024-03-01", "2025-06-30", "2025-07-01"])
def test_packages_ask_for_no_diamonds_by_adr_while_its_older_edition_is_in_force_too(day):
    held = {"at": f"{day}T01:30:00Z", "waybill": {"lines": [{"un": "1263", "packing_group": "II"}]}}
    held["seen"] = {"containment": "packages", "placards": {"left": []}}
    assert verdicts_of(list(r10_signs(Context(situation(held), TABLES, "EU"))), "left") == ["consistent"]


@pytest.mark.parametrize(
    ("regime", "un", "containment", "verdict"),
    [
        ("CN", "1263", "packages", "cannot_tell"),
        ("EU", "1263", "packages", "consistent"),
        ("EU", "1263", None, "cannot_tell"),
        ("EU", "1263", "bulk", "conflict"),
        ("EU", "1380", "packages", "conflict"),  # of category 0 empty ones count as full
    ],
)
def test_empty_uncleaned_packagings_are_a_small_load(regime, un, containment, verdict):
    line = {"un": un, "net_mass_kg": "9000", "packing_group": "I" if un == "1380" else "II"}
    seen = {"loaded": "uncleaned", "panels": {"front": {"present": "false"}}}
    seen |= {} if containment is None else {"containment": containment}
    assert [one.verdict for one in judged([line], tank=False, regime=regime, **seen) if one.subject == "front"] == [
        verdict
    ]


@pytest.mark.parametrize("group", [{}, {"packing_group": "III"}])
@pytest.mark.parametrize("un", ["1993", "1133", "1263", "1866", "1999"])
def test_entries_that_may_not_travel_in_tanks_do_not_hide_the_hazard_number_of_those_that_may(un, group):
    plates = [{"hazard_id": number, "un": un} for number in ("30", "33", "80")]
    found = [of(judged([{"un": un, **group}], panels={"front": one}), "front")[0][1] for one in plates]
    assert found == (["consistent", "conflict", "conflict"] if group else ["consistent", "consistent", "conflict"])


@pytest.mark.parametrize(
    ("rear", "said"),
    [
        ({"hazard_id": "85", "un": "2031"}, [("panel_wrong", "conflict")]),
        ({"hazard_id": "８０", "un": "2031"}, []),
        ({"hazard_id": "99", "un": "2031"}, []),
        ({"un": "2031"}, []),
        (BLANK, []),
    ],
)
def test_ends_that_contradict_each_other_are_not_both_right(rear, said):
    found = judged([{"un": "2031"}], panels={"front": {"hazard_id": "80", "un": "2031"}, "rear": rear})
    assert of(found, "panels") == said


@pytest.mark.parametrize(
    ("ends", "uns", "said"),
    [
        (PETROL, ("1202", "1203"), ["consistent"] * 4),
        (DIESEL, ("1202", "1203"), ["conflict"] * 4),
        (PETROL, ("1203", "1268"), ["cannot_tell"] * 4),
        (PETROL, ("1203", "1170"), ["cannot_tell", "conflict", "conflict", "cannot_tell"]),
    ],
)
def test_by_adr_the_exception_for_fuels_is_sure(ends, uns, said):
    lines = [{"un": un, "net_mass_kg": "5000"} for un in uns]
    found = judged(lines, regime="EU", panels={"front": ends, "rear": ends, **FUEL_SIDES})
    assert verdicts_of(found, "front", "left", "right", "rear") == said


@pytest.mark.parametrize(
    ("un", "containment", "verdict"),
    [("1203", "packages", "consistent"), ("2912", "packages", "cannot_tell"), ("1350", "bulk", "cannot_tell")],
)
def test_by_adr_a_plate_may_be_blank_on_packages(un, containment, verdict):
    found = packed("EU", {"un": un}, panels={"front": BLANK}, containment=containment)
    assert of(found, "front") == [("panel_blank", verdict)]


@pytest.mark.parametrize(
    ("label", "verdict"), [("1", "consistent"), ("1.1", "consistent"), ("1.1D", "consistent"), ("1.2", "cannot_tell")]
)
def test_a_diamond_of_another_division_of_explosives_is_open(verdicts, label, verdict):
    lines = [{"un": "0082", "class": "1.1D", "explosive_mass_kg": 500}]
    sides = {side: [label] for side in ("left", "right", "rear")}
    gone = dict.fromkeys(("tank", "waybill__tank", "seen__tank_number"))
    found = verdicts("R10", **gone, waybill__lines=lines, seen__placards=sides, seen__panels={})
    assert {one for one in found if one[0].startswith("placard")} == {("placard_wrong", verdict)}
