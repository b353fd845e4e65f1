"""A check as the next post is told of it: by the office from a record, by a tablet from what it sealed itself. Pure.

The shape is `HistoryOfCheck` of the feed; both sides make it from the same functions, so that a check which is told by
both is one (`facts.history` keeps each inspection once).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from checklists.facts.companies import carrier_of
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.registry import row_key
from checklists.facts.situation import Situation
from checklists.facts.transport import Person, Waybill
from checklists.findings.outcome import OUTCOMES
from checklists.inspection.entries import NOT_VERIFIED, Entry, answers, merge, situation_of, standing
from checklists.wire import from_plain

Part = Mapping[str, Any]

LONGEST_KEY = 100


class Decided(NamedTuple):
    """What stands of a check: its outcome, what it was sealed with where that was amended, and when."""

    outcome: str
    before: str = ""
    at: str = ""


def decided(part: Part, others: Iterable[Part] = (), counted: frozenset[str] | None = None) -> Decided:
    """Return what stands: the outcome that was sealed, or the last decision that an amendment of it brought.

    An amendment counts where its tablet is of an agency whose tablet took part: what one ordered no other lifts.
    `counted` are the ids of the entries that are proven, None where all are the tablet's own.
    """
    outcome = part.get("outcome") or {}
    first = str(outcome.get("decided") or outcome.get("proposed") or "")
    held = list(others)
    own = {_agency(part), *(_agency(one) for one in held if one.get("kind") == "contribution")} - {""}
    amendments = [one for one in held if one.get("kind") == "amendment" and _agency(one) in own]
    added = [one for one in merge(*map(entries_of, amendments)) if counted is None or one.id in counted]
    rivals = standing(added, "outcome").get("decision", ())
    given = str(rivals[-1].value.get("decided") or "") if rivals else ""
    return Decided(given, first, rivals[-1].at) if given in OUTCOMES and given != first else Decided(first)


def agencies_of(part: Part) -> frozenset[str]:
    """Return whose tablet sealed a part and whose officers wrote in it."""
    return frozenset({_agency(part), *(one.agency for one in entries_of(part))} - {""})


def entries_of(part: Part) -> tuple[Entry, ...]:
    """Return the entries of a part; keys that this version does not know are left aside."""
    known = set(Entry.__dataclass_fields__)
    given = ({key: value for key, value in one.items() if key in known} for one in part.get("entries") or ())
    return tuple(from_plain(Entry, one) for one in given)


def about(now: Situation) -> dict[str, str]:
    """Return the numbers of what was checked, by role, as registries are asked for them; an unknown one is left out."""
    bill = now.waybill or Waybill()
    found = {
        "vehicle": ("vehicle", now.vehicle.plate and "|".join(filter(None, (now.vehicle.plate, now.vehicle.colour)))),
        "trailer": ("vehicle", (now.trailer.plate if now.trailer else None) or bill.trailer_plate),
        "tank": ("tank", (now.tank.number if now.tank else None) or bill.tank),
        "carrier": ("carrier", carrier_of(now).uscc),
        "driver": ("person", (now.driver or bill.driver or Person()).id_number),
        "escort": ("person", (now.escort or bill.escort or Person()).id_number),
    }
    keys = {role: row_key(kind, str(key).replace("\0", "")) for role, (kind, key) in found.items() if key}
    return {role: key[:LONGEST_KEY] for role, key in keys.items() if key}


def listed(now: Situation) -> dict[str, str | None]:
    """Return what a line says of the vehicle, its carrier and its load."""
    lines = (now.waybill.lines if now.waybill else None) or ()
    return {
        "plate": read_plate(now.vehicle.plate).signs if now.vehicle.plate else None,
        "colour": now.vehicle.colour,
        "carrier": carrier_of(now).name or None,
        "un": next((line.un for line in lines if line.un), None),
    }


def check_of(part: Part, digest: str, others: Iterable[Part] = ()) -> dict[str, Any]:
    """Return what a tablet knows of a check that it sealed, before the office tells of it with its fuller data.

    `others` are further parts of that inspection, such as its amendments. Raises WireError where the entries are no
    facts, which a tablet does not seal.
    """
    at = str(part.get("opened_at") or part["sealed_at"])
    others = list(others)
    now = situation_of(entries_of(part), at)
    findings = [one for one in part.get("findings") or () if isinstance(one, Mapping)]
    stands = decided(part, others)
    severities = [str(one["severity"]) for one in findings if one.get("severity")]
    return {
        **{name: value or "" for name, value in listed(now).items()},
        "inspection": str(part["inspection"]),
        "digest": digest,
        "at": at,
        "about": about(now),
        "outcome": stands.outcome,
        "outcome_before": stands.before,
        "outcome_at": stands.at,
        "severity": min(severities, default=""),
        "site": str(part.get("site") or ""),
        "agencies": sorted(agencies_of(part)),
        "label": str((part.get("certificate") or {}).get("prefix") or ""),
        "violations": sorted({str(one["violation"]) for one in findings if one.get("violation")}),
        "unverified": _unverified(part, others, {str(one.get("item")) for one in findings}),
        **({"checklist": str(part["checklist"])} if part.get("checklist") else {}),
    }


def _unverified(part: Part, others: Iterable[Part], found: Container[str]) -> list[str]:
    """Return the items that nobody could verify and of which nothing was found, by what stands with all amendments."""
    said = answers(merge(*map(entries_of, (part, *others))))
    return sorted(item for item, one in said.items() if one.value.get("result") == NOT_VERIFIED and item not in found)


def _agency(part: Part) -> str:
    return str((part.get("certificate") or {}).get("agency") or "")
