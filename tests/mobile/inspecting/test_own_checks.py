"""What this tablet sealed an hour ago is among the earlier checks, also before its office has heard of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checklists.records.check_history import check_of
from mobile.inspecting import own_checks
from mobile.inspecting.own_checks import OwnChecks
from mobile.sealing import seal
from mobile.store import store
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.field import hear, line, opened


def sealed(folder: Path) -> Any:
    held = opened(folder)
    check = kept(held, signed())
    seal.seal(held, check, DEVICE, enrolment(), NOW)
    return held, check.inspection, str(check.fact("vehicle.plate"))


def found(held: Any, key: str) -> list[Any]:
    row = OwnChecks(held).lookup("history", key)
    return list(row["data"]["rows"]) if row else []


def test_a_sealed_check_is_found_by_its_plate_and_not_by_another(tmp_path: Path) -> None:
    held, inspection, plate = sealed(tmp_path)
    (own,) = found(held, plate)
    assert own["inspection"] == inspection and found(held, f"{plate}|yellow") == [own]
    assert found(held, "蒙K00000") == []


def test_what_the_office_tells_of_checks_stands_beside_it(tmp_path: Path) -> None:
    held, inspection, plate = sealed(tmp_path)
    about = {"vehicle": f"{plate}|yellow"}
    hear(held, line("history", "i-9", {"inspection": "i-9", "about": about}), line("feed", "history", {}))
    assert [one["inspection"] for one in found(held, plate)] == ["i-9", inspection]


def test_other_look_ups_are_those_of_the_store(tmp_path: Path) -> None:
    held, _inspection, _plate = sealed(tmp_path)
    hear(held, line("vehicle", "蒙K00001", {"kerb_mass_kg": 1}))
    assert OwnChecks(held).lookup("vehicle", "蒙K00001") == store.lookup(held, "vehicle", "蒙K00001")


def test_own_checks_are_made_into_rows_once_and_anew_after_a_seal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, inspection, plate = sealed(tmp_path)
    made: list[str] = []
    monkeypatch.setattr(own_checks, "check_of", lambda part, *more: made.append(part["id"]) or check_of(part, *more))
    looked = OwnChecks(held)
    for key in (plate, f"{plate}|yellow", "蒙K00000", plate):
        looked.lookup("history", key)
    assert len(made) == 1
    monkeypatch.setattr(store, "chain_head", lambda _held: (2, "the next part"))
    row = looked.lookup("history", plate)
    assert row is not None and [one["inspection"] for one in row["data"]["rows"]] == [inspection]
    assert len(made) == 2
