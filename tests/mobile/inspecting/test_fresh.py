"""What the office tells while a vehicle is being checked is put down, and only what is another word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mobile.inspecting import acts, fresh
from mobile.refusals import Refusal
from mobile.screens.identify.state import ask_registry
from mobile.sealing import part, signatures
from mobile.store import entries, store
from tests.mobile import tablet
from tests.mobile.field import hear, line

STOP = {"number": "7", "kind": "stop", "on": "vehicle", "key": "蒙K12345", "text": "停运", "authority": "县局"}
"""An order as the office tells it."""


def begun(folder: Path) -> Any:
    """A desk with a new inspection in hand."""
    desk, _screens = tablet.shown(tablet.made(folder))
    desk.unlock("officer-1", tablet.PIN)
    desk.begin()
    return desk


def checking(folder: Path) -> Any:
    """A desk with the story's vehicle looked up."""
    desk = begun(folder)
    desk.put(acts.identify("蒙K12345", "yellow"))
    desk.put(acts.look_up(desk.held))
    return desk


def told(desk: Any, *lines: bytes) -> None:
    from mobile.link.run import SyncReport

    hear(desk.open_store, *lines)
    desk.office_news.heard(SyncReport(heard={"orders", "feed", "vehicle"}))


def test_an_order_that_comes_in_the_middle_of_a_check_stops_it_and_is_said(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    said: list[str] = []
    desk.tell = lambda refusal: said.append(refusal.code)
    told(desk, line("feed", "orders", {}), line("orders", "蒙K12345", {"rows": [STOP]}))
    assert [one["number"] for one in desk.held.fact("orders")] == ["7"]
    assert said == ["news_of_vehicle"]
    told(desk, line("orders", "蒙K12345"))
    assert desk.held.fact("orders") == [], "lifted, and heard of at once"
    desk.close()


def test_a_stop_order_on_the_trailer_that_really_hangs_there_is_found_when_its_plate_is_read(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    stop = {**STOP, "on": "trailer", "key": "蒙B9999挂"}
    told(desk, line("feed", "orders", {}), line("orders", "蒙B9999挂", {"rows": [stop]}))
    desk.put(acts.waybill({"number": "YD1", "plate": "蒙K12345", "trailer_plate": "蒙K1234挂"}))
    desk.put(acts.look_up(desk.held))
    assert desk.held.fact("orders") == [] and desk.held.fact("trailer")
    desk.put((acts.fact("seen.trailer_plate", "蒙B9999挂"),))
    verdicts = {(one.rule, one.case): one.verdict for one in desk.held.assessment.results}
    assert verdicts["R17", "stop_order"] == "conflict"
    assert desk.held.fact("trailer") is None, "the registry knows another one alone"
    desk.put(acts.unread(desk.held, "seen.trailer_plate"))
    assert desk.held.fact("orders") == [] and desk.held.fact("trailer")
    desk.close()


def test_what_only_holds_as_of_later_writes_nothing(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    before, vehicle = len(desk.held.entries), desk.held.fact("vehicle")
    told(desk, line("vehicle", "蒙K12345|yellow", dict(vehicle), "2026-11-22T00:00:00.000Z"))
    assert len(desk.held.entries) == before
    told(desk, line("vehicle", "蒙K12345|yellow", {**vehicle, "kerb_mass_kg": 1}))
    assert desk.held.fact("vehicle")["kerb_mass_kg"] == 1 and len(desk.held.entries) == before + 1
    desk.close()


def test_while_the_officers_sign_only_orders_are_put_down(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    vehicle = {**desk.held.fact("vehicle"), "kerb_mass_kg": 1}
    order = line("orders", "蒙K12345", {"rows": [STOP]})
    hear(desk.open_store, line("vehicle", "蒙K12345|yellow", vehicle), order)
    kinds = {"vehicle", "orders"}
    assert [one.item for one in fresh.news(desk.held, "", kinds, signing=True)] == ["orders"]
    assert {one.item for one in fresh.news(desk.held, "", kinds, signing=False)} == {"vehicle", "orders"}
    assert fresh.news(desk.held, "", {"case", "package"}, signing=False) == ()
    desk.close()


@pytest.mark.parametrize("screen", ["code", "sync", "reference", "sign"])
def test_who_has_signed_is_not_asked_again_because_another_screen_was_looked_at(tmp_path: Path, screen: str) -> None:
    desk = checking(tmp_path)
    vehicle = desk.held.fact("vehicle")
    desk.put(acts.sign("driver", "张建国", digest=part.draft(desk.held, desk.device_facts)))
    desk.navigation.screen = screen
    told(desk, line("vehicle", "蒙K12345|yellow", {**vehicle, "kerb_mass_kg": 1}))
    assert desk.held.fact("vehicle") == vehicle
    assert signatures.signed(desk.held, part.draft(desk.held, desk.device_facts)).driver
    # What was signed is another draft by now: the news count again.
    desk.navigation.screen = "walk"
    desk.put(acts.statement("还有一句"))
    told(desk, line("vehicle", "蒙K12345|yellow", {**vehicle, "kerb_mass_kg": 2}))
    assert desk.held.fact("vehicle")["kerb_mass_kg"] == 2
    desk.close()


def test_a_vehicle_that_is_not_known_yet_hears_nothing(tmp_path: Path) -> None:
    desk = begun(tmp_path)
    assert fresh.news(desk.held, "", {"orders"}, signing=False) == ()
    desk.close()


def test_what_the_registry_says_of_another_vehicle_is_never_on_disk_beside_the_one_that_is_here(
    tmp_path: Path, monkeypatch: Any
) -> None:
    """A full disk or a kill may come after each write: what follows of a plate is written with it or not at all."""
    desk = begun(tmp_path)
    desk.put(acts.identify("蒙K12345", "yellow"), follow=acts.look_up)
    desk.put((acts.fact("trailer.plate", "蒙K1234挂"),))
    before = store.entries(desk.open_store, desk.held.inspection)
    room = iter((True,))
    write = entries.run_sql

    def full(held: Any, sql: str, values: Any) -> Any:
        if sql == entries._INSERT and next(room, None) is None:
            raise Refusal("disk_full")
        return write(held, sql, values)

    monkeypatch.setattr(entries, "run_sql", full)
    for drafts in ((acts.fact("trailer.plate", "蒙B9999挂"),), acts.identify("蒙A00001", "yellow")):
        with pytest.raises(Refusal):
            desk.put(drafts, follow=ask_registry)
        assert store.entries(desk.open_store, desk.held.inspection) == desk.held.entries == before
        room = iter((True,))
    desk.close()
