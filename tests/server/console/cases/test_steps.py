"""Each state has its next step for each role, nothing that may be done is lost, and every word is there. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from checklists.definitions.definition import Definitions
from server.cases.asking import Ask, Missing
from server.cases.casefile import MACHINE, CaseFile, Clock, Paper
from server.cases.fields import FIELDS
from server.cases.machine import EVENTS, MOVES, NEW, prospects
from server.cases.moves import Move
from server.cases.states import ENDED, MAIN
from server.console.cases import ahead, clockbar, words
from server.console.cases.choices import Choices, Option, Person, Ranged, load_of
from server.console.cases.draft import Draft, begin
from server.console.cases.form import form_of, seen
from server.console.cases.idle import IDLE, is_idle
from server.console.cases.reading import Reader
from server.console.cases.steps import GROUP, GROUPS, steps_of
from server.console.cases.telling import Teller
from tests.server.cases.clerks import (
    HANDLER,
    LEADER,
    OFFICER,
    REVIEWER,
    START,
    TWO,
    actor,
    case,
    do,
    held,
    law,
    told,
)

ROLES = [HANDLER, LEADER, REVIEWER, OFFICER, actor("area", "supervisor", "X"), actor("law", "law_admin", "T")]
TELLER = Teller(Definitions())
FINE = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 2000}]


def in_state(state: str, agency: str = "T") -> CaseFile:
    return replace(case(agency=agency), state=state, clocks=())


@pytest.mark.parametrize("state", MAIN)
@pytest.mark.parametrize("agency", ["T", "P"])
@pytest.mark.parametrize("who", ROLES, ids=lambda one: one.role)
def test_everything_that_may_be_done_stands_in_the_page_once(state: str, agency: str, who: Any) -> None:
    held_, who = in_state(state, agency), replace(who, agency=agency)
    steps = steps_of(held_, who, START, law(), TELLER)
    found = {one.move.event for one in prospects(held_, who, START, law()) if not one.side}
    open_ = {one for one in found if not is_idle(one, held_, who)}
    assert found - open_ <= set(IDLE)
    shown = [one.event for _group, _words, buttons in steps.menu for one in buttons]
    first = [steps.primary.event] if steps.primary else []
    assert set(shown) | set(first) == open_ == set(steps.may)
    assert len(shown) == len(set(shown))
    assert not {one.event for one in steps.denied} & open_


@pytest.mark.parametrize("state", sorted(set(MAIN) - {"archived", "suspended"}))
@pytest.mark.parametrize("agency", ["T", "P"])
def test_every_state_says_what_comes_next_and_whose_turn_it_is(state: str, agency: str) -> None:
    if agency == "T" and state in ("awaiting_person", "noticed_p"):
        return  # the police's own
    file = replace(in_state(state, agency), facts={"penalties": FINE})
    turns = [steps_of(file, replace(who, agency=agency), START, law(), TELLER) for who in ROLES]
    assert all(one.turn is not None for one in turns)
    assert any(one.turn.mine for one in turns if one.turn)
    assert any(one.primary is not None for one in turns)


def test_the_steps_of_the_main_line_are_moves_of_their_state() -> None:
    wrong = [
        (state, one.event)
        for state, steps in ahead.NEXT.items()
        for one in steps
        if not any(move.event == one.event and move.track == "main" and state in move.at for move in MOVES)
    ]
    assert wrong == []
    assert set(ahead.NEXT) == set(MAIN)


def test_what_is_not_blocked_goes_before_what_is_and_a_missing_document_before_both() -> None:
    bare = in_state("clue")
    steps = steps_of(replace(bare, party=replace(bare.party, number="")), HANDLER, START, law(), TELLER)
    assert steps.primary is not None and steps.primary.event == "propose_opening"
    assert [one.code for one in steps.primary.told] == ["party_missing"]
    assert [one.event for one in steps.primary.told] == ["party_corrected"]
    drafted = replace(in_state("notice_draft"), facts={"planned": [{"violation": "CN-EQP-01", "kind": "warning"}]})
    steps = steps_of(replace(drafted, papers=(Paper("notice", "due"),)), HANDLER, START, law(), TELLER)
    assert steps.primary is not None
    assert (steps.primary.event, dict(steps.primary.query)) == ("document_issued", {"kind": "notice"})


def test_a_document_that_is_due_for_a_side_track_is_issued_for_it() -> None:
    held_ = replace(in_state("executed"), papers=(Paper("measure_lifting", "due", side="s-1"),))
    steps = steps_of(held_, HANDLER, START, law(), TELLER)
    assert steps.primary is not None
    assert dict(steps.primary.query) == {"kind": "measure_lifting", "side": "s-1"}


def test_a_term_that_the_party_may_give_up_is_curable() -> None:
    waits = Clock("hearing_request", "hearing_request", "", "2026-03-01", "notice_served", "2026-03-09",
                  "2026-03-09T16:00:00.000Z", "sure")  # fmt: skip
    steps = steps_of(replace(in_state("noticed"), clocks=(waits,)), HANDLER, START, law(), TELLER)
    assert steps.primary is not None and steps.primary.blocked and steps.primary.curable


def test_only_the_competent_agency_is_offered_to_take_a_kept_case_over() -> None:
    kept = replace(in_state("found"), agency="M", keeper="T")
    first = steps_of(kept, HANDLER, START, law(), TELLER).primary
    assert first is not None and (first.event, dict(first.query)) == ("document_issued", {"kind": "handover_letter"})
    papers = tuple(Paper(kind, "issued") for kind in ("handover_letter", "handover_list"))
    ready = replace(kept, papers=papers)
    assert steps_of(ready, HANDLER, START, law(), TELLER).primary.event == "hand_over"  # type: ignore[union-attr]
    there = actor("mei", "handler", "M")
    assert steps_of(kept, there, START, law(), TELLER).primary.event == "keeper_changed"  # type: ignore[union-attr]


def test_every_event_field_choice_and_clock_has_its_words() -> None:
    assert set(GROUP) == set(EVENTS) and set(GROUP.values()) <= set(GROUPS)
    assert set(words.FIELDS) == set(FIELDS)
    named = {name for move in MOVES for name in (*move.needs, *move.takes)}
    assert {field for _event, field in words.EVENT_FIELDS} <= named
    assert all((move.event, field) for move in MOVES for field in move.needs)
    for name, field in FIELDS.items():
        assert set(field.choices) <= set(words.CHOICES.get(name, {})), name
    assert all(event in EVENTS for event, _field in words.EVENT_FIELDS)
    assert len(words.CHOICES["answers"]) == 9 and len(words.CHOICES["grounds"]) == 4
    assert {one for one in MAIN if one in ENDED} <= set(ahead.NEXT)


def test_the_clocks_say_how_long_how_sure_and_whose_turn() -> None:
    over = Clock("accept", "accept_high", "", "2026-02-27", "opened", "2026-02-28", "2026-02-28T16:00:00.000Z", "sure")
    waits = Clock("hearing_request", "hearing_request", "", "2026-03-01", "x", "2026-03-09",
                  "2026-03-09T16:00:00.000Z", "provisional", "notice_not_out")  # fmt: skip
    unknown = Clock("service", "service", "", "", "decide")
    paused = replace(waits, rule="seizure", term="seizure", paused_from="2026-03-01")
    held_ = replace(case(tier="high"), owner="wang", clocks=(unknown, waits, paused, over))
    shown = clockbar.hands(held_, START, law())
    assert [(one.rule, one.tone) for one in shown] == [
        ("accept", "over"), ("hearing_request", "wait"), ("seizure", "paused"), ("service", "unknown")]  # fmt: skip
    assert (shown[0].level, shown[0].ours, shown[0].share) == ("the supervisor answers for it", True, 100)
    assert (shown[1].sure, shown[1].why) == ("provisional", "the notice of holidays is not out yet")
    assert (shown[1].left.format(count=shown[1].count), shown[3].by_hand) == ("7 d to wait at most", True)


def test_a_limitation_that_ran_out_names_the_longer_one_where_life_was_harmed() -> None:
    begun = {"what": "inspection", "tier": "high", "found_at": START.isoformat()}
    new = replace(case(), state=NEW, clocks=())
    told = (do(new, "opened", MACHINE, **begun, conduct_at=at) for at in ("2023-06-01", "2026-02-01"))
    late, soon = (next(hand for hand in clockbar.hands(one, START, law()) if hand.rule == "limitation") for one in told)
    assert (late.tone, late.longer_due) == ("done", "2028-06-01") and "五年" not in late.longer["zh"] != ""
    assert not soon.longer and soon.tone == "calm"
    opened = do(new, "opened", MACHINE, **begun, conduct_at="2026-02-01")
    assert "limitation" not in {one.rule for one in clockbar.hands(replace(opened, state="review"), START, law())}


def test_a_move_is_left_out_only_while_it_has_nothing_to_work_on() -> None:
    bare = in_state("clue")
    assert is_idle("split", bare, HANDLER) and is_idle("link_decided", bare, HANDLER)
    two_facts = replace(bare, violations=(held(keys=("a", "b")),))
    assert not is_idle("split", two_facts, HANDLER)
    assert not is_idle("link_decided", replace(bare, links=(("CN-EQP-01", "CN-TNK-05"),)), HANDLER)
    assert is_idle("document_voided", bare, LEADER)
    assert not is_idle("document_voided", replace(bare, papers=(Paper("interview", "issued"),)), LEADER)
    assert not is_idle("merge", bare, HANDLER)  # what is not known is not nothing
    assert is_idle("merge", replace(bare, around={"merge_targets": ()}), HANDLER)
    assert not is_idle("note", bare, HANDLER)


@pytest.mark.parametrize("code", ["owed", "overpaid", "not_overpaid", "plan_sum"])
def test_a_sum_that_stands_in_the_way_is_told_in_yuan(code: str) -> None:
    told = TELLER.told(Missing(code, "0"), "close")
    assert [(one.kind, one.value) for one in told.bits] == [("fen", 0)] and "fen" not in told.words


# -- forms


def chosen(file: CaseFile) -> Choices:
    people = [Person(one["login"], one["name"], one["card"], "handler") for one in TWO]
    some = [Option("x", plain="x")]
    return Choices(
        people=people, on_the_road=people, owners=people, agencies=some, targets=some,
        violations=[Ranged(one.code, {"zh": one.code}, one.verified, one.ranges) for one in file.violations],
        linked=some, facts=some, evidence=some, missing=[("CN-EQP-01", "item", {"zh": "违法"}, {"zh": "照片"})],
        of_the_office=frozenset(), entries=some, issuable=some, due=some, issued=some, clocks=some, load=load_of(file),
    )  # fmt: skip


def typed(data: Mapping[str, Any]) -> Draft:
    """What a person would have typed for this data: the other way round of reading."""
    draft: dict[str, tuple[str, ...]] = {}
    for name, value in data.items():
        kind = FIELDS[name].kind
        if kind == "file":
            draft[f"{name}.kept"] = (value,)
        elif kind == "flag":
            draft[name] = ("no", "yes") if value else ("no",)
        elif kind == "moment":
            draft[name] = (value[:16],)
        elif kind == "fen":
            draft[name] = (f"{value // 100}.{value % 100:02}",)
        elif name == "answers":
            draft |= {f"answers.{code}": ("yes",) for code in words.CHOICES["answers"]}
        elif kind == "codes":
            draft[name] = tuple(value)
        elif kind in ("party", "facts"):
            draft |= {f"{name}.{key}": (one,) for key, one in value.items()}
        elif kind in ("people", "penalties", "rows"):
            for number, row in enumerate(value):
                draft |= {f"{name}.{number}.{'file.kept' if key == 'file' else key}": (str(one),)
                          for key, one in row.items()}  # fmt: skip
        else:
            draft[name] = (str(value),)
    return draft


def forms() -> list[Move]:
    return [one for one in MOVES if set(one.roles) - {"machine", "carrier"}]


@pytest.mark.parametrize("move", forms(), ids=lambda one: f"{one.event}-{one.at[0]}")
def test_what_a_careful_clerk_types_is_what_the_event_is_told(move: Move) -> None:
    file = in_state(move.at[0] if move.track == "main" else move.beside[0], move.agency or "T")
    said = told(move.event, move.needs, move.takes, file, START)
    said = {name: value for name, value in said.items() if name in seen(move) and value not in ([], "")}
    if "wanted" in move.needs:
        said["evidence"] = [{"violation": "CN-EQP-01", "kind": "item"}]
    if "answers" in said:
        said["answers"] = [f"{code}:yes" for code in words.CHOICES["answers"]]
    draft = typed(said)
    if "wanted" in move.needs:
        draft = {name: one for name, one in draft.items() if not name.startswith("evidence.")}
        draft = {**draft, "evidence": ("CN-EQP-01 item",)}
    reader = Reader(move, file, chosen(file), draft)
    read = reader.data()
    assert reader.faults == []
    for name, value in said.items():
        expected = value[:16] + ":00+08:00" if FIELDS[name].kind == "moment" else value
        assert read[name] == expected, name


@pytest.mark.parametrize("move", forms(), ids=lambda one: f"{one.event}-{one.at[0]}")
def test_the_form_of_every_step_asks_for_what_it_needs(move: Move) -> None:
    file = in_state(move.at[0] if move.track == "main" else move.beside[0], move.agency or "T")
    draft = begin(move, file, chosen(file), {})
    made = form_of(move, file, chosen(file), draft, (), TELLER)
    asked = {one.name for one in made.inputs}
    assert set(move.needs) - asked <= {"side"}
    assert all(one.label and (one.kind != "select" or one.options) for one in made.inputs if one.name != "side")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("amount_fen", "5000.00", 500_000), ("amount_fen", "5,000", 500_000), ("amount_fen", "0.1", 10),
        ("amount_fen", "12.345", None), ("amount_fen", "-5", None), ("amount_fen", "1e3", None),
        ("amount_fen", "一百", None), ("amount_fen", "９", None),
    ],
)  # fmt: skip
def test_money_is_typed_in_yuan_with_two_decimals_at_most(name: str, text: str, value: int | None) -> None:
    move = next(one for one in MOVES if one.event == "payment_received")
    reader = Reader(move, in_state("executing"), chosen(in_state("executing")), {name: (text,)})
    assert reader.data().get(name) == value
    assert [one.detail for one in reader.faults] == ([] if value is not None else [name])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-28T09:30", "2026-11-28T09:30:00+08:00"), ("2026-11-28 09:30", "2026-11-28T09:30:00+08:00"),
        ("2026-11-28T09:30:15", "2026-11-28T09:30:15+08:00"), ("2026-11-28", "2026-11-28"), ("", None),
        ("28.11.2026", None), ("2026-11-28T9:30", None), ("2026-11-28T09:30Z", None),
    ],
)  # fmt: skip
def test_a_time_is_typed_as_it_stands_on_the_wall(text: str, value: str | None) -> None:
    move = next(one for one in MOVES if one.event == "served")
    reader = Reader(move, in_state("decided"), chosen(in_state("decided")), {"served_at": (text,)})
    assert reader.data().get("served_at") == value
    assert bool(reader.faults) == (value is None and text != "")


def test_a_name_typed_over_somebody_chosen_is_somebody_else() -> None:
    move = next(one for one in MOVES if one.event == "person_came")
    draft = {"officers.0.login": ("wang",), "officers.0.name": ("",), "officers.0.card": ("",),
             "officers.1.login": ("wang",), "officers.1.name": ("赵某",), "officers.1.card": ("77",)}  # fmt: skip
    read = Reader(move, in_state("awaiting_person", "P"), chosen(in_state("clue")), draft).data()
    assert read["officers"] == [{"login": "wang", "name": "wang", "card": "15060001"},
                                {"login": "", "name": "赵某", "card": "77"}]  # fmt: skip


def test_an_amount_without_a_kind_is_not_left_out_in_silence() -> None:
    move = next(one for one in MOVES if one.event == "penalty_planned")
    draft = {"penalties.0.violation": ("CN-EQP-01",), "penalties.0.kind": ("",), "penalties.0.amount_cny": ("500",)}
    reader = Reader(move, in_state("notice_draft"), chosen(in_state("notice_draft")), draft)
    assert "penalties" not in reader.data() and [one.detail for one in reader.faults] == ["penalties"]


def test_why_a_violation_gets_no_penalty_is_chosen_like_a_penalty_and_stands_there_again() -> None:
    move = next(one for one in MOVES if one.event == "penalty_planned")
    spared = {"violation": "CN-EQP-01", "kind": "none", "ground": "no_fault", "text": "已证明"}
    file = replace(in_state("notice_draft"), facts={"planned": [spared]})
    draft = begin(move, file, chosen(file), {})
    assert draft["penalties.0.kind"] == ("none:no_fault",)
    assert Reader(move, file, chosen(file), draft).data()["penalties"] == [spared]


def test_of_a_party_only_what_changed_is_said() -> None:
    move = next(one for one in MOVES if one.event == "party_corrected")
    file = in_state("clue")
    draft = {**begin(move, file, chosen(file), {}), "party.phone": ("138",), "party.electronic": ("no",)}
    assert Reader(move, file, chosen(file), draft).data()["party"] == {"phone": "138", "electronic": False}


def test_what_is_no_money_is_carried_out_before_the_case_is_closed() -> None:
    taken = {"violation": "CN-EQP-01", "kind": "confiscation", "text": "没收"}
    now = replace(case(), state="executed", facts={"in_force": True, "penalties": [taken]})
    ask = Ask(now, MOVES[0], {}, HANDLER, START, law())
    assert next(ahead.due(ask)).event == "part_carried_out"
    done = replace(now, facts={**now.facts, "carried_out": "已销毁"})
    assert next(ahead.due(replace(ask, case=done))).event == "close"
