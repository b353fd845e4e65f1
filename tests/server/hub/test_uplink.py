"""What a hub does with answers that refuse, fail or lie: nothing is lost, and one bad thing holds up no other."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from checklists.crypto import SigningKey, new_signing_key
from checklists.records import hub as kernel
from checklists.records.record import Sealed, receipt
from server.hub.parent import Answer, Parent, ParentRefused
from server.hub.uplink import Uplink
from server.store import hub_outbox
from tests.server.cast import AS_OF, batch
from tests.server.hub.worlds import Wanderer, World


@dataclass
class Answering:
    """A parent that answers for each record of a batch as it is told to; it receipts with its key."""

    key: SigningKey
    bad: dict[str, ParentRefused] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    asked: int = 0

    def ask(self, _method: str, _path: str, body: bytes, _headers: Mapping[str, str]) -> Answer:
        self.asked += 1
        records = json.loads(gzip.decompress(body))["records"]
        for one in records:
            if one["digest"] in self.bad:
                raise self.bad[one["digest"]]
        self.taken += [one["digest"] for one in records]
        results = [{"digest": one["digest"], "status": "accepted", "receipt": self._receipt(one)} for one in records]
        return Answer(200, {}, json.dumps({"results": results}).encode())

    def _receipt(self, one: Mapping[str, Any]) -> dict[str, Any]:
        return receipt(self.key, digest_=one["digest"], device_seq=one["part"]["device_seq"], received_at=AS_OF)


Hold = Callable[[int], list[Sealed]]


@pytest.fixture
def hold(world: tuple[World, list[Wanderer]]) -> Hold:
    """Let the hub hold records, of as many tablets as there are in turn."""
    held, wanderers = world

    def hold_some(count: int) -> list[Sealed]:
        made = []
        for number in range(count):
            tablet = wanderers[number % len(wanderers)].tablet
            bearer = {"Authorization": f"Bearer {kernel.bearer(tablet.enrolled['token'], held.hub_id)}"}
            made.append(tablet.seal())
            with held.hub.here():
                answer = held.hub.client.simulate_post("/v1/records", headers=bearer, body=batch(made[-1]))
            assert [one["status"] for one in answer.json["results"]] == ["held"]
        return made

    return hold_some


def states(world: World, parts: list[Sealed]) -> list[str]:
    with world.hub.here() as office:
        said = office.store.read_now(hub_outbox.records_said, [one.digest for one in parts])
    return [said[one.digest].state for one in parts]


def run(world: World, parent: Answering, rounds: int = 1) -> None:
    """Pass on, as often as told, with all waits over between."""
    with world.hub.here() as office:
        assert office.hub is not None
        uplink = Uplink(office, office.hub, cast(Parent, parent))
        for _round in range(rounds):
            uplink.run()
            uplink._aside.clear()


def test_one_record_that_is_refused_holds_up_no_other_and_is_believed_after_three(
    world: tuple[World, list[Wanderer]], hold: Hold
) -> None:
    parts, (held, _tablets) = hold(6), world
    parent = Answering(held.parent.office.key, {parts[1].digest: ParentRefused("malformed", "", 400)})
    run(held, parent)
    assert states(held, parts)[1] == "held", "a flipped bit looks the same"
    run(held, parent, rounds=4)
    assert states(held, parts) == ["passed", "refused", "passed", "passed", "passed", "passed"]
    assert sorted(parent.taken) == sorted(one.digest for one in parts if one is not parts[1]), "each once"


def test_a_record_over_which_the_office_stumbles_waits_and_the_others_pass(
    world: tuple[World, list[Wanderer]], hold: Hold
) -> None:
    parts, (held, _tablets) = hold(6), world
    parent = Answering(held.parent.office.key, {parts[0].digest: ParentRefused("internal", "", 500)})
    run(held, parent, rounds=8)
    # What the same tablet sealed later waits behind it.
    assert states(held, parts) == ["held", "passed", "passed", "held", "passed", "passed"]
    parent.bad.clear()
    run(held, parent)
    assert set(states(held, parts)) == {"passed"}


def test_a_receipt_of_somebody_else_settles_nothing(world: tuple[World, list[Wanderer]], hold: Hold) -> None:
    parts, (held, _tablets) = hold(4), world
    for liar in (new_signing_key(), held.hub.office.key):
        parent = Answering(liar)
        run(held, parent, rounds=2)
        assert set(states(held, parts)) == {"held"} and parent.asked < 10
    run(held, Answering(held.parent.office.key))
    assert set(states(held, parts)) == {"passed"}


@pytest.mark.parametrize("code", ["link_refused", "storage_full", "busy", "device_revoked"])
def test_where_the_way_is_closed_nothing_more_is_tried(
    world: tuple[World, list[Wanderer]], hold: Hold, code: str
) -> None:
    parts, (held, _tablets) = hold(4), world
    status = {"link_refused": 0, "storage_full": 507, "busy": 503}.get(code, 403)
    parent = Answering(held.parent.office.key, {parts[0].digest: ParentRefused(code, "", status)})
    with pytest.raises(ParentRefused, match=code):
        run(held, parent)
    assert parent.asked == 1 and set(states(held, parts)) == {"held"}
