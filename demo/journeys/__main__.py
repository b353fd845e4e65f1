"""`python -m demo.journeys [NAME …]`: play the journeys, or those that are named; one line each, JSON at the end."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from demo import browser, county
from demo.journeys import law, road, supervisor
from demo.journeys.scene import Scene
from demo.office import OfficeProcess

FOLDER = Path("build/journeys")
CASES = 500
"""Cases of the made-up year, of which the numbers are."""
JOURNEYS = (*supervisor.JOURNEYS, *law.JOURNEYS)
WIDTH, HEIGHT = 1280, 800


def main(only: Sequence[str]) -> int:
    """Return 1 where a journey failed, or a page does not fit its window."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    office, now = OfficeProcess(FOLDER / "office"), datetime.now(UTC)
    _say("office", 0.0, "made, with a year of checks")
    office.prepare(road.rows(now))
    office.commands(("seed", "--cases", str(CASES)), given=county.PASSWORD)
    office.start()
    try:
        with road.tablet(office, FOLDER / "tablet") as tablet, browser.page(WIDTH, HEIGHT) as page:
            stops = road.check(office, tablet, FOLDER, now)
            files = FOLDER / "files"
            files.mkdir()
            scene = Scene(office.url, page, tablet, stops, FOLDER, files)
            told = {one.__name__: _play(scene, one) for one in JOURNEYS if not only or one.__name__ in only}
    finally:
        office.stop()
    failed = [name for name, why in told.items() if why]
    summary = {"journeys": len(told), "failed": failed, "narrow": sorted(scene.narrow)}
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if failed or scene.narrow else 0


def _play(scene: Scene, journey: Callable[[Scene], None]) -> str:
    """Play one and return why it failed, empty where it did not; its picture is of where it ended, either way."""
    begun, name, why = time.monotonic(), journey.__name__, ""
    try:
        journey(scene)
    except Exception as problem:  # whatever it is, the others are played and it is told
        why = f"{type(problem).__name__}: {problem}"
    scene.picture(f"{name}-failed" if why else name)
    _say(name, time.monotonic() - begun, why or (journey.__doc__ or "").splitlines()[0])
    return why


def _say(name: str, seconds: float, words: str) -> None:
    print(f"{seconds:6.1f} s  {name}: {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
