"""The queue: empty, with many cards and long names, with waits that grow loud, and after a torn file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

from checklists.wire import instant, uuid7
from demo.scenes.shift import RECORDS, seal
from demo.stage import Stage

LONG = "内蒙古自治区鄂尔多斯市云岭旗路安危险货物道路运输（集团）有限责任公司第三分公司"


def scenes(stage: Stage) -> None:
    """Show it empty, then full."""
    from mobile.inspecting import acts
    from mobile.screens.queue import flow as queue

    desk = stage.app.desk
    desk.go("queue")
    stage.at("queue")
    stage.shot("queue-empty")
    for number, (plate, carrier, minutes, officer) in enumerate(OPEN):
        with mock.patch.object(desk, "now", lambda minutes=minutes: stage.now - timedelta(minutes=minutes)):
            desk.begin()
            if plate:
                carried = acts.fact("carrier", {"name": carrier}, "papers")
                desk.put((*acts.identify(plate, "yellow"), carried), desk.access.named(officer))
            if number == 1:
                desk.put(acts.see_panel("front", "80", "1832"), desk.access.named(officer))
            desk.put_down()
    for plate, outcome, severities in (*RECORDS, *RECORDS):
        inspection, at = uuid7(), instant(desk.now())
        seal(desk, inspection, at, outcome, severities, {"plate": plate, "colour": "yellow"}, LONG)
    stage.office.stop()
    with mock.patch.object(queue, "count", lambda _store, _now: 3):
        desk.go("queue")
        stage.at("queue")
        stage.driver.step(4)
        stage.shot("queue-full")
    stage.office.start()
    desk.start_sync()
    stage.settled()
    _torn(stage, desk)
    stage.driver.step(3)


OPEN = (
    ("蒙K12345", "云岭旗路安危货运输有限公司", 4, "t-wang"),
    ("蒙K98761", LONG, 2, "t-wang"),
    ("", "", 1, "t-wang"),
    ("蒙AD12345", LONG, 41, "t-wang"),
    ("鲁B7A31挂", "青岛港化工运输有限公司", 95, "t-wang"),
    ("蒙K22222", "云岭旗恒达危险品运输有限公司", 12, "p-li"),
)
"""Plate, carrier, how many minutes ago it was touched last, and by whom."""


def _torn(stage: Stage, desk: Any) -> None:
    from mobile.store import store

    notice = mock.Mock(kept={"entry_row": 214, "sealed_row": 9}, lost={"entry_row": 2})
    with mock.patch.object(store, "notice", lambda _store: notice):
        desk.go("queue")
        stage.at("queue")
        stage.shot("queue-salvaged")
    desk.go("queue")
