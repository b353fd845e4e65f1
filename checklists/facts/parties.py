"""Who answers for a violation."""

from __future__ import annotations

from checklists.facts.companies import carrier_of
from checklists.facts.identifiers.keys import person_key
from checklists.facts.identifiers.likeness import DIFFERENT
from checklists.facts.people import compare_people, names_several
from checklists.facts.situation import Situation
from checklists.facts.transport import Person
from checklists.values import frozen


@frozen
class Party:
    """Who answers for a violation. `key` is the credit code or identity number, else the name, else empty."""

    role: str
    name: str = ""
    key: str = ""


_KIND = {
    **dict.fromkeys(("driver", "escort", "person"), "person"),
    **dict.fromkeys(("carrier", "company", "filler", "maker", "user", "unit"), "unit"),
}


def kind_of(party: Party) -> str:
    """Return whether the party is a `person` or a `unit` (a legal person or organisation); empty where that is open."""
    return _KIND.get(party.role, "")


def party_of(subject: str, situation: Situation, about: str = "") -> Party:
    """Return who answers: drivers and other persons themselves, consignor or loader of the waybill, else the carrier.

    `about` is what the result was about: with `escort` the person is the escort.
    """
    if subject in ("driver", "person"):
        return _person("escort" if subject == "person" and about.startswith("escort") else "driver", situation)
    bill = situation.waybill
    if subject in ("consignor", "loader", "filler"):
        name = (bill and (bill.consignor if subject == "consignor" else bill.loader)) or ""
        return Party(subject, name, name)
    if subject == "maker":
        return Party(subject)
    carrier = carrier_of(situation)
    return Party("carrier", carrier.name, carrier.uscc or carrier.name)


def roles_of(subject: str) -> tuple[str, ...]:
    """Return the roles that `party_of` may give to whoever answers."""
    if subject in ("driver", "person"):
        return ("driver", "escort", "person") if subject == "person" else ("driver",)
    return (subject,) if subject in ("consignor", "loader", "filler", "maker") else ("carrier",)


def _person(role: str, situation: Situation) -> Party:
    """Return the person in that role: as aboard, else as known, else as on the waybill.

    What is known of another than the one aboard is not his: his number is never taken for that of whom papers name.
    """
    bill = situation.waybill
    known: Person | None = getattr(situation, role) or (getattr(bill, role) if bill else None)
    aboard = next((one for one in situation.seen.aboard or () if one.role == role), None)
    if aboard and known and (names_several(known.name) or compare_people(aboard, known) == DIFFERENT):
        known = None
    name = (aboard and aboard.name) or (known and known.name) or ""
    number = next((one.id_number for one in (aboard, known) if one and person_key(one.id_number or "")), "")
    return Party(role, name, person_key(number or "") or name)
