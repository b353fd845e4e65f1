"""T12: a paper in the hand is genuine, or its tablet was revoked, its number voided, or it is another vehicle's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.papers.paper import text_of
from checklists.records.paper_proof import About, check, stated
from checklists.wire import digest, instant
from mobile.inspecting import acts
from mobile.screens.genuine import flow
from mobile.sealing import paperwork, seal, void_number
from mobile.store import store, voids
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, officer_signs, signed
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import hear, line, opened, rows_page
from tests.mobile.screens.test_lesson import Screen
from tests.mobile.screens.test_quick import confirmed

RECORD = {"record": "ab" * 32, "text": digest(b"x"), "sealed_at": story.AT}


@pytest.fixture(autouse=True)
def chinese() -> None:
    words.lang = "zh_CN"


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    held, _shown = tablet.shown(tablet.made(tmp_path))
    held.unlock("officer-1", tablet.PIN)
    yield held
    held.close()


def verdict(desk: Any, text: str) -> tuple[str, str]:
    """What the screen says of a code, and in which tone."""
    screen = Screen()
    flow.enter(desk, screen, text=text)
    return screen.state.title, screen.state.tone


def proof(kind: str, number: str, about: About | None = None) -> str:
    """The code of a paper of a colleague's tablet."""
    return paperwork.prove(KEY, DEVICE.certificate, kind=kind, number=number, about=about, **RECORD)


def a_pass(plate: str, hours: float = 24) -> str:
    until = datetime.now(UTC) + timedelta(hours=hours)
    return proof("pass", "D01-C000001", About(plate, "1830", until.isoformat()))


def test_no_office_is_named_beside_a_forged_code(desk: Any) -> None:
    text, screen = proof("record", "D01-R000001"), Screen()
    for told, named in ((text, True), (text[:-1] + ("0" if text[-1] != "0" else "1"), False)):
        flow.enter(desk, screen, text=told)
        assert (words.say("Office") in dict(screen.state.rows)) == named


def test_what_the_office_said_of_a_tablet_and_of_a_number_is_said_without_a_network(desk: Any) -> None:
    text = proof("record", "D01-R000001")
    assert verdict(desk, text) == ("文书真实", "good")
    hear(desk.open_store, line("void", "D01-R000001", {"kind": "record", "replaced_by": "D01-R000002"}))
    assert verdict(desk, text) == ("已作废", "danger")
    assert verdict(desk, proof("record", "D01-R000002")) == ("文书真实", "good")
    hear(desk.open_store, line("revoked", "tablet-officer-1", {"label": "D01"}))
    assert [verdict(desk, one)[1] for one in (text, proof("record", "D01-R000002"))] == ["danger"] * 2
    assert verdict(desk, text)[0] == "签发设备已吊销"


def test_a_genuine_record_is_not_said_to_be_in_order(desk: Any) -> None:
    """Its vehicle may be held: only a pass says that it may go."""
    for text, warns in ((proof("record", "D01-R000001"), True), (a_pass("蒙K12345"), False)):
        screen = Screen()
        flow.enter(desk, screen, text=text)
        assert ("不等于车辆合格" in screen.state.detail) is warns


def test_it_is_said_too_while_the_packages_are_not_here(tmp_path: Path) -> None:
    held, _shown = tablet.shown(tablet.made(tmp_path, with_packages=False))
    held.unlock("officer-1", tablet.PIN)
    store.lay(held.open_store, rows_page([]), "", story.AT)
    hear(held.open_store, line("revoked", "tablet-officer-1", {"label": "D01"}))
    assert verdict(held, proof("record", "D01-R000001"))[1] == "danger"
    held.close()


def test_a_pass_names_its_vehicle_and_is_none_for_another_one(desk: Any) -> None:
    assert verdict(desk, a_pass("蒙K12345")) == ("文书真实：蒙K12345", "good")
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    assert verdict(desk, a_pass("蒙K·12345"))[1] == "good"
    assert verdict(desk, a_pass("蒙K54321")) == ("他车文书：蒙K54321", "danger")
    assert verdict(desk, a_pass("蒙K12345", hours=-1)) == ("已过有效时间：蒙K12345", "unknown")


@pytest.mark.parametrize("paper", [lambda: proof("record", "D01-R000001"), lambda: a_pass("蒙?12345")])
def test_a_paper_whose_code_does_not_tell_the_vehicle_that_stands_there_is_never_green(desk: Any, paper: Any) -> None:
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    screen = Screen()
    flow.enter(desk, screen, text=paper())
    assert screen.state.tone == "unknown" and screen.state.title.startswith("文书真实，车辆未比对")
    assert "是否为现场车辆的文书，不能判断" in screen.state.detail


def test_a_tablet_knows_its_own_void_at_once_and_the_next_number_is_genuine(tmp_path: Path) -> None:
    opened_ = opened(tmp_path)
    held = story.valid(story.seen())
    seal.seal(opened_, kept(opened_, signed()), DEVICE, enrolment(), NOW)
    spoilt = seal.papers(opened_, "inspection-1")[1][0]
    void_number.void(opened_, "inspection-1", spoilt.number, "打印损坏", held.officer, DEVICE, enrolment(), NOW)
    fresh = seal.papers(opened_, "inspection-1")[1][1]
    known, key = voids.Voided(opened_), enrolment().server_key
    assert [check(one.proof, key, void=known).state for one in (spoilt, fresh)] == ["void", "genuine"]


def test_the_pass_of_a_clean_check_carries_plate_goods_and_time_also_after_a_void(tmp_path: Path) -> None:
    opened_ = opened(tmp_path)
    held = kept(opened_, officer_signs(confirmed(), story.WANG))
    seal.seal(opened_, held, DEVICE, enrolment(), NOW)
    (given,) = [one for one in seal.papers(opened_, "inspection-1")[1] if one.kind == "pass"]
    void_number.void(opened_, "inspection-1", given.number, "打印损坏", held.officer, DEVICE, enrolment(), NOW)
    again = [one for one in seal.papers(opened_, "inspection-1")[1] if one.kind == "pass"][-1]
    for one in (given, again):
        said = stated(one.proof)
        assert (said.number, said.plate, said.goods) == (one.number, "蒙K12345", "1830 蒙K1234挂 quick")
        assert said.until == instant(NOW + timedelta(hours=24))
        assert "有效至：2026-11-22 09:55" in text_of(one.notice)
    assert again.number != given.number
