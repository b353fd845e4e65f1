"""The shift: nothing known yet, everything low and old, by night on an expressway; its counts; and how it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from checklists.wire import instant, uuid7
from demo import county, pictures
from demo.stage import Stage
from demo.story import PIN, POLICE_PIN
from mobile.inspecting.manifest import manifest

LONG = county.SITE + "（东行第二收费广场北侧临时检查区）"


def scenes(stage: Stage) -> None:
    """Begin badly, work, close with and without the office, and begin again."""
    desk = stage.app.desk
    desk.go("queue")
    stage.tap("shift")
    stage.at("shift")
    stage.shot("shift-open-empty")
    stage.tap("change_post")
    stage.wait_for("tick:signs_200_m") if not _dark(stage) else stage.wait_for("tick:signs_500_m")
    stage.shot("shift-post")
    if not stage.driver.find_id("second:p-li").active:
        stage.tap("second:p-li")
    stage.tap("role:t-wang:check")
    stage.tap("role:p-li:guide")
    stage.shot("shift-roles")
    stage.tap("begin_shift")
    stage.at("queue")
    _records(stage)
    _unfinished(stage)
    second_knows(stage)
    stage.office.stop()
    stage.tap("shift")
    stage.at("shift")
    stage.shot("shift-counts")
    stage.keys("pin", "000000")
    stage.shot("shift-wrong-pin")
    stage.keys("pin", PIN)
    stage.shot("shift-second")
    stage.keys("pin", POLICE_PIN)
    stage.wait_for("ask_office")
    stage.settled()
    stage.shot("shift-closed-waiting")
    _told(stage, lacking=2)
    stage.shot("shift-closed-lacking")
    stage.office.start()
    stage.tap("ask_office")
    stage.driver.step_until(lambda: _answer(stage).get("equal"), seconds=60)
    stage.wait_for("ask_office")
    stage.shot("shift-closed-equal")
    stage.tap("next_shift")
    stage.wait_for("begin_shift")
    stage.shot("shift-next")
    _badly(stage)
    stage.tap("to_queue")
    stage.at("queue")
    stage.shot("queue-no-shift")
    stage.tap("shift")
    stage.at("shift")
    stage.tap("begin_shift")
    stage.at("queue")


def _dark(stage: Stage) -> bool:
    from mobile.screens.shift.state import is_dark

    return is_dark(stage.app.desk.now())


def _badly(stage: Stage) -> None:
    """Little space, an almost empty battery, old packages, a long place, by night on an expressway."""
    from mobile.device.battery import Battery
    from mobile.screens.shift import flow as shift

    desk = stage.app.desk
    before = desk.backlog
    ages = {"definitions": 9, "reference": 2, "registry": 41}
    old = [replace(one, applied_at=instant(desk.now() - timedelta(days=ages[one.name]))) for one in before.packages]
    with (
        mock.patch.object(shift, "battery", lambda: Battery(12)),
        mock.patch("shutil.disk_usage", lambda _folder: mock.Mock(free=180_000_000)),
    ):
        desk.backlog = replace(before, packages=tuple(old), unsent=(3, 21))
        desk.go("shift")
        stage.driver.step(3)
        for chip, on in (("dark", True), ("expressway", True)):
            if stage.driver.find_id(chip).active != on:
                stage.tap(chip)
        stage.driver.find_id("site").text = LONG
        stage.shot("shift-not-ready")
        stage.driver.find_id("site").text = county.SITE
        desk.backlog = before


def second_knows(stage: Stage) -> None:
    """Give the second officer a PIN on this tablet, if he has none."""
    desk = stage.app.desk
    if "p-li" not in desk.access.officers():
        desk.access.give_code("p-li", stage.office.first_codes["p-li"])
        desk.access.add_officer("p-li", POLICE_PIN)


def _records(stage: Stage) -> None:
    """Records of this shift, made as sealing does, because walking through ten vehicles takes long."""
    from mobile.sealing import shifts

    desk = stage.app.desk
    photo = stage.folder / "shift.jpg"
    pictures.cab(photo)
    for number, (plate, outcome, severities) in enumerate(RECORDS):
        at = instant(desk.now() - timedelta(minutes=40 - 4 * number))
        seal(desk, uuid7(), at, outcome, severities, {"plate": plate, "colour": "yellow"}, photo=photo)
    shift = shifts.current(desk.open_store)
    assert shift is not None
    shifts.begin(desk.open_store, replace(shift, began_at=instant(desk.now() - timedelta(hours=7))))
    desk.go("queue")
    stage.at("queue")


RECORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("蒙K23456", "release", ()),
    ("蒙K34567", "release", ()),
    ("蒙K45678", "hold", ("I", "II", "II")),
    ("蒙KD12345", "release_after_correction", ("III",)),
    ("蒙K56789", "correct_by_deadline", ("II", "III")),
)


def seal(
    desk: Any,
    inspection: str,
    at: str,
    outcome: str,
    severities: tuple[str, ...],
    vehicle: dict[str, str],
    carrier: str = "",
    photo: Path | None = None,
) -> None:
    """Seal a record of this vehicle, with a photo where something was found and there is one."""
    from checklists.inspection.entries import Entry
    from checklists.wire import to_plain
    from mobile.inspecting import evidence
    from mobile.store import store

    made, opened = desk.access.enrolment, desk.open_store
    store.open_inspection(opened, inspection, "t-wang", at)
    facts = {f"vehicle.{key}": one for key, one in vehicle.items()} | ({"carrier.name": carrier} if carrier else {})
    values = [("fact", path, {"data": data, "source": "officer"}) for path, data in facts.items()]
    if photo and severities:
        stamp = evidence.Stamp("09:30", plate=vehicle["plate"])
        values.append(("photo", "LIC-11", evidence.capture(opened, photo.read_bytes(), stamp)))
    for seq, (kind, item, value) in enumerate(values, start=1):
        store.append(opened, Entry(uuid7(), inspection, made.device, seq, "t-wang", "T", at, kind, item, value))
    entries = store.entries(opened, inspection)
    part = {
        "format": 1, "kind": "inspection", "id": uuid7(), "inspection": inspection, "opened_at": at,
        "device": made.device, "certificate": made.certificate, "app": "0.1.0", "sealed_at": at,
        "clock": {"offset_ms": 0, "agreed_at": None, "jumps": []}, "site": county.SITE, "checklist": "cn-joint",
        "definitions": [dict(one) for one in desk.kit.used], "entries": [to_plain(one) for one in entries],
        "findings": [{"item": "LIC-11", "severity": one} for one in severities], "papers": [],
        "photos": manifest(entries), "outcome": {"proposed": outcome, "decided": outcome, "reason": None},
    }  # fmt: skip
    store.seal_inspection(
        opened, inspection, lambda seq, before: {**part, "device_seq": seq, "previous": before}, made.key
    )


def _unfinished(stage: Stage) -> None:
    """Two vehicles that the shift does not finish: one known, one not even by its plate."""
    from mobile.inspecting import acts

    desk = stage.app.desk
    desk.begin()
    desk.put(acts.identify("蒙K67890", "yellow"))
    desk.put_down()
    desk.begin()
    desk.put_down()
    stage.at("queue")


def _told(stage: Stage, lacking: int) -> None:
    """What the office says while two records are still on their way."""
    from mobile.sealing import shifts
    from mobile.store import store

    desk = stage.app.desk
    end = shifts.closed(desk.open_store)
    assert end is not None
    part = store.sealed(desk.open_store, end.digest).part
    parts = part["parts"]
    said = {"equal": False, "named": len(parts), "held": len(parts) - lacking, "lacking": parts[:lacking], "extra": []}
    more = {"counts": {}, "differs": ["inspections"], "files": {"named": 9, "received": 3}}
    shifts.keep_answer(desk.open_store, end.digest, {**said, **more})
    desk.refresh()
    stage.driver.step(3)


def _answer(stage: Stage) -> Any:
    from mobile.sealing import shifts

    end = shifts.closed(stage.app.desk.open_store)
    return end.told if end else {}
