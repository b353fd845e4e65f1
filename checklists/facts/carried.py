"""The papers that a crew has in hand, and what an officer copies from each: facts of the source `papers`. Pure.

A registry knows few of the vehicles that pass a border of provinces; what stands on their papers runs the same rules.
Nothing is copied from the registry into them, and neither replaces the other: see `Situation.differing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.facts.identifiers.keys import un_key
from checklists.facts.measurement import Quantity
from checklists.values import frozen

KINDS = ("role", "unit", "scope", "media", "text", "mass", "volume", "type", "outlet", "day")
"""What a field holds: whose qualification, which kind of vehicle, classes or goods of a scope, goods of a list, words
or a number as printed, kg, litres, an approved type, where a tank is emptied, the last valid day."""


AND_OTHERS = "等"
"""Ends a list of goods of which only those of the load were read: what else is on it stays open."""


@frozen
class Copied:
    """A field of a paper: the path of its fact and its kind; `needed` is what rules compare for want of a registry."""

    path: str
    kind: str
    needed: bool = False


@frozen
class CarriedPaper:
    """A paper with its fields, those that are needed first and its day the last of them.

    `item` is that of the checklist which looks at it, `absent` the path that says that it is absent.

    Without that path a paper that is not shown is no violation by itself: its item then cannot be verified.
    """

    key: str
    item: str
    fields: tuple[Copied, ...]
    absent: str = ""


def papers(*, trailer: bool, tank: bool) -> tuple[CarriedPaper, ...]:
    """Return the papers that a vehicle should have, with a trailer or a tank those of these as well; SERVICE last."""
    own_tank = tank and not trailer
    held = [
        _qualification("driver", "LIC-09"),
        _qualification("escort", "LIC-10"),
        _permit(
            "vehicle", "LIC-06", *(("vehicle.trailer",) if trailer else ()), *(("vehicle.tank",) if own_tank else ())
        ),
        *([_permit("trailer", "LIC-07", *(("trailer.tank",) if tank else ()))] if trailer else []),
        CarriedPaper(
            "carrier_licence",
            "LIC-05",
            (
                Copied("carrier.licence.scope", "scope", needed=True),
                Copied("carrier.licence.valid_until", "day", needed=True),
                Copied("carrier.licence.number", "text"),
                Copied("carrier.name", "text"),
                Copied("carrier.uscc", "text"),
            ),
        ),
        _licence("vehicle", trailer=trailer),
        *([_licence("trailer", trailer=True)] if trailer else []),
        _insurance("compulsory_insurance", "LIC-04"),
        _insurance("liability_insurance", "LIC-13"),
    ]
    return (*held, *((_TANK,) if tank else ()), SERVICE)


def _qualification(role: str, item: str) -> CarriedPaper:
    base = f"{role}.qualification"
    fields = (
        Copied(f"{base}.category", "role", needed=True),
        Copied(f"{base}.valid_until", "day", needed=True),
        Copied(f"{base}.number", "text"),
        Copied(f"{role}.name", "text"),
    )
    return CarriedPaper(f"{role}_qualification", item, fields, f"{base}.carried")


def _permit(unit: str, item: str, *permitted: str) -> CarriedPaper:
    base = f"{unit}.permit"
    fields = (
        Copied(f"{base}.scope", "scope", needed=True),
        *(Copied(path, "text", needed=True) for path in permitted),
        Copied(f"{base}.valid_until", "day", needed=True),
        Copied(f"{base}.number", "text"),
        *((Copied("vehicle.carrier", "text"),) if unit == "vehicle" else ()),
    )
    return CarriedPaper(f"{unit}_permit", item, fields, f"{base}.carried")


def _licence(unit: str, *, trailer: bool) -> CarriedPaper:
    """The vehicle licence (行驶证): what it weighs and may weigh, and until when its inspection holds."""
    tractor = unit == "vehicle" and trailer
    masses = ("kerb_mass_kg", *(("gross_limit_kg", "traction_mass_kg") if tractor else ("approved_mass_kg",)))
    if unit == "vehicle" and not trailer:
        masses = (*masses, "gross_limit_kg")
    fields = (
        *((Copied("vehicle.kind", "unit", needed=True),) if tractor else ()),
        *(Copied(f"{unit}.{mass}", "mass", needed=True) for mass in masses),
        Copied(f"{unit}.safety_inspection.valid_until", "day", needed=True),
        Copied(f"{unit}.approval_type", "type"),
    )
    return CarriedPaper(f"{unit}_licence", "LIC-03", fields)


def _insurance(name: str, item: str) -> CarriedPaper:
    base = f"vehicle.{name}"
    return CarriedPaper(
        name, item, (Copied(f"{base}.valid_until", "day", needed=True), Copied(f"{base}.number", "text"))
    )


_TANK = CarriedPaper(
    "tank_report",
    "TNK-01",
    (
        Copied("tank.number", "text", needed=True),
        Copied("tank.media", "media", needed=True),
        Copied("tank.outlet", "outlet", needed=True),
        Copied("tank.max_fill_mass_kg", "mass", needed=True),
        Copied("tank.inspection.valid_until", "day", needed=True),
        Copied("tank.volume_l", "volume"),
        Copied("tank.code", "text"),
    ),
)

SERVICE = CarriedPaper(
    "service",
    "",
    tuple(Copied(f"{party}.{part}", "text") for party in ("driver", "carrier") for part in ("phone", "address")),
)
"""No paper, and no item of a list: where driver and carrier say that documents reach them."""

_MASS = Quantity("mass_kg", {"zh": "质量", "en": "mass"}, "kg", 100, 200_000)
_VOLUME = Quantity("volume_l", {"zh": "容积", "en": "volume"}, "m³", 50, 120_000, decimals=3, per_unit=1000)
QUANTITIES: Mapping[str, Quantity] = {"mass": _MASS, "volume": _VOLUME}
"""What a number on a paper may be; the ranges tell a slip of the finger, and judge nothing. Ours, not law."""


def differs(paper: Any, registry: Any) -> bool:
    """Whether what was read on a paper is something else than the registry has; of a list in part, what it names."""
    if not isinstance(paper, list | tuple) or not isinstance(registry, list | tuple):
        return bool(paper != registry)
    named, known = ({un_key(str(one)) or one for one in each} for each in (paper, registry))
    return not named - {AND_OTHERS} <= known if AND_OTHERS in named else named != known
