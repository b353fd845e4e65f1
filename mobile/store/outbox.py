"""What waits for the office, and how urgent it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.inspection.stop_order import KIND

STOPS = 0
"""The priority of stop orders that were given or lifted here, and of nothing else."""

_SEVERITIES = {"I": 1, "II": 2, "III": 3}


@dataclass(frozen=True)
class WaitingRecord:
    """A sealed part that waits; the lowest `priority` goes first."""

    digest: str
    device_seq: int
    priority: int
    size: int


@dataclass(frozen=True)
class WaitingPhoto:
    """A photo's file that waits, with the priority of the record that names it."""

    sha256: str
    role: str
    size: int
    priority: int
    device_seq: int
    sent: int = 0


def priority(part: Mapping[str, Any]) -> int:
    """Return how urgent a part is: STOPS, 1 to 3 by its worst finding, 4 where nothing was found."""
    if part.get("kind") == KIND:
        return STOPS
    return min((_SEVERITIES.get(one.get("severity", ""), 3) for one in part.get("findings", ())), default=4)
