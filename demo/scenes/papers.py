"""The papers of every kind, a void number, a pass, and a paper that is checked by its code."""

from __future__ import annotations

from demo import ending, pictures
from demo.stage import Stage


def scenes(stage: Stage) -> None:
    """Play the scenes."""
    from mobile.inspecting.inspection import Draft
    from mobile.sealing import seal

    desk = stage.app.desk
    ending.tanker(stage)
    ending.photo(stage, "LIC-11", pictures.cab)
    ending.photo(stage, "EQP-14")
    title = {"zh": "一次废酸泄漏带来的教训"}
    lesson = {
        "pack": "waste-acid-leak",
        "version": "2026.1",
        "title": title,
        "person": "driver",
        "score": 2,
        "of": 3,
        "questions": [],
    }
    desk.put([Draft("note", "lesson", lesson)])
    ending.seal(stage)
    _digest, made = seal.papers(desk.open_store, desk.held.inspection)
    for paper in made:
        stage.tap(f"paper:{paper.number}")
        stage.shot(f"paper-{paper.kind}")
    stage.tap("voiding")
    stage.shot("paper-voiding")
    stage.driver.tap(stage.driver.find_id("reasons").children[-1])
    stage.shot("paper-void")
    desk.go("genuine", text=made[0].proof, back="papers")
    stage.at("genuine")
    stage.shot("genuine")
    desk.go("genuine", text=made[0].proof[:-1] + ("0" if made[0].proof[-1] != "0" else "1"), back="papers")
    stage.shot("genuine-forged")
    desk.go("genuine", text=made[-1].proof, back="papers")
    stage.shot("genuine-void")
    desk.go("genuine", back="papers")
    stage.shot("genuine-waits")
    desk.go("papers")
    ending.leave(stage)
    ending.clean(stage)
    ending.seal(stage)
    stage.tap(
        next(
            f"paper:{one.number}" for one in seal.papers(desk.open_store, desk.held.inspection)[1] if one.kind == "pass"
        )
    )
    stage.shot("paper-pass")
    given = next(one for one in seal.papers(desk.open_store, desk.held.inspection)[1] if one.kind == "pass")
    desk.go("genuine", text=given.proof, back="papers")
    stage.shot("genuine-pass")
    ending.leave(stage)
    ending.tanker(stage)
    desk.go("genuine", text=given.proof, back="outcome")
    stage.shot("genuine-other-vehicle")
    ending.leave(stage)
