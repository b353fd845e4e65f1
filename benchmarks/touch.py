"""From a touch to the changed screen, in CPU time: `python -m benchmarks.touch` (target p95 16 ms, then 8 ms).

On a window that paints nothing, the officer clears the walk's sections one by one; each clearing writes its entries
durably and shows the walk anew. Counted is the time of this thread in the touch itself, in the frame in which the state
changed and in the next one, which lays the screen out. The same screen shown again without a change stands beside it.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import tablet
from benchmarks.timing import heading, spread, tell


def spent_ms(act: Callable[[], Any]) -> float:
    """Return the CPU time of this thread in an act."""
    begun = time.thread_time()
    act()
    return (time.thread_time() - begun) * 1000


class Walks:
    """The tablet on a mock window, and what its touches cost."""

    def __init__(self, folder: Path) -> None:
        from demo.driver import Driver

        self.driver = Driver("mock", width=1280, height=800, inches=10.1)
        # Kivy makes its window as it is imported, so the driver comes first.
        from mobile.app import LujianApp
        from mobile.main import set_aside

        self.app = LujianApp(folder)
        self.app.desk.start_sync = lambda: None  # type: ignore[method-assign]  # no office is asked while measuring
        self.app.desk.set_aside = set_aside
        self.driver.start(self.app)
        self.app.desk.unlock(tablet.OFFICER["id"], tablet.PIN)
        self.touches: list[float] = []
        self.shows: list[float] = []

    def walk(self) -> None:
        """Begin an inspection of the story's tanker and clear every section that can be cleared."""
        from checklists.facts import waybill
        from demo import county
        from mobile.inspecting import acts, control_photos

        desk = self.app.desk
        desk.begin()
        desk.put(acts.waybill(waybill.read(county.waybill_text(desk.now())).data))
        desk.put(acts.identify(county.TRACTOR, "yellow"))
        desk.put(acts.look_up(desk.held))
        desk.go("walk")
        # Clearing is measured; a control photo has a touch of its own.
        for one in control_photos.pending(desk.held):
            desk.put(control_photos.impossible(one.item, one.section, "measuring"))
        self.driver.step(5)
        for section in desk.kit.definitions.checklists["cn-joint"].sections:
            button = self.driver.find_id(f"clear:{section.id}")
            if not button.disabled:
                self.driver.scroll_to(button)
                self.touches.append(self._touch(button))
                self.shows.append(spent_ms(desk.refresh))
        desk.put_down()

    def _touch(self, button: Any) -> float:
        from demo import find
        from demo.touch import Finger

        finger, desk = Finger(), self.app.desk
        before = len(desk.held.entries)
        cost = spent_ms(lambda: finger.press(*find.centre(button)))
        self.driver.step()
        cost += spent_ms(finger.lift)
        frame = 0.0
        for _ in range(10_000):
            if len(desk.held.entries) > before:
                break
            # A scrolling view passes a touch on some frames later; only the frame in which it did is the touch's.
            frame = spent_ms(self.driver.step)
        else:
            raise RuntimeError("the touch changed nothing")
        return cost + frame + spent_ms(self.driver.step)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tablet.make_apart(Path(name))
        walks = Walks(Path(name))
        walks.walk()
        walks.touches.clear()
        walks.shows.clear()
        for _ in range(options.rounds):
            walks.walk()
        walks.app.on_stop()
    heading()
    base = statistics.median(walks.shows)
    for what, spent in (("touch to changed state", walks.touches), ("same state shown again", walks.shows)):
        tell(what, statistics.median(spent) / base, "shown again", **spread(spent))


if __name__ == "__main__":
    main()
