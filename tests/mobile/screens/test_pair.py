"""The page of two tablets: what it shows and does on the leading tablet and on the joined one."""

import shutil
import threading
import time
from dataclasses import replace

import pytest
import segno

from mobile.inspecting import acts
from mobile.pairing import exchange, frames, letter, sessions
from mobile.pairing.cosignature import in_lead_terms
from mobile.pairing.pairings import Pairings
from mobile.screens.pair import flow
from mobile.screens.pair.peers.state import NEAR
from mobile.sealing import part
from mobile.store import store
from tests.mobile import two

WAYS = ("status", "show", "read", "takeover", "cosign")


class Skin:
    """A screen that keeps what it is shown and whose events can be called."""

    def __init__(self):
        self.state = None
        self.events = {}
        self.threads = set()

    def bind(self, **events):
        self.events.update(events)

    def show(self, state):
        self.state = state
        self.threads.add(threading.current_thread())

    def say(self, event, *said):
        self.events[f"on_{event}"](self, *said)

    def words(self):
        return " ".join(words for _tone, words in self.state.notices)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two enrolled tablets as they lie in their folders, made once."""
    base = tmp_path_factory.mktemp("two")
    two.enrolled(base / "a", "a", "officer-1")
    two.enrolled(base / "b", "b", "officer-2")
    return base


@pytest.fixture
def desks(folders, tmp_path, monkeypatch):
    monkeypatch.setattr(Pairings, "addresses", staticmethod(lambda: ("127.0.0.1",)))
    shutil.copytree(folders, tmp_path, dirs_exist_ok=True)
    a, b = two.unlocked(tmp_path / "a", "officer-1"), two.unlocked(tmp_path / "b", "officer-2")
    for desk in (a, b):
        desk.camera.mkdir()
    a.begin()
    a.put(acts.identify("蒙K12345", "yellow"))
    yield a, b
    a.close()
    b.close()


def opened(desk, mode="status"):
    """The page as the app would open it, also where something else leads there."""
    skin = Skin()

    def show(screen, where):
        if screen == "pair":
            flow.enter(desk, skin, **where)

    desk.navigation.show = show
    desk.go("pair", mode=mode)
    return skin


def photograph(desk, text, name="code.png"):
    segno.make(text, error="l").save(str(desk.camera / name), scale=4, border=4)


def joined(a, b):
    lead = opened(a)
    guest = opened(b, "join")
    photograph(b, lead.state.code)
    guest.say("look")
    return lead, guest


def until(holds, *desks):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        for desk in desks:
            desk.tick()
        time.sleep(0.02)


def test_a_photograph_of_the_code_joins_and_both_hold_the_same(desks):
    a, b = desks
    lead, guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    assert (b.plate, b.held.leads, a.held.leads) == ("蒙K12345", False, True)
    until(lambda: guest.say("look") or guest.state.peers[0].tone == "good", a, b)
    (card,) = guest.state.peers
    assert (card.name, card.role) == ("王强", "主办")
    until(lambda: lead.say("look") or "已互传 2 条" in lead.state.peers[0].words, a, b)
    assert store.in_progress(b.open_store)[0].joined


def test_what_the_lead_decides_leads_a_joined_tablet_to_this_page(desks):
    a, b = desks
    joined(a, b)
    for screen in ("outcome", "sign", "papers", "quick"):
        b.go(screen)
        assert b.screen == "pair"
    a.go("outcome")
    assert a.screen == "outcome"


def test_another_code_and_our_own_are_refused_with_their_word(desks):
    a, b = desks
    lead, guest = opened(a), opened(b, "join")
    photograph(b, "https://example.org")
    guest.say("look")
    assert "不是同事平板的二维码" in guest.words()
    code = lead.state.code
    a.put_down()
    ours = opened(a, "join")
    photograph(a, code)
    ours.say("look")
    assert "本机自己" in ours.words()
    assert not b.has_inspection


def test_a_picture_that_was_there_before_is_read_only_when_asked(desks):
    a, b = desks
    code = opened(a).state.code
    photograph(b, code)
    guest = opened(b, "join")
    guest.say("look")
    assert not b.has_inspection
    guest.say("act", "newest")
    assert b.has_inspection


def test_the_halves_travel_as_pictures_of_codes(desks):
    a, b = desks
    lead, guest = joined(a, b)
    a.pairings.near(a.held.inspection).stop()
    b.put(acts.answer("EQP-14", "does_not_conform"))
    guest.say("act", "show")
    shown = set()
    for _ in range(20):
        shown.add(guest.state.code)
        guest.say("advance")
    guest.say("step", 1)
    assert guest.state.still
    codes = frames.split(b.pairings.near(b.held.inspection).letter("a"))
    assert len(shown) == len(codes)
    lead.say("act", "read")
    for number, text in enumerate((codes[-1], *codes[:-1])):
        photograph(a, text, f"c{number}.png")
        lead.say("look")
    assert "已全部读取" in lead.state.steps[-1]
    assert a.held.fact("x") is None
    assert any(one.item == "EQP-14" for one in a.held.entries)


def test_who_was_not_heard_for_a_while_is_not_near(desks):
    a, b = desks
    lead, _guest = joined(a, b)
    near = a.pairings.near(a.held.inspection)
    until(lambda: near.heard, a, b)
    near.heard = {device: at - 2 * NEAR for device, at in near.heard.items()}
    lead.say("look")
    assert (lead.state.peers[0].tone, "二维码" in lead.state.peers[0].words) == ("unknown", True)


def test_both_pages_say_that_the_officers_differ(desks):
    a, b = desks
    lead, guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    a.put(acts.answer("TNK-05", "conforms"))
    b.put(acts.answer("TNK-05", "does_not_conform"))
    until(lambda: all("意见不一致" in page.words() for page in (lead, guest)), a, b)
    assert a.held.assessment.conflicts and b.held.assessment.conflicts


def test_taking_over_needs_a_reason_and_then_this_tablet_leads(desks):
    a, b = desks
    _lead, guest = joined(a, b)
    guest.say("act", "takeover")
    reasons = [key for key, _words in guest.state.reasons]
    guest.say("take_over", reasons[0])
    assert b.held.leads
    until(lambda: not a.held.leads, a, b)
    assert opened(a).state.code == ""
    with pytest.raises(ValueError, match="reason"):
        acts.take_over(a.held, " ")


def test_who_registers_hands_the_vehicle_over_and_goes_on_with_the_next(desks):
    a, b = desks
    a.role = "register"
    lead, guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    lead.say("look")
    assert (a.registers, lead.state.title, lead.state.may("next")) == (True, "移交检查人员", True)
    guest.say("act", "takeover")
    assert "该平板只登记证件" in [words for _key, words in guest.state.reasons]
    guest.say("take_over", guest.state.reasons[-1][0])
    until(lambda: not a.held.leads, a, b)
    assert not a.registers
    handed = a.held.inspection
    a.start_work = a.begin
    opened(a).say("act", "next")
    assert a.held.inspection != handed and handed in [one.id for one in store.in_progress(a.open_store)]


def test_a_part_is_sealed_by_its_officer_and_the_lead_hears_nothing_new(desks):
    a, b = desks
    _lead, guest = joined(a, b)
    b.put(acts.answer("EQP-14", "conforms"))
    until(lambda: b.held.entries == a.held.entries, a, b)
    guest.say("act", "close")
    assert [one.key for one in guest.state.actions][-1] == "queue"
    (sent,) = store.deliveries(b.open_store)
    assert store.sealed(b.open_store, sent.digest).part["kind"] == "contribution"
    assert store.inspection_state(a.open_store, a.held.inspection) == "in_progress"


def test_a_pairing_that_was_left_can_be_begun_again(desks):
    a, b = desks
    lead, _guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    lead.say("look")
    lead.say("act", "leave")
    near = b.pairings.near(b.held.inspection)
    until(lambda: near.troubles.get("a") in ("pair_closed", "pair_unreachable"), a, b)
    photograph(b, opened(a).state.code, "again.png")
    guest = opened(b, "read")
    guest.say("act", "newest")
    a.put(acts.answer("EQP-14", "conforms"))
    until(lambda: b.held.entries == a.held.entries, a, b)


def test_the_page_is_drawn_on_the_apps_own_thread_alone(desks):
    """In another one the officer may lock the tablet in the middle of it."""
    a, b = desks
    pages = joined(a, b)
    until(lambda: all(page.state.peers and page.state.peers[0].tone == "good" for page in pages), a, b)
    assert {thread for page in pages for thread in page.threads} == {threading.current_thread()}


def test_who_locks_while_another_tablet_is_answered_hears_nothing_of_it(desks, monkeypatch, caplog):
    a, b = desks
    lead, _guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    came, locked, failed, write = threading.Event(), threading.Event(), [], exchange.write

    def answered(store, me, peer, role, **more):
        if role == letter.HOST:
            came.set()
            assert locked.wait(60)
        return write(store, me, peer, role, **more)

    monkeypatch.setattr(exchange, "write", answered)
    monkeypatch.setattr(threading, "excepthook", failed.append)
    near = b.pairings.near(b.held.inspection)
    until(came.is_set, a, b)
    before, shown = near.heard["a"], lead.state
    a.lock()
    locked.set()
    until(lambda: near.heard["a"] > before, a, b)
    assert (a.screen, a.store, lead.state is shown, failed) == ("unlock", None, True, [])
    assert not [one for one in caplog.records if one.levelname in ("ERROR", "CRITICAL")]


def test_locking_stops_everything_that_listens(desks):
    a, b = desks
    joined(a, b)
    address = a.pairings.near(a.held.inspection).addresses[0]
    a.close()
    from mobile.pairing import guest
    from mobile.refusals import Refusal

    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post((address,), b"x")


def test_equal_entries_and_law_give_both_tablets_one_draft(desks):
    a, b = desks
    joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    held = sessions.load(b.open_store, b.held.inspection)
    assert part.draft(*in_lead_terms(b.held, b.device_facts, held)) == part.draft(a.held, a.device_facts)
    other = replace(held.peer("a"), facts={"definitions": [{"name": "definitions", "digest": "x"}], "site": ""})
    assert part.draft(*in_lead_terms(b.held, b.device_facts, held.knowing(other))) != part.draft(a.held, a.device_facts)


def test_practice_pairs_with_nobody(desks):
    a, _b = desks
    a.practising = True
    told = []
    a.tell = lambda refusal: told.append(refusal.code)
    flow.enter(a, Skin())
    assert (a.screen, told) == ("walk", ["pair_practice"])


def test_the_screen_draws_every_part_and_its_buttons_are_heard(desks, driver, heard):
    from mobile.screens.pair.view import PairScreen

    a, b = desks
    _lead, guest = joined(a, b)
    until(lambda: b.held.entries == a.held.entries, a, b)
    screen = driver.show(PairScreen())
    said = heard(screen, "on_act")
    for size in ((1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)):
        driver.set_device(*size)
        for mode in WAYS:
            b.go("pair", mode=mode)
            screen.show(guest.state)
            driver.step(3)
            for action in guest.state.actions:
                driver.tap_id(action.key)
                assert said.pop() == (action.key,)
