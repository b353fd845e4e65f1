"""How fast the console serves an office with a year of 20,000 cases: `python -m benchmarks.console`.

A made-up year (`python -m server seed`) in a folder or database of its own; then, over real HTTP on loopback to
`python -m server serve`, each page again and again by one signed-in browser: my work in several lists, the search, a
case, the hand-overs, and the Excel file of every case. Then each reading query of each page by itself, with every row
fetched. The baseline is the page of the login, which asks the store for nothing. `--keep FOLDER` uses the office again.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from benchmarks.ingest import serving
from benchmarks.timing import heading, spread, tell
from benchmarks.walk import Answer
from server.accounts import Scope
from server.config import Config
from server.console.frame import PURPOSE
from server.office import Office, open_office
from server.store import case_lists, purposes
from server.store.case_lists import Wanted
from server.store.models import Case, Record
from server.store.purposes import Looker

PASSWORD = "Grau-Kiesel-Lampe-77"
LOGINS = ("seed-t-handler1", "seed-t-leader1", "seed-supervisor")
PAGES = {
    "login (baseline)": "/console/login",
    "my work, first": "/console/cases",
    "all open": "/console/cases?active=open",
    "overdue": "/console/cases?due=overdue",
    "ended, page of 18,000": "/console/cases?active=ended",
    "waiting for papers": "/console/cases?waits=paper",
    "by violation": "/console/cases?active=all&violation=CN-EQP-01",
    "list, rare number": "/console/cases?active=all&text=12345",
    "list, name everywhere": f"/console/cases?active=all&text={quote('示例县')}",
    "search, plate": "{plate}",
    "search, UN 1203": "/console/search?q=1203",
    "search, name everywhere": f"/console/search?q={quote('示例县')}",
    "hand-overs": "/console/handovers",
    "case, open": "{open}",
    "case, archived": "{archived}",
}


class Link:
    """A browser that is signed in, on one connection."""

    def __init__(self, port: int, login: str) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self._headers: Message = Message()
        page = self.get("/console/login")[1]
        token = re.search(rb'name="csrf" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("no login form")
        told = {"csrf": token[1].decode(), "login": login, "password": PASSWORD}
        status, _page = self._ask("POST", "/console/login", urlencode(told))
        if status != 303:
            raise RuntimeError(f"{login} could not sign in: {status}")

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page; signs beyond ASCII are sent as browsers send them."""
        return self._ask("GET", quote(path, safe="/?&=%+:,;@!$'()*~"), None)

    def page(self, path: str) -> Answer:
        """Return a page, having said for what one looks where that is asked."""
        status, body = self.get(path)
        if status == 303 and self._headers["location"].startswith(PURPOSE):
            self._say_why(self._headers["location"])
            status, body = self.get(path)
        kind = self._headers["content-type"] or ""
        return Answer(status, body.decode() if "html" in kind else "")

    def _say_why(self, asked: str) -> None:
        page = self.get(asked)[1]
        token = re.search(rb'name="csrf" value="([^"]+)"', page)
        told = {"csrf": token[1].decode() if token else "", "purpose": "supervision", "number": "benchmark"}
        self._ask("POST", PURPOSE, urlencode({**told, **dict(parse_qsl(urlsplit(asked).query))}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._link.request(method, path, body, {"Cookie": cookies, **kind})
        answer = self._link.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        self._headers = answer.headers
        return answer.status, answer.read()


def run(arguments: list[str], folder: Path, database: str, given: str = "") -> None:
    """Run a command of the server on that office."""
    told = {"LUJIAN_DATA_DIR": str(folder), "LUJIAN_DATABASE": database, "LUJIAN_OFFICE": "示例县"}
    command = [sys.executable, "-m", "server", *arguments]
    subprocess.run(command, env={**os.environ, **told}, input=given, text=True, check=True, stdout=subprocess.DEVNULL)


def fill(folder: Path, database: str, cases: int) -> None:
    """Plant the year where there is none, and let PostgreSQL count its rows as it does by itself after a while."""
    office = open_office(Config(data_dir=str(folder), database=database))
    empty = not Case.select(Case.id).exists()
    office.close()
    if empty:
        run(["publish"], folder, database)
        began = time.perf_counter()
        run(["seed", "--cases", str(cases)], folder, database, f"{PASSWORD}\n")
        print(f"planted in {time.perf_counter() - began:.0f} s")
    if database:
        import psycopg

        with psycopg.connect(database, autocommit=True) as link:
            link.execute("VACUUM ANALYZE")


def addresses(office: Office) -> dict[str, str]:
    """Return the pages with the cases and the plate of this year; everybody has said for what he looks at them."""
    page = case_lists.page(Scope(frozenset({"T"})), Wanted(state="investigating"), limit=1)
    rows = page.rows or case_lists.page(Scope(frozenset({"T"})), Wanted(), limit=1).rows
    archived = Case.select().where(Case.keeper == "T", Case.state == "archived").order_by(Case.id.desc()).first()
    plate = Record.select(Record.plate).where(Record.plate.is_null(False)).order_by(Record.id.desc()).first()
    told = {"open": f"/console/cases/{rows[0].id}", "archived": f"/console/cases/{archived.id}"}
    for login, held in ((login, held) for login in LOGINS for held in (rows[0], archived)):
        looker = Looker(login, "supervisor", "T", Scope(None))
        office.store.write_now(
            lambda looker=looker, held=held: purposes.state(looker, str(held.inspection), "supervision", "benchmark")  # type: ignore[misc]
        )
    told["plate"] = f"/console/search?q={quote(str(plate.plate)[2:])}"
    return {name: path.format(**told) for name, path in PAGES.items()}


def served(port: int, pages: dict[str, str], rounds: int) -> Iterator[tuple[str, str, list[float], int]]:
    """Yield (page, login, seconds of each round, bytes), after one round that warms up."""
    for login in LOGINS:
        link = Link(port, login)
        for name, path in pages.items():
            spent, size = [], 0
            for number in range(rounds + 1):
                began = time.perf_counter()
                status, body = link.get(path)
                if number:
                    spent.append(time.perf_counter() - began)
                if status not in (200, 303, 404):
                    raise RuntimeError(f"{path}: {status}")
                size = len(body)
            yield name, login, sorted(spent), size


@contextlib.contextmanager
def listened() -> Iterator[list[tuple[str, list[object]]]]:
    """Note what peewee sends to the database."""
    said: list[tuple[str, list[object]]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.msg)  # type: ignore[arg-type] # peewee logs (text, values)

    logger, ear = logging.getLogger("peewee"), Ear()
    logger.addHandler(ear)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False  # nobody else has to write it all down
    yield said
    logger.propagate = True
    logger.removeHandler(ear)
    logger.setLevel(logging.WARNING)


def queries(office: Office, pages: dict[str, str]) -> list[tuple[float, str, str]]:
    """Return (milliseconds, page, text) of each reading query, the best of five runs with every row fetched."""
    from falcon import testing

    from server.app import create_app

    client, found = testing.TestClient(create_app(office)), list[tuple[float, str, str]]()
    for login in LOGINS:
        cookies = _cookies(client, login)
        for name, path in pages.items():
            client.simulate_get(path, headers={"Cookie": cookies})  # a process reads the law once
            with listened() as said:
                client.simulate_get(path, headers={"Cookie": cookies})
            asked = {(text, repr(values)): (text, values) for text, values in said if text.startswith("SELECT")}
            found += [(_best(office, text, values), f"{name} ({login})", text) for text, values in asked.values()]
    return sorted(found, reverse=True)


def _cookies(client: object, login: str) -> str:
    get: Callable[..., object] = client.simulate_get  # type: ignore[attr-defined] # falcon's own is untyped here
    page = get("/console/login")
    held = {name: one.value for name, one in page.cookies.items()}  # type: ignore[attr-defined]
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)  # type: ignore[attr-defined]
    told = {"csrf": token[1] if token else "", "login": login, "password": PASSWORD}
    head = {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())}
    head["Content-Type"] = "application/x-www-form-urlencoded"
    answer = client.simulate_post("/console/login", body=urlencode(told), headers=head)  # type: ignore[attr-defined]
    held |= {name: one.value for name, one in answer.cookies.items()}
    return "; ".join(f"{name}={value}" for name, value in held.items())


