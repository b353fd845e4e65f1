"""Whose something is, is what a certificate and a signature prove; the rest is kept and counts for nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checklists.crypto import SigningKey, new_signing_key, sign_mapping
from checklists.inspection.entries import Entry, merge
from checklists.records.origin import Source, judge, may_seal, may_withdraw, photo_holds, states
from checklists.records.record import certificate
from checklists.wire import canonical, digest, to_plain

OFFICE, OTHER_OFFICE = new_signing_key(), new_signing_key()
KEYS = {device: new_signing_key() for device in ("t1", "t2", "p1")}
AGENCY = {"t1": "T", "t2": "T", "p1": "P"}
OFFICERS = {"wang": "T", "liu": "P"}


def paper(device: str, office: SigningKey = OFFICE) -> dict[str, Any]:
    told = {
        "public": KEYS[device].public,
        "agency": AGENCY[device],
        "prefix": "T1",
        "issued_at": "2026-01-01T00:00:00Z",
    }
    return certificate(office, device=device, **told)


def entry(device: str, seq: int, officer: str = "", **changes: Any) -> Entry:
    officer = officer or {"T": "wang", "P": "liu"}[AGENCY[device]]
    told = {"agency": OFFICERS.get(officer, AGENCY[device]), "at": "2026-11-21T01:30:00.000Z", "kind": "answer"}
    base = {"id": f"{device}-{seq}", "inspection": "i", "device": device, "seq": seq, "officer": officer, **told}
    return Entry(**{**base, "item": "EQP-14", "value": {"result": "conforms"}, **changes})


def part(device: str, *entries: Entry, kind: str = "inspection", said: tuple[Any, ...] = (), **changes: Any) -> Source:
    told = {"kind": kind, "device": device, "certificate": paper(device), "statements": list(said), **changes}
    return Source.of(told, entries, OFFICE.public)


def statement(device: str, *entries: Entry, key: str = "", **changes: Any) -> dict[str, Any]:
    own = merge(one for one in entries if one.device == device)
    said = {"inspection": "i", "device": device, "count": len(own)}
    said |= {"digest": digest(canonical([to_plain(one) for one in own])), "certificate": paper(device), **changes}
    return sign_mapping(KEYS[key or device], said)


def found(*parts: Source) -> tuple[list[str], dict[str, str], frozenset[str]]:
    judged = judge(parts, "i", OFFICE.public, OFFICERS)
    doubts = {one.entry.id: one.reason for one in judged.doubts}
    return [one.id for one in judged.entries], doubts, judged.agencies


def test_what_a_device_sealed_itself_counts() -> None:
    assert found(part("t1", entry("t1", 1), entry("t1", 2))) == (["t1-1", "t1-2"], {}, {"T"})


def test_what_stands_in_another_devices_name_without_its_word_does_not_count() -> None:
    assert found(part("t1", entry("t1", 1), entry("p1", 2))) == (["t1-1"], {"p1-2": "unsigned"}, {"T"})


def test_what_its_device_sealed_in_a_contribution_counts() -> None:
    lead = part("t1", entry("t1", 1), entry("p1", 2))
    assert found(lead, part("p1", entry("p1", 2), kind="contribution")) == (["t1-1", "p1-2"], {}, {"T", "P"})


def test_what_its_device_signed_in_the_leads_part_counts() -> None:
    theirs = (entry("p1", 2), entry("p1", 4))
    lead = part("t1", entry("t1", 1), *theirs, said=(statement("p1", *theirs),))
    assert found(lead) == (["t1-1", "p1-2", "p1-4"], {}, {"T", "P"})


@pytest.mark.parametrize(
    "said",
    [
        statement("p1", entry("p1", 2), key="t1"),
        statement("p1", entry("p1", 2), inspection="other"),
        statement("p1", entry("p1", 2), certificate=paper("p1", OTHER_OFFICE)),
        statement("p1", entry("p1", 2), certificate=paper("t2")),
        statement("p1", entry("p1", 2), count=2),
        statement("p1", entry("p1", 3)),
        {"device": "p1"},
        {"device": "p1", "certificate": 5},
    ],
)
def test_a_statement_that_does_not_hold_proves_nothing(said: dict[str, Any]) -> None:
    assert not states(said, [entry("p1", 2)], "i", OFFICE.public)
    assert found(part("t1", entry("t1", 1), entry("p1", 2), said=(said,)))[1] == {"p1-2": "unsigned"}


def test_the_version_that_its_device_signed_counts_and_a_changed_copy_does_not() -> None:
    mine, changed = entry("p1", 2), replace(entry("p1", 2), value={"result": "does_not_conform"})
    lead, theirs = part("t1", entry("t1", 1), changed), part("p1", mine, kind="contribution")
    for order in ((lead, theirs), (theirs, lead)):
        judged = judge(order, "i", OFFICE.public, OFFICERS)
        assert [one.value["result"] for one in judged.entries if one.id == "p1-2"] == ["conforms"]
        assert [(one.entry, one.reason) for one in judged.doubts] == [(changed, "unsigned")]


def test_a_part_under_a_certificate_of_another_office_proves_nothing() -> None:
    foreign = part("p1", entry("p1", 2), kind="contribution", certificate=paper("p1", OTHER_OFFICE))
    assert found(part("t1", entry("t1", 1)), foreign) == (["t1-1"], {"p1-2": "unsigned"}, {"T"})


def test_an_entry_of_another_inspection_does_not_count() -> None:
    assert found(part("t1", entry("t1", 1, inspection="other")))[1] == {"t1-1": "other_inspection"}


def test_an_agency_is_that_of_the_certificate_or_the_one_of_an_officer_whom_the_office_knows() -> None:
    two = part("t1", entry("t1", 1), entry("t1", 2, "liu"))
    assert found(two) == (["t1-1", "t1-2"], {}, {"T", "P"})
    for officer in ("wang", "somebody"):
        assert found(part("t1", entry("t1", 1, officer, agency="P")))[1:] == ({"t1-1": "agency"}, frozenset())


def test_an_empty_contribution_takes_no_part() -> None:
    assert found(part("t1", entry("t1", 1)), part("p1", kind="contribution"))[2] == {"T"}


def test_nobody_answers_in_the_name_of_an_officer_who_works_on_another_tablet() -> None:
    forged = part("p1", entry("p1", 9, "wang"), kind="contribution")
    assert found(part("t1", entry("t1", 1)), forged) == (["t1-1"], {"p1-9": "elsewhere"}, {"T"})
    signs = part("p1", entry("p1", 9, "wang", kind="signature", item="officer:wang"), kind="contribution")
    assert found(part("t1", entry("t1", 1)), signs)[1] == {}


def test_who_took_over_on_another_agencys_tablet_replaces_nothing_that_he_said_before() -> None:
    moved = (entry("p1", 8, "wang", kind="takeover", item="lead"), entry("p1", 9, "wang"))
    judged = judge((part("t1", entry("t1", 1)), part("p1", *moved)), "i", OFFICE.public, OFFICERS)
    assert [(one.id, one.officer) for one in judged.entries] == [
        ("t1-1", "wang"), ("p1-8", "wang (P)"), ("p1-9", "wang (P)"),
    ]  # fmt: skip


def test_two_agencies_with_one_officer_id_mean_two_people() -> None:
    judged = judge(
        (part("t1", entry("t1", 1, "x")), part("p1", entry("p1", 2, "x", agency="P"), kind="contribution")),
        "i",
        OFFICE.public,
        OFFICERS,
    )
    assert sorted(one.officer for one in judged.entries) == ["x (P)", "x (T)"]


def test_one_agency_does_not_take_back_what_another_wrote() -> None:
    mine = entry("t1", 1)
    for officer in ("liu", "wang"):
        theirs = entry("p1", 9, officer, withdraws="t1-1", kind="answer", item="EQP-01")
        counted, doubts, _agencies = found(part("t1", mine), part("p1", theirs, kind="contribution"))
        assert "t1-1" in counted
        assert doubts == {"p1-9": "withdraws" if officer == "liu" else "elsewhere"}
    judged = judge((part("t1", mine), part("p1", entry("p1", 9, withdraws="t1-1"))), "i", OFFICE.public, OFFICERS)
    assert [one.withdraws for one in judged.entries] == [None, None]
    assert judged.left_out == frozenset()


@pytest.mark.parametrize(
    ("by", "target", "may"),
    [
        (entry("t1", 2, "liu"), entry("t1", 1), True),  # one tablet, two officers: the tablet vouches for both
        (entry("t2", 2), entry("t1", 1), True),  # the same officer on another tablet of his agency
        (entry("t2", 2, "other"), entry("t1", 1), False),
        (entry("p1", 2, "wang"), entry("t1", 1), False),
        (entry("p1", 2, kind="signature", value={"role": "driver", "name": "b"}),
         entry("t1", 1, kind="signature", value={"role": "driver", "name": "a"}), True),
        (entry("p1", 2, kind="signature", value={"role": "officer", "name": "b"}),
         entry("t1", 1, kind="signature", value={"role": "officer", "name": "a"}), False),
        (entry("p1", 2), entry("t1", 1, kind="signature", value={"role": "driver"}), False),
    ],
)  # fmt: skip
def test_one_takes_back_ones_own(by: Entry, target: Entry, may: bool) -> None:
    assert may_withdraw(by, target, AGENCY) is may


def test_the_opener_seals_or_who_took_over() -> None:
    opened, joined = entry("t1", 1), entry("p1", 2)
    assert may_seal("t1", (opened, joined))
    assert not may_seal("p1", (opened, joined))
    assert may_seal("p1", (opened, joined, entry("p1", 3, kind="takeover", item="lead")))
    assert may_seal("t1", ())


def test_a_photo_is_that_of_its_tablet_or_the_one_that_the_entry_names() -> None:
    shot = entry("t1", 1, kind="photo", value={"sha256": "a", "thumbnail": {"sha256": "b"}})
    assert photo_holds(shot, "t1", "original", "whatever")
    assert photo_holds(shot, "p1", "original", "a")
    assert photo_holds(shot, "p1", "thumbnail", "b")
    assert not photo_holds(shot, "p1", "original", "c")
    assert not photo_holds(shot, "p1", "working", "c")
    assert photo_holds(None, "p1", "original", "c")
