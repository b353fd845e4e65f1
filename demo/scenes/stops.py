"""Stop orders at the post: given and lifted by a leader, on their way, standing everywhere, and refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from demo import beside
from demo.ending import SECOND_PIN
from demo.scenes.snapshot import PEOPLE, scanned
from demo.stage import Stage

LEADER = "t-zhao"
UNIT = "云岭旗交通运输综合行政执法大队"


def scenes(stage: Stage) -> None:
    """Play the scenes: the office is out of reach, so that what is given stays on its way."""
    desk = stage.app.desk
    stage.office.stop()
    stage.tap("stops")
    stage.at("stops")
    stage.shot("stops-empty")
    stage.tap("give_stop")
    stage.driver.step(3)
    stage.shot("stops-plate")
    for sign in "蒙K54321":
        stage.driver.tap_text(sign)
    stage.tap("done")
    stage.driver.step(3)
    stage.shot("stops-begun")
    stage.tap("why:泄漏、冒烟或有异味", "what:拦停，引导至安全地点停放，联系本检查点", "days:3")
    stage.shot("stops-code")
    stage.give_code(LEADER)
    stage.shot("stops-pin")
    for _ in range(2):
        stage.keys("pin", SECOND_PIN)
    stage.driver.step(3)
    stage.shot("stops-unsent")
    with _told():
        desk.go("stops")
        stage.driver.step(3)
        stage.shot("stops-list")
        stage.tap("lift:旗交停〔2026〕17号")
        stage.driver.step(3)
        stage.tap("why:现场已整改并复查")
        stage.shot("stops-lift")
        desk.go("queue")
        stage.at("queue")
        stage.shot("stops-queue")
    scanned(stage, beside.clean_bill(*PEOPLE))
    stage.tap("stop_order", "why:未按指挥停车，已驶离检查点", "what:全面检查后方可放行")
    stage.keys("pin", SECOND_PIN)
    stage.at("snapshot")
    stage.shot("stops-snapshot")
    desk.put_down()
    stage.office.start()


@contextmanager
def _told() -> Iterator[None]:
    """Let the office have refused what was given first, and let two orders of the agency stand."""
    from mobile.inspecting import own_orders
    from mobile.inspecting.order_book import Book, Given

    given = (
        Given("旗交停〔2026〕17号", UNIT, "trailer", "蒙K1234挂", "罐体检验过期；停止行驶，联系签发单位", "2026-12-31"),
        Given("旗交停〔2026〕9号", UNIT, "carrier", "91150624MA0EXAMPLE", "拒不整改；停止运输"),
    )
    whole = own_orders.book

    def told(*args: Any) -> Book:
        held = whole(*args)
        refused = [replace(one, answer={"state": "refused", "codes": ["until"]}) for one in held.acts[:1]]
        return replace(held, given=given, acts=(*refused, *held.acts[1:]))

    where = ("mobile.screens.stops.flow.book", "mobile.inspecting.own_orders.book")
    with mock.patch(where[0], told), mock.patch(where[1], told):
        yield
