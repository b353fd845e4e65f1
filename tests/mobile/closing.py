"""The story brought to its end: everything answered, decided and signed by the driver and two officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from checklists.inspection.officer_code import FIELD, code_hash
from checklists.records.record import certificate
from demo.officer import see
from mobile.desk import Desk
from mobile.inspecting import acts, conclusion
from mobile.inspecting.inspection import Held, Officer
from mobile.link.enrolment import Enrolment
from mobile.sealing import part
from mobile.sealing.part import Device
from mobile.sealing.signatures import earlier
from mobile.store import store
from mobile.store.store import Store, append, open_inspection
from tests.mobile import story, tablet
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import OFFICE, hear, line

CERTIFICATE = certificate(
    OFFICE, device="tablet-officer-1", public=KEY.public, agency="T", prefix="D01", issued_at=story.AT
)
DEVICE = Device(CERTIFICATE, {"offset_ms": 0, "agreed_at": None, "jumps": []}, "G109 示例检查点")
NOW = datetime(2026, 11, 21, 1, 55, tzinfo=UTC)
SECOND_PIN = "794638"
SCREENS = (
    *("outcome", "approve", "sign", "code", "papers", "reference", "genuine"),
    *("clearance", "correction", "snapshot", "roll", "copy"),
)
STROKES = [[[100, 300], [2000, 3000], [4000, 500]]]


def enrolment() -> Enrolment:
    officers = [asdict(one) for one in (story.WANG, story.LI)]
    return Enrolment(
        url="http://office.invalid",
        device="tablet-officer-1",
        certificate=CERTIFICATE,
        token="t0",
        server_key=OFFICE.public,
        office="示例旗交通运输综合行政执法大队",
        officers=tuple(officers),
        key=KEY,
    )


def answered() -> Held:
    """The story with every section cleared and what no comparison could tell looked at."""
    held = story.cleared(story.seen())
    return story.after(held, *(acts.answer(one.item.id, "conforms") for one in held.assessment.open))


def decided(held: Held | None = None, **more: Any) -> Held:
    held = held or answered()
    return story.after(held, acts.decide(held, held.assessment.proposal.outcome, **more))


def carded(held: Held | None = None) -> Held:
    """The same, the two officers' cards shown to everybody who signs."""
    held = held or decided()
    return story.after(held, conclusion.show_cards((story.WANG, story.LI), conclusion.signers(held)))


def driver_signs(held: Held, **more: Any) -> Held:
    more = {"digest": part.draft(held, DEVICE), "withdraws": earlier(held, "driver"), **more}
    return story.after(held, acts.sign("driver", "张建国", STROKES, **more))


def officer_signs(held: Held, officer: Officer) -> Held:
    """An officer confirms; the entry is his own, whoever holds the tablet."""
    more = {"digest": part.draft(held, DEVICE), "withdraws": earlier(held, "officer", officer.id)}
    writing = replace(held, officer=officer)
    signed = story.after(writing, acts.sign("officer", officer.name, card=officer.card, **more))
    return replace(signed, officer=held.officer)


def signed(held: Held | None = None) -> Held:
    held = driver_signs(held or decided())
    return officer_signs(officer_signs(held, story.WANG), story.LI)


def kept(opened: Store, held: Held) -> Held:
    """The inspection as it stands in a store."""
    open_inspection(opened, held.inspection, held.officer.id, held.opened_at)
    for entry in held.entries:
        append(opened, entry)
    return held


class Ending:
    """The story on a tablet at its desk, with the real screens in the driver's window; no network is asked."""

    def __init__(self, folder: Path, held: Held, driver: Any, screen: str, *, code: str = "") -> None:
        """`code`: the second officer is new on the tablet, and the office made this code for him."""
        tablet.made(folder)
        self.driver, self.root = driver, None
        self.desk = Desk(folder, self._show, later=_next_frame)
        self.desk.start_sync = lambda: None  # type: ignore[method-assign]  # threads have their own tests
        self.desk.unlock("officer-1", tablet.PIN)
        if code:
            self._told_of(code)
        else:
            self.desk.access.add_officer("officer-2", SECOND_PIN)
        kept(self.desk.open_store, held)
        self.desk.resume(held.inspection)
        self.desk.go(screen)

    @property
    def held(self) -> Held:
        return self.desk.held

    def reopened(self) -> str:
        """End the process as a kill does, start again, and say where the officer stands."""
        folder = self.desk.folder
        store.release(self.desk.open_store)
        self.desk = Desk(folder, self._show, later=_next_frame)
        self.desk.start_sync = lambda: None  # type: ignore[method-assign]
        self.desk.unlock("officer-1", tablet.PIN)
        return self.desk.screen

    def _told_of(self, code: str) -> None:
        proof = {"hash": code_hash("officer-2", code), "until": "2999-01-01T00:00:00.000Z", "device": ""}
        row = {**tablet.OFFICERS[1], "leader": True}
        made = self.desk.access.enrolled
        self.desk.access.enrolment = replace(made, officers=(tablet.OFFICERS[0], row))
        hear(self.desk.open_store, line("officer_codes", "officer-2", {FIELD: [proof]}))

    def _show(self, screen: str, where: Any) -> None:
        if screen not in SCREENS:
            return
        widget = getattr(import_module(f"mobile.screens.{screen}.view"), f"{screen.title()}Screen")()
        self.driver.show(widget)
        import_module(f"mobile.screens.{screen}.flow").enter(self.desk, widget, **where)
        self.driver.step(2)


def writes(driver: Any, *strokes: list[tuple[float, float]]) -> None:
    """Whoever has the tablet reads to the end of what was found and writes on the pad."""
    see(driver, "told")
    for stroke in strokes:
        driver.drag(driver.find_id("area"), stroke)


def _next_frame(act: Callable[[], None]) -> None:
    from kivy.clock import Clock

    Clock.schedule_once(lambda _dt: act(), 0)
