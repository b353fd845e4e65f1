"""How the link to the office stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LinkState:
    """How the link to the office stands. `code` is empty where the last run went through; times are UTC.

    `stopped` means that no automatic try follows, because trying again does not help. `failures`
    are the failed runs in a row, `damaged` those of them that met what a flipped bit looks like. `bytes_per_s` is how
    fast the last files went, 0 where nothing has gone yet; `by_hub` names the hub
    with which the last run spoke, because the office was out of reach, `hub_trouble` is why that did not go through.
    """

    running: bool = False
    online: bool = False
    code: str = ""
    detail: str = ""
    stopped: bool = False
    failures: int = 0
    damaged: int = 0
    bytes_per_s: float = 0
    by_hub: str = ""
    hub_trouble: str = ""
    finished_at: datetime | None = None
    next_try: datetime | None = None
