"""Stop orders: one row each, both stop, and only an act with a reason lifts one."""

from __future__ import annotations

from importlib import import_module

import pytest
from playhouse.migrate import SchemaMigrator

from server.office import Office
from server.publishing import load_registry
from server.store import registry, stop_orders
from server.store.models import database
from server.store.office_models import StopOrder
from tests.server.cast import AS_OF
from tests.server.store.office_cases import actor


def standing(key: str) -> list[str]:
    held = registry.lookup("orders", key)
    return [one["number"] for one in held["data"]["rows"]] if held else []


def give(office: Office, number: str, key: str = "蒙K1234挂", by: str = "lead") -> int:
    told = {"authority": "示例县交通", "on": "trailer", "text": "停驶"}
    row = office.store.write_now(lambda: stop_orders.issue(actor(by), number=number, key=key, **told))
    return int(row.id)


def test_a_second_order_on_one_trailer_stands_beside_the_first(office: Office) -> None:
    first, _second = give(office, "停1"), give(office, "停2", "蒙K·1234挂")
    assert standing("蒙K1234挂") == ["停1", "停2"] == standing("蒙K·1234挂")
    office.store.write_now(lambda: stop_orders.lift(actor("lead"), first, "已整改"))
    assert standing("蒙K1234挂") == ["停2"]
    held = StopOrder.select().order_by(StopOrder.id)
    assert [(one.number, bool(one.lifted_at)) for one in held] == [("停1", True), ("停2", False)]
    assert [one.number for one in stop_orders.page()] == ["停2"]


def test_an_order_is_lifted_by_the_agency_that_gave_it_with_a_reason(office: Office) -> None:
    order = give(office, "停1")
    for by, why, told in (("chief", "x", "agency T"), ("lead", " ", "reason"), ("wang", "x", "role handler")):
        with pytest.raises(stop_orders.StopOrderError, match=told):
            office.store.write_now(lambda by=by, why=why: stop_orders.lift(actor(by), order, why))
    assert standing("蒙K1234挂") == ["停1"]


def test_a_number_of_one_authority_is_given_once(office: Office) -> None:
    give(office, "停1")
    with pytest.raises(stop_orders.StopOrderError, match="already"):
        give(office, "停1", "蒙K99999")
    with pytest.raises(stop_orders.StopOrderError, match="role handler"):
        give(office, "停3", by="wang")


def test_a_number_is_one_in_whatever_brackets(office: Office) -> None:
    order = give(office, "示停〔2026〕12号")
    for same in ("示停[2026]12号", "示停（２０２６）12 号"):
        with pytest.raises(stop_orders.StopOrderError, match="already"):
            give(office, same)
    held = stop_orders.by_number(" 示例县 交通", "示停(2026)12号")
    assert held is not None and held.id == order
    give(office, "示停〔2026〕1-2号")


def test_an_upgrade_finds_orders_by_the_numbers_that_they_had(office: Office) -> None:
    give(office, "示停〔2026〕12号")
    step = import_module("server.migrations.0045_order_numbers")

    def job() -> None:
        migrator = SchemaMigrator.from_database(database.obj)
        step.down(migrator, database.obj)
        step.up(migrator, database.obj)

    office.store.write_now(job)
    assert stop_orders.by_number("示例县交通", "示停[2026]12号") is not None


def test_what_an_earlier_version_took_for_two_orders_is_lifted_one_by_one(office: Office) -> None:
    first = give(office, "停[1]号")
    named = {"number": "停〔1〕号", "key": "蒙K1234挂", "shown": "蒙K1234挂", "lifted_at": "", "who": "lead"}
    held = StopOrder.get_by_id(first)
    told = {name: getattr(held, name) for name in ("authority", "kind", "on", "since", "text", "agency", "made_at")}
    office.store.write_now(lambda: StopOrder.create(**told, **named, folded=held.folded))
    found = stop_orders.by_number("示例县交通", "停〔1〕号")
    assert found is not None and found.number == "停〔1〕号"
    office.store.write_now(lambda: stop_orders.lift(actor("lead"), int(found.id), "已整改"))
    still = stop_orders.by_number("示例县交通", "停(1)号")
    assert still is not None and still.id == first


@pytest.mark.parametrize(
    ("on", "key", "codes"),
    [
        ("vehicle", "蒙K1234挂", ["number"]),
        ("trailer", "蒙K12345", ["number"]),
        ("driver", "张三", ["number"]),
        ("carrier", "某某公司", ["number"]),
        ("trailer", "1234 УБА", []),
    ],
)
def test_what_can_never_be_found_is_no_number_of_an_order(office: Office, on: str, key: str, codes: list[str]) -> None:
    told = {"number": "停1", "authority": "队", "text": "停驶", "on": on, "key": key, "until": "", "basis": ""}
    assert stop_orders.faults(told, ()) == codes
    assert stop_orders.faults({**told, "until": "9999-12-31"}, ()) == [*codes, "until"]


def test_a_loaded_order_of_no_agency_is_lifted_by_a_supervisor(office: Office) -> None:
    order = {"number": "外1", "kind": "stop", "on": "trailer", "key": "蒙K1234挂", "authority": "邻县"}
    load_registry(office, [{"kind": "orders", "key": "蒙K1234挂", "data": {"rows": [order]}, "as_of": AS_OF}])
    (held,) = stop_orders.page()
    with pytest.raises(stop_orders.StopOrderError, match="gave it"):
        office.store.write_now(lambda: stop_orders.lift(actor("lead"), int(held.id), "已整改"))
    office.store.write_now(lambda: stop_orders.lift(actor("area"), int(held.id), "已整改"))
    assert standing("蒙K1234挂") == []


def test_a_loaded_list_adds_its_orders_and_lifts_none(office: Office) -> None:
    give(office, "停1")
    order = {
        "number": "外1",
        "kind": "stop",
        "on": "trailer",
        "key": "蒙K1234挂",
        "since": "2026-11-01",
        "authority": "邻县",
    }
    row = {"kind": "orders", "key": "蒙K1234挂", "data": {"rows": [order]}, "as_of": AS_OF}
    load_registry(office, [row])
    load_registry(office, [row])
    assert standing("蒙K1234挂") == ["停1", "外1"]
    assert registry.lookup("orders", "蒙K1234挂")["data"]["rows"][1] == order  # type: ignore[index]
