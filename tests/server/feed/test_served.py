from __future__ import annotations

import http.client
import json
import select
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from checklists.records.feed_page import Page, opened
from tests.server.cast import CARRIER, Tablet
from tests.server.serving import Serving

ROW = {"kind": "carrier", "key": CARRIER["uscc"], "as_of": "2026-11-01", "data": {"name": CARRIER["name"]}}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    held = Serving(tmp_path)
    held.start()
    yield held
    held.stop()


def ask(serving: Serving, tablet: Tablet, since: str) -> Page:
    answer = requests.get(f"{serving.url}/v1/changes", params={"since": since}, headers=tablet.bearer, timeout=90)
    assert answer.status_code == 200, answer.text
    return opened(answer.content, tablet.enrolled["server_key"], since)


class Waiting:
    """A tablet that has asked for a change and waits; what was asked after it is answered behind it."""

    def __init__(self, serving: Serving, tablet: Tablet, since: str) -> None:
        self._since, self._key = since, tablet.enrolled["server_key"]
        self._link = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=90)
        self._link.request("GET", f"/v1/changes?since={since}&wait=50", headers=tablet.bearer)
        requests.get(f"{serving.url}/healthz", timeout=30)
        # Two connections are served side by side: only silence says that this one was heard.
        assert select.select([self._link.sock], [], [], 1)[0] == []

    def end(self) -> Page:
        answer = self._link.getresponse()
        self.closes = answer.will_close
        return opened(answer.read(), self._key, self._since)


def test_a_command_beside_the_server_is_heard_by_who_waits(serving: Serving) -> None:
    tablet = serving.enrol()
    waiting = Waiting(serving, tablet, ask(serving, tablet, "").cursor)
    (serving.folder / "rows.json").write_text(json.dumps([ROW]))
    serving.command("load-registry", str(serving.folder / "rows.json"))
    assert [one["data"]["name"] for one in waiting.end().changes()] == [CARRIER["name"]]
    assert serving.command("feed", "show").split()[-2:] == ["carrier", "1"]


def test_who_waits_is_answered_when_the_server_ends_and_it_ends_by_itself(serving: Serving) -> None:
    tablet = serving.enrol()
    waiting = Waiting(serving, tablet, ask(serving, tablet, "").cursor)
    serving.stop()
    assert waiting.end().lines == () and waiting.closes, "a connection left open keeps the server from its end"
    log = (serving.folder / "server.log").read_text()
    assert "refused to gracefully stop" not in log, log


def test_a_tablet_is_put_into_an_area_and_starts_again(serving: Serving) -> None:
    tablet = serving.enrol()
    since = ask(serving, tablet, "").cursor
    assert serving.command("device-area", "T0001", "150624").endswith("works in 150624")
    assert "150624" in serving.command("devices")
    answer = requests.get(f"{serving.url}/v1/changes", params={"since": since}, headers=tablet.bearer, timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_gone")
    assert "starts again" in serving.command("feed", "restart")
    assert serving.command("feed", "fill") == "0 changes were told"
