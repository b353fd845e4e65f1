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
    if "p-li" in desk.access.officers():  # of two it is asked who it is
        stage.tap("officer:t-wang")
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
    _forgotten(stage)


def _forgotten(stage: Stage) -> None:
    """At the lock: who forgot it, who is alone here, who unlocks for him, and the code that then is asked for."""
    from demo.scenes.shift import second_knows
    from demo.story import POLICE_PIN

    desk = stage.app.desk
    alone = "p-li" not in desk.access.officers()
    if alone:
        stage.app.desk.lock()
        stage.at("unlock")
        stage.tap("forgot_pin")
        stage.shot("forgot-alone")
        stage.tap("not_forgotten")
        stage.keys("pin", PIN)
    second_knows(stage)
    desk.lock()
    stage.at("unlock")
    stage.shot("lock-two")
    stage.tap("forgot_pin")
    stage.shot("forgot-who")
    stage.tap("officer:t-wang")
    stage.shot("forgot-unlocks")
    stage.keys("pin", POLICE_PIN)
    stage.at("code")
    stage.shot("forgot-code")
    desk.lock()
    stage.at("unlock")
    stage.tap("officer:t-wang")
    stage.keys("pin", PIN)
    desk.go("queue")
    stage.at("queue")
