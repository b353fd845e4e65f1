from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from falcon import testing
from falcon.testing import TestClient

from checklists.records.feed_page import PageError, opened
from server import upkeep
from server.app import create_app
from server.cases.casefile import Actor
from server.config import Config
from server.office import Office, open_office
from server.publishing import load_registry
from server.store import devices, feed, feed_fill, feed_pages, registry, stop_orders, tasks
from server.store.feed import Told
from server.store.feed_models import FeedRow
from tests.server.cast import AS_OF, REGISTRY, Tablet
from tests.server.feed.reader import Reader

LEADER = Actor("lead", "苏日娜", "leader", "T")
TASK = {"id": "task-1", "tier": "low", "created_at": AS_OF, "title": "x", "text": "y"}
NewReader = Callable[..., Reader]


@pytest.fixture
def reader(client: TestClient, tablet: Tablet, office: Office) -> Reader:
    return Reader(client, tablet, office.key.public)


@pytest.fixture
def another(client: TestClient, office: Office) -> NewReader:
    def make(agency: str = "T", area: str = "") -> Reader:
        made = Tablet()
        code = office.store.write_now(lambda: devices.new_code(agency, 24))
        made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
        if area:
            office.store.write_now(lambda: devices.place(made.enrolled["device"], area))
        return Reader(client, made, office.key.public)

    return make


def say(office: Office, kind: str, *told: Told) -> None:
    office.store.write_now(lambda: feed.tell(kind, told))


def thing(key: str, number: int = 1, **more: Any) -> Told:
    return Told(key, json.dumps({"n": number}, separators=(",", ":")), AS_OF, **more)


def stop(office: Office, number: str = "1", key: str = "蒙K12345") -> int:
    told = {"number": number, "authority": "示例县大队", "on": "vehicle", "key": key, "text": "停驶"}
    return int(office.store.write_now(lambda: stop_orders.issue(LEADER, **told)).id)


def test_everything_is_told_once_and_then_nothing(reader: Reader, office: Office) -> None:
    load_registry(office, REGISTRY)
    assert {(one["kind"], one["key"]) for one in reader.catch_up()} == {(one["kind"], one["key"]) for one in REGISTRY}
    assert reader.catch_up() == []


def test_one_changed_row_is_one_line(reader: Reader, office: Office) -> None:
    load_registry(office, REGISTRY)
    reader.catch_up()
    changed = {**REGISTRY[1], "data": {**REGISTRY[1]["data"], "name": "another"}}  # type: ignore[dict-item]
    load_registry(office, [*REGISTRY[:1], changed, *REGISTRY[2:]])
    [line] = reader.catch_up()
    assert (line["kind"], line["data"]["name"], line["as_of"]) == ("carrier", "another", AS_OF)


def test_pages_of_any_size_give_the_same(office: Office, another: NewReader) -> None:
    say(office, "a", *(thing(f"{number}") for number in range(23)))
    stop(office)
    readers = [another() for _ in range(4)]
    for limit, one in zip((1, 7, 24, 5000), readers, strict=True):
        one.catch_up(limit=limit)
    assert len({json.dumps(sorted(map(str, one.held.items()))) for one in readers}) == 1
    assert len(readers[0].held) == 26  # the order, who gave it, and that orders are given at all


def test_orders_and_revocations_come_before_what_was_there_before_them(office: Office, another: NewReader) -> None:
    say(office, "a", *(thing(f"{number}") for number in range(20)))
    late, first = another(), another()
    late.page(limit=5)
    stop(office)
    office.store.write_now(lambda: devices.revoke(first.tablet.enrolled["device"]))
    assert [one["kind"] for one in late.page(limit=5).changes()] == ["orders", "feed", "revoked", "a", "a"]
    late.catch_up(limit=5)
    assert len(late.of("a")) == 20
    assert [one["kind"] for one in another().page(limit=4).changes()] == ["orders", "feed", "revoked", "a"]


