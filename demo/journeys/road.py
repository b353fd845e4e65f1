"""What happens on the road meanwhile: a tablet without a screen checks two vehicles and hears what the office tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from checklists.facts import waybill
from checklists.facts.situation import LAW_ZONE
from checklists.rules.earlier import HELD
from checklists.wire import uuid7
from demo import county, pictures
from demo.colleague import Colleague
from demo.office import OfficeProcess
from mobile.inspecting import acts, campaigning, conclusion, evidence
from mobile.inspecting.inspection import Held, write
from mobile.practice.county import id_number
from mobile.sealing import part, shifts
from mobile.sealing.shift import Shift

SECOND = "t-zhao"
"""The officer beside the one who leads."""

DRIVER, OTHER, ESCORT = "韩志远", "白云飞", "布仁巴雅尔"
NUMBERS = {DRIVER: id_number("15062419850505007"), OTHER: id_number("15062419880808003"),
           ESCORT: id_number("15062419870707009")}  # fmt: skip
HELD_FOR = "LIC-11"
"""The item for which the second vehicle is held, with a photo."""


@dataclass(frozen=True)
class Stops:
    """The two checks: the plate of who was let go, and of who was held with the record of it."""

    let_go: str
    held: str
    record: str
    photo: Path


@contextmanager
def tablet(office: OfficeProcess, folder: Path) -> Iterator[Colleague]:
    """A tablet of the transport agency, enrolled over the link."""
    made = Colleague(folder, office.url, office.enrol_code("T"), "t-wang", "联检平板 01")
    try:
        shifts.begin(made.desk.open_store, Shift(uuid7(), made.desk.at, county.SITE, officers=("t-wang", SECOND)))
        yield made
    finally:
        made.close()


def rows(now: datetime) -> list[dict[str, Any]]:
    """Return the registry of the county with the people of the two vehicles."""
    held = county.registry(now)
    as_of, until = held[0]["as_of"], (now + timedelta(days=400)).date().isoformat()
    people = ((DRIVER, "driver"), (OTHER, "driver"), (ESCORT, "escort"))
    return [*held, *(_person(*one, until, "valid", as_of) for one in people)]


def check(office: OfficeProcess, tablet: Colleague, folder: Path, now: datetime) -> Stops:
    """Let a vehicle go of which the office knows more since, hold another one, and deliver both."""
    first, second = _tractors(rows(now))[:2]
    until = (now + timedelta(days=400)).date().isoformat()
    _begin(tablet, first, DRIVER, now)
    revoked = _person(DRIVER, "driver", until, "revoked", _text(now - timedelta(minutes=5)))
    office.load([revoked])
    _end(tablet)
    _begin(tablet, second, OTHER, now)
    photo = folder / "副驾驶.jpg"
    pictures.cab(photo)
    value = evidence.capture(tablet.desk.open_store, photo.read_bytes(), evidence.Stamp("09:30"))
    tablet.put(acts.photo(value, HELD_FOR), acts.answer(HELD_FOR, "does_not_conform", note="随车无押运员"))
    record = _end(tablet)
    tablet.delivered()
    return Stops(first["plate"], second["plate"], record, photo)


def hears(tablet: Colleague, holds: Callable[[Colleague], Any]) -> None:
    """Let the tablet ask the office until something holds. Raises AssertionError."""

    def heard() -> Any:
        if not tablet.desk.courier.state.running:
            tablet.desk.start_sync()
        return holds(tablet)

    tablet.until(heard, 60)


def before(tablet: Colleague, plate: str) -> Held:
    """Return what the tablet would show were the vehicle before it now; nothing of it is kept."""
    desk = tablet.desk
    held = Held(uuid7(), desk.at, desk.access.device, desk.access.me, desk.kit)
    for told in (acts.identify(plate, "yellow"), None):
        drafts = acts.look_up(held, county.SITE) if told is None else told
        held = held.adding(write(held, drafts, desk.at, (uuid7() for _ in drafts)))
    return held


def campaigns(tablet: Colleague) -> set[str]:
    """Return the campaigns that the tablet knows."""
    return {one.id for one in campaigning.known(before(tablet, county.TRACTOR))}


def orders(tablet: Colleague, plate: str) -> list[str]:
    """Return the numbers of the orders that stand against a vehicle by what the tablet knows."""
    return [str(one.number) for one in before(tablet, plate).assessment.situation.orders or ()]


def lessons(tablet: Colleague) -> set[str]:
    """Return the titles of the lesson packs on the tablet."""
    return {one.title["zh"] for one in tablet.desk.kit.definitions.lessons.values()}


def is_held(tablet: Colleague, plate: str) -> bool:
    """Whether a vehicle stands under an earlier hold by what the tablet knows."""
    results = before(tablet, plate).assessment.results
    return any(one.case == HELD and one.verdict == "conflict" for one in results)


def _begin(tablet: Colleague, vehicle: dict[str, Any], driver: str, now: datetime) -> None:
    desk = tablet.desk
    desk.begin()
    bill = waybill.read(_waybill(vehicle, driver, now)).data
    tablet.put(acts.identify(vehicle["plate"], "yellow"), acts.waybill(bill))
    tablet.put(acts.look_up(desk.held, county.SITE))
    for section in desk.held.kit.definitions.checklists[desk.held.checklist].sections:
        tablet.put(acts.clear_section(desk.held, section.id, 2000))
    for one in desk.held.assessment.open:
        tablet.put(acts.answer(one.item.id, "conforms"))


def _end(tablet: Colleague) -> str:
    """Decide as proposed; everybody who is asked signs, two officers confirm; return the digest of the record."""
    desk = tablet.desk
    tablet.put(acts.decide(desk.held, desk.held.assessment.proposal.outcome))
    digest = part.draft(desk.held, desk.device_facts)
    for one in conclusion.signers(desk.held):
        tablet.put(acts.sign(one.role, one.name, [[[0, 0], [500, 500]]], digest=digest))
    beside = next(one for one in desk.access.colleagues() if one.id == SECOND)
    for officer in (desk.access.me, beside):
        desk.put(acts.sign("officer", officer.name, card=officer.card, digest=digest), officer)
    return tablet.seal()


def _waybill(vehicle: dict[str, Any], driver: str, now: datetime) -> str:
    told = dict(one.split("=", 1) for one in county.waybill_text(now).split(";"))
    told |= {
        "承运人": vehicle["carrier"], "统一社会信用代码": vehicle["carrier_uscc"], "车牌号": vehicle["plate"],
        "挂车号牌": vehicle["trailer"], "驾驶员": driver, "驾驶员身份证号": NUMBERS[driver], "押运员": ESCORT,
        "押运员身份证号": NUMBERS[ESCORT], "UN编号": "1203", "品名": "汽油", "类别": "3",
        "起运时间": (now - timedelta(hours=1)).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M"),
    }  # fmt: skip
    told.pop("罐体编号")
    return ";".join(f"{key}={value}" for key, value in told.items())


def _tractors(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        one["data"] for one in held if one["data"].get("kind") == "tractor" and one["data"]["plate"] != county.TRACTOR
    ]


def _person(name: str, role: str, until: str, status: str, as_of: str) -> dict[str, Any]:
    number = NUMBERS[name]
    qualification = {"number": number, "category": role, "valid_until": until, "status": status}
    data = {"name": name, "id_number": number, "qualification": qualification}
    return {"kind": "person", "key": number, "data": data, "as_of": as_of}


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
