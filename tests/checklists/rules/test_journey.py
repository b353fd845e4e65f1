"""R14: departure, route, driving time and top speed; what recorder and platform did not give is not asked."""

import pytest


@pytest.mark.parametrize(
    ("changes", "case", "verdict"),
    [
        ({"waybill__start_at": None}, "departure", "cannot_tell"),
        ({"waybill__start_at": "2026-11-21T09:45:00+08:00"}, "departure", "consistent"),
        ({"waybill__start_at": "2026-11-21T09:46:00+08:00"}, "departure_ahead", "cannot_tell"),
        ({"waybill__start_at": "2026-11-14T09:30:00+08:00"}, "departure", "consistent"),
        ({"waybill__start_at": "2026-11-14T09:29:00+08:00"}, "departure_long_ago", "conflict"),
        ({"waybill__start_at": "2026-11-14T00:00:00+08:00"}, "departure", "consistent"),
        ({"waybill__start_at": "2026-11-13T00:00:00+08:00"}, "departure_long_ago", "conflict"),
        ({"journey__distance_km": 175}, "departure", "consistent"),
        ({"journey__distance_km": 176}, "departure", "cannot_tell"),
        ({"journey__driving_min": 240}, "driving_time", "consistent"),
        ({"journey__driving_min": 241}, "driving_time", "conflict"),
        ({"journey__top_speed_kmh": 80}, "too_fast", "consistent"),
        ({"journey__top_speed_kmh": 81}, "too_fast", "conflict"),
    ],
)
def test_each_limit_is_kept_to_its_last_value(verdicts, changes, case, verdict):
    assert (case, verdict) in verdicts("R14", **changes)


def test_without_recorder_or_route_only_the_departure_is_asked(verdicts):
    assert verdicts("R14") == [("departure", "consistent")]


@pytest.mark.parametrize(
    ("speed", "driven_on", "verdict"),
    [
        (60, None, "consistent"),
        (61, None, "cannot_tell"),
        (61, "other", "conflict"),
        (61, "expressway", "consistent"),
        (81, None, "conflict"),
    ],
)
def test_off_the_expressway_a_speed_between_the_limits_needs_its_road(verdicts, speed, driven_on, verdict):
    changes = {"place__road_kind": "other", "journey__top_speed_road": driven_on, "journey__top_speed_kmh": speed}
    assert ("too_fast", verdict) in verdicts("R14", **changes)


@pytest.mark.parametrize(
    ("route", "verdict"),
    [
        (["G65", "S24"], "consistent"),
        (["东胜→包茂高速G65→榆林"], "consistent"),
        (["内蒙古鄂尔多斯市"], "cannot_tell"),
        (["鄂尔多斯"], "consistent"),
        (["G6", "包头市"], "cannot_tell"),
    ],
)
def test_a_place_off_the_route_is_never_a_conflict(verdicts, route, verdict):
    assert ("off_route", verdict) in verdicts("R14", waybill__route=route)


def test_an_empty_and_cleaned_vehicle_still_has_to_rest(verdicts):
    assert verdicts("R14", seen__loaded="empty", journey__driving_min=300) == [("driving_time", "conflict")]


@pytest.mark.parametrize(
    ("fact", "case"), [("driving_min", "driving_time"), ("top_speed_kmh", "too_fast"), ("distance_km", "departure")]
)
def test_what_is_less_than_nothing_is_not_known(verdicts, fact, case):
    assert (case, "cannot_tell") in verdicts("R14", **{f"journey__{fact}": -5})


LISTED = {"seen__facts": {"hazchem": "yes"}}


def night(verdicts, at, driven, **more):
    """What R14 says of driving time, for a check at that time of Beijing."""
    found = verdicts("R14", at=at, waybill__start_at=None, journey__driving_min=driven, **more)
    return [one for one in found if one[0].startswith("driving_time")]


@pytest.mark.parametrize(
    ("at", "driven", "said"),
    [
        ("2026-11-22T02:00:00+08:00", 200, [("driving_time", "consistent"), ("driving_time_night", "conflict")]),
        ("2026-11-22T02:00:00+08:00", 120, [("driving_time", "consistent")]),
        ("2026-11-22T02:00:00+08:00", 121, [("driving_time", "consistent"), ("driving_time_night", "conflict")]),
        ("2026-11-22T02:00:00+08:00", 241, [("driving_time", "conflict")]),
        ("2026-11-22T14:00:00+08:00", 200, [("driving_time", "consistent")]),
        ("2026-11-22T07:00:00+08:00", 180, [("driving_time", "consistent")]),
        ("2026-11-22T07:00:00+08:00", 181, [("driving_time", "consistent"), ("driving_time_night", "cannot_tell")]),
        ("2026-11-22T06:00:00+08:00", 121, [("driving_time", "consistent"), ("driving_time_night", "cannot_tell")]),
        ("2026-11-22T06:00:00+08:00", 181, [("driving_time", "consistent"), ("driving_time_night", "conflict")]),
        ("2026-11-22T00:30:00+08:00", 240, [("driving_time", "consistent"), ("driving_time_night", "cannot_tell")]),
        ("2026-11-21T18:00:00+00:00", 200, [("driving_time", "consistent"), ("driving_time_night", "conflict")]),
        ("2026-04-30T02:00:00+08:00", 200, [("driving_time", "consistent")]),
        ("2026-05-01T00:30:00+08:00", 200, [("driving_time", "consistent")]),
        ("2026-05-01T02:00:00+08:00", 200, [("driving_time", "consistent")]),
        ("2026-05-01T02:01:00+08:00", 200, [("driving_time", "consistent"), ("driving_time_night", "conflict")]),
    ],
)
def test_at_night_two_hours_are_the_limit_with_a_listed_chemical(verdicts, at, driven, said):
    assert night(verdicts, at, driven, **LISTED) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"hazchem": "no"}, []), ({}, [("driving_time_night", "cannot_tell")])],
)
def test_other_goods_keep_the_four_hours_and_an_unknown_load_cannot_be_told(verdicts, facts, said):
    found = night(verdicts, "2026-11-22T02:00:00+08:00", 200, seen__facts=facts)
    assert found == [("driving_time", "consistent"), *said]


def test_the_hours_of_the_night_are_shown_and_the_finding_is_never_printed_as_verified(results, definitions):
    changes = {"at": "2026-11-22T02:00:00+08:00", "journey.driving_min": 200, "seen.facts": {"hazchem": "yes"}}
    (one,) = [held for held in results(changes) if held.case == "driving_time_night"]
    assert ("limit.night_hours", "22:00–06:00") in {(value.name, value.value) for value in one.values}
    assert definitions.rules["CN", "R14", "driving_time_night"].verified is False


@pytest.mark.parametrize("at", ["0001-01-01T00:30:00+00:00", "9999-12-31T23:30:00+00:00"])
def test_the_ends_of_the_calendar_are_no_night(verdicts, at):
    assert night(verdicts, at, 200, **LISTED) == [("driving_time", "consistent")]
