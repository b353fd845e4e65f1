"""Sealed parts as a tablet makes them, by the kernel itself: what an office takes in and computes again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import count
from random import Random
from typing import Any

from checklists.authoring.loader import load_all
from checklists.crypto import SigningKey
from checklists.definitions.publication import from_published, publish
from checklists.facts import waybill
from checklists.facts.registry import HISTORY, Row
from checklists.goods.listing import Tables, load_tables
from checklists.records.check_history import check_of
from checklists.records.record import Sealed, seal
from checklists.wire import canonical, digest, instant, uuid7
from demo import county
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held, Kit, Officer, write
from mobile.practice.county import id_number, uscc
from mobile.sealing.part import Device, build

_NAME = re.compile(rb"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEQ = re.compile(rb'"device_seq":[0-9]+')
FLEET = 400
"""So many tankers are met in turn: a vehicle has a handful of checks, as on a road."""
DEVIATIONS = ((), ("EQP-14",), (), ("EQP-14", "EQP-03"), (), ("DRV-04",))
"""What fails in turn, beside the permit of every third trailer, which is out of date as the story's is."""


@dataclass
class Maker:
    """A tablet without a screen or a store: it checks the story's tanker and others, and seals.

    `used` names the packages as the office published them; `photos` files are named in three forms each. `heard`: it
    has heard the office's feed, which told of no other checks than its own, as a tablet has that is in touch.
    """

    enrolled: Mapping[str, Any]
    key: SigningKey
    used: Sequence[Mapping[str, str]]
    photos: int = 4
    seq: int = 0
    previous: str | None = None
    heard: bool = True
    made: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def kit(self) -> Kit:
        """The packages, from their published form as a tablet has them, and the registry."""
        definitions = json.loads(json.dumps(publish(load_all())))
        tables = Tables.from_plain(json.loads(json.dumps(load_tables().to_plain())))
        rows = {(one["kind"], one["key"]): one for one in registry(datetime.now(UTC))}
        used = tuple(dict(one) for one in self.used)

        def lookup(kind: str, key: str) -> Row | None:
            if kind == HISTORY:
                return (
                    {"data": {"rows": self.made[key]}, "as_of": instant(datetime.now(UTC))}
                    if key in self.made
                    else None
                )
            if (kind, key) == ("feed", HISTORY):
                return {"data": {}, "as_of": instant(datetime.now(UTC))} if self.heard else None
            return rows.get((kind, key))

        return Kit(from_published(definitions), tables, lookup, used)

    def seal(self) -> Sealed:
        """Return the next sealed inspection of this tablet."""
        self.seq += 1
        now = datetime.now(UTC)
        held = self._checked(now)
        known = Device(
            self.enrolled["certificate"], {"offset_ms": 0, "agreed_at": instant(now), "jumps": 0}, county.SITE
        )
        part = build(held, known, part_id=uuid7(), sealed_at=instant(now), device_seq=self.seq, previous=self.previous)
        sealed = seal(part, self.key)
        self.previous = sealed.digest
        check = check_of(part, sealed.digest)
        for number in dict.fromkeys(check["about"].values()):
            self.made.setdefault(number, []).append(check)
        return sealed

    def again(self, told: Sealed) -> Sealed:
        """Return a sealed part like that one with names of its own: what it costs to make is not what is measured."""
        self.seq += 1
        part = told.part
        names = [part["inspection"], part["id"], *(one["id"] for one in part["entries"])]
        files = [file["sha256"] for photo in part["photos"] for file in photo.values() if isinstance(file, dict)]
        fresh = {one: uuid7() for one in names} | {one: os.urandom(32).hex() for one in files}
        body = _NAME.sub(lambda found: fresh.get(found[0].decode(), found[0].decode()).encode(), told.body)
        body = _SEQ.sub(b'"device_seq":%d' % self.seq, body, count=1)
        return Sealed(body, digest(body), self.key.sign(body))

    def _checked(self, now: datetime) -> Held:
        chance = Random(self.seq)
        told = dict(county.OFFICERS[0])
        me = Officer(told["id"], told["name"], told["card"], told["agency"])
        held = Held(uuid7(), instant(now), self.enrolled["device"], me, self.kit)
        number = self.seq % FLEET
        held = _put(held, acts.waybill(waybill.read(_as(number, county.waybill_text(now))).data))
        held = _put(held, acts.identify(_as(number, county.TRACTOR), "yellow"))
        held = _put(held, acts.look_up(held, county.SITE))
        for item in DEVIATIONS[self.seq % len(DEVIATIONS)]:
            held = _put(held, acts.answer(item, "does_not_conform"))
        for _ in range(self.photos):
            held = _put(held, acts.photo(_photo(chance), "LOD-02"))
        for section in held.kit.definitions.checklists[held.checklist].sections:
            held = _put(held, acts.clear_section(held, section.id, 4_000))
        held = _put(held, acts.decide(held, held.assessment.proposal.outcome, "", now.date().isoformat()))
        strokes = [[[chance.randrange(600), chance.randrange(200)] for _ in range(40)] for _ in range(3)]
        return _put(held, acts.sign("officer", me.name, strokes, card=me.card))


def registry(now: datetime) -> list[dict[str, Any]]:
    """Return the county's registry with the story's tanker, its people and its carrier `FLEET` times over."""
    rows = county.registry(now)
    told = json.dumps([one for one in rows if one["key"] in _named(0)], ensure_ascii=False)
    fleet = {}
    for number in range(1, FLEET):
        for one in json.loads(_as(number, told)):
            if "permit" in one["data"] and number % 3:
                one["data"]["permit"]["valid_until"] = f"{now.year + 1}-12-31"
            fleet[one["kind"], one["key"]] = one
    return [*rows, *fleet.values()]


def _as(number: int, text: str) -> str:
    """Return a text of the story's tanker as one of another tanker; 0 is the story's own."""
    for one, other in zip(_named(0), _named(number), strict=True):
        text = text.replace(one, other)
    return text


@cache
def _named(number: int) -> tuple[str, ...]:
    if not number:
        return (county.TRACTOR, county.TRAILER, county.TANK, county.DRIVER_ID, county.ESCORT_ID, county.LU_AN_USCC)
    plates = (f"蒙B{20_000 + number}", f"蒙B{4_000 + number}挂", f"BM2020-{number:04d}")
    people = (id_number(f"15062419810101{number:03d}"), id_number(f"15062419830303{number:03d}"))
    return (*plates, *people, uscc(f"91150624MA0YF{number // 5:04d}"))


def _put(held: Held, drafts: Iterable[Draft]) -> Held:
    return held.adding(write(held, drafts, held.opened_at, (uuid7() for _ in count())))


def _photo(chance: Random) -> dict[str, Any]:
    files = {
        name: {"sha256": chance.randbytes(32).hex(), "bytes": size, "type": "image/jpeg"}
        for name, size in (("original", 2_400_000), ("working", 310_000), ("thumbnail", 14_000))
    }
    return {**files.pop("original"), **files}


def batch(sealed: Iterable[Sealed]) -> bytes:
    """Return the body of a request that brings these."""
    told = [
        canonical({"digest": one.digest, "signature": one.signature})[:-1] + b',"part":' + one.body + b"}"
        for one in sealed
    ]
    return b'{"records":[' + b",".join(told) + b"]}"
