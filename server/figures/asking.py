"""What somebody asks of the figures: the span of days, and what they are narrowed to, as it stands in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from server.figures.fact import LATES
from server.figures.periods import LONGEST_DAYS, months_back
from server.rights import has

UNKNOWN = "-"
"""The key of what is not known, in an address: a check without a carrier, a site, a UN number."""
NAMED = (
    *("site", "road", "carrier", "un", "pair", "item", "violation", "late"),
    *("campaign", "focus", "target", "around"),
)
"""What figures are narrowed to by a key."""
KINDS = (
    *("found", "clean", "serious", "ordered", "cased", "decided", "corrected"),
    *("controlled", "pictured", "overridden", "timed", "paced"),
)
"""Which of the checks a list shows; empty is all."""
VIOLATIONS = "violations"
"""The kind of a list that has a row for each violation instead of each check."""
UNDER = ("campaign", "focus", "target")
"""By which campaign checks were made: all of them, those that found what it looks at, or those that met a target."""
MONTHS = 3
"""A page that names no span looks so many months back, from the first of a month."""


@dataclass(frozen=True)
class Asked:
    """A span of days, both ends included, and what it is narrowed to; None and empty is everything.

    `hour` is of the day (-1: all), the first of so many `hours`; `weekdays` are figures, Monday 0 (empty: all). `kind`
    narrows a list. `campaign`, `focus` and `target` are keys of such sums. `around` is `in` or `out` and a campaign:
    whoever made a check, at the sites and roads of that campaign or at any other.
    """

    since: date
    until: date
    agency: str = ""
    site: str | None = None
    road: str | None = None
    carrier: str | None = None
    un: str | None = None
    pair: str | None = None
    item: str | None = None
    violation: str | None = None
    late: str | None = None
    campaign: str | None = None
    focus: str | None = None
    target: str | None = None
    around: str | None = None
    hour: int = -1
    hours: int = 1
    weekdays: str = ""
    kind: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address."""
        told = {"since": self.since.isoformat(), "until": self.until.isoformat(), "agency": self.agency}
        told |= {name: UNKNOWN if held == "" else held or "" for name in NAMED for held in (getattr(self, name),)}
        if self.hour >= 0:
            told |= {"hour": str(self.hour), "hours": str(self.hours) if self.hours > 1 else ""}
        told |= {"weekdays": self.weekdays, "kind": self.kind}
        return {name: one for name, one in told.items() if one}

    @property
    def by_hour(self) -> bool:
        """Whether it is narrowed to an hour or to weekdays."""
        return self.hour >= 0 or bool(self.weekdays)

    @property
    def cells(self) -> list[int]:
        """The hours of the week that are asked for."""
        hours = range(24) if self.hour < 0 else range(self.hour, min(24, self.hour + self.hours))
        return [int(day) * 24 + hour for day in self.weekdays or "0123456" for hour in hours]

    @property
    def narrowed(self) -> frozenset[str]:
        """By what it is narrowed besides days, agency and place."""
        by = ("carrier", "un", "pair", "item", "violation", "late", *UNDER)
        names = {name for name in by if getattr(self, name) is not None}
        return frozenset(names | ({"cell"} if self.by_hour else set()))

    def whole(self) -> Asked:
        """Return the question without the kind of list."""
        return replace(self, kind="")


def asked_of(query: Mapping[str, str], today: date, months: int = MONTHS) -> Asked:
    """Return the question of an address; what is not understood is left out, a span is cut where it is too long.

    An address that names no span means so many months back.
    """
    since = _day(query.get("since")) or months_back(today, months)
    until = _day(query.get("until")) or today
    until = min(until, since + timedelta(days=LONGEST_DAYS))
    named = {name: _key(query.get(name)) for name in NAMED}
    named["late"] = named["late"] if named["late"] in LATES else None
    kind = query.get("kind", "")
    return Asked(
        since,
        until,
        agency=query.get("agency", "").strip()[:8],
        hour=_hour(query.get("hour", ""), -1),
        hours=max(1, _hour(query.get("hours", ""), 1)),
        weekdays="".join(sorted({one for one in query.get("weekdays", "") if one in "0123456"})),
        kind=kind if kind in (*KINDS, VIOLATIONS) else "",
        **named,
    )


def as_seen(asked: Asked, role: str) -> Asked:
    """Return a question as a role may ask it: by the officers of a check only who may see the signs of care."""
    return asked if has(role, "figures_pairs") else replace(asked, pair=None)


def _key(text: str | None) -> str | None:
    held = (text or "").strip()[:200]
    return "" if held == UNKNOWN else held or None


def _hour(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 and int(text) < 24 else otherwise


def _day(text: str | None) -> date | None:
    try:
        held = date.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return held if 2000 <= held.year <= 2100 else None
