"""What an inspection keeps of the tier that the office gave, and the draw of a full check."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.facts.carrier_standing import KIND, drawn, standing_row
from checklists.facts.registry import registry_facts
from checklists.facts.situation import situation

USCC, AT, PLATE = "91150624MA0EXAMPLE", "2026-11-29T02:00:00.000Z", "蒙K12345"
GIVEN = {"data": {}, "as_of": "2026-11-29T01:59:00.000Z"}
TOLD = {
    "level": "tightened", "points": 48, "formula": "1", "since": "2026-11-20", "checks": 5,
    "reasons": [{"code": "check", "points": 48, "number": PLATE, "on": "2026-11-20", "counts": {"I": 2}}],
}  # fmt: skip


def lookup(**rows: Any):
    held = {("feed", KIND): GIVEN, **{(KIND, key): {"data": data, "as_of": AT} for key, data in rows.items()}}
    return lambda kind, key: held.get((kind, key))


def kept(told: dict[str, Any]) -> dict[str, Any]:
    row = standing_row(lookup(**{USCC: told}), USCC, PLATE, AT)
    assert row is not None and row["as_of"] == GIVEN["as_of"]
    return dict(row["data"])


def test_it_is_kept_with_its_reasons_and_read_back() -> None:
    held = situation({"at": AT, "carrier_tier": kept(TOLD)}).carrier_tier
    assert held is not None and (held.level, held.points, held.drawn) == ("tightened", 48, False)
    assert held.reasons[0].number == PLATE and held.reasons[0].counts == {"I": 2}


def test_a_carrier_that_the_list_does_not_name_is_unknown_and_of_no_list_nothing_is_said() -> None:
    assert standing_row(lookup(), USCC, PLATE, AT) == {"data": {"level": "unknown"}, "as_of": GIVEN["as_of"]}
    assert standing_row(lambda _kind, _key: None, USCC, PLATE, AT) is None
    assert standing_row(lookup(), None, PLATE, AT) is None
    assert standing_row(lookup(), "****", PLATE, AT) is None


@pytest.mark.parametrize(
    "told",
    [
        {"level": 7},
        {"level": "tightened", "points": "many"},
        {"level": "reduced", "until": "some day"},
        {"level": "tightened", "reasons": "because"},
        {"level": "tightened", "reasons": [{"code": "check", "on": "yesterday"}, 3, {"points": 1}]},
        {},
    ],
)
def test_what_cannot_be_read_is_no_reason_to_fail_and_never_makes_it_clean(told: dict[str, Any]) -> None:
    held = situation({"at": AT, "carrier_tier": kept(told)}).carrier_tier
    assert held is not None and held.level in ("unknown", "tightened") and not held.reasons


def test_what_a_later_office_says_besides_is_left_out() -> None:
    later = {**TOLD, "colour": "red", "reasons": [{**TOLD["reasons"][0], "weather": "rain"}]}
    assert kept(later) == kept(TOLD)


def test_a_level_of_a_later_office_is_carried_through() -> None:
    assert kept({"level": "suspended"})["level"] == "suspended"


def test_about_as_many_as_the_share_says_are_drawn_the_same_all_day_and_others_the_next() -> None:
    plates = [f"蒙K{number:05d}" for number in range(2000)]
    today, later, next_day = AT, "2026-11-29T14:00:00.000Z", "2026-11-29T17:00:00.000Z"
    first = [drawn("salt", 20, one, today) for one in plates]
    assert 300 < sum(first) < 500
    assert first == [drawn("salt", 20, one, later) for one in plates]
    assert first != [drawn("salt", 20, one, next_day) for one in plates]
    assert first != [drawn("other", 20, one, today) for one in plates]
    assert not any(drawn("salt", None, one, today) for one in plates)


def test_of_a_reduced_carrier_the_salt_stays_out_of_the_record() -> None:
    held = kept({"level": "reduced", "salt": "geheim", "full_percent": 100})
    assert held == {"level": "reduced", "reasons": [], "drawn": True}


def test_it_comes_with_the_registrys_rows_where_the_time_of_the_check_is_told() -> None:
    rows = lookup(**{USCC: TOLD})

    def look(kind: str, key: str) -> Any:
        vehicle = {"data": {"plate": PLATE, "carrier_uscc": USCC}, "as_of": AT}
        return vehicle if (kind, key) == ("vehicle", PLATE) else rows(kind, key)

    assert registry_facts(look, PLATE, at=AT)[KIND]["data"]["level"] == "tightened"
    assert KIND not in registry_facts(look, PLATE)
