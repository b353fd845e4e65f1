"""How long a clerk waits for a registry file of 20,000 rows: `python -m benchmarks.imports`.

An office that holds every vehicle or carrier of the file already, half of them otherwise, so that each row is compared
and every second one changes; `--database` for PostgreSQL. Told are the seconds of CPU until its preview is shown first,
until another page of the preview is shown, and until all is written; the most memory that the process took beyond what
it had; and the ratio to the baseline: the same sheet read by calamine alone.
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.feed import AT, rows
from benchmarks.timing import heading, tell
from checklists.facts.identifiers.companies import check_uscc
from checklists.facts.identifiers.vin import check_vin
from server.config import Config
from server.console.admin.previews import draft_page
from server.importing.comparing import flat
from server.importing.kinds import KINDS
from server.intake import registry_file
from server.office import Office, open_office
from server.store import registry

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def carriers(count: int) -> Iterator[dict[str, Any]]:
    """Yield that many carriers with licences; their codes have the right check sign."""
    dice = random.Random(7)
    for number in range(count):
        begun = "91150624MA" + "".join(dice.choices(SIGNS, k=7))
        code = next(begun + sign for sign in SIGNS if not check_uscc(begun + sign).problems)
        licence = {"number": f"{number:012d}", "valid_until": "2027-06-30", "scope": ["3", "8"]}
        data = {"uscc": code, "name": f"示例县第{number}危货运输有限公司", "licence": licence}
        yield {"kind": "carrier", "key": code, "as_of": AT, "data": data}


def vehicles(count: int) -> Iterator[dict[str, Any]]:
    """Yield that many vehicles, as those of a county; of fifty one has a VIN without its check sign."""
    codes = [one["key"] for one in carriers(1500)]
    for number, one in enumerate(each for each in rows(count) if each["kind"] == "vehicle"):
        begun, rest = one["data"]["vin"][:8], one["data"]["vin"][9:]
        whole = (f"{begun}{sign}{rest}" for sign in "0123456789X" if not check_vin(f"{begun}{sign}{rest}").problems)
        vin = next(whole, one["data"]["vin"]) if number % 50 else one["data"]["vin"]
        yield {**one, "data": {**one["data"], "vin": vin, "carrier_uscc": codes[number % len(codes)]}}


MAKERS: Mapping[str, Callable[[int], Iterator[dict[str, Any]]]] = {"vehicle": vehicles, "carrier": carriers}


def otherwise(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the office holds it by now: with another day."""
    path = "liability_insurance" if row["kind"] == "vehicle" else "licence"
    return {**row, "data": {**row["data"], path: {**row["data"].get(path, {}), "valid_until": "2025-01-31"}}}


def sheet(kind: str, held: list[dict[str, Any]]) -> bytes:
    """Return the rows as a workbook with the ids of the columns at its head."""
    import xlsxwriter

    made, columns = io.BytesIO(), [one.id for one in KINDS[kind].columns]
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    page = book.add_worksheet("data")
    page.write_row(0, 0, columns)
    for number, row in enumerate(held, 1):
        values = flat(row["data"])
        told = (", ".join(each) if isinstance(each := values.get(one, ""), list | tuple) else each for one in columns)
        page.write_row(number, 0, list(told))
    book.close()
    return made.getvalue()


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how many seconds of CPU some work took, and what it gave."""
    began = time.process_time()
    given = work()
    return time.process_time() - began, given


def most_mb() -> float:
    """Return the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def measure(office: Office, kind: str, count: int) -> None:
    """Tell the figures of a kind."""
    from python_calamine import CalamineWorkbook

    held = list(MAKERS[kind](count))
    known = [otherwise(one) if number % 2 else one for number, one in enumerate(held)]
    for start in range(0, count, 1000):
        office.store.write_now(lambda some=known[start : start + 1000]: registry.put(some))  # type: ignore[misc]
    content = sheet(kind, held)
    base, _cells = seconds(
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    del held, known, _cells
    before = most_mb()
    first, (draft, preview) = seconds(
        lambda: registry_file.draft(office, kind, f"{kind}.xlsx", content, who="benchmark", agency="T")
    )
    counts = dict(preview.counts)
    shown = preview.digest
    del preview
    memory = most_mb() - before
    again, _page = seconds(lambda: draft_page(office, draft, "", "changed", "100", str))
    written, _done = seconds(lambda: registry_file.apply(office, draft, "benchmark", shown=shown))
    told = {name: counts[name] for name in ("changed", "unchanged", "refused", "doubts")}
    spent = {"first_s": first, "again_s": again, "written_s": written, "memory_mb": memory}
    tell(kind, first / base, "calamine alone", file_mb=len(content) / 1e6, **spent, **told)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", default="", help="an empty database's postgresql:// address; else SQLite")
    parser.add_argument("--kind", choices=MAKERS, help="this one alone; memory is the most of the whole process")
    options = parser.parse_args()
    engine = "PostgreSQL" if options.database else "SQLite"
    heading(engine, f"{options.rows} rows")
    with tempfile.TemporaryDirectory() as name:
        config = Config(data_dir=str(Path(name)), database=options.database)
        office = open_office(replace(config, office="示例县"))
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)  # as the server does
        for kind in [options.kind] if options.kind else MAKERS:
            measure(office, kind, options.rows)
        office.close()


if __name__ == "__main__":
    main()
