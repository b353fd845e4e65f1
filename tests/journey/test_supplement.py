"""A clerk asks for a photo, it is a task on the tablet, the answer of the team makes the case a clue again."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from checklists.inspection.entries import Entry
from checklists.wire import instant, uuid7
from mobile.desk import Desk
from mobile.inspecting.inspection import Held
from mobile.link import enrolment, sync
from mobile.screens.reply import flow as reply
from mobile.screens.tasks import flow as tasks
from mobile.sealing import part, shifts
from mobile.sealing.shift import Shift
from mobile.store import store
from server.config import Config
from server.office import Office, open_office
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import devices, users
from server.store.models import Case
from tests.journey.windows import served
from tests.mobile import story
from tests.mobile.screens.test_lesson import Screen
from tests.server.cast import REGISTRY
from tests.server.console.cases.clerk import Clerk, done, primary, text
from tests.server.scene import PASSWORD

PIN = "683947"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(tmp_path / "office"), office="示例县", stall_seconds=5))
    load_registry(opened, REGISTRY)
    publish_all(opened)
    opened.store.write_now(lambda: users.add(login="wang", name="王某", role="handler", agency="T", password=PASSWORD))
    yield opened
    opened.close()


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


@pytest.fixture
def desk(office: Office, url: str, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a tablet that was enrolled for real; its link is asked where a test does so."""
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    made = Desk(tmp_path / "tablet", lambda screen, where: None)
    made.start_sync = lambda: None  # type: ignore[method-assign]
    made.enrol(enrolment.enrol(url, code, "平板一", app="0.1.0"), "T-001", PIN)
    fetch(made)
    shifts.begin(made.open_store, Shift("shift-1", instant(datetime.now(UTC)), officers=("T-001",)))
    made.camera.mkdir(exist_ok=True)
    yield made
    made.close()


def fetch(desk: Desk) -> Any:
    report = sync.run_once(desk.open_store)
    assert report.code == "", report
    desk.hand.kit = None  # type: ignore[union-attr]
    return report


def sealed_story(desk: Desk) -> str:
    """The story's tanker, checked with this tablet and sealed; the photo of what lacks was forgotten."""
    at, inspection = instant(datetime.now(UTC)), uuid7()
    store.open_inspection(desk.open_store, inspection, "T-001", at)

    def mine(one: Entry) -> Entry:
        return replace(one, id=uuid7(), inspection=inspection, device=desk.access.device, officer="T-001", at=at)

    entries = tuple(map(mine, story.seen().entries))
    store.append(desk.open_store, *entries)
    held = Held(inspection, at, desk.access.device, desk.access.me, desk.kit, entries)

    def build(seq: int, previous: str | None) -> Any:
        return part.build(held, desk.device_facts, part_id=uuid7(), sealed_at=at, device_seq=seq, previous=previous)

    store.seal_inspection(desk.open_store, inspection, build, desk.access.enrolled.key)
    return inspection


def photograph(desk: Desk) -> None:
    held = io.BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(held, "JPEG")
    path = desk.camera / "IMG_0001.jpg"
    path.write_bytes(held.getvalue())
    os.utime(path)


def test_a_clerk_asks_a_team_answers_and_the_case_goes_on(office: Office, desk: Desk) -> None:
    inspection = sealed_story(desk)
    fetch(desk)
    Worker(office).drain()
    case = Case.select().where(Case.inspection == inspection, Case.agency == "T").first()
    wang, id_ = Clerk(office, "wang"), str(case.id)
    done(wang.next(id_, "accept"))

    # The clerk sends it back for the first piece that is red on the board.
    page = wang.page(id_)
    asked = re.search(r'href="([^"]+do/return_for_supplement\?violation=([\w-]+)&amp;kind=item)"', page)
    assert asked is not None, text(page)[:2000]
    form = wang.get(asked[1].replace("&amp;", "&"))
    assert "问题部位或物品照片" in form.text
    done(wang.fill(form, {}, {"tier": "medium"}))
    assert Case.get_by_id(id_).state == "supplement"

    # The team fetches its packages and finds the task with the case, the plate and what is wanted.
    publish_all(office)
    fetch(desk)
    screen = Screen()
    tasks.enter(desk, screen)
    (card,) = [one for one in screen.state.cards if case.number in one.kind]
    assert (card.plate, [one.key for one in card.duties]) == ("蒙K12345", ["answer"])
    assert "问题部位或物品照片" in card.text

    # The officer photographs it, adds what the driver says, and sends it.
    screen = Screen()
    reply.enter(desk, screen, task=card.id)
    photograph(desk)
    screen("on_photo")
    screen("on_statement", "器材放在家里，没有随车。")
    screen("on_send")
    report = fetch(desk)
    assert len(report.delivered) == 1 and len(report.photos) == 3
    Worker(office).drain()

    # The case is a clue again, with the answer; the board has the photo, the tablet's list is empty.
    shown = wang.page(id_)
    assert Case.get_by_id(id_).state == "clue" and primary(shown)[0] == "propose_opening"
    assert "器材放在家里，没有随车。" in shown and f"/console/records/{report.delivered[0]}" in shown
    assert wang.get(f"/console/records/{report.delivered[0]}").status_code == 200
    board = re.search(rf'data-violation="{asked[2]}".*?</article>', shown, flags=re.S)
    assert board is not None and re.search(r'class="p-record" data-kind="item"', board[0])
    publish_all(office)
    fetch(desk)
    screen = Screen()
    tasks.enter(desk, screen)
    assert [one.kind for one in screen.state.cards if case.number in one.kind] == []
    assert json.loads(json.dumps(report.unsent)) == [0, 0]
