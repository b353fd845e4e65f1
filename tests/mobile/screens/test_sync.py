"""The sync centre says of each record and photo what the office holds, and what needs the officer."""

import json
import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import segno

from checklists.records import hub
from mobile.app import LujianApp
from mobile.link import hubs
from mobile.link.link_state import LinkState
from mobile.screens.sync.state import Left, Sent, SentPhoto, SyncState, sync_state
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.field import DEVICE, OFFICE
from tests.mobile.screens.test_camera import Lens

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
AT = "2026-11-21T02:41:00.000Z"


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def row(state, link=LinkState(), **more):  # noqa: B008 - a frozen value
    sent = Sent("d" * 64, "蒙K12345", "yellow", AT, state, **more)
    return sync_state(link, [sent], (), (1, 0), NOW).rows[0]


def photos(*states):
    return [SentPhoto("PLA-02", "original", state, 0, 300_000, entry=str(n)) for n, state in enumerate(states)]


def test_a_waiting_record_says_that_it_is_on_this_tablet() -> None:
    found = row("waiting")
    assert (found.state, found.tone, found.may_retry) == ("Waiting to be sent", "unknown", False)
    assert "On this tablet" in found.lines[0][1]


def test_a_delivered_record_names_its_receipt() -> None:
    found = row("delivered", receipt={"received_at": AT})
    assert (found.state, found.tone) == ("Delivered", "good")
    assert found.lines == (("good", "Receipt of 10:41, digest dddddddddddd"),)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("device_not_heard", "It has not heard of this tablet"),
        ("device_revoked", "reach the office itself once"),
        ("hub_ended", "The office lets it in no more"),
        ("storage_full", "It has no space left"),
        ("tls_untrusted", "compare the clocks"),
        ("internal", "It does not take this (internal)"),
    ],
)
def test_what_is_wrong_with_the_hub_is_said_beside_that_the_office_is_away(code: str, said: str) -> None:
    link = LinkState(code="link_refused", by_hub="H0001", hub_trouble=code, finished_at=NOW)
    words_ = sync_state(link, (), (), (1, 0), NOW).link
    assert words_.startswith("The office cannot be reached. The hub H0001: ") and said in words_


def test_photos_are_counted_and_keep_the_record_from_being_done() -> None:
    found = row(
        "delivered", receipt={"received_at": AT}, photos=photos("received", "received", "received", "wanted", "wanted")
    )
    assert (found.state, found.tone) == ("Record delivered, photos waiting", "unknown")
    assert ("neutral", "3/5 photos at the office") in found.lines


def test_a_photo_is_at_the_office_once_all_its_files_are() -> None:
    files = [SentPhoto("PLA-02", role, "received", 0, 9, entry="e") for role in ("original", "thumbnail")]
    late = SentPhoto("PLA-02", "working", "wanted", 0, 9, entry="e")
    said = [row("delivered", photos=some).lines[-1] for some in (files, [*files, late])]
    assert said == [("good", "1/1 photos at the office"), ("neutral", "0/1 photos at the office")]


def test_a_refused_record_says_why_and_can_be_sent_again() -> None:
    found = row("rejected", problem={"code": "signature_invalid", "detail": ""})
    assert (found.state, found.may_retry) == ("Needs you", True)
    assert found.lines[-1] == ("danger", "Needs you because: The record's signature does not hold.")


def test_a_refused_photo_says_which_and_why() -> None:
    refused = SentPhoto("PLA-02", "original", "refused", 0, 9, {"code": "photo_too_large", "detail": ""})
    found = row("delivered", receipt={"received_at": AT}, photos=[refused])
    assert "Photo of PLA-02 needs you because: The photo is larger than the office takes." in found.lines[-1][1]


def test_what_needs_the_officer_stands_first() -> None:
    sent = [Sent(name, "", "", AT, state) for name, state in (("a", "delivered"), ("b", "waiting"), ("c", "rejected"))]
    assert [one.digest for one in sync_state(LinkState(), sent, (), (2, 0), NOW).rows] == ["c", "b", "a"]


def test_a_dead_link_says_why_and_when_it_is_tried_again() -> None:
    link = LinkState(code="link_refused", failures=1, finished_at=NOW, next_try=NOW + timedelta(seconds=20))
    state = sync_state(link, (), (), (1, 2), NOW)
    assert "nobody answers" in state.link
    assert state.next_try == "Next try in 20 seconds (11:00)"
    assert state.summary == "Still to send: 1 record · 2 photo files"
    later = replace(link, next_try=NOW + timedelta(seconds=242))
    assert sync_state(later, (), (), (1, 2), NOW).next_try == "Next try in 4 minutes (11:04)"


