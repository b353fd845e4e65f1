"""The violation catalogue as it is shipped, by the day of the conduct."""

from datetime import date

import pytest

from checklists.authoring.periods import loads
from checklists.law.cases import candidates, may_hold
from checklists.law.model import Citation, Violation, printable, rows_on
from tests.loaded import load_law

LAW = load_law()
NATIONAL = [row for row in LAW.violations if row.code.startswith("CN-")]
REGULATION = {
    row.code
    for row in NATIONAL
    if any(one.basis and one.basis.law == "hazchem-regulation" and one.basis.verified for one in row.penalty)
}
LISTED = {
    "hazchem": "yes",
    "special_law": "none",
    "toxic_or_precursor": "yes",
    "tank_kind": "pressure",
    "permit_issued": "yes",
    "forged": "qualification",
    "terminal_fault": "offline",
    "container_unchecked": "yes",
    "special_permit": "none",
}
"""A load of a listed hazardous chemical, and what else the rows tell apart."""


def on(code: str, day: str, **load: str) -> Violation:
    """The one row of a code for that day and load."""
    known = {fact: frozenset({value}) for fact, value in (LISTED | load).items()}
    (row,) = candidates(rows_on(LAW.violations, code, date.fromisoformat(day)), known)
    return row


def test_every_violation_of_the_catalogue_is_there():
    assert len({row.code for row in NATIONAL}) == 69


def test_no_escort_costs_ten_to_fifty_thousand_until_the_regulation_ends():
    row = on("CN-OPR-01", "2026-04-30")
    (penalty,) = row.penalty
    assert (penalty.min_cny, penalty.max_cny, row.verified) == (10_000, 50_000, True)
    assert penalty.basis == Citation(
        "hazchem-regulation", "2013-12-07", "89(2)", date(2013, 12, 7), date(2026, 4, 30), verified=True, source="S1"
    )


def test_the_next_day_the_law_asks_five_to_ten_times_as_much():
    row = on("CN-OPR-01", "2026-05-01")
    (penalty,) = row.penalty
    assert (penalty.min_cny, penalty.max_cny, row.verified, row.agency, row.subject) == (
        50_000, 100_000, True, ("P",), "carrier",
    )  # fmt: skip
    assert penalty.basis and (penalty.basis.law, penalty.basis.clause) == ("hazchem-law", "112(2)")
    printed = [(one.law, one.clause) for one in printable(row.duty, date(2026, 5, 1))]
    assert printed == [
        ("road-transport-regulation", "27"), ("order-29", "44"), ("dg-road-rules", "36"), ("hazchem-law", "69¶1"),
    ]  # fmt: skip


def test_every_row_of_the_old_regulation_is_followed_by_one_of_the_law():
    assert len(REGULATION) == 19
    for code in REGULATION:
        before, after = on(code, "2026-04-30"), on(code, "2026-05-01")
        assert (after.title, after.subject, after.agency) == (before.title, before.subject, before.agency)
        assert after.verified and after.effective_to is None, code
        assert {one.basis.law for one in after.penalty if one.basis and one.basis.law.startswith("hazchem")} == {
            "hazchem-law"
        }


def test_no_penalty_of_the_old_regulation_outlives_it():
    for row in LAW.violations:
        if row.effective_to is None:
            laws = {one.basis.law for one in row.penalty if one.basis}
            assert "hazchem-regulation" not in laws, row.code


@pytest.mark.parametrize(
    ("code", "day", "law", "clause", "amounts"),
    [
        ("CN-LIC-13", "2026-08-14", "solid-waste-law", "112(5)", [(100_000, 1_000_000)]),
        ("CN-LIC-13", "2026-08-15", "ecology-code", "1175(7)", [(50_000, 200_000), (200_000, 1_000_000)]),
        ("CN-LIC-14", "2026-08-14", "solid-waste-law", "112(5)", [(100_000, 1_000_000)]),
        ("CN-LIC-14", "2026-08-15", "ecology-code", "1175(8)", [(200_000, 2_000_000)]),
    ],
)
def test_waste_fines_change_on_the_day_of_the_code(code, day, law, clause, amounts):
    row = on(code, day)
    assert [(one.min_cny, one.max_cny) for one in row.penalty] == amounts
    assert {(one.basis.law, one.basis.clause) for one in row.penalty if one.basis} == {(law, clause)}
    assert row.verified


