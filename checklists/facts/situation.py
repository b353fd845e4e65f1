"""Everything known about one vehicle at one place and time. None always means not known.

A situation comes from a case file, from the entries of an inspection, or from both at once on the server. `sources`
says for a path (`trailer.permit`) where the value came from and as of when. What the officers saw stands apart under
`seen` and is never a copy from the registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from checklists.facts.carrier_standing import CarrierStanding
from checklists.facts.earlier import Earlier
from checklists.facts.observation import Seen
from checklists.facts.site import Journey, Order, Past, Place, Terminal, WaybillUse
from checklists.facts.transport import Carrier, Person, Tank, Vehicle, Waybill
from checklists.values import frozen
from checklists.wire import from_plain
from checklists.zone import LAW_ZONE, clock_text, in_law_zone

__all__ = ["LAW_ZONE", "Situation", "Source", "clock_text", "in_law_zone", "situation"]


@frozen
class Source:
    """Where a value came from (`registry`, `waybill`, `papers`, `party`, `officer`, `weighbridge`) and as of when.

    `ahead`: of so much later than it was put down that the tablet's clock was set back, and no age can be told by it.
    """

    kind: str
    as_of: datetime | None = None
    ahead: bool = False


@frozen
class Situation:
    """Everything known about one vehicle at one place and time.

    `orders`, `past`, `waybill_uses`, `history` (earlier checks, also clean ones) and `carrier_tier` are what the
    office's feed gave, None where it gave nothing at all; `incomplete` names those of them that it gave only in part.
    `unplaced` are the paths of facts, stated by a tablet of another version, for which this one has no place.
    `differing` is by path what the registry says where a paper that was shown says something else.
    """

    at: datetime
    vehicle: Vehicle = field(default_factory=Vehicle)
    trailer: Vehicle | None = None
    tank: Tank | None = None
    carrier: Carrier = field(default_factory=Carrier)
    driver: Person | None = None
    escort: Person | None = None
    waybill: Waybill | None = None
    seen: Seen = field(default_factory=Seen)
    place: Place = field(default_factory=Place)
    journey: Journey = field(default_factory=Journey)
    terminal: Terminal | None = None
    orders: tuple[Order, ...] | None = None
    past: tuple[Past, ...] | None = None
    waybill_uses: tuple[WaybillUse, ...] | None = None
    history: tuple[Earlier, ...] | None = None
    carrier_tier: CarrierStanding | None = None
    incomplete: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    differing: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the conduct, in the time zone in which the law's days are counted (UTC+8)."""
        return in_law_zone(self.at).date()

    def source(self, path: str) -> Source | None:
        """Return the source of the nearest path: `trailer.permit`, then `trailer`."""
        sources = self.sources
        while sources and path:
            if path in sources:
                return sources[path]
            path = path.rpartition(".")[0]
        return None


def situation(value: object) -> Situation:
    """Return the situation that plain values describe. Raises WireError with the path of the first fault."""
    return from_plain(Situation, value)
