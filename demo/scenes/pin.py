"""Changing one's own PIN: from the lock screen and from the shift, refused, and done."""

from __future__ import annotations

from demo.stage import Stage
from demo.story import PIN

NEW = "683947526183"


def scenes(stage: Stage) -> None:
    """At the lock; then from the shift: the old one wrong, the new one weak, twelve digits, done, and back again."""
    desk = stage.app.desk
    stage.tap("lock")
    stage.at("unlock")
    stage.tap("change_pin")
    stage.shot("pin-at-the-lock")
    stage.keys("pin", PIN)
    stage.at("pin")
    stage.shot("pin-new")
    stage.tap("leave_pin")
    desk.go("shift")
    stage.at("shift")
    stage.shot("pin-from-the-shift")
    stage.tap("my_pin")
    stage.at("pin")
    stage.keys("pin", "000000")
    stage.shot("pin-old-wrong")
    stage.keys("pin", PIN)
    stage.keys("pin", "19860215")
    stage.shot("pin-weak")
    for digit in NEW:
        stage.driver.tap_text(digit)
    stage.shot("pin-twelve-digits")
    stage.tap("key:tick")
    stage.keys("pin", NEW)
    stage.wait_for("leave_pin")
    stage.shot("pin-changed")
    desk.access.change_pin(desk.access.me.id, NEW, PIN)
    stage.tap("leave_pin")
    desk.go("queue")
    stage.at("queue")
