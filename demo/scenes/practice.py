"""Practice: the band on every screen, the made-up tanker, its papers with their marks; then the lock screen again."""

from __future__ import annotations

from demo.stage import Stage
from demo.story import PIN


def scenes(stage: Stage) -> None:
    """Practise from the queue as far as the papers, end it, and unlock the work again."""
    app = stage.app
    app.desk.go("queue")
    stage.at("queue")
    stage.tap("practice")
    stage.at("queue")
    stage.shot("practice-queue")
    stage.tap("new_check")
    stage.at("identify")
    stage.tap("scan")
    stage.wait_for("next")
    stage.shot("practice-identify")
    stage.tap("next")
    stage.at("snapshot")
    stage.shot("practice-snapshot")
    _to_the_papers(stage)
    stage.shot("practice-papers")
    stage.tap("next_vehicle")
    stage.at("queue")
    stage.tap("leave_practice")
    stage.at("unlock")
    stage.shot("practice-ended")
    stage.tap("officer:t-wang")
    stage.keys("pin", PIN)
    stage.at("queue")


def _to_the_papers(stage: Stage) -> None:
    """Answer and decide by acts: the walk itself is the story's."""
    from mobile.inspecting import acts

    desk = stage.app.desk
    for section in desk.kit.definitions.checklists[desk.held.checklist].sections:
        desk.put(acts.clear_section(desk.held, section.id, 4000))
    for one in desk.held.assessment.open:
        desk.put(acts.answer(one.item.id, "conforms"))
    desk.put(acts.decide(desk.held, desk.held.assessment.proposal.outcome))
    desk.go("sign")
    stage.at("sign")
    stage.see("told")
    stage.driver.drag(stage.driver.find_id("area"), ((0.2, 0.3), (0.4, 0.7), (0.6, 0.3), (0.8, 0.6)))
    stage.shot("practice-sign")
    stage.tap("hand_back")
    for _ in range(2):
        stage.keys("pin", "123456")
    stage.at("papers")
