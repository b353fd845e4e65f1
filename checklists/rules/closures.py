"""R19: closing devices and emergency shut-off valve, as the officers found them. 29号令 art. 47."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.goods.tanks import parse
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result, reach

DEVICES = ("emergency_valve", "valve", "cap", "manhole", "breather")
"""What closes a tank: emergency shut-off valve (紧急切断阀), valves of filling and discharge (阀门), caps of the
couplings (盖帽), manhole lid (人孔盖) and breather (呼吸阀). `path` says where the state of each stands."""

STATES = {"emergency_valve": ("closed", "open", "broken", "missing")}
"""How a device may be found, where more is said than FOUND. Only `closed` is right; any other word states nothing."""

FOUND = ("closed", "open", "missing")

BOTTOM = {"A": True, "B": True, "C": False, "D": False}
"""Whether the third part of a tank code means that it is emptied at the bottom. ADR 4.3.3.1.1, 4.3.4.1.1."""

BREATHER = {"V": True, "F": True, "N": False, "H": False}
"""Whether the fourth part of a tank code means that it has a breather. ADR 4.3.4.1.1."""


def path(device: str) -> str:
    """Return the path of the situation at which the state of a device stands."""
    return f"seen.{device}" if device == "emergency_valve" else f"seen.closures.{device}"


def ways(device: str) -> tuple[str, ...]:
    """Return how a device may be found."""
    return STATES.get(device, FOUND)


def devices(context: Context) -> tuple[str, ...]:
    """Return the devices, in the order of DEVICES, that this tank is known to have; none where there is no tank."""
    return tuple(one for one in DEVICES if context.has_tank and has(context, one))


def has(context: Context, device: str) -> bool | None:
    """Whether the tank has the device, or None where neither its papers nor its code say so.

    Every tank has valves, caps and a manhole (TNK-06, TNK-09); one that is emptied at the bottom a shut-off valve.
    """
    tank = context.situation.tank
    code = parse(tank.code) if tank and tank.code else None
    if device == "emergency_valve":
        if tank and tank.outlet:
            return tank.outlet == "bottom"
        return BOTTOM.get(code.parts[2]) if code else None
    if device == "breather":
        return BREATHER.get(code.parts[3]) if code else None
    return device in DEVICES


def r19_closures(context: Context) -> Iterator[Result]:
    """Every closing device of a loaded or uncleaned tank is shut. 29号令 art. 47."""
    if context.has_tank and context.on_board != ():
        yield from (_closed(context, device) for device in DEVICES if _concerns(context, device))


def _concerns(context: Context, device: str) -> bool:
    """Whether anything is to be said: the tank has the device, may have a shut-off valve, or one was found.

    That a tank lacks what its papers say it has not is nothing.
    """
    known, found = has(context, device), reach(context.situation, path(device))
    if known is False:
        return found not in (None, "missing")
    return known is True or found is not None or device == "emergency_valve"


def _closed(context: Context, device: str) -> Result:
    look = Look(context, "R19")
    state = look.text(path(device))
    if state is None and has(context, device) is None:
        look.lack("tank.outlet")
    if state is not None and state not in ways(device):
        look.lack(path(device))
        state = None
    wrong = state not in (None, "closed")
    return look.says(f"{device}_{state if wrong else 'open'}", conflict=wrong, subject=device)
