"""What the tablet hears of a record that it sealed."""

from __future__ import annotations

import pytest
from falcon.testing import TestClient

from checklists.records.record import Sealed
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from tests.server.cast import Tablet, batch
from tests.server.story import seal_story


@pytest.fixture
def part(client: TestClient, tablet: Tablet, office: Office) -> Sealed:
    sealed = seal_story(tablet, publish_all(office))
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    return sealed


def test_before_processing_it_is_received_and_has_its_receipt(client: TestClient, tablet: Tablet, part: Sealed) -> None:
    told = client.simulate_get(f"/v1/records/{part.digest}", headers=tablet.bearer).json
    assert (told["state"], told["receipt"]["digest"], told["cases"]) == ("received", part.digest, [])


def test_afterwards_it_names_findings_and_cases(
    client: TestClient, tablet: Tablet, office: Office, part: Sealed
) -> None:
    Worker(office).drain()
    told = client.simulate_get(f"/v1/records/{part.digest}", headers=tablet.bearer).json
    assert told["state"] == "processed"
    assert {case["agency"] for case in told["cases"]} == {"P", "T"}
    assert all(case["violations"] and case["url"].startswith("/console/cases/") for case in told["cases"])
    assert {one["difference"] for one in told["findings"]} <= {"same", "new", "gone"}


@pytest.mark.parametrize("digest", ["0" * 64, "nonsense", "%2e%2e"])
def test_a_record_that_is_not_there_is_not_found(client: TestClient, tablet: Tablet, digest: str) -> None:
    assert client.simulate_get(f"/v1/records/{digest}", headers=tablet.bearer).json["code"] == "not_found"


def test_without_a_token_nothing_is_told(client: TestClient, part: Sealed) -> None:
    assert client.simulate_get(f"/v1/records/{part.digest}").status_code == 401