def test_a_stopped_link_is_not_promised_another_try() -> None:
    link = LinkState(code="device_revoked", stopped=True, finished_at=NOW)
    state = sync_state(link, (), (), (0, 0), NOW)
    assert (state.link_tone, state.next_try) == ("danger", "It is not tried again by itself.")


def left(link: LinkState = LinkState(), **more: object) -> SyncState:  # noqa: B008 - a frozen value
    return sync_state(link, (), (), (1, 2), NOW, left=Left(**more))  # type: ignore[arg-type]


def test_bytes_and_time_left_are_said_at_the_pace_of_the_last_files() -> None:
    assert left(size=3_000_000).summary.endswith("2 photo files · 3 MB")
    assert left(LinkState(bytes_per_s=10_000), size=3_000_000).summary.endswith(" · 3 MB, about 5 minutes")
    assert left(size=0).summary.endswith("2 photo files")


def test_pictures_that_wait_are_not_counted_and_can_be_let_go() -> None:
    waits = left(size=3_000_000, originals=2_000_000, held_back=True)
    assert waits.summary.endswith(" · 1 MB") and waits.originals == "Send full-size pictures over this line (2 MB)"
    assert left(size=3_000_000, originals=2_000_000).originals == "Let full-size pictures wait"
    assert left(size=3_000_000).originals == ""


def test_a_hub_is_told_as_what_it_is_and_can_be_left() -> None:
    link = LinkState(code="link_refused", by_hub="H-1", finished_at=NOW)
    found = sync_state(link, (), (), (1, 0), NOW, hub="H-1")
    assert "hub H-1 holds what waits" in found.link and found.link_tone != "good"
    assert found.hub == "Go by the hub H-1 no more"
    assert left().hub == "Read the code of a hub"


def test_what_a_hub_holds_is_not_told_as_delivered() -> None:
    found = row("waiting", on_hub=True)
    assert found.state == "Waiting to be sent" and "A hub holds a copy" in found.lines[0][1]


# -- the code of a hub


def code_of(label: str, kind: str = hub.KIND) -> str:
    made = hub.certificate(
        OFFICE, hub=label, public=DEVICE.public, label=label, agency="", area="", issued_at=AT, until="2099-01-01"
    )
    return json.dumps({"lujian": kind, "url": "https://10.0.0.9", "ca": "", "certificate": made})


def picture(folder, name, text, ago_s=0):
    folder.mkdir(exist_ok=True)
    segno.make(text, error="l").save(str(folder / name), scale=4)
    then = time.time() - ago_s
    os.utime(folder / name, (then, then))


@pytest.fixture
def app(driver, tmp_path):
    words.lang = "zh_CN"
    made = LujianApp(tablet.made(tmp_path / "tablet"), camera=tmp_path / "camera", lock_after_s=3600)
    made.desk.start_sync = lambda: None
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    yield made
    made.on_stop()


def test_a_hub_is_read_from_a_picture_that_came_for_it_and_no_older_one(driver, app):
    desk = app.desk
    picture(desk.camera, "old.png", code_of("H-OLD"), ago_s=60)
    desk.go("sync")
    driver.step(3)
    driver.tap_id("hub")
    assert hubs.known(desk.open_store) is None
    assert (desk.camera / "old.png").exists()
    picture(desk.camera, "new.png", code_of("H-NEW"))
    driver.step_until(lambda: hubs.known(desk.open_store) is not None)
    assert hubs.known(desk.open_store).label == "H-NEW"
    assert not (desk.camera / "new.png").exists()


def test_a_picture_of_something_else_is_no_hub_and_stays(driver, app):
    desk = app.desk
    desk.go("sync")
    driver.step(3)
    picture(desk.camera, "waybill.png", "number=YD1;plate=蒙K12345")
    driver.tap_id("hub")
    assert hubs.known(desk.open_store) is None and (desk.camera / "waybill.png").exists()
    driver.find_text("这不是中继点的二维码。")


def test_with_a_camera_of_its_own_a_tablet_looks_through_it_for_the_code(driver, app):
    desk = app.desk
    desk.lens = Lens()
    desk.go("sync")
    driver.step(3)
    driver.tap_id("hub")
    assert desk.screen == "camera"
