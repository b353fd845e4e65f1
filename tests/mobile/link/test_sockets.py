import socket
import threading
import time
from contextlib import contextmanager

import pytest

from mobile.link import office, sockets
from mobile.link.office import Link, Office
from mobile.refusals import Refusal


@contextmanager
def listening(answer):
    """A server of one connection, with little room of its own."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        held.bind(("127.0.0.1", 0))
        held.listen()

        def serve():
            link, _address = held.accept()
            with link:
                answer(link)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def read_all(link, size):
    took = b""
    while len(took) < size:
        took += link.recv(65536)
    return took


def answered(link):
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def test_a_line_that_stands_still_under_a_body_has_its_own_time_and_not_the_one_to_connect(monkeypatch):
    monkeypatch.setattr(office, "TIMEOUT_S", (0.2, 30))
    body = b"x" * 8_000_000

    def late(link):
        time.sleep(1)
        read_all(link, len(body))
        answered(link)

    with listening(late) as url, Office(Link(url)) as held:
        assert held.ask_json("POST", "/v1/records", body=body) == {}


def test_a_line_that_never_takes_a_body_is_lost(monkeypatch):
    monkeypatch.setattr(sockets, "SEND_S", 0.2)
    ended = threading.Event()
    with listening(lambda _link: ended.wait(60)) as url, Office(Link(url)) as held, pytest.raises(Refusal) as caught:
        held.ask_json("POST", "/v1/records", body=b"x" * 8_000_000)
    ended.set()
    assert caught.value.code in ("link_broken", "link_timeout")


def test_a_request_says_no_more_than_the_office_reads():
    heads = []

    def note(link):
        heads.append(read_all(link, 1))
        answered(link)

    with listening(note) as url, Office(Link(url, "secret")) as held:
        held.ask_json("GET", "/v1/packages")
    names = {line.partition(b":")[0].decode() for line in heads[0].split(b"\r\n")[1:] if line}
    assert names == {"Host", "Accept-Encoding", "User-Agent", "Authorization", "Content-Type"}


def test_a_connection_has_every_option_that_this_system_knows():
    with listening(answered) as url, Office(Link(url)) as held, held.begun("/v1/packages", {}) as (answer, _blocks):
        there = answer.raw.connection.sock
        known = {(level, name): value for level, name, value in sockets.options_known() if isinstance(value, int)}
        assert known
        assert {at: there.getsockopt(*at) for at in known} == known
