"""R14: departure, route, driving time and top speed; what recorder and platform did not give is not asked."""

import pytest


@pytest.mark.parametrize(
    ("changes", "case", "verdict"),
    [
        ({"waybill__start_at": None}, "departure", "cannot_tell"),
        ({"waybill__start_at": "2026-11-21T09:45:00+08:00"}, "departure", "consistent"),
        ({"waybill__start_at": "2026-11-21T09:46:00+08:00"}, "departure_ahead", "conflict"),
        ({"waybill__start_at": "2026-11-14T09:30:00+08:00"}, "departure", "consistent"),
        ({"waybill__start_at": "2026-11-14T09:29:00+08:00"}, "departure_long_ago", "conflict"),
        ({"journey__distance_km": 175}, "departure", "consistent"),
        ({"journey__distance_km": 176}, "departure", "conflict"),
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
