"""What holds for every folder of tests."""

import gc

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Leave what was collected out of every later garbage collection: it lives to the end, and it is most of the heap.

    The tablet collects its dead widgets before it changes language, colours or scale; that is most of the time of a
    test of a screen where thousands of tests stand beside it.
    """
    gc.collect()
    gc.freeze()
