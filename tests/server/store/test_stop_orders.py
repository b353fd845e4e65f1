"""Stop orders: one row each, both stop, and only an act with a reason lifts one."""

from __future__ import annotations

import pytest

from server.office import Office
from server.publishing import load_registry
from server.store import registry, stop_orders
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
    assert [(one.number, bool(one.lifted_at)) for one in stop_orders.of_key("蒙k 1234挂")] == [
        ("停2", False),
        ("停1", True),
    ]
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
