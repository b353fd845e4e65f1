"""A hold that one post made stops the vehicle at the next one, until who may has let it go."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.facts.registry import registry_facts
from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.inspection.correction import correcting
from checklists.records.check_history import check_of
from checklists.records.record import Sealed
from checklists.rules.context import Context
from checklists.rules.earlier import HELD, r17_held
from server import clock
from server.gate.ingest import examine
from server.intake.records import receipted
from server.office import Office
from server.parts import Verified
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import cases, devices, feed_fill, feed_history, meta, records
from server.store.feed_models import CheckNumber, FeedRow
from server.store.models import Case, CaseViolation, Package, Record
from tests.server.cast import Tablet, batch, now, sent
from tests.server.feed.reader import Reader
from tests.server.story import PLATE, open_tasks, seal_story

HOLD = {"proposed": "hold", "decided": "hold", "reason": None}


@pytest.fixture
def packages(office: Office) -> list[Package]:
    return publish_all(office)


@pytest.fixture
def police(client: TestClient, office: Office) -> Tablet:
    return enrolled(client, office, "P")


class Police(Tablet):
    """A tablet on which an officer of the police writes."""

    def entry(self, *told: Any) -> dict[str, Any]:
        return {**super().entry(*told), "officer": "P-001", "agency": "P"}


def enrolled(client: TestClient, office: Office, agency: str) -> Tablet:
    other = Police() if agency == "P" else Tablet()
    code = office.store.write_now(lambda: devices.new_code(agency, 24))
    other.enrolled = client.simulate_post("/v1/devices", json=other.ask(code)).json
    return other


def deliver(client: TestClient, tablet: Tablet, office: Office, *parts: Any) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts))
    Worker(office).drain()


def amended(tablet: Tablet, part: Sealed, outcome: str) -> Sealed:
    """What the team adds to its own record: the vehicle goes on."""
    inspection = str(part.part["inspection"])
    entry = tablet.entry(inspection, 99, "outcome", "decision", {"decided": outcome, "reason": "已改正，复查合格"})
    told = {"kind": "amendment", "amends": part.digest, "inspection": inspection, "opened_at": part.part["opened_at"]}
    return tablet.seal(**told, entries=[entry], outcome=None, definitions=part.part["definitions"])


def stops(reader: Reader, plate: str = PLATE, colour: str = "yellow", at: str = "") -> list[str]:
    """Return what the kernel says at the next post, whose tablet finds history by any number of the feed's rows."""
    reader.catch_up()
    given = "history" in reader.of("feed")

    def lookup(kind: str, key: str) -> dict[str, Any] | None:
        if (kind, key) == ("feed", "history"):
            return {"data": {}, "as_of": now()} if given else None
        rows = [one for one in reader.of("history").values() if key in one["about"].values()]
        return {"data": {"rows": rows}, "as_of": now()} if kind == "history" and rows else None

    facts = registry_facts(lookup, plate, colour=colour, at=at or now())
    told = {"at": at or now(), "vehicle": {"plate": plate, "colour": colour}}
    if "history" in facts:
        told["history"] = facts["history"]["data"]
    results = r17_held(Context(situation(told), load_tables()))
    return [one.verdict for one in results if one.case == HELD]


