"""Two tablets of one post over real sockets on loopback: one line, who has whom in hand, and nothing taken unseen."""

import shutil
import time

import pytest

from checklists.inspection.line import line
from mobile.inspecting import acts
from mobile.pairing import exchange, hands, invite, letter
from mobile.pairing.pairings import Pairings
from mobile.refusals import Refusal
from mobile.screens.line import flow
from mobile.store import line as lines
from mobile.store import store
from tests.mobile import two


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    base = tmp_path_factory.mktemp("post")
    two.enrolled(base / "a", "a", "officer-1")
    two.enrolled(base / "b", "b", "officer-2")
    return base


@pytest.fixture
def desks(folders, tmp_path, monkeypatch):
    monkeypatch.setattr(Pairings, "addresses", staticmethod(lambda: ("127.0.0.1",)))
    shutil.copytree(folders, tmp_path, dirs_exist_ok=True)
    a, b = two.unlocked(tmp_path / "a", "officer-1"), two.unlocked(tmp_path / "b", "officer-2")
    for desk in (a, b):
        desk.said = []
        desk.tell = desk.said.append
    yield a, b
    a.close()
    b.close()


def paired(a, b):
    code = a.pairings.open_post().invite()
    told = invite.read(
        code, b.access.enrolled.server_key, lambda device: exchange.revoked(b.open_store, device), invite.POST_START
    )
    b.pairings.join_post(told)
    until(lambda: a.pairings.beside.peers and b.pairings.beside.peers, b, a)


def until(holds, *desks):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        for desk in desks:
            desk.tick()
        time.sleep(0.02)


def soon(b):
    """Let the tablet that asks ask at once: nobody waits three seconds in a test."""
    b.pairings.beside.hurry()


def seen(desk):
    return line(lines.steps(desk.open_store))


def adds(desk, vehicle, plate=""):
    flow.put(desk, vehicle, "came", {"plate": plate, "colour": "yellow"} if plate else {"sort": "tank"})


def test_what_one_puts_in_line_the_other_takes_and_both_see_who_has_it(desks):
    a, b = desks
    paired(a, b)
    adds(a, "v1", "蒙K12345")
    adds(b, "v2")
    soon(b)
    until(lambda: len(seen(a)) == len(seen(b)) == 2, b, a)
    b.go("queue")
    flow.take(b, "v1")
    assert (b.screen, b.plate, b.has_inspection) == ("identify", "", True)
    until(lambda: [one.state for one in seen(a)] == ["taken", "waiting"], b, a)
    (take,) = seen(a)[0].takes
    assert (take.name, take.device) == ("李敏", "b")
    a.go("queue")
    flow.take(a, "v1")
    assert not a.has_inspection
    until(lambda: hands.in_hand(a.pairings.beside.peers[0]), b, a)
    assert [one["inspection"] for one in hands.in_hand(a.pairings.beside.peers[0])] == [b.held.inspection]


def test_without_contact_each_goes_on_and_what_both_took_is_told_to_both(desks):
    a, b = desks
    paired(a, b)
    adds(a, "v1")
    soon(b)
    until(lambda: seen(b), b, a)
    a.pairings.beside.stop()
    until(lambda: "pair_unreachable" in b.pairings.beside.troubles.values() or soon(b), b, a)
    for desk in (a, b):
        desk.go("queue")
        flow.take(desk, "v1")
        assert desk.has_inspection
    a.pairings.stop()
    assert a.pairings.beside is not None  # as after unlocking: the post is paired still, and answers again
    soon(b)
    until(lambda: a.said and b.said, b, a)
    for desk, other in ((a, "李敏"), (b, "王强")):
        assert [(one.code, one.facts["name"]) for one in desk.said] == [("line_taken_twice", other)]
        assert flow.clashes(desk) == [("", other)]
    flow.put(b, "v1", "back")
    until(lambda: not flow.clashes(a) and not flow.clashes(b), b, a)
    assert [take.device for take in seen(b)[0].takes] == ["a"]


def test_the_same_plate_in_two_checks_is_told_though_it_stood_in_no_line(desks):
    a, b = desks
    paired(a, b)
    for desk in (a, b):
        desk.begin()
        desk.put(acts.identify("蒙K12345", "yellow"))
    soon(b)
    until(lambda: a.said and b.said, b, a)
    assert {(one.code, one.facts["plate"]) for one in (*a.said, *b.said)} == {("line_taken_twice", "蒙K12345")}


def test_an_empty_check_that_is_laid_away_puts_its_vehicle_back(desks):
    a, _b = desks
    adds(a, "v1")
    a.go("queue")
    flow.take(a, "v1")
    a.put_down()
    assert [one.state for one in flow.vehicles(a)] == ["waiting"]


def test_a_check_begun_beside_the_line_takes_the_vehicle_of_its_plate(desks):
    a, _b = desks
    adds(a, "v1", "蒙K12345")
    a.begin()
    a.put(acts.identify("蒙K12345", "yellow"))
    assert [one.state for one in flow.vehicles(a)] == ["taken"]


def test_a_line_that_was_sealed_does_not_come_back_from_the_other_tablet(desks):
    a, b = desks
    paired(a, b)
    adds(a, "v1")
    soon(b)
    until(lambda: seen(b), b, a)
    a.pairings.leave_post()
    lines.clear(a.open_store)
    soon(b)
    until(lambda: "pair_unreachable" in b.pairings.beside.troubles.values(), b, a)
    assert (seen(a), lines.paired(a.open_store)) == ((), "")
    paired(a, b)
    adds(a, "v2")
    soon(b)
    until(lambda: len(seen(b)) == 2, b, a)
    assert [one.id for one in seen(a)] == ["v2"]


def test_another_line_a_step_too_large_and_an_older_question_are_refused(desks):
    a, b = desks
    paired(a, b)
    ours, theirs = a.pairings.beside, b.pairings.beside
    peer = theirs.session.peer("a")
    with pytest.raises(Refusal, match="pair_forged"):
        theirs.read(ours.write(ours.session.peer("b"), letter.HOST, echo="x"), letter.HOST, b.now(), echo="y")
    lines.add(b.open_store, "b", ("officer-2", "李敏"), b.at, "v9", ("came", {"picture": "x" * 30_000}))
    with pytest.raises(Refusal, match="pair_malformed"):
        ours.read(theirs.write(peer, letter.GUEST), letter.GUEST, a.now())
    lines.clear(b.open_store)
    theirs.about = "another"
    with pytest.raises(Refusal, match="pair_other_inspection"):
        ours.read(theirs.write(peer, letter.GUEST), letter.GUEST, a.now())
    assert seen(a) == ()


def test_a_code_of_the_post_is_no_code_of_a_check(desks):
    a, _b = desks
    code = a.pairings.open_post().invite()
    assert invite.is_post(code) and not invite.is_invite(code)


def test_numbers_go_on_after_the_line_was_forgotten(desks):
    a, _b = desks
    adds(a, "v1")
    adds(a, "v2")
    lines.clear(a.open_store)
    adds(a, "v3")
    assert [one.number for one in lines.steps(a.open_store)] == [3]
    assert store.setting(a.open_store, "line_number") == 3
