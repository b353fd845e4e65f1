"""A sealed part with what came after the first golden one: not verified, several faults, papers, the party's word."""

import json
from pathlib import Path

from checklists.crypto import verify
from checklists.findings.assessment import assess
from checklists.records.check_history import entries_of
from checklists.wire import canonical, digest, to_plain
from server.gate import shape

GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-part-unverified-1.json"
BODY = GOLDEN.read_bytes()
PART = json.loads(BODY)


def test_it_still_has_its_digest_and_its_signature():
    told, public, signature = GOLDEN.with_suffix(".signature").read_text().split()
    assert digest(BODY) == told and verify(public, BODY, signature) and canonical(PART) == BODY


def test_the_office_opens_it():
    assert shape.opened(BODY, PART["format"]) == (PART, None)


def test_its_entries_still_give_its_findings_and_what_could_not_be_verified(definitions, tables):
    now = assess(definitions, tables, entries_of(PART), PART["opened_at"], PART["checklist"])
    assert to_plain(now.findings) == PART["findings"]
    assert [(one.item.id, one.why) for one in now.unverified] == [("LIC-08", "not_shown"), ("TNK-05", "not_reachable")]
    assert [one.case for one in now.findings if one.item == "EQP-02"] == ["", "more:1"]


def test_a_paper_against_the_registry_and_the_partys_word_are_read(definitions, tables):
    now = assess(definitions, tables, entries_of(PART), PART["opened_at"], PART["checklist"]).situation
    assert now.differing == {"trailer.permit.valid_until": "2026-10-31"}
    assert (now.driver.phone, now.driver.address) == ("13800000000", "示例旗某路1号")
    assert now.seen.panels["front"].blank and now.seen.levels == {"": 87}
