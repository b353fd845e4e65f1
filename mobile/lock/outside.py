"""What may be seen of a locked tablet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Outside:
    """Packages by name with the UTC text of when they were applied; unsent records and photo files; free bytes."""

    packages: Mapping[str, str]
    unsent: tuple[int, int]
    free_bytes: int
    office: str = ""
