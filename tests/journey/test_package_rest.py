"""A package over a line that is lost in the middle, again and again: what came is not sent once more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mobile.link import enrolment, sync
from mobile.link.fetching import fetch
from mobile.link.office import Office
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store import store
from mobile.store.store import Store
from tests.server.cast import REGISTRY
from tests.server.hub.posts import Link
from tests.server.serving import Serving


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Serving]:
    held, rows = Serving(tmp_path), tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    held.command("load-registry", str(rows))
    held.command("publish")
    held.start()
    yield held
    held.stop()


@pytest.fixture
def line(office: Serving) -> Iterator[Link]:
    held = Link(office.port)
    yield held
    held.close()


@pytest.fixture
def tablet(office: Serving, line: Link, tmp_path: Path) -> Iterator[Store]:
    """A tablet that reaches its office over a line that can be cut."""
    code = office.command("enrol-code", "--agency", "T")
    held = opened(tmp_path)
    enrolment.keep(held, enrolment.enrol(line.url, code, "平板一", app="0.1.0"))
    yield held
    store.release(held)


def opened(folder: Path) -> Store:
    return store.open_store(folder / "tablet", Vault(b"k" * 32))


def largest(held: Store, office: Serving) -> tuple[dict[str, object], int]:
    """Return the offer with most bytes, and how many cross the line for it."""
    made = enrolment.enrolment(held)
    assert made is not None
    with Office(made.link) as asked:
        offers = asked.ask_json("GET", "/v1/packages")["packages"]
        offer = max(offers, key=lambda one: int(one["bytes"]))
        answer = asked.ask("GET", f"/v1/packages/{offer['name']}@{offer['version']}")
        return offer, int(answer.headers["Content-Length"])


def test_a_line_that_is_cut_every_so_often_carries_each_byte_once(office: Serving, line: Link, tablet: Store) -> None:
    offer, size = largest(tablet, office)
    made = enrolment.enrolment(tablet)
    assert made is not None
    line.most_down, line.down = 40_000, 0
    with Office(made.link) as asked:
        content = fetch(tablet, asked, offer)
    assert size > 3 * line.most_down, "the line was cut in the middle"
    assert size <= line.down < size * 1.1
    store.apply_package(tablet, offer, content, "2026-11-29T00:00:00.000Z")


def test_what_came_before_the_tablet_was_switched_off_is_not_sent_again(
    office: Serving, line: Link, tablet: Store, tmp_path: Path
) -> None:
    offer, size = largest(tablet, office)
    made = enrolment.enrolment(tablet)
    assert made is not None
    line.most_down, line.last = size // 2, True
    with Office(made.link) as asked, pytest.raises(Refusal, match="link_"):
        fetch(tablet, asked, offer)
    store.release(tablet)
    line.mend()
    line.down, again = 0, opened(tmp_path)
    with Office(made.link) as asked:
        content = fetch(again, asked, offer)
    assert line.down < size * 0.6
    store.apply_package(again, offer, content, "2026-11-29T00:00:00.000Z")
    store.release(again)


def test_a_package_that_was_begun_is_no_beginning_of_another(office: Serving, line: Link, tablet: Store) -> None:
    offer, size = largest(tablet, office)
    made = enrolment.enrolment(tablet)
    assert made is not None
    line.most_down, line.last = size // 2, True
    with Office(made.link) as asked, pytest.raises(Refusal, match="link_"):
        fetch(tablet, asked, offer)
    line.mend()
    with Office(made.link) as asked:
        other = next(one for one in asked.ask_json("GET", "/v1/packages")["packages"] if one["name"] != offer["name"])
        store.apply_package(tablet, other, fetch(tablet, asked, other), "2026-11-29T00:00:00.000Z")
    assert sync.run_once(tablet).code == ""
    assert {one.name for one in store.packages(tablet)} >= {"definitions", "reference"}
