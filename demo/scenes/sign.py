"""Explaining and signing: driver and escort, refusals before a witness or alone, no name, long names, nothing found."""

from __future__ import annotations

from demo import ending
from demo.stage import Stage

LONG = (
    {"role": "driver", "name": "阿拉坦敖其尔·巴特尔"},
    {"role": "escort", "name": "乌云其木格·斯琴高娃"},
)

NAMELESS = ({"role": "driver", "name": "？"},)


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    ending.tanker(stage, ending.BOTH, failing=("EQP-14", "VEH-05", "OPR-05"))
    stage.tap("to_signing")
    stage.at("sign")
    stage.shot("sign-two")
    ending.write_name(stage)
    stage.tap("hand_back")
    stage.write("statement", "我不知道缺了器材，是公司派的车。")
    stage.tap("refuse")
    stage.shot("sign-refusal")
    stage.tap("pick:认为责任在他人")
    stage.shot("sign-witness")
    stage.driver.tap(stage.driver.find_id("witness").ids.input)
    stage.driver.type_text("赵铁柱")
    stage.tap("witness_done")
    stage.shot("sign-refused")
    stage.tap("hand_back")
    stage.shot("sign-confirm")
    ending.leave(stage)
    ending.tanker(stage)
    stage.tap("to_signing")
    stage.at("sign")
    stage.tap("refuse")
    stage.tap("pick:未说明理由")
    stage.write("recorder", "DSJ-K0871")
    stage.shot("sign-recorder")
    stage.tap("recorder_done")
    stage.shot("sign-refused-alone")
    ending.leave(stage)
    ending.tanker(stage, NAMELESS)
    stage.shot("outcome-nameless")
    stage.tap("to_signing")
    stage.at("sign")
    stage.see("told")
    stage.shot("sign-nameless")
    ending.leave(stage)
    ending.tanker(stage, LONG)
    stage.tap("to_signing")
    stage.at("sign")
    stage.shot("sign-long")
    ending.leave(stage)
    ending.clean(stage)
    stage.tap("to_signing")
    stage.at("sign")
    stage.shot("sign-none")
    ending.leave(stage)
