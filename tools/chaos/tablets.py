"""Tablets that deliver whatever happens: they keep what has no receipt, wait, ask again, and note what was said."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests

from checklists.crypto import SigningKey, new_signing_key
from checklists.records.record import Sealed, receipt_holds, seal
from checklists.wire import canonical, instant, uuid7

_PIECE = 64 * 1024
_ODD = 0.08
_AGAIN_SECONDS = 0.1


@dataclass
class Work:
    """A record with its photo on its way: what was acknowledged of it."""

    sealed: Sealed
    good: bool
    photo: bytes
    record_told: bool = False
    photo_told: bool = False

    @property
    def sha256(self) -> str:
        """The digest of the photo."""
        return hashlib.sha256(self.photo).hexdigest()


@dataclass
class Tablet(threading.Thread):
    """One tablet in a thread of its own. `statuses` counts every answer.

    `receipts` are the moments at which a record was sent and its receipt was there.
    """

    url: str
    code: str
    definitions: list[dict[str, str]]
    seed: int
    key: SigningKey = field(default_factory=new_signing_key)
    work: list[Work] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    receipts: list[tuple[float, float]] = field(default_factory=list)
    pause: float = 0.15

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._chance, self._seq = random.Random(self.seed), 0
        self._previous: str | None = None
        self.stopping = threading.Event()
        told = {"code": self.code, "name": f"tablet {self.seed}", "public_key": self.key.public, "app": "chaos"}
        self.enrolled = requests.post(f"{self.url}/v1/devices", json=told, timeout=30).json()
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.enrolled['token']}"

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Seal and deliver until it is told to stop; then deliver what is left."""
        while not self.stopping.is_set():
            self.work.append(self._new())
            self._deliver()
            time.sleep(self.pause)

    def finish(self, seconds: float) -> None:
        """Deliver what has no receipt yet, for so long at most."""
        until = time.monotonic() + seconds
        while any(not (one.record_told and one.photo_told) for one in self.work) and time.monotonic() < until:
            self._deliver()
            time.sleep(0.2)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response | None:
        """Return an answer that is one, or None: then it is tried again later."""
        try:
            answer = self.session.request(method, self.url + path, timeout=15, **more)
        except requests.RequestException:
            self.statuses["no answer"] += 1
            time.sleep(_AGAIN_SECONDS)
            return None
        self.statuses[str(answer.status_code)] += 1
        if answer.status_code >= 300 and answer.status_code not in (404, 409, 460):
            time.sleep(min(float(answer.headers.get("Retry-After", "0.2")), 0.5))
            return None
        return answer

    def _deliver(self) -> None:
        for one in self.work:
            if not one.record_told:
                self._send_record(one)
            if one.record_told and not one.photo_told:
                self._send_photo(one)

    def _send_record(self, one: Work) -> None:
        told = canonical({"digest": one.sealed.digest, "signature": one.sealed.signature})
        body = b'{"records":[' + told[:-1] + b',"part":' + one.sealed.body + b"}]}"
        asked = time.monotonic()
        answer = self.ask("POST", "/v1/records", data=body)
        if answer is not None and answer.status_code == 200:
            (result,) = answer.json()["results"]
            key = self.enrolled["server_key"]
            one.record_told = receipt_holds(result["receipt"] or {}, digest_=one.sealed.digest, server_key=key)
            self.receipts += [(asked, time.monotonic())] if one.record_told else []

    def _send_photo(self, one: Work) -> None:
        named = {"sha256": one.sha256, "type": "image/jpeg"}
        metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items())
        told = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(one.photo)), "Upload-Metadata": metadata}
        answer = self.ask("POST", "/v1/photos", headers=told)
        while answer is not None and "Upload-Offset" in answer.headers:
            if "Lujian-Receipt" in answer.headers:
                receipt = json.loads(base64.b64decode(answer.headers["Lujian-Receipt"]))
                one.photo_told = receipt["sha256"] == one.sha256
                return
            offset = int(answer.headers["Upload-Offset"])
            told = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
            told["Upload-Offset"] = str(offset)
            piece = one.photo[offset : offset + _PIECE]
            answer = self.ask("PATCH", f"/v1/photos/{one.sha256}", headers=told, data=piece)

    def _new(self) -> Work:
        """Seal the next record of the chain; some are odd: good parts of other formats, and senseless ones."""
        photo = b"\xff\xd8\xff\xe0" + os.urandom(self._chance.randint(10_000, 150_000))
        file = {"sha256": hashlib.sha256(photo).hexdigest(), "bytes": len(photo), "type": "image/jpeg"}
        self._seq += 1
        at = instant(datetime.now(UTC))
        part = {
            "format": 1,
            "kind": "inspection",
            "id": uuid7(),
            "inspection": uuid7(),
            "opened_at": at,
            "device": self.enrolled["device"],
            "device_seq": self._seq,
            "previous": self._previous,
            "certificate": self.enrolled["certificate"],
            "app": "chaos",
            "sealed_at": at,
            "clock": {"offset_ms": 0, "agreed_at": at, "jumps": 0},
            "checklist": "cn-joint",
            "definitions": self.definitions,
            "entries": [],
            "findings": [],
            "outcome": {"proposed": "release", "decided": "release", "reason": None},
            "papers": [],
            "photos": [{"entry": "e-1", "original": file}],
        }
        odd: list[dict[str, Any]] = [{"format": 9}, {"definitions": []}, {"clock": {"offset_ms": 10**12}}]
        good = self._chance.random() > _ODD
        sealed = seal(part if good else {**part, **self._chance.choice(odd)}, self.key)
        self._previous = sealed.digest
        return Work(sealed, good, photo)
