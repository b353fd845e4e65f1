"""T15 and T16: a held vehicle is put right and let go on its own record, and what is wrong in it is corrected."""

from __future__ import annotations

from demo import ending, pictures
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play them."""
    desk = stage.app.desk
    ending.tanker(stage)
    ending.photo(stage, "LIC-11", pictures.cab)
    ending.photo(stage, "EQP-14")
    ending.seal(stage)
    stage.shot("clearance-held")
    stage.tap("clearance")
    stage.at("clearance")
    stage.shot("clearance-begun")
    pictures.cab(stage.camera / "after.jpg")
    stage.tap("mended")
    stage.settled()
    stage.shot("clearance-mended")
    flow = stage.driver.find_id("not_mended")
    while flow and "请逐项" in stage.driver.find_id("lacking").text:
        stage.tap("not_mended")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.settled()
    stage.shot("clearance-decided")
    stage.tap("to_pins")
    stage.shot("clearance-pins")
    desk.go("papers")
    stage.at("papers")
    stage.tap("correction")
    stage.at("correction")
    stage.shot("correction-begun")
    stage.write("search", "EQP-14")
    stage.tap("answer:EQP-14")
    stage.tap("new:conforms")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.shot("correction-chosen")
    stage.tap("put")
    stage.write("search", "")
    stage.tap("section:waybill")
    stage.shot("correction-waybill")
    stage.tap("fact:waybill.lines:1:net_mass_kg")
    stage.write("new_value", "27500")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.tap("put")
    stage.tap("section:facts")
    stage.tap("fact:seen.aboard:1")
    stage.shot("correction-person")
    stage.tap("fact:seen.aboard:+")
    stage.tap("new:escort")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.tap("put")
    stage.shot("correction-put")
    stage.tap("to_pins")
    stage.shot("correction-pins")
    desk.go("papers")
    ending.leave(stage)
