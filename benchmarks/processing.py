"""What a record costs behind its receipt: `python -m benchmarks.processing [--database postgresql://…]`.

Real parts (`benchmarks.parts`) are received by an office in this process and drained by its worker, in rounds. Beside
them, in turn, one bare assessment of the same entries with the office's own definitions. CPU of this process alone;
what PostgreSQL spends is not in it. Told as well: by how much the database grew for the bytes of the parts, at their
receipt and once they are processed. `--unheard`: the tablet has heard nothing of the office's feed, so that the office
knows more of every check than it did and assesses each once more.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.parts import Maker, batch, registry
from benchmarks.timing import heading, tell
from checklists.crypto import new_signing_key
from checklists.findings.assessment import assess
from checklists.records.record import Sealed
from server import clock, collector
from server.config import Config
from server.gate import ingest
from server.intake.records import receipted
from server.office import Office, open_office
from server.parts import Verified, conduct_at, entries_of
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import devices, packages, published, records


def enrolled(office: Office, *, heard: bool = True) -> Maker:
    """Return a tablet that this office knows."""
    key = new_signing_key()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    told = {"code": code, "name": "bench", "public_key": key.public, "app": "bench", "token": "bench"}
    device = office.store.write_now(lambda: devices.enrol(office.key, **told))
    made = {"device": str(device.id), "certificate": json.loads(device.certificate)}
    used = [
        {name: one[name] for name in ("name", "version", "digest")} for one in office.store.read_now(packages.listing)
    ]
    return Maker(made, key, used, heard=heard)


def receive(office: Office, maker: Maker, sealed: list[Sealed]) -> None:
    """Take sealed parts in as the gate would."""
    certificate = dict(maker.enrolled["certificate"])
    examine = partial(
        ingest.examine, device=maker.enrolled["device"], public_key=maker.key.public, certificate=certificate
    )
    seen = [examine(one) for one in ingest.unpack(batch(sealed)).records]
    good = [one for one in seen if isinstance(one, Verified)]
    if len(good) != len(seen):
        raise RuntimeError("a part was not taken")
    office.store.write_now(lambda: records.receive([receipted(office, one, clock.now()) for one in good]))


def stored(office: Office) -> int:
    """Return how many bytes of the database hold something."""
    run: Callable[..., Any] = office.store.database.execute_sql
    if office.config.database:
        return int(run("SELECT pg_database_size(current_database())").fetchone()[0])
    pages, free, size = (run(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
    return int((pages - free) * size)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", default="", help="a postgresql:// address")
    parser.add_argument("--unheard", action="store_true", help="the tablet has heard nothing of the feed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Config(data_dir=folder, database=options.database))
        try:
            _measure(office, options)
        finally:
            office.close()


def _measure(office: Office, options: argparse.Namespace) -> None:
    publish_all(office)
    load_registry(office, registry(clock.read(clock.now())))
    maker, worker = enrolled(office, heard=not options.unheard), Worker(office)
    digests = {name: office.store.read_now(published.latest, name) for name in packages.NAMES}
    bench = (
        office.store.read_now(published.definitions, digests["definitions"]),
        office.store.read_now(published.tables, digests["reference"]),
    )
    each, bare, wall, kept, grown = [], [], [], [], []
    collector.calm()  # as the server and `work` do
    for number in range(options.rounds + 1):
        sealed = [maker.seal() for _ in range(options.records)]
        empty, size = stored(office), sum(len(one.body) for one in sealed)
        receive(office, maker, sealed)
        taken = stored(office)
        cpu, began = time.process_time(), time.perf_counter()
        done = worker.drain()
        spent, took = time.process_time() - cpu, time.perf_counter() - began
        if done != options.records or office.store.read_now(records.counts) != {"processed": done * (number + 1)}:
            raise RuntimeError(f"{done} processed: {office.store.read_now(records.counts)}")
        parts = [json.loads(one.body) for one in sealed]
        entries = [(entries_of(one), conduct_at(one), one["checklist"]) for one in parts]
        cpu = time.process_time()
        for one, at, checklist in entries:
            assess(*bench, one, at, checklist)
        alone = time.process_time() - cpu
        if number:  # the first warms up
            each.append(spent / done * 1000)
            wall.append(done / took)
            bare.append(alone / done * 1000)
            kept.append((taken - empty) / size)
            grown.append((stored(office) - empty) / size)
    engine = "PostgreSQL" if options.database else "SQLite"
    heading(engine)
    ratio = statistics.median(one / two for one, two in zip(each, bare, strict=True))
    tell("a record behind its receipt", ratio, "one bare assessment", **_cpu(each), per_s=statistics.median(wall))
    tell("one bare assessment", 1, "one bare assessment", **_cpu(bare))
    tell("stored at the receipt", statistics.median(kept), "the bytes of the parts", part_bytes=size / options.records)
    tell("stored once processed", statistics.median(grown), "the bytes of the parts")


def _cpu(each: list[float]) -> dict[str, float]:
    return {"cpu_ms": statistics.median(each), "least_ms": min(each), "most_ms": max(each)}


if __name__ == "__main__":
    main()
