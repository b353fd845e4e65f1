"""Every page of the console over a million checks: `python -m benchmarks.growth --checks 1000000`.

A small made-up year (`python -m server seed`), written out by the database itself until there are so many checks
(`benchmarks.copies`), what such an office has beside them (`benchmarks.crowd`), and figures of as many made-up checks
over 30 sites and 2,000 carriers, each bound to one of the records (`benchmarks.figures`); for each size in a folder of
its own. `--records` gives fewer of the checks a record, where time or disk is short. Then real HTTP on loopback to
`python -m server serve`, by somebody who sees everything and by a leader who sees what is his agency's: every page that
can be walked to from the menu (`benchmarks.walk`) is asked once, then again and again. A line is a route: how many
addresses were walked, and the slowest of them by its median, with the CPU of the server. `--checks 10000 1000000` adds
the ratio of the last size to the first; `--database` names one PostgreSQL database for each size; `--keep FOLDER` uses
offices again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from urllib.parse import quote, urlencode

from peewee import fn

from benchmarks import crowd, figures
from benchmarks.console import Link, fill
from benchmarks.copies import Copies, furnish
from benchmarks.ingest import cpu_seconds, serving
from benchmarks.timing import heading, tell
from benchmarks.walk import Routes, walk
from checklists.inspection.tasks import LEVELS
from server import clock
from server.config import Config
from server.figures.words import BREAKDOWNS
from server.office import Office, open_office
from server.store import alerts, case_search
from server.store import figures as kept_figures
from server.store.figure_models import CheckFact, CheckLooked
from server.store.models import Case, Record
from server.store.office_models import Task
from server.store.rows import tuples
from server.store.steering_models import Campaign

LOGINS = ("seed-supervisor", "seed-t-leader1")
CASES = 200
TARGET_MS = 100


@dataclass(frozen=True)
class Timed:
    """How long a page took, and how much CPU the server for it, in milliseconds."""

    login: str
    route: str
    address: str
    ms: float
    cpu: float


def plant(folder: Path, database: str, records: int, checks: int = 0) -> None:
    """Fill an office with at least so many records; one that has them is left as it is.

    With `checks` as well it has what such an office has beside them, and figures of so many.
    """
    fill(folder, database, CASES)
    office = open_office(Config(data_dir=str(folder), database=database))
    held, began = Record.select().count(), time.perf_counter()
    if held < records:
        _copy(office, -(-records // held) - 1)
        print(f"{Record.select().count():,} records planted in {time.perf_counter() - began:.0f} s", flush=True)
        if checks:
            _count(office, checks)
            print(f"{CheckFact.select().count():,} counted after {time.perf_counter() - began:.0f} s", flush=True)
    office.close()
    fill(folder, database, CASES)  # PostgreSQL counts its rows


def _copy(office: Office, many: int) -> None:
    copies = Copies(max(50, many // 10), counted=False)
    office.store.write_now(furnish)
    office.store.write_now(copies.remember)
    for job in copies.add(many):
        office.store.write_now(job)
    office.store.write_now(_laid_aside)
    last = Record.select(fn.MAX(Record.id)).scalar()
    office.store.write_now(lambda: case_search.read_to(last))
    office.store.write_now(lambda: kept_figures.read_to(last))


def _laid_aside() -> None:
    """Let nothing wait for the server's threads, which would take the cores from the pages.

    What was told to nobody in time went up long ago.
    """
    Record.update(state="parked", reason="definitions_unknown").where(Record.state == "received").execute()
    last = len(LEVELS) - 1
    Task.update(level=last).where(Task.id.startswith(alerts.PREFIX), Task.level < last).execute()


def _count(office: Office, checks: int) -> None:
    """Put made-up figures in the place of those of the small year: of every record's check, and of further ones."""
    office.store.write_now(kept_figures.begin_anew)
    office.store.write_now(lambda: CheckLooked.delete().execute())
    seals = Record.select(Record.inspection, Record.digest, Record.inspected_at).where(
        Record.kind == "inspection", Record.state == "processed"
    )
    rows = tuples(seals.order_by(Record.inspected_at))
    drives = crowd.gather(office, checks, figures.SITES)
    stops = (figures.Stop(str(ref), str(digest), clock.read(str(at))) for ref, digest, at in rows)
    further = figures.of_a_year(max(0, checks - len(rows)))
    figures.plant(office, figures.checks(chain(further, stops), drives))
    office.store.write_now(lambda: kept_figures.read_to(2**62))
    for job in crowd.lessons((str(ref), str(at)) for ref, _digest, at in rows):
        office.store.write_now(job)


def _quiet(tree: list[Path], most: int = 300) -> None:
    """Return once the server does nothing by itself any more."""
    for _ in range(most):
        before = cpu_seconds(tree)
        time.sleep(1)
        if cpu_seconds(tree) - before < 0.05:
            return
    raise RuntimeError("the server has work of its own; a measurement would tell of that")


def samples() -> dict[str, str]:
    """Return what is looked for: a rare vehicle, a carrier that is everywhere, a case, goods, what is not there."""
    last = Record.select().where(Record.plate.is_null(False)).order_by(Record.id.desc()).get()
    told = {"absent": "绝无此名", "plate": str(last.plate)[1:], "carrier": str(last.carrier)[:6], "un": "1203"}
    told["case"] = str(Case.select().order_by(Case.id.desc()).get().number)
    return {**told, "day": str(last.inspected_at)[:10]}


