"""The watch list: it ends by itself, is told to those alone who may meet it, and what teams did comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.facts.situation import situation
from checklists.findings.watched import watched
from checklists.wire import uuid7
from server import clock
from server.accounts import Scope
from server.cases.ends import day_text
from server.office import Office
from server.parts import entries_of
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import devices, feed_fill, meta, watch
from server.store.feed_models import FeedRow
from server.store.office_models import Audit
from server.store.steering_models import WatchAct, WatchEntry
from server.store.watch import Draft, WatchError
from tests.server.cast import Tablet, batch, now
from tests.server.feed.reader import Reader
from tests.server.store.office_cases import actor
from tests.server.story import PLATE, seal_story

MOST = 90
PERSON = "150600198001010019"


def day(after: int) -> str:
    return day_text(clock.later(days=after))


def draft(**changes: str) -> Draft:
    told = {
        "on": "vehicle", "key": f"{PLATE}|yellow", "unit": "示例县大队", "officer": "王警官", "contact": "0477-1234567",
        "why": "上周在G109弃车离开，需了解情况", "do": "call", "text": "留下司机电话", "until": day(7),
    }  # fmt: skip
    return Draft(**{**told, **changes})


def added(office: Office, by: str = "lead", **changes: str) -> WatchEntry:
    return office.store.write_now(lambda: watch.add(actor(by), draft(**changes), MOST))


def reader(client: TestClient, office: Office, tablet: Tablet) -> Reader:
    return Reader(client, tablet, office.key.public)


def other(client: TestClient, office: Office, agency: str, area: str = "") -> Tablet:
    made, code = Tablet(), office.store.write_now(lambda: devices.new_code(agency, 24))
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    if area:
        office.store.write_now(lambda: devices.place(made.enrolled["certificate"]["prefix"], area))
    return made


def lookup_of(held: Reader) -> Any:
    """A tablet's look-up: rows by the number that they are about."""

    def lookup(kind: str, key: str) -> dict[str, Any] | None:
        rows = [one for one in held.of(kind).values() if key in (one["key"], one["key"].partition("|")[0])]
        return {"data": {"rows": rows}, "as_of": now()} if rows else None

    return lookup


