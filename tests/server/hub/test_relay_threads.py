"""The threads of a hub live through whatever happens in a round, and end when they are told to."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from server.hub.follower import Follower
from server.hub.parent import ParentRefused
from server.hub.relay import Relay
from server.hub.uplink import Uplink
from server.store import hub_identity
from tests.server.hub.posts import wait
from tests.server.hub.worlds import Wanderer, World


@pytest.mark.parametrize(
    "problem", [ValueError("x"), ParentRefused("link_refused"), ParentRefused("device_revoked", "", 403)]
)
def test_a_thread_goes_on_after_anything(
    world: tuple[World, list[Wanderer]], monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    rounds: list[str] = []

    def fail(_self: object, *_told: object) -> int:
        rounds.append(type(_self).__name__)
        raise problem

    def full(_code: str) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Uplink, "run", fail)
    monkeypatch.setattr(Follower, "run", fail)
    monkeypatch.setattr(hub_identity, "end", full)
    monkeypatch.setattr(hub_identity, "trouble", lambda _code, _way: full(""))
    monkeypatch.setattr("server.hub.relay.delay_s", lambda _failures, _chance: 0.05)
    monkeypatch.setattr("server.hub.relay.LONGEST_DELAY_S", 0.05)
    held, _tablets = world
    with held.hub.here() as office:
        assert office.hub is not None
        relay = Relay(office, replace(office.hub, parent="http://127.0.0.1:9"))
        relay.start()
        wait(lambda: rounds.count("Uplink") > 2 and rounds.count("Follower") > 2)
        began = time.monotonic()
        relay.stop()
        assert time.monotonic() - began < 5


def test_a_full_disk_does_not_slow_what_a_hub_passes_on(
    world: tuple[World, list[Wanderer]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a way stands cannot be noted; the rounds go on as if it could."""
    rounds: list[str] = []

    def pass_on(_self: object, *_told: object) -> int:
        rounds.append(type(_self).__name__)
        return 0

    def full(_code: str, _way: str) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Uplink, "run", pass_on)
    monkeypatch.setattr(Follower, "run", pass_on)
    monkeypatch.setattr(hub_identity, "trouble", full)
    monkeypatch.setattr("server.hub.relay.EVERY_SECONDS", 0.05)
    held, _tablets = world
    with held.hub.here() as office:
        assert office.hub is not None
        relay = Relay(office, replace(office.hub, parent="http://127.0.0.1:9"))
        relay.start()
        wait(lambda: rounds.count("Uplink") > 3, seconds=2)
        relay.stop()
