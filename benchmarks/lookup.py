"""A registry of 200,000 vehicles on a tablet: laid down, and a plate looked up in it. `python -m benchmarks.lookup`.

Targets: a look-up in 50 ms, then 10 ms; first load below 15 MB on the line, laid down in 20 s with 150 MB at most; one
changed row below 20 kB and 1 s. The pages are made as the office makes them, in the order of places, which is none of
keys, and go the real way: signature, keyed hashes, encrypted rows, one durable transaction a page. Each step is a
process of its own, so that its memory can be told. The ratio is to a bare sqlite3 look-up of the same plates, in clear
and by primary key, in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.timing import heading, tell
from checklists.crypto import SigningKey
from checklists.facts.matches import vehicle_matches
from checklists.facts.registry import key_fault, registry_facts
from checklists.records import feed_page
from checklists.wire import canonical
from demo import county
from mobile.link.hearing import USUAL
from mobile.lock.vault import Vault
from mobile.practice.county import uscc
from mobile.store import feed, store

VAULT, OFFICE = Vault(b"k" * 32), SigningKey(b"o" * 32)
AT = "2026-11-21T01:30:00.000Z"
SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
ROUNDS = 500
UNITS = 4
"""Of so many vehicles one is a tractor with its trailer, and that has a tank; the others are single."""


def plates(count: int) -> list[str]:
    """Return that many plates of one region, as close to each other as they are on the road."""
    dice, found = random.Random(7), dict[str, None]()
    while len(found) < count:
        plate = "蒙K" + "".join(dice.choices(SIGNS, weights=[6] * 10 + [1] * 24, k=5))
        if key_fault("vehicle", plate) is None:
            found[plate] = None
    return list(found)


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield the registry's rows: vehicles, some of them with trailer and tank, and their carriers."""
    code = uscc("91150624MA0YL0001")
    yield {"kind": "carrier", "key": code, "data": {"name": county.LU_AN, "uscc": code}, "as_of": AT}
    yield {"kind": "feed", "key": "past", "data": {}, "as_of": AT}
    paper = {"valid_until": "2027-06-30"}
    for number, plate in enumerate(plates(count)):
        data: dict[str, Any] = {
            "plate": plate, "colour": "yellow", "kind": "tractor", "carrier": county.LU_AN, "carrier_uscc": code,
            "permit": {"number": f"1506240{plate[2:]}", "valid_until": "2027-06-30", "scope": ["3", "8"]},
            "safety_inspection": paper, "compulsory_insurance": paper, "liability_insurance": paper,
            "kerb_mass_kg": 8800, "gross_limit_kg": 49000, "traction_mass_kg": 40000,
        }  # fmt: skip
        if number % UNITS == 0:
            data |= {"trailer": f"蒙K{number % 10000:04d}挂", "tank": f"YL2019-{number:06d}"}
        yield {"kind": "vehicle", "key": plate, "data": data, "as_of": AT}


def page(lines: list[bytes], place: int, *, more: bool) -> bytes:
    """Return a page as the office makes it; `place` is that of its last change."""
    since = f"e.{place - len(lines)}" if place > len(lines) else ""
    head = {"at": AT, "agency": "T", "area": "", "since": since, "cursor": f"e.{place}", "more": more}
    return feed_page.make(OFFICE, head, lines)


def write_pages(folder: Path, count: int) -> float:
    """Write the pages of a first load, packed as they are sent, and return their size in MB."""
    lines = [canonical({**row, "v": 1}) for row in rows(count)]
    size = 0
    for number, begin in enumerate(range(0, len(lines), USUAL)):
        some = lines[begin : begin + USUAL]
        packed = gzip.compress(page(some, begin + len(some), more=begin + USUAL < len(lines)), 6)
        (folder / f"{number:06d}.page").write_bytes(packed)
        size += len(packed)
    return size / 1e6


def opened(folder: Path) -> store.Store:
    """Return the tablet's store."""
    held = store.open_store(folder, VAULT)
    store.keep_setting(held, "enrolment", {"server_key": OFFICE.public, "token": "t0", "device": "dev-1"})
    return held


