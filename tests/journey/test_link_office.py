"""The office's side of the link over real HTTP: kills, cuts, stalls, and a tus client that is not ours."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from tusclient.client import TusClient

from checklists.records.record import receipt_holds
from tests.server.cast import JPEG, REGISTRY, Tablet, manifest, photo_file, tus
from tests.server.serving import Serving

BIG = JPEG + bytes(range(256)) * 12_000


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    held = Serving(tmp_path)
    held.start()
    yield held
    held.stop()


def test_a_killed_server_loses_no_record_that_has_a_receipt(serving: Serving) -> None:
    tablet = serving.enrol()
    receipts: dict[str, dict[str, object]] = {}
    parts = [tablet.seal() for _ in range(60)]
    receipts[parts[0].digest] = serving.push(tablet, parts[0])[0]["receipt"]  # one at least, on any machine
    for start, after_seconds in zip(range(0, 60, 10), (0.004, 0.01, 0.02, 0.03, 0.015, 0.04), strict=True):
        killer = threading.Timer(after_seconds, serving.stop, [signal.SIGKILL])
        killer.start()
        for part in parts[start : start + 10]:
            try:
                (result,) = serving.push(tablet, part)
                receipts[part.digest] = result["receipt"]
            except requests.RequestException:
                break
        killer.join()
        serving.start()
    again = {part.digest: serving.push(tablet, part)[0] for part in parts}
    for digest, receipt in receipts.items():
        assert (again[digest]["status"], again[digest]["receipt"]) == ("duplicate", receipt)
    assert all(
        receipt_holds(one["receipt"], digest_=digest, server_key=tablet.enrolled["server_key"])
        for digest, one in again.items()
    )


def cut_upload(serving: Serving, tablet: Tablet, content: bytes, offset: int, send: int) -> socket.socket:
    """Send part of a PATCH by hand and return the open socket."""
    sha256 = photo_file(content)["sha256"]
    lines = [
        f"PATCH /v1/photos/{sha256} HTTP/1.1",
        f"Host: 127.0.0.1:{serving.port}",
        f"Authorization: {tablet.bearer['Authorization']}",
        "Tus-Resumable: 1.0.0",
        "Content-Type: application/offset+octet-stream",
        f"Upload-Offset: {offset}",
        f"Content-Length: {len(content) - offset}",
    ]
    link = socket.create_connection(("127.0.0.1", serving.port), timeout=30)
    link.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + content[offset : offset + send])
    return link


def offset_of(serving: Serving, tablet: Tablet, content: bytes) -> int:
    told = {"Tus-Resumable": "1.0.0", **tablet.bearer}
    answer = requests.head(f"{serving.url}/v1/photos/{photo_file(content)['sha256']}", headers=told, timeout=30)
    return int(answer.headers["Upload-Offset"])


def begin(serving: Serving, content: bytes) -> Tablet:
    """Deliver a record that names the photo, and begin its upload."""
    tablet = serving.enrol()
    serving.push(tablet, tablet.seal(photos=manifest(content)))
    answer = requests.post(f"{serving.url}/v1/photos", headers={**tus(content), **tablet.bearer}, timeout=30)
    assert answer.status_code == 201
    return tablet


def wait_for(serving: Serving, tablet: Tablet, content: bytes, at_least: int) -> int:
    for _ in range(200):
        if offset_of(serving, tablet, content) >= at_least:
            break
        time.sleep(0.05)
    return offset_of(serving, tablet, content)


def test_a_cut_upload_keeps_its_bytes_and_goes_on_from_there(serving: Serving) -> None:
    tablet = begin(serving, BIG)
    offset = 0
    for _ in range(3):
        cut_upload(serving, tablet, BIG, offset, 700_000).close()
        offset = wait_for(serving, tablet, BIG, offset + 700_000)
        assert offset > 0
    with cut_upload(serving, tablet, BIG, offset, len(BIG)) as link:
        answer = link.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 204")
    assert "lujian-receipt" in answer.lower()


def test_an_upload_survives_the_kill_of_the_server(serving: Serving) -> None:
    tablet = begin(serving, BIG)
    cut_upload(serving, tablet, BIG, 0, 900_000).close()
    before = wait_for(serving, tablet, BIG, 900_000)
    serving.stop(signal.SIGKILL)
    serving.start()
    assert offset_of(serving, tablet, BIG) == before == 900_000


def test_a_dead_connection_does_not_hold_the_photo(serving: Serving) -> None:
    tablet = begin(serving, BIG)
    with cut_upload(serving, tablet, BIG, 0, 600_000):
        offset = wait_for(serving, tablet, BIG, 500_000)
        with cut_upload(serving, tablet, BIG, offset, len(BIG)) as second:
            assert second.recv(4096).startswith(b"HTTP/1.1 204")


def test_stalled_uploads_do_not_stop_the_office(serving: Serving) -> None:
    tablet = begin(serving, BIG)
    stalled = [cut_upload(serving, tablet, BIG, 0, 0) for _ in range(40)]
    assert requests.get(f"{serving.url}/healthz", timeout=5).json() == {"status": "ok"}
    assert serving.push(tablet, tablet.seal())[0]["status"] == "accepted"
    answers = [link.recv(4096) for link in stalled]
    assert all(answer.startswith(b"HTTP/1.1 4") for answer in answers)
    for link in stalled:
        link.close()


def test_a_tus_client_that_is_not_ours_delivers_a_photo(serving: Serving) -> None:
    tablet = serving.enrol()
    serving.push(tablet, tablet.seal(photos=manifest(BIG)))
    named = {key: str(photo_file(BIG)[key]) for key in ("sha256", "type")}
    client = TusClient(f"{serving.url}/v1/photos", headers=tablet.bearer)
    first = client.uploader(file_stream=io.BytesIO(BIG), chunk_size=500_000, metadata=named)
    first.upload(stop_at=1_000_000)
    again = client.uploader(file_stream=io.BytesIO(BIG), chunk_size=1_000_000, url=first.url)
    assert again.offset == 1_000_000
    again.upload()
    assert offset_of(serving, tablet, BIG) == len(BIG)
    assert (serving.folder / "photos/whole" / named["sha256"][:2] / named["sha256"]).read_bytes() == BIG


def test_the_commands_prepare_an_office(serving: Serving, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY), encoding="utf-8")
    assert serving.command("load-registry", str(rows)).startswith("3 rows")
    assert [line.partition("@")[0] for line in serving.command("publish").splitlines()] == [
        "definitions",
        "reference",
    ]
    assert serving.command("user", "add", "wang", "--role", "leader", "--agency", "T", given="correct horse\n")
    assert serving.enrol().enrolled["officers"][0]["id"] == "T-001"
    with pytest.raises(subprocess.CalledProcessError):
        serving.command("user", "add", "bai", given="short\n")


def test_a_readiness_answer_tells_the_queue(serving: Serving) -> None:
    tablet = serving.enrol()
    serving.push(tablet, tablet.seal(format=9))
    for _ in range(100):
        told = requests.get(f"{serving.url}/readyz", timeout=30).json()
        if told["records"] == {"parked": 1}:
            break
        time.sleep(0.05)
    assert told["ready"]
    assert told["records"] == {"parked": 1}
