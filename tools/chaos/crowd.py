"""Connections that are no use to anybody: some say nothing, some stop in their head, some trickle a body for ever."""

from __future__ import annotations

import contextlib
import random
import select
import socket
import threading

_EVERY_SECONDS = 0.5
_TRICKLING = (
    b"",
    b"POST /v1/records HTTP/1.1\r\nHost: off",
    b"POST /v1/records HTTP/1.1\r\nHost: office\r\nContent-Length: 1000000\r\n\r\n",
    b"POST /v1/devices HTTP/1.1\r\nHost: office\r\nContent-Length: 9000\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: office\r\n\r\n",
)
"""How each kind begins; `{token}` is one of an enrolled tablet."""
_KNOWN = "POST /v1/records HTTP/1.1\r\nHost: office\r\nAuthorization: Bearer {token}\r\nContent-Length: 900000\r\n\r\n"


class Crowd(threading.Thread):
    """Keeps that many connections open against the office; what is closed is opened again."""

    def __init__(self, port: int, count: int, token: str) -> None:
        super().__init__(daemon=True)
        self._port, self._count = port, count
        self._beginnings = (*_TRICKLING, _KNOWN.format(token=token).encode())
        self._links: list[socket.socket] = []
        self.stopping, self.most, self.opened = threading.Event(), 0, 0

    def run(self) -> None:
        """Hold the crowd until it is told to stop."""
        while not self.stopping.wait(_EVERY_SECONDS):
            self._trickle()
            while len(self._links) < self._count and self._open():
                pass
            self.most = max(self.most, len(self._links))
        for link in self._links:
            link.close()

    def _open(self) -> bool:
        try:
            link = socket.create_connection(("127.0.0.1", self._port), timeout=1)
            link.sendall(random.choice(self._beginnings))
            link.setblocking(False)
        except OSError:
            return False
        self._links.append(link)
        self.opened += 1
        return True

    def _trickle(self) -> None:
        """Send one byte on each; drop those that the office ended."""
        poll = select.poll()
        by_number = {link.fileno(): link for link in self._links}
        for number in by_number:
            poll.register(number, select.POLLIN | select.POLLHUP | select.POLLERR)
        ended = {number for number, _event in poll.poll(0) if self._is_ended(by_number[number])}
        for number, link in by_number.items():
            if number not in ended:
                with contextlib.suppress(OSError):
                    link.send(b"x")
        for number in ended:
            by_number[number].close()
        self._links = [link for link in self._links if link.fileno() >= 0]

    def _is_ended(self, link: socket.socket) -> bool:
        try:
            return link.recv(65536) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True
