"""How soon each record came is counted once, however often it is sent, and by whichever way it came."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

from falcon.testing import TestClient

from checklists.records.record import Sealed
from checklists.wire import instant
from server import clock
from server.office import Office
from server.store import usage
from server.store.usage import Used
from tests.server.cast import Tablet, batch
from tests.server.handed import bring, hidden, member


def before(**span: float) -> str:
    return instant(clock.read(clock.now()) - timedelta(**span))


def counted(office: Office, tablet: Tablet) -> tuple[int, ...]:
    held = office.store.read_now(usage.today, tablet.enrolled["device"])
    return held.records, held.timed, held.within_5m, held.within_1h, held.within_24h, held.doubted


def send(client: TestClient, tablet: Tablet, *parts: Sealed) -> list[str]:
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts))
    return [one["status"] for one in answer.json["results"]]


def sealed(tablet: Tablet, at: str, **more: Any) -> Sealed:
    return tablet.seal(sealed_at=at, opened_at=at, **more)


def test_each_record_is_counted_by_its_own_delay_and_a_repeat_is_not(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    spans = ({"seconds": 1}, {"minutes": 30}, {"hours": 5})
    parts = [sealed(tablet, before(**span)) for span in spans]
    assert send(client, tablet, *parts) == ["accepted"] * 3
    assert counted(office, tablet) == (3, 3, 1, 2, 3, 0)
    assert send(client, tablet, *parts) == ["duplicate"] * 3
    assert counted(office, tablet) == (3, 3, 1, 2, 3, 0)


def test_a_slow_clock_is_corrected_and_a_wrong_one_counted_apart(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    agreed = {"offset_ms": 1_800_000, "agreed_at": before(hours=1), "jumps": []}
    slow = sealed(tablet, before(minutes=31), clock=agreed)
    wrong = sealed(tablet, before(hours=-2))
    assert send(client, tablet, slow, wrong) == ["accepted", "accepted"]
    assert counted(office, tablet) == (2, 1, 1, 1, 1, 1)


def test_a_clock_of_no_known_shape_costs_no_receipt(client: TestClient, office: Office, tablet: Tablet) -> None:
    parts = [sealed(tablet, before(seconds=1), clock=odd) for odd in (7, [], {"offset_ms": "x"}, None)]
    assert send(client, tablet, *parts) == ["accepted"] * 4
    assert counted(office, tablet) == (4, 2, 2, 2, 2, 2)


def test_a_record_on_a_stick_is_counted_too_and_uses_nothing_of_the_day(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    part = sealed(tablet, before(hours=2))
    shut = base64.b64encode(hidden(part.body, "sealed", part.digest)).decode()
    told = {"digest": part.digest, "signature": part.signature, "body": shut}
    for _ in range(2):
        answer = bring(client, office, tablet, member(f"records/{part.digest}.json", json.dumps(told).encode()))
        assert [one["status"] for one in answer["records"]] in (["accepted"], ["duplicate"])
    assert counted(office, tablet) == (0, 1, 0, 0, 1, 0)
    assert office.store.read_now(usage.since, 7) == {
        tablet.enrolled["device"]: Used(timed=1, within_24h=1),
    }