def test_the_rules_of_2026_kept_their_numbers():
    def clauses(code: str, day: str, **load: str) -> list[str]:
        row = on(code, day, **load)
        return [one.basis.clause for one in row.penalty if one.basis and one.basis.law == "dg-road-rules"]

    assert clauses("CN-LIC-01", "2026-03-19") == clauses("CN-LIC-01", "2026-03-20") == ["55(1)"]
    assert clauses("CN-LIC-02", "2026-03-20") == ["55(3)"]
    assert clauses("CN-LIC-05b", "2026-03-20") == ["55(2)"]
    assert not on("CN-LIC-05b", "2026-03-20").verified


def test_an_amount_from_memory_is_never_verified():
    for code in ("CN-LOD-02", "CN-LOD-05", "CN-TNK-02", "CN-EDU-02", "CN-LIC-03b", "CN-VEH-03"):
        row = on(code, "2026-01-01")
        assert not row.verified and not any(one.basis and one.basis.verified for one in row.penalty), code


def test_a_verified_citation_has_a_number_and_a_source():
    cited = [one for row in LAW.violations for one in (*row.duty, *(p.basis for p in row.penalty if p.basis))]
    assert any(one.verified for one in cited)
    assert all(one.clause and one.source for one in (*cited, *LAW.general) if one.verified)


def test_orders_to_correct_always_have_a_clause_to_print():
    uses = {one.use: one for one in LAW.general}
    assert (uses["order_correction"].clause, uses["order_correction"].verified) == ("28", True)
    assert printable(LAW.measures["R"].basis, date(2026, 5, 1))


def test_violations_that_may_be_one_act_are_linked():
    assert frozenset({"CN-LOD-06", "CN-LOD-07", "CN-TNK-08"}) in LAW.acts


# The catalogue as its source table has it: agency, simple procedure, ranges in yuan (- is no amount), for conduct on
# 2026-01-01 unless another day is given.
TABLE = """
CN-LIC-01   T   no      30000-100000 30000-100000
CN-LIC-02   T   no      30000-100000
CN-LIC-03   T   no      50000-100000
CN-LIC-03b  T   partly  200-2000
CN-LIC-04   T   no      50000-100000
CN-LIC-05   T   no      -
CN-LIC-05b  T   no      30000-100000
CN-LIC-06   T/P no      200-2000 2000-5000
CN-LIC-07   T   no      -
CN-LIC-08   P   no      50000-100000 -
CN-LIC-08b  P   unknown -
CN-LIC-09   P   no
CN-LIC-10   P   no      200-2000
CN-LIC-11   P   yes     - 20-200
CN-LIC-12   P   no      -
CN-LIC-13   X   no      100000-1000000
CN-LIC-14   X   no      100000-1000000
CN-PLA-01   P   no      10000-50000
CN-PLA-02   P   no      10000-50000
CN-PLA-03   P   unknown
CN-TNK-01   T/M no      -50000 50000-200000 10000-20000
CN-TNK-02   T   partly  2000-5000
CN-TNK-03   M   no      30000-300000
CN-TNK-03b  M   no      10000-100000
CN-TNK-04   M   no      -
CN-TNK-05   T   no      50000-100000
CN-TNK-06   T   no      1000-3000
CN-TNK-07   M   no      10000-100000
CN-TNK-08   P   no      50000-100000
CN-TNK-09   T   unknown -
CN-VEH-01   P   partly  50000-100000 20-200
CN-VEH-02   T   no      5000-20000
CN-VEH-03   T   unknown - -
CN-VEH-04   P   yes     20-200
CN-VEH-05   T   partly  1000-5000
CN-VEH-06   P   yes     20-200
CN-VEH-07   P   no      200-2000
CN-VEH-08   T   unknown -
CN-EQP-01   T   no      50000-100000
CN-EQP-02   T   no      50000-100000
CN-LOD-01   T   partly  2000-5000
CN-LOD-02   T   no      1000-3000
CN-LOD-03   T   no      1000-3000
CN-LOD-04   T   no      2000-5000
CN-LOD-05   T   no      2000-5000
CN-LOD-06   P   no      50000-100000 -
CN-LOD-07   T   no      -30000 -
CN-LOD-08   M   no      20000-200000
CN-LOD-09   M   no      20000-200000 100000-500000
CN-LOD-09b  E/T no      -
CN-LOD-10   T   no      50000-100000
CN-LOD-11   T   unknown
CN-LOD-12   T   no      50000-100000
CN-LOD-13   T   no      100000-200000
CN-LOD-14   T   no      100000-200000
CN-OPR-01   P   no      10000-50000
CN-OPR-02   P   no      50000-100000
CN-OPR-03   P   yes     20-200
CN-OPR-04   P   partly  20-200 200-2000
CN-OPR-05   P   yes     20-200
CN-OPR-06   P   no      500-2000 -
CN-OPR-07   P   no      10000-50000
CN-OPR-08   P   no      10000-50000
CN-OPR-09   P   no      5000-5000
CN-EDU-01   T   unknown -
CN-EDU-02   T   partly  2000-5000
CN-EDU-03   T/E no      -100000 100000-200000 20000-50000
CN-EDU-04   T/E no      -100000 100000-200000 20000-50000
CN-EDU-05   T   no      -10000 10000-50000
""".strip().splitlines()


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.split()[0])
def test_each_violation_has_the_agency_procedure_and_amounts_of_the_source(line):
    code, agency, simple, *amounts = line.split()
    row = on(code, "2026-01-01")
    ranges = [tuple(int(one) if one else None for one in text.split("-")) for text in amounts]
    assert (list(row.agency), row.simple) == (agency.split("/"), simple)
    assert [(one.min_cny, one.max_cny) for one in row.penalty] == ranges


