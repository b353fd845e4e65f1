"""The office's code before an officer's first PIN: who is asked, what proves him, and that nobody tries for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.inspection.officer_code import FIELD, code_hash, new_code
from mobile.access import Access
from mobile.link import enrolment as enrol
from mobile.lock import vault
from mobile.lock.first_codes import Held
from mobile.lock.vault import FREE_TRIES
from mobile.refusals import Refusal
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.field import AT, line, page

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CODE = "ABCD-EFGH-JKMN"
PIN = "794639"


def proof(code: str = CODE, until: str = "2026-11-24T09:00:00.000Z", device: str = "") -> dict[str, str]:
    return {"hash": code_hash("officer-2", code), "until": until, "device": device}


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def opened(folder: Path, proofs: list[dict[str, str]] | None, *, packed: bool = True) -> tuple[Access, Clock]:
    """A tablet that officer 1 has unlocked; the office told these proofs of officer 2 in its feed or at enrolment."""
    tablet.made(folder, with_packages=False)
    clock = Clock()
    access = Access(folder, clock)
    access.unlock("officer-1", tablet.PIN)
    told = {} if proofs is None else {FIELD: proofs}
    if packed:
        lines = [line("officer", "officer-2", dict(tablet.OFFICERS[1]))]
        lines += [line("officer_codes", "officer-2", told)] if told else []
        store.lay(access.open_store, page(lines), "", AT)
    else:
        access.enrolment = replace(access.enrolled, officers=(tablet.OFFICERS[0], {**tablet.OFFICERS[1], **told}))
    return access, clock


def refused(access: Access, code: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        access.give_code("officer-2", code)
    return caught.value


@pytest.mark.parametrize("packed", [True, False])
def test_the_pin_is_set_after_the_code_and_never_before(tmp_path: Path, packed: bool) -> None:
    access, _clock = opened(tmp_path, [proof()], packed=packed)
    with pytest.raises(Refusal, match="first_code_missing"):
        access.add_officer("officer-2", PIN)
    access.give_code("officer-2", "abcd efgh jkmn")
    access.add_officer("officer-2", PIN)
    access.check_pin("officer-2", PIN)
    assert not access.asks_code("officer-2"), "who has a PIN here is never asked again"


def test_what_a_package_says_goes_before_what_the_enrolment_said(tmp_path: Path) -> None:
    access, _clock = opened(tmp_path, [])
    access.enrolment = replace(access.enrolled, officers=(tablet.OFFICERS[0], {**tablet.OFFICERS[1], FIELD: [proof()]}))
    assert refused(access, CODE).code == "first_code_none"


def test_an_officer_of_whom_the_office_wants_no_code_sets_his_pin_as_before(tmp_path: Path) -> None:
    access, _clock = opened(tmp_path, None)
    assert not access.asks_code("officer-2")
    access.add_officer("officer-2", PIN)
    assert "officer-2" in vault.officers(tmp_path / "keys.json")


@pytest.mark.parametrize(
    ("proofs", "code", "said"),
    [
        ([proof()], "AAAA-BBBB-CCCC", "first_code_wrong"),
        ([proof(until="2026-11-21T08:59:59.000Z")], CODE, "first_code_expired"),
        ([proof(device="dev-2")], CODE, "first_code_elsewhere"),
        ([], CODE, "first_code_none"),
        ([proof(device="dev-2")], "AAAA-BBBB-CCCC", "first_code_none"),
    ],
)
def test_a_code_that_does_not_fit_says_why(tmp_path: Path, proofs: list[Any], code: str, said: str) -> None:
    access, _clock = opened(tmp_path, proofs)
    assert refused(access, code).code == said
    assert access.asks_code("officer-2")


def test_wrong_codes_make_the_wait_longer_also_over_a_restart_and_the_right_one_ends_it(tmp_path: Path) -> None:
    access, clock = opened(tmp_path, [proof()])
    wrong = [refused(access, new_code()) for _ in range(FREE_TRIES)]
    assert [one.facts.get("left") for one in wrong[:-1]] == list(range(FREE_TRIES - 1, 0, -1))
    assert wrong[-1].code == "first_code_wait"
    assert refused(access, CODE).code == "first_code_wait", "the right one waits too"
    access.close()
    again = Access(tmp_path, clock)
    again.unlock("officer-1", tablet.PIN)
    assert refused(again, CODE).code == "first_code_wait"
    clock.now += timedelta(seconds=31)
    again.give_code("officer-2", CODE)
    assert not again.asks_code("officer-2")


def test_a_clock_that_was_turned_back_does_not_lengthen_the_wait(tmp_path: Path) -> None:
    access, clock = opened(tmp_path, [proof()])
    for _ in range(FREE_TRIES):
        refused(access, new_code())
    clock.now -= timedelta(hours=2)
    assert refused(access, CODE).code == "first_code_wait"
    clock.now += timedelta(seconds=31)
    access.give_code("officer-2", CODE)
    assert not access.asks_code("officer-2")


def test_what_was_proven_ends_with_the_lock(tmp_path: Path) -> None:
    access, _clock = opened(tmp_path, [proof()])
    access.give_code("officer-2", CODE)
    access.close()
    access.unlock("officer-1", tablet.PIN)
    assert access.asks_code("officer-2")


def test_the_first_officer_of_a_tablet_is_asked_before_anything_is_kept(tmp_path: Path) -> None:
    folder, tries = tmp_path / "new", Held()
    folder.mkdir()
    row = {**tablet.OFFICERS[1], FIELD: [proof()]}
    made: enrol.Enrolment = replace(tablet.enrolment(), officers=(tablet.OFFICERS[0], row))
    access = Access(folder, Clock())
    assert not access.asks_code("officer-1", made)
    with pytest.raises(Refusal, match="first_code_missing"):
        access.enrol(made, "officer-2", PIN)
    with pytest.raises(Refusal, match="first_code_wrong"):
        access.give_code("officer-2", "AAAA-BBBB-CCCC", made, tries)
    assert not (folder / "keys.json").exists()
    access.give_code("officer-2", CODE, made, tries)
    access.enrol(made, "officer-2", PIN)
    assert access.me.id == "officer-2"
