"""What a registry knows of a vehicle: rows by path, and lists only where the office gives them."""

from __future__ import annotations

from checklists.facts.registry import registry_facts

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


def test_a_waybill_number_is_asked_for_its_uses():
    use = {"number": "YD1", "plate": "蒙K9"}
    rows = FEED | {("waybill_uses", "YD1"): row({"rows": [use]})}
    assert facts(rows, {"number": "YD1"})["waybill_uses"] == row([use])


def test_the_site_brings_its_bans():
    rows = {("site", "G18 云岭东"): row({"road": "G18", "bans": []})}
    assert facts(rows, site="G18 云岭东")["place"]["data"] == {"road": "G18", "bans": []}
    assert "place" not in facts(rows)
