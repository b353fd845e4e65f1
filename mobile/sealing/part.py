"""The inspection as the part that is sealed: everything in it comes from the entries and from what the device knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklists.findings.assessment import Assessment
from checklists.inspection.entries import Entry
from checklists.law.model import rows_on
from checklists.records.record import FORMAT
from checklists.wire import digest, to_plain
from mobile import APP
from mobile.inspecting.decision import outcome
from mobile.inspecting.inspection import Held
from mobile.inspecting.manifest import manifest
from mobile.store.draft import draft_digest


@dataclass(frozen=True)
class Device:
    """What the device knows of itself: certificate, clock (offset in ms as last agreed, jumps seen), and its site.

    `heard` names how far it had heard its office, as a package is named; None before the first whole word.
    """

    certificate: Mapping[str, Any]
    clock: Mapping[str, Any]
    site: str = ""
    heard: Mapping[str, str] | None = None


def build(
    held: Held,
    device: Device,
    *,
    part_id: str,
    sealed_at: str,
    device_seq: int,
    previous: str | None,
    papers: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the part of an inspection as plain values, ready to be sealed (ADR 0001).

    The manifest names the photos of this tablet alone: only the one that took a photo can send its bytes, and its own
    part names it.
    """
    assessment = held.assessment
    return {
        "format": FORMAT,
        "kind": "inspection",
        "id": part_id,
        "inspection": held.inspection,
        "opened_at": held.opened_at,
        "site": device.site,
        "device": held.device,
        "device_seq": device_seq,
        "previous": previous,
        "certificate": dict(device.certificate),
        "app": APP,
        "sealed_at": sealed_at,
        "clock": dict(device.clock),
        **({"heard": dict(device.heard)} if device.heard else {}),
        "checklist": held.checklist,
        "definitions": [dict(one) for one in held.kit.used],
        "rows": frozen_rows(held, assessment),
        "entries": [to_plain(entry) for entry in held.entries],
        "findings": to_plain(assessment.findings),
        "results": to_plain(assessment.results),
        "outcome": outcome(held),
        "papers": [dict(paper) for paper in papers],
        "photos": manifest(held.entries, held.device),
    }


def frozen_rows(held: Held, assessment: Assessment) -> dict[str, Any]:
    """Return the rows of checklist, law and rules that the findings used, as they were that day."""
    definitions, day = held.kit.definitions, assessment.situation.day
    items = {item for one in assessment.findings for item in one.items}
    codes = sorted({one.violation for one in assessment.findings if one.violation})
    checklist = definitions.checklists[held.checklist]
    rows = [row for code in codes for row in rows_on(definitions.violations, code, day)]
    cases = {(one.rule, one.case) for one in assessment.findings if one.rule}
    return {
        "items": [to_plain(item) for item in checklist.items() if item.id in items],
        "violations": [to_plain(row) for row in rows],
        "rules": [to_plain(row) for case in sorted(cases) if (row := held.kit.row(*case)) is not None],
    }


def draft(held: Held, device: Device) -> str:
    """Return the digest that the officers co-sign: of everything but what only sealing gives, and the signatures."""
    return draft_digest(build(held, device, part_id="", sealed_at="", device_seq=0, previous=None))


def amendment(held: Held, device: Device, amends: str, entries: tuple[Entry, ...], sealed_at: str) -> dict[str, Any]:
    """Return an amendment of a sealed inspection with these entries, but for its id and its place in the chain."""
    return {
        "format": FORMAT,
        "kind": "amendment",
        "amends": amends,
        "id": "",
        "inspection": held.inspection,
        "opened_at": held.opened_at,
        "site": device.site,
        "device": held.device,
        "device_seq": 0,
        "previous": None,
        "certificate": dict(device.certificate),
        "app": APP,
        "sealed_at": sealed_at,
        "clock": dict(device.clock),
        "checklist": held.checklist,
        "definitions": [dict(one) for one in held.kit.used],
        "entries": [to_plain(one) for one in entries],
        "findings": [],
        "photos": manifest(entries, held.device),
    }


def paper(kind: str, number: str, content: bytes) -> dict[str, str]:
    """Return how a printed paper is named in the record."""
    return {"kind": kind, "number": number, "digest": digest(content)}
