"""The parent over HTTP, as a hub asks it: one connection, timeouts, TLS verified, and every failure as a code."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import io
import json
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from server.store.hub_identity import Joined

TIMEOUT_S = 30
_UNSENT = 16 * 1024
_MOST_BYTES = 256 * 1024 * 1024
"""Of one answer; a package has a few megabytes."""


class ParentRefused(Exception):  # noqa: N818 - an answer that belongs to the work, not an error
    """What the parent, or the way to it, answered instead: a code, its own where `status` is not 0."""

    def __init__(self, code: str, detail: str = "", status: int = 0) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail, self.status = code, detail, status


@dataclass(frozen=True)
class Answer:
    """An answer that is no refusal; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as a mapping. Raises ParentRefused answer_malformed."""
        try:
            told = json.loads(self.body)
        except (ValueError, RecursionError) as fault:
            raise ParentRefused("answer_malformed") from fault
        if not isinstance(told, dict):
            raise ParentRefused("answer_malformed")
        return told


class Parent:
    """A connection to the parent; used in one thread, and closed at its end."""

    def __init__(self, url: str, token: str = "", ca_file: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ParentRefused("address_invalid", url)
        self._host, self._port = parts.hostname, parts.port
        self._base = parts.path.rstrip("/")
        self._tls = _trust(ca_file) if parts.scheme == "https" else None
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._link: http.client.HTTPConnection | None = None
        self._aborted = False

    @classmethod
    def of(cls, joined: Joined) -> Parent:
        """Return the parent that a hub has joined."""
        return cls(joined.parent, joined.token, joined.ca_file)

    def close(self) -> None:
        """End the connection; the next request makes another one."""
        if self._link is not None:
            self._link.close()
        self._link = None

    def abort(self) -> None:
        """End it for good from another thread: whoever waits for an answer is told that the link broke."""
        self._aborted = True
        link = self._link
        if link is not None and link.sock is not None:
            with contextlib.suppress(OSError):
                link.sock.shutdown(socket.SHUT_RDWR)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        wait_s: int = 0,
    ) -> Answer:
        """Return the answer. Raises ParentRefused. Every request may be made twice: none does more then."""
        told = {**self._headers, "Accept-Encoding": "gzip", **(headers or {})}
        was_open = self._link is not None
        if self._aborted:
            raise ParentRefused("link_broken", "aborted")
        try:
            answer = self._ask(method, path, body, told, wait_s)
        except ssl.SSLError as problem:
            self.close()
            raise ParentRefused("tls_untrusted", type(problem).__name__) from problem
        except (OSError, http.client.HTTPException, EOFError, zlib.error) as problem:
            self.close()
            if was_open and not isinstance(problem, TimeoutError):  # it ended while nobody looked
                return self.ask(method, path, body, headers, wait_s)
            raise ParentRefused(_code(problem), type(problem).__name__) from problem
        if answer.status >= 300 and answer.status != 304:
            raise _refusal(answer)
        return answer

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], wait_s: int) -> Answer:
        if self._link is None:
            self._link = self._connect()
        self._link.timeout = TIMEOUT_S + wait_s
        if self._link.sock is not None:
            self._link.sock.settimeout(TIMEOUT_S + wait_s)
        # As a file it goes block by block, each within the timeout; whole, a thin line would have to take it in one.
        sent, told = io.BytesIO(body) if body else body, dict(headers)
        if body:
            told["Content-Length"] = str(len(body))
        self._link.request(method, self._base + path, body=sent, headers=told)
        got = self._link.getresponse()
        content = got.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise http.client.HTTPException("too long")
        said = {name.lower(): value for name, value in got.getheaders()}
        if said.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(got.status, said, content)

    def _connect(self) -> http.client.HTTPConnection:
        made: http.client.HTTPConnection
        if self._tls is None:
            made = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)
        else:
            made = http.client.HTTPSConnection(self._host, self._port, timeout=TIMEOUT_S, context=self._tls)
        made.connect()
        with contextlib.suppress(AttributeError, OSError):  # little waits unsent when the answer is waited for
            made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
        return made


def _trust(ca_file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except OSError as problem:
        raise ParentRefused("tls_untrusted", f"{ca_file}: {type(problem).__name__}") from problem


def _refusal(answer: Answer) -> ParentRefused:
    told: dict[str, Any] = {}
    with contextlib.suppress(ParentRefused):
        told = answer.json()
    code = str(told.get("code") or "")
    if not code:  # from something between, which must not pass for the office's own word
        code = "office_failed" if answer.status >= 500 else "answer_malformed"
    return ParentRefused(code, str(told.get("detail") or ""), answer.status)


def _code(problem: BaseException) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "tls_untrusted"
    if isinstance(problem, TimeoutError):
        return "link_timeout"
    return "link_refused" if isinstance(problem, ConnectionRefusedError) else "link_broken"
