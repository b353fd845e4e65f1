"""T12: each shelf, empty and found, with an inspection in hand and without one, and a tablet without packages."""

from __future__ import annotations

from typing import Any

from demo import story
from demo.stage import Stage
from mobile.inspecting import acts
from mobile.refusals import Refusal


def scenes(stage: Stage) -> None:
    """Play them."""
    desk = stage.app.desk
    desk.go("reference")
    stage.at("reference")
    stage.shot("reference-empty")
    _search(stage, "goods", "ls")
    stage.shot("reference-goods")
    _search(stage, "goods", "没有这种货物")
    stage.shot("reference-nothing")
    _search(stage, "law", "yyy")
    stage.shot("reference-law")
    _search(stage, "mixing", "3")
    stage.shot("reference-mixing")
    _search(stage, "tanks", "L4BN 1830")
    stage.shot("reference-tanks")
    _search(stage, "response", "1005")
    stage.shot("reference-response")
    _search(stage, "items", "dl")
    stage.shot("reference-items")
    desk.back_to_inspection()
    story.identify(stage)
    desk.put(acts.see_panel("front", "80", "1832"))
    desk.go("reference", tab="response")
    stage.at("reference")
    stage.shot("reference-aboard")
    desk.back_to_inspection()
    desk.put_down()
    without_packages(stage)
    stage.at("queue")


def without_packages(stage: Stage) -> None:
    """Show the reference of a tablet that has not pulled anything yet."""
    desk = stage.app.desk
    kind = type(desk)
    whole = kind.kit

    def missing(_desk: Any) -> Any:
        raise Refusal("packages_missing")

    kind.kit = property(missing)
    try:
        desk.go("reference")
        stage.shot("reference-no-packages")
    finally:
        kind.kit = whole
    desk.put_down()


def _search(stage: Stage, tab: str, text: str) -> None:
    """Open a shelf, empty the field and type."""
    stage.tap(f"tab:{tab}")
    if stage.app.frame.ids.holder.children[0].ids.search.text:
        stage.tap("clear_search")
    stage.write("search", text)
    stage.driver.step_until(lambda: not stage.app.frame.ids.holder.children[0]._look.is_triggered)
    stage.driver.step(3)
