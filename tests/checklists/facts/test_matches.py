"""Vehicles that a plate may mean: colours, look-alikes, a missing sign; never the first of several."""

from __future__ import annotations

from checklists.facts.matches import MOST, candidates, unit_matches, vehicle_matches
from checklists.facts.registry import registry_facts, sole, vehicle_keys, vehicle_rows

AS_OF = "2026-11-20T00:00:00Z"


def row(**data):
    return {"data": data, "as_of": AS_OF}


ROWS = {
    ("vehicle", "蒙K12345"): row(plate="蒙K12345", colour="yellow", carrier="路安"),
    ("vehicle", "蒙K12345|blue"): row(plate="蒙K12345", carrier="恒达"),
    ("vehicle", "蒙K8B123"): row(plate="蒙K8B123", colour="yellow", carrier="永隆"),
    ("vehicle", "蒙K1234挂"): row(plate="蒙K1234挂", colour="yellow", kind="trailer"),
    ("vehicle", "蒙K77777"): row(plate="蒙K77777", colour="yellow", trailer="蒙K1234挂"),
    ("units", "蒙K1234挂"): row(rows=["蒙K77777", "蒙K12345|blue"]),
    ("past", "蒙K12345"): row(rows=[{"on": "2026-10-02"}, {"on": "2026-11-01"}]),
}


def find(kind, keys):
    return {key: row for key in keys if (row := lookup(kind, key)) is not None}


def lookup(kind, key):
    return ROWS.get((kind, key))


def told(text, colour=""):
    return [(one.plate, one.colour, one.why) for one in vehicle_matches(find, text, colour)]


def test_the_same_signs_in_two_colours_are_two_vehicles() -> None:
    assert told("蒙K12345") == [("蒙K12345", "blue", "exact"), ("蒙K12345", "yellow", "exact")]
    assert told("蒙K12345", "yellow") == [("蒙K12345", "yellow", "exact"), ("蒙K12345", "blue", "colour")]


def test_when_something_was_found_last_stands_beside_it() -> None:
    assert vehicle_matches(find, "蒙K12345", "yellow")[0].last_found_on == "2026-11-01"


def test_signs_that_look_alike_are_offered_not_taken() -> None:
    assert told("蒙K88123") == [("蒙K8B123", "yellow", "alike")]
    assert told("蒙K881Z3") == [("蒙K8B123", "yellow", "alike")]


def test_one_sign_may_be_missing_or_unreadable() -> None:
    assert {one[0] for one in told("蒙K1234")} == {"蒙K12345", "蒙K1234挂"}
    assert told("蒙K?B123") == [("蒙K8B123", "yellow", "missing")]
    assert candidates("蒙K123") == candidates("?K?2345") == {}
    assert len(candidates("蒙K1234")) > MOST


def test_a_trailer_leads_to_the_vehicles_that_it_is_permitted_with() -> None:
    assert [(one.plate, one.colour, one.why) for one in unit_matches(find, "蒙K1234挂")] == [
        ("蒙K77777", "yellow", "unit"), ("蒙K12345", "blue", "unit"),
    ]  # fmt: skip
    assert unit_matches(find, "蒙K9999挂") == ()


def test_of_several_vehicles_with_one_plate_none_is_taken_until_the_colour_is_seen() -> None:
    assert "vehicle" not in registry_facts(lookup, "蒙K12345")
    assert registry_facts(lookup, "蒙K12345", colour="blue")["vehicle"]["data"]["carrier"] == "恒达"
    assert registry_facts(lookup, "蒙K12345", colour="green").keys().isdisjoint({"vehicle"})


def test_a_row_without_a_colour_is_meant_where_no_other_is() -> None:
    bare, blue = row(plate="x"), row(plate="x", colour="blue")
    assert sole([bare], "yellow") is bare
    assert sole([bare, blue], "blue") is blue
    assert sole([bare, blue]) is None
    assert sole([]) is None


def test_the_key_names_the_colour_and_a_trailers_plate_is_yellow() -> None:
    assert vehicle_keys("蒙K1234挂") == ("蒙K1234挂|yellow", "蒙K1234挂")
    assert [one["data"]["colour"] for one in vehicle_rows(lookup, "蒙K12345")] == ["blue", "yellow"]


def test_papers_that_were_shown_go_before_the_people_of_the_waybill() -> None:
    rows = {("person", "A"): row(name="甲"), ("person", "B"): row(name="乙")}
    found = registry_facts(
        lambda *key: rows.get(key), "", {"driver": {"id_number": "A"}}, people={"driver": "B", "escort": ""}
    )
    assert found["driver"]["data"]["name"] == "乙"
