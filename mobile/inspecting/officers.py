"""The officers as the office named them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mobile.inspecting.inspection import Officer
from mobile.refusals import Refusal


def officer_of(row: Mapping[str, Any]) -> Officer:
    """Return an officer as the office named him."""
    return Officer(row["id"], row["name"], str(row.get("card", "")), str(row.get("agency", "")))


def named(rows: Iterable[Mapping[str, Any]], officer: str) -> Officer:
    """Return the officer with this id. Raises Refusal `officer_unknown` where the office did not name him."""
    found = next((one for one in rows if one["id"] == officer), None)
    if found is None:
        raise Refusal("officer_unknown", officer)
    return officer_of(found)


def leaders(rows: Iterable[Mapping[str, Any]]) -> tuple[Officer, ...]:
    """Return those whom the office named as leaders: rows with `leader`."""
    return tuple(officer_of(one) for one in rows if one.get("leader"))
