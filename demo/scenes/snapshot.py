"""T3 beside the story: a stop order, an unknown vehicle, no waybill, a gas tanker with its distances, a clean lorry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from checklists.wire import instant
from demo import beside, county
from demo.scenes.identify import ask_plate
from demo.stage import Stage

PEOPLE = ((county.DRIVER, county.DRIVER_ID), (county.ESCORT, county.ESCORT_ID))


def scenes(stage: Stage) -> None:
    """Show what is known of several vehicles before the walk."""
    _scanned(stage, beside.stopped_bill(*PEOPLE))
    stage.shot("snapshot-stopped")
    _scanned(stage, beside.gas_bill(*PEOPLE))
    stage.shot("snapshot-gas")
    stage.tap("first_response")
    stage.driver.step(3)
    stage.shot("snapshot-response")
    stage.tap("response_close")
    with _told(stage, beside.earlier(stage.now)):
        _scanned(stage, beside.gas_bill(*PEOPLE))
        stage.shot("snapshot-held")
        _scanned(stage, beside.clean_bill(*PEOPLE))
        stage.shot("snapshot-never")
    _scanned(stage, beside.clean_bill(*PEOPLE))
    stage.shot("snapshot-clean")
    stage.tap("choose_depth")
    stage.driver.step(3)
    stage.shot("snapshot-depth")
    stage.tap("depth_done")
    _scanned(stage, county.waybill_text(stage.now))
    stage.tap("choose_depth")
    stage.tap("depth:fast-lane")
    stage.driver.step(3)
    stage.shot("snapshot-shallower")
    stage.tap("reason:排队车辆已影响交通安全", "depth_done")
    stage.app.desk.put_down()
    stage.tap("new_check", "enter_plate_big")
    ask_plate(stage, "蒙K99999")
    stage.tap("next")
    stage.at("snapshot")
    stage.shot("snapshot-unknown")
    stage.tap("first_response")
    stage.driver.step(3)
    stage.shot("snapshot-response-unknown")
    stage.tap("response_close")
    stage.app.desk.put_down()


@contextmanager
def _told(stage: Stage, checks: list[dict[str, Any]]) -> Iterator[None]:
    """Let the tablet know of earlier checks, as the feed tells them: found by any of their numbers."""
    desk = stage.app.desk
    kit, as_of = desk.kit, instant(stage.now - timedelta(minutes=3))

    def lookup(kind: str, key: str) -> Any:
        if (kind, key) == ("feed", "history"):
            return {"data": {}, "as_of": as_of}
        found = [one for one in checks if kind == "history" and key in one["about"].values()]
        return {"data": {"rows": found}, "as_of": as_of} if found else kit.lookup(kind, key)

    desk.hand.kit = replace(kit, lookup=lookup)
    yield
    desk.hand.kit = kit


def _scanned(stage: Stage, text: str) -> None:
    """Open a check; the camera takes its waybill, and the snapshot comes by itself."""
    if stage.app.desk.has_inspection:
        stage.app.desk.put_down()
    stage.tap("new_check")
    stage.at("identify")
    stage.snap_waybill(text)
    stage.at("snapshot")
