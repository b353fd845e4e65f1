"""The quick check: what is in the way, and the PIN that confirms and seals."""

from __future__ import annotations

from demo import pictures
from demo.scenes.walk import identified
from demo.stage import Stage
from demo.story import PIN


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    from mobile.inspecting import acts

    identified(stage)
    desk = stage.app.desk
    desk.put(acts.choose_depth("fast-lane", "fast-lane"))
    desk.go("quick")
    stage.at("quick")
    stage.shot("quick-blocked")
    valid_until = f"{stage.now.year + 1}-10-31"
    desk.put((acts.fact("trailer.permit.valid_until", valid_until, "papers"),))
    stage.shot("quick-unseen")
    stage.see("list")
    if stage.driver.find_id("control").item:
        stage.snap(pictures.empty_box)
        stage.tap("control_photo")
    stage.see("list")
    stage.shot("quick")
    desk.go("quick", second_pin=True)
    stage.at("quick")
    stage.shot("quick-second")
    stage.driver.step(10)
    stage.tap("own_pin")
    stage.see("list")
    stage.keys("pin", PIN)
    stage.at("papers")
    stage.shot("quick-papers")
    stage.tap("next_vehicle")
    stage.at("queue")
