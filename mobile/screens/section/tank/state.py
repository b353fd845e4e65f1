"""What officers see of a tank: its closing devices one by one, and what the gauges say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklists import words as kernel
from checklists.rules import closures, gauges
from checklists.rules.crosscheck import reach
from mobile.inspecting.inspection import Held
from mobile.words import _


@dataclass(frozen=True)
class Way:
    """How a device may be found."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class DeviceState:
    """A closing device at its path, and how it was found."""

    path: str
    name: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class LevelState:
    """The gauge of a compartment, empty for a tank of one, and its reading in percent (None: not read)."""

    compartment: str
    name: str
    percent: int | None


@dataclass(frozen=True)
class TankState:
    """The tank's devices and gauges."""

    devices: tuple[DeviceState, ...]
    levels: tuple[LevelState, ...]


def tank_state(held: Held) -> TankState:
    """Return a tank as seen; a device that its papers say it has not is left out unless one was found."""
    return TankState(tuple(_devices(held)), tuple(_levels(held)))


def _devices(held: Held) -> Iterator[DeviceState]:
    for device in closures.DEVICES:
        path = closures.path(device)
        found = reach(held.context.situation, path)
        if closures.has(held.context, device) is not False or found is not None:
            ways = (Way(one, _(kernel.value(one, _)), one == found) for one in closures.ways(device))
            yield DeviceState(path, _(kernel.PARTS[device]), tuple(ways))


def _levels(held: Held) -> Iterator[LevelState]:
    levels = gauges.readings(held.context)
    for one in gauges.chambers(held.context):
        read = levels.get(one.number) if one.number else next(iter(levels.values()), None)
        name = _("Gauge of compartment {n}").format(n=one.number) if one.number else _("Gauge")
        yield LevelState(one.number, name, read)
