"""What the pages of figures show: every count with the list that it counts. Reads the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from checklists.definitions.definition import Definitions
from server.accounts import Scope
from server.console import findings
from server.console.findings import Text
from server.exporting.figure_lists import PAIR_TABLE, asked_alone, counted, heat_rows, means, officer_names
from server.figures import words
from server.figures.asking import Asked
from server.figures.heat import Row
from server.figures.rates import Share, per, share
from server.figures.sums import NOTHING, SUMMED, Sums, count_of, needed
from server.store import figure_lists, figure_places, figure_reads
from server.store.figure_lists import Line
from server.store.figure_reads import narrowed_to

ADDRESS = "/console/figures"
LIST = f"{ADDRESS}/checks"
MOST_ROWS = 60
"""Rows of a table on a page; the file has all."""
PAGE = 50
LEAST_PAIR = 20
"""Of fewer checks the signs of care of officers are not shown: they would say nothing of anybody. Ours."""


@dataclass(frozen=True)
class Figure:
    """A count and the list that has as many rows; `share` is what part it is of what stands beside it, if of any."""

    name: str
    count: int
    address: str
    share: Share | None = None


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its key, its text and its figures; `rate` is violations a check."""

    key: str
    text: Text | str
    figures: Sequence[Figure]
    rate: float | None = None


@dataclass(frozen=True)
class Table:
    """A table of figures; `more` is how many rows the page leaves to the file. `all` is the row above."""

    by: str
    names: Sequence[str]
    all: TableRow
    rows: Sequence[TableRow]
    more: int = 0


@dataclass(frozen=True)
class Signs:
    """The signs of care of some officers: their names, figures, means with how many they are of; None: too few."""

    key: str
    names: Sequence[str]
    checks: Figure
    figures: Sequence[Figure] | None
    minutes: float | None = None
    pace: float | None = None


@dataclass(frozen=True)
class Listed:
    """A list of checks: some of its rows, how many it has in all (None: not counted), the next page.

    Where it is not `ended`, checks before these were not looked at at all.
    """

    lines: Sequence[Line]
    total: int | None
    next: str
    ended: bool
    titles: Mapping[str, Text]


def list_address(asked: Asked) -> str:
    """Return the address of the list behind a count."""
    return f"{LIST}?{urlencode(asked.whole().query)}"


def _of_kind(address: str, kind: str) -> str:
    return f"{address}&kind={kind}" if kind not in ("", "checks") else address


def figure(address: str, one: Sums, name: str, of: int | None = None) -> Figure:
    """Return a count of some sums with its list, of which `address` is that of all; `of` is what it is a part of."""
    count = count_of(one, "" if name == "checks" else name)
    return Figure(name, count, _of_kind(address, name), share(count, of) if of is not None else None)


def table(scope: Scope, asked: Asked, by: str, text: Callable[[str], Text | str]) -> Table:
    """Return a table by something, those of the most checks where a page cannot hold all. Raises TooMany.

    Items are as many as checklists have: what fails most is never left out for being looked at seldom.
    """
    names = counted(by, asked)
    columns = needed(*names, "violations")
    held = figure_reads.breakdown(scope, asked, by, columns)
    shown = held
    if len(held) > MOST_ROWS and by != "item":
        most = sorted(held, key=lambda key: (-held[key][0], key))[:MOST_ROWS]
        shown = {key: held[key] for key in sorted(most)}
    alone = asked_alone() if by == "item" else frozenset()
    all_ = whole(scope, asked, columns)
    of = all_[0] if by == "violation" else None
    rows = [
        _row(narrowed_to(asked, by, key), key, text(key), one, names, parts=key not in alone, of=of)
        for key, one in shown.items()
    ]
    return Table(by, names, _row(asked, "", "", all_, names), rows, len(held) - len(shown))


def whole(scope: Scope, asked: Asked, columns: Sequence[str] = SUMMED) -> Sums:
    """Return the sums of all checks that are asked for; columns not named are 0. Raises TooMany."""
    return figure_reads.sums(scope, asked, "all", columns).get("", NOTHING)


def _row(
    asked: Asked,
    key: str,
    text: Text | str,
    one: Sums,
    names: Sequence[str],
    *,
    parts: bool = True,
    of: int | None = None,
) -> TableRow:
    """Return a row; without `parts` its counts are no part of anything that is known. Its checks are a part of `of`."""
    address = list_address(asked)
    parts_of = {name: one[0] if parts else None for name in names} | {"checks": of, "violations": None}
    figures = [figure(address, one, name, parts_of[name]) for name in names]
    return TableRow(key, text, figures, per(count_of(one, "violations"), one[0]))


def funnel(scope: Scope, asked: Asked) -> list[Figure]:
    """Return the steps from checks to what was put right, each as a part of the checks. Raises TooMany.

    Of one item there are the first two alone: what became of a check may rest on other findings.
    """
    names = words.FUNNEL if asked.item is None else words.ITEM_TABLE
    one = whole(scope, asked, needed(*names))
    return [figure(list_address(asked), one, name, one[0]) for name in names]


def lates(scope: Scope, asked: Asked) -> list[Figure]:
    """Return how soon the records were at the office, in the order of time. Raises TooMany."""
    held = figure_reads.breakdown(scope, asked, "late", needed())
    checks = sum(one[0] for one in held.values())
    return [
        Figure(code, count, list_address(replace(asked, late=code)), share(count, checks))
        for code in words.LATES
        for count in (held.get(code, NOTHING)[0],)
    ]


def pairs(scope: Scope, asked: Asked) -> list[Signs]:
    """Return the signs of care by the officers of a check, in the order of their numbers. Raises TooMany."""
    held = figure_reads.breakdown(scope, asked, "pair")
    known = officer_names(held)
    return [_signs(replace(asked, pair=key), key, one, known) for key, one in held.items()]


def _signs(asked: Asked, key: str, one: Sums, known: Mapping[str, str]) -> Signs:
    names = [f"{code} {known.get(code, '')}".strip() for code in key.split("+") if code]
    address = list_address(asked)
    checks = figure(address, one, "checks")
    if one[0] < LEAST_PAIR:
        return Signs(key, names, checks, None)
    of = {"pictured": count_of(one, "controlled")}
    figures = [figure(address, one, name, of.get(name, one[0])) for name in PAIR_TABLE[1:]]
    return Signs(key, names, checks, figures, *means(one))


def heat_map(scope: Scope, asked: Asked, by_site: bool, unknown: str) -> list[tuple[Row, list[str]]]:
    """Return the rows of the map, each with the lists behind its hours."""
    sites = set(figure_places.sites(scope))

    def address(row: Row, hour: int) -> str:
        named = "" if row.name == unknown and row.name not in sites else row.name
        here = replace(asked, site=named) if by_site else replace(asked, road=named)
        return list_address(replace(here, hour=hour))

    rows = heat_rows(scope, asked, by_site, unknown)
    return [(row, [address(row, cell.hour) if cell.checks else "" for cell in row.cells]) for row in rows]


def listed(scope: Scope, asked: Asked, after: str, definitions: Definitions) -> Listed:
    """Return a page of a list of checks, or of violations."""
    found = figure_lists.page(scope, asked, after, PAGE)
    titles = findings.violation_titles(definitions, {one.violation for one in found.lines if one.violation})
    return Listed(found.lines, figure_reads.total(scope, asked), found.next, found.ended, titles)
