"""A photo marked with the finger, the sheet with the marked copy; the photo taken back, and the check abandoned."""

from __future__ import annotations

from demo import pictures
from demo.scenes.walk import identified
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    identified(stage)
    stage.tap("start_walk")
    stage.at("walk")
    stage.app.desk.go("deviation", item="EQP-14", section="EQP")
    stage.at("deviation")
    stage.snap(pictures.empty_box)
    stage.tap("photo")
    (entry,) = (one for one in stage.app.desk.held.all_of("photo") if one.item == "EQP-14")
    stage.tap(f"photo:{entry.id}")
    stage.at("annotate")
    stage.shot("annotate-begins")
    pad = stage.driver.find_id("picture")
    stage.driver.drag(pad, [(0.25, 0.75), (0.35, 0.65), (0.42, 0.55)])
    stage.tap("tool:circle")
    stage.driver.drag(pad, [(0.36, 0.56), (0.5, 0.4), (0.64, 0.22)])
    stage.tap("tool:stroke")
    stage.driver.drag(pad, [(0.35 + n * 0.02, 0.2 + (n % 2) * 0.04) for n in range(15)])
    stage.shot("annotate")
    stage.tap("keep_marks")
    stage.at("deviation")
    stage.shot("deviation-marked")
    (entry,) = (one for one in stage.app.desk.held.all_of("photo") if one.item == "EQP-14")
    stage.tap(f"photo:{entry.id}")
    stage.at("annotate")
    stage.tap("withdraw_photo")
    stage.at("withdraw")
    stage.tap("reason:拍成了别的车辆或物品")
    stage.shot("withdraw-photo")
    stage.tap("withdraw")
    stage.at("deviation")
    stage.app.desk.go("identify")
    stage.at("identify")
    stage.tap("abandon")
    stage.at("withdraw")
    stage.write("own_reason", "拦停的是前一辆车，本车未停")
    stage.shot("withdraw-check")
    stage.app.desk.put_down()
