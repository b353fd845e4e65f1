from __future__ import annotations

import pytest
from falcon.testing import TestClient

from checklists.crypto import verify_mapping
from server import clock
from server.office import Office
from server.store import devices, registry
from server.store.models import Device, EnrolmentCode
from tests.server.cast import REGISTRY, Tablet


def enrol(client: TestClient, tablet: Tablet, code: str):
    return client.simulate_post("/v1/devices", json=tablet.ask(code))


def test_a_code_makes_a_device_with_a_certificate_of_the_office(client: TestClient, office: Office, code: str) -> None:
    office.store.write_now(lambda: registry.put(REGISTRY))
    tablet = Tablet()
    answer = enrol(client, tablet, code)
    assert answer.status_code == 201
    assert verify_mapping(office.key.public, answer.json["certificate"])
    assert answer.json["certificate"]["key"] == tablet.key.public
    assert answer.json["office"] == "示例县"
    assert answer.json["officers"] == [{"id": "T-001", "name": "王某", "card": "15060001", "agency": "T"}]


def test_a_code_may_be_typed_in_small_letters_without_dashes(client: TestClient, code: str) -> None:
    assert enrol(client, Tablet(), code.replace("-", "").lower()).status_code == 201


def test_a_code_works_once(client: TestClient, code: str) -> None:
    enrol(client, Tablet(), code)
    answer = enrol(client, Tablet(), code)
    assert (answer.status_code, answer.json["code"]) == (403, "code_used")
    assert Device.select().count() == 1


def test_a_tablet_that_lost_the_answer_gets_the_same_device_again(client: TestClient, code: str) -> None:
    tablet = Tablet()
    first, second = (enrol(client, tablet, code).json for _ in range(2))
    assert first["device"] == second["device"]
    assert first["certificate"] == second["certificate"]
    assert first["token"] != second["token"]


def test_an_old_code_is_refused(client: TestClient, office: Office, code: str) -> None:
    office.store.write_now(lambda: EnrolmentCode.update(expires_at=clock.later(hours=-1)).execute())
    assert enrol(client, Tablet(), code).json["code"] == "code_expired"


def test_codes_cannot_be_tried_out_and_nobody_is_shut_out_by_who_tries(client: TestClient, code: str) -> None:
    answers = [enrol(client, Tablet(), f"AAAA-AAAA-{number:04d}") for number in range(12)]
    assert [one.json["code"] for one in answers] == ["code_invalid"] * 10 + ["too_many_attempts"] * 2
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0
    assert enrol(client, Tablet(), code).status_code == 201


def test_the_store_keeps_neither_code_nor_token(tablet: Tablet, office: Office, code: str) -> None:
    kept = str([list(row.__data__.values()) for table in (Device, EnrolmentCode) for row in table.select()])
    assert code.replace("-", "") not in kept
    assert tablet.enrolled["token"] not in kept


def test_a_revoked_device_is_refused(client: TestClient, tablet: Tablet, office: Office) -> None:
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"]))
    answer = client.simulate_get("/v1/packages", headers=tablet.bearer)
    assert (answer.status_code, answer.json["code"]) == (403, "device_revoked")


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer nobody", "Basic abc", "Bearer 中"])
def test_a_request_without_a_known_token_is_refused(client: TestClient, header: str | None) -> None:
    given = {"Authorization": header.encode().decode("latin-1")} if header else {}
    answer = client.simulate_post("/v1/records", headers=given, body=b"{}")
    assert (answer.status_code, answer.json["code"]) == (401, "token_invalid")


@pytest.mark.parametrize(
    "change",
    [{"public_key": "AAAA"}, {"public_key": "!"}, {"name": ""}, {"name": "a\0b"}, {"name": 3}, {"code": "x" * 300}],
)
def test_an_enrolment_that_cannot_be_read_says_so(client: TestClient, code: str, change: dict[str, object]) -> None:
    answer = client.simulate_post("/v1/devices", json={**Tablet().ask(code), **change})
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert Device.select().count() == 0
