"""An office behind a real pgbouncer in transaction mode: fewer connections than threads, and nothing left on them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from checklists.records.record import Sealed
from server.config import ConfigError, load
from server.office import Office
from server.refusals import Refused
from server.store import meta
from server.store.models import Record
from server.store.page_reads import PageStore
from tests.server.cast import Tablet, batch
from tests.server.seeded import plant, signed_in
from tests.server.serving import Serving
from tools import pgbouncer
from tools.postgres import Cluster

needs_one = pytest.mark.skipif(
    pgbouncer.program() is None or bool(os.environ.get("LUJIAN_TEST_POSTGRES")),
    reason="no pgbouncer here, or a PostgreSQL that is not of the wheel",
)
FEW = 2


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="lujian-pool-"))  # neither of the two runs as root
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster(room: Path) -> Iterator[Cluster]:
    made = Cluster(room / "one", "-c fsync=off").make()
    made.start()
    made.create("office")
    made.create("two")
    yield made
    made.stop("immediate")


@pytest.fixture(scope="module")
def pool(room: Path, cluster: Cluster) -> Iterator[pgbouncer.Pool]:
    folder = room / "pool"
    folder.mkdir()
    with contextlib.ExitStack() as stack:
        try:
            made = stack.enter_context(pgbouncer.pooling(folder, cluster, FEW))
        except RuntimeError as problem:
            pytest.skip(f"{problem}")
        yield made


@pytest.fixture(scope="module")
def office(pool: pgbouncer.Pool, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = plant(tmp_path_factory.mktemp("office"), cluster.address("office"), 12, pool.address("office"))
    yield opened
    opened.close()


@needs_one
def test_records_are_processed_and_pages_served_over_few_connections(office: Office, pool: pgbouncer.Pool) -> None:
    browser = signed_in(office, "seed-supervisor")
    for page in ("inbox", "cases", "search?q=1203", "figures", "alerts"):
        assert browser.get(f"/console/{page}").status_code == 200, page
    states = {str(one.state) for one in Record.select(Record.state)}
    assert "processed" in states and "" not in states
    assert 1 <= pool.connections("office") <= FEW


@needs_one
def test_many_threads_at_once_share_them(office: Office, pool: pgbouncer.Pool) -> None:
    async def all_() -> list[Any]:
        writes = [office.store.write(lambda: meta.number("pooled")) for _ in range(20)]
        reads = [office.store.read(meta.held, "pooled") for _ in range(40)]
        return list(await asyncio.gather(*writes, *reads))

    assert asyncio.run(all_())[:20] == list(range(1, 21))
    assert pool.connections("office") <= FEW


@needs_one
def test_the_bound_of_a_page_ends_with_it(office: Office) -> None:
    pages = PageStore(office.store, 0.2)

    def slow() -> Any:
        return office.store.database.execute_sql("SELECT pg_sleep(0.5)").fetchone()

    try:
        with pytest.raises(Refused, match="page_too_slow"):
            asyncio.run(pages.read(slow))
        for _number in range(2 * FEW):
            assert asyncio.run(office.store.read(slow)) is not None
    finally:
        pages.close()


@needs_one
def test_servers_that_share_a_pool_give_each_record_one_receipt(
    pool: pgbouncer.Pool, cluster: Cluster, tmp_path: Path
) -> None:
    behind = cluster.address("two")
    pair = [Serving(tmp_path, behind, pool_database=pool.address("two")) for _ in range(2)]
    try:
        for one in pair:
            one.start()
        tablet = pair[0].enrol()
        parts = [tablet.seal() for _ in range(20)]
        with ThreadPoolExecutor(8) as threads:
            pushed = threads.map(
                lambda way: way[0].push(tablet, way[1])[0], [(one, part) for one in pair for part in parts]
            )
            told = [one["receipt"]["digest"] for one in pushed]
        receipts = told[:20], told[20:]
        assert receipts[0] == receipts[1] and len(set(receipts[0])) == 20
        assert pool.connections("two") <= FEW
        cluster.kill_backends("two")
        assert _pushed_again(pair[1], tablet, tablet.seal()) == "accepted"
    finally:
        for one in pair:
            one.stop()


def _pushed_again(server: Serving, tablet: Tablet, part: Sealed) -> str:
    """Bring a part as a tablet does: again, as long as the office says that its database is away."""
    for _ in range(20):
        answer = requests.post(f"{server.url}/v1/records", data=batch(part), headers=tablet.bearer, timeout=30)
        if answer.status_code == 200:
            return str(answer.json()["results"][0]["status"])
        assert answer.status_code == 503 and answer.headers["Retry-After"], answer.text
        time.sleep(0.2)
    return "never"


@pytest.mark.parametrize(
    "told",
    [
        {"LUJIAN_POOL_DATABASE": "postgresql://b/x"},
        {"LUJIAN_DATABASE": "postgresql://a/x", "LUJIAN_POOL_DATABASE": "b"},
    ],
)
def test_the_setting_wants_a_database_behind_it(told: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="pool_database: write the postgresql:// address of a pgbouncer"):
        load(None, told)
