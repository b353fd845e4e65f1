"""Given at a post without a line, a stop order stops there at once, then at every post; a second tablet lifts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checklists.inspection.stop_order import GIVE, LIFT, OrderAct
from checklists.zone import LAW_ZONE
from mobile.desk import Desk
from mobile.inspecting.officers import named
from mobile.inspecting.own_orders import OwnOrders, book
from mobile.link import enrolment
from mobile.screens.stops.state import list_state
from mobile.sealing import post_orders
from mobile.store import store
from server.office import Office
from server.processing.worker import Worker
from server.publishing import load_registry
from server.store import devices, stop_orders
from tests.journey.test_supplement import PIN, desk, fetch, office, url
from tests.server.cast import AS_OF

__all__ = ["desk", "office", "url"]

ACT = OrderAct(GIVE, "", "", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停，联系本站", 3)


@pytest.fixture(autouse=True)
def leaders(office: Office) -> None:
    told = {"T-009": {"name": "周队长", "agency": "T", "leader": True}, "P-001": {"name": "赵某", "agency": "P"}}
    load_registry(office, [{"kind": "officer", "key": key, "as_of": AS_OF, "data": one} for key, one in told.items()])


def another(office: Office, url: str, folder: Path, agency: str, officer: str) -> Desk:
    code = office.store.write_now(lambda: devices.new_code(agency, 24))
    made = Desk(folder, lambda screen, where: None)
    made.start_sync = lambda: None  # type: ignore[method-assign]
    made.enrol(enrolment.enrol(url, code, "平板二", app="0.1.0"), officer, PIN)
    fetch(made)
    return made


@pytest.fixture
def second(office: Office, url: str, tmp_path: Path) -> Iterator[Desk]:
    """The same team's second tablet."""
    made = another(office, url, tmp_path / "second", "T", "T-009")
    yield made
    made.close()


@pytest.fixture
def police(office: Office, url: str, tmp_path: Path) -> Iterator[Desk]:
    """A tablet of another agency."""
    made = another(office, url, tmp_path / "police", "P", "P-001")
    yield made
    made.close()


def sealed(post: Desk, act: OrderAct) -> Any:
    fetch(post)
    leader = named(post.access.enrolled.serving, "T-009")
    _named, part = post_orders.seal(
        post.open_store, act, leader, post.device_facts, post.access.enrolled, datetime.now(UTC)
    )
    return part


def stopped(post: Desk) -> list[str]:
    row = OwnOrders(post.open_store, lambda kind, key: store.lookup(post.open_store, kind, key)).lookup(
        "orders", "蒙K12345"
    )
    return [str(one["number"]) for one in row["data"]["rows"]] if row else []


def told(post: Desk) -> Any:
    return book(post.open_store, datetime.now(LAW_ZONE).date())


def deliver(office: Office, *posts: Desk) -> None:
    fetch(posts[0])
    Worker(office).drain()
    for one in posts:
        fetch(one)
        one.access.renew()


def test_given_without_a_line_it_stops_here_then_everywhere_and_the_second_tablet_lifts_it(
    office: Office, desk: Desk, second: Desk, police: Desk
) -> None:
    part = sealed(desk, ACT)
    number = part.part["order"]["number"]
    assert (stopped(desk), stopped(second)) == ([number], [])
    assert [one.state for one in list_state(told(desk)).lines] == ["本机发出，尚未送达"]
    deliver(office, desk, second, police)
    assert stopped(desk) == stopped(second) == stopped(police) == [number]
    assert [one.state for one in list_state(told(desk)).lines] == ["已全部生效"]
    (order,) = stop_orders.page()
    assert (order.number, order.agency, order.who) == (number, "T", "T-009")
    assert told(police).liftable == {}
    ((_key, one),) = told(second).liftable.items()
    lifting = OrderAct(LIFT, one.number, one.authority, one.on, one.key, "已整改复查")
    sealed(second, lifting)
    assert (stopped(second), stopped(desk)) == ([], [number])
    deliver(office, second, desk, police)
    assert stopped(desk) == stopped(police) == []
    assert list_state(told(desk)).lines == list_state(told(second)).lines == ()


def test_a_refusal_comes_back_to_the_tablet_and_the_vehicle_goes(office: Office, desk: Desk, second: Desk) -> None:
    part = sealed(desk, replace(ACT, basis="某法第九百条"))
    assert stopped(desk) != []
    deliver(office, desk, second)
    assert stopped(desk) == stopped(second) == []
    (row,) = list_state(told(desk)).lines
    assert (row.does, row.state) == ("seen", "办公端未采纳：所引依据未核或未生效")
    assert [one.digest for one in told(desk).unread] == [part.digest]
    assert list_state(told(second)).lines == ()
