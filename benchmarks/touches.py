"""The touches of each flow against the budget: `python -m benchmarks.touches` (DESIGN §4).

On a window that paints nothing, an officer checks the story's tanker by real touches, once clean and quick, once clean
by the full list, once with two deviations and their notices. A PIN and a signature count one each. The budget is for a
vehicle of which everything is known; `by word` are items that no comparison could tell for want of data, each of which
costs an answer and each such section an opening.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks import tablet
from benchmarks.timing import heading, tell
from demo import county
from demo.officer import Officer, in_order

SECOND = "794638"


def identify(desk: Any) -> None:
    """What the camera and the registry say; the trailer's permit was renewed yesterday."""
    from checklists.facts import waybill
    from mobile.inspecting import acts

    desk.put(acts.waybill(waybill.read(county.waybill_text(desk.now())).data))
    desk.put(acts.identify(county.TRACTOR, "yellow"))
    desk.put(acts.look_up(desk.held, county.SITE))
    in_order(desk, [("trailer.permit.valid_until", f"{desk.now().year + 1}-10-31")])


def quick(officer: Officer) -> None:
    """A clean quick check of which no photo is drawn; who is on the post as well was named at the shift's start."""
    from checklists.findings import control_photos
    from mobile.sealing.shift import Shift
    from mobile.sealing.shifts import begin

    both = tuple(str(one["id"]) for one in county.OFFICERS[:2])
    begin(officer.desk.open_store, Shift("shift-1", officer.desk.at, county.SITE, officers=both))
    control_photos.QUICK_RATES.update(dict.fromkeys(control_photos.QUICK_RATES, 0))
    officer.begin(identify, "fast-lane")
    officer.see("list")
    officer.pin(tablet.PIN)


def standard(officer: Officer) -> None:
    """A clean check by the full list."""
    officer.begin(identify, "cn-joint")
    officer.walk()
    officer.close()


def deviating(officer: Officer) -> None:
    """The same with two deviations, each with its place and a photo."""
    officer.begin(identify, "cn-joint")
    officer.deviation("TNK", "TNK-05", "valve")
    officer.deviation("PLA", "PLA-05", "rear")
    officer.walk()
    officer.close()


FLOWS = (
    ("clean quick check", quick, 5),
    ("clean standard check", standard, 20),
    ("two deviations, with notice", deviating, 36),
)


def _by_word(held: Any) -> int:
    """Return how many items no comparison could tell, so that each was answered by the officer's word."""
    unsure = ("cannot_tell", "stale")
    items = held.assessment.items
    return sum(one.because == "officer" and any(two.verdict in unsure for two in one.results) for one in items)


def main() -> None:
    """Print the table."""
    from demo.driver import Driver

    driver = Driver("mock", width=1280, height=800, inches=10.1)
    heading()
    with tempfile.TemporaryDirectory() as name:
        tablet.make(Path(name))
        from mobile.app import LujianApp

        app = LujianApp(Path(name), camera=Path(name) / "camera", lock_after_s=36000)
        app.desk.start_sync = lambda: None  # type: ignore[method-assign]  # no office is asked while counting
        driver.start(app)
        app.desk.unlock(tablet.OFFICER["id"], tablet.PIN)
        app.desk.access.add_officer(county.OFFICERS[1]["id"], SECOND)
        officer = Officer(driver, app, Path(name) / "camera", tablet.PIN, SECOND)
        for what, flow, budget in FLOWS:
            app.desk.put_down()
            driver.step(3)
            driver.touches, driver.scrolls = 0, 0
            flow(officer)
            if app.desk.screen != "papers":
                raise RuntimeError(f"{what} ended on {app.desk.screen}")
            more = {"by_word": _by_word(app.desk.held), "scrolls": driver.scrolls}
            tell(what, officer.spent / budget, f"the budget of {budget}", touches=officer.spent, **more)
        app.on_stop()


if __name__ == "__main__":
    main()
