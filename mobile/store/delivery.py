"""A sealed part and its photo files on their way to the office. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Delivery:
    """One sealed part as the sync centre shows it: waiting, delivered, rejected or conflict, photos 3 of 5.

    `on_hub`: it waits, and a hub holds it for the office.
    """

    digest: str
    inspection: str
    device_seq: int
    state: str
    receipt: Mapping[str, Any] | None
    problem: Mapping[str, Any] | None
    photos: int
    photos_received: int
    on_hub: bool = False


@dataclass(frozen=True)
class Photo:
    """One photo file as the store knows it; `state` is local, wanted, received or refused, `sent` counts bytes."""

    sha256: str
    inspection: str
    entry: str
    role: str
    size: int
    type: str
    state: str
    sent: int
    problem: Mapping[str, Any] | None
    receipt: Mapping[str, Any] | None = None
