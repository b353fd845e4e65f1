"""The line of vehicles that wait at a post, as its tablets write it down: steps that are only added. Pure.

Tablets merge by union, in any order and any number of times. A step's number is the highest that its tablet knew, plus
one; so what a tablet knew comes before what it did. Clocks only say how long a vehicle waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("came", "named", "taken", "back", "passed")
"""A vehicle came into the line, its plate was read, a tablet took it for a check, it is in the line again, it went on.
"""
SORTS = ("tank", "box", "other")
"""What a vehicle looks like from afar, where nobody has read its plate. Ours."""
REASONS = ("capacity", "safety", "drove_on", "closing", "mistake")
"""Why a vehicle went on without a check. Ours; `mistake` was no vehicle to be checked, and is not counted."""
UNCHECKED = REASONS[:-1]


@dataclass(frozen=True)
class Step:
    """One thing that happened in the line. `vehicle` is the id that its `came` gave it; `at` is UTC text.

    `value` holds for came `sort`, `plate`, `colour` and `picture` (a small JPEG, base64), for named `plate` and
    `colour`, for taken `inspection`, for passed `reason`; `name` is what the officer is called.
    """

    id: str
    vehicle: str
    device: str
    number: int
    officer: str
    name: str
    at: str
    kind: str
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Vehicle:
    """A vehicle as it stands: `takes` are the checks that have it, by different tablets where more than one has."""

    id: str
    came: Step
    plate: str = ""
    colour: str = ""
    takes: tuple[Step, ...] = ()
    passed: Step | None = None

    @property
    def state(self) -> str:
        """taken, passed or waiting; what is being checked did not go on unchecked, whatever somebody wrote."""
        return "taken" if self.takes else "passed" if self.passed else "waiting"

    @property
    def sort(self) -> str:
        """What it looks like, as SORTS; empty where only its plate was entered."""
        return str(self.came.value.get("sort") or "")

    @property
    def picture(self) -> str:
        """A small JPEG of it, base64; empty where nobody took one."""
        return str(self.came.value.get("picture") or "")

    @property
    def clashes(self) -> bool:
        """Whether two tablets have it in two checks, or one has it and another let it go on."""
        checks = {one.value.get("inspection") for one in self.takes}
        return len(checks) > 1 or bool(self.takes and self.passed)


def line(steps: Iterable[Step]) -> tuple[Vehicle, ...]:
    """Return the vehicles of the line, who waits longest first; steps of a vehicle that never came are left out."""
    mine: dict[str, list[Step]] = {}
    for one in sorted(steps, key=lambda one: (one.number, one.device, one.id)):
        mine.setdefault(one.vehicle, []).append(one)
    found = [_vehicle(key, some) for key, some in mine.items() if some[0].kind == "came"]
    return tuple(sorted(found, key=lambda one: (one.came.at, one.came.number, one.came.device)))


def counts(steps: Iterable[Step], device: str) -> dict[str, Any]:
    """Return what a shift says of the line, of this tablet's own words alone: two tablets of a post add up.

    `came` were put into the line here, `unchecked` went on by reason, `waiting` stand there still. Empty where no
    vehicle ever stood in line here.
    """
    vehicles = line(steps)
    passed = (one.passed for one in vehicles if one.state == "passed")
    reasons = Counter(str(one.value.get("reason")) for one in passed if one is not None and one.device == device)
    mistaken = {one.id for one in vehicles if one.passed and one.passed.value.get("reason") == "mistake"}
    came = [one for one in vehicles if one.came.device == device and not (one.state == "passed" and one.id in mistaken)]
    unchecked = {reason: reasons[reason] for reason in UNCHECKED if reasons[reason]}
    if not came and not unchecked:
        return {}
    return {"came": len(came), "unchecked": unchecked, "waiting": sum(one.state == "waiting" for one in came)}


def _vehicle(key: str, steps: list[Step]) -> Vehicle:
    """Return a vehicle after its steps: each tablet's last word on it stands, and a name given later goes before."""
    came, last = steps[0], dict[str, Step]()
    plate, colour, passed = str(came.value.get("plate") or ""), str(came.value.get("colour") or ""), None
    for one in steps[1:]:
        if one.kind == "named":
            plate, colour = str(one.value.get("plate") or ""), str(one.value.get("colour") or "")
        elif one.kind == "passed":
            passed = one
        elif one.kind == "taken":
            last[one.device] = one
        elif one.kind == "back":
            # Whoever puts a vehicle back speaks of his own check and of what went on.
            last.pop(one.device, None)
            passed = None
    return Vehicle(key, came, plate, colour, tuple(last.values()), passed)
