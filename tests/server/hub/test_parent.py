"""The hub's way to its office over a line that is slow and not dead."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from server.hub import parent
from server.hub.parent import Parent


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
