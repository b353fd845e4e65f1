"""What may be seen of a locked tablet: how old its packages are, how much waits, how much space is left.

It stands in clear beside the wrapped keys and names no person, vehicle or finding.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mobile.device.disk import write_durably
from mobile.lock.outside import Outside


def keep(folder: Path, packages: Mapping[str, str], unsent: tuple[int, int], office: str) -> None:
    """Write down what the lock screen may say, where it changed; `packages` as in `Outside`."""
    content = json.dumps(
        {"packages": dict(packages), "unsent": list(unsent), "office": office}, ensure_ascii=False
    ).encode()
    path = _path(folder)
    if not path.exists() or path.read_bytes() != content:
        write_durably(path, content)


def read(folder: Path) -> Outside:
    """Return what was written down last; nothing is known where it is missing or damaged."""
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    held: dict[str, Any]
    try:
        held = json.loads(_path(folder).read_bytes())
        records, photos = held["unsent"]
        return Outside(dict(held["packages"]), (int(records), int(photos)), free, str(held["office"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Outside({}, (0, 0), free)


def _path(folder: Path) -> Path:
    return folder / "outside.json"
