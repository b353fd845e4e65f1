"""The entries that one device wrote, under its signature: whose they are can be proved wherever they are kept. Pure.

A device's own entries only grow, in the order of their sequence; so a count and one digest name them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.inspection.entries import Entry, lead_of, merge
from checklists.records import origin
from checklists.wire import WireError, canonical, digest, from_plain, to_plain
from mobile.pairing.certificates import Revoked, check
from mobile.refusals import Refusal

MOST_SEQ = 1_000_000
"""No inspection comes near; a larger number would push every later entry of everybody to the end of what JSON holds."""


@dataclass(frozen=True)
class Bundle:
    """What a device wrote in an inspection. `statement` is its signed word: inspection, device, count, digest."""

    statement: Mapping[str, Any]
    entries: tuple[Entry, ...]

    @property
    def device(self) -> str:
        """Whose entries these are."""
        return str(self.statement["device"])


def own(entries: Iterable[Entry], device: str) -> tuple[Entry, ...]:
    """Return what a device wrote, in its order."""
    return merge(one for one in entries if one.device == device)


def state(entries: Iterable[Entry], inspection: str, certificate: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """Return the signed word of a device on all that it wrote so far."""
    device = str(certificate["device"])
    mine = own(entries, device)
    said = {"inspection": inspection, "device": device, "count": len(mine), "digest": _digest(mine)}
    return sign_mapping(key, {**said, "certificate": dict(certificate)})


def bundle(statement: Mapping[str, Any], entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the bundle that a statement vouches for, as plain values; `entries` may hold more."""
    named = own(entries, str(statement["device"]))[: int(statement["count"])]
    return {"statement": dict(statement), "entries": [to_plain(one) for one in named]}


def read(plain: Any, inspection: str, server_key: str, revoked: Revoked) -> Bundle:
    """Return a bundle that holds.

    Raises Refusal `pair_malformed`, `pair_other_office`, `pair_revoked`, `pair_other_inspection`, and `pair_forged`
    where statement and entries do not belong together or hold what the device did not write.
    """
    if not isinstance(plain, Mapping) or not isinstance(plain.get("statement"), Mapping):
        raise Refusal("pair_malformed", "no statement")
    said = plain["statement"]
    device = check(said.get("certificate"), server_key, revoked)
    if said.get("device") != device or not verify_mapping(str(said["certificate"].get("key")), said):
        raise Refusal("pair_forged", "statement")
    if said.get("inspection") != inspection:
        raise Refusal("pair_other_inspection")
    entries = read_entries(plain.get("entries"))
    if len(entries) != said.get("count") or not vouches(said, entries):
        raise Refusal("pair_forged", "digest")
    if any(one.device != device or one.inspection != inspection for one in entries):
        raise Refusal("pair_claims", "device")
    return Bundle(dict(said), entries)


def vouches(statement: Mapping[str, Any], entries: Iterable[Entry]) -> bool:
    """Whether these are all the entries of the statement, unchanged."""
    return origin.vouches(statement, entries)


def read_entries(plain: Any) -> tuple[Entry, ...]:
    """Return plain entries. Raises Refusal `pair_malformed`."""
    try:
        entries = tuple(from_plain(Entry, one) for one in plain)
        canonical([to_plain(one) for one in entries])
    except (WireError, TypeError, RecursionError) as problem:
        raise Refusal("pair_malformed", str(problem)[:100]) from problem
    if not all(1 <= one.seq <= MOST_SEQ for one in entries):
        raise Refusal("pair_malformed", "seq")
    return entries


def check_claims(
    given: Bundle,
    held: Sequence[Entry],
    *,
    first_lead: str,
    officers: Mapping[str, str],
    me: str,
    homes: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Raise Refusal `pair_claims` where entries speak for somebody who cannot have written them there.

    `officers` are those whom the office named, with their agencies; whom this tablet does not know yet must be of the
    agency of his tablet. `me` is our own officer: he is here, and is believed there only where he took the inspection
    over, or where he confirmed by PIN on the tablet that leads. Agencies and withdrawals are judged as in the
    office (`checklists.records.origin`); `homes` are the agencies of the other tablets by their certificates.
    """
    together = merge(held, given.entries)
    by_id = {one.id: one for one in together}
    leads = lead_of(together, first_lead) == given.device
    moved = any(one.kind == "takeover" and one.officer == me for one in given.entries)
    home = str(given.statement["certificate"].get("agency", ""))
    known = {**homes, given.device: home}
    for one in given.entries:
        if not origin.agency_holds(one, home, officers):
            raise Refusal("pair_claims", one.id)
        if one.officer == me and not (moved or (leads and one.kind == "signature")):
            raise Refusal("pair_claims", one.id)
        taken_back = by_id.get(one.withdraws or "")
        if taken_back is not None and not origin.may_withdraw(one, taken_back, known):
            raise Refusal("pair_claims", one.id)


def _digest(entries: Sequence[Entry]) -> str:
    return digest(canonical([to_plain(one) for one in entries]))
