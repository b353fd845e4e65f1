"""The office's cast for tests: a tablet that seals, a carrier and a tanker of a made-up county, and its registry."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.crypto import SigningKey, new_signing_key
from checklists.records.record import Sealed, seal
from checklists.wire import canonical, instant, uuid7
from server.intake.records import Intake
from server.office import Office
from server.store.models import Device

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(2000)
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1200

CARRIER = {"name": "示例县顺达危货运输有限公司", "uscc": "91150000MA0EXAMPLE"}
AS_OF = instant(datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=20))
"""So old that a day or two may come after it, and not so old that a row counts no more (`crosscheck.MAX_AGE`)."""
REGISTRY = [
    {"kind": "vehicle", "key": "蒙K12345", "as_of": AS_OF, "data": {
        "plate": "蒙K12345", "carrier": CARRIER["name"], "carrier_uscc": CARRIER["uscc"], "trailer": "蒙K1234挂",
        "permit": {"number": "150600001", "valid_until": "2020-01-01"}}},
    {"kind": "carrier", "key": CARRIER["uscc"], "as_of": AS_OF, "data": CARRIER},
    {"kind": "officer", "key": "T-001", "as_of": AS_OF, "data": {"name": "王某", "card": "15060001", "agency": "T"}},
]  # fmt: skip


def now() -> str:
    return instant(datetime.now(UTC))


@dataclass
class Tablet:
    """A tablet by its key; `enrolled` is the office's answer to its enrolment."""

    key: SigningKey = field(default_factory=new_signing_key)
    enrolled: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    previous: str | None = None

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.enrolled['token']}"}

    def ask(self, code: str) -> dict[str, str]:
        return {"code": code, "name": "tablet 1", "public_key": self.key.public, "app": "0.1.0"}

    def part(self, **changes: Any) -> dict[str, Any]:
        """Return the next part of this tablet's chain, with what is told changed."""
        self.seq += 1
        inspection = changes.get("inspection") or uuid7()
        at = now()
        return {
            "format": 1,
            "kind": "inspection",
            "id": uuid7(),
            "inspection": inspection,
            "opened_at": at,
            "device": self.enrolled["device"],
            "device_seq": self.seq,
            "previous": self.previous,
            "certificate": self.enrolled["certificate"],
            "app": "0.1.0",
            "sealed_at": at,
            "clock": {"offset_ms": 0, "agreed_at": at, "jumps": 0},
            "checklist": "cn-joint",
            "definitions": [],
            "entries": [],
            "findings": [],
            "outcome": {"proposed": "release", "decided": "release", "reason": None},
            "papers": [],
            "photos": [],
            **changes,
        }

    def seal(self, **changes: Any) -> Sealed:
        sealed = seal(self.part(**changes), self.key)
        self.previous = sealed.digest
        return sealed

    def entry(self, inspection: str, seq: int, kind: str, item: str, value: dict[str, Any]) -> dict[str, Any]:
        told = {"id": uuid7(), "inspection": inspection, "device": self.enrolled["device"], "seq": seq}
        return {**told, "officer": "T-001", "agency": "T", "at": now(), "kind": kind, "item": item, "value": value}


async def ready(content: bytes) -> bytes:
    """A body that has come."""
    return content


def take(office: Office, *brought: tuple[Device, bytes]) -> list[Any]:
    """Take batches in that come at once, and return their answers; what one raises stands in its place."""
    intake = Intake(office)

    async def run() -> list[Any]:
        taking = (intake.take(device, ready(content)) for device, content in brought)
        return await asyncio.gather(*taking, return_exceptions=True)

    with ThreadPoolExecutor(1) as apart:  # a browser of a test has a loop of its own in this thread
        return apart.submit(asyncio.run, run()).result()


def sent(sealed: Sealed, **changes: Any) -> bytes:
    """Return one record of a batch, the part's bytes as they are."""
    told = {"digest": sealed.digest, "signature": sealed.signature, **changes}
    return json.dumps(told).encode()[:-1] + b',"part":' + sealed.body + b"}"


def batch(*records: bytes | Sealed, head: dict[str, Any] | None = None) -> bytes:
    """Return the body of `POST /v1/records`."""
    raw = [one if isinstance(one, bytes) else sent(one) for one in records]
    return b'{"head":' + canonical(head) + b',"records":[' + b",".join(raw) + b"]}"


def photo_file(content: bytes, type_: str = "image/jpeg") -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "type": type_}


def manifest(*contents: bytes) -> list[dict[str, Any]]:
    return [{"entry": f"entry-{number}", "original": photo_file(content)} for number, content in enumerate(contents)]


def tus(content: bytes, type_: str = "image/jpeg", **headers: str) -> dict[str, str]:
    """Return the headers that create an upload of this content."""
    named = {"sha256": hashlib.sha256(content).hexdigest(), "type": type_}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items())
    return {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": metadata, **headers}