def test_an_order_that_is_lifted_is_gone_and_a_second_one_stays(reader: Reader, office: Office) -> None:
    first, second = stop(office, "1"), stop(office, "2")
    reader.catch_up()
    assert [one["number"] for one in reader.of("orders")["蒙K12345"]["rows"]] == ["1", "2"]
    office.store.write_now(lambda: stop_orders.lift(LEADER, first, "checked"))
    reader.catch_up()
    assert [one["number"] for one in reader.of("orders")["蒙K12345"]["rows"]] == ["2"]
    office.store.write_now(lambda: stop_orders.lift(LEADER, second, "checked"))
    assert {"gone": True, "key": "蒙K12345", "kind": "orders", "v": 1} in reader.catch_up()
    assert reader.of("orders") == {}


def test_a_task_is_for_its_agency_and_gone_when_it_is_done(office: Office, another: NewReader) -> None:
    transport, police = another("T"), another("P")
    office.store.write_now(lambda: tasks.add("T", TASK))
    office.store.write_now(lambda: tasks.add("T", {**TASK, "id": "alert-1", "kind": "alert"}))
    transport.catch_up()
    assert (transport.of("task"), list(transport.of("alert")), police.catch_up()) == ({"task-1": TASK}, ["alert-1"], [])
    told = {"id_": "act-1", "device": "d", "officer": "T-001", "did": "read", "note": "", "at": AS_OF}
    office.store.write_now(lambda: tasks.act("task-1", **told))
    transport.catch_up()
    assert (transport.of("task"), list(transport.of("alert"))) == ({}, ["alert-1"])


def test_who_starts_late_hears_of_nothing_that_is_gone(reader: Reader, office: Office) -> None:
    say(office, "a", thing("1"), thing("2"))
    office.store.write_now(lambda: feed.gone("a", ["1", "unknown"]))
    assert [one["key"] for one in reader.catch_up()] == ["2"]


def test_what_goes_while_somebody_loads_is_gone_at_the_end(reader: Reader, office: Office) -> None:
    say(office, "a", *(thing(f"{number}") for number in range(6)))
    reader.page(limit=2)
    office.store.write_now(lambda: feed.gone("a", ["0", "5"]))
    reader.catch_up(limit=2)
    assert sorted(reader.of("a")) == ["1", "2", "3", "4"]


def test_areas_see_their_own_and_what_is_for_all(office: Office, another: NewReader) -> None:
    county, city, other, all_ = another(area="150624"), another(area="150600"), another(area="1501"), another()
    for key, area in (("all", ""), ("county", "150624"), ("city", "1506"), ("nowhere", feed.NOWHERE)):
        say(office, "a", thing(key, area=area))
    for one in (county, city, other, all_):
        one.catch_up()
    assert sorted(county.of("a")) == sorted(city.of("a")) == ["all", "city", "county"]
    assert sorted(other.of("a")) == ["all"]
    assert sorted(all_.of("a")) == ["all", "city", "county", "nowhere"]


def test_what_moves_to_another_area_is_gone_in_the_first(office: Office, another: NewReader) -> None:
    old, new, both = another(area="150624"), another(area="150625"), another(area="1506")
    say(office, "a", thing("k", area="150624"))
    old.catch_up(), new.catch_up(), both.catch_up()
    say(office, "a", thing("k", 2, area="150625"))
    old.catch_up(), new.catch_up(), both.catch_up()
    assert (old.of("a"), new.of("a"), both.of("a")) == ({}, {"k": {"n": 2}}, {"k": {"n": 2}})
    say(office, "a", thing("k", 3, area="150624"))
    old.catch_up(), new.catch_up(), both.catch_up()
    assert (old.of("a"), new.of("a"), both.of("a")) == ({"k": {"n": 3}}, {}, {"k": {"n": 3}})


