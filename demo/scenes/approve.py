"""A seizure waits for a leader's PIN, or goes on as urgent and is owed a report."""

from __future__ import annotations

from demo import ending
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    ending.tanker(stage)
    stage.tap("pick:seize")
    ending.choose_second(stage)
    stage.tap("to_signing")
    stage.at("approve")
    stage.shot("approve-leader")
    stage.tap("leader:t-zhao")
    stage.shot("approve-pin")
    stage.tap("urgent")
    stage.shot("approve-urgent")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.tap("go_on")
    stage.at("sign")
    ending.confirm(stage)
    stage.shot("papers-owed")
    ending.leave(stage)
