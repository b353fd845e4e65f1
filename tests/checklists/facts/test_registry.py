"""What a registry knows of a vehicle: rows by path, and lists only where the office gives them."""

from __future__ import annotations

import pytest

from checklists.facts.registry import key_fault, registry_facts, row_key

AS_OF = "2026-11-20T00:00:00Z"
STOP = {"number": "S1", "kind": "stop", "on": "trailer", "key": "蒙K1234挂"}


def facts(rows, bill=None, site=""):
    return registry_facts(lambda kind, key: rows.get((kind, key)), "蒙K12345", bill, site)


def row(data, as_of=AS_OF):
    return {"data": data, "as_of": as_of}


FEED = {("feed", name): row({}) for name in ("orders", "past", "waybill_uses")}


def test_the_waybills_trailer_and_tank_go_before_those_that_are_permitted():
    rows = {("vehicle", "蒙K12345"): row({"trailer": "蒙K1111挂"}), ("vehicle", "蒙K1234挂"): row({"tank": "T1"})}
    rows |= {("vehicle", "蒙K1111挂"): row({"tank": "T9"}), ("tank", "T1"): row({"number": "T1"})}
    found = facts(rows, {"trailer_plate": "蒙K1234挂"})
    assert (found["trailer"]["data"]["tank"], found["tank"]["data"]["number"]) == ("T1", "T1")


def test_a_list_that_the_office_does_not_give_is_not_known_and_one_without_rows_is_empty():
    assert facts({}).keys().isdisjoint({"orders", "past", "waybill_uses"})
    assert [facts(FEED)[name]["data"] for name in ("orders", "past", "waybill_uses")] == [[], [], []]


def test_orders_are_found_by_every_number_and_each_once():
    rows = FEED | {("orders", "蒙K1234挂"): row({"rows": [STOP]}), ("orders", "蒙K12345"): row({"rows": [STOP]})}
    assert facts(rows, {"trailer_plate": "蒙K1234挂"})["orders"]["data"] == [STOP]
    assert facts(rows | {("orders", "蒙K12345"): row({"rows": []})})["orders"]["data"] == []


def read(rows, bill, **said):
    return registry_facts(lambda kind, key: rows.get((kind, key)), "蒙K12345", bill, read=said)


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("seen.trailer_plate", "蒙B9999挂"),
        ("trailer.plate", "蒙B9999挂"),
        ("seen.tank_number", "T9"),
        ("tank.number", "T9"),
    ],
)
def test_a_number_that_was_read_here_is_asked_for_beside_the_waybills(path, number):
    here = {**STOP, "number": "S9", "key": number}
    rows = FEED | {("orders", key): row({"rows": [one]}) for key, one in ((number, here), ("蒙K1234挂", STOP))}
    found = read(rows, {"trailer_plate": "蒙K1234挂", "tank": "T1"}, **{path: number})
    assert {one["number"] for one in found["orders"]["data"]} == {"S1", "S9"}


def test_the_trailer_that_was_seen_goes_before_the_waybills():
    rows = {("vehicle", "蒙K1234挂"): row({"tank": "T1"}), ("vehicle", "蒙B9999挂"): row({"tank": "T9"})}
    found = read(rows, {"trailer_plate": "蒙K1234挂"}, **{"seen.trailer_plate": "蒙B9999挂"})
    assert found["trailer"]["data"]["tank"] == "T9"
    assert "trailer" not in read(rows, {"trailer_plate": "蒙K1234挂"}, **{"seen.trailer_plate": "蒙B8888挂"})


def test_every_number_that_orders_count_is_asked_for():
    bill = {"carrier_uscc": "C2", "driver": {"id_number": "G1"}}
    rows = FEED | {("vehicle", "蒙K12345"): row({"carrier_uscc": "C1", "vin": "V1"})}
    rows |= {("orders", key): row({"rows": [{**STOP, "number": key}]}) for key in ("C1", "C2", "G1", "G2", "V1")}
    found = registry_facts(lambda kind, key: rows.get((kind, key)), "蒙K12345", bill, people={"driver": "G2"})
    assert {one["number"] for one in found["orders"]["data"]} == {"C1", "C2", "G1", "G2", "V1"}


