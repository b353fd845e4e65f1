"""T3 where the office steers: watch list, alone and beside a hold, a campaign, a vehicle checked clean before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from checklists.facts.campaign import ALL
from checklists.facts.identifiers.keys import number_key
from checklists.findings.checked_before import is_drawn
from demo import beside, county
from demo.scenes.snapshot import PEOPLE, scanned
from demo.stage import Stage
from demo.telling import told


def scenes(stage: Stage) -> None:
    """Show what is asked about vehicles, and what the team says of it."""
    with told(stage, watch=_watches(stage, beside.CLEAN)):
        scanned(stage, beside.clean_bill(*PEOPLE))
        stage.shot("snapshot-watched")
        stage.tap("watched:w-1")
        stage.shot("snapshot-watched-done")
        stage.app.desk.put_down()
    with told(stage, watch=_watches(stage, beside.GAS)[:1], history=beside.earlier(stage.now)):
        scanned(stage, beside.gas_bill(*PEOPLE))
        stage.shot("snapshot-watched-held")
        stage.app.desk.put_down()
    with told(stage, campaign=_campaigns(stage, beside.CLEAN)):
        scanned(stage, beside.clean_bill(*PEOPLE))
        stage.shot("snapshot-campaign")
        stage.tap("start_walk")
        stage.shot("walk-campaign")
        stage.app.desk.go("section", section="EQP")
        stage.shot("section-campaign")
        stage.app.desk.put_down()
    for name in ("drawn", "short"):
        with told(stage, history=[_clean(stage, drawn=name == "drawn")]):
            scanned(stage, beside.gas_bill(*PEOPLE).replace("14.2 t", "11.2 t"))
            stage.shot(f"snapshot-before-{name}")
            stage.app.desk.put_down()


def _clean(stage: Stage, *, drawn: bool) -> dict[str, Any]:
    """Return a clean check of the gas tanker, three hours ago at another post: one that the draw takes, or does not."""
    (row, *_others) = beside.earlier(stage.now - timedelta(hours=1))
    rule = stage.app.desk.kit.definitions.checked_before
    name = next(one for one in map("e-{}".format, range(1000)) if is_drawn(one, rule) is drawn)
    clean = {"outcome": "release", "severity": "", "violations": [], "checklist": "cn-joint", "inspection": name}
    return {**row, **clean, "about": {**row["about"], "tank": number_key(beside.GAS_TANK)}}


def _campaigns(stage: Stage, plate: str) -> list[dict[str, Any]]:
    """Return two campaigns of all places: one that looks for the plate, and one with a long name that does not."""
    day = stage.now.date()
    told = {"key": ALL, "why": "上月问题多", "unit": "云岭旗公安局交管大队", "since": day.isoformat()}
    looked = {"items": ["EQP-14", "EQP-12", "PLA-02", "TNK-07"]}
    targets = [{"on": "vehicle", "key": f"{plate}|yellow"}]
    return [
        {**told, **looked, "id": "c-1", "name": county.CAMPAIGN, "until": _after(day, 20), "targets": targets},
        {**told, "id": "c-2", "name": "全区危险货物道路运输企业主体责任落实情况联合督查", "until": _after(day, 40)},
    ]


def _after(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _watches(stage: Stage, plate: str) -> list[dict[str, Any]]:
    def day(after: int) -> str:
        return (stage.now + timedelta(days=after)).date().isoformat()

    asked = {"unit": "云岭旗公安局交管大队", "officer": "王警官", "contact": "0477-8100000", "since": day(-2)}
    about = {"on": "vehicle", "key": f"{plate}|yellow"}
    return [
        {
            **asked, **about, "id": "w-1", "why": "上周在 G109 检查点附近弃车离开，需了解情况", "do": "call",
            "text": "请留下驾驶人电话", "until": day(5),
        },
        {**asked, **about, "id": "w-2", "why": "夜间多次绕行禁行路段", "do": "ask_way", "text": "", "until": day(12)},
    ]  # fmt: skip
