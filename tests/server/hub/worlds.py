"""An office, a hub of it and some tablets in one process, of which one has the tables at a time."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from falcon import testing

from checklists.records import hub as kernel
from checklists.records.feed_page import opened
from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.store import devices, feed, feed_pages, hub_devices, hub_feed, hub_identity, models
from server.store.feed import Told
from server.store.hub_identity import Joined
from tests.server.cast import AS_OF, Tablet

SIGHTS = [("T", "150624"), ("P", "150624"), ("T", "150624001")]


@dataclass
class Place:
    """One of two offices in this process; only one of them has the tables at a time."""

    office: Office
    client: testing.TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = testing.TestClient(create_app(self.office))

    @contextlib.contextmanager
    def here(self) -> Iterator[Office]:
        models.database.initialize(self.office.store.database)
        yield self.office


@dataclass
class Wanderer:
    """A tablet that keeps what it is told, wherever it is."""

    tablet: Tablet
    cursor: str = ""
    held: dict[str, int] = field(default_factory=dict)

    def page(self, at: Place, hub: str, limit: int) -> bool:
        """Take a page and return whether there may be more; False too where the hub cannot tell now."""
        token = self.tablet.enrolled["token"]
        shown = kernel.bearer(token, hub) if hub else token
        with at.here():
            answer = at.client.simulate_get(
                "/v1/changes",
                headers={"Authorization": f"Bearer {shown}"},
                params={"since": self.cursor, "limit": str(limit)},
            )
        if answer.status_code == 410:
            self.cursor, self.held = "", {}
            return True
        if answer.status_code == 503:
            assert hub and answer.json["code"] in ("hub_behind", "hub_loading")
            return False
        assert answer.status_code == 200, answer.text
        body = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") else answer.content
        page = opened(body, self.tablet.enrolled["server_key"], self.cursor)
        for one in page.changes():
            name = f"{one['kind']} {one['key']}"
            if one.get("gone"):
                self.held.pop(name, None)
            else:
                self.held[name] = one["data"]["n"]
        self.cursor = page.cursor
        return page.more


@dataclass
class World:
    """An office, a hub of it and some tablets."""

    parent: Place
    hub: Place
    hub_id: str
    bearer: dict[str, str]
    number: int = 0
    stand: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def tell(self, kind: str, key: str, scope: tuple[str, str]) -> None:
        self.number += 1
        with self.parent.here() as office:
            told = Told(key, json.dumps({"n": self.number}), AS_OF, *scope)
            office.store.write_now(lambda: feed.tell(kind, [told]))
        for held in [one for one in self.stand if one[:2] == (kind, key)]:
            del self.stand[held]
        self.stand[kind, key, *scope] = self.number

    def gone(self, kind: str, key: str) -> None:
        with self.parent.here() as office:
            office.store.write_now(lambda: feed.gone(kind, [key]))
        for held in [one for one in self.stand if one[:2] == (kind, key)]:
            del self.stand[held]

    def restart(self) -> None:
        with self.parent.here() as office:
            office.store.write_now(lambda: feed_pages.renew_epoch(office.store.database))

    def replace(self) -> None:
        """Let the hub be another machine, that has heard nothing yet."""
        with self.hub.here() as office:
            office.store.write_now(hub_feed.begin_anew)

    def drop(self) -> None:
        """Forget what went long ago."""
        with self.parent.here() as office:
            office.store.write_now(lambda: feed_pages.drop_old("9999", "0000"))

    def hear(self, limit: int) -> bool:
        """Let the hub take a page of its parent, as its follower does, and return whether there is more."""
        with self.hub.here() as office:
            since = office.store.read_now(hub_feed.cursor)
        with self.parent.here() as office:
            asked = {"since": since, "limit": str(limit)}
            answer = self.parent.client.simulate_get("/v1/changes", headers=self.bearer, params=asked)
            key = office.key.public
        with self.hub.here() as office:
            if answer.status_code == 410:
                office.store.write_now(hub_feed.begin_anew)
                return True
            body = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") else answer.content
            page = opened(body, key, since)
            lines = list(hub_feed.read(page.lines))
            office.store.write_now(lambda: hub_feed.keep(lines, page.head))
            return page.more

    def seen(self, agency: str, area: str) -> dict[str, int]:
        """What a tablet there is to end with."""
        return {
            f"{kind} {key}": number
            for (kind, key, for_agency, for_area), number in self.stand.items()
            if for_agency in ("", agency) and (area.startswith(for_area) or for_area.startswith(area))
        }


def enrol(office: Office, agency: str, area: str) -> Wanderer:
    tablet = Tablet()
    code = office.store.write_now(lambda: devices.new_code(agency, 24))
    asked = tablet.ask(code)
    made = office.store.write_now(lambda: devices.enrol(office.key, **asked, token=code))
    if area:
        office.store.write_now(lambda: devices.place(str(made.id), area))
    paper = json.loads(str(made.certificate))
    tablet.enrolled = {"device": made.id, "token": code, "server_key": office.key.public, "certificate": paper}
    return Wanderer(tablet)


@contextlib.contextmanager
def made(tmp_path: Path) -> Iterator[tuple[World, list[Wanderer]]]:
    """Make an office, its hub, and a tablet of each of SIGHTS."""
    hub_office = open_office(Config(data_dir=str(tmp_path / "hub"), requests_per_minute=10**6))
    office = open_office(Config(data_dir=str(tmp_path / "office"), requests_per_minute=10**6))
    wanderers = [enrol(office, agency, area) for agency, area in SIGHTS]
    code = office.store.write_now(lambda: devices.new_hub_code("", "1506", hours=1, days=9))
    told = {"code": code, "name": "hub", "public_key": hub_office.key.public, "app": "hub"}
    hub = office.store.write_now(lambda: devices.enrol(office.key, **told, token="t", kind="hub"))
    joined = Joined(
        "http://parent", str(hub.id), str(hub.prefix), "", office.key.public, json.loads(str(hub.certificate)), {}, "t"
    )
    tablets = hub_devices.told(office.key, hub)
    models.database.initialize(hub_office.store.database)
    hub_office.store.write_now(lambda: hub_identity.join(joined))
    hub_office.store.write_now(hub_feed.begin_anew)
    hub_office.store.write_now(lambda: hub_devices.keep(tablets))
    world = World(Place(office), Place(replace(hub_office, hub=joined)), str(hub.id), {"Authorization": "Bearer t"})
    yield world, wanderers
    for one in (hub_office, office):
        models.database.initialize(one.store.database)
        one.close()
