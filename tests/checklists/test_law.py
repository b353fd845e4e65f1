"""The violation catalogue as it is shipped, by the day of the conduct."""

from datetime import date

import pytest

from checklists.law import Citation, Violation, printable, violation_on
from checklists.loading import load_law

LAW = load_law()
R1_CODES = {row.code for row in LAW.violations if row.effective_to == date(2026, 4, 30)}


def on(code: str, day: str) -> Violation:
    row = violation_on(LAW.violations, code, date.fromisoformat(day))
    assert row is not None
    return row


def test_every_violation_of_the_catalogue_is_there():
    assert len({row.code for row in LAW.violations}) == 69


def test_no_escort_costs_ten_to_fifty_thousand_until_the_regulation_ends():
    row = on("CN-OPR-01", "2026-04-30")
    (penalty,) = row.penalty
    assert (penalty.min_cny, penalty.max_cny, row.verified) == (10_000, 50_000, True)
    assert penalty.basis == Citation(
        "hazchem-regulation", "2013-12-07", "89(2)", date(2013, 12, 7), date(2026, 4, 30), verified=True, source="S1"
    )


def test_the_next_day_no_amount_is_known_but_the_duty_still_prints():
    row = on("CN-OPR-01", "2026-05-01")
    assert (row.penalty, row.verified, row.agency, row.subject) == ((), False, ("P",), "carrier")
    printed = printable(row.duty, date(2026, 5, 1))
    assert [(one.law, one.clause) for one in printed] == [("road-transport-regulation", "27"), ("order-29", "44")]


def test_all_rows_of_the_old_regulation_have_an_open_successor_of_the_same_conduct():
    assert len(R1_CODES) == 20
    for code in R1_CODES:
        before, after = on(code, "2026-04-30"), on(code, "2026-05-01")
        assert (after.title, after.subject, after.agency) == (before.title, before.subject, before.agency)
        assert (after.penalty, after.verified, after.effective_to) == ((), False, None)
        assert "危险化学品安全法" in after.note


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


@pytest.mark.parametrize("code", ["CN-LIC-01", "CN-LIC-02", "CN-LIC-05b"])
def test_renumbered_rules_keep_the_old_number_only_for_old_conduct(code):
    clauses = {
        day: [one.basis.clause for one in on(code, day).penalty if one.basis and one.basis.law == "dg-road-rules"]
        for day in ("2026-02-28", "2026-03-01")
    }
    assert all(clauses["2026-02-28"]) and clauses["2026-03-01"] == [""]
    assert not on(code, "2026-03-01").verified


def test_an_amount_from_memory_is_never_verified():
    for code in ("CN-LOD-02", "CN-LOD-05", "CN-TNK-02", "CN-EDU-02", "CN-LIC-05", "CN-VEH-03"):
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
