"""T13: no list yet, tasks of all tiers with an overdue one and long words, an answer that waits and one delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.wire import instant
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play them."""
    desk = stage.app.desk
    desk.go("tasks")
    stage.at("tasks")
    stage.shot("tasks-none")
    stage.office.load([{"kind": "tasks", "key": "T", "data": {"rows": rows(stage)}, "as_of": instant(stage.now)}])
    stage.office.command("publish")
    stage.tap("fetch")
    stage.settled()
    stage.wait_for("called:alert-1")
    stage.shot("tasks")
    stage.office.stop()
    if stage.driver.window.height > 600:  # a low screen has no field for a note
        stage.write("task_note", "已联系公司安全员，车停在 G18 服务区")
    stage.tap("called:alert-1")
    stage.settled()
    stage.shot("tasks-waiting")
    stage.office.start()
    stage.app.frame.ids.holder.children[0].ids.rows.to_top()
    stage.driver.step(4)
    stage.tap("fetch")
    stage.settled()
    stage.shot("tasks-told")
    for did, task in (
        ("dispatched", "alert-1"),
        ("read", "message-1"),
        ("done", "revisit-1"),
        ("done", "supplement-1"),
    ):
        stage.tap(f"{did}:{task}")
        stage.settled()
    stage.shot("tasks-done")
    desk.go("queue")
    stage.at("queue")


def rows(stage: Stage) -> list[dict[str, Any]]:
    """Return one task of each kind."""

    def at(hours: float) -> str:
        return instant(stage.now + timedelta(hours=hours))

    return [
        {
            **{"id": "message-1", "kind": "alert", "tier": "low", "created_at": at(-3)},
            "title": "明日有大雾，G18 云岭段限速",
            "text": "夜间 22 时至次日 8 时能见度低于 200 米，卡口警示标志前移至 500 米。",
        },
        {
            **{"id": "revisit-1", "kind": "revisit", "tier": "medium", "created_at": at(-80), "due": at(-4)},
            "title": "云岭旗恒达危险品运输有限公司：责令改正后的回访",
            "text": "11月18日责令更换罐体密封垫、补齐吸附材料。请到场复查两台罐车，拍照记录，并在系统中填写结果。",
            "plate": "蒙K45678",
        },
        {
            **{"id": "supplement-1", "kind": "supplement", "tier": "medium", "created_at": at(-20), "due": at(9)},
            "title": "补充调查：装货人询问笔录缺签名",
            "text": "法制审核退回：第2页缺被询问人签名，请补正后重新上传。",
            "case": "T-2026-00031",
            "plate": "蒙K12345",
        },
        {
            **{"id": "alert-1", "kind": "alert", "tier": "high", "created_at": at(-0.3), "due": at(0.7)},
            "title": {"zh": "已放行车辆补查发现问题", "en": "A vehicle that was let go turned out to have a deviation"},
            "text": {"zh": "驾驶员从业资格已被吊销", "en": "the driver's qualification was revoked"},
            "plate": "蒙K23456",
        },
    ]
