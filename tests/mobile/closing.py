"""The story brought to its end: everything answered, decided and signed by the driver and two officers."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from mobile import acts, part
from mobile.enrol import Enrolment
from mobile.held import Held, Officer
from mobile.part import Device
from mobile.sealing import earlier
from mobile.store import Store, append, open_inspection
from tests.mobile import story
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import OFFICE

CERTIFICATE = {"device": "tablet-officer-1", "key": KEY.public, "agency": "T", "prefix": "D01"}
DEVICE = Device(CERTIFICATE, {"offset_ms": 0, "agreed_at": None, "jumps": []}, "G109 示例检查点")
NOW = datetime(2026, 11, 21, 1, 55, tzinfo=UTC)
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


def driver_signs(held: Held, **more: Any) -> Held:
    more = {"digest": part.draft(held, DEVICE), "withdraws": earlier(held, "driver", "张建国"), **more}
    return story.after(held, acts.sign("driver", "张建国", STROKES, **more))


def officer_signs(held: Held, officer: Officer) -> Held:
    """An officer confirms; the entry is his own, whoever holds the tablet."""
    more = {"digest": part.draft(held, DEVICE), "withdraws": earlier(held, "officer", officer.name)}
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
