"""Walks over the whole goods list: what is right by its own entry never accuses, and what is not never passes."""

from collections import Counter
from functools import cache
from itertools import product

import pytest

from checklists.facts.situation import situation
from checklists.goods import tanks
from checklists.goods.editions import NATIONAL
from checklists.goods.equipment import demands, required_by_all
from checklists.goods.listing import load_tables
from checklists.goods.segregation import Marked, between
from checklists.goods.thresholds import is_nought
from checklists.rules.approval_type import r7_approval_type
from checklists.rules.context import Context
from checklists.rules.goods_lines import lines_against_table
from checklists.rules.scope import covers, r7_tank_goods
from checklists.rules.signs import r10_signs

TABLES = load_tables()
DAY = "2026-11-21"
SIDES, ENDS = ("left", "right", "rear"), ("front", "rear")
NO_SIGNS = {"panels": {end: {"present": "false"} for end in ENDS}, "placards": {side: [] for side in SIDES}}


@cache
def entries(regime):
    table = context({}, regime).tables.goods
    return [goods for un in dict.fromkeys(row[0] for row in table.rows) for goods in table.lookup(un)]


def context(held, regime="EU", day=DAY):
    return Context(situation({"at": f"{day}T04:00:00Z", **held}), TABLES, regime)


def loaded(goods, containment, regime, *, tank=None, vehicle=None, line=None, **seen):
    lines = [{"un": goods.un, "packing_group": goods.packing_group, "net_mass_kg": "3000", **(line or {})}]
    held = {"waybill": {"lines": lines}, "seen": {"containment": containment, **seen}}
    held |= {"tank": {"code": tank}} if tank else {}
    held |= {"vehicle": {"approval_type": vehicle}} if vehicle else {}
    return context(held, regime)


def accused(held, *rules):
    return [(one.id, [value.value for value in one.values]) for rule in rules for one in rule(held)
            if one.verdict == "conflict"]  # fmt: skip


def in_tank(regime):
    return [one for one in entries(regime) if one.tank_code and one.hazard_id and one.labels]


def by_plate(goods, number, **more):
    return {"panels": {end: {"hazard_id": number, "un": goods.un} for end in ENDS}, **more}


@pytest.mark.parametrize("regime", ["CN", "EU"])
@pytest.mark.parametrize("state", ["loaded", "uncleaned"])
def test_a_tank_with_the_signs_code_and_type_of_its_entry_is_never_accused(regime, state):
    chosen = in_tank(regime) if (regime, state) == ("CN", "loaded") else in_tank(regime)[::7]
    for goods in chosen:
        seen = by_plate(goods, goods.hazard_id, placards={side: list(goods.labels) for side in SIDES})
        seen |= {} if state == "loaded" else {"loaded": state}
        code, kind = goods.tank_code.split(";")[-1], goods.row["vehicle_for_tank"]
        held = loaded(goods, "tank", regime, tank=code, vehicle=kind, **seen)
        assert accused(held, r7_tank_goods, r7_approval_type, r10_signs) == [], goods.un


@pytest.mark.parametrize("regime", ["CN", "EU"])
def test_a_tank_with_a_plate_of_no_entry_of_its_goods_never_passes(regime):
    numbers = sorted(TABLES.goods.hazard_ids)
    for place, goods in enumerate(in_tank(regime)[::2]):
        every = frozenset().union(*(one.accepts("hazard_id") for one in TABLES.goods.lookup(goods.un)))
        wrong = next(one for one in numbers[place % 90 :] if one not in every)
        (front,) = (one for one in r10_signs(loaded(goods, "tank", regime, **by_plate(goods, wrong)))
                    if one.subject == "front")  # fmt: skip
        assert front.verdict == "conflict" or (front.verdict, bool(front.missing)) == ("cannot_tell", True), goods.un


def test_a_waybill_with_the_columns_of_its_entry_is_never_accused():
    for goods in entries("CN"):
        if goods.carriage_status == "allowed" and goods.variant == 1:
            line = {"name": goods.name_zh, "class": goods.class_, "subsidiary": list(goods.subsidiary)}
            assert accused(loaded(goods, "packages", "CN", line=line), lines_against_table) == [], goods.un