def lay(folder: Path) -> dict[str, float]:
    """Lay down the pages of the folder, then one changed row; return seconds and the memory taken at its highest."""
    held, longest = opened(folder), 0.0
    before, begun = peak_mb(), time.perf_counter()
    for file in sorted(folder.glob("*.page")):
        at = time.perf_counter()
        store.lay(held, gzip.decompress(file.read_bytes()), store.heard(held).cursor, AT)
        longest = max(longest, time.perf_counter() - at)
    feed.sweep(held)
    spent, last = time.perf_counter() - begun, int(store.heard(held).cursor.partition(".")[2])
    changed = page([canonical({**next(iter(rows(1))), "v": 1})], last + 1, more=False)
    at = time.perf_counter()
    store.lay(held, changed, f"e.{last}", AT)
    one = time.perf_counter() - at
    store.release(held)
    told = {"longest": longest, "one": one, "one_bytes": len(gzip.compress(changed, 6))}
    return {"seconds": spent, "mb": peak_mb() - before, "peak": peak_mb(), **told}


def look(folder: Path, count: int) -> dict[str, tuple[float, float]]:
    """Return median and 95th percentile, in ms, of looking plates up in the store of a folder, and in bare sqlite3."""
    held, dice = opened(folder), random.Random(11)
    asked = dice.sample(plates(count), ROUNDS)
    find, one = partial(store.find, held), partial(store.lookup, held)
    bare = _bare(folder / "bare.db", count)
    found = {
        "one plate, all colours, and all behind it": timed(lambda plate: registry_facts(one, plate), asked),
        "a whole plate with colours and look-alikes": timed(lambda plate: vehicle_matches(find, plate), asked),
        "a plate with one sign missing": timed(lambda plate: vehicle_matches(find, plate[:-1]), asked),
        "a plate that is not there": timed(lambda plate: vehicle_matches(find, "京A" + plate[2:]), asked),
        "one row by its key": timed(lambda plate: one("vehicle", plate), asked),
        "bare sqlite3, one row, in clear": timed(bare, asked),
    }
    assert all(one("vehicle", plate) for plate in asked)
    return found


def timed(work: Callable[[str], Any], asked: list[str]) -> tuple[float, float]:
    """Return median and 95th percentile of the milliseconds that one look-up takes."""
    spent = []
    for plate in asked:
        begun = time.perf_counter()
        work(plate)
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), sorted(spent)[int(len(spent) * 0.95)]


def peak_mb() -> float:
    """Return the most memory that this process has held, in MB; what `getrusage` says begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1000


def _bare(path: Path, count: int) -> Callable[[str], Any]:
    bare = sqlite3.connect(path)
    bare.execute("CREATE TABLE vehicle (plate TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")
    held = ((row["key"], json.dumps(row["data"])) for row in rows(count) if row["kind"] == "vehicle")
    bare.executemany("INSERT INTO vehicle VALUES (?, ?)", held)
    bare.commit()
    return lambda plate: json.loads(bare.execute("SELECT data FROM vehicle WHERE plate = ?", (plate,)).fetchone()[0])


def _apart(step: str, folder: Path, count: int) -> Any:
    command = [sys.executable, "-m", "benchmarks.lookup", "--step", step, "--in", str(folder), "--rows", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--step", choices=("lay", "look"), help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(lay(options.folder) if options.step == "lay" else look(options.folder, options.rows)))
        return
    heading(f"{options.rows} vehicles")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wire = write_pages(folder, options.rows)
        laid = _apart("lay", folder, options.rows)
        size = sum(one.stat().st_size for one in (folder / "data").iterdir()) / 1e6
        more = {"more_mb": laid["mb"], "peak_mb": laid["peak"], "file_mb": size}
        tell("laid down", line_mb=wire, took_s=laid["seconds"], **more)
        tell(f"a page of {USUAL}", longest_ms=laid["longest"] * 1000)
        tell("one changed row", line_kb=laid["one_bytes"] / 1000, took_ms=laid["one"] * 1000)
        found = _apart("look", folder, options.rows)
        base = found["bare sqlite3, one row, in clear"][0]
        for what, (p50, p95) in found.items():
            tell(what, p50 / base, "bare sqlite3", p50_ms=p50, p95_ms=p95)


if __name__ == "__main__":
    main()
