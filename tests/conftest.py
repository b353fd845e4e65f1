"""What holds for every folder of tests."""

import gc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from checklists.authoring import loader
from tests import cheap
from tests.loaded import once

# What a busy machine takes longer for is no fault; how long things take is told by benchmarks.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# What reads the definitions as they lie here gets them as read once, the modules of tests too; nobody changes them.
loader._load = once(loader._load)

cheap.pins()

_HERE = Path(__file__).parent


_LONGEST_FIRST = ("journey", "server", "mobile", "checklists")


def pytest_collection_modifyitems(items):
    """Begin with the folders whose files take longest: at the end no worker is left alone with a long one."""
    order = {name: at for at, name in enumerate(_LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(item.path.relative_to(_HERE).parts[0], len(order)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Leave what was collected out of every later garbage collection: it lives to the end, and it is most of the heap.

    The tablet collects its dead widgets before it changes language, colours or scale; that is most of the time of a
    test of a screen where thousands of tests stand beside it. New things are looked at as seldom as in the office.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
