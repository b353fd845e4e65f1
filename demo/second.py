"""A second tablet in the same window, for states that would spoil the first: it is wiped, or full of troubles."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from demo import story
from demo.stage import Stage


class Hands:
    """What a scene may turn: the second tablet's clock, and the folder that stands for what is plugged in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ahead = timedelta()
        self.volumes = folder / "volumes"

    def now(self) -> datetime:
        """The tablet's clock."""
        return datetime.now(UTC) + self.ahead

    def plug_in(self, name: str) -> Path:
        """Plug in a stick and return its folder."""
        stick = self.volumes / name
        stick.mkdir(parents=True, exist_ok=True)
        return stick


@contextmanager
def second_tablet(stage: Stage, name: str, *, enrolled: bool = True) -> Iterator[Hands]:
    """Take another tablet in hand, enrolled and on its queue, or new; afterwards the first is back on its queue."""
    from mobile.device import volumes

    first, number = stage.app, stage._number
    hands = Hands(stage.folder / name)
    shutil.rmtree(hands.folder, ignore_errors=True)
    removable = volumes.removable
    volumes.removable = lambda roots=None: removable((hands.volumes,) if roots is None else roots)
    try:
        _start(stage, hands.folder / "tablet", hands.now)
        if enrolled:
            with unseen(stage):
                story.enrol(stage, stage.office.enrol_code("T"))
        yield hands
    finally:
        volumes.removable = removable
        _stop(stage)
        stage._number = number
        if first is not None:
            _start(stage, stage.tablet, lambda: datetime.now(UTC))
            stage.tap("officer:t-wang")
            stage.keys("pin", story.PIN)
            stage.driver.step_until(lambda: stage.app.desk.store is not None)
            stage.app.desk.put_down()
            stage.at("queue")


@contextmanager
def unseen(stage: Stage) -> Iterator[None]:
    """Play what was seen before without taking pictures."""
    shot = stage.shot
    stage.shot = lambda name: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        stage.shot = shot  # type: ignore[method-assign]


def _start(stage: Stage, folder: Path, now: Callable[[], datetime]) -> None:
    from mobile.app import LujianApp

    if stage.app is not None:
        _stop(stage)
    folder.mkdir(parents=True, exist_ok=True)
    stage.app = LujianApp(folder, now=now, office=stage.office.url, camera=stage.camera, lock_after_s=3600)
    stage.driver.start(stage.app)


def _stop(stage: Stage) -> None:
    stage.app.on_stop()
    for widget in list(stage.driver.window.children):
        stage.driver.window.remove_widget(widget)
    stage.app = None
