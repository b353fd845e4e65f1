"""A hub whose clock is hours or years off: nothing goes by it that is the office's to say."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from server import clock, upkeep
from server.hub import invitation
from server.hub_commands import _status
from server.store import feed, hub_devices, hub_identity
from server.store.feed import Told
from server.store.models import Device
from tests.server.cast import AS_OF
from tests.server.hub.worlds import Wanderer, World

YEARS = [timedelta(days=1500), timedelta(days=-1500)]


@pytest.mark.parametrize("off", YEARS)
def test_its_news_go_by_the_clock_of_its_office(
    world: tuple[World, list[Wanderer]], monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    held, (tablet, *_others) = world
    with held.parent.here() as office:
        told = Told("w-1", json.dumps({"n": 1}), AS_OF, until=clock.later(days=3)[:10])
        office.store.write_now(lambda: feed.tell("watch", [told]))
    held.tell("alert", "a-1", ("", ""))
    held.gone("alert", "a-1")
    while held.hear(100):
        continue
    monkeypatch.setattr(clock, "_ahead", off)
    with held.hub.here() as office:
        assert upkeep.tidy(office).feed == 0
    while tablet.page(held.hub, held.hub_id, 100):
        continue
    assert "watch w-1" in tablet.held


@pytest.mark.parametrize("off", YEARS)
def test_its_certificate_holds_today(
    world: tuple[World, list[Wanderer]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, off: timedelta
) -> None:
    held, now = world[0], clock.read(clock.now())
    monkeypatch.setattr(clock, "_ahead", off)
    with held.hub.here() as office:
        assert office.hub is not None
        since = clock.read(str(office.hub.certificate["issued_at"]))
        certificate, _key = invitation.make_tls(tmp_path, ["192.168.1.5"], since)
    made = x509.load_pem_x509_certificate(certificate.read_bytes())
    assert made.not_valid_before_utc < now < made.not_valid_after_utc


def test_it_says_by_how_much_and_what_else_is_wrong(
    world: tuple[World, list[Wanderer]], capsys: pytest.CaptureFixture[str]
) -> None:
    held = world[0]
    with held.hub.here() as office:
        office.store.write_now(lambda: hub_identity.clock_off(3 * 3600))
        office.store.write_now(lambda: hub_identity.trouble("tls_untrusted", hub_identity.DOWN))
        office.store.write_now(lambda: hub_identity.trouble("link_broken", hub_identity.UP))
        page = held.hub.client.simulate_get("/", params={"lang": "en"}).text
        assert "off by 180 minutes" in page and "Is the clock of this machine right?" in page
        assert "passed on as soon as it can" in page
        office.store.write_now(lambda: _status(office, argparse.Namespace()))
        said = capsys.readouterr().out
        assert "10800 s ahead of" in said and "tls_untrusted" in said
        for way in (hub_identity.UP, hub_identity.DOWN):
            office.store.write_now(lambda way=way: hub_identity.trouble("", way))
        office.store.write_now(lambda: hub_identity.clock_off(0))
        page = held.hub.client.simulate_get("/", params={"lang": "en"}).text
        assert "off by" not in page and "Is the clock" not in page


def test_an_office_whose_clock_was_ahead_names_its_tablets_all_the_same(world: tuple[World, list[Wanderer]]) -> None:
    held = world[0]
    with held.parent.here() as office:
        hub = office.store.read_now(Device.get_by_id, held.hub_id)
        now = office.store.read_now(hub_devices.told, office.key, hub, "abc")
    ahead = {**now, "at": clock.later(days=900)}
    with held.hub.here() as office:
        assert office.store.write_now(lambda: hub_devices.keep(ahead))
        assert not office.store.write_now(lambda: hub_devices.keep(now)), "an old list, for all that is known"
        assert office.store.write_now(lambda: hub_devices.keep(now, fresh=now["nonce"] == "abc"))
