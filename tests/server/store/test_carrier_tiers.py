"""Carriers are worked out when something happens to one, set by hand with reason and end, and told to tablets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from checklists.definitions.publication import publish
from checklists.wire import instant
from server import clock
from server.office import Office
from server.processing.tier_upkeep import TierUpkeep
from server.store import carrier_tiers, feed, feed_history, packages, registry, stop_orders, tier_facts, tier_hands
from server.store.models import Case, Record
from server.store.office_models import Audit
from server.store.tier_hands import FAULTS, HandError
from server.store.tier_models import CarrierTier, CarrierTierChange, PersonSign
from tests.loaded import load_all
from tests.server.store.office_cases import actor, finding, furnish, opened
from tests.server.store.road import DRIVER, USCC, check, grave

NOW = "2026-11-29T04:00:00.000Z"


class Moved:
    """The office's clock, which a test moves on."""

    def __init__(self) -> None:
        self.at = clock.read(NOW)

    def __call__(self) -> str:
        return instant(self.at)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Moved:
    made = Moved()
    monkeypatch.setattr(clock, "now", made)
    monkeypatch.setattr(clock, "later", lambda **span: instant(made.at + timedelta(**span)))
    return made


@pytest.fixture
def here(office: Office, moved: Moved) -> Iterator[Office]:
    furnish(office)
    yield office


def settled(office: Office) -> CarrierTier:
    """Work off what is due, as the thread does, and return the carrier."""
    upkeep = TierUpkeep(office)
    while upkeep.once():
        pass
    return office.store.read_now(carrier_tiers.by_key, USCC)


def codes(row: CarrierTier) -> list[str]:
    return [one["code"] for one in json.loads(str(row.reasons))]


def told(office: Office) -> dict[str, Any] | None:
    return office.store.read_now(feed.standing, "carrier_tier", USCC)


def test_two_grave_checks_tighten_and_each_is_a_reason_with_a_link(here: Office) -> None:
    check(here, "i-1", grave(), days=10)
    assert settled(here).level == "unknown"
    check(here, "i-2", grave(), days=2)
    row = settled(here)
    assert (row.level, row.points, row.checks, row.name) == ("tightened", 40, 2, "示例县顺达危货运输有限公司")
    links = [(one["link"], one["number"], one["on"]) for one in json.loads(str(row.reasons)) if one["code"] == "check"]
    assert links == [("inspection:i-2", "蒙K12345", "2026-11-27"), ("inspection:i-1", "蒙K12345", "2026-11-19")]
    assert str(row.due_at) == "2027-02-17T16:00:00.000Z", "when the older one has faded"
    changes = here.store.read_now(carrier_tiers.changes, USCC)
    assert [(one.was, one.level, one.who) for one in changes] == [("unknown", "tightened", "office")]


def test_a_short_clean_check_and_one_begun_by_mistake_make_nobody_known(here: Office) -> None:
    for number in range(4):
        check(here, f"q-{number}", checklist="fast-lane")
    check(here, "m-1", reason="mistaken")
    check(here, "m-2", outcome="abandoned")
    row = settled(here)
    assert (row.level, row.checks, codes(row)) == ("unknown", 4, ["too_few"])


def test_a_consignors_fault_and_another_carriers_are_not_this_ones(here: Office) -> None:
    other = finding(severity="I", party={"role": "carrier", "name": "别家", "key": "91150000MA0OTHERXX"})
    consignor = finding(severity="I", party={"role": "consignor", "name": "示例化工", "key": "示例化工"})
    for number in range(3):
        check(here, f"i-{number}", other, consignor, days=number)
    assert (settled(here).level, settled(here).points) == ("normal", 0)


def test_what_a_case_drops_counts_no_more_and_what_it_decides_counts(here: Office) -> None:
    check(here, "i-1", grave(), days=3)
    check(here, "i-2", grave(), days=2)
    (case,) = opened(here, grave(), inspection="i-2")
    assert settled(here).level == "tightened"

    def end(**columns: Any) -> None:
        Case.update(**columns).where(Case.id == case.id).execute()
        feed_history.tell(["i-2"])

    here.store.write_now(lambda: end(state="decided", decided_at=NOW))
    row = settled(here)
    assert "case_decided" in codes(row) and row.points == 50
    here.store.write_now(lambda: end(facts='{"no_penalty":"minor"}'))
    assert "case_decided" not in codes(settled(here))
    here.store.write_now(lambda: end(state="closed_no_case", decided_at=None, facts="{}"))
    row = settled(here)
    assert (row.points, codes(row)) == (20, ["too_few", "check"])


