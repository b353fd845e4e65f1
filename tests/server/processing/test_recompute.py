"""What the office lays over what a tablet knew, and what it asks its own store for that."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.inspection.entries import facts_tree
from server.office import Office
from server.parts import entries_of
from server.processing.recompute import named_in, with_registry
from server.publishing import load_registry
from server.store import feed_history
from tests.server.cast import Tablet
from tests.server.story import PLATE, VEHICLE, entries

OPENED, FRESH, OLD = "2026-11-20T08:00:00.000Z", "2026-11-19T00:00:00.000Z", "2026-09-01T00:00:00.000Z"
PART: dict[str, Any] = {"inspection": "i", "opened_at": OPENED, "sealed_at": OPENED, "site": ""}


def had(as_of: str) -> dict[str, Any]:
    """A part of a tablet that had the vehicle's row as of then."""
    told = entries(
        Tablet(enrolled={"device": "d"}), "i", {"vehicle": (VEHICLE, "registry"), "vehicle.plate": (PLATE, "officer")}
    )
    for one in told:
        one["value"]["as_of"] = as_of
    return {**PART, "entries": told}


@pytest.mark.parametrize(
    ("tablet_had", "office_has", "data", "stays"),
    [
        (FRESH, OPENED, VEHICLE, True),
        (FRESH, OPENED, {**VEHICLE, "carrier": "another"}, False),
        (OLD, OPENED, VEHICLE, False),
        (FRESH, OLD, VEHICLE, False),
    ],
)
def test_what_a_tablet_had_stays_where_the_office_says_the_same_and_neither_is_too_old(
    tablet_had: str, office_has: str, data: dict[str, Any], stays: bool
) -> None:
    held = entries_of(had(tablet_had))
    row = {"data": data, "as_of": office_has}
    laid = with_registry(held, lambda _kind, key: row if key == f"{PLATE}|yellow" else None, PART)
    assert (laid == held) is stays
    told = facts_tree(laid)["sources"]["vehicle"]["as_of"]
    assert told == (tablet_had if stays else office_has)


def test_what_is_asked_for_ahead_is_what_each_look_up_gives(office: Office) -> None:
    load_registry(office, [{"kind": "vehicle", "key": PLATE, "data": VEHICLE, "as_of": FRESH}])
    named = named_in([had(FRESH)])
    assert {PLATE, f"{PLATE}|yellow", VEHICLE["carrier_uscc"]} <= named
    ahead = feed_history.ahead(named)
    for kind, key in [
        ("vehicle", PLATE),
        ("vehicle", "蒙K99999"),
        ("carrier", VEHICLE["carrier_uscc"]),
        ("feed", "orders"),
    ]:
        assert ahead(kind, key) == feed_history.lookup(kind, key)
    assert ahead("history", PLATE) is None is feed_history.lookup("history", PLATE)


@pytest.mark.parametrize("path", ["seen.trailer_plate", "trailer.plate", "seen.tank_number", "tank.number"])
def test_orders_against_what_was_read_on_the_vehicle_are_asked_for(path: str) -> None:
    told = entries(
        Tablet(enrolled={"device": "d"}), "i", {"vehicle.plate": (PLATE, "officer"), path: ("蒙B9999挂", "officer")}
    )
    held, stop = entries_of({**PART, "entries": told}), {"kind": "stop", "on": "trailer", "key": "蒙B9999挂"}
    rows: dict[tuple[str, str], Any] = {("feed", "orders"): {}, ("orders", "蒙B9999挂"): {"rows": [stop]}}

    def lookup(kind: str, key: str) -> Any:
        return {"data": rows[kind, key], "as_of": FRESH} if (kind, key) in rows else None

    assert facts_tree(with_registry(held, lookup, PART))["orders"] == [stop]
    assert "蒙B9999挂" in named_in([{**PART, "entries": told}])
