"""From entries to findings: what opens a finding, what closes an item, and who gets the case."""

from datetime import UTC, date, datetime
from itertools import count, permutations

import pytest

from checklists.authoring.casefile import check, line_of, read_case
from checklists.authoring.loader import ROOT
from checklists.facts.situation import situation
from checklists.findings.assessment import assess, judge
from checklists.inspection.entries import Entry
from checklists.law.cases import candidates
from checklists.law.model import rows_on
from checklists.papers.paragraphs import Facts, finding_blocks
from checklists.wire import to_plain

AT = "2026-11-21T01:30:00.000Z"


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
    assert sorted(map(line_of, found.findings)) == sorted(case.expect["findings"])
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


def test_a_qualification_not_shown_holds_the_vehicle_and_is_not_called_none_until_an_officer_says_so(judged, clean):
    clean["driver"]["qualification"] = {"carried": "false"}
    found = judged(clean)
    (shown,) = found.findings
    assert (shown.item, shown.violation, shown.penalty, shown.duty) == ("LIC-09", "", (), ())
    assert (found.proposal.outcome, shown.measures) == ("hold", ("H",))
    (said,) = judged(clean, ("answer", "LIC-09", {"result": "does_not_conform", "violation": "CN-LIC-03"})).findings
    assert said.violation == "CN-LIC-03"
    assert (said.text, said.measures) == (said.violation_title, ("H", "C"))
    assert [one.basis.clause for one in said.penalty] or said.cases


def test_a_paper_says_of_a_finding_without_a_violation_neither_that_rules_are_broken_nor_what_it_is_fined_by(
    judged, clean, definitions
):
    clean["driver"]["qualification"] = {"carried": "false"}
    facts = Facts("N", "局", "地点", datetime(2026, 11, 21, 9, tzinfo=UTC), (), "hold")

    def printed(*entries):
        found = judged(clean, *entries).findings
        return finding_blocks(definitions, found, facts, date(2026, 11, 21), "zh_CN", handled=True)[0].text

    assert "检查依据" in printed() and "违反规定" not in printed() and "处罚依据" not in printed()
    said = printed(("answer", "LIC-09", {"result": "does_not_conform", "violation": "CN-LIC-03"}))
    assert "违反规定" in said and "处罚依据" in said and "不认定" not in said


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


def test_conduct_before_may_has_the_penalty_of_the_regulation_and_after_it_that_of_the_law(judged, clean):
    clean["seen"]["aboard"] = [{"role": "driver", "name": "张建国"}]
    clean["seen"]["facts"] = {"hazchem": "yes"}
    after = next(one for one in judged(clean).findings if one.item == "LIC-11")
    before = next(one for one in judged({**clean, "at": "2026-04-30T09:00:00+08:00"}).findings if one.item == "LIC-11")
    assert (before.verified, before.penalty[0].min_cny, before.penalty[0].max_cny) == (True, 10000, 50000)
    assert (after.verified, after.penalty[0].min_cny, after.penalty[0].max_cny) == (True, 50000, 100000)
    assert "order-29" in {one.law for one in after.duty if one.verified}
    assert (before.cases, after.cases) == ((), ())


@pytest.mark.parametrize("at", ["2026-04-30T09:00:00+08:00", "2026-11-28T09:00:00+08:00"])
def test_while_nobody_knows_whether_the_chemical_is_listed_both_rows_are_shown_and_neither_accuses(judged, clean, at):
    clean["seen"]["aboard"] = [{"role": "driver", "name": "张建国"}]
    one = next(one for one in judged({**clean, "at": at}).findings if one.item == "LIC-11")
    listed, other = one.cases
    assert (listed.when, other.when["hazchem"]) == ({"hazchem": ("yes",)}, ("no",))
    assert listed.penalty and not other.penalty
    assert (one.penalty, one.verified, one.simple, one.simple_because.code) == ((), False, "unknown", "law_case_open")
    assert not [held for held in (*one.basis, *one.duty) if held.law.startswith("hazchem")]
    assert {"road-transport-regulation", "order-29"} <= {held.law for held in one.duty if held.verified}


def test_other_goods_are_never_accused_under_the_law_on_chemicals(judged, clean):
    clean["seen"]["facts"] = {"hazchem": "no"}
    said = [("answer", item, {"result": "does_not_conform"}) for item in ("LOD-06", "EQP-14", "VEH-03", "LIC-09")]
    for one in judged(clean, *said).findings:
        cited = (*one.basis, *one.duty, *(held.basis for held in one.penalty if held.basis))
        assert not [held for held in cited if held.law.startswith("hazchem")], one.item
        assert one.cases == ()


