"""From the definitions and tables of this office to the packages that tablets pull, and rows for its registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from checklists.authoring.loader import load_all
from checklists.definitions.publication import publish
from checklists.facts.registry import row_key
from checklists.goods.listing import load_tables, with_holidays
from checklists.wire import to_plain
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.importing import registry_rows
from server.office import Office
from server.store import (
    audit,
    case_law,
    imports,
    law_confirmations,
    packages,
    records,
    stop_orders,
    tasks,
)
from server.store.imports import Loaded
from server.store.models import Package
from server.store.paper_models import LawConfirmation


def publish_all(office: Office, by: str = "office") -> list[Package]:
    """Publish what has changed of the two packages, queue what waited for definitions, and return the packages.

    Raises checklists.authoring.loader.DefinitionError with every fault of the authors; then nothing is published.
    """
    definitions, reference = publish(load_all()), load_tables().to_plain()

    def job() -> list[Package]:
        before = packages.versions()
        made = [
            packages.publish(office.key, "definitions", _with_confirmations(definitions)),
            packages.publish(office.key, "reference", with_holidays(reference, case_law.holidays_added())),
        ]
        if told := audit.changed(before, packages.versions()):
            audit.note(who=by, action="packages.publish", subject="packages", detail=told)
        records.unpark("definitions_unknown")
        return made

    return office.store.write_now(job)


def confirm_law(office: Office, id_: int, text_digest: str, actor: Actor) -> LawConfirmation | Refusal:
    """Agree to a proposed row of law; from now on it is verified here, and on the tablets with their package."""
    return _republished(office, lambda: law_confirmations.confirm(id_, text_digest, actor))


def end_law(office: Office, id_: int, why: str, actor: Actor) -> LawConfirmation | Refusal:
    """End a confirmation; what was issued by it stands, from this moment on nothing is printed by it."""
    return _republished(office, lambda: law_confirmations.end(id_, why, actor))


def _republished(office: Office, act: Callable[[], LawConfirmation | Refusal]) -> LawConfirmation | Refusal:
    """Let something happen to the confirmations and publish the definitions with it, in one transaction."""

    def job() -> LawConfirmation | Refusal:
        done, last = act(), packages.latest("definitions")
        if not isinstance(done, Refusal) and last is not None:
            packages.publish(office.key, "definitions", _with_confirmations(packages.content(last)))
        return done

    return office.store.write_now(job)


def _with_confirmations(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return definitions with what is confirmed of the law now; without any they are as their authors wrote them."""
    given = to_plain(law_confirmations.in_force())
    bare = {name: value for name, value in definitions.items() if name != "confirmations"}
    return {**bare, "confirmations": given} if given else bare


class RegistryError(ValueError):
    """Registry rows that cannot be used; the message lists every fault."""


def load_registry(office: Office, rows: Iterable[Any], by: str = "office") -> Loaded:
    """Add or replace registry rows and return what became of them; each change is kept, old and new.

    Raises RegistryError with all faults; then nothing changes.
    """
    held, seen, faults = list(rows), dict[tuple[str, str], tuple[int, str]](), []
    for number, row in enumerate(held, 1):
        found = registry_rows.faults(row)
        if not found:
            key = row_key(row["kind"], row["key"])
            first, written = seen.setdefault((row["kind"], key), (number, row["key"]))
            found = [] if first == number else [_twice(row, first, written)]
        faults += [f"row {number}: {one}" for one in found]
    if faults:
        raise RegistryError("\n".join(faults))
    return office.store.write_now(lambda: _put([registry_rows.plain(row) for row in held], by))


def _twice(row: Mapping[str, Any], first: int, written: str) -> str:
    """Say which row has the same key, and how it is written there: the two are one number to whoever looks it up."""
    other = "" if written == row["key"] else f", written {written}"
    return f"{row['kind']} {row['key']} stands in row {first} already{other}"


def _put(rows: list[dict[str, Any]], by: str) -> Loaded:
    """Put the rows; tasks and orders go through tables of their own: an act closes the one and lifts the other."""
    given = [row for row in rows if row["kind"] == "tasks"]
    orders = [row for row in rows if row["kind"] == "orders"]
    done = imports.load((row for row in rows if row["kind"] not in ("tasks", "orders")), by)
    tasks.adopt(given)
    new = stop_orders.adopt(orders)
    if given or new:
        told = {"tasks": len(given), "orders": new}
        audit.note(who=by, action="registry.lists", subject="import:rows", detail=told)
    return replace(done, added=done.added + len(given) + len(orders))
