"""From what stores tell of earlier checks to what an inspection keeps of them: few enough, each once, and no stranger.

A row is that of the feed (`HistoryOfCheck`), whoever made it: the office, or `records.check_history` from a part that
this tablet sealed. A row that cannot be read is left out: it is of a later version, and nothing here depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from checklists.facts.earlier import UNITS, Earlier, holds
from checklists.wire import WireError, from_plain, to_plain
from checklists.zone import in_law_zone

MOST_OF_UNIT, MOST_OF_OTHERS = 20, 10
"""So many checks of a vehicle, trailer or tank are kept, and of a person or carrier."""

YEAR = timedelta(days=366)
"""What is longer ago is of no use to anybody (R21 looks back twelve months)."""

Asked = Mapping[str, Iterable[str]]
"""The folded numbers of what stands here, by role; the same signs on any plate that it may have."""

_PLAIN = (
    "inspection", "at", "plate", "colour", "site", "label", "outcome", "severity", "outcome_before", "outcome_at",
    "checklist",
)  # fmt: skip


def checks_of(rows: Iterable[Mapping[str, Any]], asked: Asked, own: str, until: datetime | None) -> list[Earlier]:
    """Return the checks that rows tell of, each once, the newest first, as they stood at `until`.

    `own` is the inspection for which is asked; it is no earlier one. Without `until` everything told has happened:
    a tablet whose clock is slow must not wait for what it has heard already.
    """
    found: dict[str, Earlier] = {}
    each = {id(row): row for row in rows}  # a store gives the same row under each number that was aboard
    for row in each.values():
        check = _read(row, asked)
        if check is not None and check.inspection != own and check.about:
            known = found.get(check.inspection)
            found[check.inspection] = check if known is None or _newer(check, known) else known
    then = (_as_of(one, until) for one in found.values()) if until else iter(found.values())
    return sorted((one for one in then if one), key=_order, reverse=True)


def kept(checks: list[Earlier], asked: Asked, at: datetime) -> list[Earlier]:
    """Return what an inspection keeps: the newest of each number, and whatever holds a unit, however much came after.

    A hold is never kept without what lifted it, so that what is kept says the same as the whole.
    """
    numbers = units(asked)
    standing = holds(checks, numbers, at)
    some = {one.inspection for one in standing}
    for role, keys in asked.items():
        most = MOST_OF_UNIT if role in UNITS else MOST_OF_OTHERS
        some |= {one.inspection for one in [one for one in checks if _about(one, keys)][:most]}
    chosen = [one for one in checks if one.inspection in some]
    bare = {one.inspection for one in holds(chosen, numbers, at)} - {one.inspection for one in standing}
    return [one for one in chosen if one.inspection not in bare]


def units(asked: Asked) -> list[str]:
    """Return the numbers of what goes on wheels."""
    return [key for role in UNITS for key in asked.get(role) or ()]


def violations(checks: Iterable[Earlier], at: datetime, before: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return as rows of `site.Past` what earlier checks found, without what `before` has of the same day and number.

    What was found on the carrier's other vehicles is told once for each violation, the latest.
    """
    told = [(one.get("violation"), str(one.get("on") or ""), set(one.get("keys") or ())) for one in before]
    of_carrier: set[str] = set()
    found = []
    for check in (one for one in checks if at - one.at <= YEAR):
        day, keys = in_law_zone(check.at).date().isoformat(), _keys(check)
        alone = set(check.about) == {"carrier"}
        for code in check.counted:
            doubled = any(code == code_ and day == day_ and keys & keys_ for code_, day_, keys_ in told)
            if not doubled and not (alone and code in of_carrier):
                of_carrier |= {code} if alone else set()
                told.append((code, day, keys))
                found.append({"violation": code, "on": day, "keys": sorted(keys)})
    return found


def plain(checks: Iterable[Earlier]) -> list[dict[str, Any]]:
    """Return checks as plain values."""
    return [dict(to_plain(one)) for one in checks]


def _read(row: Mapping[str, Any], asked: Asked) -> Earlier | None:
    """Return a row as a check with those of its numbers that were asked for; None where it cannot be read."""
    try:
        told = {name: row[name] for name in _PLAIN if row.get(name)}
        told |= {name: list(row.get(name) or ()) for name in ("agencies", "violations", "dismissed")}
        if row.get("unverified") is not None:
            told["unverified"] = list(row["unverified"])
        check = from_plain(Earlier, {**told, "about": _shared(row.get("about") or {}, asked)})
    except (WireError, ValueError, TypeError, AttributeError):
        return None
    return check if check.at.tzinfo and check.decided_at.tzinfo else None


def _shared(about: Mapping[str, str], asked: Asked) -> dict[str, str]:
    """Return the numbers that both have: among wheels in whatever place, people as whatever they were aboard.

    To the letter: what is asked for names every colour that the plate may have; a store may have found it by its signs.
    """
    wheels = units(asked)
    people = {key for role in ("driver", "escort") for key in asked.get(role) or ()}
    carrier = set(asked.get("carrier") or ())
    return {
        role: number
        for role, number in about.items()
        if (role in UNITS and number in wheels)
        or (role in ("driver", "escort") and number in people)
        or (role == "carrier" and number in carrier)
    }


def _about(check: Earlier, keys: Iterable[str]) -> bool:
    return not set(check.about.values()).isdisjoint(keys)


def _keys(check: Earlier) -> set[str]:
    return {number.partition("|")[0] for number in check.about.values()}


def _newer(one: Earlier, known: Earlier) -> bool:
    """Of two tellings of one check that counts which was amended later; else the first."""
    return one.decided_at > known.decided_at


def _as_of(check: Earlier, until: datetime) -> Earlier | None:
    """Return a check as it stood then; None where it had not been made."""
    if check.at > until:
        return None
    if check.outcome_at is not None and check.outcome_at > until:
        return replace(check, outcome=check.outcome_before, outcome_before="", outcome_at=None)
    return check


def _order(check: Earlier) -> tuple[datetime, str]:
    return check.decided_at, check.inspection


def rows_of(answers: Iterable[Mapping[str, Any] | None]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a store's answers."""
    for held in answers:
        yield from (held or {}).get("data", {}).get("rows") or ()
