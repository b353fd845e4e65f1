"""A post with an office far away and a hub beside it, each a real server of its own; what stands between can be cut."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from checklists.records import hub as kernel
from checklists.records.feed_page import Page, opened
from checklists.records.record import Sealed, receipt_holds
from tests.server.cast import Tablet, batch, tus
from tests.server.serving import Serving

WAIT_S = 40.0


class Link:
    """What stands between hub and parent: it passes bytes on until it is cut."""

    def __init__(self, port: int) -> None:
        self._to, self.up = port, True
        self.most: int | None = None
        """After so many bytes towards the parent a connection is cut in the middle."""
        self.most_down: int | None = None
        """After so many bytes from the parent, likewise; where it is the `last` one nobody answers any more."""
        self.last = False
        self.down = 0
        self._pairs: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self.up = False
        for one in self._pairs:
            one.close()
        self._pairs = []

    def mend(self) -> None:
        self.up, self.most, self.most_down, self.last = True, None, None, False

    def close(self) -> None:
        self.cut()
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to), timeout=5) if self.up else None
            except OSError:
                far = None
            if far is None:
                near.close()
                continue
            far.settimeout(None)
            self._pairs += [near, far]
            threading.Thread(target=self._pump, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        count = 0
        try:
            while content := source.recv(16 * 1024):
                count += len(content)
                most = self.most if up else self.most_down
                over = 0 if most is None else max(0, count - most)
                passed = b"" if up and over else content[: len(content) - over]
                self.down += 0 if up else len(passed)
                sink.sendall(passed)
                if over:
                    self.up = self.up and not self.last
                    break
        except OSError:
            pass
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@dataclass
class Traveller:
    """A tablet as far as the link goes: what it holds, and which receipts of its office it has."""

    tablet: Tablet
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    photo_receipts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def bearer(self, at: Serving) -> dict[str, str]:
        """What it shows: its token to the office, and to a hub what opens that one alone."""
        if not isinstance(at, Hub):
            return self.tablet.bearer
        return {"Authorization": f"Bearer {kernel.bearer(str(self.tablet.enrolled['token']), at.id)}"}

    def push(self, at: Serving, *parts: Sealed) -> list[dict[str, Any]]:
        answer = requests.post(f"{at.url}/v1/records", data=batch(*parts), headers=self.bearer(at), timeout=30)
        assert answer.status_code == 200, answer.text
        results = list(answer.json()["results"])
        for one in results:
            self._keep(one)
        return results

    def ask(self, at: Serving, *parts: Sealed, photos: tuple[bytes, ...] = ()) -> dict[str, Any]:
        """Ask what has become of things, and keep the receipts that hold."""
        sha256s = [hashlib.sha256(one).hexdigest() for one in photos]
        asked = {"records": [one.digest for one in parts], "photos": sha256s}
        answer = requests.post(f"{at.url}/v1/receipts", json=asked, headers=self.bearer(at), timeout=30)
        assert answer.status_code == 200, answer.text
        for one in answer.json()["records"]:
            self._keep(one)
        for one in answer.json()["photos"]:
            if one["receipt"] is not None and one["receipt"]["server_key"] == self.tablet.enrolled["server_key"]:
                self.photo_receipts[one["sha256"]] = one["receipt"]
        return dict(answer.json())

    def photo(self, at: Serving, content: bytes) -> requests.Response:
        piece = {"Content-Type": "application/offset+octet-stream"}
        headers = {**tus(content), **piece, **self.bearer(at)}
        answer = requests.post(f"{at.url}/v1/photos", data=content, headers=headers, timeout=60)
        if "Lujian-Receipt" in answer.headers:
            given = json.loads(base64.b64decode(answer.headers["Lujian-Receipt"]))
            self.photo_receipts[given["sha256"]] = given
        return answer

    def page(self, at: Serving, since: str, **more: Any) -> Page:
        asked = {"since": since, **more}
        answer = requests.get(f"{at.url}/v1/changes", params=asked, headers=self.bearer(at), timeout=90)
        assert answer.status_code == 200, answer.text
        return opened(answer.content, str(self.tablet.enrolled["server_key"]), since)

    def _keep(self, result: dict[str, Any]) -> None:
        given, key = result["receipt"], str(self.tablet.enrolled["server_key"])
        if given is not None and receipt_holds(given, digest_=result["digest"], server_key=key):
            self.receipts[result["digest"]] = given


class Hub(Serving):
    """A hub in a process of its own, behind a link that can be cut."""

    def __init__(self, folder: Path, parent: Serving, **more: object) -> None:
        folder.mkdir()
        super().__init__(folder, **more)
        self.parent, self.link = parent, Link(parent.port)
        self.id = ""

    def join(self, *scope: str) -> Hub:
        code = self.parent.command("hub-code", *scope)
        self.command("hub", "join", "--parent", self.link.url, "--code", code)
        self.start()
        self.id = str(self.told()["certificate"]["hub"])
        return self

    def told(self) -> dict[str, Any]:
        return dict(requests.get(f"{self.url}/v1/hub", timeout=30).json())

    def waiting(self) -> int:
        return sum(self.told()["waiting"].values())

    def knows(self, *tablets: Traveller) -> None:
        """Wait until it lets these in."""
        for one in tablets:
            wait(lambda one=one: self._lets_in(one))

    def _lets_in(self, one: Traveller) -> bool:
        return (
            requests.post(f"{self.url}/v1/receipts", json={}, headers=one.bearer(self), timeout=30).status_code == 200
        )

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def end(self) -> None:
        self.link.close()
        self.stop()


def wait(holds: Callable[[], bool], seconds: float = WAIT_S) -> None:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came so far"
        time.sleep(0.1)
