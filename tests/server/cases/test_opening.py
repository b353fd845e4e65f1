from __future__ import annotations

from typing import Any

from server.cases.opening import cases_for, compare, opens_case


def finding(**changes: Any) -> dict[str, Any]:
    return {
        "item": "LIC-07",
        "rule": "R5",
        "case": "expired",
        "violation": "CN-LIC-05b",
        "agency": "T",
        "severity": "II",
        "measures": ["R"],
        "party": {"role": "carrier", "name": "顺达"},
        **changes,
    }


def test_violations_of_one_party_for_one_authority_are_one_case() -> None:
    (case,) = cases_for([finding(), finding(item="EQP-12", violation="CN-EQP-01")])
    assert [one["violation"] for one, _source in case.findings] == ["CN-EQP-01", "CN-LIC-05b"]


def test_another_authority_or_another_party_is_another_case() -> None:
    drafts = cases_for(
        [
            finding(),
            finding(item="LIC-11", agency="P"),
            finding(item="OPR-01", party={"role": "driver", "name": "张某", "key": "1506"}),
        ]
    )
    assert [(one.agency, one.party_role) for one in drafts] == [("P", "carrier"), ("T", "carrier"), ("T", "driver")]


def test_a_slight_finding_is_taught_unless_its_measures_open_a_case() -> None:
    assert not opens_case(finding(severity="III"))
    assert opens_case(finding(severity="III", measures=["R", "C"]))
    assert not opens_case(finding(violation=""))
    assert not opens_case(finding(agency=""))


def test_unverified_law_still_opens_a_case() -> None:
    assert opens_case(finding(verified=False))


def test_what_the_office_found_besides_joins_the_case_of_the_tablet() -> None:
    (case,) = cases_for([finding()], [finding(), finding(item="LIC-02")])
    assert [(one["item"], source) for one, source in case.findings] == [("LIC-02", "server"), ("LIC-07", "tablet")]


def test_a_carrier_known_by_name_on_the_tablet_and_by_code_in_the_office_is_one_party() -> None:
    known = {"role": "carrier", "name": "顺达", "key": "9115"}
    (case,) = cases_for([finding()], [finding(party=known), finding(item="LIC-02", party=known)])
    assert case.party_key == "carrier:9115"


def test_what_the_office_no_longer_finds_stays_in_its_case() -> None:
    (case,) = cases_for([finding()], [])
    assert case.findings[0][1] == "tablet"


def test_findings_are_compared_by_what_they_are_about() -> None:
    told = compare([finding(), finding(item="A")], [finding(values=[1]), finding(item="B")])
    assert [(difference, one["item"]) for difference, one in told] == [("same", "LIC-07"), ("new", "B"), ("gone", "A")]
