"""A tablet that is enrolled and has its packages, as its folder stands after the first day; no network is asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from checklists.definitions.publication import publish
from checklists.goods.listing import load_tables
from checklists.records import record
from checklists.wire import instant
from mobile.desk import Desk
from mobile.link import enrolment as enrol
from mobile.link.background import Later, at_once
from mobile.lock import lock_status, vault
from mobile.sealing import shifts
from mobile.sealing.shift import Shift
from mobile.store import store
from tests.loaded import load_all
from tests.mobile import story
from tests.mobile.field import AT, DEVICE, OFFICE, offer, rows_page

PIN = "957264"
HEARD = instant(datetime.now(UTC) - timedelta(hours=1))
"""When it last heard of its office: it lives by this machine's clock, and rows of a month ago count no more."""
OFFICERS = (
    {"id": "officer-1", "name": "王强", "card": "T-0001", "agency": "T"},
    {"id": "officer-2", "name": "李敏", "card": "P-0002", "agency": "P"},
)


def enrolment(url: str = "http://127.0.0.1:9") -> enrol.Enrolment:
    """What the office answered; nobody listens at that address."""
    certificate = record.certificate(
        OFFICE, device="dev-1", public=DEVICE.public, agency="T", prefix="T1", issued_at=AT
    )
    return enrol.Enrolment(url, "dev-1", certificate, "t0", OFFICE.public, "云岭旗联合检查办公室", OFFICERS, DEVICE)


@cache
def packages() -> dict[str, bytes]:
    """The packages as the office would give them."""
    plain: dict[str, Any] = {"definitions": publish(load_all()), "reference": load_tables().to_plain()}
    return {name: json.dumps(body, ensure_ascii=False).encode() for name, body in plain.items()}


@cache
def registry(heard: str) -> bytes:
    """What the office knows, as the one page of its feed, given at that time."""
    told = story.registry().items()
    return rows_page([{"kind": kind, "key": key, **row, "as_of": heard} for (kind, key), row in told], at=heard)


def made(
    folder: Path, url: str = "http://127.0.0.1:9", with_packages: bool = True, heard: datetime | None = None
) -> Path:
    """Return the folder of an enrolled tablet of officer 1, whose shift is open; `heard`: of its office, last."""
    at = instant(heard) if heard else HEARD
    held = store.open_store(folder, vault.create(folder / "keys.json", "officer-1", PIN, "王强"))
    enrol.keep(held, enrolment(url))
    for name, body in packages().items() if with_packages else ():
        store.apply_package(held, offer(name, body), body, AT)
    if with_packages:
        store.lay(held, registry(at), "", at)
    shifts.begin(held, Shift("shift-1", AT, officers=("officer-1",)))
    lock_status.keep(
        folder, {one.name: one.applied_at for one in store.packages(held)}, store.unsent(held), "云岭旗联合检查办公室"
    )
    store.release(held)
    return folder


def shown(folder: Path, later: Later = at_once) -> tuple[Desk, list[tuple[str, dict[str, Any]]]]:
    """Return a desk that keeps what it was asked to show, and that list. Its link is never tried."""
    screens: list[tuple[str, dict[str, Any]]] = []
    desk = Desk(folder, lambda screen, where: screens.append((screen, dict(where))), later=later)
    desk.start_sync = lambda: None  # type: ignore[method-assign]  # threads have their own tests
    return desk, screens
