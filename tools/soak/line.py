"""The line between a tablet and its office: it cuts, delays, doubles, truncates, changes and delivers late."""

from __future__ import annotations

import contextlib
import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAULTS = (
    "cut_before", "cut_after", "half_request", "half_answer", "doubled", "late", "changed_request", "changed_answer",
    "slow",
)  # fmt: skip
_SECONDS = 30
_HOP = ("connection", "transfer-encoding", "keep-alive", "host")


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Line:
    """A proxy on a free port before an office at `to`; of a hundred requests `odd` suffer, `done` counts how.

    Nothing suffers while it is `quiet`; while it is `down` every request is cut.
    """

    to: int
    odd: float
    seed: int
    done: Counter[str] = field(default_factory=Counter)
    quiet: bool = False
    down: bool = False

    def __post_init__(self) -> None:
        self._chance, self._lock = random.Random(self.seed), threading.Lock()
        self._waiting: list[Asked] = []
        handler = type("Bound", (_Handler,), {"line": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def fault(self) -> str:
        """Choose what happens to the next request; nothing to most."""
        with self._lock:
            if self.down:
                self.done["down"] += 1
                return "cut_before"
            chosen = "" if self.quiet or self._chance.random() > self.odd else self._chance.choice(FAULTS)
            self.done[chosen or "whole"] += 1
            return chosen

    def any_of(self, count: int) -> int:
        """Choose a number below a count."""
        with self._lock:
            return self._chance.randrange(max(count, 1))

    def forward(self, asked: Asked, body: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
        """Ask the office and return its answer; OSError where it does not give one."""
        sent = asked.body if body is None else body
        link = http.client.HTTPConnection("127.0.0.1", self.to, timeout=_SECONDS)
        with contextlib.closing(link):
            link.request(asked.method, asked.path, sent or None, {**asked.headers, "Content-Length": str(len(sent))})
            answer = link.getresponse()
            return answer.status, {name: value for name, value in answer.getheaders()}, answer.read()

    def keep_for_later(self, asked: Asked) -> None:
        """Keep a copy of a request, which arrives once more after others have."""
        with self._lock:
            self._waiting.append(asked)
            ready = self._waiting.pop(0) if len(self._waiting) > 3 else None
        if ready is not None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.forward(ready)

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing: lines that break are what this is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: Line

    def log_message(self, *_: Any) -> None:
        pass

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        headers.pop("Content-Length", None)
        asked = Asked(self.command, self.path, headers, self.rfile.read(length))
        with contextlib.suppress(OSError, http.client.HTTPException):
            self._suffer(asked, self.line.fault())
            return
        self._cut()

    do_GET = do_POST = do_HEAD = do_PATCH = do_PUT = do_DELETE = _any  # noqa: N815 the names that http.server calls

    def _suffer(self, asked: Asked, fault: str) -> None:
        line = self.line
        if fault == "cut_before":
            self._cut()
        elif fault == "half_request":
            self._half_request(asked)
            self._cut()
        elif fault == "changed_request" and asked.body:
            self._answer(*line.forward(asked, _changed(asked.body, line.any_of(len(asked.body)))))
        else:
            if fault == "slow":
                time.sleep(line.any_of(20) / 10)
            if fault == "late":
                line.keep_for_later(asked)
            if fault == "doubled":
                line.forward(asked)
            status, headers, body = line.forward(asked)
            if fault == "cut_after":
                self._cut()
            elif fault == "half_answer" and body:
                self._answer(status, headers, body[: len(body) // 2], of=len(body))
                self._cut()
            elif fault == "changed_answer" and body:
                self._answer(status, headers, _changed(body, line.any_of(len(body))))
            else:
                self._answer(status, headers, body)

    def _half_request(self, asked: Asked) -> None:
        """Let half of a body arrive, and nothing more."""
        link = http.client.HTTPConnection("127.0.0.1", self.line.to, timeout=_SECONDS)
        with contextlib.closing(link):
            link.putrequest(asked.method, asked.path)
            for name, value in {**asked.headers, "Content-Length": str(len(asked.body))}.items():
                link.putheader(name, value)
            link.endheaders()
            link.send(asked.body[: len(asked.body) // 2])

    def _answer(self, status: int, headers: dict[str, str], body: bytes, of: int = -1) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in (*_HOP, "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if of < 0 else of))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(2)


def _changed(body: bytes, at: int) -> bytes:
    """Return a body with one bit of another kind."""
    return body[:at] + bytes([body[at] ^ 4]) + body[at + 1 :]
