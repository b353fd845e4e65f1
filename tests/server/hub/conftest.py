from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.hub.posts import Hub, Traveller
from tests.server.serving import Serving

NewHub = Callable[..., Hub]
NewTablet = Callable[[], Traveller]


@pytest.fixture
def parent(tmp_path: Path, database: str) -> Iterator[Serving]:
    """An office, on either engine."""
    folder = tmp_path / "office"
    folder.mkdir()
    held = Serving(folder, database, office="示例县")
    held.start()
    yield held
    held.stop()


@pytest.fixture
def new_hub(tmp_path: Path, parent: Serving) -> Iterator[NewHub]:
    made: list[Hub] = []

    def make(*scope: str, **more: object) -> Hub:
        made.append(Hub(tmp_path / f"hub-{len(made)}", parent, **more))
        return made[-1].join(*scope)

    yield make
    for one in made:
        one.end()


@pytest.fixture
def new_tablet(parent: Serving) -> NewTablet:
    return lambda: Traveller(parent.enrol())
