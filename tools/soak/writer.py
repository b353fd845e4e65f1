"""The office's own people at work meanwhile: rows come, change and leave, by the function that imports use."""

from __future__ import annotations

import os
import random
import sys
import time
from typing import Any

from checklists.wire import instant
from server.config import load
from server.office import open_office
from server.publishing import load_registry

_AREAS = ("", "", "1501", "1506")
_KINDS = ("vehicle", "tank", "past")


def main() -> None:
    """Write until it is killed; `python -m tools.soak.writer SEED`."""
    from datetime import UTC, datetime

    office, chance = open_office(load(None, os.environ)), random.Random(int(sys.argv[1]))
    while True:
        at = instant(datetime.now(UTC))
        rows = {(one["kind"], one["key"]): one for one in (_row(chance, at) for _ in range(chance.randrange(1, 40)))}
        load_registry(office, list(rows.values()), by="soak")
        time.sleep(chance.uniform(0, 0.4))


def _row(chance: random.Random, at: str) -> dict[str, Any]:
    kind, number = chance.choice(_KINDS), chance.randrange(400)
    if kind == "vehicle":
        data = {
            "plate": f"蒙K{number:05d}",
            "trailer": f"蒙K{number % 50:04d}挂",
            "kerb_mass_kg": chance.randrange(9000),
        }
        return {"kind": kind, "key": f"蒙K{number:05d}", "data": {**data, **_area(chance)}, "as_of": at}
    if kind == "tank":
        data = {"number": f"YL2019-{number:06d}", "code": chance.choice(("LGBF", "L4BN", "L4BH"))}
        return {"kind": kind, "key": data["number"], "data": {**data, **_area(chance)}, "as_of": at}
    found = [{"violation": "CN-LIC-03", "on": "2026-01-02", "keys": []}] * chance.randrange(2)
    return {"kind": kind, "key": f"蒙K{number:05d}", "data": {"rows": found}, "as_of": at}


def _area(chance: random.Random) -> dict[str, str]:
    area = chance.choice(_AREAS)
    return {"division": area} if area else {}


if __name__ == "__main__":
    main()