def test_a_stop_order_tightens_at_once_and_lifting_it_ends_that(here: Office) -> None:
    row = {"kind": "carrier", "key": USCC, "data": {"name": "甲"}, "as_of": NOW}
    here.store.write_now(lambda: registry.put([row]))
    assert settled(here).level == "unknown" and told(here) is None, "a carrier nobody checked is told of by none"
    issue = {"number": "停〔2026〕1 号", "authority": "示例县", "on": "carrier", "key": USCC, "text": "整顿"}
    order = here.store.write_now(lambda: stop_orders.issue(actor("lead"), **issue))
    assert (settled(here).level, codes(settled(here))) == ("tightened", ["stop_order"])
    assert told(here) is not None
    here.store.write_now(lambda: stop_orders.lift(actor("lead"), int(order.id), "已整改"))
    assert settled(here).level == "unknown"


def test_time_alone_lets_it_be_worked_out_again(here: Office, moved: Moved) -> None:
    check(here, "i-1", grave(), days=80)
    assert settled(here).points == 20
    moved.at += timedelta(days=10)
    assert settled(here).points == 20
    moved.at += timedelta(days=1)
    assert settled(here).points == 10


def test_tablets_hear_it_with_the_gravest_reasons_and_without_links(here: Office) -> None:
    check(here, "i-1", grave(), days=3)
    check(here, "i-2", grave(), days=2)
    settled(here)
    held = told(here)
    assert held is not None and (held["level"], held["points"], held["since"]) == ("tightened", 40, "2026-11-29")
    assert [one["code"] for one in held["reasons"]] == ["rejected_of_last", "check", "check"]
    assert "salt" not in held and "link" not in held["reasons"][1]
    assert here.store.read_now(feed.standing, "feed", "carrier_tier") == {}


def test_of_a_reduced_carrier_tablets_hear_what_they_need_to_draw(here: Office) -> None:
    for number in range(10):
        check(here, f"i-{number}", days=number + 1)
    row, held = settled(here), told(here)
    assert held is not None and (row.level, held["full_percent"]) == ("reduced", 20)
    assert held["salt"] == str(row.salt) and len(held["salt"]) == 16


def by_hand(office: Office, level: str, until: str = "2026-12-31", reason: str = "约谈后观察") -> None:
    office.store.write_now(lambda: tier_hands.set_by_hand(USCC, "lead", level, reason, until))


def test_a_level_set_by_hand_holds_until_its_day_and_everything_of_it_is_kept(here: Office, moved: Moved) -> None:
    for number in range(3):
        check(here, f"i-{number}", days=number + 1)
    assert settled(here).level == "normal"
    by_hand(here, "tightened")
    row, held = settled(here), told(here)
    assert (row.level, row.found, held["level"], held["until"]) == ("tightened", "normal", "tightened", "2026-12-31")
    assert held["reasons"][0] == {"code": "by_hand", "on": "2026-12-31", "text": "约谈后观察"}
    moved.at = clock.read("2026-12-31T15:00:00.000Z")
    assert settled(here).level == "tightened"
    moved.at = clock.read("2026-12-31T16:30:00.000Z")
    assert settled(here).level == "normal", "the day was over in Beijing"
    changes = [(one.who, one.was, one.level) for one in here.store.read_now(carrier_tiers.changes, USCC)]
    assert ("lead", "normal", "tightened") in changes and ("office", "tightened", "normal") in changes
    (audited,) = Audit.select().where(Audit.action == "carrier_tier.set")
    assert audited.who == "lead" and json.loads(audited.detail)["until"] == "2026-12-31"


def test_a_hand_is_ended_before_its_day_with_a_reason(here: Office) -> None:
    for number in range(3):
        check(here, f"i-{number}", days=number + 1)
    settled(here)
    by_hand(here, "tightened")
    with pytest.raises(HandError, match="hand_reason"):
        here.store.write_now(lambda: tier_hands.end_by_hand(USCC, "lead", " "))
    here.store.write_now(lambda: tier_hands.end_by_hand(USCC, "lead", "已整改到位"))
    assert settled(here).level == "normal"
    with pytest.raises(HandError, match="hand_none"):
        here.store.write_now(lambda: tier_hands.end_by_hand(USCC, "lead", "再来一次"))


@pytest.mark.parametrize(
    ("level", "until", "reason", "fault"),
    [
        ("unknown", "2026-12-31", "理由", "hand_level"),
        ("tightened", "2026-12-31", " ", "hand_reason"),
        ("tightened", "2026-11-28", "理由", "hand_until"),
        ("tightened", "2028-01-01", "理由", "hand_until"),
        ("tightened", "soon", "理由", "hand_until"),
        ("tightened", "20261231", "理由", "hand_until"),
        ("tightened", "2026-W53-4", "理由", "hand_until"),
        ("reduced", "2026-12-31", "理由", "hand_unknown"),
    ],
)
def test_what_is_no_hand_is_refused(here: Office, level: str, until: str, reason: str, fault: str) -> None:
    check(here, "i-1")
    settled(here)
    with pytest.raises(HandError, match=fault):
        by_hand(here, level, until, reason)
    assert fault in FAULTS and CarrierTierChange.select().count() == 0


