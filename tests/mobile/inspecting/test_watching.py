"""An entry of the watch list that comes while its vehicle is being checked is said at once, wherever the officer is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mobile.inspecting import watching
from mobile.link import agreed_clock
from mobile.link.run import SyncReport
from tests.mobile.field import hear, line
from tests.mobile.inspecting.test_fresh import checking

ROW = {
    "id": "w-1", "on": "vehicle", "key": "蒙K12345|yellow", "unit": "示例县大队", "officer": "王警官",
    "why": "弃车离开", "do": "call", "since": "2026-11-20", "until": "2026-11-22",
}  # fmt: skip
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def told(desk: Any, row: dict[str, Any]) -> list[str]:
    said: list[str] = []
    desk.tell = lambda refusal: said.append(refusal.code)
    hear(desk.open_store, line("watch", row["id"], row, until=row["until"]))
    desk.office_news.heard(SyncReport(heard={"watch"}))
    return said


def test_it_is_said_once_and_only_for_the_vehicle_in_hand(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    desk.now = lambda: NOON
    assert told(desk, {**ROW, "id": "w-2", "key": "蒙K99999|yellow"}) == []
    assert told(desk, ROW) == ["news_of_vehicle"]
    desk.put(watching.shown(desk.held, watching.day_of(NOON, 0)))
    assert told(desk, {**ROW, "why": "另一原因"}) == [], "the record says already that it was on the screen"
    desk.close()


def test_the_snapshot_in_front_shows_it_by_itself(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    drawn: list[str] = []
    desk.now = lambda: NOON
    desk.go("snapshot")
    desk.refresh = lambda: drawn.append(desk.screen)
    told(desk, ROW)
    assert drawn == ["snapshot"]
    desk.close()


def test_one_that_ended_by_the_offices_clock_is_not_said(tmp_path: Path) -> None:
    desk = checking(tmp_path)
    desk.now = lambda: datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
    agreed_clock.agree(desk.open_store, 120_000, "2026-11-22T16:01:00.000Z")
    assert told(desk, ROW) == []
    desk.close()
