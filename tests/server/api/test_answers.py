from __future__ import annotations

import json
import logging

import psycopg
import pytest
from falcon.testing import TestClient

from server.app import create_app
from server.limits import Window
from server.logs import JsonLines
from server.office import Office
from server.refusals import REFUSALS, Refused
from server.store import users
from tests.server.browser import Browser
from tests.server.cast import Tablet, batch
from tests.server.scene import PASSWORD


def test_every_refusal_has_words_and_a_status() -> None:
    assert all(400 <= one.status < 600 and one.title for one in REFUSALS.values())


def test_answers_carry_the_headers_that_browsers_heed(client: TestClient) -> None:
    headers = client.simulate_get("/healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path", "status", "refusal"),
    [("GET", "/nowhere", 404, "not_found"), ("DELETE", "/v1/records", 405, "method_not_allowed")],
)
def test_what_is_not_there_has_a_code_too(
    client: TestClient, method: str, path: str, status: int, refusal: str
) -> None:
    answer = client.simulate_request(method, path)
    assert (answer.status_code, answer.json["code"]) == (status, refusal)


def test_a_bug_is_answered_with_a_code_and_without_its_trace(
    client: TestClient, tablet: Tablet, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_told: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("server.store.records.receive", bug)
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    assert "secret" not in answer.text


def test_a_full_database_is_said(client: TestClient, tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    from peewee import OperationalError

    def full(*_told: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("server.store.records.receive", full)
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert (answer.status_code, answer.json["code"]) == (507, "storage_full")


@pytest.mark.parametrize("fault", [psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected])
def test_a_statement_that_the_database_ended_may_be_tried_again(
    client: TestClient, office: Office, tablet: Tablet, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def ended(*_told: object) -> None:
        raise fault

    who = {"login": "T", "name": "T", "role": "leader", "agency": "T", "password": PASSWORD}
    office.store.write_now(lambda: users.add(**who))
    browser = Browser(office, "T")
    monkeypatch.setattr("server.store.records.receive", ended)
    monkeypatch.setattr("server.console.inbox.inbox_page", ended)
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert (answer.status_code, answer.json["code"]) == (503, "database_away")
    page = browser.get("/console/inbox")
    assert page.status_code == 503
    assert answer.headers["Retry-After"] == page.headers["Retry-After"]


def test_a_device_that_asks_too_often_is_told_to_wait(office: Office, tablet: Tablet) -> None:
    from dataclasses import replace

    client = TestClient(create_app(replace(office, config=replace(office.config, requests_per_minute=3))))
    answers = [client.simulate_get("/v1/packages", headers=tablet.bearer) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[3].json["code"] == "too_many_requests"


def test_a_window_opens_again_after_its_minute() -> None:
    at = [0.0]
    window = Window(1, "too_many_requests", lambda: at[0])
    window.count("a")
    window.count("b")
    with pytest.raises(Refused):
        window.count("a")
    at[0] = 60.0
    window.count("a")


def test_readiness_says_what_waits(client: TestClient, tablet: Tablet) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    told = client.simulate_get("/readyz").json
    assert (told["ready"], told["records"]) == (True, {"received": 1})


def test_a_log_line_holds_named_fields_alone() -> None:
    record = logging.LogRecord("server.requests", logging.INFO, "", 0, "request", None, None)
    record.status, record.token = 200, "secret"
    line = json.loads(JsonLines().format(record))
    assert line["status"] == 200
    assert "secret" not in str(line)
