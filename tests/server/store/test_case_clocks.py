"""Clocks of stored cases: holidays move them, ends by hand, what happens when one has run, cases of before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from checklists.goods.holidays import HolidayError, year_of
from checklists.goods.listing import load_tables
from server.cases.ends import over_at
from server.office import Office
from server.store import audit, case_clocks, case_files, case_history, case_law, shares
from server.store.case_clocks import Moved, publish_holidays
from server.store.case_models import CaseClock, CaseEvent
from server.store.models import Case
from server.store.office_models import Holiday
from tests.server.store.office_cases import FILE, TWO, TWO_POLICE, day, do, finding, furnish, missing, now, opened

PROOF = {"proof": FILE}


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def clock_of(case: Case, rule: str) -> CaseClock:
    return (
        CaseClock.select().where(CaseClock.case == case.id, CaseClock.rule == rule).order_by(CaseClock.id.desc()).get()
    )


def rest(*days: date, year: int) -> list[dict[str, str]]:
    """The notice of a year as the product has it, else the days that the law names, with further days of rest."""
    told = {"kind": "rest", "name_zh": "调休", "name_en": "", "source": "notice"}
    own = [dict(row) for row in load_tables().holidays if year_of(row) == year]
    by_law = dict.fromkeys(row["day"] for row in load_tables().statutory_days if year_of(row) == year)
    own = own or [{**told, "day": one} for one in by_law]  # two holidays may share a day
    return [one for one in own if one["day"] not in map(str, days)] + [{**told, "day": str(one)} for one in days]


def publish(office: Office, rows: list[dict[str, str]]) -> list[Moved]:
    office.store.write_now(lambda: publish_holidays(rows, "zhou"))
    return case_clocks.recount_all(office.store, "zhou")


def test_a_published_notice_counts_open_clocks_again_and_says_which_moved(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "dispute_filed", "su", text="不服")
    before = clock_of(case, "dispute_answer")
    first = date.fromisoformat(str(before.due))
    year = first.year
    days = [first - timedelta(days=count) for count in range(3)]
    moved = publish(furnished, rest(*days, year=year))
    after = clock_of(case, "dispute_answer")
    mine = [one.change for one in moved if one.change.after.rule == "dispute_answer"]
    assert [(one.before.due, one.after.due) for one in mine] == [(before.due, after.due)]
    assert after.due > before.due and after.term_version != before.term_version
    assert any(one.action == "case.clock_moved" for one in audit.page())
    assert publish(furnished, rest(*days, year=year)) == []
    held = {str(one.rule): str(one.due_at) for one in CaseClock.select().where(CaseClock.case == case.id)}
    assert Case.get_by_id(case.id).next_due == held[str(Case.get_by_id(case.id).next_due_rule)]


def test_a_notice_with_faults_changes_nothing_and_names_all(furnished: Office) -> None:
    told = {"name_zh": "x", "name_en": "", "source": "y"}
    bad = [{"day": "2027-13-01", "kind": "rest", **told}, {"day": "2027-01-04", "kind": "work", **told}]
    with pytest.raises(HolidayError) as refused:
        publish(furnished, bad)
    assert len(refused.value.faults) == 2 and Holiday.select().count() == 0


def test_an_end_that_nobody_can_count_is_said_with_a_reason_and_stays(furnished: Office) -> None:
    (case,) = opened(furnished, finding(severity="III", measures=["C"]))
    furnished.store.write_now(
        lambda: (
            CaseClock.update(due="", due_at="", sure="manual", why="uncovered")
            .where(CaseClock.case == case.id, CaseClock.rule == "accept")
            .execute()
        )
    )
    do(furnished, case, "re_assign", "lead", owner="wang")
    assert (
        missing(furnished, case, "clock_set", clock="limitation", until="2027-01-05", reason="x")[0].code == "no_clock"
    )
    do(furnished, case, "clock_set", clock="accept", until="2027-01-05", reason="日历未覆盖")
    held = clock_of(case, "accept")
    assert (held.due, held.sure, held.why) == ("2027-01-05", "manual", "by_hand")
    case_clocks.recount_all(furnished.store)
    assert clock_of(case, "accept").due == "2027-01-05"


def keep_up(office: Office, at: datetime) -> case_clocks.Kept:
    return office.store.write_now(lambda: case_clocks.keep_up(at))


def test_a_person_who_does_not_come_is_looked_for_without_a_click(furnished: Office) -> None:
    (case,) = opened(furnished, finding(agency="P"))
    do(
        furnished,
        case,
        "notice_given_at_road",
        "liu",
        served_at=day(-1),
        officers=TWO_POLICE,
        paper_number="N1",
        **PROOF,
    )
    keep_up(furnished, now())
    assert Case.get_by_id(case.id).state == "awaiting_person"
    assert keep_up(furnished, now() + timedelta(days=60)).lapsed == 1
    assert Case.get_by_id(case.id).state == "investigating"
    last = case_history.of_case(str(case.id))[-1]
    assert (last.event, last.role, last.who) == ("term_over", "machine", "")


def test_a_registration_of_the_police_lapses_by_itself_and_one_of_transport_does_not(furnished: Office) -> None:
    (mine,), (yours,) = opened(furnished), opened(furnished, finding(agency="P"))
    do(furnished, mine, "evidence_registered", "su", at=day(-1), what="运单", officers=TWO)
    do(furnished, yours, "evidence_registered", "chen", at=day(-1), what="运单", officers=TWO_POLICE)
    keep_up(furnished, now() + timedelta(days=60))
    states = {
        str(case.id): case_files.load(Case.get_by_id(case.id), case_law.current()).file.sides[0].state
        for case in (mine, yours)
    }
    assert states == {str(mine.id): "registered", str(yours.id): "lapsed"}


def test_a_case_of_before_gets_its_history_and_clocks(furnished: Office) -> None:
    (case,) = opened(furnished)

    def before() -> None:
        CaseEvent.delete().execute()
        CaseClock.delete().execute()
        Case.update(version=0, facts="{}", next_due="9999", tier="low", rank=2).execute()

    furnished.store.write_now(before)
    assert keep_up(furnished, now()).adopted == 1
    held = Case.get_by_id(case.id)
    assert (held.state, held.version, held.tier, held.rank) == ("found", 1, "medium", 1)
    assert held.next_due == clock_of(case, "accept").due_at != "9999"
    assert keep_up(furnished, now()) == case_clocks.Kept(0, 0, 0, 0)


def test_a_clock_on_which_a_person_must_act_first_holds_up_no_other(furnished: Office) -> None:
    cases_ = [opened(furnished, finding(agency="P"))[0] for _ in range(3)]
    told = {"served_at": day(-1), "officers": TWO_POLICE, "paper_number": "N1", **PROOF}
    for case in cases_:
        do(furnished, case, "notice_given_at_road", "liu", **told)
    later = now() + timedelta(days=60)
    rounds = [furnished.store.write_now(lambda: case_clocks.keep_up(later, 0, 1)) for _ in range(3)]
    assert [one.lapsed for one in rounds] == [1, 1, 1]
    after = furnished.store.write_now(lambda: case_clocks.keep_up(later, rounds[-1].next, 1))
    assert after.next == 0


def test_what_one_write_has_no_time_for_is_done_by_the_next(furnished: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    cases_ = [opened(furnished, finding(agency="P"))[0] for _ in range(3)]
    told = {"served_at": day(-1), "officers": TWO_POLICE, "paper_number": "N1", **PROOF}
    for case in cases_:
        do(furnished, case, "notice_given_at_road", "liu", **told)
    monkeypatch.setattr(shares, "SECONDS", 0)
    first = date.fromisoformat(str(clock_of(cases_[0], "accept").due or day(1)))
    furnished.store.write_now(lambda: publish_holidays(rest(first, year=first.year), "zhou"))
    later, rounds, after = now() + timedelta(days=60), [], 0
    while not rounds or rounds[-1].recounted or rounds[-1].next:
        rounds.append(furnished.store.write_now(partial(case_clocks.keep_up, later, after)))
        after = rounds[-1].next
    assert [one.lapsed for one in rounds][:3] == [1, 1, 1] and max(one.recounted for one in rounds) == 1
    version = case_law.current().law.version
    open_ = CaseClock.select().where(CaseClock.ended_at == "")
    assert {str(one.term_version) for one in open_} == {version}
    assert {str(Case.get_by_id(one.id).state) for one in cases_} == {"investigating"}


def test_the_time_of_an_appraisal_is_not_counted_in_a_seizure(furnished: Office) -> None:
    (case,) = opened(furnished)
    start = now() - timedelta(days=20)
    told = {"object": "vehicle", "what": "车辆", "officers": TWO, **PROOF}
    do(furnished, case, "measure_urgent", "su", start, at=start.isoformat(), **told)
    side = str(CaseClock.get(CaseClock.rule == "seizure").side)
    first = date.fromisoformat(str(clock_of(case, "seizure").due))
    do(furnished, case, "measure_approved", "lead", start, side=side, reason="同意")
    do(furnished, case, "accept")
    out, back = start + timedelta(days=3), start + timedelta(days=13)
    do(furnished, case, "appraisal_ordered", side=side, at=out.isoformat(), what="残液")
    assert clock_of(case, "seizure").paused_from
    do(furnished, case, "appraisal_back", side=side, at=back.isoformat(), result="硫酸", **PROOF)
    held = clock_of(case, "seizure")
    assert (held.due, held.paused_days, held.sure) == ((first + timedelta(days=10)).isoformat(), 10, "sure")
    assert held.due_at == over_at(first + timedelta(days=10))