@pytest.mark.parametrize("regime", ["CN", "EU"])
def test_goods_that_no_tank_may_carry_do_not_pass_in_one(regime):
    for goods in entries(regime):
        if goods.accepts("tank_code") == {""} and context({}, regime).tables.goods.lookup(goods.un) == (goods,):
            (found,) = r7_tank_goods(loaded(goods, "tank", regime, tank="L4BN"))
            assert found.verdict == ("conflict" if not found.missing else "cannot_tell"), goods.un


def test_a_tank_that_is_there_says_nothing_of_goods_in_packages():
    (acid,) = (one for one in entries("EU") if one.un == "1738")
    assert accused(loaded(acid, "tank", "EU", tank="LGBF"), r7_tank_goods)
    assert list(r7_tank_goods(loaded(acid, "packages", "EU", tank="LGBF"))) == []


def test_a_tank_fits_where_each_part_of_its_code_is_at_least_what_is_asked():
    order = ("SL", ("G", "1.5", "2.65", "4", "10", "15", "21"), "ABCD", "VFNH")
    asked = {code for one in entries("EU") for code in one.tank_code.split(";") if code[:1] in ("L", "S")}
    for code, given in product(asked, product(*order)):
        wanted = tanks.parse(code)
        pairs = zip(order, wanted.parts, given, strict=True)
        enough = all(scale.index(mine) <= scale.index(its) for scale, mine, its in pairs)
        expected = None if enough and wanted.approval and wanted.parts != given else enough
        assert tanks.fits(code, "".join(given), TABLES.tank_codes).fits is expected, (code, given)


