"""Photos of an office in a real S3 server: moto's in this process, or the one that S3_TEST_ADDRESS names."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from falcon.testing import TestClient
from obstore.store import S3Store

from checklists.wire import digest
from server.app import create_app
from server.commands import main
from server.config import Config
from server.office import Office, open_office
from server.refusals import Refused
from server.store import devices
from server.store.photo_bucket import Bucket, open_bucket
from tests.server.cast import JPEG, PNG, Tablet, batch
from tests.server.handed import file_of, hand_over, hidden, member
from tests.server.intake.test_photos import APPEND, append, create, head, name_photos, receipt

SHA = digest(JPEG)
NAMED = os.environ.get("S3_TEST_ADDRESS", "")
KEY, SECRET = os.environ.get("S3_TEST_KEY", "lujian"), os.environ.get("S3_TEST_SECRET", "lujian-secret")
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of an S3 server in which the bucket `lujian` is."""
    if NAMED:
        yield NAMED
        return
    import requests
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    requests.put(f"http://{host}:{port}/lujian", timeout=30).raise_for_status()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def config(endpoint: str, tmp_path: Path) -> Config:
    told = {"photos_endpoint": endpoint, "photos_key": KEY, "photos_secret": SECRET}
    return Config(data_dir=str(tmp_path), office="示例县", photos_store=f"s3://lujian/test-{uuid.uuid4().hex}", **told)


@dataclass
class Held:
    office: Office
    client: TestClient
    tablet: Tablet

    @property
    def bucket(self) -> Bucket:
        assert self.office.photo_files.bucket is not None
        return self.office.photo_files.bucket


@pytest.fixture
def held(config: Config) -> Iterator[Held]:
    office = open_office(config)
    client, tablet = TestClient(create_app(office)), Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json
    yield Held(office, client, tablet)
    office.close()


def away(held: Held) -> None:
    """Let the store be where nobody listens."""
    held.office.photo_files.bucket = open_bucket(replace(held.office.config, photos_endpoint=NOWHERE))


def back(held: Held) -> None:
    held.office.photo_files.bucket = open_bucket(held.office.config)


def test_a_photo_is_in_the_bucket_before_its_receipt_and_the_link_is_as_ever(held: Held) -> None:
    client, tablet = held.client, held.tablet
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    append(client, tablet, path, 0, JPEG[:1000])
    given = receipt(append(client, tablet, path, 1000, JPEG[1000:]))
    assert held.bucket.holds(SHA) and not held.office.photo_files.path(SHA).exists()
    again, seen = create(client, tablet, JPEG), head(client, tablet, path)
    assert receipt(again) == receipt(seen) == given
    assert (again.headers["Upload-Offset"], seen.headers["Upload-Length"]) == (str(len(JPEG)), str(len(JPEG)))
    assert receipt(append(client, tablet, path, len(JPEG), b"")) == given
    early = append(client, tablet, path, 0, JPEG)
    assert (early.status_code, early.headers["Upload-Offset"]) == (409, str(len(JPEG)))
    assert client.simulate_delete(path, headers={**APPEND, **tablet.bearer}).json["code"] == "evidence_kept"


def test_while_the_store_is_away_photos_wait_and_records_go_on(held: Held) -> None:
    client, tablet = held.client, held.tablet
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    away(held)
    told = append(client, tablet, path, 0, JPEG)
    assert (told.status_code, told.json["code"]) == (503, "photos_away")
    assert told.headers["Retry-After"] and "Lujian-Receipt" not in told.headers
    assert head(client, tablet, path).status_code == 503
    assert client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal())).status_code == 200
    ready = client.simulate_get("/readyz").json
    assert (ready["ready"], ready["photos_away"]) == (True, True)
    back(held)
    assert receipt(head(client, tablet, path))["sha256"] == SHA  # not one byte is sent again
    assert held.bucket.holds(SHA)


