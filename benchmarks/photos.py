"""Memory and time of photos: `python -m benchmarks.photos` (target: sixty in one check without growth).

One process keeps sixty photos of twelve megapixels' look in one check, each shown on its sheet, then goes through fifty
checks of a few photos each. Printed are the resident memory after each stage, and the time of one photo from its bytes
to its thumbnail on the glass.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import tablet
from benchmarks.timing import heading, spread, tell
from benchmarks.touches import identify

SIZE = (4000, 3000)
ITEM, SECTION = "TNK-05", "TNK"


def resident_mb() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def picture(number: int) -> bytes:
    """Return a JPEG as a camera makes it, each another one."""
    from PIL import Image

    noise = Image.frombytes("L", (500, 375), random.Random(number).randbytes(187_500)).resize(SIZE)
    buffer = io.BytesIO()
    Image.merge("RGB", (noise, noise, noise)).save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


class Photos:
    """The tablet on a mock window, and what its photos cost."""

    def __init__(self, folder: Path) -> None:
        from demo.driver import Driver

        self.driver = Driver("mock", width=1280, height=800, inches=10.1)
        # Kivy makes its window as it is imported, so the driver comes first.
        from mobile.app import LujianApp

        self.app = LujianApp(folder, camera=folder / "camera", lock_after_s=36000)
        self.app.desk.start_sync = lambda: None  # type: ignore[method-assign]  # no office is asked while measuring
        self.driver.start(self.app)
        self.app.desk.unlock(tablet.OFFICER["id"], tablet.PIN)
        self.camera = folder / "camera"
        self.camera.mkdir()
        self.spent: list[float] = []

    def check(self, first: int, count: int) -> None:
        """Begin a check, take photos of one item on its sheet, and close it."""
        from mobile.store import store

        desk = self.app.desk
        desk.begin()
        identify(desk)
        desk.go("deviation", item=ITEM, section=SECTION)
        self.driver.step(3)
        for number in range(first, first + count):
            path = self.camera / "IMG.jpg"
            path.write_bytes(picture(number))
            begun = time.perf_counter()
            self.driver.tap_id("photo")
            self.spent.append((time.perf_counter() - begun) * 1000)
            path.unlink(missing_ok=True)  # its clear copy is gone once the vault holds it
        self.driver.tap_id("leave")
        # A check that stays open has a card on the queue, which would be measured instead.
        store.abandon(desk.open_store, desk.held.inspection)
        desk.put_down()
        self.driver.step(3)


def report(what: str, base: float) -> None:
    """Tell the memory now, and how much it grew."""
    from mobile.widgets import thumbs

    gc.collect()
    now = resident_mb()
    tell(what, now / base, "after a first check", resident_mb=now, thumbnails=thumbs.live())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--checks", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tablet.make_apart(Path(name))
        photos: Any = Photos(Path(name))
        photos.check(0, 3)
        gc.collect()
        base = resident_mb()
        heading()
        report("after a first check, 3 photos", base)
        photos.spent.clear()
        photos.check(10, options.photos)
        report(f"after one check of {options.photos} photos", base)
        photos.check(500, options.photos)
        report("after another one like it", base)
        spent = spread(photos.spent)
        for half in (1, 2):
            for number in range(options.checks // 2):
                photos.check(1000 * half + number * 10, 2)
            report(f"after {half * options.checks // 2} more checks", base)
        tell("a photo of 12 megapixels, bytes to glass", **spent)
        photos.app.on_stop()


if __name__ == "__main__":
    main()
