"""The lock screen when PINs are wrong, up to the tablet that wiped itself, and its way back."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from demo import story
from demo.second import Hands, second_tablet, unseen
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Wrong PIN, waiting, the last tries, wiped without and with a stick, enrolled again."""
    with second_tablet(stage, "lock") as hands:
        with unseen(stage):
            stage.office.stop()
            for chapter in story.CHAPTERS:
                chapter(stage)
            stage.tap("next_vehicle")
            for chapter in story.CHAPTERS[:2]:
                chapter(stage)
        stage.app.desk.put_down()
        stage.at("queue")
        stage.tap("lock")
        stage.at("unlock")
        _wrong(stage)
        stage.shot("lock-wrong")
        _guess(stage, hands, 8)
        _wrong(stage)
        stage.shot("lock-waits")
        _guess(stage, hands, 7)
        hands.ahead += timedelta(hours=2)
        _wrong(stage)
        stage.shot("lock-last-tries")
        _guess(stage, hands, 1)
        hands.ahead += timedelta(hours=2)
        _wrong(stage)
        stage.at("wiped")
        stage.wait_for("enrol_again")
        stage.shot("wiped")
        stage.tap("save")
        stage.wait_for("notice")
        stage.shot("wiped-no-stick")
        hands.plug_in("U盘")
        stage.tap("save")
        stage.driver.step_until(lambda: any((hands.volumes / "U盘").iterdir()))
        stage.wait_for("save")
        stage.shot("wiped-saved")
        stage.office.start()
        stage.tap("enrol_again")
        with unseen(stage):
            story.enrol(stage, stage.office.enrol_code("T"))
        stage.settled()
        stage.open_sync_centre()
        stage.shot("wiped-handed-over")


def _wrong(stage: Stage) -> None:
    with contextlib.suppress(AssertionError):
        stage.tap("officer:t-wang")
    stage.keys("pin", "000000")


def _guess(stage: Stage, hands: Hands, times: int) -> None:
    """Try PINs as somebody does who has the tablet for a night."""
    from mobile.refusals import Refusal

    for _ in range(times):
        hands.ahead += timedelta(hours=2)
        with contextlib.suppress(Refusal):
            stage.app.desk.unlock("t-wang", "000000")
