"""How much attention a vehicle asks for: a table of cases, and that one conflict more never asks for less."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists import words
from checklists.definitions.definition import TIER_LEVELS, TIER_REASONS
from checklists.facts.parties import Party
from checklists.facts.site import Past
from checklists.facts.situation import Situation, Source
from checklists.facts.transport import Line, Permit, Vehicle, Waybill
from checklists.findings.finding import Alert, Assessment, Finding
from checklists.findings.outcome import Proposal
from checklists.findings.tiers import tier
from checklists.rules.crosscheck import Result
from tests.loaded import load_all

ROWS = load_all().tiers
KNOWN = Vehicle(plate="蒙K12345", permit=Permit(number="1"))
PLAIN = Situation(
    datetime(2026, 11, 21, 1, 30, tzinfo=UTC), vehicle=KNOWN, waybill=Waybill(lines=(Line(un="1830", class_="8"),))
)


def found(severity: str) -> Finding:
    return Finding("LIC-07", "T", severity, (), Party("carrier"), {"zh": "证件过期", "en": "expired"})


def alert(rule: str, case: str, severity: str = "I") -> Alert:
    return Alert(Result(rule, case, "conflict", "S1"), {"zh": "停驶", "en": "stop"}, severity)


def assessed(situation: Situation = PLAIN, **more) -> Assessment:
    more.setdefault("known", {"labels": frozenset({"8"}), "leaking": None})
    basis = {"results": (), "items": (), "findings": (), "proposal": Proposal("release")}
    return Assessment(situation, **{**basis, **more}, tiers=ROWS)


def past(*days: str) -> Situation:
    return replace(PLAIN, past=tuple(Past("CN-LIC-04", date.fromisoformat(day)) for day in days))


CASES = (
    (assessed(), "low", ()),
    (assessed(alerts=(alert("R17", "stop_order"),)), "high", ("stop_order",)),
    (assessed(alerts=(alert("R17", "correction_overdue", "II"),)), "high", ("order_overdue",)),
    (assessed(alerts=(alert("R21", "repeated", "III"),)), "high", ("repeated",)),
    (assessed(findings=(found("I"),)), "high", ("conflicts",)),
    (assessed(findings=(found("II"),)), "medium", ("conflicts",)),
    (assessed(findings=(found(""),)), "medium", ("conflicts",)),
    (assessed(findings=(found("III"),) * 3), "high", ("conflicts",)),
    (assessed(past("2026-10-01")), "medium", ("past",)),
    (assessed(past("2026-10-01", "2026-09-01", "2026-08-01")), "high", ("past",)),
    (assessed(past("2024-10-01", "2026-11-21")), "low", ()),
    (assessed(known={"labels": frozenset({"2.3", "8"})}), "medium", ("labels",)),
    (assessed(known={"labels": None}), "low", ()),
    (assessed(known={"leaking": frozenset({"yes"})}), "high", ("leaking",)),
    (assessed(replace(PLAIN, vehicle=Vehicle(plate="蒙K12345"))), "medium", ("unknown_vehicle",)),
    (assessed(replace(PLAIN, vehicle=Vehicle(), sources={"vehicle": Source("registry")})), "low", ()),
    (assessed(replace(PLAIN, waybill=None)), "medium", ("unknown_load",)),
    (assessed(results=(Result("R6", "tank", "stale", stale=("tank",)),)), "medium", ("stale",)),
)


@pytest.mark.parametrize(("one", "level", "codes"), CASES)
def test_the_table_of_cases(one, level, codes) -> None:
    told = tier(one)
    assert (told.level, tuple(reason.code for reason in told.reasons)) == (level, codes)


def test_three_reasons_at_most_and_the_gravest_first() -> None:
    situation = replace(past("2026-10-01"), vehicle=Vehicle(plate="蒙K1"), waybill=None)
    told = tier(assessed(situation, findings=(found("III"), found("I")), alerts=(alert("R17", "stop_order"),)))
    assert [one.code for one in told.reasons] == ["stop_order", "conflicts", "unknown_vehicle"]
    assert (told.reasons[1].count, told.reasons[1].level) == (1, "high")


def test_without_rows_nothing_is_said() -> None:
    assert tier(replace(assessed(findings=(found("I"),)), tiers=())).level == "low"


severities = st.sampled_from(("I", "II", "III", "", "IV"))
alerts = st.sampled_from((("R17", "stop_order"), ("R17", "correction_overdue"), ("R21", "repeated"), ("R13", "ban")))


@given(st.lists(severities, max_size=4), st.lists(alerts, max_size=3), st.booleans(), severities, alerts)
def test_one_conflict_more_never_asks_for_less(held, told, stale, severity, more) -> None:
    findings, given_alerts = tuple(map(found, held)), tuple(alert(*one) for one in told)
    results = (Result("R6", "tank", "stale", stale=("tank",)),) if stale else ()
    before = tier(assessed(findings=findings, alerts=given_alerts, results=results))
    # A rule that could not tell before may be the one that now finds something.
    for after in (
        tier(assessed(findings=(*findings, found(severity)), alerts=given_alerts)),
        tier(assessed(findings=findings, alerts=(*given_alerts, alert(*more)))),
    ):
        assert TIER_LEVELS.index(after.level) >= TIER_LEVELS.index(before.level)


def test_every_reason_and_level_has_words_and_a_row() -> None:
    assert set(words.TIER_REASONS) == set(TIER_REASONS) == {one.reason for one in ROWS}
    assert set(words.TIERS) == set(TIER_LEVELS)
    assert {one.source for one in ROWS} == {"own"}


def test_what_is_too_old_is_named_in_words() -> None:
    assert words.tier_reason("stale", 1, ["tank.inspection"], "", words.say("zh_CN")).startswith("资料已过更新期限：")
