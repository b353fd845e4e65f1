"""Local tables of discretion: which are in use, and a law administrator puts a new one in the place of an old one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from falcon.asgi import Request, Response

from server.cases.discretion import COLUMNS, FAULTS, Fault, Ranges, Row, judge
from server.console import findings
from server.console.findings import Text
from server.console.frame import Form, Page, saying
from server.console.posted import Posted
from server.console.visitor import Visitor
from server.importing.cells import day, whole
from server.importing.faults import CellError
from server.importing.sheets import parted_by
from server.refusals import Refused
from server.rights import has, may
from server.store import case_discretion, case_law, case_rows

ADDRESS = "/console/discretion"
_MOST_BYTES = 2 * 1024 * 1024
_WRITTEN: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("in_force_from", "in_force_to"), day),
    **dict.fromkeys(("min_cny", "max_cny"), whole),
}
"""Columns that are written in several ways."""


@dataclass(frozen=True)
class DiscretionPage:
    """All that the template draws: the tables in use, who may publish, and the faults of what was just refused."""

    tables: Sequence[tuple[str, str, str, str, int]]
    agencies: dict[str, Text]
    names: dict[str, str] = field(default_factory=dict)
    title: str = ""
    agency: str = ""
    faults: Sequence[tuple[Fault, str]] = field(default_factory=tuple)


class Discretion(Form):
    """`/console/discretion`: the tables in use, and for the law administrator the form for a new one."""

    roles = may("discretion")
    limit = _MOST_BYTES

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Show the tables."""
        page = await self.store.read(_page, self)
        self.console.draw(req, resp, "discretion.html", who, page=page)

    async def take(self, req: Request, resp: Response, who: Visitor, form: Posted, **_path: str) -> str | None:
        """Publish a table, or show all its faults. Raises Refused role_may_not."""
        if not has(who.role, "discretion_publish"):
            raise Refused("role_may_not")
        title, agency = form.get("title")[:200], form.get("agency")[:8]
        upload = form.files.get("file")
        bench = await self.store.read(case_law.current)
        if not title or agency not in bench.definitions.agencies or upload is None:
            raise Refused("malformed", "title, agency and file are asked for")
        rows, faults = read(upload.text, case_discretion.ranges_of(bench))
        if faults:
            page = await self.store.read(_page, self, title, agency, faults)
            resp.status = "422 Unprocessable Entity"
            self.console.draw(req, resp, "discretion.html", who, page=page)
            return None
        await self.store.write(lambda: case_discretion.publish(agency, title, rows, who.login))
        return saying(ADDRESS, "saved")


class DiscretionTemplate(Page):
    """`/console/discretion/template.csv`: the columns, and a line for each violation that an agency penalises."""

    roles = may("discretion_publish")

    async def show(self, req: Request, resp: Response, who: Visitor, **_path: str) -> None:
        """Give the file."""
        bench = await self.store.read(case_law.current)
        agency, out = req.get_param("agency") or "", io.StringIO()
        lines = csv.DictWriter(out, COLUMNS)
        lines.writeheader()
        for code in sorted({one.code for one in bench.definitions.violations if not agency or agency in one.agency}):
            lines.writerow({"violation": code})
        resp.data = ("\ufeff" + out.getvalue()).encode()
        resp.content_type = "text/csv; charset=utf-8"
        resp.set_header("Content-Disposition", 'attachment; filename="discretion.csv"')


def _page(page: Page, title: str = "", agency: str = "", faults: Sequence[Fault] = ()) -> DiscretionPage:
    definitions = page.console.knowledge.definitions()
    ours = [code for code, one in definitions.agencies.items() if one.get("regime", "CN") == "CN"]
    agencies = {code: findings.agency_text(definitions, code) for code in ours}
    told = [(one, FAULTS[one.code]) for one in faults]
    return DiscretionPage(case_discretion.tables(), agencies, case_rows.names(), title, agency, told)


def read(text: str, ranges: Ranges) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """Return the rows of a CSV table, or every fault of it; where there is a fault no row is to be used."""
    text = text.removeprefix("\ufeff")
    lines = csv.DictReader(io.StringIO(text), delimiter=parted_by(text))
    try:
        lacking = [one for one in COLUMNS if one not in (lines.fieldnames or ())]
        if lacking:
            return (), (Fault(1, "columns", ", ".join(lacking)),)
        told = [{name: _plain(name, str(line.get(name) or "").strip()) for name in COLUMNS} for line in lines]
    except csv.Error:
        return (), (Fault(lines.line_num + 1, "not_a_table"),)
    return judge(told, ranges)


def _plain(name: str, told: str) -> str:
    """Return a day or an amount as it is kept, however it is written; what is none stays as it is."""
    try:
        return str(_WRITTEN[name](told)) if told and name in _WRITTEN else told
    except CellError:
        return told
