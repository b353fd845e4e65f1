"""Write the checklists, law and goods tables that the practice mode works with: `python -m tools.build_practice`.

Practice must work on a tablet that no office has given anything yet, so it brings its own, packed and always the same
bytes for the same data.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from checklists.authoring.loader import load_all
from checklists.definitions.publication import publish
from checklists.goods.listing import load_tables

FOLDER = Path(__file__).resolve().parent.parent / "mobile" / "practice"


def packages() -> dict[str, Any]:
    """Return what is packed, by name."""
    return {"definitions": publish(load_all()), "reference": load_tables().to_plain()}


def main() -> None:
    """Write the files."""
    for name, body in packages().items():
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        path = FOLDER / f"{name}.json.gz"
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
