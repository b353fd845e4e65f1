"""Hand-over files as a tablet writes them, member by member, brought to an office."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from falcon.testing import Result, TestClient

from checklists.crypto import columns_key, encrypt, place
from checklists.records import export_file
from checklists.records.export_file import Header, Member
from checklists.wire import digest, uuid7
from server.office import Office
from tests.server.cast import Tablet

STORE_KEY = b"k" * 32
INSPECTION = uuid7()
AT = "2026-11-01T00:00:00.000Z"


def hidden(content: bytes, *names: str) -> bytes:
    return encrypt(columns_key(STORE_KEY), content, place(*names))


def member(name: str, content: bytes) -> Member:
    return Member(name, len(content), io.BytesIO(content))


def unfinished(text: str, inspection: str = INSPECTION) -> Member:
    return check(said(text, inspection), inspection)


def said(text: str, inspection: str = INSPECTION) -> dict[str, Any]:
    """An entry as a tablet writes it."""
    told = {"id": "e-1", "inspection": inspection, "device": "d", "seq": 1, "officer": "T-001", "agency": "T"}
    return {**told, "at": AT, "kind": "note", "item": "site", "value": {"text": text}, "withdraws": None}


def check(entry: Any, inspection: str = INSPECTION, named: str = "", **changes: Any) -> Member:
    """An unsealed check with one entry; `changes` go over what stands around the entries."""
    body = entry if isinstance(entry, bytes) else json.dumps(entry).encode()
    shut = hidden(body, "entry", "e-1", inspection, "1", "d")
    rows = [{"id": "e-1", "seq": 1, "device": "d", "body": base64.b64encode(shut).decode()}]
    told = {"inspection": inspection, "state": "in_progress", "opened_at": AT, "entries": rows, **changes}
    return member(f"unfinished/{named or inspection}.json", json.dumps(told).encode())


def unfinished_photo(content: bytes, inspection: str = INSPECTION) -> Member:
    sha256 = digest(content)
    return member(f"unfinished/{inspection}/{sha256}", hidden(content, "photo", sha256))


def file_of(office: Office, device: str, members: Iterable[Member]) -> bytes:
    """Return a file as that device's tablet writes it."""
    key = office.sealing_key.public
    held = list(members)
    kinds = [one.name.partition("/")[0] for one in held]
    head = Header(device, "T0001", key, export_file.wrap(key, STORE_KEY, device), "2026-11-01T00:00:00.000Z")
    head = replace(head, photos=kinds.count("photos"), unfinished=kinds.count("unfinished"))
    file = io.BytesIO()
    export_file.write(file, head, held)
    return file.getvalue()


def hand_over(client: TestClient, tablet: Tablet, content: bytes) -> Result:
    return client.simulate_post("/v1/handovers", headers=tablet.bearer, body=content)


def bring(client: TestClient, office: Office, tablet: Tablet, *members: Member) -> dict[str, Any]:
    answer = hand_over(client, tablet, file_of(office, tablet.enrolled["device"], members))
    assert answer.status_code == 200
    return dict(answer.json)


def aside(office: Office) -> dict[str, bytes]:
    folder = office.config.data / "unfinished" / INSPECTION
    return {one.name: one.read_bytes() for one in folder.iterdir()} if folder.exists() else {}
