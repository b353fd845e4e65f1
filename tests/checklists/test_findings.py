"""From entries to findings: what opens a finding, what closes an item, and who gets the case."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.casefile import brief, check, read_case
from checklists.findings import assess, judge
from checklists.inspection import Entry
from checklists.loading import ROOT, load_all
from checklists.outcome import OUTCOMES, propose
from checklists.situation import situation
from checklists.wire import to_plain

AT = "2026-11-21T01:30:00.000Z"

MEASURES = load_all().measures


@pytest.fixture
def judged(definitions, tables):
    """Judge a situation (plain) with answers and other entries given as (kind, item, value)."""

    def run(held, *said):
        number = count(1)
        entries = tuple(
            Entry(f"e{seq}", "i", "A", seq, value.pop("officer", "a"), "T", AT, kind, item, value)
            for (kind, item, value), seq in zip(said, number, strict=False)
        )
        return judge(definitions, tables, entries, situation(held), definitions.checklists["cn-joint"])

    return run


def state_of(assessment, item):
    return next(one for one in assessment.items if one.item.id == item)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_gives_what_its_author_expects(path, definitions, tables):
    case = read_case(path)
    found = check(case, definitions, tables)
    assert sorted(brief(found)) == sorted(case.expect["findings"])
    assert found.proposal.outcome == case.expect["outcome"]


def test_a_clean_tanker_has_no_finding_and_is_not_yet_released_from_looking(judged, clean):
    found = judged(clean)
    assert found.findings == ()
    assert found.proposal.outcome == "release"
    assert found.open


def test_a_rules_conflict_needs_an_override_not_a_conforming_answer(judged, clean):
    clean["trailer"]["permit"]["valid_until"] = "2026-10-31"
    conforms = ("answer", "LIC-07", {"result": "conforms"})
    override = ("override", "R5:trailer_permit_expired:trailer.permit", {"reason": "新证已核发，见照片"})
    assert state_of(judged(clean, conforms), "LIC-07").state == "does_not_conform"
    assert state_of(judged(clean, override), "LIC-07").state == "conforms"


def test_a_clearing_never_covers_what_a_rule_cannot_tell(judged, clean):
    clean["tank"].pop("inspection")
    found = judged(clean, ("section_clear", "TNK", {"items": ["TNK-01", "TNK-05"]}))
    assert state_of(found, "TNK-01").must_answer
    assert state_of(found, "TNK-05").state == "conforms"


def test_two_officers_who_differ_leave_the_item_open(judged, clean):
    found = judged(
        clean,
        ("answer", "EQP-14", {"result": "conforms"}),
        ("answer", "EQP-14", {"result": "does_not_conform", "officer": "b"}),
    )
    assert state_of(found, "EQP-14").must_answer
    assert found.findings == ()


def test_the_violations_agency_decides_not_the_items(judged, clean):
    clean["seen"]["panels"] = {"front": {"present": "false"}}
    (found,) = judged(clean).findings
    assert (found.item, found.violation, found.agency) == ("PLA-02", "CN-PLA-01", "P")


def test_the_same_wrong_plate_front_and_rear_is_one_finding(judged, clean):
    clean["seen"]["panels"] = {side: {"hazard_id": "80", "un": "1832"} for side in ("front", "rear")}
    (found,) = judged(clean).findings
    assert found.subject == "front、rear"


def test_spent_acid_that_was_established_asks_for_the_waste_manifest(judged, clean):
    assert "LIC-16" not in {one.item.id for one in judged(clean).items}
    clean["seen"]["goods"] = "1832"
    found = judged(clean)
    assert "LIC-16" in {one.item.id for one in found.items}


def test_a_packaged_load_sees_no_tank_items(judged, clean):
    clean["seen"]["containment"] = "packages"
    clean["waybill"].pop("tank")
    clean.pop("tank")
    assert not [one.item.id for one in judged(clean).items if one.item.applies_when.get("containment") == ("tank",)]


def test_conduct_before_may_has_the_old_penalty_and_after_it_none(judged, clean):
    clean["seen"]["aboard"] = [{"role": "driver", "name": "张建国"}]
    after = next(one for one in judged(clean).findings if one.item == "LIC-11")
    before = next(one for one in judged({**clean, "at": "2026-04-30T09:00:00+08:00"}).findings if one.item == "LIC-11")
    assert (before.verified, before.penalty[0].min_cny, before.penalty[0].max_cny) == (True, 10000, 50000)
    assert (after.verified, after.penalty) == (False, ())
    assert "order-29" in {one.law for one in after.duty if one.verified}


def test_findings_do_not_depend_on_the_order_of_entries(definitions, tables):
    entries = [
        Entry("e1", "i", "A", 1, "a", "T", AT, "fact", "vehicle.plate", {"data": "蒙K12345", "source": "officer"}),
        Entry("e2", "i", "A", 2, "a", "T", AT, "answer", "EQP-14", {"result": "does_not_conform"}),
        Entry("e3", "i", "B", 2, "b", "P", AT, "answer", "LIC-01", {"result": "does_not_conform"}),
    ]
    one = to_plain(assess(definitions, tables, entries, AT).findings)
    assert one == to_plain(assess(definitions, tables, entries[::-1] + entries, AT).findings)


FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(["I", "II", "III"]),
        st.lists(st.sampled_from(["R", "L", "H", "D", "U", "C", "T:P", "N", "EDU"]), max_size=4).map(tuple),
    ),
    max_size=6,
)


@given(FINDINGS, FINDINGS)
def test_one_more_finding_never_lightens_the_outcome(some, more):
    lighter, heavier = propose(some, {}, MEASURES), propose(some + more, {}, MEASURES)
    assert OUTCOMES.index(lighter.outcome) <= OUTCOMES.index(heavier.outcome)


def test_a_finding_of_the_first_severity_never_lets_the_vehicle_go_on():
    assert OUTCOMES.index(propose([("I", ("C",))], {}, MEASURES).outcome) >= OUTCOMES.index("hold")
