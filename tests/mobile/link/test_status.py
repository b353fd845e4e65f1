"""What a tablet says of itself: all that its office shows of it, in the bytes that every released office reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from checklists.wire import canonical
from mobile.inspecting import evidence
from mobile.link import agreed_clock, status
from mobile.store import store
from tests.mobile.field import AT, DEVICE, OFFICE, begun, built, entry, offer, opened, page, sealed

NOW = datetime.fromisoformat("2026-11-21T03:00:00.000Z")
GOLDEN = Path(__file__).parents[2] / "golden" / "device-status-1.json"
LATER = "2026-11-21T02:30:00.000Z"


@pytest.fixture
def tablet(tmp_path: Path) -> Any:
    held = opened(tmp_path)
    yield held
    store.release(held)


def told(held: store.Store, **more: Any) -> dict[str, Any]:
    return status.status(held, **{"app": "0.1.0", "at": NOW, "free_bytes": 1_000_000, **more})


def receipt(part: Any) -> dict[str, Any]:
    body = {"digest": part.digest, "device_seq": 1, "received_at": LATER, "server_key": OFFICE.public}
    return {**body, "signature": OFFICE.sign(canonical(body))}


def with_photo(held: store.Store, **more: Any) -> Any:
    inspection = begun(held)
    (held.folder / "photos").mkdir(exist_ok=True)
    file = evidence._keep(held, b"x" * 5000, "image/jpeg")
    store.append(held, entry(inspection, kind="photo", id="p1", value=file))
    made = built(inspection, photos=[{"entry": "p1", "original": file}], **more)
    return store.seal_inspection(held, inspection, made, DEVICE)


def test_a_tablet_with_nothing_says_so(tablet: store.Store) -> None:
    said = told(tablet)
    assert said["waiting"] == {"records": 0, "files": 0, "refused": 0, "oldest_at": None}
    assert (said["packages"], said["clock"]) == ([], {"offset_ms": 0, "agreed_at": None})
    assert "feed" not in said


def test_what_waits_is_told_with_when_the_oldest_was_sealed(tablet: store.Store) -> None:
    sealed(tablet, sealed_at=AT)
    sealed(tablet, sealed_at=LATER, findings=[{"severity": "I"}])
    assert told(tablet)["waiting"] == {"records": 2, "files": 0, "refused": 0, "oldest_at": AT}


def test_a_record_that_the_office_holds_still_counts_while_a_photo_of_it_waits(tablet: store.Store) -> None:
    part = with_photo(tablet, sealed_at=AT)
    store.mark_delivered(tablet, part.digest, receipt(part))
    sealed(tablet, sealed_at=LATER)
    assert told(tablet)["waiting"] == {"records": 1, "files": 1, "refused": 0, "oldest_at": AT}


def test_what_the_office_refused_is_told_apart_and_what_it_holds_is_not_told(tablet: store.Store) -> None:
    first, second = sealed(tablet, sealed_at=AT), sealed(tablet, sealed_at=LATER)
    store.mark_delivered(tablet, first.digest, receipt(first))
    store.mark_rejected(tablet, second.digest, "malformed", "")
    assert told(tablet)["waiting"] == {"records": 1, "files": 0, "refused": 1, "oldest_at": LATER}


def test_packages_are_told_with_when_they_were_applied_and_the_clock_as_last_agreed(tablet: store.Store) -> None:
    store.apply_package(tablet, offer("reference", b"{}", "7"), b"{}", AT)
    agreed_clock.agree(tablet, -1500, AT)
    said = told(tablet)
    assert said["packages"] == [{"name": "reference", "version": "7", "applied_at": AT}]
    assert said["clock"] == {"offset_ms": -1500, "agreed_at": AT}


def test_space_that_nobody_could_measure_is_not_told(tablet: store.Store) -> None:
    assert "free_bytes" not in told(tablet, free_bytes=None)


def test_the_bytes_are_those_of_the_first_released_version(tablet: store.Store) -> None:
    store.apply_package(tablet, offer("reference", b"{}", "7"), b"{}", AT)
    agreed_clock.agree(tablet, -1500, AT)
    sealed(tablet, sealed_at=AT)
    store.lay(tablet, page([], "c4eb504973d3.28-28", at="2026-11-21T02:30:00.000Z"), "", AT)
    said = told(tablet)
    assert canonical(said) == GOLDEN.read_bytes()
