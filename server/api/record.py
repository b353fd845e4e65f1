"""What became of a record: asked by the tablet that sealed it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from falcon.asgi import Request, Response

from checklists.inspection.shift import MOST_PARTS, compare
from server import clock
from server.accounts import Scope
from server.api.reading import Gate
from server.office import Office
from server.refusals import Refused
from server.store import cases, photos, reading, records
from server.store.models import Case, Device, Record

_NOT_COUNTED: dict[str, Any] = {
    "equal": False,
    "named": 0,
    "held": 0,
    "lacking": [],
    "extra": [],
    "counts": {},
    "differs": ["shape_wrong"],
}
"""Of a shift that is not written as its format says."""


class RecordResource:
    """`GET /v1/records/{digest}`."""

    def __init__(self, office: Office, gate: Gate) -> None:
        self._office, self._gate = office, gate

    async def on_get(self, req: Request, resp: Response, digest: str) -> None:
        """Answer state, receipt, findings and cases of a record that this device sealed."""
        device = await self._gate.device(req)
        told = await self._office.store.read(what_became, device, digest)
        resp.content_type = "application/json"
        resp.data = msgspec.json.encode({"at": clock.now(), **told})


def what_became(device: Device, digest: str) -> dict[str, Any]:
    """Return what the office made of a record. Raises Refused not_found, also for another device's record.

    Findings and cases are told to those who took part: a contribution that proves nothing opens nobody's case.
    `findings` are those of the fuller data: `same` as shown, `new` since, or `gone` (shown, and no longer found). Of a
    `shift` it also tells how the office's own counts stand beside the signed ones.
    """
    record = records.by_digest(digest)
    if record is None or record.device != device.id:
        raise Refused("not_found")
    inspection = str(record.inspection)
    whole = reading.whole(Scope(frozenset({str(device.agency)})), inspection)
    wanted = photos.of_record(digest)
    return {
        "digest": digest,
        "state": record.state,
        "reason": record.reason,
        "alarm": bool(record.alarm),
        "receipt": json.loads(record.receipt),
        "url": f"/console/records/{digest}",
        "photos": {"named": len(wanted), "received": sum(there for _photo, there in wanted)},
        "findings": [{**found, "difference": how} for how, found in cases.findings_of(inspection, "fuller") if whole],
        "cases": [_case(case) for case in cases.of_inspection(inspection) if whole],
        **({"shift": _shift(record)} if record.kind == "shift" else {}),
    }


def _shift(record: Record) -> dict[str, Any]:
    """Return the office's own counts beside those of a signed shift, and the photo files of all its records."""
    told, fault = records.opened(record)
    if fault is not None:
        return {**_NOT_COUNTED, "files": {"named": 0, "received": 0}, "fault": str(fault)}
    last = int(record.device_seq) - 1
    compared = compare(told, records.of_chain(str(record.device), int(told["first_seq"]), last, MOST_PARTS))
    here, named = photos.files(told["parts"])
    return {**compared, "files": {"named": named, "received": here}}


def _case(case: Case) -> dict[str, Any]:
    violations = dict.fromkeys(row.violation for row in cases.violations(str(case.id)))
    return {
        "id": case.id,
        "number": case.number,
        "agency": case.agency,
        "party": {"role": case.party_role, "name": case.party_name},
        "state": case.state,
        "violations": list(violations),
        "url": f"/console/cases/{case.id}",
    }
