"""What the officers saw and measured, side by side with the papers and never a copy of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from checklists.values import frozen


@frozen
class Panel:
    """An orange plate as seen: upper and lower number; `blank` without figures, not `present` where there is none.

    `pre_2005` is whether it was made to the rules of before 2005 (ADR 1.6.1.8).
    """

    present: bool = True
    blank: bool = False
    hazard_id: str | None = None
    un: str | None = None
    pre_2005: bool | None = None


@frozen
class Aboard:
    """Someone who is really in the vehicle."""

    role: str
    name: str | None = None
    id_number: str | None = None


@frozen
class SafetyCard:
    """The instructions in writing as the crew showed them; `goods` are the UN numbers that they are for."""

    present: bool = True
    goods: tuple[str, ...] | None = None


@frozen
class Seen:
    """What the officers saw and measured, side by side with the papers and never taken from them.

    `panels` and `placards` are keyed by side (front, rear, left, right), compartments by `left.1`. `equipment` holds
    counts by equipment key. `gross_mass_kg` is the weighbridge's; `goods` is the UN number of what is really loaded,
    once that is known. `levels` are gauge readings in percent of a compartment's volume, by its number ("" for a tank
    of one); `closures` say open, closed or missing for each closing device (valve, cap, manhole, breather);
    `emergency_valve` is closed, open, broken or missing. `facts` state by name a derived fact that nothing derives.
    """

    panels: Mapping[str, Panel] = field(default_factory=dict)
    placards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aboard: tuple[Aboard, ...] | None = None
    equipment: Mapping[str, int] = field(default_factory=dict)
    gross_mass_kg: int | None = None
    net_mass_kg: int | None = None
    goods: str | None = None
    packages: int | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    density_kg_m3: int | None = None
    tank_number: str | None = None
    trailer_plate: str | None = None
    safety_card: SafetyCard | None = None
    closures: Mapping[str, str] = field(default_factory=dict)
    emergency_valve: str | None = None
    leaking: bool | None = None
    loaded: str | None = None
    containment: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
