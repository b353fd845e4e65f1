"""T14: a case sent back with two pieces, a photo and a statement put down for it, sent, and its card afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.wire import instant
from demo import ending, pictures
from demo.stage import Stage

TASK = "case-demo-4"


def scenes(stage: Stage) -> None:
    """Play them."""
    desk = stage.app.desk
    ending.tanker(stage)
    ending.photo(stage, "LIC-11", pictures.cab)
    ending.photo(stage, "EQP-14")
    ending.seal(stage)
    inspection = desk.held.inspection
    ending.leave(stage)
    rows = {"data": {"rows": [row(stage, inspection)]}, "as_of": instant(stage.now)}
    stage.office.load([{"kind": "tasks", "key": "T", **rows}])
    stage.office.command("publish")
    desk.go("tasks")
    stage.at("tasks")
    stage.tap("fetch")
    stage.settled()
    stage.wait_for(f"answer:{TASK}")
    stage.shot("reply-asked")
    stage.tap(f"answer:{TASK}")
    stage.at("reply")
    stage.shot("reply-empty")
    pictures.cab(stage.camera / "reply.jpg")
    stage.tap("reply_photo")
    stage.write("statement", "押运员请假，公司让我先把这车拉完；灭火器放在家里，没有随车。")
    stage.shot("reply-writing")
    stage.tap("put_statement")
    stage.write("correction", "挂车号牌应为蒙K1234挂，检查时看错一位。")
    stage.tap("put_correction")
    stage.settled()
    stage.shot("reply-told")
    stage.office.stop()
    stage.tap("reply_send")
    stage.at("tasks")
    stage.settled()
    stage.shot("reply-waits")
    stage.office.start()
    stage.tap("fetch")
    stage.settled()
    stage.shot("reply-sent")
    desk.go("queue")
    stage.at("queue")


def row(stage: Stage, inspection: str) -> dict[str, Any]:
    """Return the task as the office writes it."""
    return {
        "id": TASK,
        "kind": "supplement",
        "tier": "medium",
        "title": {"zh": "补充案件材料", "en": "Supplement for a case"},
        "text": "问题部位或物品照片（车上没有押运员）\n车辆或现场全景照片（车上没有押运员）",
        "due": instant(stage.now + timedelta(hours=9)),
        "plate": "蒙K12345",
        "case": "T-2026-00017",
        "inspection": inspection,
        "pieces": [{"item": "LIC-11", "evidence": "item"}, {"item": "LIC-11", "evidence": "overall"}],
        "created_at": instant(stage.now - timedelta(hours=2)),
    }
