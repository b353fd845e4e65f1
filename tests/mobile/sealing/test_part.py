"""The part that is sealed: its shape as released, and what its draft's digest covers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checklists.crypto import verify
from checklists.records.record import FORMAT
from checklists.wire import canonical, digest
from mobile.inspecting import acts, decision
from mobile.sealing import part
from mobile.sealing.part import Device
from tests.mobile import story

GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-part-1.json"
SIGNATURE = GOLDEN.with_suffix(".signature").read_text().split()
DEVICE = Device({"device": "tablet-officer-1", "prefix": "D01", "agency": "T"}, {"offset_ms": 0}, "G109")


def built(held: Any, **more: Any) -> dict[str, Any]:
    given = {"part_id": "p", "sealed_at": story.AT, "device_seq": 1, "previous": None}
    return part.build(held, DEVICE, **{**given, **more})


def test_the_released_part_still_has_its_digest_and_its_signature() -> None:
    body = GOLDEN.read_bytes()
    assert digest(body) == SIGNATURE[0]
    assert verify(SIGNATURE[1], body, SIGNATURE[2])


def test_reading_and_writing_the_released_part_gives_the_same_bytes() -> None:
    assert canonical(json.loads(GOLDEN.read_bytes())) == GOLDEN.read_bytes()


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
