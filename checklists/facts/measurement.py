"""What an officer may measure on an item, in which unit it is kept, and what cannot be true.

A value is kept as a whole number in the unit that its key names, so that records hold no fractions. The ranges tell a
slip of the finger from a measurement; they are ours, not law, and judge nothing.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from checklists.patterns import pattern
from checklists.values import frozen

Calibration = Literal["runs", "ended", "unknown"]
_DAY = pattern(r"\D*([0-9]{4})(?:\D{1,3}([0-9]{1,2})(?:\D{1,3}([0-9]{1,2}))?|([0-9]{2})([0-9]{2}))\D{0,3}")


@frozen
class Quantity:
    """One thing to measure. An officer enters it in `unit`, of which `per_unit` make one of the key's.

    `decimals` are the digits behind the point that he may enter; `least` and `most` are in the key's unit, both true.
    """

    key: str
    text: Mapping[str, str]
    unit: str
    least: int
    most: int
    decimals: int = 0
    per_unit: int = 1


_TREAD = Quantity(
    "tread_depth_um", {"zh": "轮胎花纹深度", "en": "tread depth"}, "mm", 0, 30_000, decimals=1, per_unit=1000
)
_TYRE = Quantity("tyre_pressure_kpa", {"zh": "轮胎气压", "en": "tyre pressure"}, "kPa", 0, 1500)
_EXTINGUISHER = Quantity(
    "extinguisher_pressure_kpa", {"zh": "灭火器压力", "en": "extinguisher pressure"}, "MPa", 0, 20_000, 2, 1000
)
_TANK_PRESSURE = Quantity(
    "tank_pressure_kpa", {"zh": "罐内压力", "en": "pressure in the tank"}, "MPa", 0, 10_000, decimals=2, per_unit=1000
)
_GROSS = Quantity("gross_mass_kg", {"zh": "总质量", "en": "gross mass"}, "kg", 500, 200_000)
_NET = Quantity("net_mass_kg", {"zh": "装载质量", "en": "net mass"}, "kg", 1, 150_000)
_AXLE = Quantity("axle_load_kg", {"zh": "轴荷", "en": "axle load"}, "kg", 200, 40_000)
_LEVEL = Quantity("level_percent", {"zh": "充装度", "en": "degree of filling"}, "%", 0, 100)
_VOLUME = Quantity("tank_volume_l", {"zh": "罐体容积", "en": "tank volume"}, "L", 50, 120_000)
_DRIVING = Quantity("driving_min", {"zh": "连续驾驶时间", "en": "driving without rest"}, "min", 1, 2880)
_SPEED = Quantity("speed_km_h", {"zh": "车速", "en": "speed"}, "km/h", 1, 200)

QUANTITIES: Mapping[str, tuple[Quantity, ...]] = {
    "VEH-03": (_TREAD, _TYRE),
    "TNK-03": (_TANK_PRESSURE,),
    "TNK-08": (_TANK_PRESSURE,),
    "TNK-12": (_VOLUME,),
    "EQP-02": (_EXTINGUISHER,),
    "LOD-05": (_GROSS, _NET),
    "LOD-06": (_NET, _GROSS),
    "LOD-07": (_GROSS, _AXLE),
    "LOD-09": (_LEVEL, _TANK_PRESSURE),
    "OPR-02": (_SPEED,),
    "OPR-04": (_DRIVING,),
}
"""What is measured on an item of the national checklist."""


def quantity(item: str, key: str) -> Quantity:
    """Return a quantity of an item. Raises KeyError for one that is not measured there."""
    return {one.key: one for one in QUANTITIES.get(item, ())}[key]


def read(one: Quantity, entered: str) -> int | None:
    """Return what was entered in the key's unit, or None where it is no number or cannot be true."""
    try:
        value = Decimal(entered) * one.per_unit
    except InvalidOperation:
        return None
    whole = int(value) if value.is_finite() and value == value.to_integral_value() else None
    return whole if whole is not None and one.least <= whole <= one.most else None


def shown(one: Quantity, value: int) -> str:
    """Return a value as an officer would enter it, with its unit."""
    return f"{_plain(one, value)} {one.unit}"


def limits(one: Quantity) -> tuple[str, str]:
    """Return the least and the most as an officer would enter them."""
    return _plain(one, one.least), _plain(one, one.most)


def _plain(one: Quantity, value: int) -> str:
    text = f"{Decimal(value) / one.per_unit:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def calibration(until: str, day: date) -> Calibration:
    """Return whether an instrument's calibration runs on a day, by its last day as somebody wrote it.

    A month alone runs to its end. What is empty, no day or more than one is not known: nothing is called good by it.
    """
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", until))
    if found is None:
        return "unknown"
    year, month = int(found[1]), int(found[2] or found[4])
    try:
        last = date(year, month, int(found[3] or found[5] or monthrange(year, month)[1]))
    except ValueError:
        return "unknown"
    return "runs" if day <= last else "ended"
