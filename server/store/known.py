"""Whom and what a 360° page is about: a carrier, vehicle, person or tank, by the numbers under which it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checklists.facts.identifiers.keys import number_key
from checklists.facts.registry import row_key, vehicle_keys
from server.store import registry, tier_queue
from server.store.feed_models import CheckNumber
from server.store.models import Case
from server.store.office_models import RegistryRow, StopOrder
from server.store.tier_models import CarrierTier, PersonSign

KINDS = ("carrier", "vehicle", "person", "tank")
ASKED = ("vehicle", "person")
"""Of these a purpose is asked: who looks one up looks at somebody."""

_ROLES = {
    "carrier": ("carrier",),
    "vehicle": ("vehicle", "trailer"),
    "person": ("driver", "escort"),
    "tank": ("tank",),
}
OF_ROLE = {role: kind for kind, roles in _ROLES.items() for role in roles}
"""The kind of page for a role in which a number was aboard."""


@dataclass(frozen=True)
class Subject:
    """What a page is about. `key` is the folded number, `sign` what stands in the address in its place.

    `numbers` are the keys under which its checks are found, `parties` those of cases against it.
    """

    kind: str
    key: str
    sign: str
    numbers: tuple[str, ...]
    roles: tuple[str, ...]
    parties: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What the audit log and a stated purpose call it: of a person the sign."""
        return f"{self.kind}:{self.sign}"

    @property
    def order_key(self) -> str:
        """The number that stop orders name it by."""
        return self.key.partition("|")[0]


def subject(kind: str, sign: str) -> Subject | None:
    """Return what an address is about, or None where nothing is known under it."""
    key = _key(kind, sign)
    made = _subject(kind, key, sign) if key else None
    return made if made is not None and _is_known(made) else None


def by_number(kind: str, text: str) -> Subject | None:
    """Return what a number that somebody wrote names, or None; of a person nobody has looked up this gives no sign."""
    key = row_key(kind, text.strip()) if kind in KINDS else ""
    if not key:
        return None
    made = _subject(kind, key, sign_of(key) if kind == "person" else key)
    return made if _is_known(made) else None


def named(kind: str, text: str) -> Subject | None:
    """As `by_number`, in a writing job: a person who is known gets a sign."""
    found = by_number(kind, text)
    if found is not None and kind == "person" and not found.sign:
        tier_queue.sign_people([found.key])
        return by_number(kind, text)
    return found


def sign_of(person: str) -> str:
    """Return the sign of a person's page by his folded number; empty where there is none yet."""
    held = PersonSign.get_or_none(PersonSign.key == person)
    return str(held.sign) if held is not None else ""


def signs_of(people: list[str]) -> dict[str, str]:
    """Return the signs of several people by their folded numbers."""
    return {str(one.key): str(one.sign) for one in PersonSign.select().where(PersonSign.key.in_(people))}


def _key(kind: str, sign: str) -> str:
    if kind not in KINDS:
        return ""
    if kind == "person":
        held = PersonSign.get_or_none(PersonSign.sign == sign)
        return str(held.key) if held is not None else ""
    return sign if row_key(kind, sign) == sign else ""


def _subject(kind: str, key: str, sign: str) -> Subject:
    numbers: tuple[str, ...] = (key,)
    if kind == "vehicle":
        plate, _bar, colour = key.partition("|")
        numbers = vehicle_keys(plate, colour)
    roles = _ROLES[kind]
    parties = tuple(f"{role}:{key}" for role in roles) if kind in ("carrier", "person") else ()
    return Subject(kind, key, sign, numbers, roles, parties)


def _is_known(one: Subject) -> bool:
    queries: list[Any] = [
        CheckNumber.select(CheckNumber.id).where(CheckNumber.number.in_(one.numbers), CheckNumber.role.in_(one.roles)),
        RegistryRow.select(RegistryRow.id).where(RegistryRow.kind == one.kind, RegistryRow.key.in_(one.numbers)),
        StopOrder.select(StopOrder.id).where(StopOrder.key == number_key(one.order_key)),
    ]
    if one.parties:
        queries.append(Case.select(Case.id).where(Case.party_key.in_(one.parties)))
    if one.kind == "carrier":
        queries.append(CarrierTier.select(CarrierTier.key).where(CarrierTier.key == one.key))
    return any(query.exists() for query in queries)


def registered(one: Subject) -> dict[str, Any] | None:
    """Return the registry's row `{"data", "as_of"}` of it, or None; of several colours of a plate none is taken."""
    found = {key: row for key in one.numbers if (row := registry.lookup(one.kind, key)) is not None}
    return next(iter(found.values())) if len(found) == 1 else found.get(one.key)
