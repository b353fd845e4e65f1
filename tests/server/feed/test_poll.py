"""Nothing is new: what is answered ahead of Falcon is what Falcon would answer, and nobody gets it who would not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from falcon.testing import ASGIConductor, TestClient, create_asgi_req

from checklists.records.feed_page import opened
from server.api.changes import Asked, ChangesResource, page
from server.api.cursor import Cursor
from server.api.reading import Gate
from server.app import create_app
from server.limits import Places
from server.office import Office
from server.patience import patient
from server.store import devices, feed, feed_pages
from server.store.feed_pages import Sight
from tests.server.cast import Tablet
from tests.server.feed.reader import Reader


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that Falcon heard."""
    held: list[str] = []
    on_get = ChangesResource.on_get

    async def note(self: ChangesResource, req: Any, resp: Any) -> None:
        held.append(req.query_string)
        await on_get(self, req, resp)

    monkeypatch.setattr(ChangesResource, "on_get", note)
    return held


@pytest.fixture
def reader(heard: list[str], client: TestClient, tablet: Tablet, office: Office) -> Reader:
    """A tablet that has everything and has asked on from there."""
    made = Reader(client, tablet, office.key.public)
    made.catch_up()
    made.page()
    heard.clear()
    return made


def test_the_answer_is_the_one_that_falcon_gives(reader: Reader, heard: list[str]) -> None:
    ahead, through = reader.ask(), reader.ask(limit="0500", other="1")
    assert len(heard) == 1 and "other" in heard[0]
    assert (ahead.status, dict(ahead.headers)) == (through.status, dict(through.headers))
    assert reader.page().lines == () and len(heard) == 1


def test_what_has_changed_is_told(reader: Reader, office: Office) -> None:
    office.store.write_now(lambda: feed.tell("a", [feed.Told("k", "{}", "2026-11-01")]))
    assert [one["key"] for one in reader.catch_up()] == ["k"]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda _office: devices.revoke("T0001"), "device_revoked"),
        (lambda _office: devices.place("T0001", "1506"), "cursor_gone"),
        (lambda office: feed_pages.renew_epoch(office.store.database), "cursor_gone"),
    ],
)
def test_who_is_no_more_to_be_answered_is_refused_at_once(
    reader: Reader, office: Office, act: Callable[[Office], Any], refusal: str
) -> None:
    office.store.write_now(lambda: act(office))
    assert reader.ask().json["code"] == refusal


def test_what_another_process_revoked_is_seen_when_the_end_is_looked_up_again(
    reader: Reader, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = feed.commits()
    office.store.write_now(lambda: devices.revoke("T0001"))
    monkeypatch.setattr(feed, "_commits", counted)  # as where it was not committed
    while (answer := reader.ask()).status_code == 200:
        continue
    assert answer.json["code"] == "device_revoked"


def test_a_device_is_known_only_as_it_was_read(office: Office, tablet: Tablet) -> None:
    gate, shown = Gate(office), tablet.bearer["Authorization"]
    asyncio.run(gate.known(create_asgi_req(headers=tablet.bearer), "mark"))
    assert str(gate.held(shown, "mark")) == tablet.enrolled["device"]
    assert gate.held(shown, "another mark") is None and gate.held(f"{shown}x", "mark") is None


@pytest.mark.parametrize("shown", ["Bearer nobody", "Bearer", "", "Basic x"])
def test_who_is_not_known_is_refused(client: TestClient, reader: Reader, shown: str) -> None:
    answer = client.simulate_get("/v1/changes", params={"since": reader.cursor}, headers={"Authorization": shown})
    assert (answer.status_code, answer.json["code"]) == (401, "token_invalid")


def test_every_answer_counts_in_its_minute(office: Office, tablet: Tablet) -> None:
    few = TestClient(create_app(replace(office, config=replace(office.config, requests_per_minute=8))))
    reader = Reader(few, tablet, office.key.public)
    reader.catch_up()
    assert [reader.ask().status_code for _ in range(8)] == [200] * 7 + [429]


def test_a_device_that_has_all_its_places_is_refused(office: Office, tablet: Tablet, heard: list[str]) -> None:
    config = replace(office.config, device_at_once=2)
    bounded = patient(create_app(replace(office, config=config)), config)

    async def served(scope: Any, receive: Any, send: Any) -> None:
        if "headers" in scope:
            scope["headers"] = [tuple(one) for one in scope["headers"]]  # as a server gives them
        await bounded(scope, receive, send)

    async def run() -> list[int]:
        async with ASGIConductor(served) as tablets:
            ask = partial(tablets.simulate_get, "/v1/changes", headers=tablet.bearer)
            since = opened((await ask()).content, office.key.public, "").cursor
            codes = [(await ask(params={"since": since})).status_code for _ in range(2)]
            waiting = [asyncio.ensure_future(ask(params={"since": since, "wait": 50})) for _ in range(2)]
            while len(heard) < 4:
                await asyncio.sleep(0.01)
            codes.append((await ask(params={"since": since})).status_code)
            await office.store.write(lambda: feed.tell("a", [feed.Told("k", "{}", "2026-11-01")]))
            return codes + [(await one).status_code for one in waiting]

    assert asyncio.run(run()) == [200, 200, 429, 200, 200]


def test_a_place_is_taken_and_given_back() -> None:
    places = Places(2, each=1)
    leave = places.enter("a")
    with pytest.raises(Exception, match="too_many_at_once"):
        places.check("a")
    places.check("b")
    places.enter("b")
    with pytest.raises(Exception, match="busy"):
        places.check("c")
    leave()
    places.check("a")


def test_a_page_holds_as_of_when_its_end_was_looked_up(office: Office) -> None:
    """Who commits between that and the answer is not in the page, and the page does not say that he were."""
    end, sight = feed_pages.end(), Sight("T")
    made = page(office, Asked(sight, "", Cursor(sight.epoch(end.epoch)), 500, packed=False), end)
    assert opened(made.body, office.key.public, "").at == end.read_at