def test_a_hold_stops_at_the_next_post_and_an_amendment_at_noon_lets_it_go(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    next_post = Reader(client, police, office.key.public)
    assert stops(next_post) == []
    part = seal_story(tablet, packages, outcome=HOLD)
    deliver(client, tablet, office, part)
    assert stops(next_post) == ["conflict"]
    assert stops(next_post, "蒙K99999") == stops(next_post, colour="blue") == []
    deliver(client, tablet, office, amended(tablet, part, "release_after_correction"))
    assert stops(next_post) == []
    (row,) = next_post.of("history").values()
    assert (row["outcome"], row["outcome_before"]) == ("release_after_correction", "hold")
    assert row["outcome_at"] > row["at"]


def test_who_was_not_there_lifts_nothing_by_an_amendment(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    part = seal_story(tablet, packages, outcome=HOLD)
    deliver(client, tablet, office, part)
    deliver(client, police, office, amended(police, part, "release"))
    reader = Reader(client, tablet, office.key.public)
    assert stops(reader) == ["conflict"]
    assert [one["outcome"] for one in reader.of("history").values()] == ["hold"]


def test_a_later_check_lets_go_what_its_own_agency_held(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    reader = Reader(client, tablet, office.key.public)
    deliver(client, tablet, office, seal_story(tablet, packages, outcome=HOLD))
    # By clocks that differ by less than ten minutes nobody can tell which came first.
    free = {"proposed": "release", "decided": "release", "reason": "已改正"}
    other = enrolled(client, office, "T")
    soon = seal_story(other, packages, outcome=free)
    deliver(client, other, office, soon)
    assert stops(reader) == ["conflict"]
    ahead = clock.later(hours=1)
    monkeypatch.setattr("tests.server.story.now", lambda: ahead)
    deliver(client, police, office, seal_story(police, packages, outcome=free))
    assert stops(reader, at=ahead) == ["conflict"]
    deliver(client, other, office, seal_story(other, packages, outcome=free))
    assert stops(reader, at=ahead) == []


def test_the_office_itself_finds_checks_by_any_of_their_numbers(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages, outcome=HOLD)
    deliver(client, tablet, office, part)

    def found(key: str) -> list[str]:
        row = office.store.read_now(feed_history.lookup, "history", key)
        return [one["inspection"] for one in row["data"]["rows"]] if row else []

    for key in (f"{PLATE}|yellow", "蒙K1234挂", "15060019800101001X"):
        assert found(key) == [part.part["inspection"]]
    assert found(PLATE) == []
    office.store.write_now(lambda: Record.update(state="conflict").execute())
    office.store.write_now(lambda: feed_history.tell([str(part.part["inspection"])]))
    assert found(f"{PLATE}|yellow") == []


def test_the_step_of_the_schema_finds_the_checks_that_were_here_before(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    deliver(client, tablet, office, seal_story(tablet, packages), seal_story(tablet, packages))
    step = importlib.import_module("server.migrations.0020_history_and_alerts")

    def again() -> tuple[set[Any], set[Any]]:
        columns = (CheckNumber.number, CheckNumber.role, CheckNumber.inspection, CheckNumber.at)
        before = set(CheckNumber.select(*columns).tuples())
        CheckNumber.delete().execute()
        with office.store.database.bind_ctx(step._TABLES):
            step._find(office.store.database)
        return before, set(CheckNumber.select(*columns).tuples())

    before, after = office.store.write_now(again)
    assert before == after and len(before) == 8


def test_what_the_office_computes_counts_the_hold_of_another_post(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    deliver(client, tablet, office, seal_story(tablet, packages, outcome=HOLD))
    let_go = seal_story(police, packages, outcome={"proposed": "release", "decided": "release", "reason": None})
    deliver(client, police, office, let_go)
    (alert,) = [one for one in open_tasks("T") if one["inspection"] == let_go.part["inspection"]]
    assert (alert["tier"], alert["plate"]) == ("high", PLATE)
    assert alert["text"]["zh"].startswith("此前检查决定暂停行驶")
    reader = Reader(client, tablet, office.key.public)
    reader.catch_up()
    assert list(reader.of("alert")) == [alert["id"]]


def test_a_hold_that_comes_in_late_is_counted_for_who_passed_meanwhile(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    hold = seal_story(tablet, packages, outcome=HOLD)  # sealed out of reach
    let_go = seal_story(police, packages, outcome={"proposed": "release", "decided": "release", "reason": None})
    deliver(client, police, office, let_go)
    assert "此前检查" not in str(open_tasks("P"))
    deliver(client, tablet, office, hold)
    (alert,) = [one for one in open_tasks("P") if one["inspection"] == let_go.part["inspection"]]
    assert "此前检查决定暂停行驶" in alert["text"]["zh"]
    assert {one.state for one in Record.select(Record.state)} == {"processed"}


def test_what_a_case_dropped_counts_against_nobody(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    inspection = str(part.part["inspection"])

    def told(state: str, case: Case) -> list[str]:
        Case.update(state=state).where(Case.id == case.id).execute()
        feed_history.tell([inspection])
        [row] = feed_history.lookup("history", "15060019800101001X")["data"]["rows"]  # type: ignore[index]
        return list(row.get("dismissed") or [])

    (one,) = [case for case in Case.select() if case.agency == "T"]
    codes = {str(held.violation) for held in CaseViolation.select().where(CaseViolation.case == one.id)}
    assert office.store.write_now(lambda: told("investigating", one)) == []
    assert set(office.store.write_now(lambda: told("closed_no_case", one))) == codes
    facts = registry_facts(
        lambda *key: office.store.read_now(feed_history.lookup, *key), PLATE, colour="yellow", at=clock.later(days=2)
    )
    assert {held["violation"] for held in facts["past"]["data"]} & codes == set()


def test_a_tablet_makes_the_same_row_of_what_it_sealed(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages, outcome=HOLD, site="G109 示例县卡口")
    deliver(client, tablet, office, part)
    reader = Reader(client, tablet, office.key.public)
    reader.catch_up()
    (told,) = reader.of("history").values()
    own = check_of(part.part, part.digest)
    assert {name: one for name, one in own.items() if one != ""} == {n: v for n, v in told.items() if v != ""}
    free = amended(tablet, part, "release")
    assert check_of(part.part, part.digest, [free.part])["outcome_before"] == "hold"


def brought(office: Office, tablet: Tablet, part: Sealed) -> None:
    """The office takes in what somebody brings of a tablet that may not come itself any more."""
    made = tablet.enrolled
    found = examine(sent(part), device=made["device"], public_key=tablet.key.public, certificate=made["certificate"])
    assert isinstance(found, Verified)
    office.store.write_now(lambda: records.receive([receipted(office, found, clock.later(hours=1))]))
    Worker(office).drain()


def test_an_amendment_of_a_tablet_that_was_revoked_before_it_came_lifts_nothing(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    part = seal_story(tablet, packages, outcome=HOLD)
    deliver(client, tablet, office, part)
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"], "lost", "test"))
    stick = amended(tablet, part, "release")
    brought(office, tablet, stick)
    reader = Reader(client, police, office.key.public)
    assert stops(reader) == ["conflict"]
    kept = Record.get(Record.digest == stick.digest)
    assert (kept.state, records.late_amendments(str(part.part["inspection"]))) == ("processed", {stick.digest})


def test_what_was_corrected_is_what_the_office_computes_with(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    inspection = str(part.part["inspection"])

    def found() -> dict[str, str]:
        return {str(one["item"]): difference for difference, one in cases.findings_of(inspection, "fuller")}

    before, (wrong,) = found(), [one for one in part.part["entries"] if one["item"] == "seen.aboard"]
    crew = [*wrong["value"]["data"], {"role": "escort", "name": "李某"}]
    value = correcting("fact", wrong["value"]["data"], crew, "漏记押运员")
    entry = {**tablet.entry(inspection, 99, "fact", "seen.aboard", value), "withdraws": wrong["id"]}
    told = {"kind": "amendment", "amends": part.digest, "inspection": inspection, "opened_at": part.part["opened_at"]}
    fix = tablet.seal(**told, entries=[entry], outcome=None, definitions=part.part["definitions"])
    deliver(client, tablet, office, fix)
    assert {item for item, how in found().items() if how == "gone" and before.get(item) == "same"} == {"LIC-11"}
    assert not Record.get(Record.inspection == inspection, Record.kind == "inspection").alarm


def test_a_number_that_a_tablet_voided_is_void_on_every_other_one(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], police: Tablet
) -> None:
    part = seal_story(tablet, packages)
    prefix = str(part.part["certificate"]["prefix"])
    spoilt = {"kind": "order", "number": f"{prefix}-O000001", "digest": "0" * 64, "void": "打印损坏"}
    fresh = {**spoilt, "number": f"{prefix}-O000002", "void": None}
    stranger = {**spoilt, "number": "X9999-O000001"}
    told = {"kind": "amendment", "amends": part.digest, "inspection": part.part["inspection"]}
    void = tablet.seal(**told, entries=[], outcome=None, papers=[spoilt, fresh, stranger],
                       definitions=part.part["definitions"], opened_at=part.part["opened_at"])  # fmt: skip
    deliver(client, tablet, office, part, void)
    reader = Reader(client, police, office.key.public)
    reader.catch_up()
    assert reader.of("void") == {spoilt["number"]: {"kind": "order", "replaced_by": fresh["number"]}}

    def again() -> None:
        FeedRow.delete().where(FeedRow.kind == "void").execute()
        meta.put("feed_voids_filled", "")

    office.store.write_now(again)
    feed_fill.fill_once(office.store)
    reader = Reader(client, police, office.key.public)
    reader.catch_up()
    assert list(reader.of("void")) == [spoilt["number"]]
