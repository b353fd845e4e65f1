"""A case told as plain values: its way, its documents, and whether its terms were kept."""

from __future__ import annotations

from datetime import timedelta

from server.office import Office
from server.store.case_story import story_of
from server.store.models import Case
from tests.server.store.office_cases import do, furnish, now, opened


def test_the_states_come_once_each_and_a_duty_met_late_is_not_kept(office: Office) -> None:
    furnish(office)
    early, late = (opened(office)[0] for _ in range(2))
    do(office, early, "accept")
    do(office, early, "note", text="x")
    do(office, late, "accept", "wang", now() + timedelta(days=30))
    told, after = (story_of(Case.get_by_id(one.id)) for one in (early, late))
    assert told["path"] == ["found", "clue"]
    kept = [{one["rule"]: one["kept"] for one in held["clocks"]}["accept"] for held in (told, after)]
    assert kept == [True, False]
