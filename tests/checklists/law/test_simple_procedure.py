"""Whether a violation may be decided on the spot: the law's limits against its ranges."""

from datetime import date

import pytest

from checklists import words
from checklists.facts.parties import Party, kind_of
from checklists.law.model import Citation, GeneralRule, Penalty, Violation, violation_on
from checklists.law.simple_procedure import Simple, limits_for, simple, simple_of
from tests.loaded import load_law

LAW = load_law()
CARRIER, DRIVER, CONSIGNOR = Party("carrier", "市路安"), Party("driver", "张建国"), Party("consignor", "某化工")
READ = Citation("road-traffic-safety-law", "2021-04-29", "90", verified=True, source="S3")
FROM_MEMORY = Citation("order-29", "2019 No. 29", "60(1)")


def judged(code: str, party: Party, day: str = "2026-04-30") -> tuple[str, str]:
    on = date.fromisoformat(day)
    row = violation_on(LAW.violations, code, on)
    assert row is not None
    found = simple(row, party, LAW.general, on)
    return found.allowed, found.because.code


def fine(least: int | None, most: int | None, basis: Citation = READ, **more: str) -> Violation:
    return Violation("X", {}, penalty=(Penalty(basis, least, most),), agency=(more.pop("agency", "T"),), **more)


def ask(violation: Violation, party: Party) -> Simple:
    return simple(violation, party, LAW.general, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("code", "party", "expected"),
    [
        ("CN-VEH-04", DRIVER, ("yes", "within_limit")),
        ("CN-OPR-05", DRIVER, ("yes", "within_limit")),
        ("CN-OPR-04", DRIVER, ("partly", "depends_on_amount")),
        ("CN-VEH-05", CARRIER, ("partly", "depends_on_amount")),
        ("CN-OPR-01", CARRIER, ("no", "above_limit")),
        ("CN-LIC-03", CARRIER, ("no", "above_limit")),
        ("CN-LIC-10", DRIVER, ("no", "catalogue")),
        ("CN-LIC-07", CARRIER, ("no", "no_amount")),
        ("CN-LIC-05", CARRIER, ("no", "no_amount")),
        ("CN-LOD-01", CARRIER, ("unknown", "penalty_unverified")),
        ("CN-PLA-03", CARRIER, ("unknown", "penalty_unknown")),
    ],
)
def test_the_catalogue_is_judged_by_the_limits(code, party, expected):
    assert judged(code, party) == expected


def test_what_the_ended_regulation_ruled_out_the_law_rules_out_too():
    assert judged("CN-OPR-01", CARRIER, "2026-05-01") == ("no", "above_limit")


def test_what_those_in_charge_pay_does_not_count_against_the_limit_of_the_company():
    both = Violation(
        "X", {}, penalty=(Penalty(READ, 5000, 9000), Penalty(READ, 20, 200, subject="manager")), agency=("T",)
    )
    assert ask(both, CARRIER).allowed == "no"


def test_rows_that_differ_leave_the_procedure_open_and_rows_that_agree_do_not():
    cheap, dear = fine(20, 200), fine(5000, 9000)
    assert simple_of((cheap, dear), DRIVER, LAW.general, date(2026, 1, 1)).because.code == "law_case_open"
    assert simple_of((dear, dear), DRIVER, LAW.general, date(2026, 1, 1)).allowed == "no"


def test_a_verified_range_decides_where_an_unverified_one_says_the_same():
    assert judged("CN-LIC-01", CARRIER, "2026-03-01") == ("no", "above_limit")


def test_an_unverified_range_that_could_change_the_answer_leaves_it_open():
    both = Violation("X", {}, penalty=(Penalty(READ, 5000, 9000), Penalty(FROM_MEMORY, 20, 200)), agency=("T",))
    assert ask(both, CARRIER).because.code == "penalty_unverified"


@pytest.mark.parametrize(
    ("most", "party", "allowed"),
    [(200, DRIVER, "yes"), (201, DRIVER, "partly"), (3000, CARRIER, "yes"), (3001, CARRIER, "partly")],
)
def test_the_limit_itself_is_included(most, party, allowed):
    assert ask(fine(20, most), party).allowed == allowed


@pytest.mark.parametrize(("least", "allowed"), [(200, "partly"), (201, "no")])
def test_a_range_that_begins_above_the_limit_rules_it_out(least, allowed):
    assert ask(fine(least, 2000), DRIVER).allowed == allowed


def test_the_police_have_the_lower_limit_for_everybody():
    assert ask(fine(500, 2000, agency="P"), CARRIER).allowed == "no"
    assert ask(fine(500, 2000, agency="T"), CARRIER).allowed == "yes"


def test_a_party_of_unknown_kind_leaves_the_answer_open_only_where_it_matters():
    assert ask(fine(500, 2000), CONSIGNOR).because.code == "party_unknown"
    assert ask(fine(5000, 9000), CONSIGNOR).allowed == "no"


def test_a_range_without_its_least_amount_begins_at_nothing():
    assert ask(fine(None, 50_000), CARRIER).allowed == "partly"


def test_the_column_of_the_catalogue_is_never_softened():
    found = ask(fine(20, 200, simple="no"), DRIVER)
    assert (found.allowed, found.because.code) == ("no", "catalogue")


def test_without_limits_in_the_data_the_column_stands_and_gives_no_reason():
    assert simple(fine(20, 200, simple="yes"), DRIVER, (), date(2026, 1, 1)) == Simple("yes")


def test_a_limit_that_is_not_verified_decides_nothing():
    rule = GeneralRule("penalty-law", "2021-01-22", "51", use="simple_procedure", limits_cny={"person": 200})
    assert simple(fine(20, 200), DRIVER, [rule], date(2026, 1, 1)).because.code == "limit_unverified"


def test_another_regime_has_no_limits_here():
    assert limits_for(Violation("EU-I-01", {}, agency=("EU",)), LAW.general) is None


def test_hearings_of_the_police_have_their_own_amounts_and_transport_has_none():
    police, transport = (Violation("X", {}, agency=(one,)) for one in "PT")
    found = limits_for(police, LAW.general, "hearing")
    assert found is not None and found.limits_cny == {"person": 2000, "unit": 10_000}
    assert limits_for(transport, LAW.general, "hearing") is None


@pytest.mark.parametrize(
    ("role", "kind"), [("driver", "person"), ("escort", "person"), ("carrier", "unit"), ("owner", ""), ("loader", "")]
)
def test_a_role_says_whether_it_is_a_person(role, kind):
    assert kind_of(Party(role)) == kind


def test_every_reason_has_its_words_in_chinese():
    say = words.say("zh_CN")
    for row in LAW.violations:
        because = simple(row, CARRIER, LAW.general, row.effective_from or date(2026, 1, 1)).because
        if because.code:
            text = words.reason(because.code, because.values, say)
            assert text != because.code and "{" not in text


def test_every_violation_has_an_answer_for_every_party():
    for row in LAW.violations:
        for party in (CARRIER, DRIVER, CONSIGNOR):
            assert simple(row, party, LAW.general, date(2026, 1, 1)).allowed in ("yes", "no", "partly", "unknown")
