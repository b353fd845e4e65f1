"""A paper on a roll of either width, a printer that does not answer, and the codes for the driver's phone."""

from __future__ import annotations

from demo import ending
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    from mobile.sealing import seal

    desk = stage.app.desk
    ending.tanker(stage)
    ending.seal(stage)
    order = next(one for one in seal.papers(desk.open_store, desk.held.inspection)[1] if one.kind == "order")
    stage.tap(f"paper:{order.number}")
    stage.shot("papers-order")
    stage.tap("roll")
    stage.at("roll")
    _drawn(stage)
    stage.shot("roll-58")
    stage.tap("width:80")
    _drawn(stage)
    stage.write("address", "127.0.0.1:1")
    stage.tap("print_roll")
    stage.driver.step_until(lambda: "无应答" in stage.driver.find_id("notice").text)
    stage.shot("roll-80-silent")
    desk.go("papers")
    stage.at("papers")
    stage.tap("copy")
    stage.at("copy")
    stage.shot("copy")
    for _ in range(9):
        if stage.app.desk.screen == "copy" and not stage.driver.find_id("next_code").text.startswith("完成"):
            stage.tap("next_code")
    stage.shot("copy-proof")
    desk.go("papers")
    ending.leave(stage)


def _drawn(stage: Stage) -> None:
    stage.driver.step_until(lambda: "厘米" in stage.driver.find_id("length").text)
    stage.driver.step(3)
