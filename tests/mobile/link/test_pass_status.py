"""How a pass stands is asked of the office while a line is there; what it says stands on screen and in the record."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from mobile.inspecting import acts
from mobile.link import pass_status
from mobile.link.office import Link
from mobile.refusals import Refusal
from mobile.screens.genuine import flow
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.screens.test_genuine import Screen, a_pass


@pytest.fixture(autouse=True)
def chinese() -> None:
    words.lang = "zh_CN"


@pytest.fixture
def office() -> Iterator[Any]:
    """An office that answers what its `said` holds, and remembers what it was asked."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, self.headers["Authorization"]))
            body = json.dumps(server.said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_told: Any) -> None:
            """Say nothing."""

    server: Any = HTTPServer(("127.0.0.1", 0), Answer)
    server.asked, server.said = [], {"state": "stands"}
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def link(office: Any) -> Link:
    return Link(f"http://127.0.0.1:{office.server_port}", "t0")


def test_it_is_asked_by_its_number_with_the_tablets_token(office: Any) -> None:
    assert pass_status.ask(link(office), "T0001-C/1 x") == "stands"
    assert office.asked == [("/v1/passes/T0001-C%2F1%20x", "Bearer t0")]
    office.said = {"no": "state"}
    with pytest.raises(Refusal, match="answer_malformed"):
        pass_status.ask(link(office), "x")


def test_without_a_line_it_is_refused(office: Any) -> None:
    with pytest.raises(Refusal):
        pass_status.ask(Link("http://127.0.0.1:9"), "x")


def shown(folder: Path, office: Any) -> tuple[Any, Any]:
    """The screen after a pass of the vehicle in hand was read, and everything that waited has run."""
    desk, _screens = tablet.shown(tablet.made(folder, f"http://127.0.0.1:{office.server_port}"))
    desk.unlock("officer-1", tablet.PIN)
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    came, text, screen = threading.Event(), a_pass("蒙K12345"), Screen()
    desk.later = lambda act: (act(), came.set())
    desk.go("genuine", text=text)
    flow.enter(desk, screen, text=text)
    came.wait()
    return desk, screen


@pytest.mark.parametrize(
    ("state", "tone", "title"),
    [
        ("stands", "good", "文书真实：蒙K12345"),
        ("withdrawn", "danger", "已不能作为凭证：蒙K12345"),
        ("unknown", "good", "文书真实：蒙K12345"),
    ],
)
def test_what_the_office_says_stands_on_the_screen_and_in_the_record(
    tmp_path: Path, office: Any, state: str, tone: str, title: str
) -> None:
    office.said = {"state": state}
    desk, screen = shown(tmp_path, office)
    assert (screen.state.tone, screen.state.title) == (tone, title)
    said = [one.value["state"] for one in desk.held.all_of("note") if one.item == "pass"]
    assert said == ["", state]
    desk.close()
