"""A heavy page holds no record, and ends."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import pytest
from falcon import testing

from server.accounts import Scope
from server.app import create_app
from server.office import Office
from server.refusals import Refused
from server.store import reading, users
from server.store.engine import Store
from server.store.models import database
from server.store.page_reads import READERS, PageStore
from tests.server.browser import Browser
from tests.server.cast import Tablet, batch
from tests.server.scene import PASSWORD

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT MAX(n) FROM c"
SECONDS = 0.2
PAGES = 4
"""As many as the store has readers for tablets."""


def sign_up(office: Office) -> None:
    told = {"login": "wang", "name": "王某", "role": "leader", "agency": "T", "password": PASSWORD}
    office.store.write_now(lambda: users.add(**told))


def endless(*_told: Any) -> Any:
    return database.execute_sql(ENDLESS).fetchall()  # type: ignore[no-untyped-call] # peewee's own


def test_a_record_is_received_while_every_reader_of_pages_is_taken(
    office: Office, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(office)
    cookies, app = Browser(office, "wang")._headers(), create_app(office)
    busy, received, counts = threading.Semaphore(0), threading.Event(), reading.counts

    def heavy(scope: Scope) -> reading.Counts:
        busy.release()
        assert received.wait(60), "the record waited for the pages"
        return counts(scope)

    async def run() -> tuple[Any, list[Any]]:
        async with testing.ASGIConductor(app) as desk:
            pages = [asyncio.create_task(desk.simulate_get("/console/inbox", headers=cookies)) for _ in range(PAGES)]
            for _ in range(READERS):
                await asyncio.to_thread(busy.acquire)
            found = await desk.simulate_post("/v1/records", body=batch(tablet.seal()), headers=tablet.bearer)
            received.set()
            return found, await asyncio.gather(*pages)

    monkeypatch.setattr(reading, "counts", heavy)
    found, answers = asyncio.run(run())
    assert found.status_code == 200
    assert {one.status_code for one in answers} == {200}


def test_a_page_that_asks_too_much_ends_and_says_what_to_do(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_up(office)
    hasty = replace(office, config=replace(office.config, page_seconds=SECONDS))  # type: ignore[arg-type] # a whole one
    browser = Browser(hasty, "wang")
    monkeypatch.setattr(reading, "counts", endless)
    page = browser.get("/console/inbox")
    assert page.status_code == 503 and "请缩小到较少的天数或一个名称" in page.text
    monkeypatch.undo()
    assert browser.get("/console/inbox").status_code == 200


def test_only_what_a_page_asks_is_stopped_and_the_next_is_answered(office: Office) -> None:
    pages = PageStore(office.store, 0.1)
    with pytest.raises(Refused, match="page_too_slow"):
        wait(pages, endless)
    assert wait(pages, lambda: database.execute_sql("SELECT 1").fetchall()) == [(1,)]  # type: ignore[no-untyped-call]


def wait(store: Store, query: Any) -> Any:
    """Run a query in a thread of the store, as a page does."""
    return store._readers.submit(store.read_now, query).result()
