"""R17: orders that stand against anything on the road are told; closed ones and those of others are not."""

import pytest

STOP = {"number": "T-1", "kind": "stop", "on": "trailer", "key": "蒙K1234挂"}
CORRECT = {**STOP, "kind": "correct", "due": "2026-11-20"}
CLEAR = [("stop_order", "consistent")]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("vehicle", "plate"),
        ("trailer", "plate"),
        ("tank", "number"),
        ("driver", "id_number"),
        ("escort", "id_number"),
        ("carrier", "uscc"),
    ],
)
def test_a_stop_order_on_anything_here_is_told(verdicts, clean, on, name):
    written = " ".join(clean[on][name]).lower()
    assert verdicts("R17", orders=[{**STOP, "on": on, "key": written}]) == [("stop_order", "conflict")]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"key": "蒙K9999挂"}, CLEAR),
        ({"on": "tank"}, CLEAR),
        ({"closed_on": "2026-11-21"}, CLEAR),
        ({"closed_on": "2026-11-22"}, [("stop_order", "conflict")]),
        ({"since": "2026-11-22"}, CLEAR),
    ],
)
def test_it_has_to_name_this_one_and_to_stand_today(verdicts, changes, answer):
    assert verdicts("R17", orders=[{**STOP, **changes}]) == answer


@pytest.mark.parametrize(
    ("due", "answer"),
    [
        ("2026-11-20", [("correction_overdue", "conflict")]),
        ("2026-11-21", CLEAR),
        (None, [("correction_overdue", "cannot_tell")]),
    ],
)
def test_an_order_to_correct_is_overdue_after_its_last_day(verdicts, due, answer):
    assert verdicts("R17", orders=[{**CORRECT, "due": due}]) == answer


def test_an_office_that_gave_no_orders_leaves_it_open(verdicts):
    assert verdicts("R17", orders=None) == [("stop_order", "cannot_tell")]


def test_an_order_against_what_has_no_number_here_leaves_it_open(verdicts):
    gone = dict.fromkeys(("tank__number", "waybill__tank", "seen__tank_number"))
    order = {**STOP, "on": "tank", "key": "G1"}
    assert verdicts("R17", orders=[order], **gone) == [("stop_order", "cannot_tell")]


def test_someone_on_the_waybill_counts_whoever_is_aboard(verdicts):
    order = {**STOP, "on": "driver", "key": "150624198001010099"}
    found = verdicts("R17", orders=[order], waybill__driver={"id_number": "150624198001010099"})
    assert found == [("stop_order", "conflict")]


@pytest.mark.parametrize(
    ("on", "key"), [("vehicle", "蒙K1234挂"), ("trailer", "蒙K12345"), ("vehicle.permit", "蒙K1234挂")]
)
def test_an_order_on_wheels_names_its_plate_whatever_it_calls_them(verdicts, on, key):
    assert verdicts("R17", orders=[{**STOP, "on": on, "key": key}]) == [("stop_order", "conflict")]


def test_the_order_of_orders_does_not_matter(results):
    orders = [STOP, {**STOP, "number": "T-2", "on": "vehicle", "key": "蒙K12345"}]
    one, other = ([r.id for r in results({"orders": held}) if r.rule == "R17"] for held in (orders, orders[::-1]))
    assert one == other == ["R17:stop_order:T-1", "R17:stop_order:T-2"]


def test_old_orders_are_told_to_be_old(verdicts):
    sources = {"orders": {"kind": "registry", "as_of": "2026-09-01T00:00:00Z"}}
    assert verdicts("R17", orders=[], sources=sources) == [("stop_order", "stale")]


@pytest.mark.parametrize("written", ["蒙K·1234挂", "蒙k1234 挂", "蒙Ｋ１２３４挂", "蒙K1234", "蒙K1234挂(黄)"])
def test_row_40_an_order_is_told_however_its_key_is_written(verdicts, written):
    assert verdicts("R17", orders=[{**STOP, "key": written}]) == [("stop_order", "conflict")]


def test_row_40_an_order_on_the_same_signs_in_another_colour_is_another_vehicles(verdicts):
    order = {**STOP, "on": "vehicle", "key": "蒙K12345|blue"}
    assert verdicts("R17", orders=[order]) == CLEAR
    assert verdicts("R17", orders=[{**order, "key": "蒙K12345_2"}]) == [("stop_order", "conflict")]


def test_row_40_not_found_is_not_none_unless_the_list_is_complete(verdicts):
    assert verdicts("R17", orders=[], incomplete=["orders"]) == [("stop_order", "cannot_tell")]
    assert verdicts("R17", orders=[STOP], incomplete=["orders"]) == [("stop_order", "conflict")]
    assert ("used_by_other_vehicle", "cannot_tell") in verdicts("R1", waybill_uses=[], incomplete=["waybill_uses"])


def test_row_40_a_registry_says_nothing_of_a_number_that_nobody_asked_it_for(verdicts):
    sources = {"orders": {"kind": "registry", "as_of": "2026-11-20T00:00:00Z"}}
    gone = dict.fromkeys(("driver__id_number", "waybill__driver__id_number"))
    aboard = [{"role": "driver", "name": "张建国"}, {"role": "escort", "name": "李卫东"}]
    found = verdicts("R17", orders=[], sources=sources, seen__aboard=aboard, **gone)
    assert found == [("stop_order", "cannot_tell")]
    assert verdicts("R17", orders=[], sources=sources) == CLEAR
