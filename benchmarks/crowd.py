"""What an office of a size has beside its checks, made up: carriers in their tiers, orders, visits, sessions, tablets.

So many for each check as we think an office has; every row is such as its page reads, and no more than that.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from peewee import Model

from checklists.definitions.carrier_formula import CARRIER_LEVELS
from checklists.wire import canonical, instant, to_plain
from server.figures.sums import Under, target_key
from server.office import Office
from server.store import bulk, case_law
from server.store.administration_models import DeviceStatus
from server.store.education_models import EducationSession, Promise, Seat, SeatAnswer, Visit
from server.store.models import Device
from server.store.office_models import ExportJob, LessonResult, StopOrder, User
from server.store.steering_models import Campaign, WatchAct, WatchEntry
from server.store.tier_models import CarrierTier, CarrierTierChange

CARRIERS, ORDERS, WATCHED, VISITS, SESSIONS, LESSONS, TABLETS = 100, 200, 500, 200, 1000, 4, 2000
"""So many checks for one of each."""
CAMPAIGNS = 12
"""Of a month each; one runs, and one runs the whole year."""
_SEATS = 10
_CHUNK = 5000
LOGIN = "seed-supervisor"

Row = dict[str, Any]


@dataclass(frozen=True)
class Drive:
    """A campaign as checks are counted under it."""

    id: str
    since: str
    until: str
    targets: tuple[str, ...]

    def under(self, day: str, chance: random.Random) -> Under | None:
        """Return for what of it a check of that day counts, None for nothing."""
        if not self.since <= day <= self.until or chance.random() > 0.3:
            return None
        met = frozenset({target_key(self.id, chance.choice(self.targets))}) if chance.random() < 0.2 else frozenset()
        return Under(frozenset({self.id}), frozenset({self.id}) if chance.random() < 0.3 else frozenset(), met)


def gather(office: Office, checks: int, sites: tuple[str, ...]) -> list[Drive]:
    """Put beside so many checks what an office has, and return its campaigns."""
    chance, today = random.Random(7), datetime.now(UTC)
    drives = [_drive(number, today.date()) for number in range(CAMPAIGNS + 1)]
    of_many: tuple[tuple[type[Model], Iterator[Row]], ...] = (
        (CarrierTier, _carriers(checks // CARRIERS, chance)),
        (CarrierTierChange, _changes(checks // CARRIERS)),
        (StopOrder, _orders(checks // ORDERS, today, chance)),
        (WatchEntry, _watched(checks // WATCHED, today, chance)),
        (WatchAct, _acted(checks // WATCHED, today)),
        (Visit, _visits(checks // VISITS, today, chance)),
        (Promise, _promises(checks // VISITS, today, chance)),
        (EducationSession, _sessions(checks // SESSIONS, today, _lesson())),
        (Seat, _seats(checks // SESSIONS)),
        (SeatAnswer, _answers(checks // SESSIONS, today)),
        (ExportJob, _jobs(checks // SESSIONS, today)),
        (Device, _tablets(checks // TABLETS, today)),
        (DeviceStatus, _said(checks // TABLETS, today)),
        (User, _users(checks // TABLETS, today)),
        (Campaign, _campaigns(drives, sites, today)),
    )
    for model, rows in of_many:
        for some in _some(rows):
            office.store.write_now(partial(bulk.insert_dicts, model, some))
    return drives


def lessons(told: Iterator[tuple[str, str]]) -> Iterator[Callable[[], None]]:
    """Yield jobs that write what was answered at every so many of the checks, given by inspection and time."""
    rows = (
        {
            "entry": f"crowd-{number:029d}", "inspection": inspection, "carrier": _code(number % 2000), "plate": "",
            "person": "", "role": "driver", "at": at, "pack": "leak", "version": "1", "score": number % 4, "asked": 3,
        }
        for number, (inspection, at) in enumerate(told) if number % LESSONS == 0
    )  # fmt: skip
    yield from (partial(bulk.insert_dicts, LessonResult, some) for some in _some(rows))


def _some(rows: Iterator[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for one in rows:
        held.append(one)
        if len(held) == _CHUNK:
            yield held
            held = []
    yield held


def _code(number: int) -> str:
    return f"91CROWD{number:011d}"


def _name(number: int) -> str:
    return f"示例危险品运输有限公司 {number}"


def _day(at: datetime, days: int) -> str:
    return (at + timedelta(days=days)).date().isoformat()


def _carriers(many: int, chance: random.Random) -> Iterator[Row]:
    for number in range(many):
        level = chance.choices(CARRIER_LEVELS, (1, 6, 2, 1))[0]
        points = chance.randrange(60) if level == CARRIER_LEVELS[0] else chance.randrange(9)
        yield {
            "key": _code(number), "name": _name(number), "level": level, "found": level, "points": points,
            "checks": 5, "formula": "1", "since": "2026-01-01", "computed_at": "2026-01-01T00:00:00.000Z",
            "due_at": "9999", "reasons": "[]",
        }  # fmt: skip


def _changes(many: int) -> Iterator[Row]:
    for number in range(2 * many):
        yield {"key": _code(number % max(many, 1)), "at": "2026-01-01T00:00:00.000Z", "who": "office",
               "was": "unknown", "level": "normal"}  # fmt: skip


def _lifted(number: int, at: datetime) -> Row:
    told = {"lifted_at": instant(at), "lifted_by": LOGIN, "lifted_why": "示例"}
    return told if number % 3 else dict.fromkeys(told, "")


def _orders(many: int, today: datetime, chance: random.Random) -> Iterator[Row]:
    for number in range(many):
        at, key = today - timedelta(days=365) * (many - number) / many, f"蒙K{chance.randrange(100_000):05d}"
        yield {
            "number": f"众{number}", "authority": "示例局", "kind": "stop", "on": "vehicle", "key": key, "shown": key,
            "since": _day(at, 0), "text": "示例", "agency": "T", "who": LOGIN, "made_at": instant(at),
            **_lifted(number, at),
        }  # fmt: skip


def _watched(many: int, today: datetime, chance: random.Random) -> Iterator[Row]:
    for number in range(many):
        at, key = today - timedelta(days=365) * (many - number) / many, f"蒙K{chance.randrange(100_000):05d}"
        yield {
            "id": f"crowd-{number:029d}", "on": "vehicle", "key": key, "shown": key, "unit": "示例队",
            "officer": "示例", "why": "示例", "do": "stop", "since": _day(at, 0), "until": _day(at, 60),
            "made_by": LOGIN, "made_agency": "T", "made_at": instant(at), **_lifted(number, at),
        }  # fmt: skip


def _acted(many: int, today: datetime) -> Iterator[Row]:
    for number in range(2 * many):
        yield {
            "id": f"crowd-{number:029d}", "watch": f"crowd-{number % max(many, 1):029d}", "did": "shown",
            "at": instant(today), "officer": "T-001", "agency": "T", "device": "crowd", "inspection": "",
        }  # fmt: skip


def _visits(many: int, today: datetime, chance: random.Random) -> Iterator[Row]:
    for number in range(many):
        days = chance.randrange(-300, 60)
        open_ = days > -20 and number % 2 == 0
        done = {"done_on": _day(today, days), "result": "kept", "found": "示例"}
        yield {
            "agency": "T", "about": f"carrier:{_code(number % 2000)}", "name": _name(number % 2000), "owner": LOGIN,
            "until": _day(today, days), "why": "示例", "made_by": LOGIN, "made_at": instant(today),
            **(dict.fromkeys(done, "") if open_ else done),
        }  # fmt: skip


def _promises(many: int, today: datetime, chance: random.Random) -> Iterator[Row]:
    for number in range(many):
        days = chance.randrange(-300, 60)
        yield {
            "agency": "T", "about": f"carrier:{_code(number % 2000)}", "name": _name(number % 2000), "text": "示例",
            "until": _day(today, days), "made_by": LOGIN, "made_at": instant(today),
            "kept": "" if days > -20 and number % 2 else "yes",
        }  # fmt: skip


def _lesson() -> str:
    """Return a pack that is published, as a session keeps it."""
    packs = case_law.current().definitions.lessons
    return canonical(to_plain(next(iter(packs.values())))).decode()


def _session(number: int) -> str:
    return f"crowd-{number:029d}"


def _sessions(many: int, today: datetime, lesson: str) -> Iterator[Row]:
    for number in range(many):
        at = today - timedelta(days=365) * (many - number) / many
        yield {
            "id": _session(number), "agency": "T", "carrier": _code(number % 2000), "name": _name(number % 2000),
            "starts": f"{_day(at, 0)}T09:00", "place": "示例", "held_by": "示例", "pack": "leak", "lesson": lesson,
            "asked": 8, "state": "closed", "token": f"crowd-{number}", "made_by": LOGIN, "made_at": instant(at),
            "ended_at": instant(at), "ended_by": LOGIN,
        }  # fmt: skip


def _seats(many: int) -> Iterator[Row]:
    for number in range(many * _SEATS):
        yield {"session": _session(number // _SEATS), "number": number % _SEATS + 1, "name": "示例", "code": "1234",
               "came": "yes"}  # fmt: skip


def _answers(many: int, today: datetime) -> Iterator[Row]:
    for number in range(many * _SEATS):
        for phase in ("before", "after"):
            yield {
                "session": _session(number // _SEATS), "number": number % _SEATS + 1, "phase": phase,
                "answers": "[]", "score": 5, "asked": 8, "at": instant(today),
            }  # fmt: skip


def _jobs(many: int, today: datetime) -> Iterator[Row]:
    for number in range(many):
        at = instant(today - timedelta(hours=number))
        yield {"id": f"crowd-{number:029d}", "login": LOGIN, "agency": "T", "kind": "cases", "query": "{}",
               "state": "removed", "made_at": at, "done_at": at}  # fmt: skip


def _tablets(many: int, today: datetime) -> Iterator[Row]:
    for number in range(many):
        yield {
            "id": f"crowd-{number:029d}", "name": f"示例平板 {number}", "agency": "TPM"[number % 3],
            "prefix": f"C{number:05d}", "public_key": "", "certificate": "{}", "token_hash": f"crowd-{number}",
            "app": "0.1.0", "enrolled_at": instant(today), "kind": "tablet",
        }  # fmt: skip


def _said(many: int, today: datetime) -> Iterator[Row]:
    for number in range(many):
        yield {
            "device": f"crowd-{number:029d}", "at": instant(today), "said_at": instant(today), "app": "0.1.0",
            "packages": "[]", "feed_place": number * 1000, "records": 0, "files": 0, "refused": 0,
            "free_bytes": 5_000_000_000,
        }  # fmt: skip


def _users(many: int, today: datetime) -> Iterator[Row]:
    for number in range(many):
        yield {"login": f"crowd-{number}", "name": f"示例 {number}", "role": "handler", "agency": "TPM"[number % 3],
               "password": "", "made_at": instant(today)}  # fmt: skip


def _drive(number: int, today: date) -> Drive:
    """Return the campaign of a month, the first of which runs, and one of the whole year."""
    since = today - timedelta(days=30 * number + 15)
    until = since + timedelta(days=29)
    if number == CAMPAIGNS:
        since, until = today - timedelta(days=365), today
    targets = tuple(f"carrier {_code(one)}" for one in range(20))
    return Drive(f"crowd-{number:029d}", since.isoformat(), until.isoformat(), targets)


def _campaigns(drives: list[Drive], sites: tuple[str, ...], today: datetime) -> Iterator[Row]:
    for number, one in enumerate(drives):
        on = [dict(zip(("on", "key"), target.split(" "), strict=True)) for target in one.targets]
        yield {
            "id": one.id, "name": f"示例行动 {number}", "why": "示例", "unit": "示例局", "since": one.since,
            "until": one.until, "sites": json.dumps(sites[: 1 + number], ensure_ascii=False), "targets": json.dumps(on),
            "items": json.dumps(["ITM-03"]), "made_by": LOGIN, "made_agency": "T", "made_at": instant(today),
        }  # fmt: skip
