"""Entries are read as the kernel reads them, quickly where they are as they should be."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.records import check_history
from checklists.wire import WireError
from server.parts import entries_of

PLAIN = {
    "id": "e1",
    "inspection": "i",
    "device": "d",
    "seq": 1,
    "officer": "o",
    "agency": "T",
    "at": "t",
    "kind": "fact",
}
FULL = {**PLAIN, "item": "vehicle.plate", "value": {"data": ["a", {"b": None}], "source": "officer"}, "withdraws": "e0"}


@pytest.mark.parametrize(
    "one", [PLAIN, FULL, {**FULL, "later": {"x": 1}}, {**PLAIN, "seq": "7"}, {**PLAIN, "value": {}}]
)
def test_entries_are_those_that_the_kernel_reads(one: dict[str, Any]) -> None:
    part = {"entries": [one, FULL]}
    assert entries_of(part) == check_history.entries_of(part)
    assert entries_of({}) == entries_of({"entries": None}) == ()


@pytest.mark.parametrize(
    "wrong", [{"value": 3}, {"seq": True}, {"seq": None}, {"id": 7}, {"item": []}, {"value": None}]
)
def test_what_the_kernel_refuses_is_refused(wrong: dict[str, Any]) -> None:
    part = {"entries": [{**FULL, **wrong}]}
    with pytest.raises(WireError):
        check_history.entries_of(part)
    with pytest.raises(WireError):
        entries_of(part)
