"""The line of waiting vehicles as this tablet keeps it, each step encrypted on its own, until the shift closes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from checklists.inspection.line import Step
from checklists.wire import from_plain, to_plain, uuid7
from mobile.store.base import Store, keep_setting, many, run, setting, transaction
from mobile.store.models import Setting

PAIRED = "post_pairing"
"""The setting that names the pairing of this post, as long as it lasts."""
_START = "line:"
_NUMBER = "line_number"


def steps(store: Store) -> tuple[Step, ...]:
    """Return every step, ours and those of other tablets, in no order."""
    rows = many(store, Setting.select().where(Setting.name.startswith(_START)))
    return tuple(from_plain(Step, json.loads(store.vault.reveal(one.value, "setting", one.name))) for one in rows)


def add(
    store: Store, device: str, officer: tuple[str, str], at: str, vehicle: str, *kinds: tuple[str, Mapping[str, Any]]
) -> None:
    """Add steps (kind, value) of this tablet on one vehicle, durable together; `officer` is id and name."""
    with transaction(store):
        number = max((one.number for one in steps(store)), default=0)
        # A number is never given again, also after the line was forgotten: others would take it for known.
        number = max(number, int(setting(store, _NUMBER, 0)))
        for more, (kind, value) in enumerate(kinds, start=1):
            _keep(store, Step(uuid7(), vehicle, device, number + more, *officer, at, kind, value))
        keep_setting(store, _NUMBER, number + len(kinds))


def take_in(store: Store, others: Iterable[Step]) -> int:
    """Keep steps of other tablets; return how many were new here. What stands is never written over."""
    with transaction(store):
        known = {one.id for one in steps(store)}
        new = [one for one in others if one.id not in known]
        for one in new:
            _keep(store, one)
    return len(new)


def paired(store: Store) -> str:
    """Return the id of this post's pairing, empty where no tablet is paired."""
    return str(setting(store, PAIRED, ""))


def clear(store: Store) -> None:
    """Forget the line: its shift is closed, and what counts of it is sealed."""
    run(store, Setting.delete().where(Setting.name.startswith(_START)))


def _keep(store: Store, step: Step) -> None:
    keep_setting(store, f"{_START}{step.id}", to_plain(step))
