"""An officer who checks vehicles on a tablet by real touches, as the touch budget counts them (DESIGN §4).

A PIN, a number on the pad and a signature count one touch each; `keys` are those of the first two. Identifying
costs none: the camera reads the waybill by itself, and what it finds is put down as it would be. Pictures cost none:
the camera has its own button.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PIL import Image

SECTIONS = ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU")

Identify = Callable[[Any], None]
"""`identify(desk)` puts down what the camera and the registry say of the vehicle that stands there."""


class Officer:
    """An officer at an unlocked tablet; `spent` are the touches of the budget since he took it in hand."""

    def __init__(self, driver: Any, app: Any, camera: Path, pin: str, second_pin: str) -> None:
        self.driver, self.desk, self.camera = driver, app.desk, camera
        self.own_pin, self.second_pin = pin, second_pin
        self._number = itertools.count(1)
        self.keys, self.entered = 0, 0
        camera.mkdir(parents=True, exist_ok=True)
        driver.touches = 0

    @property
    def spent(self) -> int:
        """The touches so far."""
        return int(self.driver.touches)

    def tap(self, *names: str) -> None:
        """Touch widgets by their names."""
        for name in names:
            self.driver.tap_id(name)

    def pin(self, digits: str) -> None:
        """Enter a PIN: one touch of the budget."""
        before = self.driver.touches
        for digit in digits:
            self.driver.tap_text(digit)
        self.tap("key:tick")
        self._as_one(before)

    def number(self, pad: str, digits: str) -> None:
        """Enter a number on the pad that is open: one touch of the budget."""
        from kivy.uix.behaviors import ButtonBehavior

        from demo import find
        from mobile.words import words

        before = self.driver.touches
        for sign in (*digits, words.say("Done")):
            keys = [one for one in self.driver.find_id(pad).walk(restrict=True) if isinstance(one, ButtonBehavior)]
            self.driver.tap(next(one for one in keys if find.words_of(one).strip() == sign and find.is_shown(one)))
        self._as_one(before)

    def _as_one(self, before: int) -> None:
        self.keys, self.entered = self.keys + self.driver.touches - before, self.entered + 1
        self.driver.touches = before + 1

    def papers(self, touches: Iterable[str | tuple[str, str]]) -> None:
        """Copy all papers in the crew's hand, from the walk and back: names to touch, and pads with their numbers."""
        self.tap("papers_in_hand")
        for one in touches:
            if isinstance(one, str):
                self.tap(one)
            else:
                self.number(*one)

    def walk_unverified(self, why: str) -> None:
        """Clear what can be cleared; what no clearing answers is said not to be verified here, a section at once."""
        from mobile.inspecting import control_photos

        for one in control_photos.pending(self.desk.held):
            self.picture()
            self.tap(f"clear:{one.section}")
        for section in SECTIONS:
            if not self.driver.find_id(f"clear:{section}").disabled:
                self.tap(f"clear:{section}")
            elif self._open(section):
                self.tap(f"open:{section}", "unverified", f"why:{why}")

    def picture(self) -> None:
        """Take a picture that was not there before."""
        number = next(self._number)
        Image.new("RGB", (64, 48), (number * 37 % 256, 120, 60)).save(self.camera / f"IMG_{number:04d}.png")

    def begin(self, identify: Identify, depth: str) -> None:
        """New check; the camera identifies; from the snapshot to the walk or the quick check.

        The full list is asked of a clean vehicle where its tier proposes it; here it stands as chosen already.
        """
        self.tap("new_check")
        identify(self.desk)
        if depth != proposed_depth(self.desk):
            self.desk.put(chosen_depth(self.desk, depth))
        self.desk.go("snapshot")
        self.driver.step(2)
        self.tap("start_walk")

    def see(self, name: str) -> None:
        """Look a list through to its end."""
        see(self.driver, name)

    def answer(self, item: str, answer: str) -> None:
        """Answer one item in its row."""
        row = self.driver.find_id(f"answer:{item}")
        self.driver.tap(next(one for one in row.walk(restrict=True) if getattr(one, "answer", "") == answer))

    def deviation(self, section: str, item: str, place: str) -> None:
        """One deviation with its place and its photo, from the walk and back to it."""
        self.tap(f"open:{section}")
        self.answer(item, "does_not_conform")
        self.picture()
        self.tap(f"location:{place}", "photo", "record", "back_to_walk")

    def walk(self) -> None:
        """Clear what is still open, section by section, taking the control photos that are asked."""
        from mobile.inspecting import control_photos

        for one in control_photos.pending(self.desk.held):
            self.picture()
            self.tap(f"clear:{one.section}")
        for section in SECTIONS:
            if not self.driver.find_id(f"clear:{section}").disabled:
                self.tap(f"clear:{section}")
            elif self._open(section):
                self._by_word(section)

    def close(self) -> None:
        """From the walk to the papers: outcome, everyone who is asked to sign, two officers."""
        from demo import find

        self.tap("outcome", "to_signing")
        while any(find.is_shown(one) for one in find.by_id("area")):
            self.see("told")
            self.driver.drag(self.driver.find_id("area"), [(0.2, 0.5), (0.5, 0.8), (0.9, 0.3)])
            self.tap("hand_back")
            self.driver.step(2)
        self.pin(self.own_pin)
        self.pin(self.second_pin)

    def _open(self, section: str) -> list[Any]:
        return [one for one in self.desk.held.assessment.open if one.section == section]

    def _by_word(self, section: str) -> None:
        """What a comparison cannot tell, as without a weighbridge, is answered by the officer's word."""
        self.tap(f"open:{section}")
        for one in self._open(section):
            if one.must_answer:
                self.answer(one.item.id, "conforms")
        while self.desk.screen == "section":
            self.tap("clear")


def see(driver: Any, name: str) -> None:
    """Look a list through to its end, screen by screen, where it does not fit."""
    seen_list = driver.find_id(name)
    driver.step_until(lambda: seen_list.seen or seen_list.more)
    while not seen_list.seen:
        driver.tap_id("further")
        driver.step(4)


def proposed_depth(desk: Any) -> str:
    """Return the checklist that the snapshot proposes."""
    from checklists.findings.tiers import tier
    from mobile.screens.snapshot.depth.state import depth_state

    return depth_state(desk.held, tier(desk.held.assessment)).proposed


def chosen_depth(desk: Any, depth: str) -> Any:
    """Return what the snapshot puts down where a deeper check was chosen on it."""
    from mobile.inspecting import acts

    return acts.choose_depth(depth, proposed_depth(desk), deeper=True)


def in_order(desk: Any, facts: Iterable[tuple[str, Any]]) -> None:
    """Put down what a paper says that the registry does not know yet."""
    from mobile.inspecting import acts

    desk.put(tuple(acts.fact(path, data, "papers") for path, data in facts))
