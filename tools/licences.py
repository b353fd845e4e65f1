"""Write the licences of what is installed into `docs/sources.md`: `python -m tools.licences`.

Named are the packages of the locks of tablet and server, with the version of the lock; what their authors declare is
read by pip-licenses. Packages for another system than this one are named without.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "sources.md"
SIDES = ("tablet", "server")
BEGIN, END = "<!-- licences: make licences -->", "<!-- end of licences -->"

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def locked(side: str) -> dict[str, str]:
    """Return the version of each package that the lock of a side names."""
    return dict(_PINNED.findall((ROOT / "locks" / f"{side}.txt").read_text("utf-8")))


def declared(names: set[str]) -> dict[str, str]:
    """Return the declared licence of each package that is installed here, by its folded name."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--packages", *sorted(names)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = {_folded(one["Name"]): " ".join(one["License"].split()) for one in json.loads(done.stdout)}
    return {name: "see its LICENSE file" if licence == "UNKNOWN" else licence for name, licence in told.items()}


def table() -> str:
    """Return the table as it stands in the page."""
    sides = {side: locked(side) for side in SIDES}
    names = {name for held in sides.values() for name in held}
    found = declared(names)
    rows = ["| package | version | on | licence as declared |", "| --- | --- | --- | --- |"]
    for name in sorted(names):
        where = [side for side in SIDES if name in sides[side]]
        rows.append(f"| {name} | {sides[where[0]][name]} | {', '.join(where)} | {found.get(_folded(name), '–')} |")
    return "\n".join(rows)


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Replace the table in the page."""
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