@pytest.mark.parametrize("regime", ["CN", "EU"])
def test_a_scope_with_the_class_of_the_goods_covers_them_and_no_other_class_does(regime):
    every = ("1", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3", "5.1", "5.2", "6.1", "6.2", "7", "8", "9")
    for goods in entries(regime):
        mine = {form[:3] for form in goods.accepts("class")}
        told = (goods.class_, f"第{goods.class_}类", f"{goods.class_[0]}类", f"UN{goods.un}")
        assert {covers((one,), goods) for one in told} == {True}, goods.un
        assert {covers((one,), goods) for one in every if one not in mine} == {False}, goods.un


def category(goods):
    """The transport category that ADR 1.1.3.6.3 gives by class, group and code; None where numbers are listed."""
    code = f"{goods.division}{goods.compatibility_group}"
    if goods.class_ == "1":
        group = goods.compatibility_group
        nought = code == "1.1A" or (group == "L" and goods.division in ("1.1", "1.2", "1.3"))
        first = {"1.1": "BCDEFGHJ", "1.2": "BCDEFGHJ", "1.3": "CGHJ", "1.5": "D"}.get(goods.division, "")
        second = {"1.4": "BCDEFG", "1.6": "N"}.get(goods.division, "")
        return "0" if nought else "1" if group in first else "2" if group in second else "4" if code == "1.4S" else None
    if goods.class_ == "2":
        letters = goods.classification_code.lstrip("0123456789")
        toxic = ("T", "TC", "TO", "TF", "TOC", "TFC", *(("C", "CO", "FC") if "5" in goods.classification_code else ()))
        return "1" if letters in toxic else {"F": "2", "A": "3", "O": "3"}.get(letters)
    if goods.class_ in ("4.2", "6.1"):
        return {"4.2": {"I": "0", "II": "2", "III": "3"}, "6.1": {"I": "1", "II": "2", "III": "2"}}[goods.class_].get(
            goods.packing_group
        )
    return {"I": "1", "II": "2", "III": "3"}.get(goods.packing_group)


def test_the_category_of_every_entry_is_that_of_its_class_or_its_number_is_listed():
    rows = context({}).tables.transport_category
    listed = {un for row in rows if row["kind"] == "members" for un in row["un_numbers"].split(";")}
    apart = {"1361", "1362", "2215", "2455", "3165", "3529"}
    for goods in entries("EU"):
        if goods.transport_category not in ("", "-") and goods.un not in listed | apart and category(goods):
            assert goods.transport_category == category(goods), goods.un


@pytest.mark.parametrize(("limit", "capacity", "other"), [(3500, 4, 2), (3501, 8, 6), (7500, 8, 6), (7501, 12, 6)])
def test_the_kit_follows_labels_and_mass(limit, capacity, other):
    kinds = {(one.every_label, one.states) for one in entries("EU") if one.labels}
    for labels, states in kinds:
        asked = {one.key: one for one in required_by_all([(labels, states)], limit, 2, False, demands(TABLES))}
        sizes = [asked[f"extinguisher_{name}"].min_capacity_kg for name in ("capacity", "cab", "other")]
        assert sizes == [capacity, 2, other]
        assert ("escape_mask" in asked) == bool(labels & {"2.3", "6.1"})
        assert ("eye_rinse" in asked) == (not labels <= {"1", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3"})
        spills = bool(labels & {"3", "4.1", "4.3", "8", "9"}) and states != frozenset({"gas"})
        assert {one in asked for one in ("shovel", "drain_seal", "collecting_container")} == {spills}


@pytest.mark.parametrize("regime", ["CN", "EU"])
@pytest.mark.parametrize(
    ("quantity", "column", "never"), [("limited", "limited_quantity", "0"), ("excepted", "excepted_quantity", "E0")]
)
def test_what_no_edition_in_force_lets_travel_in_small_quantities_is_never_exempt(regime, quantity, column, never):
    alike = Counter((one.un, one.packing_group) for one in entries(regime))
    for goods in entries(regime):
        national = goods.row.get(f"gb_{column}") if goods.versions.holds(NATIONAL) else ""
        never_so = {*goods.told(column), national} - {"", None} == {never} and goods.carriage_status == "allowed"
        if never_so and alike[goods.un, goods.packing_group] == 1:
            line = {"quantity": quantity, "gross_mass_kg": "100", "packages": "5"}
            assert not loaded(goods, "packages", regime, line=line).exempt, goods.un


@pytest.mark.parametrize("day", ["2024-07-01", "2025-06-30", "2025-07-01", DAY])
def test_empty_uncleaned_packagings_ask_for_no_signs_by_adr_but_of_category_0(day):
    for goods in [one for one in entries("EU") if one.labels][::9]:
        lines = [{"un": goods.un, "packing_group": goods.packing_group, "net_mass_kg": "3000"}]
        seen = {"containment": "packages", "loaded": "uncleaned", **NO_SIGNS}
        held = context({"waybill": {"lines": lines}, "seen": seen}, "EU", day)
        every = {is_nought(one, held.tables) for load in held.loads or () for one in load}
        if every == {False}:
            assert accused(held, r10_signs) == [], goods.un
        elif every == {True}:
            assert "R10:panel_missing:front" in [one for one, _ in accused(held, r10_signs)], goods.un


BLASTING = {"0081", "0082", "0084", "0241"}
BESIDE_BLASTING = {
    *("1942", "2067", "3375", "1451", "2722", "1486", "1477", "1498", "1446", "2464", "1454", "1474", "1507"),
    *("1479", "1499", "3139", "3218"),
}
"""The numbers of ADR 7.5.2.1 note d, and those that may be such nitrates by another name."""


def test_class_1_stands_beside_other_classes_only_by_the_notes():
    ones = {(one.division, one.compatibility_group, one.un in BLASTING): one for one in entries("EU")
            if one.class_ == "1" and one.labels and one.compatibility_group != "K"}  # fmt: skip
    noted = BESIDE_BLASTING | {"2990", "3072", "3268"}
    rest = {(one.labels, one.un if one.un in noted or "5.1" in one.labels else ""): one for one in entries("EU")
            if one.class_ != "1" and one.labels}  # fmt: skip
    for one, other in product(ones.values(), rest.values()):
        found = between(Marked.of(one), Marked.of(other), TABLES).result
        if one.un in BLASTING and other.un in BESIDE_BLASTING:
            expected = "condition"
        elif "1" in other.labels:
            expected = "prohibited"
        elif f"{one.division}{one.compatibility_group}" == "1.4S" or other.un in ("2990", "3072", "3268"):
            expected = "allowed"
        else:
            expected = "prohibited"
        assert found == expected, (one.un, other.un)
