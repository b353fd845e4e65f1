"""PostgreSQL restarted, killed and failed over under a running office: it says so, loses nothing, and comes back."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests
from falcon.testing import TestClient

from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.processing.worker import Worker
from server.store import devices, meta, outage, records
from server.store.outage import DatabaseAway
from tests.server.cast import Tablet, batch
from tests.server.serving import Serving
from tools.postgres import Cluster

PATIENCE = 120.0
"""No measure of the office: after that long something is broken, however busy this machine is."""

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("LUJIAN_TEST_POSTGRES")), reason="the clusters of these tests come from the wheel"
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Not under pytest's own folder: PostgreSQL does not run as root, and pytest closes that folder to others."""
    made = Path(tempfile.mkdtemp(prefix="lujian-outage-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder / "one", "-c fsync=off").make()
    made.start()
    yield made
    made.stop("immediate")


@pytest.fixture
def office(cluster: Cluster, tmp_path: Path) -> Iterator[Office]:
    name = f"lujian_{time.monotonic_ns()}"
    opened = open_office(Config(data_dir=str(tmp_path), database=cluster.create(name), office="示例县"))
    yield opened
    opened.close()


def soon(look: Callable[[], bool]) -> None:
    """Wait until something holds; fails where it does not come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if look():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come back")


def read_all(office: Office) -> list[int]:
    """Read in every reader thread at once."""

    async def all_at_once() -> list[int]:
        def look() -> int:
            time.sleep(0.05)  # so that each of the four takes one
            return len(devices.listing())

        return list(await asyncio.gather(*(office.store.read(look) for _ in range(4))))

    return asyncio.run(all_at_once())


BREAKS: dict[str, Callable[[Cluster, str], None]] = {
    "restarted": lambda cluster, _name: (cluster.stop(), cluster.start()),  # type: ignore[func-returns-value]
    "killed": lambda cluster, _name: (cluster.kill(), cluster.start()),  # type: ignore[func-returns-value]
    "backends killed": lambda cluster, name: cluster.kill_backends(name),
}


@pytest.mark.parametrize("how", BREAKS)
def test_every_thread_has_a_connection_again_after_postgresql_was(cluster: Cluster, office: Office, how: str) -> None:
    app = create_app(office)
    client, tablet = TestClient(app), Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json
    worker = Worker(office, every_seconds=0.1)
    worker.start()
    assert read_all(office) == [1] * 4
    assert office.store.write_now(lambda: meta.number("n")) == 1
    BREAKS[how](cluster, office.config.database.rpartition("@/")[2].partition("?")[0])

    def works() -> bool:
        answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part))
        assert answer.status_code in (200, 503)
        return answer.status_code == 200

    part = tablet.seal(format=9)
    soon(works)
    assert read_all(office) == [1] * 4
    soon(lambda: office.store.read_now(records.counts) == {"parked": 1})
    worker.stop()


def test_while_it_is_away_a_sender_is_told_when_to_try_again(cluster: Cluster, office: Office) -> None:
    client, tablet = TestClient(create_app(office)), Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json
    cluster.stop()
    try:
        for method, path in (("POST", "/v1/records"), ("GET", "/v1/packages"), ("GET", "/console/inbox")):
            headers = {**tablet.bearer, "Cookie": "lujian=x"}
            answer = client.simulate_request(method, path, headers=headers, body=batch(tablet.seal()))
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
        assert client.simulate_get("/healthz").status_code == 200
        assert client.simulate_get("/readyz").status_code == 503
        with pytest.raises(DatabaseAway):
            office.store.write_now(lambda: meta.number("n"))
    finally:
        cluster.start()
    soon(lambda: client.simulate_get("/v1/packages", headers=tablet.bearer).status_code == 200)
    soon(lambda: client.simulate_get("/readyz").status_code == 200)


def test_a_session_that_postgresql_ended_because_it_rested_is_begun_anew(cluster: Cluster, office: Office) -> None:
    cluster.ask("ALTER SYSTEM SET idle_session_timeout = '100ms'")
    cluster.ask("SELECT pg_reload_conf()")
    try:
        for _time in range(2):
            assert read_all(office) == [0] * 4
            office.store.write_now(lambda: meta.number("n"))
            time.sleep(0.5)
    finally:
        cluster.ask("ALTER SYSTEM RESET idle_session_timeout")
        cluster.ask("SELECT pg_reload_conf()")


def test_a_fault_of_a_statement_is_no_outage(office: Office) -> None:
    def fail() -> None:
        office.store.database.execute_sql("SELECT nothing_of_that_name")

    with pytest.raises(Exception, match="nothing_of_that_name") as caught:
        office.store.write_now(fail)
    assert not outage.away(caught.value)
    with pytest.raises(Exception, match="NUL") as caught:
        office.store.write_now(lambda: meta.keep("a", "\0"))
    assert not outage.away(caught.value)
    assert not outage.passing(caught.value)


def test_what_was_acknowledged_is_on_the_standby_that_took_over_under_load(
    cluster: Cluster, folder: Path, tmp_path: Path
) -> None:
    name = f"lujian_{time.monotonic_ns()}"
    cluster.create(name)
    other = cluster.standby(folder / "two")
    cluster.wait_for_standby()
    both = f"host={cluster.folder},{other.folder}&port=5432,5432&target_session_attrs=read-write"
    serving = Serving(tmp_path, f"postgresql://postgres@/{name}?{both}", requests_per_minute=1_000_000)
    serving.start()
    told, killed = list[str](), threading.Event()

    def bring(tablet: Tablet) -> None:
        """Send a record after another until some were acknowledged after the kill, too."""
        after = 0
        while after < 3:
            part, late = tablet.seal(format=9), killed.is_set()
            answer = requests.post(f"{serving.url}/v1/records", data=batch(part), headers=tablet.bearer, timeout=60)
            assert answer.status_code in (200, 503)
            if answer.status_code == 200:
                assert answer.json()["results"][0]["status"] == "accepted"
                told.append(part.digest)
                after += late

    try:
        with ThreadPoolExecutor() as pool:
            done = [pool.submit(bring, serving.enrol()) for _ in range(4)]
            soon(lambda: len(told) > 20)
            cluster.kill()
            other.promote()
            killed.set()
            assert [one.result(PATIENCE) for one in done] == [None] * 4
        with psycopg.connect(other.address(name)) as link:
            held = {digest for (digest,) in link.execute("SELECT digest FROM record")}
        assert len(told) > 30 and set(told) <= held
    finally:
        killed.set()
        serving.stop()
        other.stop("immediate")
