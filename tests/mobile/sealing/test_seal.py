"""Sealing on the tablet: who must have signed, and all or nothing when the power goes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from checklists.crypto import verify
from checklists.papers.paper import text_of
from checklists.wire import digest
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.sealing import abandonment, seal, signatures
from mobile.store import chain as bottom
from mobile.store import store
from tests.mobile import story
from tests.mobile.closing import DEVICE, NOW, answered, decided, driver_signs, enrolment, kept, officer_signs, signed
from tests.mobile.field import entry, opened


def test_a_sealed_inspection_has_its_record_and_an_order_for_each_authority(tmp_path: Path) -> None:
    held = opened(tmp_path)
    sealed = seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    named, papers = seal.papers(held, "inspection-1")
    assert [one.number for one in papers] == ["D01-R000001", "D01-O000001", "D01-O000002", "D01-H000001"]
    assert [one["digest"] for one in sealed.part["papers"]] == [digest(text_of(one.notice).encode()) for one in papers]
    assert named == sealed.digest
    assert verify(enrolment().key.public, sealed.body, sealed.signature)


def test_an_order_of_the_other_authority_goes_out_in_its_name(tmp_path: Path) -> None:
    held = opened(tmp_path)
    seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    _, papers = seal.papers(held, "inspection-1")
    assert [one.notice.office for one in papers[1:3]] == ["示例旗交通运输综合行政执法大队", "公安机关交通管理部门"]


def test_the_sealed_record_waits_in_the_outbox(tmp_path: Path) -> None:
    held = opened(tmp_path)
    sealed = seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    assert [one.digest for one in store.waiting_records(held)] == [sealed.digest]
    assert store.inspection_state(held, "inspection-1") == "sealed"


@pytest.mark.parametrize(
    ("make", "lacking"),
    [
        (story.seen, ("open", "undecided", "driver", "officers")),
        (answered, ("undecided", "driver", "officers")),
        (decided, ("driver", "officers")),
        (lambda: driver_signs(decided()), ("officers",)),
        (lambda: officer_signs(driver_signs(decided()), story.WANG), ("officers",)),
        (lambda: officer_signs(officer_signs(driver_signs(decided()), story.WANG), story.WANG), ("officers",)),
        (signed, ()),
    ],
)
def test_what_is_missing_before_the_seal_is_named(make, lacking: tuple[str, ...]) -> None:
    assert signatures.missing(make(), DEVICE) == lacking


def test_nothing_is_sealed_while_a_second_officer_is_missing(tmp_path: Path) -> None:
    held = opened(tmp_path)
    alone = kept(held, officer_signs(driver_signs(decided()), story.WANG))
    with pytest.raises(Refusal) as refused:
        seal.seal(held, alone, DEVICE, enrolment(), NOW)
    assert refused.value.facts["why"] == ("officers",)
    assert store.next_paper_number(held, "record") == 1


def test_a_signature_of_an_earlier_draft_does_not_count_and_can_be_given_again(tmp_path: Path) -> None:
    held = opened(tmp_path)
    late = story.after(signed(), acts.statement("还有一句"))
    assert signatures.missing(late, DEVICE) == ("driver", "officers")
    sealed = seal.seal(held, kept(held, signed(late)), DEVICE, enrolment(), NOW)
    assert sum(one["kind"] == "signature" for one in sealed.part["entries"]) == 6


def test_a_refusal_to_sign_is_a_signature_with_a_witness(tmp_path: Path) -> None:
    held = opened(tmp_path)
    refused = driver_signs(decided(), refused=True, witness="赵六")
    whole = officer_signs(officer_signs(refused, story.WANG), story.LI)
    seal.seal(held, kept(held, whole), DEVICE, enrolment(), NOW)
    _, papers = seal.papers(held, "inspection-1")
    assert "拒绝签字；见证人：赵六" in text_of(papers[0].notice)


@pytest.mark.parametrize("step", ["_next", "keep_setting", "sealed_row", "want_photos"])
def test_a_kill_while_sealing_leaves_an_inspection_that_can_be_sealed(tmp_path: Path, step: str) -> None:
    held = opened(tmp_path)
    whole = kept(held, signed())
    store.release(held)
    child = os.fork()
    if child == 0:
        setattr(bottom, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        seal.seal(opened(tmp_path), whole, DEVICE, enrolment(), NOW)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert store.inspection_state(held, "inspection-1") == "in_progress"
    assert seal.papers(held, "inspection-1") == ("", ())
    seal.seal(held, whole, DEVICE, enrolment(), NOW)
    assert seal.papers(held, "inspection-1")[1][0].number == "D01-R000001"


def test_what_another_tablet_wrote_since_the_last_signature_is_not_left_out_of_the_record(tmp_path: Path) -> None:
    held = opened(tmp_path)
    whole = kept(held, signed())
    theirs = entry("inspection-1", 400, device="tablet-officer-2", officer="officer-2", item="VEH-01")
    store.take_in(held, theirs)
    for act in (
        lambda: seal.seal(held, whole, DEVICE, enrolment(), NOW),
        lambda: abandonment.abandon(held, answered(), DEVICE, enrolment(), "误建", NOW),
    ):
        with pytest.raises(Refusal, match="draft_changed"):
            act()
        assert store.inspection_state(held, "inspection-1") == "in_progress"
    assert store.next_paper_number(held, "record") == 1 and store.deliveries(held) == ()
    sealed = seal.seal(held, signed(whole.adding((theirs,))), DEVICE, enrolment(), NOW)
    assert theirs.id in {one["id"] for one in sealed.part["entries"]}


def test_a_second_seal_is_refused_and_gives_no_number(tmp_path: Path) -> None:
    held = opened(tmp_path)
    whole = kept(held, signed())
    seal.seal(held, whole, DEVICE, enrolment(), NOW)
    with pytest.raises(Refusal, match="inspection_closed"):
        seal.seal(held, whole, DEVICE, enrolment(), NOW)
    assert store.next_paper_number(held, "record") == 2


def test_a_pdf_is_made_from_the_record_any_number_of_times(tmp_path: Path) -> None:
    held = opened(tmp_path)
    seal.seal(held, kept(held, signed()), DEVICE, enrolment(), NOW)
    path = seal.make_pdf(held, "inspection-1", "D01-R000001", tmp_path / "papers")
    path.unlink()
    again = seal.make_pdf(held, "inspection-1", "D01-R000001", tmp_path / "papers")
    assert again.read_bytes().startswith(b"%PDF-")
