"""Lists and counts that look at so many rows at once: nothing is passed over, and what was not looked at is said."""

from __future__ import annotations

import pytest

from server.accounts import Scope
from server.office import Office
from server.store import counted, reading
from server.store.counted import Counted
from server.store.models import Record
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
