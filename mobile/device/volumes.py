"""Where files can be given away to. Desktop form: the removable volumes that are plugged in."""

from __future__ import annotations

import getpass
import string
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from mobile.refusals import Refusal

_DRIVE_REMOVABLE = 2
"""What GetDriveTypeW says of a USB stick."""


def removable(roots: Iterable[Path] | None = None) -> tuple[Path, ...]:
    """Return the folders of removable volumes, by name; none where nothing is plugged in.

    On Android there are none: another app's chooser hands files over (`mobile.device.share.offered`).
    """
    if roots is None and sys.platform == "win32":
        return _windows()
    found = [folder for root in (_roots() if roots is None else roots) if root.is_dir() for folder in root.iterdir()]
    return tuple(sorted(one for one in found if one.is_dir() and not one.name.startswith(".")))


def stick(roots: Iterable[Path] | None = None) -> Path:
    """Return the first removable volume. Raises Refusal `volume_missing` where nothing is plugged in."""
    found = removable(roots)
    if not found:
        raise Refusal("volume_missing")
    return found[0]


def drives(mask: int, kind: Callable[[str], int]) -> tuple[Path, ...]:
    """Return the removable drives among Windows' letters; bit 0 of the mask is A:, and `kind` tells a root's type."""
    roots = [f"{letter}:\\" for number, letter in enumerate(string.ascii_uppercase) if mask >> number & 1]
    return tuple(Path(root) for root in roots if kind(root) == _DRIVE_REMOVABLE)


def _windows() -> tuple[Path, ...]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    return drives(kernel.GetLogicalDrives(), kernel.GetDriveTypeW)


def _roots() -> tuple[Path, ...]:
    if sys.platform == "darwin":
        return (Path("/Volumes"),)
    user = getpass.getuser()
    return Path("/media", user), Path("/run/media", user)
