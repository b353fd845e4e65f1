"""Checks as they stand after processing: records, what was found in them, and the feed that tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from checklists.wire import digest, instant
from server import clock
from server.office import Office
from server.store import feed_history
from server.store.models import Device, Record, ServerFinding
from tests.server.store.office_cases import finding

USCC = "91150000MA0EXAMPLE"
DRIVER, ESCORT = "15062419800101001X", "150624198502020024"
ABOUT = {"carrier": USCC, "vehicle": "蒙K12345|yellow", "trailer": "蒙K1234挂", "tank": "GT20260088", "driver": DRIVER}


def grave(**changes: Any) -> dict[str, Any]:
    """Return a finding of the first severity that the carrier answers for."""
    party = {"role": "carrier", "name": "示例县顺达危货运输有限公司", "key": USCC}
    return finding(severity="I", party=party, **changes)


def check(
    office: Office,
    name: str,
    *found: Mapping[str, Any],
    days: int = 1,
    about: Mapping[str, str] | None = None,
    agencies: str = "|P|T|",
    checklist: str = "cn-joint",
    **columns: Any,
) -> str:
    """Let a check of so many days ago stand as processed, with what was found, and return its inspection."""
    at = instant(clock.read(clock.now()) - timedelta(days=days))

    def job() -> None:
        if Device.get_or_none(Device.id == "d-T") is None:
            _devices()
        told = {
            "digest": digest(name.encode()), "part": name, "kind": "inspection", "format": 1, "inspection": name,
            "device": "d-T", "device_seq": 1, "sealed_at": at, "received_at": at, "processed_at": at,
            "checklist": checklist, "signature": "", "receipt": "",
            "state": "processed", "plate": "蒙K12345", "colour": "yellow", "carrier": "示例县顺达危货运输有限公司",
            "un": "1830", "outcome": "release", "severity": "I" if found else "", "site": "G109 示例县卡口",
            "inspected_at": at, "agencies": agencies, "about": json.dumps(about or ABOUT),
        }  # fmt: skip
        Record.create(**{**told, **columns})
        _find(name, found)
        feed_history.tell([name])

    office.store.write_now(job)
    return name


def _devices() -> None:
    told = {"name": "t", "public_key": "", "certificate": "{}", "app": "0.1.0", "enrolled_at": clock.now()}
    Device.create(id="d-T", agency="T", prefix="T0001", token_hash="d-T", **told)


def _find(inspection: str, found: Iterable[Mapping[str, Any]]) -> None:
    for one in found:
        ServerFinding.create(
            inspection=inspection, record=inspection, sense="fuller", difference="same",
            finding=json.dumps(dict(one)), found_at=clock.now(),
        )  # fmt: skip
