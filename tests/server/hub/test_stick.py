"""Without any network: what a hub holds goes to its office on a stick, and the receipts come back on it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import requests

from checklists.records import hub as kernel
from tests.server.cast import JPEG, manifest, photo_file
from tests.server.hub.conftest import BOTH, NewHub, NewTablet
from tests.server.hub.posts import Hub, wait
from tests.server.serving import Serving

SMALL = JPEG[:2000]


def carry(hub: Hub, parent: Serving, stick: Path) -> list[Path]:
    """Take the stick to the office and back, and return the files of receipts."""
    stick.mkdir(exist_ok=True)
    hub.command("hub", "export", str(stick))
    for one in stick.glob("*.lujian"):
        parent.command("import", str(one))
    return sorted(stick.glob("*.receipts.json"))


@BOTH
def test_what_waits_goes_on_a_stick_and_receipts_come_back(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet, tmp_path: Path
) -> None:
    one, other, hub = new_tablet(parent), new_tablet(parent), new_hub(parent)
    hub.knows(one, other)
    early = one.tablet.seal(photos=manifest(JPEG))
    one.push(hub, early)
    wait(lambda: hub.waiting() == 0)
    hub.link.cut()
    one.photo(hub, JPEG)
    late, others = one.tablet.seal(), other.tablet.seal(photos=manifest(SMALL))
    one.push(hub, late)
    other.push(hub, others)
    other.photo(hub, SMALL)
    receipts = carry(hub, parent, tmp_path / "stick")
    assert len(receipts) == 2
    hub.command("hub", "receipts", *map(str, receipts))
    assert hub.waiting() == 0
    one.ask(hub, early, late, photos=(JPEG,))
    other.ask(hub, others, photos=(SMALL,))
    assert {*one.receipts, *other.receipts} == {early.digest, late.digest, others.digest}
    assert [*one.photo_receipts, *other.photo_receipts] == [photo_file(JPEG)["sha256"], photo_file(SMALL)["sha256"]]
    assert hub.command("hub", "export", str(tmp_path / "stick")) == "nothing waits"


def test_the_files_are_for_the_office_alone_and_a_forged_answer_settles_nothing(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet, tmp_path: Path
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal(photos=manifest(SMALL))
    tablet.push(hub, sealed)
    tablet.photo(hub, SMALL)
    (receipts,) = carry(hub, parent, tmp_path / "stick")
    (file,) = (tmp_path / "stick").glob("*.lujian")
    assert sealed.body[:200] not in file.read_bytes() and SMALL[:200] not in file.read_bytes()
    told = json.loads(receipts.read_text())
    receipts.write_text(json.dumps({**told, "missing": 1}))
    with pytest.raises(subprocess.CalledProcessError):
        hub.command("hub", "receipts", str(receipts))
    assert hub.waiting() == 2
    receipts.write_text(json.dumps(told))
    hub.command("hub", "receipts", str(receipts))
    assert hub.waiting() == 0


def test_an_invitation_leads_to_the_hub_over_tls_that_it_names(
    parent: Serving, new_tablet: NewTablet, tmp_path: Path
) -> None:
    tablet = new_tablet(parent)
    folder = tmp_path / "hub"
    tls = {"tls_certificate": folder / "hub-tls.pem", "tls_key": folder / "hub-tls.key"}
    hub = Hub(folder, parent)
    hub.command("hub", "join", "--parent", hub.link.url, "--code", parent.command("hub-code"))
    hub.command("hub", "tls", "127.0.0.1", "localhost")
    assert oct((folder / "hub-tls.key").stat().st_mode & 0o777) == "0o600"
    secure = Secure(folder, hub.port, tls)
    words = hub.command("hub", "invite", "--address", secure.url, "--picture", str(tmp_path / "code.png"))
    told = json.loads(words)
    assert (tmp_path / "code.png").read_bytes().startswith(b"\x89PNG")
    assert kernel.certified(told["certificate"], str(tablet.tablet.enrolled["server_key"]))
    (tmp_path / "ca.pem").write_text(told["ca"])
    secure.start()
    answer = requests.get(f"{told['url']}/v1/hub", verify=str(tmp_path / "ca.pem"), timeout=30)
    assert answer.json()["certificate"] == told["certificate"]
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{told['url']}/v1/hub", timeout=30)
    secure.stop()
    hub.end()


class Secure(Serving):
    """The same hub, served over TLS."""

    def __init__(self, folder: Path, port: int, tls: dict[str, Path]) -> None:
        super().__init__(folder, **tls)
        self.port = port
        self.url = f"https://127.0.0.1:{port}"
        self._environment["LUJIAN_PORT"] = str(port)


def test_a_hub_shows_how_it_stands_and_no_case(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    tablet.push(hub, tablet.tablet.seal())
    page = requests.get(hub.url, timeout=30).text
    assert "中继点" in page and hub.link.url in page and "示例县" in page
    assert requests.get(f"{hub.url}/console/cases", timeout=30, allow_redirects=False).status_code == 404
    with pytest.raises(subprocess.CalledProcessError):
        hub.command("publish")


def test_an_office_with_records_becomes_no_hub(parent: Serving, new_tablet: NewTablet) -> None:
    new_tablet(parent)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        parent.command("hub", "join", "--parent", parent.url, "--code", "ABCD-EFGH-JKLM")
    assert "an office of its own" in refused.value.stderr
