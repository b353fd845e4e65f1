"""Evidence: what a case needs, what the record holds, what is missing on the road, what is got later."""

from itertools import count

import pytest

from checklists.facts.situation import situation
from checklists.findings.assessment import judge
from checklists.findings.proof import Held, prove
from checklists.inspection.entries import Entry
from checklists.law.model import EVIDENCE_BY, Evidence
from tests.loaded import load_law

LAW = load_law()
KINDS = {
    "overall": Evidence("overall", {}, "photo"),
    "closeup": Evidence("closeup", {}, "photo"),
    "weighed": Evidence("weighed", {}, "fact", paths=("seen.gross_mass_kg", "seen.levels")),
    "statement": Evidence("statement", {}, "statement"),
    "record": Evidence("record", {}, "signature", who="driver"),
    "officers": Evidence("officers", {}, "signature", who="officer", least=2),
    "interview": Evidence("interview", {}, "office"),
}
AT = "2026-11-21T01:30:00.000Z"


def held(*said, **facts):
    number = count(1)
    entries = tuple(
        Entry(f"e{seq}", "i", "A", seq, "a", "T", AT, kind, item, value)
        for (kind, item, value), seq in zip(said, number, strict=False)
    )
    photos = [one for one in entries if one.kind == "photo"]
    return Held.of(situation({"at": AT, **facts}), entries, photos)


def missing(needed, *said, **facts):
    return prove(tuple(needed.split()), KINDS, held(*said, **facts), ("PLA-02",)).missing


def test_nothing_taken_yet_lacks_all_that_can_be_taken_on_the_road():
    found = prove(tuple(KINDS), KINDS, held(), ("PLA-02",), "CN-PLA-02")
    assert found.missing == tuple(one for one in KINDS if one != "interview")
    assert (found.later, found.present) == (("interview",), ())


def test_one_photo_serves_one_kind_in_the_order_needed():
    assert missing("overall closeup", ("photo", "PLA-02", {})) == ("closeup",)
    assert missing("overall closeup", ("photo", "PLA-02", {}), ("photo", "PLA-02", {})) == ()


def test_a_photo_that_names_its_kind_serves_that_one():
    assert missing("overall closeup", ("photo", "PLA-02", {"evidence": "closeup"})) == ("overall",)


def test_two_photos_of_one_kind_do_not_serve_another():
    twice = ("photo", "PLA-02", {"evidence": "closeup"})
    assert missing("overall closeup", twice, twice) == ("overall",)


def test_a_photo_of_another_item_serves_nothing_here():
    assert missing("overall", ("photo", "EQP-14", {})) == ("overall",)


def test_a_fact_counts_by_any_of_its_paths_and_an_empty_one_does_not():
    assert missing("weighed", seen={"gross_mass_kg": 44920}) == ()
    assert missing("weighed", seen={"levels": {"": 80}}) == ()
    assert missing("weighed", seen={"levels": {}}) == ("weighed",)


def test_a_statement_needs_words():
    assert missing("statement", ("statement", "driver", {"text": "没有异议"})) == ()
    assert missing("statement", ("statement", "driver", {"text": "  "})) == ("statement",)


def test_a_refusal_to_sign_holds_with_a_witness_or_a_body_camera_only():
    refused = {"role": "driver", "name": "张建国", "refused": "拒签"}
    assert missing("record", ("signature", "driver:张建国", refused)) == ("record",)
    assert missing("record", ("signature", "driver:张建国", {**refused, "witness": "王五"})) == ()
    assert missing("record", ("signature", "driver:张建国", {**refused, "recorder": "DSJ-00871"})) == ()


def test_two_officers_sign_and_one_twice_is_one():
    one, other = ({"role": "officer", "name": name} for name in ("甲", "乙"))
    assert missing("officers", ("signature", "officer:甲", one), ("signature", "officer:甲", one)) == ("officers",)
    assert missing("officers", ("signature", "officer:甲", one), ("signature", "officer:乙", other)) == ()


def test_a_kind_that_the_data_lack_is_left_for_later():
    assert prove(("unheard-of",), KINDS, held(), ("PLA-02",)).later == ("unheard-of",)


def test_every_kind_that_a_violation_needs_is_in_the_data():
    needed = {code for row in LAW.violations for code in row.evidence}
    assert needed <= LAW.evidence.keys()
    assert LAW.evidence.keys() == needed


def test_every_national_violation_needs_the_record_the_statement_and_two_officers():
    rows = [row for row in LAW.violations if row.code.startswith("CN-")]
    assert all({"record", "statement", "officers"} < set(row.evidence) for row in rows)


@pytest.mark.parametrize("kind", LAW.evidence.values(), ids=lambda one: one.code)
def test_every_kind_says_what_provides_it(kind):
    assert kind.by in EVIDENCE_BY
    assert bool(kind.paths) == (kind.by == "fact")
    assert bool(kind.who) == (kind.by == "signature")


def test_paths_of_facts_are_paths_of_a_situation():
    for kind in LAW.evidence.values():
        for path in kind.paths:
            unit, _, name = path.partition(".")
            shape = type(situation({"at": AT, "waybill": {}, "terminal": {}, unit: {}}).__dict__[unit])
            assert name in shape.__dataclass_fields__, path


def test_the_evidence_stands_beside_the_findings(definitions, tables, clean):
    clean["seen"]["panels"]["front"]["un"] = "1832"
    entries = (Entry("p", "i", "A", 1, "a", "T", AT, "photo", "PLA-02", {}),)
    found = judge(definitions, tables, entries, situation(clean), definitions.checklists["cn-joint"])
    assert [(one.item, one.violation) for one in found.evidence] == [
        (one.item, one.violation) for one in found.findings
    ]
    (proof,) = [one for one in found.evidence if one.item == "PLA-02"]
    assert proof.present == ("overall",)
    assert proof.missing == ("closeup", "statement", "record", "officers")
    assert "PLA-02" not in found.proposal.missing_evidence


def test_signing_changes_the_evidence_and_no_finding(definitions, tables, clean):
    clean["seen"]["panels"]["front"]["un"] = "1832"
    signed = Entry("s", "i", "A", 2, "a", "T", AT, "signature", "driver:张", {"role": "driver", "name": "张"})
    before, after = (
        judge(definitions, tables, entries, situation(clean), definitions.checklists["cn-joint"])
        for entries in ((), (signed,))
    )
    assert before.findings == after.findings
    assert before.evidence != after.evidence
