"""The second regime: the same comparisons, another checklist and other grades, and no code of its own."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checklists.authoring.casefile import case_of, changed, check, plain_case, read_case
from checklists.inspection.entries import place
from checklists.law.model import violation_on

KERNEL = Path(__file__).parents[3] / "checklists"
EXAMPLES = sorted((KERNEL / "examples").glob("*.yaml"))
MEASURES = {"EU-STOP", "EU-TRIP", "EU-LATER"}


@pytest.fixture
def form(definitions):
    return definitions.checklists["eu-adr"]


@pytest.fixture
def judged(clean, definitions, tables):
    """Return the EU assessment of the clean tanker with some paths changed and some items answered."""

    def judge(changes=None, answers=None):
        for path, value in (changes or {}).items():
            place(clean, path, value)
        case = case_of({"situation": clean, "answers": answers or {}, "regime": "eu"})
        return check(case, definitions, tables)

    return judge


def found(assessment):
    return [(one.rule, one.item, one.violation, one.severity, one.measures) for one in assessment.findings]


def test_the_inspecting_agency_belongs_to_the_regime(definitions):
    assert {code for code, one in definitions.agencies.items() if one.get("regime") == "EU"} == {"EU"}


def test_the_form_has_its_34_lines_in_six_sections(form):
    assert [section.id for section in form.sections] == ["CHK", "VEH", "DOC", "OPS", "EQP", "RES"]
    assert len(list(form.items())) == 34
    assert sum(item.input == "status" for item in form.items()) == 19


def test_lines_that_are_only_written_down_cannot_fail(form):
    written = {item.id: item for item in form.items() if item.input != "status"}
    assert not any(item.violations or item.measures for item in written.values())
    assert {item.input for item in written.values()} == {"text", "date", "time", "number", "choice"}
    assert [one.value for one in written["EU-12"].choices] == ["bulk", "packages", "tank"]


def test_nothing_of_the_older_form_is_verified(form):
    assert not any(citation.verified for item in form.items() for citation in item.basis)


def test_the_newer_form_is_a_draft_that_verifies_only_what_was_read(definitions):
    draft = definitions.checklists["eu-adr-2025"]
    assert (draft.status, draft.effective_from, len(list(draft.items()))) == ("draft", date(2026, 6, 24), 17)
    document, containment = draft.item("EU25-12"), draft.item("EU25-17")
    assert next((one.clause, one.verified) for one in document.basis) == ("8.1.2.1(a)", True)
    assert [(one.clause, one.verified) for one in containment.basis] == [("", False)]


def test_every_infringement_has_the_severity_and_the_measure_of_its_category(definitions):
    rows = [one for one in definitions.violations if one.code.startswith("EU-")]
    measures = {"I": ("EU-STOP",), "II": ("EU-TRIP",), "III": ("EU-LATER",)}
    assert len({one.code for one in rows}) == 34
    assert all(one.code.split("-")[1] == one.severity and one.measures == measures[one.severity] for one in rows)


def test_every_infringement_may_be_found_at_some_item_of_the_form(definitions, form):
    codes = {one.code for one in definitions.violations if one.code.startswith("EU-")}
    assert {code for item in form.items() for code in item.violations} == codes


def test_category_one_was_read_and_the_others_were_not(definitions):
    day = date(2026, 6, 23)
    first, second = (violation_on(definitions.violations, code, day) for code in ("EU-I-12", "EU-II-03"))
    assert (first.duty[0].clause, first.duty[0].verified) == ("Annex II, category I, no. 12", True)
    assert second.duty[0].verified is False


def test_after_the_new_annex_applies_the_number_is_open(definitions):
    row = violation_on(definitions.violations, "EU-I-12", date(2026, 6, 24))
    assert [(one.law, one.clause, one.verified) for one in row.duty] == [("eu-directive-2025-1801", "", False)]


def test_the_clean_tanker_is_released(judged):
    assessment = judged()
    assert (found(assessment), assessment.proposal.outcome) == ([], "release")


@pytest.mark.parametrize(
    ("changes", "finding", "outcome"),
    [
        (
            {"driver.qualification.valid_until": "2026-01-01"},
            ("R3", "EU-17", "EU-I-17", "I", ("EU-STOP",)),
            "hold",
        ),
        (
            {"vehicle.permit.valid_until": "2026-01-01"},
            ("R5", "EU-16", "EU-I-05", "I", ("EU-STOP",)),
            "hold",
        ),
        (
            {"seen.equipment.shovel": "0"},
            ("R12", "EU-29", "EU-II-04", "II", ("EU-TRIP",)),
            "release_after_correction",
        ),
        (
            {"seen.equipment.extinguisher_count": "0"},
            ("R12", "EU-31", "EU-II-03", "II", ("EU-TRIP",)),
            "release_after_correction",
        ),
        (
            {"tank.inspection.valid_until": "2026-01-01"},
            ("R6", "EU-20", "EU-II-02", "II", ("EU-TRIP",)),
            "release_after_correction",
        ),
        ({"tank.media": ["1789"]}, ("R7", "EU-20", "EU-I-03", "I", ("EU-STOP",)), "hold"),
        (
            {"seen.placards.left": []},
            ("R10", "EU-26", "EU-II-10", "II", ("EU-TRIP",)),
            "release_after_correction",
        ),
    ],
)
def test_a_conflict_becomes_the_infringement_of_its_category(judged, changes, finding, outcome):
    assessment = judged(changes)
    assert (found(assessment), assessment.proposal.outcome) == ([finding], outcome)
    assert assessment.findings[0].agency == "EU"


def test_the_infringement_that_the_officer_names_decides_the_grade(judged):
    answer = {"EU-13": {"result": "does_not_conform", "violation": "EU-III-02"}}
    assessment = judged(answers=answer)
    assert found(assessment) == [("", "EU-13", "EU-III-02", "III", ("EU-LATER",))]
    assert assessment.proposal.outcome == "correct_by_deadline"


def test_a_leak_holds_the_vehicle(judged):
    assessment = judged({"seen.leaking": "true"}, {"EU-23": "does_not_conform"})
    assert found(assessment)[0][2:4] == ("EU-I-02", "I")
    assert assessment.proposal.outcome == "hold"


def test_nobody_asks_for_an_escort_or_a_chinese_mass_limit(judged):
    alone = [{"role": "driver", "name": "张建国", "id_number": "15062419800101001X"}]
    changes = {"seen.aboard": alone, "vehicle.gross_limit_kg": "30000", "seen.equipment.vest": "1"}
    assert found(judged(changes)) == []


def test_an_open_order_to_stop_weighs_under_this_regime_too(judged):
    order = {"number": "X-1", "kind": "stop", "on": "vehicle", "key": "蒙K12345", "since": "2026-11-01"}
    assessment = judged({"orders": [order]})
    assert [one.result.case for one in assessment.alerts] == ["stop_order"]
    assert assessment.proposal.outcome == "hold"


def test_what_has_no_row_leaves_no_item_to_be_answered(judged, definitions, form):
    held = {item.id for item in form.items()}
    rows = [row for (regime, *_), row in definitions.rules.items() if regime == "EU"]
    assert all(row.item in held for row in rows if row.item)
    assert {one.item.id for one in judged().open} <= held


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_any_situation_may_be_judged_by_the_form_and_gives_only_its_own_codes(path, definitions, tables):
    case = read_case(path)
    assessment = check(replace(case, answers={}), definitions, tables, "eu-adr")
    assert all(one.item.startswith("EU-") and one.violation.startswith("EU-") for one in assessment.findings)
    assert all(one.agency == "EU" and set(one.measures) <= MEASURES for one in assessment.findings)
    assert all(set(one.measures) <= MEASURES for one in assessment.alerts)


NO_MEANING = (
    *(
        "R1 incomplete",
        "R1 not_standing",
        "R1 other_",
        "R1 used_",
        "R2 carrier_scope",
        "R3 driver_mismatch",
        "R3 escort_",
    ),
    *("R4 ", "R5 carrier_licence", "R5 compulsory", "R5 liability", "R5 safety_inspection", "R5 trailer_safety"),
    *(
        "R8 oversize_tank",
        "R8 plate_over_licence",
        "R9 ",
        "R13 closed",
        "R14 ",
        "R15 ",
        "R16 card_other_goods",
        "R18 ",
        "R20 ",
    ),
)
"""What the head of `rules/eu.yaml` explains."""


def test_a_case_of_a_comparison_has_a_row_here_or_no_meaning_in_the_form(definitions):
    ours, here = (
        {f"{rule} {case}" for regime, rule, case in definitions.rules if regime == one} for one in ("CN", "EU")
    )
    assert here <= ours
    assert [case for case in sorted(ours - here) if not case.startswith(NO_MEANING)] == []


def test_no_code_of_the_kernel_names_this_regime():
    spelled = {'"EU"', '"EU-', "'EU'"}
    modules = [path for path in KERNEL.rglob("*.py") if any(word in path.read_text("utf-8") for word in spelled)]
    assert modules == []


@pytest.fixture
def truck(definitions, tables):
    """Return the EU assessment of the clean truck of paint in drums with these litres and some paths changed."""
    plain = plain_case(KERNEL / "examples" / "clean-package-truck.yaml")

    def judge(litres, changes=None):
        amounts = {"waybill.lines.0.net_mass_kg": "300", "waybill.lines.0.volume_l": litres}
        held = changed(plain["situation"], {**amounts, **(changes or {})})
        return check(case_of({"situation": held, "regime": "eu"}), definitions, tables)

    return judge


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"driver.qualification.valid_until": "2026-11-19"}, "R3"),
        ({"driver.qualification": {"carried": "false"}}, "R3"),
        ({"seen.safety_card": {"present": "false"}}, "R16"),
        ({"seen.equipment.shovel": "0"}, "R12"),
        ({"place.bans": [{"id": "t", "tunnel": "E", "roads": ["G6"]}]}, "R13"),
    ],
)
def test_a_small_load_asks_no_certificate_card_or_kit_and_one_litre_more_does(truck, changes, rule):
    def told(assessment):
        return {one.rule for one in assessment.findings} | {one.result.rule for one in assessment.alerts}

    assert (told(truck("333", changes)), told(truck("334", changes))) == (set(), {rule})
    assert not any("exempt_1136" in one.missing for one in truck("333", changes).results)


def test_whether_the_driver_needs_a_certificate_is_open_while_the_amount_is(truck):
    expired = {"driver.qualification.valid_until": "2026-11-19", "waybill.lines.0.volume_l": "null"}
    one = next(one for one in truck("1", expired).results if one.rule == "R3" and one.subject == "driver")
    assert (one.verdict, set(one.missing)) == ("cannot_tell", {"waybill.lines.volume_l"})


@pytest.mark.parametrize(
    "changes",
    [
        {"vehicle.permit.carried": "false"},
        {"vehicle.permit.valid_until": "2026-11-19"},
        {"vehicle.permit.scope": ["8"]},
    ],
)
def test_a_vehicle_of_packages_needs_no_approval_but_for_explosives(truck, judged, changes):
    explosive = {"un": "0081", "name": "A型爆破炸药", "class": "1.1D", "net_mass_kg": "900", "explosive_mass_kg": "900"}
    assert found(truck("6000", changes)) == []
    rules = [one.rule for one in truck("6000", {**changes, "waybill.lines.0": explosive}).findings]
    assert {"R2", "R5"} & set(rules)
    tank = judged({path: value for path, value in changes.items() if "scope" not in path})
    assert ("R5" in {one.rule for one in tank.findings}) is ("scope" not in next(iter(changes)))


def test_an_empty_and_clean_tank_needs_no_approval_and_an_uncleaned_one_does(judged):
    absent = {"vehicle.permit.carried": "false"}
    assert "R5" not in {one.rule for one in judged({**absent, "seen.loaded": "empty"}).findings}
    assert "R5" in {one.rule for one in judged({**absent, "seen.loaded": "uncleaned"}).findings}


def test_limited_quantities_ask_for_their_mark_alone_whatever_they_weigh(truck):
    limited = {"waybill.lines.0.quantity": "limited", "seen.safety_card": {"present": "false"}}
    heavy = truck("9000", {**limited, "waybill.lines.0.gross_mass_kg": "8001"})
    mark = next(one for one in heavy.results if one.subject == "limited")
    assert (found(heavy), mark.verdict, mark.missing) == ([], "cannot_tell", ("required.signs",))
    light = truck("9000", {**limited, "waybill.lines.0.gross_mass_kg": "8000"})
    assert [one.subject for one in light.results if one.subject == "limited"] == []


@pytest.mark.parametrize("kind", ["limited", "excepted"])
def test_what_is_in_a_tank_is_neither_a_limited_nor_an_excepted_quantity(truck, kind):
    amounts = {"waybill.lines.0.quantity": kind, "waybill.lines.0.gross_mass_kg": "100"}
    seen = {"seen.containment": "tank", "seen.safety_card": {"present": "false"}}
    assert "R16" in {one.rule for one in truck("9000", {**amounts, **seen}).findings}
