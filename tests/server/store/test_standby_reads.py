"""Pages of figures read a standby, and the primary where that one is away; nothing else does."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.config import ConfigError, load
from server.office import Office
from server.store import meta
from server.store.page_reads import PageStore
from server.store.standby_reads import StandbyStore
from tests.server.seeded import plant, signed_in
from tools.postgres import Cluster

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("LUJIAN_TEST_POSTGRES")), reason="the clusters of these tests come from the wheel"
)


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary, and a standby that follows it."""
    folder = Path(tempfile.mkdtemp(prefix="lujian-standby-"))  # PostgreSQL does not run as root
    folder.chmod(0o755)
    one = Cluster(folder / "one", "-c fsync=off").make()
    one.start()
    one.create("office")
    two = one.standby(folder / "two")
    one.wait_for_standby()
    yield one, two
    two.stop("immediate")
    one.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def office(pair: tuple[Cluster, Cluster], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = plant(tmp_path_factory.mktemp("office"), pair[0].address("office"), 12)
    yield opened
    opened.close()


@pytest.fixture
def far(office: Office, pair: tuple[Cluster, Cluster]) -> Iterator[StandbyStore]:
    pages = PageStore(office.store, 10)
    made = StandbyStore(office.store, pages, pair[1].address("office"))
    yield made
    made.close()
    pages.close()


def is_standby(store: Any) -> bool:
    """Whether a store reads what follows another."""

    def ask() -> bool:
        return bool(store.database.execute_sql("SELECT pg_is_in_recovery()").fetchone()[0])

    return asyncio.run(store.read(ask))


def test_only_its_own_threads_read_the_standby(office: Office, far: StandbyStore) -> None:
    assert is_standby(far)
    assert not is_standby(office.store) and not is_standby(far._pages)


def test_what_was_written_is_read_there(office: Office, far: StandbyStore) -> None:
    office.store.write_now(lambda: meta.put("beside", "written"))
    # The commit was answered once the standby had it; it shows it a moment later.
    seen = [asyncio.run(far.read(meta.held, "beside")) for _ in range(2000)]
    assert "written" in seen


def test_a_standby_that_is_away_or_refuses_is_answered_for_by_the_primary(
    office: Office, far: StandbyStore, pair: tuple[Cluster, Cluster]
) -> None:
    def where() -> str:
        if office.store.database.execute_sql("SELECT pg_is_in_recovery()").fetchone()[0]:
            office.store.database.execute_sql("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
        return "primary"

    assert asyncio.run(far.read(where)) == "primary", "a standby takes back what a statement reads"
    pair[1].stop()
    try:
        assert not is_standby(far)
    finally:
        pair[1].start()
    assert is_standby(far)


def test_figures_are_read_there_and_all_other_pages_are_not(
    office: Office, pair: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = StandbyStore.read

    async def noted(self: StandbyStore, query: Callable[..., Any], *args: Any) -> Any:
        asked.append(getattr(query, "__name__", ""))
        return await real(self, query, *args)

    monkeypatch.setattr(StandbyStore, "read", noted)
    object.__setattr__(office.config, "figures_database", pair[1].address("office"))
    browser = signed_in(office, "seed-supervisor")
    assert browser.get("/console/inbox").status_code == browser.get("/console/cases").status_code == 200
    assert not asked
    assert browser.get("/console/figures").status_code == browser.get("/console/figures/map").status_code == 200
    assert asked


@pytest.mark.parametrize(
    "told",
    [
        {"LUJIAN_FIGURES_DATABASE": "postgresql://b/x"},
        {"LUJIAN_DATABASE": "postgresql://a/x", "LUJIAN_FIGURES_DATABASE": "b"},
    ],
)
def test_the_setting_wants_a_database_that_it_follows(told: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="figures_database: write the postgresql:// address of a standby"):
        load(None, told)
