"""T3 beside the story: a stop order, an unknown vehicle, no waybill, a gas tanker with its distances, a clean lorry."""

from __future__ import annotations

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


def _scanned(stage: Stage, text: str) -> None:
    """Open a check; the camera takes its waybill, and the snapshot comes by itself."""
    if stage.app.desk.has_inspection:
        stage.app.desk.put_down()
    stage.tap("new_check")
    stage.at("identify")
    stage.snap_waybill(text)
    stage.at("snapshot")
