"""Whose an entry, a withdrawal, a seal and a photo is: proven by certificates and signatures, never told by a text.

A device proves an entry by sealing it in a part of its own, or by its signed statement in the part of another. The
agency is that of its certificate, or the one under which the office knows the officer. What is not proven is kept and
shown, and everything is computed without it. The same functions judge on the tablet and in the office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from checklists.crypto import verify_mapping
from checklists.inspection.entries import Entry, merge
from checklists.values import frozen
from checklists.wire import WireError, canonical, digest, to_plain

REASONS = ("unsigned", "other_inspection", "agency", "elsewhere", "withdraws")
"""Why something is not proven: no signature of its device; written for another inspection; an agency that neither the
certificate nor the office gives; an officer who writes on the tablet of his own agency; what is not his to take back.
"""


@frozen
class Source:
    """What a sealed part, whose seal was verified, brings. `agency` is that of its certificate, empty if not ours."""

    kind: str
    device: str
    agency: str
    entries: tuple[Entry, ...]
    statements: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, part: Mapping[str, Any], entries: tuple[Entry, ...], office_key: str) -> Source:
        """Return what a part brings, with its entries as they were read."""
        paper = part.get("certificate") or {}
        device = str(part.get("device"))
        ours = paper.get("device") == device and certified(paper, office_key)
        said = tuple(part.get("statements") or ())
        return cls(str(part.get("kind")), device, str(paper.get("agency", "")) if ours else "", entries, said)


@frozen
class Doubt:
    """Something that is not proven: the entry, and one of REASONS."""

    entry: Entry
    reason: str


@frozen
class Judged:
    """What counts, what is not proven, and the agencies that proved that they took part."""

    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...] = ()
    agencies: frozenset[str] = frozenset()

    @property
    def left_out(self) -> frozenset[str]:
        """The ids of the entries that do not count at all."""
        return frozenset(one.entry.id for one in self.doubts if one.reason != "withdraws")


def judge(sources: Iterable[Source], inspection: str, office_key: str, officers: Mapping[str, str]) -> Judged:
    """Return what counts of the parts of an inspection; `officers` are those whom the office knows, with agencies."""
    held = tuple(sources)
    homes, signed = _proofs(held, office_key)
    doubts: list[Doubt] = []
    proven: list[Entry] = []
    for entry in _each(held):
        reason = _doubt(entry, inspection, homes, signed, officers)
        if reason:
            doubts.append(Doubt(entry, reason))
        else:
            proven.append(entry)
    here, strangers = _persons(proven, homes, officers)
    doubts += [Doubt(one, "elsewhere") for one in strangers]
    counted = [_own_withdrawal(one, here, homes, doubts) for one in here]
    agencies = {homes[one.device] for one in here} | {officers.get(one.officer) or "" for one in here}
    return Judged(merge(counted), tuple(doubts), frozenset(agencies - {""}))


def certified(certificate: Mapping[str, Any], office_key: str) -> bool:
    """Whether a certificate is this office's."""
    return certificate.get("server_key") == office_key and verify_mapping(office_key, certificate)


def act_doubt(part: Mapping[str, Any], officer: str, office_key: str, officers: Mapping[str, str]) -> str:
    """Return why an act of one officer, sealed as a part of its own, is not proven; empty where it is.

    The part's seal was verified. It is `unsigned` where the certificate in it is not this office's, and of no `agency`
    where the office does not know the officer in that of the certificate: nobody gives orders by another's tablet.
    """
    home = Source.of(part, (), office_key).agency
    if not home:
        return "unsigned"
    return "" if officer and officers.get(officer) == home else "agency"


def vouches(statement: Mapping[str, Any], entries: Iterable[Entry]) -> bool:
    """Whether these are all the entries of a device's signed statement, unchanged; the signature is not looked at."""
    own = merge(one for one in entries if one.device == statement.get("device"))
    return len(own) == statement.get("count") and digest(canonical([to_plain(one) for one in own])) == statement.get(
        "digest"
    )


def states(statement: Mapping[str, Any], entries: Iterable[Entry], inspection: str, office_key: str) -> bool:
    """Whether a device of this office signed that these are the entries that it wrote in the inspection."""
    paper = statement.get("certificate")
    if not isinstance(paper, Mapping) or paper.get("device") != statement.get("device"):
        return False
    if statement.get("inspection") != inspection or not certified(paper, office_key):
        return False
    try:
        return verify_mapping(str(paper.get("key")), statement) and vouches(statement, entries)
    except (WireError, RecursionError):
        return False


def agency_holds(entry: Entry, home: str, officers: Mapping[str, str]) -> bool:
    """Whether an entry names the agency of its officer as the office knows him, else that of the certificate."""
    return entry.agency == (officers.get(entry.officer) or home)


