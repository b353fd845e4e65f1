"""T10: the brief of a shift, a question, a wrong answer explained, the result, and a tablet without any lesson."""

from __future__ import annotations

from dataclasses import replace

from demo import county, story
from demo.stage import Stage
from mobile.inspecting import acts


def scenes(stage: Stage) -> None:
    """Play them."""
    desk = stage.app.desk
    desk.go("lesson", mode="brief", back="queue")
    stage.at("lesson")
    stage.shot("lesson-brief")
    stage.tap("lesson_next")
    stage.at("queue")
    story.identify(stage)
    crew = [("driver", county.DRIVER), ("escort", county.ESCORT)]
    desk.put(acts.see_aboard([{"role": role, "name": name} for role, name in crew]))
    desk.put(acts.answer("EQP-14", "does_not_conform"))
    stage.open_section("EDU")
    stage.shot("lesson-from-education")
    stage.tap("lesson")
    stage.at("lesson")
    stage.shot("lesson-question")
    stage.tap("answer:0")
    stage.tap("answer:1")
    stage.shot("lesson-explained")
    stage.tap("answer:2")
    stage.shot("lesson-result")
    stage.tap("lesson_next")
    stage.shot("lesson-escort")
    for _ in range(3):
        stage.tap("answer:0")
    stage.tap("lesson_next")
    stage.at("walk")
    kit = desk.kit
    desk.hand.kit = replace(kit, definitions=replace(kit.definitions, lessons={}))
    desk.put_down()
    desk.go("lesson", mode="brief", back="queue")
    stage.shot("lesson-none")
    desk.hand.kit = kit
    stage.tap("lesson_next")
    stage.at("queue")