def starts() -> list[str]:
    """Return what no link of the menu leads to: a year of figures by each thing, crossed, and plans of a week."""
    today = datetime.now(UTC).date()
    year, week = {"since": str(today - timedelta(364))}, {"since": str(today - timedelta(6))}
    site, carrier = figures.SITES[4], str(CheckFact.select(CheckFact.carrier).limit(1).scalar())
    asked = [
        *({"by": by, **year} for by in BREAKDOWNS),
        *({"by": by, "site": site, **week} for by in BREAKDOWNS),
        *({"by": by, "road": "G100"} for by in BREAKDOWNS),
        *({"by": by, "item": "ITM-03"} for by in ("site", "carrier")),
        *({"by": by, "carrier": carrier, **year} for by in BREAKDOWNS),
    ]
    lists = [
        *({"item": "ITM-03", "kind": kind} for kind in ("", "found", "clean")),
        *({"site": site, "hour": "3", "weekdays": "6"}, {"un": figures.UNS[0], "site": site, **year}),
    ]
    plans = ({"officers": "20"}, {"officers": "60", "first": "0", "last": "24", **year})
    return [
        *(f"/console/figures?{urlencode(one)}" for one in asked),
        *(f"/console/figures/checks?{urlencode(one)}" for one in lists),
        *(f"/console/figures/plan?{urlencode(one)}" for one in plans),
        *(f"/console/figures/{name}?{urlencode(year)}" for name in ("funnel", "map", "pairs")),
        f"/console/figures/map?{urlencode({'by': 'site', **year})}",
        f"/console/inbox?before={Record.select().count() // 2}",
        *(f"/console/campaigns/{one.id}" for one in Campaign.select(Campaign.id).order_by(Campaign.id)),
        f"/console/search?q={quote('绝无此名')}",
    ]


def measured(
    port: int, tree: list[Path], office: tuple[Routes, Mapping[str, str], list[str]], rounds: int
) -> Iterator[Timed]:
    """Yield how long each page takes that somebody can walk to. Raises RuntimeError where one fails."""
    routes, told, more = office
    for login in LOGINS:
        link = Link(port, login)
        found = [one for one in walk(link.page, told, routes, starts=("/console/login", *more)) if one.answer.page]
        failed = [(one.address, one.answer.status) for one in found if one.answer.status >= 500]
        if failed:
            raise RuntimeError(f"{failed}")
        for one in (one for one in found if one.answer.status == 200):
            before, spent = cpu_seconds(tree), [_ask(link, one.address) for _ in range(rounds)]
            cpu = (cpu_seconds(tree) - before) * 1000 / rounds
            yield Timed(login, one.route, one.address, statistics.median(spent), cpu)


def _ask(link: Link, path: str) -> float:
    began = time.perf_counter()
    link.get(path)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--records", type=int, default=0, help="so many of the checks have records; 0 is all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", nargs="*", default=[], help="postgresql:// addresses, one a size; none is SQLite")
    parser.add_argument("--keep", type=Path, help="the folder of offices that are filled once and used again")
    options = parser.parse_args()
    engine = "PostgreSQL" if options.database else "SQLite"
    heading(engine, f"checks {options.checks}")
    results = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for number, checks in enumerate(options.checks):
            folder = (options.keep or Path(name)) / str(checks)
            folder.mkdir(parents=True, exist_ok=True)
            database = options.database[number] if options.database else ""
            plant(folder, database, min(checks, options.records or checks), checks)
            results.append(_of_size(folder, database, options.rounds))
    _told(results)


def _of_size(folder: Path, database: str, rounds: int) -> list[Timed]:
    office = open_office(Config(data_dir=str(folder), database=database))
    known = Routes.of(office), samples(), starts()
    office.close()
    with serving(folder, database) as (port, tree, _environment):
        _quiet(tree)
        return list(measured(port, tree, known, rounds))


def _told(results: list[list[Timed]]) -> None:
    """Tell each route by its slowest page, the slowest first, and how many pages are beyond the target."""
    smallest, largest = _slowest(results[0]), _slowest(results[-1])
    for route, (one, many) in sorted(largest.items(), key=lambda held: -held[1][0].ms):
        first = smallest.get(route, (one, many))[0]
        tell(route, one.ms / first.ms, "the smallest office", page_ms=one.ms, cpu_ms=one.cpu, pages=many)
        print(f"    {one.login} {one.address}")
    late = sorted((one for one in results[-1] if one.ms > TARGET_MS), key=lambda one: -one.ms)
    tell("pages beyond the target", pages=len(results[-1]), late=len(late))
    for one in late:
        print(f"    {one.ms:,.0f} ms {one.login} {one.address}")


def _slowest(all_: list[Timed]) -> dict[str, tuple[Timed, int]]:
    """Return by route its slowest address, and how many there were."""
    by_route = defaultdict[str, list[Timed]](list)
    for one in all_:
        by_route[one.route].append(one)
    return {route: (max(some, key=lambda one: one.ms), len(some)) for route, some in by_route.items()}


if __name__ == "__main__":
    main()
