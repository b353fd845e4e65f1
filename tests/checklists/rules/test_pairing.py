"""R15: tractor, trailer and tank as permitted; what was seen goes before what the waybill says."""

import pytest


@pytest.mark.parametrize(
    ("changes", "cases"),
    [
        ({"vehicle__trailer": "蒙K9999挂"}, ["trailer_not_permitted"]),
        ({"trailer__tank": "G2019-0001"}, ["tank_not_permitted"]),
        ({"seen__trailer_plate": "蒙K9999挂"}, ["trailer_not_permitted", "trailer_papers_differ"]),
        ({"seen__tank_number": "G2019-0001"}, ["tank_not_permitted", "tank_papers_differ"]),
        ({"seen__trailer_plate": None, "waybill__trailer_plate": "蒙K9999挂"}, ["trailer_not_permitted"]),
        ({"vehicle__kind": "lorry"}, ["not_a_tractor"]),
    ],
)
def test_another_trailer_or_tank_is_a_conflict(verdicts, changes, cases):
    assert [case for case, verdict in verdicts("R15", **changes) if verdict == "conflict"] == cases


@pytest.mark.parametrize("path", ["vehicle__trailer", "trailer__tank", "vehicle__kind"])
def test_what_the_registry_does_not_know_cannot_be_told(verdicts, path):
    found = {verdict for _, verdict in verdicts("R15", **{path: None})}
    assert found == {"consistent", "cannot_tell"}


def test_how_numbers_are_written_does_not_matter(verdicts):
    found = verdicts("R15", seen__tank_number="ｇ2019 0815", seen__trailer_plate="蒙K·1234挂")
    assert {verdict for _, verdict in found} == {"consistent"}


def test_a_vehicle_with_its_own_tank_is_compared_with_its_own(verdicts):
    changes = {"trailer": None, "waybill__trailer_plate": None, "seen__trailer_plate": None}
    assert ("tank_not_permitted", "conflict") in verdicts("R15", **changes, vehicle__tank="G1")


def test_without_trailer_and_tank_nothing_is_paired(verdicts):
    gone = ("trailer", "tank", "waybill__trailer_plate", "waybill__tank", "seen__trailer_plate", "seen__tank_number")
    assert verdicts("R15", **dict.fromkeys(gone)) == []
