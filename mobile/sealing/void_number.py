"""A paper that was spoilt: its number is void for ever, and the same words go out under the next one.

The void is registered by an amendment of the sealed record, which the office receives like every other part: a note
`void:<number>` with the reason, and both papers by number and digest. The sealed record itself does not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from checklists.inspection.entries import Entry, next_seq
from checklists.papers.paper import text_of
from checklists.records.record import Sealed
from checklists.wire import digest, from_plain, instant, to_plain, uuid7
from mobile import APP
from mobile.inspecting.inspection import Officer
from mobile.link.enrolment import Enrolment
from mobile.refusals import Refusal
from mobile.sealing import paperwork, part, seal
from mobile.sealing.paper import Paper
from mobile.store import store as stores
from mobile.store import voids
from mobile.store.base import transaction
from mobile.store.store import Store

NOTE = "void:"


def void(
    store: Store,
    inspection: str,
    number: str,
    reason: str,
    officer: Officer,
    device: part.Device,
    enrolment: Enrolment,
    at: datetime,
) -> Sealed:
    """Register a number as void and give the same paper the next number, all or nothing.

    Raises Refusal `paper_void` where it is void already, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a void needs a reason")
    record, papers = seal.papers(store, inspection)
    spoilt = next(one for one in papers if one.number == number)
    if spoilt.void:
        raise Refusal("paper_void", number)
    with transaction(store):
        fresh = _again(store, spoilt)
        gone = replace(spoilt, void=reason.strip())
        base = stores.sealed(store, record).part
        note = _note(base, gone, fresh, officer, instant(at))

        def build(seq: int, previous: str | None) -> Mapping[str, Any]:
            return _amendment(base, record, (gone, fresh), note, device, seq, previous, instant(at))

        sealed = stores.seal_amendment(store, build, enrolment.key)
        (proven,) = paperwork.proven((fresh,), sealed.digest, device, enrolment.key, instant(at))
        kept = [gone if one is spoilt else one for one in papers]
        kept.insert(kept.index(gone) + 1, proven)
        seal.keep_papers(store, inspection, record, tuple(kept))
        voids.keep_own(store, number)
    return sealed


def _again(store: Store, spoilt: Paper) -> Paper:
    head = spoilt.number[: -len("000000")]
    number = f"{head}{stores.next_paper_number(store, spoilt.kind):06}"
    notice = replace(spoilt.notice, number=number)
    return Paper(spoilt.kind, number, digest(text_of(notice).encode()), notice, about=spoilt.about)


def _note(base: Mapping[str, Any], gone: Paper, fresh: Paper, officer: Officer, at: str) -> Entry:
    known = set(Entry.__dataclass_fields__)
    before = [from_plain(Entry, {key: one[key] for key in one if key in known}) for one in base["entries"]]
    return Entry(
        id=uuid7(),
        inspection=str(base["inspection"]),
        device=str(base["device"]),
        seq=next_seq(before),
        officer=officer.id,
        agency=officer.agency,
        at=at,
        kind="note",
        item=NOTE + gone.number,
        value={"reason": gone.void, "replaced_by": fresh.number},
    )


def _amendment(
    base: Mapping[str, Any],
    record: str,
    papers: tuple[Paper, Paper],
    note: Entry,
    device: part.Device,
    seq: int,
    previous: str | None,
    at: str,
) -> Mapping[str, Any]:
    """Return the amendment: what identifies the inspection as it was sealed, and nothing found again."""
    same = ("format", "inspection", "opened_at", "site", "device", "checklist", "definitions", "outcome")
    gone, fresh = papers
    return {
        **{key: base[key] for key in same},
        "kind": "amendment",
        "id": uuid7(),
        "amends": record,
        "device_seq": seq,
        "previous": previous,
        "certificate": dict(device.certificate),
        "app": APP,
        "sealed_at": at,
        "clock": dict(device.clock),
        "rows": {"items": [], "violations": [], "rules": []},
        "entries": [to_plain(note)],
        "findings": [],
        "results": [],
        "papers": [
            {"kind": gone.kind, "number": gone.number, "digest": gone.digest, "void": gone.void},
            {"kind": fresh.kind, "number": fresh.number, "digest": fresh.digest},
        ],
        "photos": [],
    }
