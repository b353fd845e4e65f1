"""One act, one finding: whichever lines of the list saw a fact, it is found once, with the grounds of each."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.facts.parties import Party
from checklists.findings.finding import Finding
from checklists.findings.item_findings import Rows
from checklists.findings.joining import joined
from checklists.rules.crosscheck import Value
from tests.loaded import load_all

ROWS = Rows(load_all(), "CN")
CARRIER = Party("carrier", "路安", "路安")


def finding(item, rule="", case="", violation="CN-EQP-01", **said):
    known = {"agency": "T", "severity": "II", "measures": ("R",), "party": CARRIER, "text": {"zh": item, "en": item}}
    return Finding(item=item, rule=rule, case=case, violation=violation, **{**known, **said})


FEW = finding("EQP-01", "R12", "extinguisher_count", measures=("R", "C"), values=(Value("count", "0"),))
EXPIRED = finding("EQP-02", "R12", "extinguisher_expired", values=(Value("expired", "2"),), photos=("p1",), entry="e1")
SCOPE = finding("LOD-08", "R2", "carrier_scope", "CN-LIC-02", severity="II")
VEST, OTHER = finding("EQP-06", "R12", "vest"), finding("LOD-08", "R2", "vehicle_scope", "CN-LIC-02")
SEEN = finding("LIC-05", violation="CN-LIC-02", severity="I", note="仅第3类", entry="e2", photos=("p2",))


def test_extinguishers_out_of_date_and_so_too_few_are_one_finding_with_both_grounds():
    (one,) = joined(ROWS, (FEW, EXPIRED))
    assert one.items == ("EQP-01", "EQP-02")
    assert one.text == {"zh": "EQP-01；EQP-02", "en": "EQP-01; EQP-02"}
    assert [value.name for value in one.values] == ["count", "expired"]
    assert (one.measures, one.photos, one.entry) == (("R", "C"), ("p1",), "e1")


def test_extinguishers_out_of_date_where_enough_are_left_are_found_alone():
    assert joined(ROWS, (EXPIRED,)) == (EXPIRED,)


def test_a_fact_that_an_officer_and_a_rule_saw_is_one_finding_at_its_worst():
    for order in permutations((SEEN, SCOPE)):
        (one,) = joined(ROWS, order)
        assert one.items == ("LOD-08", "LIC-05")
        assert (one.severity, one.note, one.photos, one.entry) == ("I", "仅第3类", ("p2",), "e2")
        assert one.text == SCOPE.text


@pytest.mark.parametrize(
    "other",
    [
        finding("LIC-05", violation="CN-LIC-01"),
        finding("LIC-05", violation="CN-LIC-02", party=Party("driver", "张建国")),
        finding("LIC-05", violation="CN-LIC-02", agency="P"),
        finding("LIC-06", violation="CN-LIC-02"),
        finding("LIC-05", violation=""),
    ],
)
def test_another_violation_party_agency_or_line_stays_a_finding_of_its_own(other):
    assert joined(ROWS, (other, SCOPE)) == (other, SCOPE)


def test_what_is_missing_besides_stays_apart():
    assert [one.items for one in joined(ROWS, (FEW, EXPIRED, VEST))] == [("EQP-01", "EQP-02"), ("EQP-06",)]


EVERY = (FEW, EXPIRED, SCOPE, SEEN, VEST, OTHER)


@given(st.permutations(range(len(EVERY))), st.integers(0, len(EVERY)))
def test_no_item_value_or_photo_is_lost_and_what_is_joined_stays_joined(order, many):
    found = tuple(EVERY[place] for place in order[:many])
    told = joined(ROWS, found)
    assert {item for one in told for item in one.items} == {one.item for one in found}
    for part in ("values", "photos", "measures"):
        before, after = ({each for one in held for each in getattr(one, part)} for held in (found, told))
        assert before == after
    assert joined(ROWS, told) == told
