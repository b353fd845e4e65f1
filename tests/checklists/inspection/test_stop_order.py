"""A stop order of a post: until when it stands, what is signed of it, and which row of the list it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from checklists.crypto import SigningKey
from checklists.facts.site import Order
from checklists.inspection.stop_order import GIVE, OrderAct, about, bases, last_day, row, signed
from checklists.records.origin import act_doubt
from checklists.records.record import certificate
from checklists.wire import from_plain
from tests.loaded import load_all

ACT = OrderAct(GIVE, "T1-S000001", "联合检查站", "vehicle", "蒙K12345黄", "罐体泄漏", "拦停", 3)
DAY = date(2026, 11, 29)
OFFICE = SigningKey(bytes(32))


@pytest.mark.parametrize(("days", "last"), [(1, DAY), (3, date(2026, 12, 1)), (0, None)])
def test_the_first_day_counts_and_none_stands_until_it_is_lifted(days: int, last: date | None) -> None:
    assert last_day(replace(ACT, days=days), DAY) == last


def test_it_becomes_an_order_that_every_rule_reads() -> None:
    order = from_plain(Order, row(ACT, DAY))
    assert (order.number, order.since, order.closed_on) == (ACT.number, DAY, date(2026, 12, 2))
    assert (order.kind, order.on, order.text) == ("stop", "vehicle", "罐体泄漏；拦停")


def test_every_word_of_it_is_signed() -> None:
    at, given = "2026-11-29T08:00:00.000Z", signed(ACT, "T-9", "2026-11-29T08:00:00.000Z")
    others = [replace(ACT, days=0), replace(ACT, key="蒙K12346"), replace(ACT, why="x"), replace(ACT, basis="x")]
    assert given not in {*(signed(one, "T-9", at) for one in others), signed(ACT, "T-8", at), signed(ACT, "T-9", "")}


def test_the_acts_on_one_order_are_about_one_thing() -> None:
    assert about("甲", "1") == about("甲", "1") != about("乙", "1")


def test_what_this_version_does_not_know_is_left_out() -> None:
    plain = {name: getattr(ACT, name) for name in OrderAct.__dataclass_fields__}
    assert OrderAct.of({**plain, "of_later": 1}) == ACT


def test_whose_an_act_is_say_certificate_and_office() -> None:
    paper = certificate(OFFICE, device="d", public="k", agency="T", prefix="T1", issued_at="2026-11-01T00:00:00.000Z")
    part = {"kind": "order", "device": "d", "certificate": paper}
    known = {"T-9": "T", "P-9": "P"}
    assert act_doubt(part, "T-9", OFFICE.public, known) == ""
    assert act_doubt(part, "P-9", OFFICE.public, known) == "agency" == act_doubt(part, "x", OFFICE.public, known)
    assert act_doubt({**part, "device": "e"}, "T-9", OFFICE.public, known) == "unsigned"
    assert act_doubt(part, "T-9", SigningKey(bytes([1]) * 32).public, known) == "unsigned"


def test_only_verified_clauses_may_stand_under_it_and_none_of_holding_is() -> None:
    definitions = load_all()
    assert definitions.measures["H"].basis == ()
    assert all(not one.startswith("行政强制法") for one in bases(definitions, "T", DAY))
