"""A code for an officer's first PIN: shown once, proven on the tablet without a network, and good for him alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from falcon import testing

from checklists.inspection.officer_code import FIELD, accepts, needed, told, why_not
from server import clock
from server.office import Office
from server.publishing import load_registry
from server.store import audit, devices, feed_pages, officer_codes
from server.store.administration_models import OfficerCode
from server.store.feed_pages import Sight
from server.store.models import Device
from tests.server.cast import REGISTRY, Tablet


@pytest.fixture
def first(office: Office) -> str:
    load_registry(office, REGISTRY)
    return office.store.write_now(lambda: officer_codes.new("sun", "T-001"))[0]


def on_tablet(agency: str = "T") -> dict[str, Any]:
    """The officer's row as a tablet of an agency makes it of what it hears."""
    lines = [json.loads(line) for lane in (0, 1) for _place, line in feed_pages.after(Sight(agency), lane, 0, 100)]
    heard = {(one["kind"], one["key"]): one.get("data") for one in lines}
    asked = (("officer_codes", "T-001"), ("feed", "first_pin"))
    return dict(told(heard["officer", "T-001"], *(heard.get(one) for one in asked)))


def proves(row: dict[str, Any], code: str, officer: str = "T-001", device: str = "d", **told: Any) -> bool:
    return accepts(row, officer, code, device=device, **{"now": clock.now(), **told})


def test_a_tablet_proves_the_code_from_the_officers_row_however_it_is_typed(office: Office, first: str) -> None:
    row = on_tablet()
    assert all(proves(row, typed) for typed in (first, first.lower(), first.replace("-", " ")))
    assert first not in json.dumps(row) and first.replace("-", "") not in json.dumps(row)


def test_a_code_is_good_for_one_officer_and_until_its_end(office: Office, first: str) -> None:
    row = on_tablet()
    assert not proves(row, first, "T-002")
    assert not proves(row, first, now=clock.later(hours=73))
    assert not proves(row, "AAAA-BBBB-CCCC") and not proves({}, first)


def test_a_tablet_gets_the_proof_at_its_enrolment_too(office: Office, client: testing.TestClient, first: str) -> None:
    ask = Tablet().ask(office.store.write_now(lambda: devices.new_code("T", 24)))
    told = client.simulate_post("/v1/devices", json=ask).json
    assert proves(told["officers"][0], first)


def test_a_code_for_one_tablet_is_refused_on_another(
    office: Office, tablet: Tablet, first: str, client: testing.TestClient
) -> None:
    label = str(Device.get().prefix)
    bound, row = office.store.write_now(lambda: officer_codes.new("sun", "T-001", device=label.lower()))
    told = on_tablet()
    assert proves(told, bound, device=str(row.device)) and not proves(told, bound, device="other")
    assert why_not(told, "T-001", bound, device="other", now=clock.now()) == "elsewhere"
    assert proves(told, first, device="other"), "the code for any tablet stands beside it"


def test_a_new_code_ends_the_one_before_and_a_withdrawn_one_is_told_no_more(office: Office, first: str) -> None:
    again = office.store.write_now(lambda: officer_codes.new("sun", "T-001"))[0]
    row = on_tablet()
    assert proves(row, again) and not proves(row, first)
    assert office.store.write_now(lambda: officer_codes.end("sun", "T-001")) == 1
    assert officer_codes.standing() == []


def test_who_once_got_a_code_needs_one_ever_after(office: Office, first: str) -> None:
    office.store.write_now(lambda: officer_codes.end("sun", "T-001"))
    row = on_tablet()
    assert row[FIELD] == [] and needed(row)
    assert why_not(row, "T-001", first, device="d", now=clock.now()) == "none"


def test_teams_are_joint_so_a_code_for_any_tablet_fits_on_that_of_another_agency(office: Office, first: str) -> None:
    assert proves(on_tablet("P"), first)


def test_an_office_may_want_a_code_of_every_officer(office: Office) -> None:
    load_registry(office, REGISTRY)
    assert not needed(on_tablet())
    office.store.write_now(lambda: officer_codes.tell_rule(every=True))
    assert needed(on_tablet()) and all(needed(one) for one in officer_codes.officers(every=True))


@pytest.mark.parametrize(
    ("typed", "told", "why"),
    [
        ("AAAA-BBBB-CCCC", {}, "wrong"),
        ("", {"now": "2999-01-01T00:00:00.000Z"}, "expired"),
        ("AAAA-BBBB-CCCC", {"now": "2999-01-01T00:00:00.000Z"}, "none"),
    ],
)
def test_a_tablet_says_why_a_code_is_refused(office: Office, first: str, typed: str, told: Any, why: str) -> None:
    row = on_tablet()
    assert why_not(row, "T-001", typed or first, device="d", **{"now": clock.now(), **told}) == why


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"officer": "T-999"}, officer_codes.OFFICER_UNKNOWN),
        ({"device": "T0999"}, officer_codes.DEVICE_UNKNOWN),
        ({"hours": 0}, officer_codes.HOURS_WRONG),
        ({"hours": 337}, officer_codes.HOURS_WRONG),
    ],
)
def test_a_code_that_is_not_made(office: Office, first: str, told: dict[str, Any], said: str) -> None:
    with pytest.raises(officer_codes.CodeError, match=said[:20]):
        office.store.write_now(lambda: officer_codes.new("sun", **{"officer": "T-001", **told}))
    assert OfficerCode.select().count() == 1


def test_no_code_is_made_for_the_tablet_of_another_agency(office: Office, first: str) -> None:
    text = dict.fromkeys(("name", "public_key", "certificate", "token_hash", "app", "enrolled_at"), "x")
    office.store.write_now(lambda: Device.create(id="p", agency="P", prefix="T0042", **text))
    with pytest.raises(officer_codes.CodeError, match="another agency"):
        office.store.write_now(lambda: officer_codes.new("sun", "T-001", device="T0042"))


def test_the_log_tells_who_made_a_code_and_never_the_code(office: Office, first: str) -> None:
    rows = [one for one in audit.page() if one.action == "officer_code.new"]
    assert [(one.who, one.subject) for one in rows] == [("sun", "officer:T-001")]
    assert first.replace("-", "") not in str(rows[0].detail) and str(OfficerCode.get().code_hash) not in str(
        rows[0].detail
    )
