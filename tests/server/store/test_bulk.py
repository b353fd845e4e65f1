"""Many rows at once on both engines: what goes in as lists comes out as it was, and a key that is taken counts."""

from __future__ import annotations

from peewee import EXCLUDED

from server.office import Office
from server.store import bulk
from server.store.bodies import RecordBody
from server.store.figure_models import CheckLooked
from server.store.models import Claim, Counter
from server.store.office_models import RegistryRow

ODD = ['{"a":[1,2]}', "NULL", "", "a,b", '"', "\\", "{}", "'", "甲\n乙", "%s"]


def test_odd_texts_stay_as_they_are(office: Office) -> None:
    rows = [(f"n{number}", text) for number, text in enumerate(ODD)]
    assert office.store.write_now(lambda: bulk.insert(Claim, ("name", "digest"), rows)) == len(ODD)
    held = Claim.select(Claim.name, Claim.digest).where(Claim.name.startswith("n")).tuples()
    assert sorted(held) == sorted(rows)


def test_bytes_and_large_numbers_stay_as_they_are(office: Office) -> None:
    rows = [(number, bytes(range(256)) * number, 2**31 * number) for number in (1, 2, 3)]
    office.store.write_now(lambda: bulk.insert(RecordBody, ("record", "packed", "bytes"), rows))
    held = RecordBody.select(RecordBody.record, RecordBody.packed, RecordBody.bytes).tuples()
    assert [(number, bytes(packed), size) for number, packed, size in held] == rows


def test_those_whose_key_is_taken_are_left_out_and_not_counted(office: Office) -> None:
    def put() -> list[int]:
        told = [[("a", "1"), ("b", "2")], [("b", "3"), ("c", "4"), ("c", "5")], [("a", "6")], []]
        return [bulk.insert(Claim, ("name", "digest"), rows) for rows in told]

    assert office.store.write_now(put) == [2, 1, 0, 0]
    assert Claim.get(Claim.name == "b").digest == "2"


def test_of_two_for_one_key_the_last_stands(office: Office) -> None:
    rows = [{"inspection": one, "conform": told, "failed": ""} for one, told in (("i", ",1"), ("j", ",2"), ("i", ",3"))]
    office.store.write_now(lambda: bulk.put(CheckLooked, ("inspection",), rows))
    office.store.write_now(lambda: bulk.put(CheckLooked, ("inspection",), [{**rows[1], "failed": ",4"}]))
    held = CheckLooked.select(CheckLooked.inspection, CheckLooked.conform, CheckLooked.failed).tuples()
    assert sorted(held) == [("i", ",3", ""), ("j", ",2", ",4")]


def test_an_insertion_that_adds_to_what_is_there_adds_once_for_each(office: Office) -> None:
    def adding() -> object:
        return bulk.silent(
            Counter.insert({"name": "", "value": 0}).on_conflict(
                conflict_target=[Counter.name], update={Counter.value: Counter.value + EXCLUDED.value}
            )
        )

    office.store.write_now(lambda: bulk.each(adding, [("x", 5), ("y", 7)]))
    office.store.write_now(lambda: bulk.each(adding, [("x", 9), ("z", 1)]))
    held = dict(Counter.select(Counter.name, Counter.value).where(Counter.name.in_(["x", "y", "z"])).tuples())
    assert held == {"x": 14, "y": 7, "z": 1}


def test_a_statement_that_changes_rows_is_run_for_each(office: Office) -> None:
    def changing() -> object:
        return RegistryRow.update({RegistryRow.area: ""}).where(RegistryRow.key == "")

    row = {"kind": "vehicle", "data": "{}", "as_of": "2026"}
    office.store.write_now(lambda: bulk.insert_dicts(RegistryRow, [{**row, "key": one} for one in "abc"]))
    office.store.write_now(lambda: bulk.each(changing, [("15", "a"), ("23", "c")]))
    held = RegistryRow.select(RegistryRow.key, RegistryRow.area).order_by(RegistryRow.key).tuples()
    assert list(held) == [("a", "15"), ("b", ""), ("c", "23")]
