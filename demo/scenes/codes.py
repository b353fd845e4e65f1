"""The office's code before an officer's first PIN on a tablet: wrong, tried too often, right; and at an enrolment."""

from __future__ import annotations

from demo import ending
from demo.second import second_tablet
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """A leader who is new here approves a seizure; then a new tablet whose first officer needs a code."""
    with second_tablet(stage, "codes"):
        ending.tanker(stage)
        stage.tap("pick:seize")
        stage.tap("to_signing")
        stage.at("approve")
        stage.tap("leader:t-zhao")
        stage.shot("code-needed")
        stage.tap("to_code")
        stage.at("code")
        stage.shot("code-empty")
        stage.keys("code", "ABCDEFGH")
        stage.shot("code-half")
        stage.keys("code", "JKMN")
        stage.tap("key:tick")
        stage.shot("code-wrong")
        _guess(stage, 9)
        stage.shot("code-waits")
        stage.tap("leave_code")
        stage.at("approve")
        stage.app.desk.access.codes.proven["t-zhao"] = ""
        stage.tap("leader:t-zhao")
        stage.shot("code-proved")
        ending.leave(stage)
    stage.settled()
    with second_tablet(stage, "codes-new", enrolled=False):
        _enrolling(stage)


def _guess(stage: Stage, times: int) -> None:
    for _ in range(times):
        stage.tap("key:tick")


def _enrolling(stage: Stage) -> None:
    """Enrol a tablet whose first officer is one for whom the office made a code."""
    stage.write("enrol_code", stage.office.enrol_code("T"))
    stage.write("enrol_name", "联检平板 09")
    stage.tap("enrol")
    stage.wait_for("officer:p-li")
    stage.tap("officer:p-li")
    stage.wait_for("code")
    stage.keys("code", "ABCDEFGHJKMN")
    stage.tap("key:tick")
    stage.shot("enrol-code")
    stage.tap("leave_code")
    stage.shot("enrol-names-again")
