from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, write
from tests.mobile.story import AT, WANG, after, arrived, nothing, seen


def test_entries_are_the_officers_in_order_with_the_next_numbers():
    held = arrived()
    entries = write(held, acts.weigh(40000) + acts.statement("没有异议"), AT, ["a", "b"])
    assert [one.seq for one in entries] == [len(held.entries) + 1, len(held.entries) + 2]
    assert {(one.officer, one.agency, one.at) for one in entries} == {(WANG.id, "T", AT)}


def test_an_act_gives_a_new_inspection_and_leaves_the_old_one():
    held = nothing()
    more = after(held, acts.identify("蒙K12345", "yellow"))
    assert held.entries == () and more.fact("vehicle.plate") == "蒙K12345"


def test_the_last_word_of_an_officer_stands():
    held = after(arrived(), acts.weigh(40000), acts.weigh(41000))
    assert held.fact("seen.gross_mass_kg") == 41000
    assert held.assessment.situation.seen.gross_mass_kg == 41000


def test_what_was_taken_back_is_gone():
    held = after(nothing(), acts.statement("我有意见"))
    taken = after(held, (Draft("statement", "driver", {}, withdraws=held.entries[0].id),))
    assert [one.value for one in taken.all_of("statement")] == [{}]


def test_the_story_is_held_with_its_findings():
    found = {(one.rule, one.item) for one in seen().assessment.findings}
    assert found == {
        *(("R4", "LIC-11"), ("R5", "LIC-07"), ("R10", "PLA-02")),
        *(("R12", "EQP-12"), ("R12", "EQP-13"), ("", "EQP-14"), ("R18", "LOD-05")),
    }
    assert seen().assessment.proposal.outcome == "hold"
