"""Held at one post and stopped at the next, each with a hub beside it: heard late it ends as heard in time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.link import enrolment, sync
from mobile.store import store
from tests.journey.test_lifted_hold import known_held, let_go
from tests.journey.test_supplement import PIN, sealed_story
from tests.mobile import story
from tests.server.cast import AS_OF, REGISTRY
from tests.server.hub.conftest import NewHub
from tests.server.hub.posts import Hub, wait
from tests.server.hub.test_tablet import dials_nobody, meets
from tests.server.serving import Serving

OFFICERS = {"T-001": ("王某", "T"), "T-002": ("李某", "T"), "P-001": ("赵某", "P")}


@dataclass
class Post:
    """A tablet and the hub beside it; to its office the tablet has no line of its own."""

    desk: Desk
    hub: Hub

    def sync(self) -> bool:
        """Exchange once; returns whether somebody answered."""
        report = sync.run_once(self.desk.open_store)
        assert self.desk.hand is not None
        self.desk.hand.kit = None
        return report.code == "" or bool(report.by_hub and not report.hub_trouble)

    def sees_hold(self) -> bool:
        """Whether the vehicle is stopped here, after hearing once more."""
        return self.sync() and known_held(self.desk)

    def goes(self) -> bool:
        """Whether the vehicle may go on here, after hearing once more."""
        return self.sync() and not known_held(self.desk)

    def gives(self, digest: str) -> None:
        """Give a part to the hub, which holds it."""
        wait(lambda: self.sync() and digest in store.on_hubs(self.desk.open_store)[0])


@pytest.fixture
def office(parent: Serving, tmp_path: Path) -> Serving:
    named = [
        {"kind": "officer", "key": key, "as_of": AS_OF, "data": {"name": name, "agency": agency}}
        for key, (name, agency) in OFFICERS.items()
    ]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([*(one for one in REGISTRY if one["kind"] != "officer"), *named]))
    parent.command("load-registry", str(file))
    parent.command("publish")
    return parent


@pytest.fixture
def posts(
    office: Serving, new_hub: NewHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Post, Post]]:
    """Post A of the transport team, where the vehicle will be held, and post B of the police down the road."""
    decided = story.after(story.seen(), acts.decide(story.seen(), "hold"))
    monkeypatch.setattr(story, "seen", lambda: decided)
    first, second = (post(office, new_hub(office), tmp_path / one, one) for one in ("T-001", "P-001"))
    yield first, second
    for one in (first, second):
        one.desk.close()


def post(office: Serving, hub: Hub, folder: Path, officer: str) -> Post:
    desk = Desk(folder, lambda screen, where: None)
    desk.start_sync = lambda: None  # type: ignore[method-assign]
    code = office.command("enrol-code", "--agency", OFFICERS[officer][1])
    desk.enrol(enrolment.enrol(office.url, code, officer, app="0.1.0"), officer, PIN)
    desk.camera.mkdir(exist_ok=True)
    made = Post(desk, hub)
    assert sync.run_once(desk.open_store).code == "", "packages and officers are there before the line is lost"
    meets(desk.open_store, hub)
    dials_nobody(desk.open_store)
    wait(made.sync)
    return made


def held_at(post: Post) -> tuple[str, str]:
    """The vehicle is held there; returns the inspection and its sealed part."""
    inspection = sealed_story(post.desk)
    (part,) = [one.digest for one in store.deliveries(post.desk.open_store) if one.inspection == inspection]
    return inspection, part


def test_a_hold_and_its_end_travel_from_hub_to_hub(posts: tuple[Post, Post]) -> None:
    here, there = posts
    inspection, part = held_at(here)
    here.hub.link.cut()
    here.gives(part)
    assert there.goes(), "the office has not heard of it"
    here.hub.link.mend()
    wait(there.sees_hold)
    here.hub.link.cut()
    here.gives(let_go(here.desk, inspection).digest)
    assert there.sees_hold(), "nobody beyond the hub knows that it may go"
    here.hub.link.mend()
    wait(there.goes)


def test_a_hold_and_its_end_that_come_together_stop_nobody(posts: tuple[Post, Post]) -> None:
    here, there = posts
    inspection, part = held_at(here)
    here.hub.link.cut()
    here.gives(part)
    last = let_go(here.desk, inspection).digest
    here.gives(last)
    here.hub.link.mend()
    wait(lambda: here.sync() and not store.unsent(here.desk.open_store)[0])
    wait(lambda: there.sync() and bool(store.of_kind(there.desk.open_store, "history")))
    wait(there.goes)


def test_a_hold_that_a_hub_brings_after_its_end_holds_nobody_again(office: Serving, posts: tuple[Post, Post]) -> None:
    """The hub was cut off with the hold; the tablet found a line of its own and let the vehicle go over that."""
    here, there = posts
    inspection, part = held_at(here)
    here.hub.link.cut()
    here.gives(part)
    last = let_go(here.desk, inspection)
    kept = here.desk.open_store
    store.keep_setting(kept, "enrolment", {**store.setting(kept, "enrolment"), "url": office.url})
    wait(lambda: here.sync() and not store.unsent(kept)[0])
    assert {one.digest: one.state for one in store.deliveries(kept)} == {
        part: "delivered",
        last.digest: "delivered",
    }
    assert here.hub.waiting() > 0, "the hub still has the hold to tell of"
    wait(lambda: there.sync() and bool(store.of_kind(there.desk.open_store, "history")))
    wait(there.goes)
    here.hub.link.mend()
    wait(lambda: here.hub.waiting() == 0)
    wait(there.goes)
    assert there.goes()


def test_a_post_that_was_cut_off_hears_of_both_when_it_hears_again(posts: tuple[Post, Post]) -> None:
    here, there = posts
    inspection, _part = held_at(here)
    wait(lambda: here.sync() and not store.unsent(here.desk.open_store)[0])
    wait(there.sees_hold)
    there.hub.link.cut()
    let_go(here.desk, inspection)
    wait(lambda: here.sync() and not store.unsent(here.desk.open_store)[0])
    assert there.sees_hold(), "its hub has not heard of the end"
    there.hub.link.mend()
    wait(there.goes)
