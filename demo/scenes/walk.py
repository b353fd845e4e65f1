"""T4 beside the story: control photos drawn, one taken on its tile, one explained in the opened section."""

from __future__ import annotations

from dataclasses import replace

from demo import county
from demo.stage import Stage


def identified(stage: Stage) -> None:
    """A new check of the story's tanker, on its snapshot."""
    stage.tap("new_check")
    stage.at("identify")
    stage.snap_waybill(county.waybill_text(stage.now))
    stage.tap("scan")
    stage.wait_for("next")
    stage.tap("next")
    stage.at("snapshot")


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    from mobile.inspecting import control_photos

    identified(stage)
    stage.tap("start_walk")
    stage.at("walk")
    stage.shot("walk-drawn")
    asked = control_photos.pending(stage.app.desk.held)
    stage.control_photo(asked[0].section)
    stage.tap(f"clear:{asked[0].section}")
    stage.shot("walk-photographed")
    if len(asked) > 1:
        stage.open_section(asked[1].section)
        stage.tap("no_photo")
        stage.shot("section-no-photo")
        stage.tap("no_photo_because:相机故障")
        stage.shot("section-explained")
    _police(stage)
    stage.app.desk.put_down()


def _police(stage: Stage) -> None:
    """The same check in the hands of the police colleague: his agency's first, then the usual order."""
    desk = stage.app.desk
    assert desk.hand is not None
    desk.hand.held = replace(desk.held, officer=desk.access.named("p-li"))
    desk.go("walk")
    stage.at("walk")
    stage.shot("walk-police")
    stage.open_section("LIC")
    stage.shot("section-police")
    stage.tap("order")
    stage.shot("section-usual")
    desk.go("walk")
    stage.at("walk")
    stage.shot("walk-usual")