def test_no_hand_hides_what_stands_against_a_carrier(here: Office) -> None:
    check(here, "i-1")
    order = {"number": "停 1", "authority": "示例县", "on": "carrier", "key": USCC, "text": "整顿"}
    here.store.write_now(lambda: stop_orders.issue(actor("lead"), **order))
    settled(here)
    with pytest.raises(HandError, match="hand_standing"):
        by_hand(here, "normal")
    with pytest.raises(KeyError):
        here.store.write_now(lambda: tier_hands.set_by_hand("nobody", "lead", "normal", "理由", "2026-12-31"))


def test_another_formula_judges_everybody_anew(here: Office) -> None:
    check(here, "i-1", grave())
    assert settled(here).points == 20
    formula = replace(load_all().carrier_tiers[-1], in_force_from=date(2026, 1, 1))
    heavier = tuple(replace(one, points=one.points * 2) for one in formula.weights)
    second = replace(formula, version="3", in_force_from=date(2026, 11, 1), weights=heavier)
    ended = replace(formula, in_force_to=date(2026, 10, 31))
    definitions = publish(replace(load_all(), carrier_tiers=(ended, second)))
    here.store.write_now(lambda: packages.publish(here.key, "definitions", definitions))
    row = settled(here)
    assert (row.points, row.formula) == (40, "3")


def test_before_a_formula_is_published_no_tier_is_told(office: Office, moved: Moved) -> None:
    check(office, "i-1", grave())
    assert settled(office).level == "unknown"
    assert told(office) is None and office.store.read_now(feed.standing, "feed", "carrier_tier") is None


def test_one_that_cannot_be_worked_out_stands_in_nobodys_way(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "91150000MA0OTHERXX"
    check(here, "i-1", grave())
    check(here, "i-2", grave(), about={"carrier": other})
    real = tier_facts.facts_of

    def failing(key: str, *rest: Any) -> Any:
        if key == USCC:
            raise ValueError("odd")
        return real(key, *rest)

    monkeypatch.setattr(tier_facts, "facts_of", failing)
    settled(here)
    row, waits = here.store.read_now(carrier_tiers.by_key, other), here.store.read_now(carrier_tiers.waiting)
    assert (str(row.formula), waits) == ("1", 0)
    monkeypatch.setattr(tier_facts, "facts_of", real)
    assert settled(here).points == 0, "tried again in an hour, not at once"


def test_what_happens_while_it_is_worked_out_is_not_lost(here: Office) -> None:
    check(here, "i-1", grave(), days=5)
    (waits,) = here.store.read_now(carrier_tiers.due, 10)
    done = here.store.read_now(carrier_tiers.work_out, *waits)
    moved_on = instant(clock.read(NOW) + timedelta(seconds=1))
    here.store.write_now(lambda: CarrierTier.update(due_at=moved_on).execute())
    here.store.write_now(lambda: carrier_tiers.put(done))
    assert str(here.store.read_now(carrier_tiers.by_key, USCC).due_at) == moved_on


def test_the_list_goes_on_where_a_page_ended_and_counts_its_levels(here: Office) -> None:
    for number in range(7):
        check(here, f"i-{number}", grave(), about={"carrier": f"9115000{number}MA0EXAMPLE"})
    settled(here)
    first = here.store.read_now(lambda: carrier_tiers.page("unknown", limit=4))
    last = first[-1]
    rest = here.store.read_now(lambda: carrier_tiers.page("unknown", after=(last.points, str(last.key)), limit=4))
    assert len({str(one.key) for one in (*first, *rest)}) == 7
    assert here.store.read_now(carrier_tiers.counts) == {"tightened": 0, "unknown": 7, "normal": 0, "reduced": 0}
    found = here.store.read_now(lambda: carrier_tiers.page("unknown", "91150003"))
    assert [str(one.key) for one in found] == ["91150003MA0EXAMPLE"]


def test_people_get_a_sign_once_and_a_check_that_counts_no_more_is_taken_back(here: Office) -> None:
    check(here, "i-1", grave())
    (sign,) = [str(one.sign) for one in PersonSign.select().where(PersonSign.key == DRIVER)]
    check(here, "i-2", grave())
    assert [str(one.sign) for one in PersonSign.select().where(PersonSign.key == DRIVER)] == [sign]
    assert settled(here).level == "tightened"

    def lose() -> None:
        Record.update(state="conflict").where(Record.inspection == "i-2").execute()
        feed_history.tell(["i-2"])

    here.store.write_now(lose)
    assert (settled(here).level, settled(here).checks) == ("unknown", 1)
