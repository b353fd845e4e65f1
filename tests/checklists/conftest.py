"""The field's cast: one tanker as it should be, and ways to make one thing about it wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from checklists.authoring.loader import ROOT, read_plain
from checklists.definitions.definition import Definitions
from checklists.facts.situation import situation
from checklists.goods.listing import Tables, load_tables
from checklists.inspection.entries import place
from checklists.rules.context import Context
from checklists.rules.crosscheck import Result
from checklists.rules.rulebook import compare
from tests.loaded import load_all

STORY = ROOT / "examples" / "waste-acid-tanker.yaml"


@cache
def _tables() -> Tables:
    return load_tables()


@cache
def _definitions() -> Definitions:
    return load_all()


@pytest.fixture(scope="session")
def tables() -> Tables:
    return _tables()


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return _definitions()


_TRIP: dict[str, Any] = {
    "vehicle.trailer": "蒙K1234挂",
    "trailer.tank": "G2019-0815",
    "waybill.start_at": "2026-11-21T08:00:00+08:00",
    "waybill.carrier": "鄂尔多斯市路安危货运输有限公司",
    "waybill.consignor": "云岭化工有限责任公司",
    "waybill.loader": "云岭化工有限责任公司",
    "waybill.consignee": "河套精细化工厂",
    "waybill.origin": "云岭旗工业园",
    "waybill.destination": "河套开发区",
    "seen.safety_card": {"goods": ["1830"]},
    "seen.tank_number": "G2019-0815",
    "seen.trailer_plate": "蒙K1234挂",
    "place": {"road": "G65", "road_kind": "expressway", "area": "鄂尔多斯市", "bans": []},
    "orders": [],
    "waybill_uses": [],
}
"""What the story leaves open of trip, place and office, as it should be."""


@cache
def _story() -> dict[str, Any]:
    return dict(read_plain(STORY)["situation"])


def _clean() -> dict[str, Any]:
    """The tanker of the story with everything put right."""
    held: dict[str, Any] = deepcopy(_story())
    for path, value in {
        "trailer.permit.valid_until": "2027-10-31",
        "seen.panels.front.un": "1830",
        "seen.panels.rear.un": "1830",
        "seen.gross_mass_kg": "43800",
        "seen.equipment.drain_seal": "1",
        "seen.equipment.collecting_container": "1",
        "escort": {
            "name": "李卫东",
            "id_number": "150624198203030035",
            "qualification": {"category": "escort", "valid_until": "2028-01-31"},
        },
        **_TRIP,
        "seen.aboard": [
            {"role": "driver", "name": "张建国", "id_number": "15062419800101001X"},
            {"role": "escort", "name": "李卫东", "id_number": "150624198203030035"},
        ],
    }.items():
        place(held, path, value)
    for kit in ("vest", "lamp", "gloves", "eye_protection"):
        place(held, f"seen.equipment.{kit}", "2")
    return held


@pytest.fixture
def clean() -> dict[str, Any]:
    """The clean tanker as plain values, to be changed by the test."""
    return _clean()


@pytest.fixture
def results() -> Callable[[Mapping[str, Any]], list[Result]]:
    """Return every result for the clean tanker with some paths changed; a value None takes the fact away."""

    def judge(changes: Mapping[str, Any]) -> list[Result]:
        held = _clean()
        for path, value in changes.items():
            place(held, path, value)
        return list(compare(Context(situation(held), _tables())))

    return judge


@pytest.fixture
def verdicts(results: Any) -> Callable[..., list[tuple[str, str]]]:
    """Return (case, verdict) of one rule for the clean tanker with some paths changed."""

    def judge(rule: str, **changes: Any) -> list[tuple[str, str]]:
        paths = {path.replace("__", "."): value for path, value in changes.items()}
        return [(one.case, one.verdict) for one in results(paths) if one.rule == rule]

    return judge
