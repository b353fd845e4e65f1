"""How fast figures are served over a million checks: `python -m benchmarks.figures --checks 1000000`.

A small made-up year (`python -m server seed`), and beside it the rows that a check leaves for figures, so many of them
over one year: 30 sites, 2,000 carriers, 60 UN numbers, 40 pairs of officers, 20 items looked at in each. The checks
have no sealed records of their own, which no page of figures reads but for the plate in a list. Then, over real HTTP on
loopback, each page again and again by one signed-in supervisor, and the plan of a week; last what it costs to count a
record when it is processed. The baseline is the page of the login. `--keep FOLDER` uses the office again.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from pathlib import Path
from urllib.parse import quote

from benchmarks.console import Link, fill
from benchmarks.crowd import Drive
from benchmarks.ingest import serving
from benchmarks.timing import heading, spread, tell
from checklists.wire import instant
from server.config import Config
from server.figures.fact import COLUMNS, FLAGS, LATES, Fact
from server.figures.sums import SUMMED, Counted, Key, Looked, Under, periods_of, sums_of
from server.figures.words import BREAKDOWNS
from server.office import Office, open_office
from server.store import bulk, figures
from server.store.figure_models import CheckFact, CheckFound, CheckLooked, KeptSum

_CHUNK = 20_000
SITES = tuple(f"{'GS'[number % 2]}{100 + number // 2} 示例检查点 {number}" for number in range(30))
_CARRIERS = tuple(f"示例危险品运输有限公司 {number}" for number in range(2000))
UNS = tuple(str(1000 + 7 * number) for number in range(60))
_PAIRS = tuple(f"P-{number:03d}+T-{number:03d}" for number in range(40))
_ITEMS = tuple(f"ITM-{number:02d}" for number in range(20))
_VIOLATIONS = tuple(f"CN-BCH-{number:02d}" for number in range(30))
PAGES = {
    "login (baseline)": "/console/login",
    **{f"by {by}": f"/console/figures?by={by}" for by in BREAKDOWNS},
    "by carrier, whole year": "/console/figures?by=carrier&since={year}",
    "by item, whole year": "/console/figures?by=item&since={year}",
    "by carrier at one site, a week": "/console/figures?by=carrier&site={site}&since={week}",
    "funnel and latency": "/console/figures/funnel",
    "funnel, whole year": "/console/figures/funnel?since={year}",
    "map by road": "/console/figures/map",
    "map by site, whole year": "/console/figures/map?by=site&since={year}",
    "signs of care": "/console/figures/pairs",
    "list, all": "/console/figures/checks",
    "list, one carrier": "/console/figures/checks?carrier={carrier}&since={year}",
    "list, one road, found": "/console/figures/checks?road=G100&kind=found",
    "list, violations": "/console/figures/checks?kind=violations",
    "list, one item failing": "/console/figures/checks?item=ITM-03&kind=found",
    "list, one item looked at": "/console/figures/checks?item=ITM-03",
    "list, one hour of a site": "/console/figures/checks?site={site}&hour=3&weekdays=6",
    "plan of a week, 20 officers": "/console/figures/plan?officers=20",
    "plan, 60 officers, all hours": "/console/figures/plan?officers=60&first=0&last=24&since={year}",
}


@dataclass(frozen=True)
class Stop:
    """The check that a made-up row is of: its inspection, its record and its time."""

    inspection: str
    digest: str
    at: datetime


def of_a_year(many: int) -> Iterator[Stop]:
    """Yield so many checks of the last year that have no records."""
    end = datetime.now(UTC)
    for number in range(many):
        yield Stop(f"bench-{number}", f"{number:064x}", end - timedelta(days=365) * (many - number) / many)


def checks(stops: Iterable[Stop], drives: Sequence[Drive] = (), seed: int = 1) -> Iterator[Counted]:
    """Yield what is counted of checks, made up, with the violations found in each and the campaigns on that day."""
    chance = random.Random(seed)
    for stop in stops:
        found = chance.random() < 0.4
        codes = tuple(chance.sample(_VIOLATIONS, chance.choice((1, 1, 2, 3)))) if found else ()
        flags = {name: int(chance.random() < 0.3) for name in FLAGS} | {"found": int(found)}
        flags["pictured"] &= flags["controlled"]
        fact = Fact(
            stop.inspection, stop.digest, instant(stop.at), stop.at.date().isoformat(),
            stop.at.weekday() * 24 + stop.at.hour, chance.choice(SITES), chance.choice(("|T|", "|P|", "|P|T|")),
            _CARRIERS[min(int(chance.expovariate(1 / 300)), 1999)], chance.choice(UNS), chance.choice(_PAIRS),
            chance.choice(LATES), violations=len(codes), minutes=18, pace=4, **flags,
        )  # fmt: skip
        failed = frozenset(chance.sample(_ITEMS, len(codes)))
        under = (one for drive in drives if (one := drive.under(fact.day, chance)))
        held = reduce(_both, under, Under())
        yield Counted(fact, Looked(frozenset(_ITEMS) - failed, failed), frozenset(codes), held)


def _both(one: Under, other: Under) -> Under:
    return Under(*(here | there for here, there in zip(one, other, strict=True)))


def plant(office: Office, some_checks: Iterable[Counted]) -> None:
    """Write the rows of checks, and their sums."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * len(SUMMED))
    some: list[Counted] = []
    for one in some_checks:
        some.append(one)
        for (by, key), row in sums_of(one).items():
            values = [(place, value) for place, value in enumerate(row) if value]
            for here in (sums[Key(by, period, key, agencies_of(one))] for period in periods_of(day_of(one))):
                for place, value in values:
                    here[place] += value
        if len(some) == _CHUNK:
            office.store.write_now(lambda held=tuple(some): write(held))  # type: ignore[misc]
            some.clear()
    office.store.write_now(lambda: write(tuple(some)))
    added = {key: tuple(row) for key, row in sums.items()}
    office.store.write_now(lambda: figures.add(added))