def test_a_waybill_number_is_asked_for_its_uses():
    use = {"number": "YD1", "plate": "蒙K9"}
    rows = FEED | {("waybill_uses", "YD1"): row({"rows": [use]})}
    assert facts(rows, {"number": "YD1"})["waybill_uses"] == row([use])


def test_the_site_brings_its_bans():
    rows = {("site", "G18 云岭东"): row({"road": "G18", "bans": []})}
    assert facts(rows, site="G18 云岭东")["place"]["data"] == {"road": "G18", "bans": []}
    assert "place" not in facts(rows)


# -- row 40: a key is found however it is written, and what can never be found is named


@pytest.mark.parametrize(
    ("kind", "written", "key"),
    [
        ("vehicle", "蒙K·22345", "蒙K22345"),
        ("vehicle", "蒙k32345", "蒙K32345"),
        ("vehicle", "蒙Ｋ５２３４５", "蒙K52345"),
        ("vehicle", "蒙K62345 ", "蒙K62345"),
        ("vehicle", "蒙k·12345|blue", "蒙K12345|blue"),
        ("vehicle", "蒙K12345_2", "蒙K12345|yellow"),
        ("vehicle", "蒙K12345（蓝色）", "蒙K12345|blue"),
        ("orders", "蒙K·1234 挂", "蒙K1234挂"),
        ("orders", "蒙K1234", "蒙K1234挂"),
        ("orders", "15062419800101001x", "15062419800101001X"),
        ("person", "150624800101001", "15062419800101001X"),
        ("person", "15062419800101001×", "15062419800101001X"),
        ("person", "150624********001X", ""),
        ("tank", "g2019 0815", "G20190815"),
        ("carrier", "９１１１００００600037341l", "91110000600037341L"),
        ("waybill_uses", "yd-2026-1", "YD20261"),
        ("units", "蒙K1234-挂", "蒙K1234挂"),
        ("site", "G18 云岭东", "G18 云岭东"),
        ("officer", "t-1", "t-1"),
        ("vehicle", "无牌", ""),
    ],
)
def test_row_40_every_way_of_writing_a_key_is_one_key(kind, written, key):
    assert row_key(kind, written) == key
    assert row_key(kind, key) == key


@pytest.mark.parametrize(
    ("kind", "key", "code"),
    [
        ("vehicle", "蒙K1234", "format"),
        ("vehicle", "蒙K1234567", "format"),
        ("vehicle", "无牌", "empty"),
        ("vehicle", "蒙K12345|red", "plate_colour"),
        ("person", "150624198001010011", "check_sign"),
        ("person", "15062419800101001", "format"),
        ("person", "150624********001X", "empty"),
        ("tank", "—", "empty"),
        ("tank", "不详", "format"),
        ("vehicle", "张三", "format"),
        ("person", "张三", "format"),
        ("person", "12", "format"),
        ("carrier", "某某运输有限公司", "format"),
        ("carrier", "9115", "format"),
        ("carrier", "NA", "format"),
        ("carrier", "150000000001234", None),
        ("carrier", "12345678X", None),
        ("vehicle", "1234 УБА", None),
        ("vehicle", "WJ13-30001", None),
        ("person", "E12345678", None),
        ("person", "150624800101001", None),
    ],
)
def test_row_40_a_key_that_nobody_can_find_is_a_fault(kind, key, code):
    fault = key_fault(kind, key)
    assert (fault and fault.code) == code


def test_row_40_a_list_that_the_office_gives_in_part_is_named():
    partly = FEED | {("feed", "orders"): row({"complete": False})}
    assert facts(partly)["incomplete"]["data"] == ["orders"]
    assert "incomplete" not in facts(FEED)
