"""T2 beside the story: plates of no Chinese form, a vehicle without one, and the paper of a driver from abroad."""

from __future__ import annotations

from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Kinds, countries, keys in three scripts, no plate at all, a passport."""
    stage.tap("new_check", "enter_plate_big")
    stage.driver.step(3)
    stage.shot("signs-keyboard")
    stage.tap("other_plate")
    stage.driver.step(3)
    stage.shot("signs-kinds")
    stage.tap("kind:foreign")
    stage.shot("signs-countries")
    stage.tap("country:MN")
    _keys(stage, "1234УБА")
    stage.shot("signs-mongolian")
    stage.tap("taken:driver")
    stage.wait_for("next")
    stage.shot("signs-foreign")
    stage.tap("enter_plate", "other_plate", "kind:armed_police")
    stage.tap("page:chinese")
    stage.shot("signs-chinese")
    stage.tap("page:latin")
    _keys(stage, "13001234567890")
    stage.shot("signs-unknown-form")
    stage.tap("usual_keys", "other_plate", "kind:none")
    stage.wait_for("next")
    stage.shot("signs-no-plate")
    stage.tap("card")
    stage.driver.step(3)
    stage.shot("signs-card")
    stage.tap("other_paper")
    stage.driver.step(3)
    stage.shot("signs-papers")
    stage.tap("kind:passport")
    _keys(stage, "E12345678")
    stage.shot("signs-passport")
    stage.tap("taken:driver")
    stage.wait_for("next")
    stage.app.desk.put_down()


def _keys(stage: Stage, text: str) -> None:
    for sign in text:
        keys = stage.driver.find_id("sign_keys").children
        key = next(one for one in keys if getattr(one, "key", "") == sign)
        if not key.disabled:
            stage.driver.tap(key)
