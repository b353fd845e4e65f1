"""What an office takes from a hub, and a hub from tablets: no more than from them, and nothing unproven."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from checklists.crypto import SigningKey, verify_mapping
from checklists.records import export_file
from checklists.records.export_file import Header
from checklists.records.record import certificate, seal
from checklists.wire import digest
from tests.server.cast import JPEG, Tablet, batch, manifest
from tests.server.handed import STORE_KEY, unfinished
from tests.server.hub.conftest import BOTH, NewHub, NewTablet
from tests.server.hub.posts import Hub, Traveller, wait
from tests.server.serving import Serving

SMALL = JPEG[:2000]
NewParent = Callable[..., Serving]


def hub_key(hub: Hub) -> dict[str, str]:
    """What the hub shows to its parent, read from its own file."""
    told = json.loads(_meta(hub, "hub"))
    return {"Authorization": f"Bearer {told['token']}"}


def _meta(hub: Hub, name: str) -> str:
    link = sqlite3.connect(hub.folder / "office.sqlite3")
    try:
        return str(link.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0])
    finally:
        link.close()


def bring(parent: Serving, bearer: dict[str, str], *parts: Any) -> list[dict[str, Any]]:
    answer = requests.post(f"{parent.url}/v1/records", data=batch(*parts), headers=bearer, timeout=30)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["results"])


@BOTH
def test_an_office_takes_from_a_hub_what_its_tablets_sealed_and_nothing_else(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    bearer, stranger = hub_key(hub), Tablet()
    stranger.enrolled = {**tablet.tablet.enrolled}
    forged = stranger.seal()
    stranger.enrolled = {**tablet.tablet.enrolled, "device": "d-404"}
    unknown = stranger.seal()
    good = tablet.tablet.seal()
    told = bring(parent, bearer, good, forged, unknown)
    assert [(one["status"], one["code"]) for one in told] == [
        ("accepted", ""), ("rejected", "signature_invalid"), ("rejected", "device_mismatch")
    ]  # fmt: skip
    other = new_tablet(parent)
    (told_other,) = bring(parent, other.tablet.bearer, tablet.tablet.seal())
    assert told_other["status"] == "rejected", "a tablet still brings its own alone"


def test_a_hub_seals_nothing(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    key, paper = SigningKey(bytes.fromhex(_meta(hub, "signing_key"))), hub.told()["certificate"]
    for shown in (paper, {**paper, "device": hub.id, "key": key.public}):
        part = {**tablet.tablet.part(), "device": hub.id, "certificate": shown}
        (told,) = bring(parent, hub_key(hub), seal(part, key))
        assert (told["status"], told["code"]) == ("rejected", "device_mismatch")
    fake = certificate(key, device=hub.id, public=key.public, agency="T", prefix="T9", issued_at="2026")
    assert bring(parent, hub_key(hub), seal({**part, "certificate": fake}, key))[0]["status"] == "rejected"


def test_what_counts_for_a_day_counts_for_who_sealed_it(
    new_parent: NewParent, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    parent = new_parent(records_per_day=2)
    busy, other, hub = new_tablet(parent), new_tablet(parent), new_hub(parent)
    hub.knows(busy, other)
    parts = [busy.tablet.seal() for _ in range(3)]
    busy.push(hub, *parts[:2])
    wait(lambda: hub.waiting() == 0)
    busy.push(hub, parts[2])
    calm = other.tablet.seal()
    other.push(hub, calm)
    wait(lambda: other.ask(hub, calm)["records"][0]["status"] == "duplicate")
    assert busy.ask(hub, parts[2])["records"][0]["status"] == "held", "it waits, and holds up nobody"


def test_a_hub_whose_disk_is_full_says_so_and_its_office_still_gets_what_is_held(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal(photos=manifest(SMALL))
    tablet.push(hub, sealed)
    hub.stop()
    hub._environment["LUJIAN_RESERVE_BYTES"] = str(10**18)
    hub.start()
    answer = tablet.photo(hub, SMALL)
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    answer = requests.post(f"{hub.url}/v1/handovers", data=b"x", headers=tablet.bearer(hub), timeout=30)
    assert answer.json()["code"] == "storage_full"
    assert tablet.push(hub, tablet.tablet.seal())[0]["status"] == "held"
    hub.link.mend()
    wait(lambda: hub.told()["waiting"]["records"] == 0)


def test_a_piece_of_a_hand_over_goes_through_and_its_answer_comes_back(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    piece, key = _piece(tablet), str(tablet.tablet.enrolled["server_key"])
    held = requests.post(f"{hub.url}/v1/handovers", data=piece, headers=tablet.bearer(hub), timeout=30)
    assert (held.status_code, held.json()["digest"]) == (202, digest(piece))
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)
    answer = requests.post(f"{hub.url}/v1/handovers", data=piece, headers=tablet.bearer(hub), timeout=30)
    assert answer.status_code == 200 and verify_mapping(key, answer.json())
    asked = {"handovers": [digest(piece)]}
    told = requests.post(f"{hub.url}/v1/receipts", json=asked, headers=tablet.bearer(hub), timeout=30).json()
    assert told["handovers"][0]["answer"] == answer.json()
    assert len(answer.json()["unfinished"]) == 1
    bad = requests.post(f"{hub.url}/v1/handovers", data=b"no file", headers=tablet.bearer(hub), timeout=30)
    assert bad.status_code == 202
    wait(lambda: hub.waiting() == 0)
    again = requests.post(f"{hub.url}/v1/handovers", data=b"no file", headers=tablet.bearer(hub), timeout=30)
    assert again.json()["code"] == "handover_unreadable"


def _piece(tablet: Traveller) -> bytes:
    """A piece as a wiped tablet makes it, for the office's sealing key."""
    key, device = str(tablet.tablet.enrolled["sealing"]["sealing_key"]), str(tablet.tablet.enrolled["device"])
    head = Header(device, "T0001", key, export_file.wrap(key, STORE_KEY, device), "2026-11-01T00:00:00.000Z")
    file = io.BytesIO()
    export_file.write(file, head, [unfinished("x")])
    return file.getvalue()


