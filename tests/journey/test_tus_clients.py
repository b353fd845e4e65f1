"""Anybody's upload client: tuspy, tus-js-client on Node and in Chromium, and Uppy, against the real server."""

from __future__ import annotations

import base64
import io
import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page
from tusclient.client import TusClient

from tests.server.cast import JPEG, Tablet, photo_file, tus
from tests.server.serving import Serving

JS = Path(__file__).resolve().parents[1] / "js"
NODE, NPM = shutil.which("node"), shutil.which("npm")
BIG = JPEG + bytes(range(256)) * 12_000
PIECE = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


@pytest.fixture(scope="module")
def clients() -> Path:
    """The folder of the clients, installed as the lock says."""
    if NODE is None or NPM is None:
        pytest.skip("node and npm are not here: apt-get install nodejs npm")
    if not (JS / "node_modules" / ".package-lock.json").exists():
        done = subprocess.run([NPM, "ci", "--ignore-scripts", "--no-audit"], cwd=JS, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"the clients cannot be installed: {done.stderr[-300:]}")
    return JS


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    held = Serving(tmp_path_factory.mktemp("office"), photo_max_bytes=len(BIG) + 1000)
    held.start()
    yield held
    held.stop()


@pytest.fixture(scope="module")
def tablet(serving: Serving) -> Tablet:
    return serving.enrol()


class Photo:
    """A photo that a record of the tablet names, in a file of its own, and where it goes."""

    _number = 0

    def __init__(self, serving: Serving, tablet: Tablet, folder: Path, *, named: bool = True) -> None:
        Photo._number += 1
        self.content = BIG + Photo._number.to_bytes(4)
        self.serving, self.tablet = serving, tablet
        self.file = folder / "photo.jpg"
        self.file.write_bytes(self.content)
        self.told = photo_file(self.content)
        self.endpoint = f"{serving.url}/v1/photos"
        self.metadata = {"sha256": self.told["sha256"], "type": "image/jpeg", "filename": "照片.jpg"}
        if named:
            serving.push(tablet, tablet.seal(photos=[{"entry": "e-1", "original": self.told}]))

    @property
    def is_whole(self) -> bool:
        path = self.serving.folder / "photos/whole" / self.told["sha256"][:2] / self.told["sha256"]
        return path.exists() and path.read_bytes() == self.content

    def begin(self, size: int) -> str:
        """Send the first bytes and return the address of the upload."""
        requests.post(self.endpoint, headers={**tus(self.content), **self.tablet.bearer}, timeout=30)
        address = f"{self.endpoint}/{self.told['sha256']}"
        told = {**PIECE, **self.tablet.bearer, "Upload-Offset": "0"}
        answer = requests.patch(address, data=self.content[:size], headers=told, timeout=30)
        assert answer.headers["Upload-Offset"] == str(size)
        return address


@pytest.fixture
def photo(serving: Serving, tablet: Tablet, tmp_path: Path) -> Photo:
    return Photo(serving, tablet, tmp_path)


