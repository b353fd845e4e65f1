"""The answering and the asking side over real sockets on loopback: bounds, cuts, and an address without anybody."""

import contextlib
import queue
import socket
import sys
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from mobile.device import network
from mobile.pairing import guest, host
from mobile.pairing.host import Host
from mobile.pairing.letter import MOST_BYTES
from mobile.refusals import Refusal

HERE = ("127.0.0.1",)
LOOPBACKS = pytest.mark.skipif(sys.platform == "darwin", reason="one loopback address alone")


def echoed(body):
    if body == b"no":
        raise Refusal("pair_claims")
    return b"heard " + body


@pytest.fixture
def served():
    held = Host(echoed, HERE)
    yield held
    held.stop()


def test_a_letter_is_answered(served):
    assert guest.post(served.addresses, b"hello") == (served.addresses[0], b"heard hello")


def test_a_refusal_comes_as_its_word(served):
    with pytest.raises(Refusal, match="pair_claims"):
        guest.post(served.addresses, b"no")


def test_the_first_address_that_answers_is_taken(served):
    assert guest.post(("127.0.0.1:9", *served.addresses), b"x")[0] == served.addresses[0]


def test_nobody_there_is_said():
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post(("127.0.0.1:9",), b"x")
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post(("93.184.216.34:80",), b"x")


def test_a_body_without_bounds_is_not_read(served):
    for path, said, code in (
        ("/pair", f"Content-Length: {'9' * 30}", 413),
        ("/pair", f"Content-Length: {MOST_BYTES + 1}", 413),
        ("/pair", "Transfer-Encoding: chunked", 400),
        ("/", "Content-Length: 1", 400),
    ):
        # No body follows: one that nobody reads may end the connection before its answer is read.
        with socket.create_connection(served.addresses[0].split(":")) as link:
            link.sendall(f"POST {path} HTTP/1.1\r\n{said}\r\n\r\n".encode())
            assert link.recv(100).startswith(f"HTTP/1.0 {code}".encode())
    assert requests.get(f"http://{served.addresses[0]}/pair", timeout=5).status_code == 501
    with pytest.raises(Refusal, match="pair_"):
        guest.post(served.addresses, b"x" * (MOST_BYTES + 1))


def idle(served, count, address="127.0.0.1"):
    """Connections from one address that say nothing; whoever comes later is let in after them."""
    target = ("127.0.0.1", served.port)
    return [socket.create_connection(target, source_address=(address, 0)) for _ in range(count)]


@pytest.fixture
def timers(monkeypatch):
    """The timers that the host sets, as (seconds, what happens then): nothing comes of itself."""
    told = queue.Queue()

    class Timer:
        def __init__(self, seconds, act, args):
            self.told = (seconds, partial(act, *args))

        def start(self):
            told.put(self.told)

        def cancel(self):
            pass

    monkeypatch.setattr(threading, "Timer", Timer)
    return told


def heard_at_last(served, body):
    """The answer to a letter as soon as there is a place for it; without one it is an error in the end."""
    for _ in range(200):
        with contextlib.suppress(Refusal):
            return guest.post(served.addresses, body)[1]
        time.sleep(0.1)
    return None


def test_a_stalled_request_holds_nobody_up(served, timers, monkeypatch):
    monkeypatch.setattr(host._Handler, "timeout", None)
    held = idle(served, host.OF_ONE)
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post(served.addresses, b"x")
    for _ in held:
        seconds, cut = timers.get(timeout=60)
        assert seconds == host.WHOLE_S
        cut()
    assert heard_at_last(served, b"x") == b"heard x"
    assert [one.recv(1) for one in held] == [b""] * len(held)
    for one in held:
        one.close()


@LOOPBACKS
def test_one_address_that_holds_all_its_places_holds_off_no_other(served):
    held = idle(served, host.AT_ONCE, "127.0.0.2")
    assert guest.post(served.addresses, b"x")[1] == b"heard x"
    for one in held:
        one.close()


@LOOPBACKS
def test_all_places_together_are_bounded(served):
    held = [*idle(served, host.OF_ONE, "127.0.0.2"), *idle(served, host.OF_ONE, "127.0.0.3")]
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post(served.addresses, b"x")
    for one in held:
        one.close()


def test_the_port_is_kept_over_a_restart_and_nothing_listens_after_the_end(served):
    port = served.port
    served.stop()
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post((f"127.0.0.1:{port}",), b"x")
    again = Host(echoed, HERE, port)
    assert again.port == port
    again.stop()


def test_a_taken_port_gives_another_one(served):
    second = Host(echoed, HERE, served.port)
    assert second.port not in (0, served.port)
    second.stop()
    assert Host(echoed, ("203.0.113.7",)).addresses == ()


def test_whoever_else_answers_is_not_believed():
    class Portal(BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/login")
            self.end_headers()

        def log_message(self, *_):
            pass

    portal = HTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=portal.handle_request, daemon=True).start()
    with pytest.raises(Refusal, match="pair_unreachable"):
        guest.post((f"127.0.0.1:{portal.server_port}",), b"x")
    portal.server_close()


def test_local_addresses_are_private():
    assert all(network._is_near(one) for one in network.local_addresses())
    assert not any(network._is_near(one) for one in ("127.0.0.1", "8.8.8.8"))
