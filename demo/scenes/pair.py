"""Two tablets at one vehicle: joining, exchanging, differing, out of reach, QR codes, co-signing, taking over."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import segno

from demo import county, story
from demo.colleague import Colleague
from demo.stage import Stage
from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.pairing import frames
from mobile.screens.pair.peers.state import NEAR
from mobile.store import store


def scenes(stage: Stage) -> None:
    """Bring both tablets to each state; the other one has no screen."""
    code = stage.office.enrol_code("P")
    other = Colleague(
        stage.folder / "colleague", stage.office.url, code, "p-li", first_code=stage.office.first_codes["p-li"]
    )
    try:
        _leading(stage, other)
        _joined(stage, other)
    finally:
        other.close()


def _leading(stage: Stage, other: Colleague) -> None:
    """Our tablet leads, the colleague's joins."""
    desk = stage.app.desk
    story.identify(cast(Stage, _Quiet(stage)))
    stage.tap("pair")
    stage.at("pair")
    stage.wait_for("code")
    stage.shot("pair-invite")
    other.join(stage.driver.find_id("code").text)
    other.put(acts.see_aboard([{"role": "driver", "name": "张建国"}]), acts.answer("EQP-14", "does_not_conform"))
    _together(stage, other, lambda: desk.held.fact("seen.aboard"))
    stage.shot("pair-near")
    item = next(one.item.id for one in desk.held.assessment.open if one.section == "TNK")
    desk.put(acts.answer(item, "conforms"))
    other.put(acts.answer(item, "does_not_conform"))
    _together(stage, other, lambda: desk.held.assessment.conflicts)
    stage.shot("pair-differ")
    stage.tap("walk")
    stage.at("walk")
    stage.shot("pair-walk")
    stage.tap("pair")
    stage.at("pair")
    near = desk.pairings.near(desk.held.inspection)
    near.heard = {device: at - 2 * NEAR for device, at in near.heard.items()}
    stage.driver.step(3)
    stage.shot("pair-away")
    stage.tap("show")
    stage.wait_for("code_hold")
    stage.tap("code_next", "code_back")
    stage.shot("pair-show")
    stage.tap("read")
    stage.wait_for("newest")
    other.put(*(acts.answer(f"EQP-0{number}", "conforms", note="双方在场核对") for number in range(1, 9)))
    codes = frames.split(other.near.letter(desk.access.device), 300)
    for text in codes[:2]:
        _snap(stage, text)
    stage.tap("newest")
    stage.shot("pair-read")
    _leave(stage, desk)


def _joined(stage: Stage, other: Colleague) -> None:
    """The colleague's tablet leads, ours joins."""
    desk: Desk = stage.app.desk
    stage.tap("join")
    stage.at("pair")
    stage.shot("pair-join")
    other.desk.begin()
    _snap(stage, other.near.invite())
    stage.tap("newest")
    other.put(acts.identify(county.TRACTOR, "yellow"))
    _together(stage, other, lambda: desk.has_inspection and desk.plate)
    stage.shot("pair-joined")
    other.finish(county.TRACTOR)
    _together(stage, other, lambda: other.desk.held.entries == desk.held.entries)
    stage.wait_for("cosign")
    stage.shot("pair-to-sign")
    stage.tap("cosign")
    stage.wait_for("pin")
    stage.shot("pair-cosign")
    stage.keys("pin", story.PIN)
    stage.wait_for("takeover")
    stage.shot("pair-cosigned")
    stage.tap("takeover")
    stage.wait_for("reason:The tablet is broken")
    stage.shot("pair-takeover")
    stage.tap("back")
    stage.wait_for("walk")
    other.confirm()
    other.until(lambda: len(other.desk.held.all_of("signature")) == 3)
    other.seal()
    shared = desk.held.inspection
    _together(stage, other, lambda: store.inspection_state(desk.open_store, shared) == "sealed")
    stage.wait_for("queue")
    stage.shot("pair-sealed")
    stage.tap("queue")
    stage.at("queue")


def _together(stage: Stage, other: Colleague, holds: Any) -> None:
    """Let both tablets go on until something holds on ours."""

    def both() -> Any:
        other.step()
        return holds()

    stage.driver.step_until(both, seconds=60)
    stage.driver.step(4)


def _snap(stage: Stage, text: str) -> None:
    def draw(path: Path) -> None:
        from PIL import Image

        picture = path.with_suffix(".png")
        segno.make(text, error="l").save(str(picture), kind="png", scale=6, border=6)
        with Image.open(picture) as drawn:
            drawn.convert("RGB").save(path, quality=90)
        picture.unlink()

    stage.snap(draw)


def _leave(stage: Stage, desk: Desk) -> None:
    """Lay the check aside for good and go back to the queue."""
    inspection = desk.held.inspection
    desk.pairings.near(inspection).leave()
    store.abandon(desk.open_store, inspection)
    desk.put_down()
    stage.at("queue")


class _Quiet:
    """The stage without pictures, for a chapter that is not ours."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def shot(self, name: str) -> None:
        """Take no picture."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage, name)