def may_withdraw(entry: Entry, target: Entry, homes: Mapping[str, str]) -> bool:
    """Whether what an entry takes back is its own to take back.

    A device takes back what it wrote; an officer what he wrote on another device of the same agency; and a person who
    signs again his former signature. `homes` are the agencies by device, as far as they are certified.
    """
    if entry.device == target.device:
        return True
    if target.kind == "signature":
        return entry.kind == "signature" and _signer(entry) == _signer(target)
    same = homes.get(entry.device) == homes.get(target.device) or target.device not in homes
    return entry.officer == target.officer and same


def may_seal(device: str, entries: Iterable[Entry]) -> bool:
    """Whether a device may seal the inspection: it opened it, or it took it over."""
    held = tuple(entries)
    first = min((one.seq for one in held), default=0)
    return not held or any(one.device == device and (one.seq == first or one.kind == "takeover") for one in held)


def photo_holds(entry: Entry | None, sealer: str, role: str, sha256: str) -> bool:
    """Whether a part of that device may name this file as a photo of the entry: its own, or one that the entry names.

    An entry that is not here says nothing against it.
    """
    if entry is None or entry.device == sealer:
        return True
    named = entry.value if role == "original" else entry.value.get(role)
    return isinstance(named, Mapping) and named.get("sha256") == sha256


def _proofs(sources: tuple[Source, ...], office_key: str) -> tuple[dict[str, str], dict[str, dict[str, Entry]]]:
    """Return the agency of each certified device, and what each signed, by entry id."""
    homes: dict[str, str] = {}
    signed: dict[str, dict[str, Entry]] = defaultdict(dict)
    for source in sources:
        if source.agency:
            homes[source.device] = source.agency
            _sign(signed[source.device], (one for one in source.entries if one.device == source.device))
    for source in sources:
        for said in source.statements:
            own = [one for one in source.entries if one.device == said.get("device")]
            if own and states(said, own, own[0].inspection, office_key):
                device = str(said["device"])
                homes.setdefault(device, str(said["certificate"].get("agency", "")))
                _sign(signed[device], own)
    return homes, signed


def _sign(held: dict[str, Entry], entries: Iterable[Entry]) -> None:
    for one in entries:
        held.setdefault(one.id, one)


def _each(sources: tuple[Source, ...]) -> list[Entry]:
    """Return every entry of every part once; two contents under one id are two."""
    found: dict[str, list[Entry]] = {}
    for one in (one for source in sources for one in source.entries):
        same = found.setdefault(one.id, [])
        if one not in same:
            same.append(one)
    return sorted((one for same in found.values() for one in same), key=lambda one: (*one.order, one.id))


def _doubt(
    entry: Entry,
    inspection: str,
    homes: Mapping[str, str],
    signed: Mapping[str, Mapping[str, Entry]],
    officers: Mapping[str, str],
) -> str:
    if signed.get(entry.device, {}).get(entry.id) != entry:
        return "unsigned"
    if entry.inspection != inspection:
        return "other_inspection"
    return "" if agency_holds(entry, homes[entry.device], officers) else "agency"


def _persons(
    entries: Iterable[Entry], homes: Mapping[str, str], officers: Mapping[str, str]
) -> tuple[list[Entry], list[Entry]]:
    """Return the entries with each officer as one person, and those in the name of one who works on another tablet.

    Who wrote on tablets of two agencies is believed on the one of his own; on the other where he took the inspection
    over, or signed. There he is a person of his own for what is computed: none of the two silently replaces the other.
    """
    held = list(entries)
    wrote: dict[str, set[str]] = defaultdict(set)
    for one in held:
        wrote[one.officer].add(homes[one.device])
    moved = {(one.officer, one.device) for one in held if one.kind == "takeover"}
    here, strangers = [], []
    for one in held:
        home = officers.get(one.officer)
        if len(wrote[one.officer]) == 1 or one.kind == "signature" or homes[one.device] == home:
            here.append(one)
        elif home not in wrote[one.officer] or (one.officer, one.device) in moved:
            here.append(replace(one, officer=f"{one.officer} ({homes[one.device]})"))
        else:
            strangers.append(one)
    return here, strangers


def _own_withdrawal(entry: Entry, entries: Iterable[Entry], homes: Mapping[str, str], doubts: list[Doubt]) -> Entry:
    """Return the entry, without its withdrawal where that is not its own to make."""
    target = next((one for one in entries if one.id == entry.withdraws), None) if entry.withdraws else None
    if target is None or may_withdraw(entry, target, homes):
        return entry
    doubts.append(Doubt(entry, "withdraws"))
    return replace(entry, withdraws=None)


def _signer(entry: Entry) -> tuple[str, str]:
    """Who signed: officers by name, others by their role, whose name may have been corrected."""
    role = str(entry.value.get("role"))
    return role, str(entry.value.get("name")) if role == "officer" else ""
