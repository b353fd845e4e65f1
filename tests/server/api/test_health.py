"""Whether the office can do its work, told to everybody; how much waits, told inside alone; and nothing is written."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace

from falcon import WebSocketDisconnected
from falcon.testing import ASGIConductor, TestClient

from server import clock
from server.accounts import Scope
from server.app import create_app
from server.console.inbox import Filters, inbox_page
from server.console.knowledge import Knowledge
from server.office import Office
from server.store.models import Counter, Record
from tests.server.cast import JPEG, Tablet, batch, manifest, tus

OUTSIDE = {"X-Forwarded-For": "203.0.113.5"}


def test_readiness_writes_nothing_however_often_it_is_asked(office: Office, client: TestClient) -> None:
    before = Counter.select().count()
    assert {client.simulate_get("/readyz").status_code for _ in range(20)} == {200}
    assert Counter.select().count() == before


def test_counts_are_told_inside_alone(office: Office, client: TestClient, tablet: Tablet) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert client.simulate_get("/readyz").json["records"] == {"received": 1}
    assert client.simulate_get("/readyz", headers=OUTSIDE).json == {"ready": True}


def test_a_queue_that_does_not_move_is_not_ready_and_shows_in_the_inbox(
    office: Office, client: TestClient, tablet: Tablet
) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert not inbox_page(Knowledge(), Scope(None), Filters()).late
    office.store.write_now(lambda: Record.update(received_at=clock.later(hours=-1)).execute())
    answer = TestClient(create_app(office)).simulate_get("/readyz")
    assert (answer.status_code, answer.json["ready"]) == (503, False)
    assert answer.json["queue_age_seconds"] > 3500
    assert inbox_page(Knowledge(), Scope(None), Filters()).late
    assert not inbox_page(Knowledge(), Scope(None), Filters(), 7200).late


def test_a_folder_of_photos_that_is_not_there_is_told_and_takes_no_photo(
    office: Office, client: TestClient, tablet: Tablet
) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal(photos=manifest(JPEG))))
    shutil.rmtree(office.config.photos)
    answer = TestClient(create_app(office)).simulate_get("/readyz")
    assert (answer.status_code, answer.json["ready"], answer.json["disk_free"]) == (503, False, 0)
    begun = client.simulate_post("/v1/photos", headers={**tablet.bearer, **tus(JPEG)})
    assert (begun.status_code, begun.json["code"]) == (503, "photos_away")
    assert int(begun.headers["retry-after"]) > 0
    told = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert told.json["results"][0]["status"] == "accepted"


def test_metrics_are_for_prometheus_inside_or_with_the_token(office: Office, tablet: Tablet) -> None:
    with_token = replace(office, config=replace(office.config, metrics_token="a long word"))
    client = TestClient(create_app(with_token))
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    text = client.simulate_get("/metrics").text
    assert 'lujian_records{state="received"} 1.0' in text
    assert "lujian_queue_age_seconds" in text
    assert 'lujian_request_seconds_count{method="POST",route="/v1/records",status="200"}' in text
    assert client.simulate_get("/metrics", headers=OUTSIDE).status_code == 401
    told = {**OUTSIDE, "Authorization": "Bearer a long word"}
    assert client.simulate_get("/metrics", headers=told).status_code == 200


def test_a_nul_in_an_address_is_refused(client: TestClient, tablet: Tablet) -> None:
    for path in ("/v1/records/a%00b", "/v1/packages/a%00b@1", "/console/records/%00"):
        assert client.simulate_get(path, headers=tablet.bearer).status_code in (400, 404)


def test_a_web_socket_is_refused_without_a_trace(office: Office, caplog) -> None:  # type: ignore[no-untyped-def]
    async def knock() -> int:
        async with ASGIConductor(create_app(office)) as conductor:
            for path in ("/v1/records", "/nowhere", "/console/inbox"):
                try:
                    async with conductor.simulate_ws(path):
                        return 0
                except WebSocketDisconnected as refused:
                    code = refused.code
        return code

    assert asyncio.run(knock()) > 0
    assert not [one for one in caplog.records if one.exc_info]
