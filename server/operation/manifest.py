"""What a backup says of itself, and which backups lie in a folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """A backup's file of the database, what was counted in it, and whether it was brought back on trial.

    `fault` is why it does not count as proven, empty where it does. `photos_missing`: photos that the office noted as
    durable, and that were not on its disk; with a `photos_store` they lie there, and are not in the backup.
    """

    made_at: str
    engine: str
    product: str
    office_key: str
    database: str
    sha256: str
    bytes: int
    proven: bool = False
    fault: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seals_checked: int = 0
    photos_checked: int = 0
    photos_missing: int = 0
    photos_store: str = ""
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """Write it durably, in place of the one before."""
    part = folder / f"{NAME}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """Return what a backup says of itself. Raises ValueError where it is none, or is of a newer version."""
    try:
        told: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if int(told["format"]) > FORMAT:
            raise ValueError(f"{folder}: this backup was made by a newer version")
        made = Manifest(**told)
    except FileNotFoundError as problem:
        raise ValueError(f"{folder}: there is no {NAME}, so this is no backup") from problem
    except (KeyError, TypeError, json.JSONDecodeError) as problem:
        raise ValueError(f"{folder}: {NAME} cannot be read") from problem
    if Path(made.database).name != made.database:
        raise ValueError(f"{folder}: {NAME} names a file elsewhere")
    return made


def backups(folder: Path) -> list[Path]:
    """Return the backups in a folder, the oldest first; their names are their times."""
    return sorted(one.parent for one in folder.glob(f"20*Z/{NAME}"))
