"""T5 beside the story: measured values, what cannot be true, many photos; several faults, any conduct by search."""

from __future__ import annotations

from functools import partial

from demo import pictures
from demo.scenes.walk import identified
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    identified(stage)
    stage.tap("start_walk")
    stage.at("walk")
    stage.app.desk.go("deviation", item="VEH-03", section="OPR")
    stage.at("deviation")
    stage.tap("measured:tread_depth_um")
    stage.wait_for("pad:tread_depth_um")
    stage.keys("pad:tread_depth_um", "12")
    stage.shot("deviation-measuring")
    stage.enter("pad:tread_depth_um", "00")
    stage.shot("deviation-absurd")
    stage.tap("measured:tread_depth_um")
    stage.enter("pad:tread_depth_um", "1.2")
    for number in range(1, 6):
        stage.snap(partial(pictures.caption, "轮胎花纹", f"第 {number} 张"))
        stage.tap("photo")
    stage.shot("deviation-measured")
    stage.app.desk.go("deviation", item="EQP-02", section="EQP")
    stage.at("deviation")
    stage.tap("location:cab", "fault:+", "location:left", "location:right")
    stage.shot("deviation-faults")
    stage.tap("find_conduct")
    stage.driver.step(3)
    stage.write("search", "yyy")
    stage.wait_for("row:CN-OPR-01")
    stage.shot("deviation-find")
    stage.app.desk.put_down()
