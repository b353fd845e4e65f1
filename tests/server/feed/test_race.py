from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from server.config import Config
from server.office import Office, open_office
from server.store import feed, feed_pages, outage
from server.store.feed_models import FeedRow
from server.store.feed_pages import Sight
from tests.server.feed import racing
from tests.server.feed.racing import plain_sequence, read_on, tell

T = Sight("T")


def test_nothing_is_missed_while_writers_race(office: Office) -> None:
    race = racing.run(office.store.database, feed.transaction, writers=5, each=25)
    assert race.committed
    assert race.missed == set()
    assert race.seen == race.committed
    places = sorted(one.place for one in FeedRow.select().where(FeedRow.kind == "race"))
    assert places == list(range(places[0], places[0] + len(places)))


def test_a_plain_sequence_misses_what_was_committed_late(tmp_path: Path, postgres_database: str) -> None:
    """The race above can fail: the same writers with places from a sequence lose rows."""
    office = open_office(Config(data_dir=str(tmp_path), database=postgres_database))
    try:
        assert racing.run(office.store.database, plain_sequence, writers=6, each=25).missed
    finally:
        office.close()


def overlap(office: Office, way: racing.Way) -> list[str]:
    """Return what a reader saw: the first writer tells and waits, the second tells and commits, then the first does."""
    told, go = threading.Event(), threading.Event()

    def wait() -> None:
        told.set()
        assert go.wait(20)

    database = office.store.database
    first = threading.Thread(target=apart, args=(office, lambda: tell(database, way, "first", wait)))
    first.start()
    assert told.wait(20)
    second = threading.Thread(target=apart, args=(office, lambda: tell(database, way, "second")))
    second.start()
    second.join(20)
    place, seen = read_on(T, 0)
    go.set()
    first.join(20)
    return seen + read_on(T, place)[1]


def apart(office: Office, work: Callable[[], None]) -> None:
    work()
    outage.drop(office.store.database)


def test_who_committed_late_stands_behind_who_committed_early(tmp_path: Path, postgres_database: str) -> None:
    office = open_office(Config(data_dir=str(tmp_path), database=postgres_database))
    try:
        assert ["first" in one for one in overlap(office, feed.transaction)] == [False, True]
        FeedRow.delete().execute()
        office.store.database.execute_sql("CREATE SEQUENCE plain")
        assert [one for one in overlap(office, plain_sequence) if "first" in one] == []
    finally:
        office.close()


def test_what_was_committed_without_a_place_gets_one(office: Office) -> None:
    with office.store.database.atomic():
        feed.tell("race", [feed.Told("1", "{}", racing.AT)])
    assert not feed_pages.end().whole and read_on(T, 0)[1] == []
    office.store.write_now(feed.give_places)
    assert feed_pages.end().whole and len(read_on(T, 0)[1]) == 1


def test_a_job_that_fails_tells_nothing_and_the_others_do(office: Office) -> None:
    began, go = threading.Event(), threading.Event()
    held = office.store.writer.submit(lambda: (began.set(), go.wait(20)))
    began.wait(20)  # the jobs behind it become one group

    def fail() -> None:
        feed.tell("race", [feed.Told("bad", "{}", racing.AT)])
        raise ValueError

    jobs = [
        office.store.writer.submit(lambda: feed.tell("race", [feed.Told("1", "{}", racing.AT)])),
        office.store.writer.submit(fail),
        office.store.writer.submit(lambda: feed.tell("race", [feed.Told("2", "{}", racing.AT)])),
    ]
    go.set()
    held.result(20)
    assert [type(job.exception(20)) for job in jobs] == [type(None), ValueError, type(None)]
    assert ["bad" in line for line in read_on(T, 0)[1]] == [False, False]


def test_a_thing_is_told_again_only_when_it_is_another(office: Office) -> None:
    def say(data: str, at: str = racing.AT, kind: str = "vehicle") -> int:
        office.store.write_now(lambda: feed.tell(kind, [feed.Told("k", data, at)]))
        return feed.last_place()

    first = say('{"a":1}')
    assert say('{"a":1}') == first
    assert say('{"a":1}', "2026-12-05T23:00:00.000Z") == first
    assert say('{"a":1}', "2026-12-06T00:00:00.000Z") == first + 1
    assert say('{"a":2}', "2026-12-06T01:00:00.000Z") == first + 2
    assert len(read_on(T, 0)[1]) == 1
