"""Where files can be given away to. Desktop form: the removable volumes that are plugged in."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

from mobile.refusals import Refusal


def removable(roots: Iterable[Path] | None = None) -> tuple[Path, ...]:
    """Return the folders of removable volumes, by name; none where nothing is plugged in."""
    found = [folder for root in (_roots() if roots is None else roots) if root.is_dir() for folder in root.iterdir()]
    return tuple(sorted(one for one in found if one.is_dir() and not one.name.startswith(".")))


def stick(roots: Iterable[Path] | None = None) -> Path:
    """Return the first removable volume. Raises Refusal `volume_missing` where nothing is plugged in."""
    found = removable(roots)
    if not found:
        raise Refusal("volume_missing")
    return found[0]


def _roots() -> tuple[Path, ...]:
    if sys.platform == "darwin":
        return (Path("/Volumes"),)
    user = getpass.getuser()
    return Path("/media", user), Path("/run/media", user)
