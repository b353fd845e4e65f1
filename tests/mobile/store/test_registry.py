"""What the office told, on the tablet: found by many keys at once, however they are written, and by ways back."""

from __future__ import annotations

from mobile.store import store
from tests.mobile.field import AT, opened, rows_page

VEHICLES = {"蒙K12345": {"trailer": "蒙K1234挂"}, "蒙K12345|blue": {"trailer": "蒙K1234挂", "tank": "T1"}, "蒙K9": {}}


def laid(folder, rows) -> store.Store:
    held = opened(folder)
    store.lay(held, rows_page(rows), "", AT)
    return held


def vehicles() -> list[dict[str, object]]:
    return [{"kind": "vehicle", "key": key, "data": data, "as_of": AT} for key, data in VEHICLES.items()]


def test_many_keys_are_asked_at_once_and_only_what_is_there_comes_back(tmp_path) -> None:
    held = laid(tmp_path, vehicles())
    keys = [f"蒙K{number}" for number in range(2000)]
    assert list(store.find(held, "vehicle", (*keys, "蒙K12345|blue"))) == ["蒙K9", "蒙K12345|blue"]
    assert store.find(held, "tank", ["蒙K9"]) == {}


def test_from_trailer_and_tank_a_way_leads_back_to_their_vehicles(tmp_path) -> None:
    held = laid(tmp_path, vehicles())
    found = store.find(held, "units", ("蒙K1234挂", "T1", "T2"))
    assert {key: row["data"]["rows"] for key, row in found.items()} == {
        "蒙K1234挂": ["蒙K12345", "蒙K12345|blue"], "T1": ["蒙K12345|blue"],
    }  # fmt: skip


WRITTEN = {
    ("vehicle", "蒙K·22345"): ("蒙K22345", "蒙k22345", "蒙Ｋ２２３４５", "蒙K22345 ", "蒙K-22345"),
    ("vehicle", "蒙k32345"): ("蒙K32345", "蒙K·32345"),
    ("person", "15062419800101001x"): ("15062419800101001X", "150624 19800101 001X", "150624800101001"),
    ("orders", "蒙K1234 挂"): ("蒙K1234挂", "蒙k·1234挂", "蒙K1234"),
    ("tank", "g2019-0815"): ("G2019-0815", "G20190815", "Ｇ2019 0815"),
}


def test_row_40_a_row_is_found_however_its_key_is_written(tmp_path) -> None:
    rows = [{"kind": kind, "key": key, "data": {"rows": [key]}, "as_of": AT} for kind, key in WRITTEN]
    held = laid(tmp_path, rows)
    for (kind, key), ways in WRITTEN.items():
        for way in (key, *ways):
            assert store.find(held, kind, (way,))[way]["data"] == {"rows": [key]}


def test_row_40_ways_back_name_the_vehicle_by_its_folded_key(tmp_path) -> None:
    one = {"kind": "vehicle", "key": "蒙k·12345_2", "data": {"trailer": "蒙K1234"}, "as_of": AT}
    found = store.find(laid(tmp_path, [one]), "units", ("蒙K·1234挂",))
    assert found["蒙K·1234挂"]["data"] == {"rows": ["蒙K12345|yellow"]}
