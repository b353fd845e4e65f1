"""The stage of the demo: one office process, one tablet with its camera, and the pictures taken on the way."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo import pictures
from demo.driver import Driver
from demo.office import OfficeProcess
from mobile.words import words

_ASPECTS = {"LIC": "证件", "PLA": "标志", "TNK": "罐体与阀件", "EQP": "随车器材", "LOD": "货物与运单"}
"""What a made-up control photo shows, by section."""


class Stage:
    """Everything that the story touches. `say` tells the progress; `shots` are the screenshots so far."""

    def __init__(
        self, folder: Path, kind: str, say: Callable[[str], None] = print, size: tuple[int, int] = (1280, 800)
    ) -> None:
        self.folder = folder
        self.say = say
        self.shots: list[Path] = []
        self.now = datetime.now(UTC)
        self.office = OfficeProcess(folder / "office")
        self.driver = Driver(kind, width=size[0], height=size[1])
        # Whatever imports Kivy comes after the driver chose its window.
        from demo import find

        self._find = find
        self.paints = kind != "mock"
        self._number = itertools.count(1)
        self.app: Any = None

    @property
    def tablet(self) -> Path:
        """The tablet's folder."""
        return self.folder / "tablet"

    @property
    def camera(self) -> Path:
        """The folder into which the camera puts pictures."""
        return self.folder / "camera"

    def power_on(self) -> None:
        """Start the tablet's app, as after a cold start."""
        from mobile.app import LujianApp

        self.camera.mkdir(parents=True, exist_ok=True)
        self.tablet.mkdir(parents=True, exist_ok=True)
        self.app = LujianApp(self.tablet, office=self.office.url, camera=self.camera, lock_after_s=3600)
        self.driver.start(self.app)

    def shot(self, name: str) -> None:
        """Take a picture of the tablet's screen, where it paints one."""
        if self.paints:
            path = self.folder / "screens" / f"{len(self.shots) + 1:02d}-{name}.png"
            self.shots.append(self.driver.screenshot(path))

    def tap(self, *names: str) -> None:
        """Touch widgets by their names, one after the other."""
        for name in names:
            self.driver.tap_id(name)

    def see(self, name: str) -> None:
        """Look a list through to its end."""
        from demo.officer import see

        see(self.driver, name)

    def write(self, field: str, text: str) -> None:
        """Touch a field and write into it."""
        self.driver.tap_id(field)
        self.driver.type_text(text)

    def keys(self, pad: str, digits: str) -> None:
        """Type digits on a pad, by its keys; a PIN is whole with its tick."""
        for digit in digits:
            self.driver.tap(self._key(pad, digit))
        if pad == "pin":
            self.tap("key:tick")

    def enter(self, pad: str, digits: str) -> None:
        """Type a number on a pad and give it up."""
        self.wait_for(pad)
        self.keys(pad, digits)
        self.driver.tap(self._key(pad, words.say("Done")))

    def take_likely(self, pad: str, number: str) -> None:
        """Take a number that a pad offers in one touch."""
        self.wait_for(pad)
        self.tap(f"likely:{number}")

    def answer(self, item: str, answer: str) -> None:
        """Answer one item in its row."""
        row = self.driver.find_id(f"answer:{item}")
        self.driver.tap(next(one for one in row.walk(restrict=True) if getattr(one, "answer", "") == answer))

    def open_section(self, section: str) -> None:
        """Open a section from the walk."""
        self.tap(f"open:{section}")
        self.at("section")

    def clear_section(self) -> None:
        """Say that there is no further deviation in the open section, and return to the walk."""
        if self.control_photo(self.app.desk.where["section"]):
            self.tap("clear")
        self.tap("clear")
        self.at("walk")

    def finish_section(self, section: str) -> None:
        """Where a section still wants an answer after its clearing, the story is wrong: say which."""
        wanting = [one.item.id for one in self.app.desk.held.assessment.open if one.section == section]
        if wanting:
            raise AssertionError(f"{section} still wants {', '.join(wanting)}")

    def control_photo(self, section: str) -> bool:
        """Photograph the item that was drawn in a section, if one was; a touch on its button then keeps the picture."""
        from mobile.inspecting import control_photos

        asked = control_photos.pending(self.app.desk.held, section)
        if asked:
            self.snap(lambda path: pictures.caption(_ASPECTS.get(section, section), asked[0].item, path))
        return bool(asked)

    def clear_tile(self, section: str) -> None:
        """Clear a section on the walk, after the control photo that may be asked."""
        if self.control_photo(section):
            self.tap(f"clear:{section}")
        self.tap(f"clear:{section}")

    def give_code(self, officer: str, shot: str = "") -> None:
        """Enter the code that the office made for an officer, where his first PIN waits for it."""
        self.tap("to_code")
        self.at("code")
        self.keys("code", self.office.first_codes[officer].replace("-", ""))
        if shot:
            self.shot(shot)
        self.tap("key:tick")
        self.driver.step_until(lambda: self.app.desk.screen != "code")
        self.driver.step(2)

    def confirm_second(self, officer: str, pin: str) -> None:
        """Let a second officer confirm; he sets his PIN first where this tablet does not know him yet."""
        slot, pick, find = f"slot:{officer}", f"pick:{officer}", self._find
        self.driver.step_until(lambda: find.by_id(slot) or find.by_id(pick))
        if not find.by_id(slot):
            self.tap(pick)
        known = officer in self.app.desk.access.officers()
        if self.app.desk.access.asks_code(officer):
            self.give_code(officer)
        for _ in range(1 if known else 2):
            self.keys("pin", pin)

    def at(self, screen: str) -> None:
        """Wait until the tablet shows the screen."""
        self.driver.step_until(lambda: self.app.desk.screen == screen)
        self.driver.step(2)

    def wait_for(self, name: str) -> None:
        """Wait until a widget can be touched."""
        find = self._find
        self.driver.step_until(lambda: any(find.is_shown(one) and not one.disabled for one in find.by_id(name)))
        self.driver.step(2)

    def check_refused(self) -> None:
        """Make sure that nobody listens where the office was."""
        host, port = "127.0.0.1", self.office.port
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                raise AssertionError(f"something still listens on {host}:{port}")

    def open_sync_centre(self) -> None:
        """Touch the pill that says how much waits."""
        self.driver.tap(self.app.frame.ids.bar.ids.sync)
        self.at("sync")

    def settled(self) -> None:
        """Wait until no run with the office goes on."""
        self.driver.step_until(lambda: not self.app.desk.courier.state.running, seconds=60)
        self.driver.step(2)

    def delivered(self) -> None:
        """Wait until every record and photo has its receipt."""
        self.driver.step_until(lambda: self.app.desk.backlog.unsent == (0, 0), seconds=120)
        self.settled()

    def record(self) -> tuple[str, Any]:
        """Return the digest of the record that was sealed, and the tablet's link."""
        from mobile.store import store

        (sent,) = store.deliveries(self.app.desk.open_store)
        return sent.digest, self.app.desk.access.enrolment.link

    def snap(self, draw: Callable[[Path], None]) -> None:
        """Let the camera take a picture; each is newer than the one before."""
        draw(self.camera / f"IMG_{next(self._number):04d}.jpg")
        # File systems with coarse times would make two pictures equally new.
        time.sleep(0.02)

    def snap_waybill(self, text: str) -> None:
        """Let the camera take the waybill."""
        self.snap(lambda path: pictures.waybill(text, path))

    def _key(self, pad: str, sign: str) -> Any:
        """Return the key of a pad; the pad itself and its display may show the same sign."""
        from kivy.uix.behaviors import ButtonBehavior

        for one in self.driver.find_id(pad).walk(restrict=True):
            if (
                isinstance(one, ButtonBehavior)
                and self._find.words_of(one).strip() == sign
                and self._find.is_shown(one)
            ):
                return one
        raise AssertionError(f"{pad} has no key {sign!r}")
