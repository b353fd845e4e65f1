"""The hub's way to its office over a line that is slow and not dead."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable

import pytest

from server.hub import parent
from server.hub.parent import Parent, ParentRefused


def test_a_body_that_goes_slowly_is_no_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TIMEOUT_S", 2)
    body, seen = bytes(120_000), []

    def read_slowly(listening: socket.socket) -> None:
        link, _address = listening.accept()
        with link:
            took = 0
            while took < len(body):
                piece = link.recv(2000)
                seen.append(piece)
                took += len(piece)
                time.sleep(0.05)
            link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=read_slowly, args=(listening,), daemon=True).start()
        held = Parent(f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert held.ask("POST", "/v1/photos", body).json() == {}
        held.close()
    assert b"Content-Length: 120000\r\n" in b"".join(seen), "no office is made to read pieces of unknown length"


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[:12], lambda packed: packed[:10] + bytes([0xFF]) + packed[11:]]
)
def test_a_packed_answer_that_is_damaged_is_a_broken_link(damage: Callable[[bytes], bytes]) -> None:
    content = damage(gzip.compress(b"{}" * 50))

    def answer(listening: socket.socket) -> None:
        link, _address = listening.accept()
        with link:
            link.recv(2000)
            head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(content)}\r\n\r\n"
            link.sendall(head.encode() + content)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=answer, args=(listening,), daemon=True).start()
        with pytest.raises(ParentRefused, match="link_broken"):
            Parent(f"http://127.0.0.1:{listening.getsockname()[1]}").ask("GET", "/v1/feed")