def test_an_overload_is_the_carriers_with_a_listed_chemical_and_the_drivers_with_other_goods(judged, clean):
    fail = ("answer", "LOD-06", {"result": "does_not_conform"})
    roles = {}
    for known in ("yes", "no"):
        clean["seen"]["facts"] = {"hazchem": known}
        (one,) = judged(clean, fail).findings
        roles[known] = (one.party.role, one.penalty[0].min_cny, one.verified)
    assert roles == {"yes": ("carrier", 100_000, True), "no": ("driver", 200, True)}


def test_findings_do_not_depend_on_the_order_of_entries(definitions, tables):
    entries = [
        Entry("e1", "i", "A", 1, "a", "T", AT, "fact", "vehicle.plate", {"data": "蒙K12345", "source": "officer"}),
        Entry("e2", "i", "A", 2, "a", "T", AT, "answer", "EQP-14", {"result": "does_not_conform"}),
        Entry("e3", "i", "B", 2, "b", "P", AT, "answer", "LIC-01", {"result": "does_not_conform"}),
    ]
    one = to_plain(assess(definitions, tables, entries, AT).findings)
    assert one == to_plain(assess(definitions, tables, entries[::-1] + entries, AT).findings)


def test_two_ways_to_punish_one_load_too_many_are_linked_across_agencies(judged, clean):
    found = judged(
        clean,
        ("answer", "LOD-06", {"result": "does_not_conform"}),
        ("answer", "LOD-07", {"result": "does_not_conform"}),
    )
    acts = {one.violation: (one.agency, one.acts) for one in found.findings}
    assert acts["CN-LOD-06"] == ("P", ("CN-LOD-07",))
    assert acts["CN-LOD-07"] == ("T", ("CN-LOD-06",))


def test_a_finding_alone_is_no_act_with_another(judged, clean):
    (found,) = judged(clean, ("answer", "LOD-07", {"result": "does_not_conform"})).findings
    assert found.acts == ()


def test_every_finding_goes_to_the_agency_of_its_violation(judged, clean, definitions):
    checklist = definitions.checklists["cn-joint"]
    said = [("answer", item.id, {"result": "does_not_conform"}) for item in checklist.items()]
    found = judged(clean, *said)
    assert len(found.findings) > 60
    for one in found.findings:
        rows = candidates(rows_on(definitions.violations, one.violation, found.situation.day), found.known)
        agencies = tuple(dict.fromkeys(code for row in rows for code in row.agency))
        assert not rows or (one.agency, *one.also_agencies) == agencies, one.item


def test_a_finding_freezes_the_rows_it_used(judged, clean, definitions, tables):
    clean["seen"]["aboard"] = [{"role": "driver", "name": "张建国"}]
    clean["seen"]["facts"] = {"hazchem": "yes"}
    one = next(one for one in judged({**clean, "at": "2026-04-30T09:00:00+08:00"}).findings if one.item == "LIC-11")
    row = next(row for row in rows_on(definitions.violations, "CN-OPR-01", date(2026, 4, 30)) if row.verified)
    assert (one.penalty, one.duty, one.evidence) == (row.penalty, row.duty, row.evidence)


def test_the_procedure_comes_with_its_reason(judged, clean):
    clean["seen"]["facts"] = {"hazchem": "yes"}
    may = judged({**clean, "at": "2026-04-30T09:00:00+08:00"}, ("answer", "LIC-11", {"result": "does_not_conform"}))
    now = judged(clean, ("answer", "LIC-11", {"result": "does_not_conform"}))
    before, after = (next(one for one in found.findings if one.item == "LIC-11") for found in (may, now))
    assert (before.simple, before.simple_because.code) == ("no", "above_limit")
    assert (after.simple, after.simple_because.code) == ("no", "above_limit")


def test_an_escort_who_is_another_answers_for_borrowed_papers_himself(judged, clean):
    clean["waybill"]["escort"] = {"name": "王五", "id_number": "150624198203030046"}
    found = next(one for one in judged(clean).findings if one.case == "escort_mismatch")
    assert (found.party.role, found.party.name) == ("escort", "李卫东")


def test_a_bad_tank_is_not_put_to_the_carrier(judged, clean):
    found = judged(clean, ("answer", "TNK-04", {"result": "does_not_conform"}))
    assert [(one.party.role, one.party.name) for one in found.findings] == [("maker", "")]


def test_heavy_measures_wait_for_a_leader(judged, clean):
    found = judged(clean, ("answer", "LIC-04", {"result": "does_not_conform"}))
    assert found.proposal.approval == ("D",)
    assert judged(clean).proposal.approval == ()


def test_warnings_stand_once_and_plainly(judged, clean):
    found = judged(clean)
    told = [value for result in found.results for value in result.warnings]
    assert set(found.warnings) == set(told)
    assert len(found.warnings) == len(set(told))


def several(clean):
    """Three lines on one waybill, two of them outside of what the vehicle may carry."""
    line = clean["waybill"]["lines"][0]
    others = [
        {**line, "un": un, "class": one, "name": name}
        for un, one, name in (("1203", "3", "汽油"), ("1090", "3", "丙酮"))
    ]
    return [line, *others]


