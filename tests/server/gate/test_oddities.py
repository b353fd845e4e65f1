"""Every place of a rich part with what does not belong there: it is kept, stops nobody, and every page still opens."""

from __future__ import annotations

import io
import logging
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.records.record import FORMAT
from checklists.wire import canonical
from server.config import Config
from server.gate import shape
from server.logs import JsonLines
from server.office import open_office
from tests.server.oddities import KINDS, MARK, MARKED_ID, WRONG, Path_, akin, changed, rich, shapes, spread
from tests.server.trial import Trial

_ROOM = {"requests_per_minute": 10**6, "records_per_day": 10**9, "record_bytes_per_day": 2**50}


def trial_in(folder: Path, database: str = "") -> Iterator[Trial]:
    office = open_office(Config(data_dir=str(folder), database=database, office="示例县", **_ROOM))
    trial = Trial(office)
    yield trial
    trial.onlooker.close()
    office.close()


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    yield from trial_in(tmp_path_factory.mktemp("lite"))


@pytest.fixture
def postgres_trial(tmp_path: Path, emptied_postgres_database: str) -> Iterator[Trial]:
    yield from trial_in(tmp_path, emptied_postgres_database)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger of this process says, as the server writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def sound(trial: Trial) -> None:
    assert (trial.wrong, trial.stopped, trial.failed) == ([], [], [])


def passes(part: dict[str, Any], path: Path_, value: Any) -> bool:
    """Whether the gate lets it through, so that everything behind it reads it."""
    try:
        body = canonical(changed(part, [(path, value)]))
    except (ValueError, RecursionError):
        return False
    return shape.opened(body, FORMAT).fault is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_right_passes(lite: Trial, kind: str) -> None:
    assert shape.opened(canonical(rich(lite.tablet, lite.packages, kind)), FORMAT).fault is None


def test_every_place_with_a_wrong_value(lite: Trial, log: io.StringIO) -> None:
    """The gate is asked at every place; one in twenty that pass goes all the way, and of the rest one in 160.

    With which they begin is left to chance, so that runs see all of them; `make fuzz` lets thousands go all the way.
    """
    part = rich(lite.tablet, lite.packages)
    odd = list(enumerate(spread(shapes(part)), start=random.SystemRandom().randrange(160)))
    lite.run(
        "inspection",
        [[(path, value)] for number, (path, value) in odd if number % (20 if passes(part, path, value) else 160) == 0],
    )
    sound(lite)
    assert lite.states["processed"] and lite.states["parked shape_wrong"]
    assert MARK not in log.getvalue() and MARKED_ID not in log.getvalue()


def test_absurd_values_of_the_right_type(lite: Trial, log: io.StringIO) -> None:
    part = rich(lite.tablet, lite.packages)
    places = shapes(part)[random.SystemRandom().randrange(60) :: 60]
    lite.run("inspection", [[(path, akin(part, path, number))] for number, path in enumerate(places)])
    sound(lite)
    assert MARK not in log.getvalue() and MARKED_ID not in log.getvalue()


@pytest.mark.parametrize("kind", ["contribution", "amendment", "shift"])
def test_every_kind_of_part_with_wrong_values(lite: Trial, kind: str) -> None:
    many = shapes(rich(lite.tablet, lite.packages, kind))
    lite.run(kind, [[one] for one in list(spread(many))[:: max(1, len(many) // 15)]])
    sound(lite)


def test_a_shift_that_is_parked_for_its_shape_has_a_page(lite: Trial) -> None:
    lite.tried = 6  # of what is parked every seventh is looked at
    lite.run("shift", [[(("officers", 0), None)]])
    sound(lite)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_several_things_may_be_wrong_at_once(lite: Trial, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    many = shapes(rich(lite.tablet, lite.packages, kind))
    change = st.tuples(st.sampled_from(many), st.sampled_from(WRONG))
    lite.run(kind, [data.draw(st.lists(change, min_size=1, max_size=4))])
    sound(lite)


def test_postgresql_is_stopped_by_none_of_them_either(postgres_trial: Trial, log: io.StringIO) -> None:
    part = rich(postgres_trial.tablet, postgres_trial.packages)
    nul = [[(path, f"{MARK}\0")] for path in shapes(part)[::60]]
    postgres_trial.run("inspection", [*nul, *([one] for one in list(spread(shapes(part)))[::50])])
    sound(postgres_trial)
    assert MARK not in log.getvalue() and MARKED_ID not in log.getvalue()
