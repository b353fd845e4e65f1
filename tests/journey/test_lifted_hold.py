"""Held at ten, put right at noon: let go on its own record, the vehicle passes the next post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.findings.fault import fault
from checklists.rules.earlier import HELD
from checklists.wire import instant, uuid7
from mobile.desk import Desk
from mobile.inspecting import acts, conclusion, evidence
from mobile.inspecting.inspection import Held, write
from mobile.link import enrolment
from mobile.refusals import Refusal
from mobile.sealing import amendment, supplements
from mobile.sealing.supplement import CLEARANCE, Supplement
from mobile.store import store
from server.office import Office
from server.processing.worker import Worker
from server.publishing import load_registry
from server.store import devices
from server.store.models import Record
from tests.journey.test_supplement import PIN, desk, fetch, office, photograph, sealed_story, url
from tests.mobile import story
from tests.server.cast import AS_OF

__all__ = ["desk", "office", "url"]


@pytest.fixture(autouse=True)
def officers(office: Office) -> None:
    """A colleague of the first team, and an officer of the police."""
    named = {"T-002": {"name": "李某", "agency": "T"}, "P-001": {"name": "赵某", "agency": "P"}}
    rows = [{"kind": "officer", "key": key, "as_of": AS_OF, "data": data} for key, data in named.items()]
    load_registry(office, rows)


@pytest.fixture
def next_post(office: Office, url: str, tmp_path: Path) -> Iterator[Desk]:
    """The tablet of another team."""
    code = office.store.write_now(lambda: devices.new_code("P", 24))
    made = Desk(tmp_path / "next", lambda screen, where: None)
    made.start_sync = lambda: None  # type: ignore[method-assign]
    made.enrol(enrolment.enrol(url, code, "平板二", app="0.1.0"), "P-001", PIN)
    fetch(made)
    yield made
    made.close()


def stopped(post: Desk) -> bool:
    """Whether the vehicle is stopped there by an earlier hold, once the tablet has heard the office."""
    fetch(post)
    return known_held(post)


def known_held(post: Desk) -> bool:
    """Whether an earlier hold stops the vehicle by what the tablet knows."""
    at = instant(datetime.now(UTC))
    held = Held(uuid7(), at, post.access.device, post.access.me, post.kit)
    told = acts.identify("蒙K12345", "yellow")
    held = held.adding(write(held, told, at, (uuid7() for _ in told)))
    heard = acts.look_up(held)
    held = held.adding(write(held, heard, at, (uuid7() for _ in heard)))
    return any(one.case == HELD and one.verdict == "conflict" for one in held.assessment.results)


def looked_again(desk: Desk, made: Supplement) -> Supplement:
    """Every finding is put right, with a photo of it."""
    photograph(desk)
    content = (desk.camera / "IMG_0001.jpg").read_bytes()
    for one in made.assessment.findings:
        photo = evidence.capture(desk.open_store, content, evidence.Stamp("12:00"))
        made = supplements.put(desk.open_store, made, conclusion.mended(fault(one), photo), datetime.now(UTC))
    return made


def let_go(desk: Desk, inspection: str) -> Any:
    """Two officers let the vehicle go on its record."""
    kept, at = desk.open_store, datetime.now(UTC) + timedelta(seconds=1)
    made = looked_again(desk, supplements.begin(kept, desk.look(inspection), desk.device_facts, CLEARANCE))
    made = supplements.put(kept, made, conclusion.let_go(made.ways[0], "已整改，复查合格"), at)
    others = [one for one in desk.access.colleagues() if one.id != desk.access.me.id]
    for one in (desk.access.me, others[0]):
        made = supplements.put(kept, made, acts.sign("officer", one.name, card=one.card, digest=made.draft), at, one)
    return supplements.finish(kept, made, desk.access.enrolled, at)


def test_a_vehicle_let_go_on_its_record_passes_the_next_post(
    office: Office, desk: Desk, next_post: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = story.after(story.seen(), acts.decide(story.seen(), "hold"))
    monkeypatch.setattr(story, "seen", lambda: decided)
    inspection = sealed_story(desk)
    assert not stopped(next_post)
    fetch(desk)
    Worker(office).drain()
    assert stopped(next_post)
    post, held = next_post, desk.look(inspection)
    key, why = post.access.enrolled.key, conclusion.let_go("release", "代为放行")
    with pytest.raises(Refusal, match=inspection):  # nobody else adds to it
        amendment.amend(post.open_store, held, post.device_facts, key, why, datetime.now(UTC))
    sealed = let_go(desk, inspection)
    assert stopped(next_post)
    fetch(desk)
    Worker(office).drain()
    assert not stopped(next_post)
    kept = {str(one.digest): (one.state, one.detail) for one in Record.select()}
    assert kept[sealed.digest] in (("processed", None), ("processed", ""))
    mine = {one["id"] for one in sealed.part["entries"] if one["kind"] == "photo"}
    photos = [one for one in store.photos(desk.open_store, inspection) if one.entry in mine]
    assert photos and "local" not in {one.state for one in photos}  # each is asked for by the office