def test_the_order_of_the_goods_changes_no_finding(judged, clean):
    seen = set()
    for lines in permutations(several(clean)):
        clean["waybill"]["lines"] = list(lines)
        found = judged(clean)
        assert found.findings
        told = tuple((one.item, one.rule, one.case, one.violation, one.severity) for one in found.findings)
        seen.add((told, found.proposal))
    assert len(seen) == 1


def test_the_order_of_entries_changes_nothing_at_all(definitions, tables, clean):
    entries = [
        Entry("e1", "i", "A", 1, "a", "T", AT, "answer", "EQP-14", {"result": "does_not_conform"}),
        Entry("e2", "i", "A", 2, "a", "T", AT, "photo", "EQP-14", {"sha256": "aa"}),
        Entry("e3", "i", "B", 2, "b", "P", AT, "photo", "EQP-14", {"sha256": "bb"}),
        Entry("e4", "i", "B", 3, "b", "P", AT, "section_clear", "LIC", {"items": ["LIC-01"]}),
    ]
    found = [
        to_plain(judge(definitions, tables, tuple(some), situation(clean), definitions.checklists["cn-joint"]))
        for some in permutations(entries)
    ]
    assert all(one == found[0] for one in found)


def test_an_officer_may_state_whether_the_chemical_is_listed(definitions, tables):
    def told(*stated):
        entries = [
            Entry("e1", "i", "A", 1, "a", "T", AT, "answer", "EQP-14", {"result": "does_not_conform"}),
            *stated,
        ]
        (one,) = [held for held in assess(definitions, tables, entries, AT).findings if held.item == "EQP-14"]
        return one

    said = {"data": "yes", "source": "officer"}
    listed = told(Entry("e2", "i", "A", 2, "a", "T", AT, "fact", "seen.facts.hazchem", said))
    assert (listed.cases, next(held.basis.clause for held in listed.penalty if held.basis)) == ((), "109¶1(4)")
    assert len(told().cases) == 2


def test_what_could_not_be_verified_is_answered_and_neither_in_order_nor_found(judged, clean):
    clean["tank"].pop("inspection")
    found = judged(clean, ("answer", "TNK-01", {"result": "not_verified", "why": "not_shown"}))
    one = state_of(found, "TNK-01")
    assert (one.state, one.because, one.why, one.must_answer) == ("not_verified", "officer", "not_shown", False)
    assert found.unverified == (one,) and one not in found.open and found.findings == ()


def test_a_clearing_goes_around_what_could_not_be_verified(judged, clean):
    said = ("answer", "TNK-05", {"result": "not_verified", "why": "not_reachable"})
    found = judged(clean, said, ("section_clear", "TNK", {"items": ["TNK-05", "TNK-06"]}))
    assert [state_of(found, item).state for item in ("TNK-05", "TNK-06")] == ["not_verified", "conforms"]


def test_a_conflict_outweighs_that_it_could_not_be_verified(judged, clean):
    clean["trailer"]["permit"]["valid_until"] = "2026-10-31"
    found = judged(clean, ("answer", "LIC-07", {"result": "not_verified", "why": "no_data"}))
    assert state_of(found, "LIC-07").state == "does_not_conform" and found.unverified == ()


def test_several_things_wrong_with_one_item_are_several_findings_each_with_its_own_words(judged, clean):
    said = {
        "result": "does_not_conform",
        "note": "一具缺失",
        "severity": "II",
        "more": [{"note": "一具过期", "severity": "III"}],
    }
    found = [one for one in judged(clean, ("answer", "EQP-02", said)).findings if one.item == "EQP-02"]
    assert [(one.case, one.note, one.severity) for one in found] == [
        ("", "一具缺失", "II"),
        ("more:1", "一具过期", "III"),
    ]
    assert len({(one.item, one.rule, one.case, one.violation) for one in found}) == 2


def test_what_an_officer_found_besides_stands_beside_what_a_rule_found(judged, clean):
    clean["trailer"]["permit"]["valid_until"] = "2026-10-31"
    said = {"result": "does_not_conform", "note": "过期", "more": [{"note": "照片被更换"}]}
    found = [one for one in judged(clean, ("answer", "LIC-07", said)).findings if one.item == "LIC-07"]
    assert [(one.rule, one.case, one.note) for one in found] == [
        ("R5", "trailer_permit_expired", "过期"),
        ("", "more:1", "照片被更换"),
    ]


def test_what_is_no_further_fault_is_left_aside(judged, clean):
    said = {"result": "does_not_conform", "more": ["?", None]}
    assert len([one for one in judged(clean, ("answer", "EQP-02", said)).findings if one.item == "EQP-02"]) == 1