def _best(office: Office, text: str, values: list[object]) -> float:
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        office.store.database.execute_sql(text, values).fetchall()  # type: ignore[no-untyped-call] # peewee's own
        spent.append((time.perf_counter() - began) * 1000)
    return min(spent)


def excel(office: Office, folder: Path) -> tuple[float, int, int]:
    """Return seconds, rows and bytes of the Excel file of every case."""
    from server.exporting import jobs
    from server.store import users

    user = users.by_login("seed-supervisor")
    if user is None:
        raise RuntimeError("nobody to take it out")
    asked, path = jobs.asked_of(user, {"active": "all"}), folder / "all.xlsx"
    began = time.perf_counter()
    rows = jobs.make_list(office, "cases", asked, path, "case", lambda _rows, _total: None)
    return time.perf_counter() - began, rows, path.stat().st_size


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", default="", help="a postgresql:// address; empty is SQLite")
    parser.add_argument("--keep", type=Path, help="the folder of an office that is filled once and used again")
    options = parser.parse_args()
    engine = "PostgreSQL" if options.database else "SQLite"
    heading(engine)
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        fill(folder, options.database, options.cases)
        office = open_office(Config(data_dir=str(folder), database=options.database))
        pages, total = addresses(office), Case.select().count()
        asked = queries(office, pages)
        seconds, rows, size = excel(office, Path(name))
        office.close()
        with serving(folder, options.database) as (port, _tree, _environment):
            _told(served(port, pages, options.rounds))
    print(f"{total} cases; {len(asked)} queries, the slowest:")
    for spent, page, text in asked[:5]:
        print(f"  {spent:6.1f} ms  {page}: {text[:90]}")
    tell("slowest single query", spent_ms=asked[0][0])
    tell("Excel of all cases", rows=rows, took_s=seconds, file_mb=size / 1e6)


def _told(rows: Iterator[tuple[str, str, list[float], int]]) -> None:
    base = 0.0
    for name, login, spent, size in rows:
        middle = spent[len(spent) // 2] * 1000
        base = base if not name.endswith("(baseline)") else middle
        times = spread([one * 1000 for one in spent])
        tell(f"{name}, {login}", middle / base, "the login's page", **times, page_kb=size / 1000)


if __name__ == "__main__":
    main()