def test_a_person_goes_to_the_tablets_of_his_area_alone(office: Office, another: NewReader) -> None:
    load_registry(office, [{"kind": "person", "key": "15062419800101001X", "as_of": AS_OF, "data": {"name": "张三"}}])
    here, there = another(area="150624"), another(area="150625")
    office.store.write_now(lambda: registry.place({("person", "15062419800101001X"): "150624"}))
    here.catch_up(), there.catch_up()
    assert (list(here.of("person")), there.of("person")) == (["15062419800101001X"], {})


def test_no_word_of_a_person_of_another_area_reaches_a_tablet(office: Office, another: NewReader) -> None:
    """Not even that a number is gone: the number itself is what would get out."""
    here, there = another(area="150624"), another(area="150625")
    data = {"name": "张三", "division": "150624"}
    load_registry(office, [{"kind": "person", "key": "15062419800101001X", "as_of": AS_OF, "data": data}])
    told, elsewhere = here.catch_up(), there.catch_up()
    assert here.of("person") == {"15062419800101001X": {"name": "张三"}}
    assert [one["key"] for one in told if one["kind"] == "person"] == ["15062419800101001X"]
    assert [one for one in elsewhere if one["kind"] == "person"] == []


def test_a_person_who_moves_leaves_the_tablets_of_his_old_area_and_one_for_all_stays(
    office: Office, another: NewReader
) -> None:
    here, there = another(area="150624"), another(area="150625")
    row = {"kind": "person", "key": "15062419800101001X", "as_of": AS_OF}
    load_registry(
        office, [{**row, "data": {"name": "张三", "division": "150624"}}, {**row, "key": "E1234567", "data": {}}]
    )
    load_registry(office, [{**row, "data": {"name": "张三", "division": "150625"}}])
    load_registry(office, [{**row, "data": {"name": "张三丰"}}])
    here.catch_up(), there.catch_up()
    assert list(here.of("person")) == ["E1234567"]
    assert there.of("person") == {"15062419800101001X": {"name": "张三丰"}, "E1234567": {}}


def test_a_tablet_that_works_elsewhere_starts_again(office: Office, another: NewReader) -> None:
    one = another(area="150624")
    one.catch_up()
    office.store.write_now(lambda: devices.place(one.tablet.enrolled["device"], "150625"))
    say(office, "a", thing("k"))
    assert refused(one) == (410, "cursor_gone")


def refused(reader: Reader, **more: Any) -> tuple[int, str]:
    answer = reader.ask(**more)
    return answer.status_code, answer.json["code"]


def test_a_cursor_of_another_epoch_or_beyond_the_end_starts_again(reader: Reader, office: Office) -> None:
    say(office, "a", thing("k"))
    reader.catch_up()
    epoch, _dot, _position = reader.cursor.partition(".")
    assert refused(reader, since=f"{epoch}.900-900") == (410, "cursor_gone")
    office.store.write_now(lambda: feed_pages.renew_epoch(office.store.database))
    assert refused(reader) == (410, "cursor_gone")
    reader.cursor, reader.held = "", {}
    reader.catch_up()
    assert list(reader.of("a")) == ["k"]


@pytest.mark.parametrize("since", ["x", "1.2", "0123456789ab.1", "0123456789ab.1-2-3-4", "０123456789ab.1-2"])
def test_what_is_no_cursor_is_malformed(reader: Reader, since: str) -> None:
    assert refused(reader, since=since) == (400, "malformed")


def test_who_was_away_for_too_long_starts_again_and_others_do_not(office: Office, another: NewReader) -> None:
    say(office, "a", thing("1"), thing("2"))
    away, slow, near = another(), another(), another()
    away.catch_up()
    office.store.write_now(lambda: feed.gone("a", ["1"]))
    say(office, "a", thing("3"))
    slow.page(limit=1)  # it began behind what was gone, and has the first place alone
    near.catch_up()
    office.store.write_now(lambda: FeedRow.update(told_at="2026-01-01").where(FeedRow.gone == 1).execute())
    assert upkeep.tidy(office).feed == 1
    say(office, "a", thing("4"))
    assert refused(away) == (410, "cursor_gone")
    slow.catch_up(), near.catch_up()
    assert sorted(slow.of("a")) == sorted(near.of("a")) == ["2", "3", "4"]


