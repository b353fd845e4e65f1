"""What cannot be read is not known: it neither passes nor accuses."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from checklists.authoring.casefile import read_case
from checklists.authoring.loader import ROOT
from checklists.facts.situation import situation
from checklists.facts.texts import is_unread
from checklists.rules.context import Context
from checklists.rules.rulebook import compare
from checklists.wire import to_plain

TYPED = ("valid_until", "registered_on", "start_at", "last_fix_at")
UNREAD = ("???", "〓〓〓", "看不清")


def texts(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every text that is in no list and in no source."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, (*path, key))
    elif isinstance(value, str) and path[0] not in ("at", "sources") and path[-1] not in TYPED:
        yield path


@pytest.mark.parametrize("name", ["clean-acid-tanker", "clean-explosives"])
@pytest.mark.parametrize("unread", UNREAD)
def test_an_unread_text_accuses_nobody_and_passes_nothing_that_it_would_not_without(name, unread, tables):
    base = to_plain(read_case(ROOT / "examples" / f"{name}.yaml").situation)

    def judged(path, value):
        held = situation(changed(base, path, value))
        return {one.id: one for one in compare(Context(held, tables))}

    for path in texts(base):
        with_it, without = judged(path, unread), judged(path, None)
        for id_, one in with_it.items():
            if other := without.get(id_):
                assert one.verdict != "conflict" or other.verdict == "conflict", (path, id_)
                assert one.verdict != "consistent" or one.caveats or other.verdict != "cannot_tell", (path, id_)


def changed(base, path, value):
    """Return a copy with one path changed, or without it."""
    held = deepcopy(base)
    *parents, leaf = path
    inner = held
    for name in parents:
        inner = inner[name]
    if value is None:
        del inner[leaf]
    else:
        inner[leaf] = value
    return held


@pytest.mark.parametrize("text", [*UNREAD, "？？", "□□", "**", "0", "模糊不清", "无法辨认"])
def test_what_only_says_that_it_could_not_be_read(text):
    assert is_unread(text)


@pytest.mark.parametrize("text", ["", "-", "无", "张建国", "G2019-0815", "X120", "10", "李**"])
def test_what_says_something_or_nothing_at_all(text):
    assert not is_unread(text)


def test_a_blank_on_the_waybill_is_a_fault_and_one_that_nobody_could_read_is_not(verdicts):
    assert dict(verdicts("R1", waybill__loader="-"))["incomplete"] == "conflict"
    assert dict(verdicts("R1", waybill__loader="〓〓〓"))["incomplete"] == "cannot_tell"
    assert dict(verdicts("R1", waybill__loader="看不清"))["incomplete"] == "cannot_tell"


@pytest.mark.parametrize("code", ["L?BH", "看不清", "4BH"])
def test_goods_on_the_list_of_a_tank_whose_code_is_unread_pass_only_as_far_as_compared(results, code):
    (found,) = [one for one in results({"tank.code": code}) if one.case == "goods_not_on_list"]
    assert (found.verdict, found.caveats) == ("consistent", ("tank.code",))
    (alone,) = [one for one in results({"tank.code": code, "tank.media": None}) if one.rule == "R7"]
    assert (alone.verdict, "tank.code" in alone.missing) == ("cannot_tell", True)


def test_only_a_vehicle_that_surely_is_no_tractor_draws_a_trailer_that_it_must_not(verdicts):
    assert ("not_a_tractor", "conflict") in verdicts("R15", vehicle__kind="box_truck")
    for kind in ("other", "半挂牵引车", "???"):
        assert ("not_a_tractor", "cannot_tell") in verdicts("R15", vehicle__kind=kind)


def test_a_number_of_goods_that_is_none_contradicts_no_plate(verdicts):
    found = verdicts("R10", waybill__lines=[{"un": "18?0", "name": "硫酸", "net_mass_kg": "28000"}])
    assert "conflict" not in {verdict for _, verdict in found}
    assert "cannot_tell" in {verdict for _, verdict in found}


@pytest.mark.parametrize(("field", "value"), [("un", "18?0"), ("un", "")])
def test_a_plate_that_could_not_be_read_is_not_another(verdicts, field, value):
    assert ("panel_wrong", "cannot_tell") in verdicts("R10", **{f"seen__panels__front__{field}": value})


@pytest.mark.parametrize("kind", ["???", "-", "看不清"])
def test_a_type_that_could_not_be_read_fits_nothing(verdicts, kind):
    petrol = [{"un": "1203", "name": "汽油", "packing_group": "II", "net_mass_kg": "20000"}]
    held = verdicts("R7", waybill__lines=petrol, trailer__approval_type=kind, vehicle__approval_type="FL")
    assert held.count(("vehicle_type", "cannot_tell")) == 1


@pytest.mark.parametrize(
    ("rule", "path", "value", "case"),
    [
        ("R14", "journey.top_speed_kmh", 9000, "too_fast"),
        ("R14", "journey.driving_min", 99999, "driving_time"),
        ("R12", "seen.equipment.wheel_chock", -1, "wheel_chock"),
        ("R12", "seen.equipment.wheel_chock", 99999, "wheel_chock"),
        ("R18", "seen.packages", -4, "packages_differ"),
        ("R18", "seen.packages", 10**9, "packages_differ"),
    ],
)
def test_a_number_that_cannot_be_true_is_not_known(results, rule, path, value, case):
    lines = [{"un": "1830", "packing_group": "II", "net_mass_kg": "28000", "packages": "20"}]
    found = [one for one in results({path: value, "waybill.lines": lines}) if (one.rule, one.case) == (rule, case)]
    assert [one.verdict for one in found] == ["cannot_tell"]


def test_the_mass_that_asks_for_extinguishers_is_that_of_vehicle_and_trailer(results):
    def asked(**changes):
        paths = {path.replace("__", "."): value for path, value in changes.items()}
        found = [one for one in results(paths) if one.case == "extinguisher_capacity"]
        values = {value.name: value.value for value in found[0].values}
        return values["required.extinguisher_capacity"], found[0].verdict

    light = {"vehicle__kind": "light_truck", "vehicle__kerb_mass_kg": 1500, "seen__equipment__extinguisher_capacity": 4}
    alone = {**light, "trailer": None, "waybill__trailer_plate": None, "seen__trailer_plate": None}
    assert asked(**alone, vehicle__gross_limit_kg=3400) == ("4", "consistent")
    assert asked(**alone, vehicle__gross_limit_kg=None, vehicle__approved_mass_kg=1500) == ("4", "consistent")
    assert asked(**alone, vehicle__gross_limit_kg=0)[1] == "cannot_tell"
    trailer = {"trailer__kerb_mass_kg": 4000, "trailer__approved_mass_kg": 6000}
    assert asked(**light, vehicle__gross_limit_kg=3400, **trailer) == ("12", "conflict")
    assert asked(**light, vehicle__gross_limit_kg=3400, trailer__kerb_mass_kg=None)[1] == "cannot_tell"
