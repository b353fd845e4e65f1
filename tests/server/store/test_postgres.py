"""What PostgreSQL alone can do: several servers on one database, and a database that goes away for a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests

from checklists.records.record import Sealed
from server.config import Config
from server.office import open_office
from server.store import devices, meta
from tests.server.cast import Tablet
from tests.server.serving import Serving


@pytest.fixture
def two_servers(tmp_path: Path, postgres_database: str) -> Iterator[tuple[Serving, Serving]]:
    pair = (Serving(tmp_path, postgres_database), Serving(tmp_path, postgres_database))
    starts = [threading.Thread(target=one.start) for one in pair]  # at once, so that both want to migrate
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    yield pair
    for one in pair:
        one.stop()


def push_at_once(tablet: Tablet, *told: tuple[Serving, Sealed]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(told)) as pool:
        return [result for results in pool.map(lambda one: one[0].push(tablet, one[1]), told) for result in results]


def test_copies_that_race_to_two_servers_get_one_receipt(two_servers: tuple[Serving, Serving]) -> None:
    tablet = two_servers[0].enrol()
    for _ in range(10):
        part = tablet.seal()
        first, second = push_at_once(tablet, *((server, part) for server in two_servers))
        assert first["receipt"] == second["receipt"]
        assert {first["status"], second["status"]} <= {"accepted", "duplicate"}


def test_two_seals_that_race_to_two_servers_are_one_seal_and_one_conflict(
    two_servers: tuple[Serving, Serving],
) -> None:
    tablet = two_servers[0].enrol()
    for number in range(10):
        told = [(server, tablet.seal(inspection=f"inspection-{number}")) for server in two_servers]
        assert sorted(one["status"] for one in push_at_once(tablet, *told)) == ["accepted", "conflict"]


def test_a_lost_connection_is_made_again(tmp_path: Path, postgres: str, postgres_database: str) -> None:
    office = open_office(Config(data_dir=str(tmp_path), database=postgres_database))
    try:
        assert office.store.write_now(lambda: meta.number("n")) == 1
        name = postgres_database.rpartition("@/")[2].partition("?")[0]
        with psycopg.connect(postgres, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        assert office.store.write_now(lambda: meta.number("n")) == 2
        assert len(office.store.write_now(lambda: devices.new_code("T", 1))) == 14
    finally:
        office.close()


def test_records_that_one_server_received_are_seen_as_processed_by_the_other(
    two_servers: tuple[Serving, Serving],
) -> None:
    one, other = two_servers
    tablet = one.enrol()
    one.push(tablet, *(tablet.seal(format=9) for _ in range(20)))
    for _ in range(200):
        told = requests.get(f"{other.url}/readyz", timeout=30).json()["records"]
        if told == {"parked": 20}:
            break
        time.sleep(0.05)
    assert told == {"parked": 20}
