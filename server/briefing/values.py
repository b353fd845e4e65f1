"""What stands in a briefing, before it is put into words. Plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.figures.asking import Asked
from server.figures.sums import Sums

MOST_ROWS = 10
"""Rows of a table; the file in Excel has all. Ours."""


@dataclass(frozen=True)
class Row:
    """A row of a breakdown: what it is of, in words, and its sums; `alone` where its counts are a part of nothing."""

    text: str
    one: Sums
    alone: bool = False


@dataclass(frozen=True)
class Part:
    """A breakdown by something (`words.BREAKDOWNS`): its first rows, and how many more there are."""

    by: str
    rows: Sequence[Row]
    more: int = 0


@dataclass(frozen=True)
class Broken:
    """A violation: in how many checks it was found, and the duty that it breaks, in words fit to be printed."""

    code: str
    title: str
    checks: int
    law: str


@dataclass(frozen=True)
class Unseen:
    """A road, how many checks were made on it, and at how many of the hours of a day nobody looked.

    Not `named` are the sites of which nobody knows on which road they lie.
    """

    road: str
    checks: int
    hours: int
    named: bool = True


@dataclass(frozen=True)
class Month:
    """A month of the span (`2026-08`), beside the same of the year before where that is known."""

    name: str
    now: Sums
    before: Sums | None


@dataclass(frozen=True)
class Briefing:
    """All of it. `before` is None where the year before is not wholly known; `kept_from` is the first day of a check.

    `narrowed` are what it is narrowed to, name and value in words. `roads` are those on which anything is known,
    `unvisited` the known sites at which nobody checked. `waiting` records of the span are not counted yet.
    """

    office: str
    made_at: str
    asked: Asked
    narrowed: Sequence[tuple[str, str]]
    now: Sums
    before: Sums | None
    kept_from: str
    months: Sequence[Month]
    lates: Sequence[tuple[str, int]]
    broken: Sequence[Broken]
    broken_more: int
    parts: Sequence[Part]
    roads: Sequence[Unseen]
    sites: int
    unvisited: Sequence[str]
    waiting: int
