"""Lists that somebody looks at again and again, kept under a name of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from checklists.wire import canonical
from server import clock
from server.store.case_lists import Wanted
from server.store.office_models import SavedFilter

MOST_FILTERS = 50


def save_filter(login: str, name: str, wanted: Wanted) -> None:
    """Keep a list under a name, in the place of the one that had it. Raises ValueError for no name, or too many."""
    name = name.strip()
    if not name or len(name) > 60:
        raise ValueError("a list has a name of 1 to 60 characters")
    taken = [one for one, _wanted in filters(login)]
    if name not in taken and len(taken) >= MOST_FILTERS:
        raise ValueError(f"{MOST_FILTERS} lists are kept; remove one first")
    told = {"query": canonical(asdict(wanted)).decode(), "at": clock.now()}
    SavedFilter.insert(login=login, name=name, **told).on_conflict(
        conflict_target=[SavedFilter.login, SavedFilter.name], update=told
    ).execute()


def filters(login: str) -> list[tuple[str, Wanted]]:
    """Return the lists that somebody kept, by name; a field that this version does not know is left out."""
    rows = SavedFilter.select().where(SavedFilter.login == login).order_by(SavedFilter.name)
    return [(str(one.name), wanted_of(json.loads(str(one.query)))) for one in rows]


def drop_filter(login: str, name: str) -> None:
    """Remove a list that somebody kept."""
    SavedFilter.delete().where(SavedFilter.login == login, SavedFilter.name == name).execute()


def wanted_of(query: Mapping[str, Any]) -> Wanted:
    """Return what a list is narrowed to from a form or a kept list; what does not fit is left out."""
    known: dict[str, type] = {one.name: bool if one.default is False else str for one in fields(Wanted)}
    told: dict[str, Any] = {
        name: value for name, value in query.items() if name in known and isinstance(value, known[name])
    }
    return Wanted(**told)
