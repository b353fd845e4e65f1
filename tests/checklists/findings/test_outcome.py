"""What is proposed for the vehicle: the worst finding decides, and nothing that is added lightens it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.findings.outcome import OUTCOMES, heavier, propose
from checklists.law.model import Measure
from tests.loaded import load_all

MEASURES = load_all().measures
CODES = ["R", "L", "H", "D", "U", "C", "T:P", "N", "EDU", "unheard-of"]
SEVERITIES = ["I", "II", "III", "", "IV"]


def place(outcome: str) -> int:
    return OUTCOMES.index(outcome)


FINDINGS = st.lists(
    st.tuples(st.sampled_from(SEVERITIES), st.lists(st.sampled_from(CODES), max_size=4).map(tuple)), max_size=6
)
KNOWN = st.sampled_from([{}, {"leaking": frozenset({"yes"})}, {"leaking": frozenset({"no"})}, {"leaking": None}])


@given(FINDINGS, FINDINGS, KNOWN)
def test_one_more_finding_or_alert_never_lightens_the_outcome(some, more, known):
    lighter, worse = propose(some, known, MEASURES), propose(some + more, known, MEASURES)
    assert place(lighter.outcome) <= place(worse.outcome)
    assert set(lighter.measures) <= set(worse.measures)
    assert set(lighter.approval) <= set(worse.approval)


@given(FINDINGS)
def test_the_order_of_findings_does_not_change_the_outcome(some):
    one, other = propose(some, {}, MEASURES), propose(some[::-1], {}, MEASURES)
    assert (one.outcome, one.severity, set(one.measures)) == (other.outcome, other.severity, set(other.measures))


@given(FINDINGS)
def test_a_leak_is_never_released(some):
    assert place(propose(some, {"leaking": frozenset({"yes"})}, MEASURES).outcome) >= place("hold")


@given(FINDINGS, st.lists(st.sampled_from(CODES), max_size=4).map(tuple))
def test_a_finding_of_the_first_severity_never_lets_the_vehicle_go_on(some, measures):
    assert place(propose([*some, ("I", measures)], {}, MEASURES).outcome) >= place("hold")


def test_nothing_found_is_released():
    assert propose([], {}, MEASURES).outcome == "release"


@pytest.mark.parametrize(
    ("severity", "measures", "outcome"),
    [
        ("III", ("R",), "release_after_correction"),
        ("III", ("L",), "correct_by_deadline"),
        ("III", ("EDU",), "release_after_correction"),
        ("II", ("R", "C"), "release_after_correction"),
        ("II", ("L", "C"), "correct_by_deadline"),
        ("II", ("H", "C"), "hold"),
        ("II", ("U", "C"), "hold"),
        ("I", ("C",), "hold"),
        ("I", ("U", "C"), "transfer_load"),
        ("I", ("H", "U", "C"), "hold"),
        ("I", ("N",), "hold"),
        ("", (), "release"),
        ("IV", (), "release_after_correction"),
        ("IV", ("H",), "hold"),
    ],
)
def test_severity_and_measures_give_the_outcome(severity, measures, outcome):
    assert propose([(severity, measures)], {}, MEASURES).outcome == outcome


def test_the_worst_severity_is_told_even_beside_an_alert_without_one():
    found = propose([("", ()), ("II", ("C",)), ("III", ("R",)), ("zz", ())], {}, MEASURES)
    assert found.severity == "II"


def test_an_unknown_severity_alone_is_told_as_none():
    assert propose([("IV", ())], {}, MEASURES).severity == ""


def test_an_outcome_of_a_later_version_asks_to_hold():
    later = {"Z": Measure("Z", {}, outcome="impound")}
    assert propose([("II", ("Z",))], {}, later).outcome == "hold"


def test_an_unknown_outcome_counts_as_the_heaviest():
    assert heavier("impound", "seize")
    assert not heavier("release", "impound")
    assert heavier("hold", "release") and not heavier("hold", "hold")


def test_seizing_needs_an_approval_and_the_data_propose_none():
    found = propose([("I", ("H", "D", "C"))], {}, MEASURES)
    assert (found.outcome, found.approval) == ("hold", ("D",))
