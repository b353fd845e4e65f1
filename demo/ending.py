"""Inspections brought to their end by entries, for scenes whose subject is what comes after the walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from checklists.facts.waybill import read
from demo import county, pictures
from demo.stage import Stage

PIN, SECOND_PIN = "683947", "957264"
ALONE = ({"role": "driver", "name": county.DRIVER, "id_number": county.DRIVER_ID},)
BOTH = (*ALONE, {"role": "escort", "name": county.ESCORT, "id_number": county.ESCORT_ID})
"""The driver alone, and with the escort."""

STROKES = (((0.2, 0.5), (0.3, 0.8), (0.35, 0.3)), ((0.45, 0.7), (0.5, 0.3), (0.6, 0.75), (0.7, 0.35)))


def tanker(stage: Stage, aboard: Iterable[Mapping[str, str]] = ALONE, failing: Iterable[str] = ("EQP-14",)) -> None:
    """Bring the story's tanker to its outcome: signs, kit and mass as in the story, and these items failing too."""
    from mobile.inspecting import acts

    desk = stage.app.desk
    desk.begin()
    bill = read(county.waybill_text(stage.now), desk.kit.tables.goods).data
    desk.put((*acts.identify(county.TRACTOR, "yellow"), *acts.waybill(bill)))
    desk.put(acts.look_up(desk.held))
    desk.put(acts.see_aboard(list(aboard)))
    desk.put((*acts.see_panel("front", "80", "1832"), *acts.see_panel("rear", "80", "1830"), *acts.weigh(44920)))
    for side in ("rear", "left", "right"):
        desk.put(acts.see_placards(side, ["8"]))
    for key in ("drain_seal", "collecting_container"):
        desk.put(acts.see_equipment(key, 0))
    for item in failing:
        desk.put(acts.answer(item, "does_not_conform"))
    finish(stage)


def clean(stage: Stage, plate: str = "蒙K88001") -> None:
    """Bring a vehicle of which only the plate is known to its outcome, with nothing found."""
    from mobile.inspecting import acts

    desk = stage.app.desk
    desk.begin()
    desk.put((*acts.identify(plate, "yellow"), *acts.see_aboard(list(BOTH))))
    finish(stage)


def finish(stage: Stage) -> None:
    """Answer what is still open, and go to the outcome."""
    from mobile.inspecting import acts

    desk = stage.app.desk
    for _ in range(5):
        wanting = [one.item.id for one in desk.held.assessment.open]
        desk.put(draft for item in wanting for draft in acts.answer(item, "conforms"))
    desk.go("outcome")
    stage.at("outcome")


def photo(stage: Stage, item: str, draw: Callable[[Path], None] = pictures.empty_box, **named: Any) -> None:
    """Photograph an item, as the sheet of a deviation does."""
    from mobile.device import camera
    from mobile.inspecting import acts, evidence

    desk = stage.app.desk
    stage.snap(draw)
    content = camera.picked(camera.arrived(desk.camera)[-1])
    stamp = evidence.Stamp(stage.now.strftime("%Y-%m-%d %H:%M"), officer=desk.held.officer.name, plate=desk.plate)
    desk.put(acts.photo({**evidence.capture(desk.open_store, content, stamp), **named}, item))


def write_name(stage: Stage) -> None:
    """Read to the end, then sign on the pad."""
    stage.see("told")
    pad = stage.driver.find_id("area")
    for stroke in STROKES:
        stage.driver.drag(pad, stroke)


def seal(stage: Stage, second: str = "p-li") -> None:
    """Go from the outcome to the papers: everybody signs, two officers confirm."""
    choose_second(stage, second)
    stage.tap("to_signing")
    stage.at("sign")
    confirm(stage, second)


def choose_second(stage: Stage, second: str = "p-li") -> None:
    """Say who shows his card beside us, unless he stands there already."""
    if not stage.driver.find_id(f"second:{second}").active:
        stage.tap(f"second:{second}")


def confirm(stage: Stage, second: str = "p-li") -> None:
    """Sign and confirm from where the driver has the tablet."""
    desk = stage.app.desk
    while desk.where.get("stage") != "officers":
        write_name(stage)
        stage.tap("hand_back")
    stage.keys("pin", PIN)
    stage.confirm_second(second, SECOND_PIN)
    stage.at("papers")


def leave(stage: Stage) -> None:
    """Lay the inspection aside and stand on the queue."""
    stage.app.desk.put_down()
    stage.at("queue")
