"""Where practice keeps its things: a folder beside the work's, which goes when practice ends."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from mobile.device.disk import room

NAME = "practice-"


def make(beside: Path) -> Path:
    """Return a new folder for one practice. Raises Refusal `disk_full`."""
    with room(beside):
        return Path(tempfile.mkdtemp(prefix=NAME, dir=beside))


def clear(beside: Path) -> None:
    """Delete what practice left behind where the app was killed in the middle of it; nobody can read it any more."""
    for left in beside.glob(NAME + "*"):
        shutil.rmtree(left, ignore_errors=True)
