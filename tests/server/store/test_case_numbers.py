from __future__ import annotations

import pytest

from server import clock
from server.cases.opening import CaseDraft
from server.office import Office
from server.store import cases


@pytest.mark.parametrize(
    ("at", "year"),
    [("2026-12-31T17:30:00.000Z", "2027"), ("2026-12-31T15:59:59.999Z", "2026"), ("2027-01-01T00:00:00.000Z", "2027")],
)
def test_a_case_carries_the_year_of_the_laws_zone(
    office: Office, monkeypatch: pytest.MonkeyPatch, at: str, year: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    draft = CaseDraft("T", "carrier", "某公司", "key", ())
    case = office.store.write_now(lambda: cases.put("an inspection", [draft]))[0]
    assert case.number == f"T-{year}-00001"
