"""What the record page says of each photo: when, by which clock, where, how exactly, and why it was taken back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from server.config import Config
from server.office import open_office
from server.store import records
from tests.server.browser import Browser
from tests.server.scene import Stage, deliver, drain, facts, picture, play, position, sealed_part, shot, story_situation

OPENED = "2026-11-21T01:29:00.000Z"
PHOTOS = {
    "LIC-01": {"taken": {"at": "2026-11-21T01:30:00.000Z", "by": "camera"}, "position": position(OPENED)},
    "LIC-02": {
        "taken": {"at": "2026-11-21T01:41:00.000Z", "by": "camera", "other": "2026-11-21T01:31:00.000Z"},
        "position": position(OPENED, 180),
    },
    "LIC-03": {"taken": {"at": "2026-11-21T01:30:00.000Z", "by": "file"}, "position": position(OPENED, None)},
    "LIC-04": {"taken": {"at": "2026-11-21T01:30:00.000Z", "by": "file"}, "no_position": "no_fix"},
    "LIC-05": {},
    "LIC-06": {"taken": {"at": [], "by": "?"}, "position": {"latitude": "x"}},
}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县"))
    stage = play(office, many=0)
    kept = {key: value for key, value in PHOTOS.items() if key != "LIC-06"}
    said = [
        ("position", "opened", {"position": position(OPENED)}),
        *facts(story_situation()),
        *(("photo", item, {**shot(picture(item, "paper")), **more}) for item, more in kept.items()),
        ("withdrawn", "LIC-05", {"reason": "拍的是后一辆车"}),
    ]
    deliver(stage, "photos", sealed_part(stage, "T", said, minutes_ago=1, hands=("T-001",)))
    broken = [*facts(story_situation()), ("photo", "LIC-06", {**shot(picture("x", "paper")), **PHOTOS["LIC-06"]})]
    deliver(stage, "broken", sealed_part(stage, "T", broken, minutes_ago=1, hands=("T-001",)))
    drain(office)
    yield stage
    office.close()


def page(stage: Stage) -> str:
    return str(Browser(stage.office, "area").get(f"/console/records/{stage.digests['photos']}").text)


def told(stage: Stage) -> dict[str, str]:
    """What stands under each photo."""
    figures = re.findall(r"<figure class=.taken.*?</figure>", page(stage), re.DOTALL)
    plain = [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", one))) for one in figures]
    return {next(item for item in PHOTOS if item in one): one for one in plain}


def test_each_photo_says_when_and_where_with_all_that_makes_it_less_certain(stage: Stage) -> None:
    shown = told(stage)
    assert "2026-11-21 09:30:00" in shown["LIC-01"] and "40.842000, 111.749000 ±9 m" in shown["LIC-01"]
    assert not any(one in shown["LIC-01"] for one in ("精度低", "不一致", "定位于"))
    assert "两个时钟不一致：2026-11-21 09:31:00" in shown["LIC-02"]
    assert "±180 m 精度低" in shown["LIC-02"] and "定位于 2026-11-21 09:29:00" in shown["LIC-02"]
    assert "精度不明" in shown["LIC-03"]
    assert "无定位：接收器未能定位" in shown["LIC-04"]


def test_one_that_was_taken_back_is_struck_through_with_the_reason_and_says_what_is_not_known(stage: Stage) -> None:
    shown = told(stage)
    assert "照片已撤回：拍的是后一辆车" in shown["LIC-05"]
    assert "取入记录" in shown["LIC-05"] and "无定位" in shown["LIC-05"]
    assert re.findall(r'figure class="taken gone"', page(stage)) == ['figure class="taken gone"']


def test_the_opening_says_where_the_tablet_was(stage: Stage) -> None:
    head = page(stage).partition('<header class="card head">')[2].partition("</header>")[0]
    assert "40.842000, 111.749000" in head


def test_a_place_that_is_no_place_keeps_the_record_closed_with_its_fault(stage: Stage) -> None:
    held = records.by_digest(stage.digests["broken"])
    assert held is not None
    assert (held.state, held.reason) == ("parked", "shape_wrong") and ".value" in str(held.detail)