def test_the_table_names_every_violation_once():
    assert sorted(line.split()[0] for line in TABLE) == sorted({row.code for row in NATIONAL})


@pytest.mark.parametrize(
    ("code", "points"),
    [
        ("CN-VEH-04", "3"),
        ("CN-OPR-02", "driver 6"),
        ("CN-OPR-03", "6"),
        ("CN-OPR-05", "9"),
        ("CN-OPR-04", "expressway: 20 % or more 12, under 20 % 6; other roads: 50 % or more 9, 20 to 50 % 6"),
        ("CN-LOD-06", "over the maximum mass by 50 % or more 6, 30 to 50 % 3, under 30 % 1"),
        ("CN-PLA-01", "driver 6"),
    ],
)
def test_penalty_points_are_those_of_the_source(code, points):
    assert on(code, "2026-01-01").points.startswith(points)


def test_a_power_to_seize_is_in_the_rule_for_the_case():
    seizing = {row.code for row in NATIONAL if "D" in row.powers}
    assert seizing == {
        "CN-LIC-05", "CN-LIC-06", "CN-LIC-08", "CN-LIC-11", "CN-LIC-12", "CN-VEH-07", "CN-LOD-06", "CN-OPR-06",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(REGULATION))
def test_the_last_day_of_the_regulation_and_the_next_differ(code):
    before, after = on(code, "2026-04-30"), on(code, "2026-05-01")
    assert before.penalty != after.penalty
    assert before.superseded_by == f"{code}@2026-05-01"


def test_every_day_of_the_years_around_has_exactly_one_row_of_each_code_for_each_load():
    days = [date(year, month, day) for year in (2025, 2026, 2027) for month in range(1, 13) for day in (1, 14, 15, 28)]
    for code in {row.code for row in NATIONAL}:
        rows = [row for row in NATIONAL if row.code == code]
        for load in loads(rows):
            held = [row for row in rows if may_hold(row.applies_when, load)]
            assert all(sum(row.effective(day) for row in held) == 1 for day in (*days, date(2026, 4, 30))), (code, load)


def test_a_row_that_is_not_verified_says_why():
    assert [row.code for row in NATIONAL if not (row.verified or row.note)] == []


def test_only_a_seizure_waits_for_a_leader():
    assert [one.code for one in LAW.measures.values() if one.approval and one.regime == "CN"] == ["D"]


def test_the_limits_of_the_law_are_data_with_a_clause():
    limits = {one.use: one for one in LAW.general if one.limits_cny}
    assert limits["simple_procedure"].limits_cny == {"person": 200, "unit": 3000}
    assert limits["police_simple_fine"].limits_cny == {"person": 200, "unit": 200}
    assert limits["police_hearing"].limits_cny == {"person": 2000, "unit": 10000}
    assert limits["cash_on_the_spot"].limits_cny == {"person": 100, "unit": 100}
    assert all(one.verified and one.clause for one in limits.values())


def test_violations_of_one_act_are_linked_across_agencies():
    agencies = [{row.agency[0] for row in NATIONAL if row.code in act} for act in LAW.acts]
    assert {"T", "P"} in agencies


def test_a_measure_of_one_agency_rests_on_no_rules_of_procedure_of_another():
    own = {"T": "transport-procedure-rules", "P": "police-case-rules"}
    for measure in LAW.measures.values():
        assert not {one.law for one in measure.basis} & set(own.values()), measure.code
        for agency in ("T", "P", "M", "E", "X"):
            cited = {one.law for one in measure.basis_for(agency)}
            assert cited.isdisjoint(law for other, law in own.items() if other != agency), (measure.code, agency)
