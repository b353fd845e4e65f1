"""In which tier the office says that a carrier stands, as an inspection keeps it; and the draw of a full check.

A carrier of which the office that gives tiers says nothing is unknown, and never one that is clean. Of a carrier that
is checked less closely some vehicles are drawn for a full check all the same: by a number that office and tablets keep
to themselves, by plate and day, so that nobody on the road can know it and no officer can draw again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from checklists.facts.identifiers.keys import number_key
from checklists.values import frozen
from checklists.wire import WireError, from_plain, to_plain
from checklists.zone import in_law_zone

KIND = "carrier_tier"
UNKNOWN = "unknown"
MOST = 5
"""So many reasons are kept: what is read while a vehicle rolls up."""

_REASON = ("code", "points", "number", "on", "text", "counts")


@frozen
class StandingReason:
    """A reason as the office gave it; `code` is one of `findings.carrier_tier.REASONS`."""

    code: str
    points: int = 0
    number: str = ""
    on: date | None = None
    text: str = ""
    counts: Mapping[str, int] | None = None


@frozen
class CarrierStanding:
    """`level` is one of CARRIER_LEVELS, `formula` the version by which it was found.

    `until` is the last day of a level that a person set, `since` the first of this one. `drawn`: of a carrier that is
    checked less closely this vehicle is drawn for a full check today.
    """

    level: str = UNKNOWN
    points: int = 0
    reasons: tuple[StandingReason, ...] = ()
    formula: str = ""
    until: date | None = None
    since: date | None = None
    drawn: bool = False


def standing_row(
    lookup: Callable[[str, str], Mapping[str, Any] | None], carrier: Any, plate: str, at: str
) -> Mapping[str, Any] | None:
    """Return the row of a situation's `carrier_tier`, or None where the office gives no tiers or no carrier is named.

    What a later office says besides is left out; a row that cannot be read counts as unknown.
    """
    given = lookup("feed", KIND)
    if given is None or not isinstance(carrier, str) or not number_key(carrier):
        return None
    row = lookup(KIND, number_key(carrier))
    # The office works tiers out as soon as something happens: what it told last holds as of its last word.
    return {"data": _kept(row["data"], plate, at) if row is not None else {"level": UNKNOWN}, "as_of": given["as_of"]}


def _kept(data: Mapping[str, Any], plate: str, at: str) -> dict[str, Any]:
    told = {name: data[name] for name in ("level", "points", "formula", "until", "since") if data.get(name)}
    try:
        held = from_plain(CarrierStanding, told, KIND)
    except WireError:
        return {"level": UNKNOWN}
    kept = {**told, "level": held.level, "reasons": [to_plain(one) for one in _reasons(data)]}
    is_drawn = drawn(str(data.get("salt") or ""), data.get("full_percent"), plate, at)
    return {**kept, "drawn": True} if is_drawn else kept


def _reasons(data: Mapping[str, Any]) -> Iterator[StandingReason]:
    """Yield the first few reasons; what a later office says of one besides is left out."""
    given = data.get("reasons")
    for one in given[:MOST] if isinstance(given, list | tuple) else ():
        if isinstance(one, Mapping):
            try:
                yield from_plain(StandingReason, {name: one[name] for name in _REASON if one.get(name)}, KIND)
            except WireError:
                continue


def drawn(salt: str, percent: Any, plate: str, at: str) -> bool:
    """Whether a vehicle is drawn on the day of `at` (UTC text): the same for every tablet and however often asked."""
    if not isinstance(percent, int) or not plate:
        return False
    day = in_law_zone(datetime.fromisoformat(at)).date()
    told = f"{salt}/{number_key(plate)}/{day.isoformat()}"
    return int.from_bytes(sha256(told.encode()).digest()[:8], "big") % 100 < percent
