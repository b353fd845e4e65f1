"""The outcome: many findings and what they lack, none at all, put right and lighter, and a seizure for a leader."""

from __future__ import annotations

from demo import ending, pictures
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    ending.tanker(stage, failing=("EQP-14", "VEH-05", "OPR-05"))
    stage.shot("outcome-many")
    stage.driver.scroll_to(stage.driver.find_id("missing_evidence"))
    stage.shot("outcome-missing")
    ending.photo(stage, "EQP-14")
    stage.snap(lambda path: pictures.panel("80", "1830", path))
    stage.tap("fix:EQP-14")
    stage.tap("pick:correct_by_deadline")
    stage.shot("outcome-fixed")
    stage.tap("pick:seize")
    stage.shot("outcome-seize")
    ending.leave(stage)
    ending.clean(stage)
    stage.shot("outcome-none")
    ending.leave(stage)
