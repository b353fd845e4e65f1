"""What "scan" reads without a camera of its own: a picture of this check, never one of a vehicle before."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import segno

from mobile.inspecting import acts
from mobile.screens.genuine import flow as genuine
from mobile.screens.genuine.view import GenuineScreen
from mobile.screens.identify import flow as identify
from mobile.screens.identify.view import IdentifyScreen
from mobile.words import words
from tests.mobile import tablet

OLD, NEW = "运单编号=YD1;车牌号=蒙K99999;UN编号=1830", "运单编号=YD2;车牌号=蒙K12345;UN编号=1830"


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    words.lang = "zh_CN"
    held, _shown = tablet.shown(tablet.made(tmp_path / "tablet"))
    held.camera = tmp_path / "Camera Roll"
    held.camera.mkdir()
    held.unlock("officer-1", tablet.PIN)
    yield held
    held.close()


def snapped(desk: Any, text: str, at: datetime) -> None:
    """A picture of a code that a camera wrote at that time."""
    path = desk.camera / f"{at:%H%M%S}.png"
    segno.make(text, error="m").save(str(path), scale=6)
    os.utime(path, (at.timestamp(), at.timestamp()))


def entered(driver: Any, desk: Any) -> Any:
    screen = driver.show(IdentifyScreen())
    desk.navigation.screen = "identify"
    identify.enter(desk, screen)
    return screen


def test_the_waybill_of_the_vehicle_before_is_not_read(driver: Any, desk: Any) -> None:
    snapped(desk, OLD, desk.now() - timedelta(minutes=90))
    desk.begin()
    screen = entered(driver, desk)
    screen.dispatch("on_scan")
    driver.step(2)
    assert desk.held.fact("waybill") is None and desk.plate == ""
    assert driver.find_text("没有新照片，请选择一张。")
    snapped(desk, NEW, desk.now() + timedelta(seconds=5))
    screen.dispatch("on_scan")
    assert desk.held.fact("waybill")["number"] == "YD2"


def test_nor_is_one_that_was_taken_for_another_open_check(driver: Any, desk: Any) -> None:
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    first = desk.held.inspection
    desk.begin()
    snapped(desk, OLD, desk.now() + timedelta(seconds=5))
    desk.resume(first)
    screen = entered(driver, desk)
    for event in ("on_scan", "on_watch", "on_watch"):
        screen.dispatch(event)
    assert desk.held.fact("waybill") is None


def test_a_paper_is_checked_by_a_picture_that_was_taken_for_it(driver: Any, desk: Any) -> None:
    snapped(desk, NEW, desk.now() - timedelta(minutes=1))
    screen = driver.show(GenuineScreen())
    genuine.enter(desk, screen)
    screen.dispatch("on_scan")
    driver.step(2)
    assert driver.find_text("相机没有新照片。")
