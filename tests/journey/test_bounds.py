"""An office among senders that trickle, stall, flood and cut: it ends them by rule, and the others notice nothing."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
import requests

from tests.server import sockets
from tests.server.cast import JPEG, Tablet, batch, manifest, photo_file, tus
from tests.server.serving import Serving

T = TypeVar("T")
BIG = JPEG + bytes(range(256)) * 12_000
PIECE = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


FEW = {"photos_at_once": 6, "device_at_once": 4, "handovers_at_once": 1, "strangers_per_address": 3}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    held = Serving(tmp_path_factory.mktemp("office"), **FEW)
    held.start()
    yield held
    held.stop()


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Serving]:
    """An office that cuts nobody off while a test looks, however long that takes here."""
    held = Serving(tmp_path, stall_seconds=300, **FEW)
    held.start()
    yield held
    held.stop()


@pytest.fixture
def tablet(serving: Serving) -> Tablet:
    made = serving.enrol()
    serving.push(made, made.seal(photos=manifest(BIG)))
    requests.post(f"{serving.url}/v1/photos", headers={**tus(BIG), **made.bearer}, timeout=30)
    return made


def patch(tablet: Tablet, length: int = len(BIG), offset: int = 0) -> bytes:
    told = {**tablet.bearer, **PIECE, "Upload-Offset": offset, "Content-Length": length}
    return sockets.head("PATCH", f"/v1/photos/{photo_file(BIG)['sha256']}", told)


def offset_of(serving: Serving, tablet: Tablet) -> int:
    told = {"Tus-Resumable": "1.0.0", **tablet.bearer}
    path = f"{serving.url}/v1/photos/{photo_file(BIG)['sha256']}"
    return int(requests.head(path, headers=told, timeout=30).headers["Upload-Offset"])


def filled(
    send: Callable[[], list[socket.socket]], ask: Callable[[], T], so: Callable[[T], bool]
) -> tuple[list[socket.socket], T]:
    """Let senders take every place, and ask once more; return who holds the places, and the answer.

    Who asks while a sender is still on its way takes the last place himself, and the sender is refused: then anew.
    """
    for _ in range(8):
        links = send()
        time.sleep(0.3)
        answer = ask()
        if so(answer):
            break
        for link in links:
            link.close()
    return links, answer


def sent(office: Serving, head: bytes, count: int) -> list[socket.socket]:
    """Send the head of a request on so many connections, and no body."""
    links = [sockets.connect(office) for _ in range(count)]
    for link in links:
        link.sendall(head)
    return links


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_trickles_ends_with_408(serving: Serving, tablet: Tablet, chunked: bool) -> None:
    size = {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": 5_000_000}
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("POST", "/v1/records", {**tablet.bearer, **size}))
        lasted = sockets.trickle(link, 15, piece=b"1\r\nx\r\n" if chunked else b"x")
        told = sockets.answer(link)
    assert told.startswith(b"HTTP/1.1 408") and b'"too_slow"' in told
    assert 1.5 < lasted < 8


def test_a_trickling_photo_is_ended_and_its_bytes_are_kept(serving: Serving, tablet: Tablet) -> None:
    with sockets.connect(serving) as link:
        link.sendall(patch(tablet) + BIG[:400_000])
        sockets.trickle(link, 15, piece=BIG[400_000:400_001])
        assert sockets.answer(link).startswith(b"HTTP/1.1 408")
    assert offset_of(serving, tablet) >= 400_000


def test_time_cannot_be_saved_up(serving: Serving, tablet: Tablet) -> None:
    """Three quarters of a photo at once buy no hour of trickling: at most the time of a silence is in hand."""
    with sockets.connect(serving) as link:
        link.sendall(patch(tablet) + BIG[: len(BIG) * 3 // 4])
        assert sockets.trickle(link, 20) < 8


@pytest.mark.parametrize("path", ["/v1/records", "/v1/photos", "/v1/handovers", "/v1/tasks/a/acts"])
def test_who_is_unknown_is_told_so_before_his_first_byte(serving: Serving, path: str) -> None:
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("POST", path, {"Content-Length": 30_000_000, "Expect": "100-continue"}))
        began = time.monotonic()
        assert sockets.answer(link).startswith(b"HTTP/1.1 401")
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("path", ["/console/logout", "/console/purpose"])
def test_a_form_of_nobody_is_not_read(serving: Serving, path: str) -> None:
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("POST", path, {"Content-Length": 10_000, "Expect": "100-continue"}))
        assert sockets.answer(link).startswith(b"HTTP/1.1 303")


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("POST", "/v1/photos", {"Authorization": "Bearer nobody"}, 401),
        ("POST", "/v1/photos", {"Upload-Metadata": "sha256 !"}, 400),
        ("PATCH", f"/v1/photos/{photo_file(BIG)['sha256']}", {"Upload-Offset": "17"}, 409),
        ("POST", "/v1/records", {"Content-Encoding": "br"}, 415),
        ("POST", "/nowhere", {}, 404),
        ("DELETE", "/v1/records", {}, 405),
    ],
)
def test_an_early_refusal_reaches_who_sends_all_before_he_listens(
    serving: Serving, tablet: Tablet, method: str, path: str, more: dict[str, str], status: int
) -> None:
    told = {**tablet.bearer, **tus(BIG), **PIECE, "Content-Length": len(BIG), **more}
    with sockets.connect(serving) as link:
        link.sendall(sockets.head(method, path, told) + BIG)
        said = sockets.answer(link)
    assert said.startswith(f"HTTP/1.1 {status}".encode()), said[:200]
    assert b'"code"' in said


def test_a_length_that_nobody_takes_is_refused_without_waiting_for_it(serving: Serving, tablet: Tablet) -> None:
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("POST", "/v1/records", {**tablet.bearer, "Content-Length": 10**12}) + b"{")
        assert sockets.answer(link).startswith(b"HTTP/1.1 413")


def test_a_kind_that_is_full_is_told_to_come_again_and_the_others_go_on(patient: Serving) -> None:
    senders = [patient.enrol() for _ in range(2)]
    for sender in senders:
        patient.push(sender, sender.seal(photos=manifest(BIG)))
        requests.post(f"{patient.url}/v1/photos", headers={**tus(BIG), **sender.bearer}, timeout=30)

    def send() -> list[socket.socket]:
        links = [sockets.connect(patient) for _ in range(6)]
        for link, sender in zip(links, [*senders] * 3, strict=True):
            link.sendall(patch(sender))
        return links

    def one_more() -> bytes:
        with sockets.connect(patient) as link:
            link.sendall(patch(senders[0], 10) + BIG[:10])
            return sockets.answer(link)

    links, full = filled(send, one_more, lambda told: told.startswith(b"HTTP/1.1 503"))
    assert full.startswith(b"HTTP/1.1 503") and b"retry-after: 5" in full.lower() and b'"busy"' in full
    assert requests.get(f"{patient.url}/healthz", timeout=30).status_code == 200
    assert patient.push(senders[0], senders[0].seal())[0]["status"] == "accepted"
    assert requests.get(f"{patient.url}/console/login", timeout=30).status_code == 200
    for link in links:
        link.close()


def test_one_device_has_its_share_and_no_more(patient: Serving) -> None:
    tablet = patient.enrol()
    head = sockets.head("POST", "/v1/records", {**tablet.bearer, "Content-Length": 100})
    ask = partial(requests.get, f"{patient.url}/v1/packages", headers=tablet.bearer, timeout=30)
    links, answer = filled(partial(sent, patient, head, 4), ask, lambda told: told.status_code == 429)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_at_once")
    assert int(answer.headers["Retry-After"]) > 0
    other = patient.enrol()
    assert patient.push(other, other.seal())[0]["status"] == "accepted"
    for link in links:
        link.close()


def test_strangers_of_one_address_hold_up_each_other_alone(serving: Serving) -> None:
    tablet = serving.enrol()
    head = sockets.head("POST", "/v1/devices", {"Content-Length": 100})
    ask = partial(requests.post, f"{serving.url}/v1/devices", json={}, timeout=30)
    links, asked = filled(partial(sent, serving, head, 3), ask, lambda told: told.status_code == 429)
    assert (asked.status_code, asked.json()["code"]) == (429, "too_many_at_once")
    assert serving.push(tablet, tablet.seal())[0]["status"] == "accepted"
    assert all(sockets.answer(link).startswith(b"HTTP/1.1 408") for link in links)
    assert requests.post(f"{serving.url}/v1/devices", json={}, timeout=30).status_code == 400


@pytest.mark.parametrize("packed", [False, True])
def test_a_batch_that_was_cut_is_not_taken_for_a_whole_one(serving: Serving, tablet: Tablet, packed: bool) -> None:
    """A body in chunks ends quietly when it is cut: what counts is whether its end came."""
    body = gzip.compress(batch(tablet.seal())) if packed else batch(tablet.seal())
    told = {**tablet.bearer, "Transfer-Encoding": "chunked", **({"Content-Encoding": "gzip"} if packed else {})}
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("POST", "/v1/records", told) + b"%x\r\n" % len(body) + body + b"\r\n")
    log = serving.folder / "server.log"
    deadline = time.monotonic() + 60
    while '"status": 400, ' not in log.read_text().rpartition("/v1/records")[2] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert '"status": 400' in log.read_text().rpartition("/v1/records")[2]


def test_a_photo_in_chunks_that_was_cut_keeps_its_bytes(serving: Serving, tablet: Tablet) -> None:
    told = {**tablet.bearer, **PIECE, "Upload-Offset": 0, "Transfer-Encoding": "chunked"}
    told["Upload-Checksum"] = "sha256 " + "A" * 43 + "="
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("PATCH", f"/v1/photos/{photo_file(BIG)['sha256']}", told))
        link.sendall(b"%x\r\n" % 300_000 + BIG[:300_000] + b"\r\n")
    deadline = time.monotonic() + 60
    while offset_of(serving, tablet) < 300_000 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert offset_of(serving, tablet) == 300_000


@pytest.mark.parametrize("upgrade", ["/", "/v1/records", "/console/inbox", "/nowhere"])
def test_a_web_socket_is_refused_without_a_trace(serving: Serving, upgrade: str) -> None:
    told = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": 13,
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("GET", upgrade, told))
        assert not sockets.answer(link).startswith(b"HTTP/1.1 101")
    log = (serving.folder / "server.log").read_text()
    assert "Traceback" not in log and '"trace"' not in log


@pytest.mark.parametrize("path", ["/v1/records/%00", "/v1/packages/a%00@1", "/v1/packages?a=%00", "/a?b=\xff"])
def test_an_address_that_nothing_can_have_is_refused(serving: Serving, path: str) -> None:
    with sockets.connect(serving) as link:
        link.sendall(sockets.head("GET", path).replace(b"\xc3\xbf", b"\xff"))
        assert sockets.answer(link).startswith(b"HTTP/1.1 400")
    assert "Traceback" not in (serving.folder / "server.log").read_text()


def test_a_proxy_that_speaks_http_1_0_is_answered(serving: Serving) -> None:
    with socket.create_connection(("127.0.0.1", serving.port), timeout=10) as link:
        link.sendall(b"GET /healthz HTTP/1.0\r\nHost: x\r\n\r\n")
        assert link.recv(1000).startswith(b"HTTP/1.0 200")


def test_idle_and_trickling_connections_hold_nobody_off(tmp_path: Path) -> None:
    # Nobody is cut off in the meantime: whoever waits for them to go waits in vain.
    office = Serving(tmp_path, stall_seconds=300)
    office.start()
    links = []
    try:
        tablet = office.enrol()
        for number in range(1200):
            links.append(sockets.connect(office))
            if number % 3 == 1:
                links[-1].sendall(b"POST /v1/records HTTP/1.1\r\nHost: of")
            if number % 3 == 2:
                links[-1].sendall(sockets.head("POST", "/v1/records", {"Content-Length": 1000}) + b"x")
        assert requests.get(f"{office.url}/healthz", timeout=30).status_code == 200
        assert office.push(tablet, tablet.seal())[0]["status"] == "accepted"
    finally:
        for link in links:
            link.close()
        office.stop()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_monitor_may_ask_by_head_and_the_connection_stays_whole(serving: Serving, path: str) -> None:
    with requests.Session() as monitor:
        for _ in range(2):
            answer = monitor.head(serving.url + path, timeout=30)
            assert (answer.status_code, answer.content) == (200, b"")
        assert monitor.get(serving.url + path, timeout=30).json()
