"""A wiped tablet says why, what is kept and what is gone; its screen can be touched."""

from datetime import UTC, datetime

import pytest

from mobile.lock.trustee import Entrusted
from mobile.screens.wiped.state import wiped_state
from mobile.store.wipe_status import Wiped
from mobile.words import words

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
OFFICE = Entrusted("云岭旗联合检查办公室", "dev-1", "T1", "key", "box", "wrapped", 20)


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def state(left=3, **more):
    told = {"why": "tries", "at": "2026-11-26T08:30:00.000Z", "office": OFFICE, "done": True}
    return wiped_state(Wiped(**{**told, "records": 2, "unfinished": 1, "photos": 9, **more}), left, NOW)


def test_it_says_how_many_checks_are_kept_and_for_whom() -> None:
    shown = state()
    assert shown.title == "Evidence of 3 checks is kept for the office"
    kept = shown.facts[0][1]
    assert OFFICE.office in kept and "2 sealed records · 1 unfinished check · 9 photo files" in kept
    assert (shown.may_save, shown.may_enrol, shown.may_retry) == (True, True, False)


def test_it_says_why() -> None:
    assert "wrong PINs" in state().why and "16:30" in state().why
    assert "revoked" in state(why="revoked").why


def test_with_nothing_left_there_is_nothing_to_save() -> None:
    shown = state(left=0)
    assert (shown.title, shown.may_save, len(shown.facts)) == ("Nothing on this tablet waits for the office", False, 1)


def test_what_could_not_be_removed_is_named_first_and_not_all_of_it() -> None:
    names = tuple(f"IMG_{number}.jpg" for number in range(9))
    tone, said = state(remaining=names[:1]).facts[0]
    assert tone == "danger" and said.startswith("1 file could not be removed") and said.endswith("IMG_0.jpg")
    tone, said = state(left=0, remaining=names).facts[0]
    assert tone == "danger" and "9 files" in said and "IMG_5.jpg …" in said and "IMG_6" not in said
    words.lang = "zh_CN"
    assert "没能删除" in state(remaining=names).facts[0][1]


def test_pictures_that_were_never_taken_in_are_counted_for_who_looks_after_the_tablet() -> None:
    tone, said = state(others=2).facts[0]
    assert tone == "stale" and "2" in said
    assert said not in [one for _tone, one in state().facts]


def test_a_damaged_store_that_no_file_holds_is_not_offered_to_be_saved() -> None:
    told = Wiped("tries", "2026-11-26T08:30:00.000Z", OFFICE, done=True, unfinished=1)
    alone, beside = wiped_state(told, 1, NOW, aside=1), wiped_state(told, 3, NOW, aside=1)
    assert not alone.may_save and "hand the tablet itself" in alone.next and "USB" not in alone.next
    assert beside.may_save and "hand the tablet itself" in beside.next and "USB" in beside.next


def test_before_the_evidence_is_put_aside_nothing_but_a_retry_is_offered() -> None:
    shown = state(done=False)
    assert (shown.may_save, shown.may_enrol, shown.may_retry, shown.facts) == (False, False, True, ())
    assert "nothing is lost" in shown.next


@pytest.mark.parametrize("size", [(1280, 800, 10.1), (1024, 600, 7.0), (800, 1280, 10.1)])
def test_its_buttons_can_be_touched_on_every_size(driver, heard, size) -> None:
    from mobile.screens.wiped.view import WipedScreen

    driver.set_device(*size)
    screen = driver.show(WipedScreen())
    screen.show(state())
    driver.step(3)
    said = heard(screen, "on_save"), heard(screen, "on_enrol")
    driver.tap_id("save")
    driver.tap_id("enrol_again")
    assert [len(one) for one in said] == [1, 1]
