"""The part that is sealed: its shape as released, and what its draft's digest covers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checklists.crypto import verify
from checklists.findings.outcome import ABANDONED
from checklists.inspection.capture import Position, Taken, position_of, taken_of
from checklists.inspection.entries import Entry
from checklists.papers.paper import signature, unproven
from checklists.records.record import FORMAT
from checklists.wire import canonical, digest, from_plain
from checklists.words import say
from mobile.inspecting import acts, conclusion, decision, quick_check
from mobile.inspecting.manifest import manifest, taken_back
from mobile.sealing import part
from mobile.sealing.part import Device
from tests.mobile import story

GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-part-1.json"
ABANDONED_PART = GOLDEN.with_stem("sealed-part-1-abandoned")
WITH_LINK = GOLDEN.with_stem("sealed-part-way-back-1")
RELEASED = (GOLDEN, GOLDEN.with_stem("sealed-part-2"), ABANDONED_PART, WITH_LINK)
"""As released first; with silence, a refusal before a body camera, who vouches for a PIN and who was present; and with
positions, times of photos, a withdrawn photo, and the check abandoned; and with the digest of the party's link."""
DEVICE = Device({"device": "tablet-officer-1", "prefix": "D01", "agency": "T"}, {"offset_ms": 0}, "G109")


def built(held: Any, **more: Any) -> dict[str, Any]:
    given = {"part_id": "p", "sealed_at": story.AT, "device_seq": 1, "previous": None}
    return part.build(held, DEVICE, **{**given, **more})


@pytest.mark.parametrize("released", RELEASED)
def test_a_released_part_still_has_its_digest_and_its_signature(released: Path) -> None:
    body = released.read_bytes()
    named, public, signature = released.with_suffix(".signature").read_text().split()
    assert digest(body) == named
    assert verify(public, body, signature)


@pytest.mark.parametrize("released", RELEASED)
def test_reading_and_writing_a_released_part_gives_the_same_bytes(released: Path) -> None:
    assert canonical(json.loads(released.read_bytes())) == released.read_bytes()


def test_the_words_of_a_released_part_go_on_to_mean_the_same() -> None:
    entries = from_plain(tuple[Entry, ...], json.loads(RELEASED[1].read_bytes())["entries"])
    held = replace(story.nothing(), entries=entries)
    assert conclusion.said_nothing(held, "driver") and conclusion.said_nothing(held, "escort")
    signed = {one.value["name"]: one.value for one in held.all_of("signature")}
    assert [name for name, value in signed.items() if unproven(value)] == ["李敏"]
    assert "执法记录仪编号：DSJ-00871" in signature(signed["李卫东"], say("zh_CN")).text
    assert quick_check.second_named(held).value["confirmed_at"] == "2026-11-21T01:12:00.000Z"


@pytest.mark.parametrize("golden", RELEASED, ids=lambda one: one.stem)
def test_the_entries_of_a_released_part_still_name_its_photos(golden: Path) -> None:
    released = json.loads(golden.read_bytes())
    assert manifest(from_plain(Entry, one) for one in released["entries"]) == released["photos"]


def test_a_released_part_still_says_when_where_why_taken_back_and_abandoned() -> None:
    released = json.loads(ABANDONED_PART.read_bytes())
    entries = [from_plain(Entry, one) for one in released["entries"]]
    first, second = (one for one in entries if one.kind == "photo")
    assert taken_of(first.value) == Taken("2026-11-21T01:31:00.000Z", "camera", "2026-11-21T01:35:00.000Z")
    place = Position("40.842000", "111.749000", "2026-11-21T01:29:58.000Z", "gpsd", 9)
    assert (
        position_of(first.value) == place == position_of(next(one for one in entries if one.kind == "position").value)
    )
    assert (second.value["no_position"], taken_of(second.value)) == (
        "no_fix",
        Taken("2026-11-21T01:32:00.000Z", "file"),
    )
    (back,) = taken_back(entries)
    (why,) = (one for one in entries if one.kind == "withdrawn")
    assert (back, why.withdraws, why.value["reason"]) == (second, second.id, "拍成了别的车辆或物品")
    assert (released["outcome"]["decided"], released["outcome"]["reason"]) == (ABANDONED, "开错车辆")


def test_a_part_has_the_keys_of_the_released_one() -> None:
    released = json.loads(GOLDEN.read_bytes())
    assert released["format"] == FORMAT
    assert set(built(story.seen())) == set(released)


def test_the_draft_does_not_change_by_what_sealing_gives() -> None:
    held = story.seen()
    early = built(held)
    late = built(held, part_id="q", device_seq=9, previous="d", papers=[{"kind": "record"}])
    assert part.draft_digest(early) == part.draft_digest(late) == part.draft(held, DEVICE)


def test_the_draft_does_not_change_by_a_signature_and_does_by_a_statement() -> None:
    held = story.seen()
    signed = story.after(held, acts.sign("driver", "张建国", [[0, 0, 9, 9]]))
    said = story.after(held, acts.statement("不是我装的"))
    assert part.draft(signed, DEVICE) == part.draft(held, DEVICE) != part.draft(said, DEVICE)


def test_every_finding_has_its_rows_frozen() -> None:
    held = story.seen()
    rows = built(held)["rows"]
    assert {one["id"] for one in rows["items"]} == {one.item for one in held.assessment.findings}
    assert {one["code"] for one in rows["violations"]} == {one.violation for one in held.assessment.findings}


def test_the_outcome_says_what_was_proposed_and_what_was_decided() -> None:
    held = story.seen()
    decided = story.after(held, acts.decide(held, "seize", correct_by="2026-11-28"))
    assert decision.outcome(held) == {"proposed": "hold", "decided": None, "reason": None}
    assert decision.outcome(decided)["decided"] == "seize"
    assert decision.outcome(decided)["correct_by"] == "2026-11-28"


def test_the_manifest_names_every_photo_with_its_entry() -> None:
    file = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg"}
    held = story.after(story.seen(), acts.photo({**file, "thumbnail": file}, "EQP-14"))
    (photo,) = built(held)["photos"]
    assert photo["original"] == photo["thumbnail"] == file
    assert photo["entry"] == held.entries[-1].id