def test_what_is_past_its_day_is_dropped_without_a_word(office: Office, reader: Reader) -> None:
    say(office, "a", thing("old", until="2026-01-01"), thing("new", until="2999-01-01"))
    reader.catch_up()
    assert reader.held["a", "new"]["until"] == "2999-01-01"
    assert upkeep.tidy(office).feed == 1
    assert reader.catch_up() == []


def test_what_has_its_day_does_not_wait_for_what_cannot_be_cleared_away_nor_the_other_way_round(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(upkeep.publishing, "put_due", lambda _office: done.append("put"))
    with monkeypatch.context() as patch, pytest.raises(PermissionError):
        patch.setattr(office.photo_files, "tidy", _denied)
        upkeep.tidy(office)
    say(office, "a", thing("old", until="2026-01-01"))
    monkeypatch.setattr(upkeep.publishing, "put_due", _denied)
    with pytest.raises(PermissionError):
        upkeep.tidy(office)
    assert done == ["put"] and FeedRow.select().count() == 0


def _denied(*_told: object) -> None:
    raise PermissionError


def test_a_revoked_tablet_gets_nothing_more(reader: Reader, office: Office) -> None:
    reader.catch_up()
    office.store.write_now(lambda: devices.revoke(reader.tablet.enrolled["device"]))
    assert refused(reader) == (403, "device_revoked")


def test_the_feed_needs_a_token(client: TestClient) -> None:
    assert client.simulate_get("/v1/changes").status_code == 401


def test_a_page_that_was_touched_or_belongs_elsewhere_does_not_hold(reader: Reader, office: Office) -> None:
    say(office, "a", thing("1"), thing("2"))
    body = reader.ask().content
    assert len(opened(body, office.key.public, "").lines) == 2
    for wrong in (
        body.replace(b'"n":1', b'"n":2'),
        body[:-1],
        body + b"{}\n",
        body.replace(b'"more":false', b'"more":true'),
    ):
        with pytest.raises(PageError):
            opened(wrong, office.key.public, "")
    with pytest.raises(PageError, match="another cursor"):
        opened(body, office.key.public, "0123456789ab.1-1")
    with pytest.raises(PageError, match="not the office's"):
        opened(body, Tablet().key.public, "")
    with pytest.raises(PageError, match="not JSON"):
        opened(b"", office.key.public, "")


def test_a_page_is_packed_where_that_is_asked_for_and_worth_it(
    client: TestClient, reader: Reader, office: Office
) -> None:
    say(office, "a", *(thing(f"{number}") for number in range(100)))
    headers = {**reader.tablet.bearer, "Accept-Encoding": "gzip"}
    packed = client.simulate_get("/v1/changes", headers=headers)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(reader.ask().content) / 3
    behind = {"since": reader.page().cursor}
    assert "Content-Encoding" not in client.simulate_get("/v1/changes", headers=headers, params=behind).headers


def test_what_a_later_office_wrote_passes_through_as_it_came(reader: Reader, office: Office) -> None:
    load_registry(office, [{"kind": "carrier", "key": "91150000MA0EXAMPLE", "as_of": AS_OF, "data": {"name": "x"}}])
    line = (
        '{"as_of":"2026-11-01T00:00:00.000Z","data":{"of_later":[1,{"字":2}]},"key":"k","kind":"of_later","v":9,"w":1}'
    )
    office.store.write_now(lambda: FeedRow.update(body=line, kind="of_later").execute())
    assert line.encode() in reader.page().lines


def test_a_very_long_page_ends_early_and_goes_on(reader: Reader, office: Office) -> None:
    long = '{"n":"' + "x" * 400_000 + '"}'
    say(office, "a", *(Told(f"{number}", long, AS_OF) for number in range(5)))
    sizes = [len(reader.page().lines) for _ in range(3)]
    assert sizes == [2, 2, 1]
    assert len(reader.of("a")) == 5


def test_an_office_from_before_is_filled_once(office: Office, reader: Reader) -> None:
    load_registry(office, REGISTRY)
    stop(office)
    office.store.write_now(lambda: tasks.add("T", TASK))
    before = {(one.kind, one.key, one.body) for one in FeedRow.select()}
    office.store.write_now(lambda: FeedRow.delete().execute())
    feed_fill.fill(office.store)
    assert {(one.kind, one.key, one.body) for one in FeedRow.select()} == before
    end = feed.last_place()
    feed_fill.fill(office.store)
    assert feed.last_place() == end
    assert not feed_fill.fill_once(office.store)


def test_who_waits_is_told_as_soon_as_there_is_something(office: Office, tablet: Tablet) -> None:
    key = office.key.public

    async def watch() -> list[Any]:
        async with testing.ASGIConductor(create_app(office)) as conductor:
            first = await conductor.simulate_get("/v1/changes", headers=tablet.bearer)
            since = {"since": opened(first.content, key, "").cursor, "wait": "50"}
            waiting = asyncio.ensure_future(conductor.simulate_get("/v1/changes", headers=tablet.bearer, params=since))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            # Of another agency: nothing to tell, and it goes on waiting.
            await office.store.write(lambda: feed.tell("a", [thing("p", agency="P")]))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            await office.store.write(lambda: feed.tell("a", [thing("t", agency="T")]))
            return opened((await waiting).content, key, since["since"]).changes()

    assert [one["key"] for one in asyncio.run(watch())] == ["t"]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [(lambda: devices.revoke("T0001"), "device_revoked"), (lambda: devices.place("T0001", "1506"), "cursor_gone")],
)
def test_who_is_revoked_or_sent_elsewhere_while_he_waits_is_told_so(
    office: Office, tablet: Tablet, act: Callable[[], Any], refusal: str
) -> None:
    def change() -> None:
        act()
        feed.tell("a", [thing("k")])

    async def watch() -> Any:
        async with testing.ASGIConductor(create_app(office)) as conductor:
            first = await conductor.simulate_get("/v1/changes", headers=tablet.bearer)
            since = {"since": opened(first.content, office.key.public, "").cursor, "wait": "50"}
            waiting = asyncio.ensure_future(conductor.simulate_get("/v1/changes", headers=tablet.bearer, params=since))
            await asyncio.sleep(0.2)
            await office.store.write(change)
            return (await waiting).json["code"]

    assert asyncio.run(watch()) == refusal


def test_a_wait_ends_with_an_empty_page(reader: Reader) -> None:
    reader.catch_up()
    assert reader.page(wait=1).lines == ()


def test_another_process_is_seen(office: Office, reader: Reader) -> None:
    """What another process commits does not come through this one's writer; a later look finds it."""
    reader.catch_up()
    counted = feed.commits()
    thread = threading.Thread(target=lambda: say(office, "a", thing("k")))
    thread.start()
    thread.join()
    assert feed.commits() == counted + 1
    reader.catch_up()
    assert list(reader.of("a")) == ["k"]


def test_a_copy_that_goes_on_is_another_feed(tmp_path: Any) -> None:
    from server.store.backup import copy_to

    office = open_office(Config(data_dir=str(tmp_path / "one")))
    say(office, "a", thing("k"))
    (tmp_path / "two").mkdir()
    copy_to(office.store.database, tmp_path / "two" / "office.sqlite3")
    before = feed_pages.end()
    office.close()
    again = open_office(Config(data_dir=str(tmp_path / "one")))
    assert feed_pages.end() == before
    again.close()
    copy = open_office(Config(data_dir=str(tmp_path / "two")))
    assert feed_pages.end().epoch != before.epoch and feed_pages.end().place == before.place
    copy.close()
