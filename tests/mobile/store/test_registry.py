"""The registry on the tablet: read row by row, laid under keyed hashes, found by many keys at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.wire import canonical
from mobile.refusals import Refusal
from mobile.store import rows as reading
from mobile.store import store
from mobile.store.rows import spans
from tests.mobile.field import AT, offer, opened

plain = st.recursive(st.none() | st.integers(-999, 999) | st.text(max_size=8), lambda one: st.lists(one, max_size=3))


def read(body: bytes) -> list[object]:
    return [row for _start, _end, row in spans(body)]


@given(st.lists(st.dictionaries(st.text(max_size=4), plain, max_size=4), max_size=6), st.integers(4, 40))
def test_rows_are_read_one_by_one_as_they_stand_however_the_bytes_are_cut(rows, at_once) -> None:
    kept, reading._AT_ONCE = reading._AT_ONCE, at_once
    try:
        for body in (
            json.dumps({"rows": rows}, ensure_ascii=False).encode(),
            json.dumps({"format": 1, "name": "登记", "rows": rows, "z": [1]}, ensure_ascii=False, indent=2).encode(),
        ):
            found = list(spans(body))
            assert [row for _start, _end, row in found] == rows
            assert [json.loads(body[start:end]) for start, end, _row in found] == rows
    finally:
        reading._AT_ONCE = kept


@pytest.mark.parametrize("body", [b"", b"[]", b'{"rows":{}}', b'{"rows":[1]}', b'{"rows":[{"a":1}', b'{"rows":[\xff]}'])
def test_what_is_no_such_package_is_an_error(body) -> None:
    with pytest.raises(ValueError):
        read(body)


VEHICLES = {"蒙K12345": {"trailer": "蒙K1234挂"}, "蒙K12345|blue": {"trailer": "蒙K1234挂", "tank": "T1"}, "蒙K9": {}}


def laid(folder, rows) -> store.Store:
    held = opened(folder)
    body = canonical({"rows": rows})
    store.apply_package(held, offer("registry", body), body, AT)
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


def test_of_a_row_given_twice_the_last_is_kept(tmp_path) -> None:
    twice = [{"kind": "tank", "key": "T1", "data": {"code": code}, "as_of": AT} for code in ("L4BN", "LGBF")]
    assert store.lookup(laid(tmp_path, twice), "tank", "T1")["data"] == {"code": "LGBF"}


def test_a_row_without_a_key_leaves_everything_as_it_was(tmp_path) -> None:
    held = laid(tmp_path, vehicles())
    body = canonical({"rows": [{"kind": "tank", "data": {}, "as_of": AT}]})
    with pytest.raises(Refusal) as refused:
        store.apply_package(held, offer("registry", body, "2"), body, AT)
    assert refused.value.code == "package_invalid"
    assert store.lookup(held, "vehicle", "蒙K9") is not None


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