def test_a_file_on_a_stick_is_refused_whole_until_its_photos_can_be_kept(held: Held) -> None:
    client, tablet, office = held.client, held.tablet, held.office
    name_photos(client, tablet, JPEG)
    brought = file_of(office, tablet.enrolled["device"], [member(f"photos/{SHA}", hidden(JPEG, "photo", SHA))])
    away(held)
    told = hand_over(client, tablet, brought)
    assert (told.status_code, told.json["code"]) == (503, "photos_away")
    back(held)
    (answer,) = hand_over(client, tablet, brought).json["photos"]
    assert (answer["sha256"], answer["receipt"]["bytes"]) == (SHA, len(JPEG))
    assert held.bucket.holds(SHA) and not office.photo_files.path(SHA).exists()


def test_a_command_moves_what_the_disk_has_and_back(
    held: Held, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files, config = held.office.photo_files, held.office.config
    for one in (JPEG, PNG):
        files.write(files.path(digest(one)), one)
    for name in ("data_dir", "office", "photos_store", "photos_endpoint", "photos_key", "photos_secret"):
        monkeypatch.setenv(f"LUJIAN_{name.upper()}", str(getattr(config, name)))
    assert main(["photos", "move"]) == 3 and "became whole within" in capsys.readouterr().out
    monkeypatch.setattr("server.store.photo_moves.into_bucket.__kwdefaults__", {"keep": False, "settled": -1})
    assert main(["photos", "move"]) == 0
    assert capsys.readouterr().out == f"2 photos moved, {len(JPEG) + len(PNG)} bytes\n"
    assert not files.path(SHA).exists() and files.read(SHA) == JPEG
    assert main(["photos", "move", "--back"]) == 1 and "photos_store_closing" in capsys.readouterr().err
    monkeypatch.setenv("LUJIAN_PHOTOS_STORE_CLOSING", "true")
    assert main(["photos", "move", "--back"]) == 0
    assert files.path(SHA).read_bytes() == JPEG and not held.bucket.holds(SHA)
    monkeypatch.setenv("LUJIAN_PHOTOS_ENDPOINT", NOWHERE)
    assert main(["photos", "move", "--back"]) == 1
    told = capsys.readouterr()
    assert "goes on from there" in told.err and SECRET not in told.out + told.err


MOVER = """
import sys
from pathlib import Path
from server.config import Config
from server.store import photo_moves
from server.store.photo_bucket import open_bucket
from server.store.photo_files import PhotoFiles
folder, store, endpoint, key, secret = sys.argv[1:]
bucket = open_bucket(Config(photos_store=store, photos_endpoint=endpoint, photos_key=key, photos_secret=secret))
for step in photo_moves.into_bucket(PhotoFiles(Path(folder)), bucket, settled=-1):
    print(step.sha256, flush=True)
"""


def test_a_move_that_is_killed_loses_nothing_and_is_taken_up(held: Held) -> None:
    files, config = held.office.photo_files, held.office.config
    contents = [JPEG[:3] + bytes([one]) * 20_000 for one in range(12)]
    for one in contents:
        files.write(files.path(digest(one)), one)
    told = str(config.photos), config.photos_store, config.photos_endpoint, KEY, SECRET
    for steps in (3, 1, None):
        with subprocess.Popen([sys.executable, "-c", MOVER, *told], stdout=subprocess.PIPE) as mover:
            assert mover.stdout is not None
            for _line, _step in zip(mover.stdout, range(steps or 100), strict=False):
                pass
            if steps:
                mover.kill()
        assert [files.read(digest(one)) for one in contents] == contents
    assert mover.returncode == 0
    assert sorted(held.bucket.names()) == sorted(map(digest, contents))
    assert not any(files.path(digest(one)).exists() for one in contents)


def test_a_photo_whose_bytes_changed_in_the_bucket_is_shown_to_nobody(held: Held) -> None:
    config = held.office.config
    store = S3Store(
        "lujian",
        prefix=config.photos_store.rpartition("/")[2],
        endpoint=config.photos_endpoint,
        access_key_id=KEY,
        secret_access_key=SECRET,
        client_options={"allow_http": True},
    )
    assert held.bucket.create(SHA, JPEG)
    store.put(f"{SHA[:2]}/{SHA}", JPEG[:-1] + b"?")
    with pytest.raises(Refused, match="photo_damaged"):
        held.office.photo_files.read(SHA)