def test_an_entry_is_told_and_ends_by_its_day_and_by_its_tombstone(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    held, entry = reader(client, office, tablet), added(office)
    held.catch_up()
    (line,) = [one for (kind, _key), one in held.held.items() if kind == "watch"]
    assert line["until"] == entry.until and line["data"]["unit"] == "示例县大队"
    office.store.write_now(lambda: watch.lift(actor("lead"), str(entry.id), "已联系上"))
    assert [(one["key"], one.get("gone")) for one in held.catch_up()] == [(str(entry.id), True)]
    assert held.of("watch") == {}


def test_it_is_about_that_vehicle_alone_and_about_no_other_colour(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    held = reader(client, office, tablet)
    for on, key in (("vehicle", f"{PLATE}|yellow"), ("person", PERSON), ("carrier", "91150000MA0EXAMPLE")):
        added(office, on=on, key=key)
    held.catch_up()
    today = date.fromisoformat(day(0))

    def found(days: int = 0, **known: Any) -> list[str]:
        told = situation({"at": now(), **known})
        return [one.on for one in watched(lookup_of(held), told, today + timedelta(days=days))]

    assert found(vehicle={"plate": PLATE, "colour": "yellow"}) == ["vehicle"]
    assert found(vehicle={"plate": PLATE}) == ["vehicle"]
    assert found(vehicle={"plate": PLATE, "colour": "blue"}) == []
    assert found(vehicle={"plate": "蒙K99999"}, driver={"id_number": PERSON}) == ["person"]
    assert found(vehicle={"plate": "蒙K99999"}, carrier={"uscc": "91150000MA0EXAMPLE"}) == ["carrier"]
    assert found(days=9, vehicle={"plate": PLATE}) == [], "it ended, also on a tablet that hears nothing"


def test_the_scope_says_which_tablets_hear_of_it(client: TestClient, office: Office, tablet: Tablet) -> None:
    police, near = other(client, office, "P"), other(client, office, "T", "150624")
    far = other(client, office, "T", "152921")
    mine = added(office, agency="T"), added(office, area="150600")
    names = {str(one.id): name for one, name in zip(mine, ("agency", "area"), strict=True)}

    def hears(one: Tablet) -> set[str]:
        held = reader(client, office, one)
        held.catch_up()
        return {names[key] for key in held.of("watch")}

    assert hears(tablet) == {"agency", "area"}
    assert hears(police) == {"area"}
    assert hears(near) == {"agency", "area"}
    assert hears(far) == {"agency"}


@pytest.mark.parametrize(
    ("changes", "by", "fault"),
    [
        ({"until": ""}, "lead", watch.NO_END),
        ({"until": "2020-01-01"}, "lead", watch.NO_END),
        ({"until": "2999-01-01"}, "lead", watch.TOO_LONG),
        ({"why": " "}, "lead", watch.MISSING),
        ({"do": "stop"}, "lead", watch.MISSING),
        ({"officer": ""}, "lead", watch.MISSING),
        ({"on": "person", "key": "150624********001X"}, "lead", watch.NO_NUMBER),
        ({"on": "vehicle", "key": "蒙K1"}, "lead", watch.NO_NUMBER),
        ({"area": "x"}, "lead", watch.NO_DIVISION),
        ({}, "wang", watch.NO_ROLE),
    ],
)
def test_what_is_no_entry_is_refused(office: Office, changes: dict[str, str], by: str, fault: str) -> None:
    with pytest.raises(WatchError) as caught:
        added(office, by, **changes)
    assert fault in caught.value.faults
    assert not WatchEntry.select().exists() and not FeedRow.select().where(FeedRow.kind == "watch").exists()


def test_it_is_lifted_once_by_who_asked_with_a_reason(office: Office) -> None:
    entry = str(added(office).id)
    for by, why, fault in (("chief", "x", watch.OTHERS), ("lead", " ", watch.NO_REASON), ("wang", "x", watch.NO_ROLE)):
        with pytest.raises(WatchError) as caught:
            office.store.write_now(lambda by=by, why=why: watch.lift(actor(by), entry, why))
        assert fault in caught.value.faults
    office.store.write_now(lambda: watch.lift(actor("lead"), entry, "已核实"))
    with pytest.raises(WatchError):
        office.store.write_now(lambda: watch.lift(actor("lead"), entry, "again"))
    assert [str(one.action) for one in Audit.select().order_by(Audit.id)] == ["watch.add", "watch.lift"]


def test_what_a_team_did_comes_back_with_its_record_once(client: TestClient, office: Office, tablet: Tablet) -> None:
    packages, entry, inspection = publish_all(office), str(added(office).id), uuid7()
    said = [
        tablet.entry(inspection, 80, "note", "watch", {"watch": entry, "did": "shown"}),
        tablet.entry(inspection, 81, "note", "watch", {"watch": entry, "did": "done"}),
        tablet.entry(inspection, 82, "note", "watch", {"watch": "another", "did": "done"}),
        tablet.entry(inspection, 83, "note", "watch", {"watch": entry, "did": "arrested"}),
        {**tablet.entry(inspection, 84, "note", "watch", {"watch": entry, "did": "done"}), "device": uuid7()},
    ]
    sealed = seal_story(tablet, packages, inspection=inspection, entries=said, findings=[])
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()
    assert sorted(str(one.did) for one in WatchAct.select()) == ["done", "shown"]
    office.store.write_now(lambda: watch.acted(inspection, entries_of(sealed.part), tablet.enrolled["device"]))
    assert WatchAct.select().count() == 2


def test_who_sees_it_in_the_console(office: Office) -> None:
    for scope_ in ({"agency": "T"}, {"area": "150600"}, {}):
        added(office, **scope_)
    for agencies, area, many in (({"T"}, "", 3), ({"P"}, "", 2), ({"P"}, "152921", 1), (set(), "", 0)):
        scope = Scope(frozenset(agencies), area)
        assert watch.count(scope, watch.Wanted()) == len(watch.page(scope, watch.Wanted(), 9)) == many
    assert watch.count(Scope(None), watch.Wanted(text="弃车")) == 3
    assert watch.count(Scope(None), watch.Wanted(text="nobody")) == 0
    assert watch.count(Scope(None), watch.Wanted(state="ended")) == 0


def test_an_office_that_had_no_feed_is_told_of_what_stands(office: Office) -> None:
    kept, gone = str(added(office).id), str(added(office).id)
    office.store.write_now(lambda: watch.lift(actor("lead"), gone, "x"))
    office.store.write_now(lambda: FeedRow.delete().execute())
    office.store.write_now(lambda: meta.put("feed_filled", ""))
    feed_fill.fill(office.store)
    assert [str(one.key) for one in FeedRow.select().where(FeedRow.kind == "watch")] == [kept]
