"""The battery. Desktop form: what the kernel says below /sys/class/power_supply; Android: plyer. None: not known."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

POWER = Path("/sys/class/power_supply")


@dataclass(frozen=True)
class Battery:
    """How full it is, 0 to 100, and whether it is being charged."""

    percent: int
    charging: bool = False


def battery(power: Path = POWER) -> Battery | None:
    """Return the emptiest battery of the device, or None where it has none or does not say."""
    found = [_android()] if hasattr(sys, "getandroidapilevel") else [*_linux(power)]
    return min((one for one in found if one is not None), key=lambda one: one.percent, default=None)


def _linux(power: Path) -> Iterator[Battery | None]:
    for supply in sorted(power.glob("*")):
        # A mouse or a pen has a battery too; its scope is Device.
        if _said(supply / "type") == "Battery" and _said(supply / "scope") != "Device":
            yield _read(_said(supply / "capacity"), charging=_said(supply / "status") in ("Charging", "Full"))


def _android() -> Battery | None:
    from plyer import battery as plugged

    try:
        status = plugged.status
        return _read(str(status["percentage"]), charging=bool(status["isCharging"]))
    except (NotImplementedError, KeyError, TypeError, ValueError):
        return None


def _read(percent: str, *, charging: bool) -> Battery | None:
    try:
        return Battery(max(0, min(100, round(float(percent)))), charging)
    except ValueError:
        return None


def _said(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
