"""What a frame costs while the tablet syncs, in CPU time of the screen's thread: `python -m benchmarks.frames`.

A real office listens on the loopback and takes records with their photos; meanwhile a finger scrolls a section of the
walk up and down, frame by frame, on a window that paints nothing. Beside it, in turn, the same frames without a sync.
The wall clock is told as well: what it has beyond the CPU is waiting for the other threads of the process.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.timing import heading, spread, tell
from demo import county
from demo.office import OfficeProcess

PIN = "683947"
OFFICER = str(county.OFFICERS[0]["id"])
Spent = tuple[list[float], list[float]]
"""Milliseconds of each frame: CPU of the screen's thread, and wall clock."""


@contextmanager
def serving(folder: Path, kind: type[OfficeProcess] = OfficeProcess) -> Iterator[tuple[OfficeProcess, str]]:
    """Run an office with the demo's county; gives it with a one-time code."""
    office = kind(folder)
    office.prepare(county.registry(datetime.now(UTC)))
    code = office.enrol_code("T")
    office.start()
    try:
        yield office, code
    finally:
        office.stop()


class Tablet:
    """The app on a mock window, enrolled at that office, with an inspection to scroll in."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        from demo.driver import Driver

        self.driver = Driver("mock", width=1280, height=800, inches=10.1)
        # Kivy makes its window as it is imported, so the driver comes first.
        from mobile.app import LujianApp
        from mobile.link import enrolment

        self.app = LujianApp(folder, office=url)
        self.desk: Any = self.app.desk
        self.driver.start(self.app)
        self.desk.enrol(enrolment.enrol(url, code, "bench", app="bench"), OFFICER, PIN)
        self.driver.step_until(lambda: self.desk.backlog.ready and not self.desk.courier.state.running, seconds=120)
        # From here on only the benchmark sends.
        self.app.desk.courier.due = lambda: False  # type: ignore[method-assign]

    def fill(self, records: int, photos: int) -> None:
        """Seal inspections of the story's tanker, each with so many photos, without sending them."""
        start, self.desk.start_sync = self.desk.start_sync, lambda: None
        for number in range(records):
            self._begin()
            for each in range(photos):
                self._photo(number * photos + each)
            self._seal()
        self.desk.start_sync = start

    def unsent(self) -> tuple[int, int]:
        """Return how many records and photo files wait."""
        from mobile.store import store

        return store.unsent(self.desk.open_store)

    def scroll(self, frames: int, *, until_sent: bool) -> Spent:
        """Scroll a section up and down; where `until_sent`, only frames count in which the run still goes on."""
        self._begin()
        self.desk.go("section", section="TNK")
        self.driver.step(10)
        if until_sent:
            self.desk.start_sync()
        spent = self._frames(frames, until_sent=until_sent)
        if until_sent:
            self.driver.step_until(lambda: not self.desk.courier.state.running, seconds=300)
        return spent

    def _frames(self, frames: int, *, until_sent: bool) -> Spent:
        from demo.touch import Finger

        finger, cpu, wall = Finger(), [], []
        finger.press(900, 400)
        for number in range(frames):
            if until_sent and not self.desk.courier.state.running:
                break
            phase = number % 40
            begun, since = time.thread_time(), time.monotonic()
            finger.move(900, 400 + 12 * (phase if phase < 20 else 40 - phase))
            self.driver.step()
            cpu.append((time.thread_time() - begun) * 1000)
            wall.append((time.monotonic() - since) * 1000)
            # A tablet shows 60 frames a second; in between the other threads have the processor.
            time.sleep(max(0.0, 1 / 60 - (time.monotonic() - since)))
        finger.lift()
        return cpu, wall

    def _begin(self) -> None:
        from checklists.facts import waybill
        from mobile.inspecting import acts

        desk = self.desk
        desk.begin()
        desk.put(acts.waybill(waybill.read(county.waybill_text(desk.now())).data))
        desk.put(acts.identify(county.TRACTOR, "yellow"))
        desk.put(acts.look_up(desk.held))

    def _photo(self, number: int) -> None:
        from PIL import Image

        from mobile.inspecting import acts, evidence

        picture, file = Image.effect_noise((1600, 1200), 40 + number % 40).convert("RGB"), io.BytesIO()
        picture.save(file, "JPEG", quality=80)
        kept = evidence.capture(self.desk.open_store, file.getvalue(), evidence.Stamp(str(number)))
        self.desk.put(acts.photo(kept, "LOD-02"))

    def _seal(self) -> None:
        from checklists.wire import uuid7
        from mobile.sealing import part
        from mobile.store import store

        desk = self.desk
        held, device = desk.held, desk.device_facts

        def build(seq: int, previous: str | None) -> dict[str, Any]:
            return part.build(
                held, device, part_id=uuid7(), sealed_at=desk.at, device_seq=seq, previous=previous, papers=()
            )

        store.seal_inspection(desk.open_store, held.inspection, build, desk.access.enrolment.key)
        desk.put_down()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=12)
    parser.add_argument("--photos", type=int, default=4)
    parser.add_argument("--frames", type=int, default=1500, help="at most so many frames of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "office") as (office, code):
        tablet = Tablet(Path(name) / "tablet", office.url, code)
        tablet.fill(options.records, options.photos)
        waiting = tablet.unsent()
        busy = tablet.scroll(options.frames, until_sent=True)
        left = tablet.unsent()
        quiet = tablet.scroll(len(busy[0]), until_sent=False)
        tablet.app.on_stop()
    heading(f"waiting before: {waiting[0]} records, {waiting[1]} photo files; after: {left[0]}, {left[1]}")
    base = statistics.median(quiet[0])
    for what, (cpu, wall) in (("while syncing", busy), ("no sync", quiet)):
        clock = {f"wall_{name}": value for name, value in spread(wall).items()}
        tell(what, statistics.median(cpu) / base, "no sync", frames=len(cpu), **spread(cpu), **clock)


if __name__ == "__main__":
    main()
