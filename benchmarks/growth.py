"""What lists cost in a large office against a small one: `python -m benchmarks.growth --checks 10000 1000000`.

A small made-up year (`python -m server seed`), written out by the database itself until there are so many checks
(`benchmarks.copies`), for each size in a folder of its own. Then every list and search over real HTTP on loopback to
`python -m server serve`, by somebody who sees everything and by a leader who sees what is his agency's: the median and
the CPU of the server's process. The last column is the ratio to the first size, of the same run. `--database` names one
PostgreSQL database for each size.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.console import Link, fill
from benchmarks.copies import Copies, furnish
from benchmarks.ingest import cpu_seconds, serving
from benchmarks.timing import heading, tell
from server.config import Config
from server.office import Office, open_office
from server.store.models import Case, Record

LOGINS = ("seed-supervisor", "seed-t-leader1")
CASES = 200
PAGES = {
    "login (baseline)": "/console/login",
    "inbox": "/console/inbox",
    "inbox, deep": "/console/inbox?before={middle}",
    "inbox, parked": "/console/inbox?state=parked",
    "inbox, alarms": "/console/inbox?need=alarm",
    "inbox, found after sync": "/console/inbox?need=new",
    "inbox, severity I": "/console/inbox?severity=I",
    "inbox, agency M": "/console/inbox?agency=M",
    "inbox, one day": "/console/inbox?since={day}&until={day}",
    "inbox, plate": "/console/inbox?text={plate}",
    "inbox, carrier": "/console/inbox?text={carrier}",
    "inbox, not there": "/console/inbox?text={absent}",
    "cases, open": "/console/cases?active=open",
    "cases, overdue": "/console/cases?due=overdue",
    "cases, ended": "/console/cases?active=ended",
    "cases, plate": "/console/cases?active=all&text={plate}",
    "cases, carrier": "/console/cases?active=all&text={carrier}",
    "cases, by violation": "/console/cases?active=all&violation=CN-EQP-01",
    "search, plate": "/console/search?q={plate}",
    "search, carrier": "/console/search?q={carrier}",
    "search, case": "/console/search?q={case}",
    "search, UN 1203": "/console/search?q=1203",
    "hand-overs": "/console/handovers",
    "alerts": "/console/alerts",
    "stop orders": "/console/orders",
    "passes": "/console/passes",
    "checked again": "/console/repeats",
    "carriers": "/console/tiers",
}


def plant(folder: Path, database: str, checks: int) -> None:
    """Fill an office with at least so many checks; one that has them is left as it is."""
    fill(folder, database, CASES)
    office = open_office(Config(data_dir=str(folder), database=database))
    held, began = Record.select().count(), time.perf_counter()
    if held < checks:
        _copy(office, -(-checks // held) - 1)
        print(f"{Record.select().count()} checks planted in {time.perf_counter() - began:.0f} s", flush=True)
    office.close()
    fill(folder, database, CASES)  # PostgreSQL counts its rows


def _copy(office: Office, many: int) -> None:
    copies = Copies()
    office.store.write_now(furnish)
    office.store.write_now(copies.remember)
    for job in copies.add(many):
        office.store.write_now(job)
    office.store.write_now(_laid_aside)


def _laid_aside() -> None:
    """Let nothing wait for the server's worker, which would take the cores from the pages."""
    Record.update(state="parked", reason="definitions_unknown").where(Record.state == "received").execute()


def _quiet(tree: list[Path], most: int = 300) -> None:
    """Return once the server does nothing by itself any more."""
    for _ in range(most):
        before = cpu_seconds(tree)
        time.sleep(1)
        if cpu_seconds(tree) - before < 0.05:
            return
    raise RuntimeError("the server has work of its own; a measurement would tell of that")


def addresses(office: Office) -> dict[str, str]:
    """Return the pages with what is looked for in this office: a vehicle seldom seen, a carrier that is everywhere."""
    last = Record.select().where(Record.plate.is_null(False)).order_by(Record.id.desc()).get()
    told = {"plate": str(last.plate)[1:], "carrier": str(last.carrier)[:6], "absent": "绝无此名"}
    told["case"] = str(Case.select().order_by(Case.id.desc()).get().number)
    held = {name: quote(text) for name, text in told.items()}
    held |= {"day": str(last.inspected_at)[:10], "middle": str(int(last.id) // 2)}
    return {name: path.format(**held) for name, path in PAGES.items()}


def measured(
    port: int, tree: list[Path], pages: dict[str, str], rounds: int
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return by login and page the median of a page and the CPU of the server for one, in milliseconds."""
    found = {}
    for login in LOGINS:
        link = Link(port, login)
        for name, path in pages.items():
            _ask(link, path)
            before, spent = cpu_seconds(tree), sorted(_ask(link, path) for _ in range(rounds))
            found[login, name] = spent[rounds // 2], (cpu_seconds(tree) - before) * 1000 / rounds
    return found


def _ask(link: Link, path: str) -> float:
    began = time.perf_counter()
    status, _body = link.get(path)
    if status not in (200, 303):
        raise RuntimeError(f"{path}: {status}")
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--database", nargs="*", default=[], help="postgresql:// addresses, one a size; none is SQLite")
    parser.add_argument("--keep", type=Path, help="the folder of offices that are filled once and used again")
    options = parser.parse_args()
    engine = "PostgreSQL" if options.database else "SQLite"
    heading(engine, f"checks {options.checks}")
    results = []
    with tempfile.TemporaryDirectory() as name:
        for number, checks in enumerate(options.checks):
            folder = (options.keep or Path(name)) / str(checks)
            folder.mkdir(parents=True, exist_ok=True)
            database = options.database[number] if options.database else ""
            plant(folder, database, checks)
            office = open_office(Config(data_dir=str(folder), database=database))
            pages = addresses(office)
            office.close()
            with serving(folder, database) as (port, tree, _environment):
                _quiet(tree)
                results.append(measured(port, tree, pages, options.rounds))
    for login, page in results[0]:
        told = {f"at_{checks}_ms": one[login, page][0] for checks, one in zip(options.checks, results, strict=True)}
        (first, before), (last, cpu) = results[0][login, page], results[-1][login, page]
        told |= {"cpu_ms": cpu, "cpu_times": cpu / max(before, 0.1)}
        tell(f"{page}, {login}", last / first, "the smallest", **told)


if __name__ == "__main__":
    main()
