"""Lists and counts that look at so many rows at once: nothing is passed over, and what was not looked at is said."""

from __future__ import annotations

from typing import Any

import pytest

from server.accounts import Scope
from server.office import Office
from server.store import counted, reading
from server.store.counted import Counted
from server.store.models import Case, Record, ServerFinding
from server.store.reading import Wanted

MANY, EVERY = 40, 7
T = Scope(frozenset({"T"}))
WANTED = (
    Wanted(),
    Wanted(severity="I"),
    Wanted(since="2026-01-01", until="2026-03-01"),
    Wanted(need="alarm"),
    Wanted(state="processed", severity="I", since="2026-01-01"),
)


@pytest.fixture
def road(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Forty checks, every seventh of which the agency T sees."""
    monkeypatch.setattr(counted, "LOOKED", 5)
    monkeypatch.setattr(counted, "MOST", 3)
    rows = [
        {
            "digest": f"{number:064x}",
            "part": f"p-{number}",
            "kind": "inspection",
            "format": 1,
            "inspection": f"i-{number}",
            "device": "d",
            "device_seq": number,
            "signature": "",
            "receipt": "",
            "state": "processed",
            "alarm": number % 2 == 0,
            "severity": "I" if number % 3 else "",
            "agencies": "|T|" if number % EVERY == 0 else "|P|",
            **dict.fromkeys(("sealed_at", "received_at", "inspected_at"), f"2026-0{1 + number % 4}-0{1 + number % 9}"),
        }
        for number in range(MANY)
    ]
    office.store.write_now(lambda: Record.insert_many(rows).execute())
    return office


@pytest.mark.parametrize("wanted", WANTED)
def test_page_by_page_everything_that_fits_is_listed_once(road: Office, wanted: Wanted) -> None:
    found, before = [], None
    for _ in range(MANY):
        page = reading.page(T, wanted, before=before, limit=2)
        found += [int(one.id) for one in page.rows]
        before = page.more
        if before is None:
            break
    assert page.ended and len(found) == len(set(found)) == reading.count(T, wanted) > 0


def test_a_page_that_looked_at_no_more_says_so(road: Office) -> None:
    page = reading.page(Scope(frozenset({"M"})), Wanted(), limit=10)
    assert page.rows == [] and page.more and not page.ended


def test_a_count_ends_and_says_that_there_may_be_more(road: Office) -> None:
    all_, mine, nobodys = (reading.counts(scope).alarms for scope in (Scope(None), T, Scope(frozenset({"M"}))))
    assert (all_.told, mine.told, nobodys.told) == ("3+", "0+", "0+")
    assert mine and not Counted(0), "what was not looked at is not none"
    assert (Counted(1000, more=True) + Counted(2)).told == "1,002+"


HEADS = {
    **{state: Wanted(state=state) for state in reading.WAITING},
    **{need: Wanted(need=need) for need in reading.NEEDS},
}


def record(number: int, **told: Any) -> dict[str, Any]:
    times = dict.fromkeys(("sealed_at", "received_at", "inspected_at"), "2026-01-01T00:00:00.000Z")
    text = {"digest": f"{number:064x}", "part": f"p-{number}", "signature": "", "receipt": "", "device": "d"}
    held = {"kind": "inspection", "format": 1, "device_seq": number, "state": "processed", "alarm": False}
    return {**times, **text, **held, "inspection": f"i-{number}", "agencies": "|T|P|", **told}


def case(number: int, inspection: int, agency: str, keeper: str, active: int) -> dict[str, Any]:
    told = {"id": f"c-{number}", "number": f"n-{number}", "inspection": f"i-{inspection}", "party_key": f"k-{number}"}
    text = {"party_role": "carrier", "party_name": "x", "opened_at": "2026-01-01", "state": "opened"}
    return {**told, **text, "agency": agency, "keeper": keeper, "active": active}


def furnished() -> None:
    """Checks with open cases, ended ones, others' and two of one; and parts that are not alone, but wait."""
    part = {"kind": "contribution", "inspection": "i-1"}
    rows = [record(number) for number in range(1, 7)]
    rows += [record(7, **part, state="received"), record(8, **part, state="parked"), record(9, **part, alarm=True)]
    rows += [record(10, **part), record(11, inspection="i-2", state="conflict"), record(12, alarm=True)]
    Record.insert_many(rows).execute()
    told = [(1, "T", "T", 1), (1, "T", "T", 1), (2, "M", "T", 1), (3, "T", "M", 1), (4, "T", "T", 0), (5, "P", "P", 1)]
    Case.insert_many([case(number, *one) for number, one in enumerate(told)]).execute()
    found = {"record": "x", "sense": "fuller", "difference": "new", "finding": "{}", "found_at": "x"}
    ServerFinding.insert_many([{**found, "inspection": f"i-{number}"} for number in (1, 1, 2, 6)]).execute()


@pytest.mark.parametrize(("agency", "cased"), [("T", 3), ("P", 1), ("M", 1), ("", 4)])
def test_each_head_of_the_inbox_counts_what_its_list_has(office: Office, agency: str, cased: int) -> None:
    office.store.write_now(furnished)
    scope = Scope(frozenset({agency}) if agency else None)
    counts = reading.counts(scope)
    told = {**counts.states, "alarm": counts.alarms, "new": counts.new, "case": counts.cases}
    assert told == {name: reading.count(scope, wanted) for name, wanted in HEADS.items()}
    assert told == {name: len(reading.page(scope, wanted).rows) for name, wanted in HEADS.items()}
    assert told["case"] == cased and (agency == "M" or told["received"] == 1)
