from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.hub import worlds
from tests.server.hub.posts import Hub, Traveller
from tests.server.serving import Serving

NewHub = Callable[..., Hub]
NewTablet = Callable[..., Traveller]
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The office's `database` setting: SQLite, and PostgreSQL too where a test is marked with BOTH."""
    engine = getattr(request, "param", "sqlite")
    return "" if engine == "sqlite" else str(request.getfixturevalue("emptied_postgres_database"))


@pytest.fixture
def new_parent(tmp_path: Path, database: str) -> Iterator[Callable[..., Serving]]:
    """Offices under settings of a test's own."""
    made: list[Serving] = []

    def make(**more: object) -> Serving:
        folder = tmp_path / f"office-{len(made)}"
        folder.mkdir()
        made.append(Serving(folder, database, office="示例县", **more))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def parent(new_parent: Callable[..., Serving]) -> Serving:
    return new_parent()


@pytest.fixture
def new_hub(tmp_path: Path) -> Iterator[NewHub]:
    made: list[Hub] = []

    def make(parent: Serving, *scope: str, **more: object) -> Hub:
        made.append(Hub(tmp_path / f"hub-{len(made)}", parent, **more))
        return made[-1].join(*scope)

    yield make
    for one in made:
        one.end()


@pytest.fixture
def new_tablet() -> NewTablet:
    return lambda parent, agency="T": Traveller(parent.enrol(agency))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[worlds.World, list[worlds.Wanderer]]]:
    """An office, its hub and some tablets in this process."""
    with worlds.made(tmp_path) as held:
        yield held
