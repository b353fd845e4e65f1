"""How long a record was on its way: by the clock that tablet and office agreed on, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from server.gate import delay
from server.parts import PartHead

ENROLLED, SEALED, RECEIVED = "2026-11-01T00:00:00.000Z", "2026-11-20T08:00:00.000Z", "2026-11-20T08:10:00.000Z"


def seconds(**changes: Any) -> float | None:
    told = {"format": 1, "kind": "inspection", "id": "a", "inspection": "b", "device": "d", "device_seq": 1}
    head = {**told, "sealed_at": SEALED, "certificate": {"issued_at": ENROLLED}, "opened_at": SEALED, **changes}
    return delay.seconds_of(PartHead(**head), RECEIVED, 30)  # type: ignore[arg-type] # as it came


def agreed(offset_ms: Any, agreed_at: Any = SEALED) -> dict[str, Any]:
    return {"clock": {"offset_ms": offset_ms, "agreed_at": agreed_at, "jumps": []}}


@pytest.mark.parametrize(
    ("changes", "spent"),
    [
        ({}, 600),
        (agreed(0), 600),
        (agreed(240_000), 360),  # the tablet is four minutes slow: it was sealed four minutes later than it says
        (agreed(-240_000), 840),
        (agreed(240_000, agreed_at=None), 600),  # nothing was agreed, nothing is corrected
        ({"sealed_at": "2026-11-20T08:10:30.000Z"}, 0),  # half a minute ahead is nothing
        ({"opened_at": None}, 600),
        ({"certificate": {}}, 600),
        ({"opened_at": [], "clock": {}}, 600),
    ],
)
def test_it_is_counted_from_the_corrected_seal(changes: dict[str, Any], spent: float) -> None:
    assert seconds(**changes) == spent


@pytest.mark.parametrize(
    "changes",
    [
        {"sealed_at": "2026-11-20T08:11:30.000Z"},  # it came before it was sealed
        agreed(700_000),
        {"sealed_at": "2031-01-01T00:00:00.000Z"},
        {"sealed_at": "2026-10-01T00:00:00.000Z"},
        {"opened_at": "2020-01-01T00:00:00.000Z"},
        agreed(-31_536_000_000),
        agreed(-31_536_000_000, agreed_at=None),
        {"certificate": {"issued_at": "2026-11-22T00:00:00.000Z"}},
    ],
)
def test_a_doubted_clock_tells_no_delay(changes: dict[str, Any]) -> None:
    assert seconds(**changes) is None


@pytest.mark.parametrize(
    "changes",
    [
        *({"clock": one} for one in (7, "x", [1], {"offset_ms": "1"}, {"offset_ms": 1.5}, {"offset_ms": True})),
        {"clock": {"offset_ms": 10**30, "agreed_at": SEALED}},
        *({"opened_at": one} for one in (7, [1], {"a": 1}, "yesterday", "0001-01-01T00:00:00+23:59")),
        *({"certificate": {"issued_at": one}} for one in (7, "x", [1])),
    ],
)
def test_what_no_format_knows_never_raises(changes: dict[str, Any]) -> None:
    assert seconds(**changes) is None