@contextmanager
def cutting(serving: Serving, after: int, times: int) -> Iterator[str]:
    """A bad link to the office: the first connections break off once they carried so many bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    cuts = iter(range(times))

    def carry(client: socket.socket) -> None:
        left = after if next(cuts, None) is not None else 10**12
        with client, socket.create_connection(("127.0.0.1", serving.port)) as office:
            threading.Thread(target=_pump, args=(office, client, 10**12), daemon=True).start()
            _pump(client, office, left)

    def serve() -> None:
        while True:
            try:
                client, _from = listener.accept()
            except OSError:
                return
            threading.Thread(target=carry, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def _pump(source: socket.socket, sink: socket.socket, left: int) -> None:
    with suppress(OSError):
        while left > 0 and (some := source.recv(min(65536, left))):
            sink.sendall(some)
            left -= len(some)
    for one in (source, sink):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def by_node(clients: Path, photo: Photo, **more: Any) -> dict[str, Any]:
    told = {
        "file": str(photo.file),
        "endpoint": photo.endpoint,
        "metadata": photo.metadata,
        "headers": photo.tablet.bearer,
        **more,
    }
    run = [str(NODE), str(clients / "upload.mjs"), json.dumps(told)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, cwd=clients)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


OPTIONS: list[dict[str, Any]] = [
    {},
    {"chunkSize": 500_000},
    {"uploadDataDuringCreation": True},
    {"uploadDataDuringCreation": True, "chunkSize": 500_000},
    {"overridePatchMethod": True},
    {"overridePatchMethod": True, "uploadDataDuringCreation": True, "chunkSize": 1_000_000},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_node_delivers_a_photo(clients: Path, photo: Photo, options: dict[str, Any]) -> None:
    assert by_node(clients, photo, options=options)["ok"]
    assert photo.is_whole


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_node_creates_onto_what_is_partly_here(clients: Path, photo: Photo, options: dict[str, Any]) -> None:
    photo.begin(1_234_567)
    told = by_node(clients, photo, options=options)
    assert told["ok"], told
    assert photo.is_whole


def test_node_goes_on_from_an_address(clients: Path, photo: Photo) -> None:
    told = by_node(clients, photo, options={"uploadUrl": photo.begin(1_000_000)})
    assert told["ok"] and told["statuses"] == ["HEAD 200", "PATCH 204"]
    assert photo.is_whole


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_node_goes_on_after_cuts(clients: Path, photo: Photo, options: dict[str, Any]) -> None:
    with cutting(photo.serving, 900_000, 3) as address:
        photo.endpoint = f"{address}/v1/photos"
        told = by_node(clients, photo, options=options, retryDelays=[20, 50, 100, 200, 400])
    assert told["ok"], told
    assert photo.is_whole


def test_node_finds_a_photo_that_is_here(clients: Path, photo: Photo) -> None:
    photo.begin(len(photo.content))
    for during in (False, True):
        told = by_node(clients, photo, options={"uploadDataDuringCreation": during})
        assert told["ok"] and told["statuses"][0] == "POST 201"


@pytest.mark.parametrize("during", [False, True])
def test_node_hears_that_nobody_knows_it(clients: Path, photo: Photo, during: bool) -> None:
    told = by_node(
        clients, photo, headers={"Authorization": "Bearer nobody"}, options={"uploadDataDuringCreation": during}
    )
    assert (told["ok"], told["status"]) == (False, 401), told
    assert json.loads(told["body"])["code"] == "token_invalid"


def test_node_hears_that_its_token_is_gone_in_the_middle(clients: Path, photo: Photo) -> None:
    told = by_node(clients, photo, headers={"Authorization": "Bearer nobody"}, options={"uploadUrl": photo.begin(1000)})
    assert (told["ok"], told["status"]) == (False, 401), told


@pytest.mark.parametrize(
    ("refused", "status", "code"),
    [("length", 409, "photo_differs"), ("large", 413, "photo_too_large"), ("unknown", 403, "photo_unknown")],
)
def test_node_hears_why_a_photo_is_refused_while_it_sends(
    clients: Path, serving: Serving, tablet: Tablet, tmp_path: Path, refused: str, status: int, code: str
) -> None:
    photo = Photo(serving, tablet, tmp_path, named=refused != "unknown")
    more = {"length": b"more", "large": bytes(500_000), "unknown": b""}[refused]
    photo.file.write_bytes(photo.content + more)
    told = by_node(clients, photo, options={"uploadDataDuringCreation": True})
    assert (told["ok"], told["status"]) == (False, status), told
    assert json.loads(told["body"])["code"] == code


def test_node_hears_that_the_office_stands_elsewhere(clients: Path, photo: Photo) -> None:
    address = photo.begin(1_000_000)
    run = f"""
      const body = require("fs").readFileSync({json.dumps(str(photo.file))})
      const told = {json.dumps({**PIECE, **photo.tablet.bearer, "Upload-Offset": "5"})}
      fetch({json.dumps(address)}, {{method: "PATCH", headers: told, body}})
        .then(one => console.log(one.status, one.headers.get("upload-offset")))
        .catch(one => console.log(String(one), String(one.cause)))
    """
    done = subprocess.run([str(NODE), "-e", run], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["409", "1000000"], done.stdout + done.stderr


def test_tuspy_delivers_in_pieces_with_checksums_and_goes_on(photo: Photo) -> None:
    client = TusClient(photo.endpoint, headers=photo.tablet.bearer)
    first = client.uploader(file_stream=io.BytesIO(photo.content), chunk_size=500_000, metadata=photo.metadata)
    first.upload(stop_at=1_000_000)
    again = client.uploader(file_stream=io.BytesIO(photo.content), chunk_size=700_000, url=first.url)
    assert again.offset == 1_000_000
    again.upload()
    assert photo.is_whole


def test_tuspy_creates_onto_what_is_partly_here(photo: Photo) -> None:
    photo.begin(1_234_567)
    client = TusClient(photo.endpoint, headers=photo.tablet.bearer)
    uploader = client.uploader(file_stream=io.BytesIO(photo.content), chunk_size=500_000, metadata=photo.metadata)
    uploader.set_url(uploader.create_url())
    uploader.offset = uploader.get_offset()
    assert uploader.offset == 1_234_567
    uploader.upload()
    assert photo.is_whole


# In a browser


@pytest.fixture(scope="module")
def page(clients: Path, serving: Serving, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Page:
    """A page of the office's own address that has the clients; so no other site has to be let in."""
    made = tmp_path_factory.mktemp("bundle") / "page.js"
    bundle = [clients / "node_modules/.bin/esbuild", "page.mjs", "--bundle", f"--outfile={made}", "--log-level=error"]
    subprocess.run(bundle, cwd=clients, check=True, timeout=120)
    held = browser.new_page()
    body = "<script src=/clients.js></script>"
    held.route("**/clients.html", lambda one: one.fulfill(body=body, content_type="text/html"))
    held.route("**/clients.js", lambda one: one.fulfill(path=made, content_type="text/javascript"))
    held.goto(f"{serving.url}/clients.html")
    return held


