"""A small office on loopback for the sync tests: keeps what it gets, and misbehaves as told."""

from __future__ import annotations

import base64
import gzip
import json
import ssl
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from checklists import crypto
from checklists.records import feed_page, record
from checklists.wire import canonical, digest
from tests.mobile.field import AT, OFFICE, line, offer


class FakeOffice:
    """What the office holds, and `faults`: a list of callables, each spoils one request (True: it is dealt with).

    Questions for news have `feed_faults` of their own and are not among `requests`; `tell` adds to the feed.
    """

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.requests: list[str] = []
        self.parts: dict[str, bytes] = {}
        self.acts: dict[str, Any] = {}
        self.photos: dict[str, bytes] = {}
        self.lengths: dict[str, int] = {}
        self.packages: dict[str, bytes] = {}
        self.told: dict[str, Any] = {}
        self.faults: list[Any] = []
        self.feed_faults: list[Any] = []
        self.lines: list[bytes] = []
        self.epoch = "e"
        self.page_key = OFFICE
        self.asked = 0
        self.statuses: list[Any] = []
        self.status = "accepted"
        self.at = AT
        self.receipt_key = OFFICE
        self.url = ""

    def tell(self, *lines: bytes) -> None:
        """Add changes to the feed."""
        self.lines += lines

    def changes(self, since: str, limit: int) -> bytes | None:
        """Return the page behind a cursor, with what became of the packages; None where it is none of this feed."""
        for name, body in self.packages.items():
            told = line("package", name, offer(name, body, digest(body)[:4]))
            if told not in self.lines:
                self.tell(told)
        epoch, _dot, place = since.partition(".")
        if since and (epoch != self.epoch or int(place) > len(self.lines)):
            return None
        begin = int(place or 0)
        given = self.lines[begin : begin + limit]
        cursor, more = f"{self.epoch}.{begin + len(given)}", begin + len(given) < len(self.lines)
        head = {"at": self.at, "agency": "T", "area": "", "since": since, "cursor": cursor, "more": more}
        return feed_page.make(self.page_key, head, given)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    office: FakeOffice

    def log_message(self, *_: Any) -> None:
        pass

    def handle_any(self) -> None:
        news = self.path.startswith(("/v1/changes", "/v1/devices/status"))
        self.office.asked += self.path.startswith("/v1/changes")
        faults = self.office.feed_faults if news else self.office.faults
        if not news:
            self.office.requests.append(f"{self.command} {self.path}")
        if faults and faults.pop(0)(self):
            return
        length = int(self.headers.get("Content-Length") or 0)
        getattr(self, f"do_{self.path.split('/')[2].split('?')[0]}")(self.rfile.read(length))

    do_GET = do_POST = do_HEAD = do_PATCH = handle_any  # noqa: N815 the names that http.server calls

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def refuse(self, status: int, code: str, **headers: str) -> None:
        self.answer(status, json.dumps({"code": code}).encode(), **headers)

    def do_records(self, body: bytes) -> None:
        if self.command == "GET":
            told = self.office.told.get(self.path.rpartition("/")[2])
            return self.refuse(404, "not_found") if told is None else self.answer(200, json.dumps(told).encode())
        body = gzip.decompress(body)
        self.office.bodies.append(body)
        results = []
        for sent in json.loads(body)["records"]:
            known = sent["digest"] in self.office.parts
            self.office.parts[sent["digest"]] = canonical(sent["part"])
            receipt = record.receipt(
                self.office.receipt_key, digest_=sent["digest"], device_seq=sent["part"]["device_seq"], received_at=AT
            )
            status = "duplicate" if known else self.office.status
            rejected = {"receipt": None, "code": "signature_invalid", "detail": "tampered"}
            rest = rejected if status == "rejected" else {"receipt": receipt, "code": "", "detail": ""}
            results.append({"digest": sent["digest"], "status": status, **rest})
        return self.answer(200, json.dumps({"at": self.office.at, "results": results}).encode())

    def do_tasks(self, body: bytes) -> None:
        act = json.loads(body)
        self.office.acts[act["id"]] = (self.path, act)
        self.answer(200, json.dumps({"at": self.office.at, "id": act["id"], "closed": False}).encode())

    def do_photos(self, body: bytes) -> None:
        office = self.office
        if self.command == "POST":
            named = dict(pair.split(" ") for pair in self.headers["Upload-Metadata"].split(","))
            sha256 = base64.b64decode(named["sha256"]).decode()
            office.lengths[sha256] = int(self.headers["Upload-Length"])
            office.photos.setdefault(sha256, body)
        else:
            sha256 = self.path.rpartition("/")[2]
        if sha256 not in office.photos:
            return self.refuse(404, "not_found")
        if self.command == "PATCH":
            if int(self.headers["Upload-Offset"]) != len(office.photos[sha256]):
                return self.refuse(409, "offset_mismatch")
            office.photos[sha256] += body
        headers = {"Upload_Offset": str(len(office.photos[sha256]))}
        if len(office.photos[sha256]) == office.lengths[sha256]:
            if digest(office.photos[sha256]) != sha256:
                del office.photos[sha256]
                return self.refuse(460, "checksum_mismatch")
            given = {"sha256": sha256, "bytes": office.lengths[sha256], "received_at": AT}
            signed = crypto.sign_mapping(office.receipt_key, {**given, "server_key": office.receipt_key.public})
            headers["Lujian_Receipt"] = base64.b64encode(canonical(signed)).decode()
        return self.answer(201 if self.command == "POST" else 200, **headers)

    def do_changes(self, _body: bytes) -> None:
        asked = {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}
        page = self.office.changes(asked.get("since", ""), int(asked["limit"]))
        if page is None:
            return self.refuse(410, "cursor_gone")
        return self.answer(200, gzip.compress(page), Content_Encoding="gzip")

    def do_packages(self, _body: bytes) -> None:
        name = self.path.removeprefix("/v1/packages").strip("/").partition("@")[0]
        if name:
            return self.answer(200, gzip.compress(self.office.packages[name]), Content_Encoding="gzip")
        offers = [offer(name, body, digest(body)[:4]) for name, body in self.office.packages.items()]
        return self.answer(200, json.dumps({"at": self.office.at, "packages": offers}).encode())

    def do_devices(self, body: bytes) -> None:
        asked = json.loads(body)
        if self.path.endswith("/status"):
            self.office.statuses.append(asked)
            return self.answer(200, json.dumps({"at": self.office.at}).encode())
        if "code" not in asked:  # it knows no device that comes back
            return self.refuse(401, "token_invalid")
        if asked["code"] != "12345678":
            return self.refuse(403, "code_invalid")
        certificate = record.certificate(
            self.office.receipt_key, device="dev-1", public=asked["public_key"], agency="T", prefix="T1", issued_at=AT
        )
        told = {"device": "dev-1", "certificate": certificate, "token": "t0", "server_key": OFFICE.public}
        rest = {"office": "县交通运输综合行政执法大队", "officers": [{"id": "a", "name": "鲍警官"}], "at": AT}
        return self.answer(201, json.dumps({**told, **rest}).encode())


def cut(handler: Handler) -> bool:
    """End the connection in the middle of the request."""
    handler.connection.close()
    handler.close_connection = True
    return True


def keep_half_then_cut(handler: Handler) -> bool:
    """Take half of a PATCH, then lose the connection: what a tunnel does."""
    body = handler.rfile.read(int(handler.headers["Content-Length"]))
    sha256 = handler.path.rpartition("/")[2]
    handler.office.photos[sha256] += body[: len(body) // 2]
    return cut(handler)


def fails(status: int, code: str) -> Any:
    """Refuse a request with this code."""

    def fault(handler: Handler) -> bool:
        handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        handler.refuse(status, code)
        return True

    return fault


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a tablet that ended its connection: it does so without a word."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(office: FakeOffice, tls: ssl.SSLContext | None = None) -> Any:
    """Serve the office on a free loopback port until the block ends; afterwards its socket refuses."""
    server = _Server(("127.0.0.1", 0), type("Bound", (Handler,), {"office": office}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    office.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
