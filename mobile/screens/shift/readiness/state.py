"""Whether this tablet is ready for a shift: packages, space, battery, what is not sent, in words and a tone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from checklists.rules.crosscheck import MAX_AGE
from mobile.screens.shared.ages import age_words, is_ahead, size_words
from mobile.screens.unlock.state import PACKAGES, package_words
from mobile.words import _, n_

OLD_PACKAGE = timedelta(days=7)
LITTLE_SPACE, NO_SPACE = 1_000_000_000, 200_000_000
LOW_BATTERY, EMPTY_BATTERY = 30, 15
"""In bytes and in hundredths. Ours."""


class Battery(Protocol):
    """What the device says of its battery."""

    @property
    def percent(self) -> int:
        """How full it is, 0 to 100."""

    @property
    def charging(self) -> bool:
        """Whether it is being charged."""


@dataclass(frozen=True)
class Ready:
    """One line: what it is, how it stands, and the tone (good, unknown: see to it, danger: at once, neutral)."""

    key: str
    name: str
    value: str
    tone: str


def readiness(
    packages: Mapping[str, str], free_bytes: int, battery: Battery | None, unsent: tuple[int, int], now: datetime
) -> tuple[Ready, ...]:
    """Return the lines; `packages` are names with the UTC text of their arrival, `unsent` records and photo files."""
    return (
        *(_package(name, packages.get(name, ""), now) for name in PACKAGES),
        _space(free_bytes),
        _battery(battery),
        _unsent(unsent),
    )


def _package(name: str, at: str, now: datetime) -> Ready:
    if not at:
        return Ready(name, package_words(name), _("missing: connect to the office"), "danger")
    age, said = now - datetime.fromisoformat(at), age_words(at, now)
    if is_ahead(age):
        return Ready(name, package_words(name), _("{age}: set the clock").format(age=said), "danger")
    if age > MAX_AGE.get(name, timedelta.max):
        return Ready(name, package_words(name), _("{age}: too old to compare with").format(age=said), "danger")
    if age > OLD_PACKAGE:
        return Ready(name, package_words(name), _("{age}: fetch it again").format(age=said), "unknown")
    return Ready(name, package_words(name), said, "good")


def _space(free: int) -> Ready:
    said = size_words(free)
    if free < NO_SPACE:
        return Ready("space", _("Free space"), _("{size}: make room at once").format(size=said), "danger")
    if free < LITTLE_SPACE:
        return Ready("space", _("Free space"), _("{size}: make room soon").format(size=said), "unknown")
    return Ready("space", _("Free space"), said, "good")


def _battery(battery: Battery | None) -> Ready:
    if battery is None:
        return Ready("battery", _("Battery"), _("not known"), "neutral")
    said = f"{battery.percent} %"
    if battery.charging:
        return Ready("battery", _("Battery"), _("{percent}, charging").format(percent=said), "good")
    if battery.percent < EMPTY_BATTERY:
        return Ready("battery", _("Battery"), _("{percent}: charge at once").format(percent=said), "danger")
    if battery.percent < LOW_BATTERY:
        return Ready("battery", _("Battery"), _("{percent}: charge soon").format(percent=said), "unknown")
    return Ready("battery", _("Battery"), said, "good")


def _unsent(unsent: tuple[int, int]) -> Ready:
    records, files = unsent
    if not records and not files:
        return Ready("unsent", _("Not sent yet"), _("nothing"), "good")
    said = f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', files)}"
    return Ready("unsent", _("Not sent yet"), said, "unknown")