def test_what_a_hub_itself_can_refuse_it_refuses(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    tablet, other, hub = new_tablet(parent), new_tablet(parent), new_hub(parent)
    hub.knows(tablet, other)
    (told,) = tablet.push(hub, other.tablet.seal())
    assert (told["status"], told["code"]) == ("rejected", "signature_invalid")
    assert tablet.photo(hub, SMALL).json()["code"] == "photo_unknown"
    for body in (b"", b"[]", b'{"records":["x"]}', b'{"acts":[""]}'):
        answer = requests.post(f"{hub.url}/v1/receipts", data=body, headers=tablet.bearer(hub), timeout=30)
        assert answer.json()["code"] == "malformed"


def test_an_office_answers_for_what_it_has(parent: Serving, new_tablet: NewTablet, tmp_path: Path) -> None:
    tablet = new_tablet(parent)
    here, away = tablet.tablet.seal(photos=manifest(SMALL)), tablet.tablet.seal()
    (sent,) = tablet.push(parent, here)
    tablet.photo(parent, SMALL)
    told = tablet.ask(parent, here, away, photos=(SMALL, JPEG))
    assert [(one["status"], one["receipt"]) for one in told["records"]] == [
        ("duplicate", sent["receipt"]), ("unknown", None)
    ]  # fmt: skip
    assert [one["status"] for one in told["photos"]] == ["duplicate", "unknown"]
    assert len(tablet.photo_receipts) == 1
    heard = new_tablet(parent).ask(parent, here)
    assert [(one["status"], one["receipt"]) for one in heard["records"]] == [("unknown", None)]


def test_a_hub_lets_go_of_what_its_office_has_and_keeps_the_receipts(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    passed = tablet.tablet.seal(photos=manifest(SMALL))
    tablet.push(hub, passed)
    tablet.photo(hub, SMALL)
    wait(lambda: hub.waiting() == 0)
    hub.link.cut()
    held = tablet.tablet.seal(photos=manifest(JPEG))
    tablet.push(hub, held)
    tablet.photo(hub, JPEG)
    hub._environment["LUJIAN_HUB_DAYS"] = "-1"
    refused = subprocess.run(
        [sys.executable, "-m", "server", "tidy"], env=hub._environment, capture_output=True, text=True, check=False
    )
    assert "hub_days" in refused.stderr, "the least is a day"
    _age(hub, "2026-01-01T00:00:00.000Z")
    hub._environment["LUJIAN_HUB_DAYS"] = "1"
    hub.command("tidy")
    files = [one.read_bytes() for one in (hub.folder / "photos" / "whole").rglob("*") if one.is_file()]
    assert files == [JPEG] and _bodies(hub) == {held.digest: len(held.body)}
    told = tablet.ask(hub, passed, held, photos=(SMALL, JPEG))
    assert [one["status"] for one in (*told["records"], *told["photos"])] == ["duplicate", "held"] * 2
    assert tablet.push(hub, passed)[0]["status"] == "duplicate"
    assert "Lujian-Receipt" in tablet.photo(hub, SMALL).headers
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)


def _age(hub: Hub, at: str) -> None:
    """Let what was receipted have been so long ago."""
    link = sqlite3.connect(hub.folder / "office.sqlite3", timeout=30)
    with link:
        link.execute("UPDATE record SET processed_at = ? WHERE state = 'passed'", (at,))
    link.close()


def _bodies(hub: Hub) -> dict[str, int]:
    link = sqlite3.connect(hub.folder / "office.sqlite3", timeout=30)
    try:
        return dict(
            link.execute(
                "SELECT digest, bytes FROM record JOIN record_body ON record_body.record = record.id"
            ).fetchall()
        )
    finally:
        link.close()
