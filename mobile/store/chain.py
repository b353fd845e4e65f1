"""Sealing: the chain number, the sealed bytes and the closing of the inspection in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checklists.crypto import SigningKey
from checklists.records.record import Sealed, seal
from checklists.wire import canonical, digest
from mobile.refusals import Refusal
from mobile.store.base import Store, keep_setting, one, run, setting, transaction
from mobile.store.draft import draft_digest
from mobile.store.entries import ROLES, inspection_state
from mobile.store.models import Inspection, PaperCounter, PhotoRow, SealedRow
from mobile.store.outbox import priority

Build = Callable[[int, str | None], Mapping[str, Any]]
"""`build(device_seq, previous)` gives the whole part; it must not touch the store."""


def seal_inspection(store: Store, inspection: str, build: Build, key: SigningKey) -> Sealed:
    """Seal the inspection, or what a joined tablet wrote in it, as the next part of this device's chain.

    It goes to the outbox, and the inspection is closed on this tablet.

    Raises Refusal `inspection_closed`, `draft_changed` where a signature was given to another draft, or `disk_full`.
    """
    with transaction(store):
        if inspection_state(store, inspection) != "in_progress":
            raise Refusal("inspection_closed", inspection)
        pairing = setting(store, f"pairing:{inspection}") or {}
        sealed = _next(store, lambda seq, previous: _proven(build(seq, previous), pairing), key)
        run(store, Inspection.update(state="sealed").where(Inspection.id == inspection))
    return sealed


def seal_amendment(store: Store, build: Build, key: SigningKey) -> Sealed:
    """Seal an amendment as the next part of the chain; no inspection changes its state by it."""
    with transaction(store):
        return _next(store, build, key)


def chain_head(store: Store) -> tuple[int, str | None]:
    """Return sequence and digest of the last sealed part of this device, (0, None) before the first."""
    head = setting(store, "chain")
    if head is not None:
        return int(head["seq"]), str(head["digest"])
    # A salvaged store may have lost the setting and kept the parts.
    last = one(store, SealedRow.select().order_by(SealedRow.device_seq.desc()))
    return (0, None) if last is None else (last.device_seq, last.digest)


STOP_ORDERS = "stop_order"
"""The counter of the stop orders that this tablet gives."""


def next_paper_number(store: Store, kind: str) -> int:
    """Return the next number for papers of this kind on this device; a number is never given twice."""
    with transaction(store):
        row = one(store, PaperCounter.select().where(PaperCounter.kind == kind))
        number = 1 if row is None else row.last + 1
        run(store, PaperCounter.insert(kind=kind, last=number).on_conflict_replace())
    return number


def given_number(store: Store, kind: str, number: str) -> None:
    """Count a number as given that stands in a sealed part: a salvaged store may have lost what it counted by."""
    figures = number[-6:]
    row = one(store, PaperCounter.select().where(PaperCounter.kind == kind))
    if figures.isdecimal() and int(figures) > (row.last if row else 0):
        run(store, PaperCounter.insert(kind=kind, last=int(figures)).on_conflict_replace())


def sealed_row(store: Store, sealed: Sealed) -> dict[str, Any]:
    """Return the row of a sealed part that waits to be sent; its bytes are bound to their digest."""
    part = sealed.part
    return {
        "digest": sealed.digest,
        "device_seq": part["device_seq"],
        "previous": part["previous"],
        "inspection": part["inspection"],
        "priority": priority(part),
        "size": len(sealed.body),
        "body": store.vault.hide(sealed.body, "sealed", sealed.digest),
        "signature": sealed.signature,
        "state": "waiting",
    }


def want_photos(store: Store, part: Mapping[str, Any], digest_: str) -> None:
    """Mark the files that the part's manifest names as wanted by the office."""
    for photo in part.get("photos", ()):
        files = [photo[role]["sha256"] for role in ROLES if photo.get(role)]
        change = PhotoRow.update(part=digest_, state="wanted")
        run(store, change.where(PhotoRow.sha256.in_(files), PhotoRow.state == "local"))


def _proven(part: Mapping[str, Any], pairing: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the part with the marks of the codes that were shown here, and what other tablets signed of its entries.

    An inspection alone holds what others signed, and only of exactly those of their entries that stand in it.
    """
    by_device: dict[str, list[Any]] = {}
    for entry in part.get("entries", ()):
        by_device.setdefault(str(entry.get("device")), []).append(entry)
    said = pairing.get("statements", {}).values() if part.get("kind") == "inspection" else ()
    held = [one for one in said if one["digest"] == digest(canonical(by_device.get(one["device"], [])))]
    told = {"statements": held, "invited": list(pairing.get("invited", ()))}
    return {**part, **{name: value for name, value in told.items() if value}}


def _next(store: Store, build: Build, key: SigningKey) -> Sealed:
    seq, previous = chain_head(store)
    part = build(seq + 1, previous)
    if (part["device_seq"], part["previous"]) != (seq + 1, previous):
        raise ValueError("the part does not carry the chain number that it was given")
    _check_signatures(part)
    sealed = seal(part, key)
    run(store, SealedRow.insert(sealed_row(store, sealed)))
    keep_setting(store, "chain", {"seq": seq + 1, "digest": sealed.digest})
    want_photos(store, part, sealed.digest)
    return sealed


def _check_signatures(part: Mapping[str, Any]) -> None:
    """A signature that names a draft must name this one; otherwise somebody signed something else.

    In a contribution stand the signatures that were given on that tablet to the draft of the leading one.
    """
    if part.get("kind") == "contribution":
        return
    expected = draft_digest(part)
    withdrawn = {entry.get("withdraws") for entry in part.get("entries", ())}
    # Who signed an earlier draft signs again and withdraws the first signature, which stays in the record.
    for entry in (entry for entry in part.get("entries", ()) if entry.get("id") not in withdrawn):
        signed = entry.get("value", {}).get("digest") if entry.get("kind") == "signature" else None
        if signed and signed != expected:
            raise Refusal("draft_changed", entry["id"], officer=entry.get("officer", ""))
