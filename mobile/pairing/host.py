"""The answering side: a small HTTP server on the local addresses, only while a pairing is open.

It knows one path and one inspection. Bodies are bounded, a request that does not come to its end is cut off, only a few
are answered at once, fewer of one address, and whoever does not know the secret learns nothing but that.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from mobile.pairing.letter import MOST_BYTES
from mobile.refusals import Refusal

PATH = "/pair"
AT_ONCE, OF_ONE = 4, 2
"""How many requests are answered at once, and how many of those may be of one address."""
STALL_S = 5
WHOLE_S = 15
"""How long one request may take in all."""

Answer = Callable[[bytes], bytes]
_STATUS = {"pair_too_large": 413, "pair_malformed": 400, "pair_closed": 410}
_log = logging.getLogger(__name__)


class Host:
    """The servers of one pairing, one for each address; `answer` gives the answer to a letter or raises Refusal."""

    def __init__(self, answer: Answer, addresses: Iterable[str], port: int = 0) -> None:
        self._servers: list[_Server] = []
        for address in addresses:
            server = _listening(address, port, answer)
            if server is not None:
                port = server.server_port
                self._servers.append(server)
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.2,), name="lujian-pair", daemon=True).start()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it answers, as `host:port`."""
        return tuple(f"{one.server_name}:{one.server_port}" for one in self._servers)

    @property
    def port(self) -> int:
        """The port, 0 where nothing listens."""
        return self._servers[0].server_port if self._servers else 0

    def stop(self) -> None:
        """Stop listening; a request that is being answered comes to its end."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers = []


def _listening(address: str, port: int, answer: Answer) -> _Server | None:
    """Return a server on this port, else on any; None where the address went away."""
    for wanted in dict.fromkeys((port, 0)):
        with contextlib.suppress(OSError):
            return _Server((address, wanted), answer)
    return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], answer: Answer) -> None:
        self.answer = answer
        self._places = _Places()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server, which may not be there, what we are called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, where there is a place."""
        if not self._places.enter(client_address[0]):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread could be made
            self._places.leave(client_address[0])
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer within the time that a request may take."""
        cut = threading.Timer(WHOLE_S, _cut, (request,))
        cut.daemon = True
        cut.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            cut.cancel()
            self._places.leave(client_address[0])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke off belongs to the work; a bug is told."""
        if isinstance(sys.exception(), OSError):
            _log.debug("pairing: a connection ended early", exc_info=True)
        else:
            _log.exception("pairing: an answer failed")


class _Places:
    """Places for requests: whoever stands near and holds all that one address may have holds off nobody else."""

    def __init__(self) -> None:
        self._lock, self._taken = threading.Lock(), Counter[str]()

    def enter(self, address: str) -> bool:
        """Take a place for an address; False where it has none left."""
        with self._lock:
            free = self._taken.total() < AT_ONCE and self._taken[address] < OF_ONE
            self._taken[address] += free
            return free

    def leave(self, address: str) -> None:
        """Give the place back."""
        with self._lock:
            self._taken[address] -= 1
            self._taken = +self._taken  # without those that hold none


class _Handler(BaseHTTPRequestHandler):
    timeout = STALL_S
    server: _Server

    def do_POST(self) -> None:
        """Take a letter and give the answer."""
        try:
            self._send(200, self.server.answer(self._letter()))
        except Refusal as refusal:
            self._send(_STATUS.get(refusal.code, 403), refusal.code.encode(), "text/plain")

    def _letter(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if self.path != PATH or not length.isascii() or not length.isdecimal():
            raise Refusal("pair_malformed", "path or length")
        if len(length) > 9 or int(length) > MOST_BYTES:
            raise Refusal("pair_too_large")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Refusal("pair_malformed", "cut off")
        return body

    def _send(self, status: int, body: bytes, type_: str = "application/octet-stream") -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep addresses out of the log."""


def _cut(request: socket.socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_RDWR)