def agencies_of(one: Counted) -> str:
    """Return whose a check is."""
    return one.fact.agencies if one.fact is not None else ""


def day_of(one: Counted) -> str:
    """Return the day of a check."""
    return one.fact.day if one.fact is not None else ""


def write(some: tuple[Counted, ...]) -> None:
    """Write the checks' own rows."""
    facts = [(one.fact, one.looked, one.violations) for one in some if one.fact is not None]
    bulk.insert(CheckFact, COLUMNS, [tuple(getattr(fact, name) for name in COLUMNS) for fact, _l, _c in facts])
    looked = [(fact.inspection, figures.joined(held.conform), figures.joined(held.failed)) for fact, held, _c in facts]
    bulk.insert(CheckLooked, ("inspection", "conform", "failed"), looked)
    found = [(fact.inspection, "violation", code, fact.day) for fact, _l, codes in facts for code in codes]
    found += [(fact.inspection, "item", code, fact.day) for fact, held, _c in facts for code in held.failed]
    found += [
        (one.fact.inspection, what, code, one.fact.day)
        for one in some if one.fact is not None for what, codes in one.under._asdict().items() for code in codes
    ]  # fmt: skip
    bulk.insert(CheckFound, ("inspection", "what", "code", "day"), found)


def counting(office: Office) -> float:
    """Return how many CPU milliseconds it takes to count a record for the first time; nothing is kept of it."""
    spent = []
    for inspection in figures.seals()[:40]:
        held = figures.fresh(inspection)
        with office.store.database.atomic() as transaction:
            CheckFact.delete().where(CheckFact.inspection == inspection).execute()
            began = time.thread_time()
            figures.settle(inspection, held.looked)
            spent.append((time.thread_time() - began) * 1000)
            transaction.rollback()
    return statistics.median(spent)


def main() -> None:
    """Plant, ask and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--database", default="", help="a PostgreSQL address; the default is SQLite")
    parser.add_argument("--keep", type=Path, help="the folder of the office, used again where it is filled")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = options.keep or Path(temporary)
        fill(folder, options.database, 60)
        office = open_office(Config(data_dir=str(folder), database=options.database))
        there = CheckFact.select().count()
        if there < options.checks:
            began = time.perf_counter()
            plant(office, checks(of_a_year(options.checks)))
            print(f"{options.checks:,} checks written in {time.perf_counter() - began:.0f} s")
        kept, cost = KeptSum.select().count(), counting(office)
        office.close()
        today = date.today()  # noqa: DTZ011 - a year here is any year
        names = {"site": quote(SITES[4]), "carrier": quote(_CARRIERS[3])}
        names |= {"year": (today - timedelta(364)).isoformat(), "week": (today - timedelta(6)).isoformat()}
        heading(options.database.partition(":")[0] or "SQLite", f"{kept:,} kept sums")
        with serving(folder, options.database) as (port, _tree, _environment):
            link, base = Link(port, "seed-supervisor"), 0.0
            for name, path in PAGES.items():
                spent = asked(link, path.format(**names), options.rounds)
                base = base or statistics.median(spent)
                tell(name, statistics.median(spent) / base, "the login's page", **spread(spent))
        tell("one check counted", cpu_ms=cost)


def asked(link: Link, path: str, rounds: int) -> list[float]:
    """Return the milliseconds of each round of a page, after one that warms up. Raises RuntimeError."""
    spent = []
    for number in range(rounds + 1):
        began = time.perf_counter()
        status, _body = link.get(path)
        if status not in (200, 303):
            raise RuntimeError(f"{path}: {status}")
        if number:
            spent.append((time.perf_counter() - began) * 1000)
    return spent


if __name__ == "__main__":
    main()
