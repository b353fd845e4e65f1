"""The kept sums: which of them a check counts into, and by how much they move when it changes. Pure.

A sum stands under what it is by (`site`, `carrier` …), the key of it, the agencies of the check and a period: a day and
its month, so that a year is read from a few rows and a week from days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from checklists.findings.finding import Assessment
from server.figures.fact import AMOUNTS, FLAGS, Fact

BY = (
    *("all", "site", "carrier", "un", "pair", "late", "hour", "cell", "item", "violation"),
    *("campaign", "focus", "target"),
)
"""What sums are by. `all` has the key of nothing; `cell` is a site at an hour of a weekday, `hour` at one of any day;
`item` counts the checks in which an item was looked at, and as `found` those in which it failed; `violation` counts
the checks in which one was found. `campaign` counts the checks made under one, `focus` those of them in which what it
looks at was found, `target` those that met one of its targets, by `target_key`.
"""
SUMMED = ("checks", *FLAGS, *AMOUNTS)
"""The columns of a sum, in order."""
NOTHING = (0,) * len(SUMMED)

Sums = tuple[int, ...]


class Key(NamedTuple):
    """Where a sum stands."""

    by: str
    period: str
    key: str
    agencies: str


class Looked(NamedTuple):
    """The items that the office's computation found in order, and those that it found failing, in one check."""

    conform: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()


class Under(NamedTuple):
    """The campaigns under which a check was made, those whose focus was found in it, and the targets that it met."""

    campaign: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()


def target_key(campaign: str, target: str) -> str:
    """Return the key of a campaign's target, which is `Target.text`."""
    return f"{campaign} {target}"


_LOOKED = ("conforms", "does_not_conform")


def looked_of(assessed: Assessment) -> Looked:
    """Return which items were found in order, by an officer or a comparison, and which failing."""
    conform, failed = (frozenset(one.item.id for one in assessed.items if one.state == state) for state in _LOOKED)
    return Looked(conform - failed, failed)


class Counted(NamedTuple):
    """A check with the items looked at and the violations found in it, and its campaigns; None: it is not counted."""

    fact: Fact | None
    looked: Looked = Looked()
    violations: frozenset[str] = frozenset()
    under: Under = Under()


def periods_of(day: str) -> tuple[str, str]:
    """Return the periods that a day counts into: `D2026-11-29` and `M2026-11`."""
    return f"D{day}", f"M{day[:7]}"


def cell_key(site: str, cell: int) -> str:
    """Return the key of a site at an hour of a weekday: `161 G109 …` is Sunday, 17 to 18."""
    return f"{cell:03d} {site}"


def of_cell(key: str) -> tuple[int, str]:
    """Return the hour of the week and the site of a key."""
    return int(key[:3]), key[4:]


def sums_of(counted: Counted) -> dict[tuple[str, str], Sums]:
    """Return what a check adds by (what, key)."""
    fact, looked, violations, under = counted
    if fact is None:
        return {}
    whole = (1, *(int(getattr(fact, name)) for name in SUMMED[1:]))
    named = (
        ("all", ""),
        ("site", fact.site),
        ("carrier", fact.carrier),
        ("un", fact.un),
        ("pair", fact.pair),
        ("late", fact.late),
        ("hour", cell_key(fact.site, fact.cell % 24)),
        ("cell", cell_key(fact.site, fact.cell)),
        *(("violation", one) for one in violations),
    )
    items = {("item", one): _item(failed=one in looked.failed) for one in looked.conform | looked.failed}
    campaigns = [(by, key) for by, keys in under._asdict().items() for key in keys]
    return {**dict.fromkeys((*named, *campaigns), whole), **items}


def _item(*, failed: bool) -> Sums:
    return tuple(int(name == "checks" or (failed and name == "found")) for name in SUMMED)


def placed(counted: Counted) -> dict[Key, Sums]:
    """Return what a check adds, with where."""
    fact = counted.fact
    if fact is None:
        return {}
    told = sums_of(counted)
    return {
        Key(by, period, key, fact.agencies): sums for (by, key), sums in told.items() for period in periods_of(fact.day)
    }


def moved(before: Counted, after: Counted) -> dict[Key, Sums]:
    """Return by how much each sum moves when a check becomes another; what does not move is left out."""
    old, new = placed(before), placed(after)
    if not old:
        return new
    found = {key: minus(new.get(key, NOTHING), old.get(key, NOTHING)) for key in {**old, **new}}
    return {key: sums for key, sums in found.items() if sums != NOTHING}


def minus(one: Sums, other: Sums) -> Sums:
    """Return a sum less another."""
    return tuple(here - there for here, there in zip(one, other, strict=True))


def added(all_: Iterable[Sums]) -> Sums:
    """Return many sums as one."""
    return tuple(map(sum, zip(*all_, strict=True))) or NOTHING


def count_of(one: Sums, kind: str) -> int:
    """Return the count of a kind of list: `clean` are those without findings, empty is all."""
    if kind == "clean":
        return one[0] - one[SUMMED.index("found")]
    return one[SUMMED.index(kind or "checks")]


def needed(*kinds: str) -> tuple[str, ...]:
    """Return the columns from which these kinds are counted, in order; the checks are always among them."""
    held = {"checks", *kinds} | ({"found"} if "clean" in kinds else set())
    return tuple(name for name in SUMMED if name in held)


def recount(many: Collection[Counted]) -> Mapping[Key, Sums]:
    """Return every sum of some checks, counted anew: what the kept ones must equal."""
    held: dict[Key, list[int]] = defaultdict(lambda: [0] * len(SUMMED))
    for one in many:
        for key, sums in placed(one).items():
            row = held[key]
            for place, value in enumerate(sums):
                row[place] += value
    return {key: tuple(row) for key, row in held.items()}
