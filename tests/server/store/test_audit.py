"""The log of who did what: what changed is in the chain, old rows hold as before, and whatever is changed shows."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.wire import canonical, digest
from server.office import Office
from server.store import audit
from server.store.office_models import Audit


def row(office: Office, subject: str = "x", **told: Any) -> None:
    office.store.write_now(lambda: audit.note(who="wang", action="view", subject=subject, **told))


def old_row(office: Office) -> None:
    """A row as it was written before `detail`."""
    told = {"at": "2026-01-01T00:00:00.000Z", "who": "li", "action": "view", "subject": "old", "purpose": "case"}
    before = "0" * 64
    made = digest(canonical({"previous": before, **told}))
    office.store.write_now(lambda: Audit.create(prev_hash=before, hash=made, **told))


def test_rows_of_before_and_rows_with_a_change_are_one_chain(office: Office) -> None:
    old_row(office)
    row(office)
    row(office, detail={"role": ["handler", "leader"]})
    told = audit.verify()
    assert (told.rows, told.broken_at, told.last) == (3, None, str(audit.page()[0].hash))
    assert audit.detail_of(audit.page()[0]) == {"role": ["handler", "leader"]}
    assert audit.detail_of(audit.page()[2]) == {}


@pytest.mark.parametrize("column", ["at", "who", "action", "subject", "purpose", "detail", "hash", "prev_hash"])
@pytest.mark.parametrize("which", [1, 2, 3])
def test_whatever_is_changed_in_a_row_shows(office: Office, which: int, column: str) -> None:
    old_row(office)
    row(office)
    row(office, detail={"role": ["handler", "leader"]})
    office.store.write_now(lambda: Audit.update(**{column: "{}"}).where(Audit.id == which).execute())
    assert audit.verify().broken_at == which


def test_a_change_that_is_taken_out_of_a_row_shows(office: Office) -> None:
    row(office, detail={"role": ["handler", "leader"]})
    office.store.write_now(lambda: Audit.update(detail=None).execute())
    assert audit.verify().broken_at == 1


def test_a_row_taken_from_the_middle_shows_and_one_from_the_end_to_who_knows_it(office: Office) -> None:
    for subject in "abc":
        row(office, subject)
    last = audit.verify().last
    office.store.write_now(lambda: Audit.delete().where(Audit.subject == "c").execute())
    assert audit.verify().broken_at is None and not audit.verify(last).found
    office.store.write_now(lambda: Audit.delete().where(Audit.subject == "a").execute())
    assert audit.verify().broken_at == 2


def test_the_log_is_narrowed_by_who_what_when_and_about_what(office: Office) -> None:
    for subject, who in (("case:1", "wang"), ("case:2", "li"), ("user:li", "sun")):
        office.store.write_now(lambda who=who, subject=subject: audit.note(who=who, action="view", subject=subject))
    found = {
        name: [one.subject for one in audit.page(wanted)]
        for name, wanted in {
            "who": audit.Wanted(who="li"),
            "text": audit.Wanted(text="case"),
            "action": audit.Wanted(action="vi"),
            "none": audit.Wanted(action="user."),
            "since": audit.Wanted(since="2999"),
        }.items()
    }
    assert found == {
        "who": ["case:2"],
        "text": ["case:2", "case:1"],
        "action": ["user:li", "case:2", "case:1"],
        "none": [],
        "since": [],
    }
    assert audit.count(audit.Wanted(text="case")) == 2


def test_a_change_names_what_differs_alone() -> None:
    assert audit.changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4, "d": 5}) == {
        "b": [2, 4],
        "c": [3, None],
        "d": [None, 5],
    }
