"""What is inspected: vehicle, tank, people, waybill, and what the officers saw. None always means not known.

A situation comes from a case file, from the entries of an inspection, or from both at once on the server. `sources`
says for a path (`trailer.permit`) where the value came from and as of when. What the officers saw stands apart under
`seen` and is never a copy from the registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from checklists.wire import from_plain

LAW_ZONE = timezone(timedelta(hours=8))
"""Beijing time: the days of the law, of papers and of penalties are counted in it."""


@dataclass(frozen=True)
class Source:
    """Where a value came from (`registry`, `waybill`, `papers`, `officer`, `weighbridge`) and as of when."""

    kind: str
    as_of: datetime | None = None


@dataclass(frozen=True)
class Paper:
    """A paper with a validity; the last valid day is included. `status` is `valid` or `revoked` where it is known."""

    number: str | None = None
    valid_until: date | None = None
    carried: bool | None = None
    status: str | None = None


@dataclass(frozen=True)
class Permit(Paper):
    """A permit with a scope: classes, divisions (`8`, `2.1`) or single goods (`UN 1830`); None is not known."""

    scope: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Qualification(Paper):
    """An occupational qualification: its `category` names the role (`driver`, `escort`) it is good for."""

    category: str | None = None


@dataclass(frozen=True)
class Carrier:
    """The carrier as the office knows it; `uscc` is the 18-character credit code."""

    name: str | None = None
    uscc: str | None = None
    licence: Permit | None = None


@dataclass(frozen=True)
class Vehicle:
    """A motor vehicle or trailer. Masses in kg: `approved_mass_kg` is the load that it may carry (核定载质量)."""

    plate: str | None = None
    colour: str | None = None
    kind: str | None = None
    vin: str | None = None
    carrier: str | None = None
    carrier_uscc: str | None = None
    permit: Permit | None = None
    safety_inspection: Paper | None = None
    compulsory_insurance: Paper | None = None
    liability_insurance: Paper | None = None
    kerb_mass_kg: int | None = None
    approved_mass_kg: int | None = None
    gross_limit_kg: int | None = None
    traction_mass_kg: int | None = None
    tank: str | None = None
    trailer: str | None = None


@dataclass(frozen=True)
class Tank:
    """A tank by its name plate and report. `media` are the UN numbers of the permitted list (适装介质)."""

    number: str | None = None
    kind: str | None = None
    volume_l: int | None = None
    code: str | None = None
    media: tuple[str, ...] | None = None
    max_fill_mass_kg: int | None = None
    inspection: Paper | None = None
    outlet: str | None = None


@dataclass(frozen=True)
class Person:
    """A person by name, 18-digit identity number and qualification."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    qualification: Qualification | None = None


@dataclass(frozen=True)
class Line:
    """One line of goods on a waybill. `quantity` is full, limited or excepted."""

    un: str | None = None
    name: str | None = None
    class_: str | None = None
    packing_group: str | None = None
    net_mass_kg: int | None = None
    packages: int | None = None
    quantity: str = "full"
    technical_name: str | None = None


@dataclass(frozen=True)
class Waybill:
    """The carrier's transport document, as scanned or read; `raw` keeps the text of its QR code untouched."""

    number: str | None = None
    plate: str | None = None
    trailer_plate: str | None = None
    tank: str | None = None
    carrier: str | None = None
    carrier_uscc: str | None = None
    consignor: str | None = None
    loader: str | None = None
    consignee: str | None = None
    origin: str | None = None
    destination: str | None = None
    start_at: datetime | None = None
    driver: Person | None = None
    escort: Person | None = None
    lines: tuple[Line, ...] | None = None
    raw: str | None = None


@dataclass(frozen=True)
class Panel:
    """An orange plate as seen: upper and lower number; `present` is False where there is none."""

    present: bool = True
    hazard_id: str | None = None
    un: str | None = None


@dataclass(frozen=True)
class Aboard:
    """Someone who is really in the vehicle."""

    role: str
    name: str | None = None
    id_number: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the officers saw and measured, side by side with the papers and never taken from them.

    `panels` and `placards` are keyed by side (front, rear, left, right). `equipment` holds counts by equipment key.
    `gross_mass_kg` is the weighbridge's; `goods` is the UN number of what is really loaded, once that is known.
    """

    panels: Mapping[str, Panel] = field(default_factory=dict)
    placards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aboard: tuple[Aboard, ...] | None = None
    equipment: Mapping[str, int] = field(default_factory=dict)
    gross_mass_kg: int | None = None
    net_mass_kg: int | None = None
    goods: str | None = None
    leaking: bool | None = None
    loaded: str | None = None
    containment: str | None = None


@dataclass(frozen=True)
class Situation:
    """Everything known about one vehicle at one place and time."""

    at: datetime
    vehicle: Vehicle = Vehicle()
    trailer: Vehicle | None = None
    tank: Tank | None = None
    carrier: Carrier = Carrier()
    driver: Person | None = None
    escort: Person | None = None
    waybill: Waybill | None = None
    seen: Seen = Seen()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the conduct, in the time zone in which the law's days are counted (UTC+8)."""
        return self.at.astimezone(LAW_ZONE).date()

    def source(self, path: str) -> Source | None:
        """Return the source of the nearest path: `trailer.permit`, then `trailer`."""
        while path:
            if path in self.sources:
                return self.sources[path]
            path = path.rpartition(".")[0]
        return None


def situation(value: object) -> Situation:
    """Return the situation that plain values describe. Raises WireError with the path of the first fault."""
    return from_plain(Situation, value)
