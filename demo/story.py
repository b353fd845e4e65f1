"""The story of the waste-acid tanker, by real touches on the real screens, one chapter after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from checklists.inspection import post
from demo import county, pictures
from demo.stage import Stage
from mobile.screens.shift.state import is_dark

PIN, POLICE_PIN = "683947", "957264"


def enrol(stage: Stage, code: str) -> None:
    """A new tablet enrols with the one-time code, takes its first officer's PIN and pulls the packages."""
    stage.shot("enrol")
    stage.write("enrol_code", code)
    stage.write("enrol_name", "联检平板 01")
    stage.tap("enrol")
    stage.wait_for("officer:t-wang")
    stage.shot("officers")
    stage.tap("officer:t-wang")
    for _ in range(2):
        stage.keys("pin", PIN)
    stage.wait_for("enrolled")
    stage.shot("packages")
    stage.tap("enrolled")
    begin_shift(stage)


def begin_shift(stage: Stage) -> None:
    """The post is named, its second officer and what was seen to before the first vehicle; then the shift begins."""
    stage.at("shift")
    stage.write("site", county.SITE)
    stage.driver.press_key("enter")
    stage.write("campaign", county.CAMPAIGN)
    stage.driver.press_key("enter")
    stage.tap("second:p-li")
    for setup in post.asked(dark=is_dark(stage.app.desk.now()), expressway=False):
        stage.tap(f"tick:{setup.id}")
    stage.shot("shift-start")
    stage.tap("begin_shift")
    stage.at("queue")
    stage.shot("queue")


def identify(stage: Stage) -> None:
    """A tanker comes up: its waybill is scanned, and the registry on the tablet knows the rest."""
    stage.tap("new_check")
    stage.at("identify")
    stage.snap_waybill(county.waybill_text(stage.now))
    # The camera's picture is read by itself, and where nothing is left to ask the snapshot comes.
    stage.at("snapshot")
    stage.shot("snapshot")
    stage.tap("start_walk")
    stage.at("walk")
    stage.shot("walk-begins")


def licences(stage: Stage) -> None:
    """Nobody but the driver is aboard; the trailer's permit has expired, which the tablet saw by itself."""
    stage.open_section("LIC")
    stage.tap("crew:driver")
    stage.shot("licences")
    deviation(stage, "LIC-11", pictures.cab)
    expired = (stage.now - timedelta(days=22)).date().isoformat()
    deviation(stage, "LIC-07", lambda path: pictures.permit(path, expired))
    stage.answer("LIC-10", "does_not_apply")
    stage.clear_section()


def signs(stage: Stage) -> None:
    """The orange plates say 80/1832, spent acid; the waybill says 1830."""
    stage.open_section("PLA")
    stage.tap("other:front")
    stage.enter("pad:un", "1832")
    stage.take_likely("pad:hazard", "80")
    stage.tap("same:rear", "expected_diamonds")
    stage.shot("signs")
    deviation(stage, "PLA-02", lambda path: pictures.panel("80", "1832", path), shot="deviation")
    stage.clear_section()


def kit(stage: Stage) -> None:
    """Drain seal and collecting container are missing, and so is the absorbent."""
    stage.open_section("EQP")
    stage.tap("missing:drain_seal", "missing:collecting_container")
    stage.shot("kit")
    deviation(stage, "EQP-14", pictures.empty_box)
    stage.clear_section()


def load(stage: Stage) -> None:
    """The weighbridge says 44.92 t."""
    stage.open_section("LOD")
    stage.tap("weigh")
    stage.enter("pad:mass", "44920")
    stage.shot("load")
    deviation(stage, "LOD-05", pictures.scales)
    stage.clear_section()


def waste(stage: Stage) -> None:
    """The sign asks for a waste manifest; what is loaded is not established, so it is left to the case."""
    stage.open_section("LIC")
    stage.shot("licences-again")
    for item in ("LIC-16", "LIC-17"):
        stage.answer(item, "does_not_apply")
    stage.clear_section()


def rest(stage: Stage) -> None:
    """Tank, driving and education are in order; then everything side by side."""
    for section in ("TNK", "OPR", "EDU"):
        stage.clear_tile(section)
        stage.finish_section(section)
    stage.at("walk")
    stage.shot("walk")
    stage.tap("compare")
    stage.at("compare")
    stage.shot("compare")
    stage.tap("back_to_walk")
    stage.at("walk")


def outcome(stage: Stage) -> None:
    """What follows, and who gets what."""
    stage.tap("outcome")
    stage.at("outcome")
    stage.shot("outcome")
    if not stage.driver.find_id("second:p-li").active:
        stage.tap("second:p-li")
    stage.tap("to_signing")
    stage.at("sign")


def sign(stage: Stage) -> None:
    """The driver states and signs; two officers of two agencies confirm, and the record is sealed."""
    stage.write("statement", "押运员临时生病，公司让我先走。")
    stage.see("told")
    pad = stage.driver.find_id("area")
    for stroke in (((0.2, 0.5), (0.3, 0.8), (0.35, 0.3)), ((0.45, 0.7), (0.5, 0.3), (0.6, 0.75), (0.7, 0.35))):
        stage.driver.drag(pad, stroke)
    stage.shot("sign-driver")
    stage.tap("hand_back")
    stage.shot("sign-officers")
    stage.keys("pin", PIN)
    stage.shot("sign-code-needed")
    stage.confirm_second("p-li", POLICE_PIN)
    stage.at("papers")
    stage.shot("papers")


def deviation(stage: Stage, item: str, draw: Callable[[Any], None], shot: str = "") -> None:
    """Open an item's sheet, photograph it, and put it down as a deviation."""
    stage.answer(item, "does_not_conform")
    stage.at("deviation")
    stage.snap(draw)
    stage.tap("photo")
    if shot:
        stage.shot(shot)
    stage.tap("record")
    stage.at("section")


def still_waiting(stage: Stage) -> None:
    """The link is down: the record waits, and the tablet says so."""
    stage.tap("next_vehicle")
    stage.at("queue")
    stage.shot("queue-waiting")
    stage.open_sync_centre()
    stage.wait_for("send_now")
    stage.tap("send_now")
    stage.settled()
    stage.shot("sync-refused")


def deliver(stage: Stage) -> None:
    """The link is back: the record goes first, then its photos; each counts only with its receipt."""
    stage.wait_for("send_now")
    stage.tap("send_now")
    stage.delivered()
    stage.shot("sync-delivered")


CHAPTERS = (identify, licences, signs, waste, kit, load, rest, outcome, sign)
