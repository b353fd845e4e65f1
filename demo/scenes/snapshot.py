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
from demo.telling import told

PEOPLE = ((county.DRIVER, county.DRIVER_ID), (county.ESCORT, county.ESCORT_ID))


def scenes(stage: Stage) -> None:
    """Show what is known of several vehicles before the walk."""
    scanned(stage, beside.stopped_bill(*PEOPLE))
    stage.shot("snapshot-stopped")
    scanned(stage, beside.gas_bill(*PEOPLE))
    stage.shot("snapshot-gas")
    stage.tap("first_response")
    stage.driver.step(3)
    stage.shot("snapshot-response")
    stage.tap("response_close")
    with told(stage, history=beside.earlier(stage.now)):
        scanned(stage, beside.gas_bill(*PEOPLE))
        stage.shot("snapshot-held")
        scanned(stage, beside.clean_bill(*PEOPLE))
        stage.shot("snapshot-never")
    for level, reasons in _LEVELS.items():
        with _tier(stage, level, reasons):
            scanned(stage, beside.clean_bill(*PEOPLE))
            stage.shot(f"snapshot-carrier-{level}")
    scanned(stage, beside.clean_bill(*PEOPLE))
    stage.shot("snapshot-clean")
    stage.tap("choose_depth")
    stage.driver.step(3)
    stage.shot("snapshot-depth")
    stage.tap("depth_done")
    scanned(stage, county.waybill_text(stage.now))
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


_LEVELS: dict[str, list[dict[str, Any]]] = {
    "tightened": [
        {"code": "rejected_of_last", "counts": {"rejected": 2, "last": 5}},
        {"code": "correction_overdue", "number": "T-2026-00031", "on": "2026-11-02", "points": 15},
        {"code": "check", "number": "蒙K20881", "on": "2026-11-20", "points": 28, "counts": {"I": 1, "II": 1}},
    ],
    "unknown": [],
    "reduced": [{"code": "accepted_in_row", "counts": {"row": 12, "needed": 10}}],
}
"""How closely the office wants a carrier checked, with its reasons."""


@contextmanager
def _tier(stage: Stage, level: str, reasons: list[dict[str, Any]]) -> Iterator[None]:
    """Let the tablet know in which tier the carrier stands; of an unknown one the office says nothing."""
    desk = stage.app.desk
    kit, as_of = desk.kit, instant(stage.now - timedelta(minutes=3))
    told = {"level": level, "points": 43, "formula": "1", "since": "2026-11-21", "checks": 12, "reasons": reasons}
    told |= {"salt": "x", "full_percent": 100} if level == "reduced" else {}

    def lookup(kind: str, key: str) -> Any:
        if (kind, key) == ("feed", "carrier_tier"):
            return {"data": {}, "as_of": as_of}
        if kind == "carrier_tier":
            return {"data": told, "as_of": as_of} if reasons else None
        return kit.lookup(kind, key)

    desk.hand.kit = replace(kit, lookup=lookup)
    yield
    desk.hand.kit = kit


def scanned(stage: Stage, text: str) -> None:
    """Open a check; the camera takes its waybill, and the snapshot comes by itself."""
    if stage.app.desk.has_inspection:
        stage.app.desk.put_down()
    stage.tap("new_check")
    stage.at("identify")
    stage.snap_waybill(text)
    stage.at("snapshot")