def in_browser(page: Page, call: str, photo: Photo, **more: Any) -> dict[str, Any]:
    told = {
        "content": base64.b64encode(photo.file.read_bytes()).decode(),
        "endpoint": photo.endpoint,
        "metadata": photo.metadata,
        "headers": photo.tablet.bearer,
        **more,
    }
    return dict(page.evaluate(f"told => window.{call}(told)", told))


@pytest.mark.parametrize("call", ["byTus", "byUppy"])
@pytest.mark.parametrize("options", [*OPTIONS[:5]], ids=str)
def test_a_browser_delivers_a_photo(page: Page, photo: Photo, call: str, options: dict[str, Any]) -> None:
    told = in_browser(page, call, photo, options=options)
    assert told["ok"], told
    assert photo.is_whole


@pytest.mark.parametrize("call", ["byTus", "byUppy"])
@pytest.mark.parametrize("options", [*OPTIONS[:5]], ids=str)
def test_a_browser_creates_onto_what_is_partly_here(
    page: Page, photo: Photo, call: str, options: dict[str, Any]
) -> None:
    photo.begin(1_234_567)
    told = in_browser(page, call, photo, options=options)
    assert told["ok"], told
    assert photo.is_whole


@pytest.mark.parametrize("during", [False, True])
def test_a_browser_hears_why_it_is_refused(page: Page, photo: Photo, during: bool) -> None:
    told = in_browser(
        page, "byTus", photo, headers={"Authorization": "Bearer nobody"}, options={"uploadDataDuringCreation": during}
    )
    assert (told["ok"], told["status"]) == (False, 401), told


def test_no_other_site_is_let_in(serving: Serving, photo: Photo) -> None:
    """Pages of other sites get no leave to send: that is what the headers of CORS would give."""
    told = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for answer in (
        requests.options(photo.endpoint, headers=told, timeout=30),
        requests.post(photo.endpoint, headers={**told, **photo.tablet.bearer, **tus(photo.content)}, timeout=30),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_the_lock_names_every_package_by_its_digest() -> None:
    lock = json.loads((JS / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages and all(one.get("integrity", "").startswith("sha512-") for one in packages.values())
