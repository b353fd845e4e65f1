"""The office's feed in the tablet's store: whole pages or nothing, never a list that is half there, nothing twice."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from checklists import crypto
from checklists.records import feed_page
from mobile.refusals import Refusal
from mobile.store import feed, store
from mobile.store.models import FeedRow, FeedWay
from tests.mobile.field import AT, OFFICE, begun, entry, hear, line, opened, page

LATER = "2026-11-21T01:30:03.000Z"


@pytest.fixture
def held(tmp_path):
    made = opened(tmp_path)
    yield made
    store.release(made)


def code(act: Any, *given: Any) -> str:
    with pytest.raises(Refusal) as caught:
        act(*given)
    return caught.value.code


def vehicle(number: int, **data: Any) -> bytes:
    return line("vehicle", f"蒙K{number:05d}", data)


def rows(held) -> list[tuple[int, str]]:
    return sorted((one.generation, one.kind) for one in FeedRow.select().execute(held.db))


def test_a_page_is_kept_with_its_cursor_and_the_next_one_goes_on(held):
    hear(held, vehicle(1, trailer="蒙K1234挂"), line("carrier", "91150624MA0YL0001J", {"name": "甲"}))
    hear(held, vehicle(1, trailer="蒙K5678挂"), line("carrier", "91150624MA0YL0001J"))
    assert store.lookup(held, "vehicle", "蒙K00001")["data"] == {"trailer": "蒙K5678挂"}
    assert store.lookup(held, "carrier", "91150624MA0YL0001J") is None
    assert (store.heard(held).cursor, store.heard(held).whole) == ("e.4", True)


def test_an_old_way_leads_nowhere_after_the_row_changed_or_left(held):
    hear(held, vehicle(1, trailer="蒙K1234挂", tank="T1"), vehicle(2, trailer="蒙K1234挂"))
    hear(held, vehicle(1, trailer="蒙K5678挂", tank="T1"))
    assert store.lookup(held, "units", "蒙K1234挂")["data"]["rows"] == ["蒙K00002"]
    assert store.lookup(held, "units", "T1")["data"]["rows"] == ["蒙K00001"]
    hear(held, line("vehicle", "蒙K00001"), line("vehicle", "蒙K00002"))
    assert [store.lookup(held, "units", one) for one in ("蒙K1234挂", "蒙K5678挂", "T1")] == [None] * 3
    assert list(FeedWay.select().execute(held.db)) == []


def test_of_a_thing_that_is_told_twice_in_a_page_the_last_counts(held):
    hear(held, vehicle(1, a=1), line("vehicle", "蒙K00001"), vehicle(1, a=2), vehicle(2), line("vehicle", "蒙K00002"))
    assert store.lookup(held, "vehicle", "蒙K00001")["data"] == {"a": 2}
    assert store.lookup(held, "vehicle", "蒙K00002") is None


def test_the_same_page_again_and_a_page_of_another_place_change_nothing(held):
    body = page([vehicle(1)], "e.1")
    store.lay(held, body, "", AT)
    assert code(store.lay, held, body, "", AT) == "page_passed"
    assert code(store.lay, held, page([vehicle(2)], "e.9", "e.7"), "e.1", AT) == "page_invalid"
    assert store.heard(held).cursor == "e.1" and store.lookup(held, "vehicle", "蒙K00002") is None


def forged() -> bytes:
    head = {"at": AT, "agency": "T", "area": "", "since": "e.1", "cursor": "e.2", "more": False}
    return feed_page.make(crypto.new_signing_key(), head, [line("orders", "蒙K00001")])


@pytest.mark.parametrize(
    "spoilt",
    [
        forged(),
        page([vehicle(2)], "e.2", "e.1").replace("蒙K00002".encode(), "蒙K00003".encode()),
        page([vehicle(2), vehicle(3)], "e.2", "e.1").rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n",
        page([vehicle(2)], "e.2", "e.1").replace(b'"cursor":"e.2"', b'"cursor":"e.9"'),
        b"",
        b"<html>log in here</html>",
    ],
    ids=["foreign key", "changed row", "a row left out", "another cursor", "nothing", "a hotspot's page"],
)
def test_a_page_that_is_not_the_office_s_changes_nothing(held, spoilt):
    hear(held, line("orders", "蒙K00001", {"rows": [1]}))
    assert code(store.lay, held, spoilt, "e.1", AT) == "page_invalid"
    assert store.heard(held).cursor == "e.1"
    assert store.lookup(held, "orders", "蒙K00001")["data"] == {"rows": [1]}
    assert rows(held) == [(1, "orders")]


def test_what_is_half_there_is_not_used_and_orders_are_as_soon_as_all_of_them_came(held):
    urgent = [line("feed", "orders", {}), line("feed", "past", {}), line("orders", "蒙K00001", {"rows": [1]})]
    store.lay(held, page(urgent[:2], "e.2", more=True), "", AT)
    assert store.lookup(held, "feed", "orders") is None, "more orders may come"
    store.lay(held, page([urgent[2], vehicle(1)], "e.4", "e.2", more=True), "e.2", AT)
    assert store.lookup(held, "orders", "蒙K00001")["data"] == {"rows": [1]}
    assert store.lookup(held, "feed", "orders") is not None
    assert store.lookup(held, "feed", "past") is None, "the list's rows are not there yet"
    assert store.lookup(held, "vehicle", "蒙K00001") is None and not store.heard(held).whole
    store.lay(held, page([line("past", "蒙K00001", {"rows": []})], "e.5", "e.4"), "e.4", AT)
    assert store.lookup(held, "feed", "past") is not None and store.heard(held).whole
    assert store.lookup(held, "vehicle", "蒙K00001") is not None


def test_beginning_again_uses_the_old_rows_until_the_new_ones_are_whole(held):
    hear(held, vehicle(1), vehicle(2), line("orders", "蒙K00001", {"rows": [1]}))
    feed.begin_again(held)
    feed.begin_again(held)
    assert store.heard(held).coming and store.heard(held).cursor == ""
    store.lay(held, page([line("orders", "蒙K00002", {"rows": [2]}), vehicle(2)], "f.2", more=True), "", AT)
    assert store.lookup(held, "orders", "蒙K00001") is None, "orders of the new beginning stand already"
    assert store.lookup(held, "orders", "蒙K00002") is not None
    assert store.lookup(held, "vehicle", "蒙K00001") is not None, "vehicles are still those of before"
    feed.begin_again(held)
    store.lay(held, page([vehicle(2), vehicle(3, trailer="蒙K1234挂")], "g.2"), "", AT)
    found = [store.lookup(held, "vehicle", f"蒙K{number:05d}") is not None for number in (1, 2, 3)]
    assert (found, store.lookup(held, "orders", "蒙K00002")) == ([False, True, True], None)
    feed.sweep(held)
    assert len({generation for generation, _kind in rows(held)}) == 1


def test_a_list_of_the_office_itself_is_as_fresh_as_its_last_word_and_an_imported_one_is_not(held):
    hear(held, line("feed", "orders", {}, "2026-01-01T00:00:00.000Z"), line("feed", "past", {}, "2026-01-01"))
    hear(held, vehicle(1), at=LATER)
    assert store.lookup(held, "feed", "orders")["as_of"] == LATER
    assert store.lookup(held, "feed", "past")["as_of"] == "2026-01-01"


def test_while_more_waits_the_office_s_last_word_is_the_one_before(held):
    hear(held, vehicle(1))
    store.lay(held, page([vehicle(2)], "e.2", "e.1", more=True, at=LATER), "e.1", LATER)
    assert store.heard(held).at == AT


def test_a_check_is_found_by_every_number_it_is_about_and_leaves_with_its_day(held):
    about = {"vehicle": "蒙K00001|yellow", "trailer": "蒙K1234挂|yellow", "tank": "T1", "carrier": "", "driver": "15"}
    hear(held, line("history", "i1", {"about": about, "outcome": "release"}, until="2027-11-21"))
    hear(held, line("history", "i2", {"about": {"vehicle": "蒙K00001|yellow"}, "outcome": "hold"}, until="2027-12-21"))
    for number, many in (("蒙K00001|yellow", 2), ("蒙K00001", 2), ("蒙K1234挂", 1), ("T1", 1), ("15", 1)):
        assert len(store.lookup(held, "history", number)["data"]["rows"]) == many
    assert store.lookup(held, "history", "蒙K00002") is None
    feed.sweep(held, "2027-11-22")
    assert [one["outcome"] for one in store.lookup(held, "history", "蒙K00001")["data"]["rows"]] == ["hold"]
    assert store.lookup(held, "history", "T1") is None


def test_what_a_later_office_tells_is_kept_as_it_came(held):
    told = line("drone", "d1", {"sees": [1, {"a": "甲"}]}, colour="blue", v=7)
    hear(held, told, b"[1]", b'{"kind": 5, "key": "x"}', line("vehicle", "蒙K00001", {}))
    (kept,) = [one for one in FeedRow.select().execute(held.db) if one.kind == "drone"]
    assert held.vault.reveal(kept.line, "feed", "drone", bytes(kept.name).hex()) == told
    assert store.of_kind(held, "drone") == [{"key": "d1", "data": {"sees": [1, {"a": "甲"}]}, "as_of": AT}]
    assert store.lookup(held, "vehicle", "蒙K00001") is not None


def test_nothing_new_is_written_down_once_a_minute(held):
    hear(held, vehicle(1))
    for at, kept in (("2026-11-21T01:30:59.000Z", AT), ("2026-11-21T01:31:00.000Z", "2026-11-21T01:31:00.000Z")):
        store.lay(held, page([], "e.1", "e.1", at=at), "e.1", at)
        assert store.heard(held).heard_at == kept


def test_entries_are_taken_while_a_large_list_is_laid(held):
    inspection, failed = begun(held), []

    def lay():
        try:
            for number in range(6):
                some = [vehicle(number * 500 + one) for one in range(500)]
                since = store.heard(held).cursor
                store.lay(held, page(some, f"e.{number}", since, more=number < 5), since, AT)
        except Exception as problem:
            failed.append(problem)
        store.release(held)

    laying = threading.Thread(target=lay)
    laying.start()
    seq = 0
    while laying.is_alive() or seq < 20:
        seq += 1
        store.append(held, entry(inspection, seq))
    laying.join()
    assert (failed, len(store.entries(held, inspection))) == ([], seq)
    assert store.lookup(held, "vehicle", "蒙K02999") is not None


def test_a_page_that_finds_no_room_leaves_what_is_in_use(held):
    hear(held, vehicle(1))
    held.db.pragma("max_page_count", held.db.pragma("page_count") + 5)
    large = page([vehicle(number, text="x" * 100) for number in range(2, 900)], "e.900", "e.1")
    assert code(store.lay, held, large, "e.1", AT) == "disk_full"
    assert store.lookup(held, "vehicle", "蒙K00001") is not None and store.lookup(held, "vehicle", "蒙K00002") is None
    assert store.heard(held).cursor == "e.1"


@pytest.mark.parametrize("seed", range(8))
def test_however_pages_are_cut_repeated_and_begun_again_the_end_is_the_same(tmp_path, seed):
    dice, office, lines = random.Random(seed), {}, []
    for _ in range(120):
        key, trailer = f"蒙K{dice.randrange(12):05d}", dice.choice(["蒙K1挂", "蒙K2挂", ""])
        is_gone = dice.random() < 0.3
        lines.append(line("vehicle", key) if is_gone else line("vehicle", key, {"trailer": trailer}))
        office[key] = None if is_gone else {"trailer": trailer}
    held = opened(tmp_path)
    while (at := int(store.heard(held).cursor.partition(".")[2] or 0)) < len(lines) or not store.heard(held).whole:
        given = lines[at : at + dice.randrange(1, 20)]
        since, more = store.heard(held).cursor, at + len(given) < len(lines)
        body = page(given, f"e.{at + len(given)}", since, more=more)
        if dice.random() < 0.1:
            feed.begin_again(held)
            continue
        if dice.random() < 0.3:
            assert code(store.lay, held, body[:-9] + b"\n", since, AT) == "page_invalid"
        store.lay(held, body, since, AT)
    feed.sweep(held)
    assert {one: (store.lookup(held, "vehicle", one) or {}).get("data") for one in office} == office
    for unit in ("蒙K1挂", "蒙K2挂"):
        led = (store.lookup(held, "units", unit) or {"data": {"rows": []}})["data"]["rows"]
        assert sorted(led) == sorted(key for key, data in office.items() if data and data["trailer"] == unit)
    assert OFFICE.public == store.setting(held, "enrolment")["server_key"]
    store.release(held)


def test_the_office_s_own_word_counts_also_after_its_clock_was_turned_back(held):
    hear(held, vehicle(1), at=LATER)
    hear(held, vehicle(2), at=AT)
    assert store.heard(held).at == AT
