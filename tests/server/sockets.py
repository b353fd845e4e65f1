"""HTTP by hand: a sender that trickles, stops, goes away or sends what no library would."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Mapping

from tests.server.serving import Serving


def connect(serving: Serving) -> socket.socket:
    return socket.create_connection(("127.0.0.1", serving.port), timeout=30)


def head(method: str, path: str, headers: Mapping[str, str | int] | None = None) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: office", *(f"{name}: {one}" for name, one in (headers or {}).items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def answer(link: socket.socket) -> bytes:
    """Return all that comes until the other side closes, or until a whole answer with a length is there."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while more := link.recv(65536):
            got += more
            start, found, rest = got.partition(b"\r\n\r\n")
            length = next((one for one in start.lower().split(b"\r\n") if one.startswith(b"content-length:")), None)
            if found and length is not None and len(rest) >= int(length.split(b":")[1]):
                break
    return got


def trickle(link: socket.socket, seconds: float, *, every: float = 0.1, piece: bytes = b"x") -> float:
    """Send a little again and again until somebody ends it; return after how long that was."""
    began = time.monotonic()
    link.settimeout(every)
    while time.monotonic() - began < seconds:
        try:
            link.sendall(piece)
            if link.recv(1, socket.MSG_PEEK) is not None:
                break
        except TimeoutError:
            continue
        except OSError:
            break
    link.settimeout(30)
    return time.monotonic() - began
