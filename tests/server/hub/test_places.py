"""A tablet goes to and fro between its office and a hub, at any moment, and ends with what stands; never with less."""

from __future__ import annotations

import os
import random
import secrets
from functools import partial

import pytest
from falcon import testing

from checklists.records import hub as kernel
from checklists.records.record import certificate
from tests.server.cast import AS_OF, batch
from tests.server.hub.worlds import SIGHTS, Wanderer, World

SCOPES = [("", ""), ("T", ""), ("P", ""), ("", "1506"), ("", "150624"), ("T", "150624"), ("", "1501")]
WEIGHTS = {"tell": 30, "gone": 10, "hear": 25, "office": 12, "hub": 30, "drop": 1, "replace": 2, "restart": 0.4}
SEEDS = int(os.environ.get("LUJIAN_FUZZ_EXAMPLES", "12"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whoever_goes_to_and_fro_ends_with_what_stands(world: tuple[World, list[Wanderer]], seed: int) -> None:
    held, wanderers = world
    chance = random.Random(seed)
    for _step in range(150):
        key, kind = f"{chance.randrange(SEEDS)}", chance.choice(["orders", "carrier", "carrier", "task"])
        act = chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
        one, limit = chance.choice(wanderers), chance.choice([1, 2, 3, 50])
        if act == "tell":
            held.tell(kind, key, chance.choice(SCOPES))
        elif act == "gone":
            held.gone(kind, key)
        elif act == "hear":
            held.hear(limit)
        elif act == "office":
            one.page(held.parent, "", limit)
        elif act == "hub":
            one.page(held.hub, held.hub_id, limit)
        elif act == "drop":
            held.drop()
        elif act == "replace":
            held.replace()
        else:
            held.restart()
    while held.hear(5):
        pass
    for place, hub in ((held.hub, held.hub_id), (held.parent, "")):
        for one, sight in zip(wanderers, SIGHTS, strict=True):
            while one.page(place, hub, 5):
                pass
            assert one.held == held.seen(*sight), (sight, hub)


def test_a_hub_whose_database_is_full_says_so_and_heals(world: tuple[World, list[Wanderer]]) -> None:
    held, (one, *_others) = world
    bearer = {"Authorization": f"Bearer {kernel.bearer(one.tablet.enrolled['token'], held.hub_id)}"}
    body = batch(one.tablet.seal(checklist=secrets.token_hex(100_000)))
    with held.hub.here() as office:

        def push(pages: int) -> testing.Result:
            bound = partial(office.store.database.pragma, "max_page_count", pages, permanent=True)
            office.store.write_now(bound)
            return held.hub.client.simulate_post("/v1/records", headers=bearer, body=body)

        full, healed = push(1), push(2**30)
    assert (full.status_code, full.json["code"]) == (507, "storage_full")
    assert [one["status"] for one in healed.json["results"]] == ["held"]


def test_a_device_that_is_no_hub_signs_no_page(world: tuple[World, list[Wanderer]]) -> None:
    """The certificate of a tablet is the office's too, and makes nobody a hub."""
    held, (one, *_others) = world
    with held.parent.here() as office:
        named = {"device": "d", "public": one.tablet.key.public, "agency": "T", "prefix": "T0001", "issued_at": AS_OF}
        paper = certificate(office.key, **named)
    assert not kernel.certified(paper, office.key.public)
    assert not kernel.certified({**paper, "kind": "hub", "hub": "d", "hub_key": paper["key"]}, office.key.public)
