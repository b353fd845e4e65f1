"""Two tablets as two processes on two networks with a cable between: one union, one seal, one contribution."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from demo import county
from demo.colleague import Colleague
from demo.office import OfficeProcess
from mobile.link.enrolment import Enrolment

PLATE = county.TRACTOR


class Cable:
    """Two network namespaces joined by a pair of interfaces; without the right to make them, loopback and no cut."""

    def __init__(self) -> None:
        number = os.getpid() % 10_000
        self.names = (f"lja{number}", f"ljb{number}")
        self.real = shutil.which("ip") is not None and os.geteuid() == 0 and self._made()

    def _made(self) -> bool:
        try:
            for name in self.names:
                _ip("netns", "add", name)
            one, other = self.names
            _ip("link", "add", f"{one}v", "netns", one, "type", "veth", "peer", "name", f"{other}v", "netns", other)
            for number, name in enumerate(self.names, start=1):
                _ip("-n", name, "addr", "add", f"10.77.0.{number}/24", "dev", f"{name}v")
                _ip("-n", name, "link", "set", f"{name}v", "up")
                _ip("-n", name, "link", "set", "lo", "up")
        except subprocess.CalledProcessError:
            self.remove()
            return False
        return True

    def before(self, number: int) -> list[str]:
        """What stands before a command that runs at this end."""
        return ["ip", "netns", "exec", self.names[number]] if self.real else []

    def cut(self) -> None:
        if self.real:
            _ip("-n", self.names[0], "link", "set", f"{self.names[0]}v", "down")

    def mend(self) -> None:
        if self.real:
            _ip("-n", self.names[0], "link", "set", f"{self.names[0]}v", "up")

    def remove(self) -> None:
        for name in self.names:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "del", name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Tablet:
    """A tablet's process at one end of the cable."""

    def __init__(self, folder: Path, officer: str, cable: Cable, number: int) -> None:
        self._folder, self._officer, self._cable, self._number = folder, officer, cable, number
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        more = [] if self._cable.real else ["--loopback"]
        command = [sys.executable, "-m", "tests.journey.two_tablets", str(self._folder), self._officer, *more]
        self._process = subprocess.Popen(
            [*self._cable.before(self._number), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        )
        self.addresses = self._read()

    def __call__(self, *said: Any) -> Any:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        told = self._read()
        assert "ok" in told, told
        return told["ok"]

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _read(self) -> Any:
        assert self._process is not None and self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the tablet ended"
        return json.loads(line)


def until(holds: Any, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> OfficeProcess:
    """An office that nobody has used yet; each test has a copy."""
    held = OfficeProcess(tmp_path_factory.mktemp("prepared") / "office")
    held.prepare(county.registry(datetime.now(UTC)))
    return held


@pytest.fixture
def office(prepared: OfficeProcess, tmp_path: Path) -> Iterator[OfficeProcess]:
    shutil.copytree(prepared.folder, tmp_path / "office")
    held = OfficeProcess(tmp_path / "office")
    held.first_codes |= prepared.first_codes
    held.start()
    yield held
    held.stop()


@pytest.fixture
def tablets(office: OfficeProcess, tmp_path: Path) -> Iterator[tuple[Tablet, Tablet, Cable]]:
    """Two enrolled tablets, each locked and started anew where only the other one can be reached."""
    for name, agency, officer in (("a", "T", "t-wang"), ("b", "P", "p-li")):
        code, first = office.enrol_code(agency), office.first_codes.get(officer, "")
        Colleague(tmp_path / name, office.url, code, officer, name, first_code=first).close()
    cable = Cable()
    started = [Tablet(tmp_path / "a", "t-wang", cable, 0), Tablet(tmp_path / "b", "p-li", cable, 1)]
    yield started[0], started[1], cable
    for one in started:
        one.kill()
    cable.remove()


def same(a: Tablet, b: Tablet) -> bool:
    return bool(a("held")["ids"] == b("held")["ids"])


def test_two_tablets_check_one_vehicle_and_the_office_gets_it_once(
    tablets: tuple[Tablet, Tablet, Cable], office: OfficeProcess, tmp_path: Path
) -> None:
    a, b, cable = tablets
    assert not cable.real or (a.addresses, b.addresses) == (["10.77.0.1"], ["10.77.0.2"])
    inspection = a("begin", PLATE)
    b("join", a("invite"))
    until(lambda: same(a, b))

    # Both write at once, the cable is cut in between, and one of them loses its power.
    a("answer", "EQP-14", "conforms")
    b("answer", "EQP-15", "conforms")
    cable.cut()
    for number in range(1, 6):
        a("answer", f"TNK-0{number}", "conforms")
        b("answer", f"LIC-0{number}", "conforms")
    if cable.real:
        until(lambda: "pair_unreachable" in b("near")["troubles"].values())
        assert not same(a, b)
    b.kill()
    b.start()
    b("take_up", inspection)
    cable.mend()
    until(lambda: same(a, b))
    assert len(a("held")["ids"]) == 2 + 2 + 10

    # The lead loses its power too, and is found again at the address that the code named.
    a.kill()
    b("answer", "EDU-01", "conforms")
    a.start()
    a("take_up", inspection)
    until(lambda: same(a, b))

    # They differ, and one gives way.
    a("answer", "TNK-07", "conforms")
    b("answer", "TNK-07", "does_not_conform")
    until(lambda: a("held")["conflicts"] == b("held")["conflicts"] == ["TNK-07"])
    b("answer", "TNK-07", "conforms")
    until(lambda: a("held")["conflicts"] == b("held")["conflicts"] == [])

    # The lead concludes, the other officer co-signs on his own tablet, the lead seals.
    a("check", PLATE)
    until(lambda: same(a, b))
    b("cosign")
    a("confirm")
    until(lambda: a("held")["signed"] == 3)
    digest = a("seal")
    until(lambda: b("held")["state"] == "sealed")
    assert b("near")["sealed"] == digest

    (lead,), (part,) = delivered(tmp_path, a, b)
    assert lead == [digest, "delivered", "inspection"]
    assert part[1:] == ["delivered", "contribution"]
    records = told(office, tmp_path, digest)
    assert (records["state"], records["alarm"]) == ("processed", False)
    assert {one["difference"] for one in records["findings"]} <= {"same", "new"}


def test_without_any_network_the_halves_travel_as_codes(
    tablets: tuple[Tablet, Tablet, Cable], office: OfficeProcess, tmp_path: Path
) -> None:
    a, b, cable = tablets
    cable.cut()
    a("begin", PLATE)
    b("join", a("invite"))
    a("answer", "EQP-14", "conforms")
    b("answer", "EQP-15", "conforms")
    codes = a("codes")
    assert b("read", [*reversed(codes), *codes]) == 3
    assert a("read", b("codes")) == 1
    assert a("read", b("codes")) == 0
    assert same(a, b)
    a("check", PLATE)
    b("read", a("codes"))
    b("cosign")
    a("confirm")
    assert a("read", b("codes")) == 1
    digest = a("seal")
    b("answer", "EDU-01", "conforms")
    b("read", a("codes"))
    until(lambda: b("held")["state"] == "sealed")
    a("read", b("codes"))
    assert (a("near")["late"], a("near")["told"]) == ([1], ["pair_late"])
    assert [one[2] for one in delivered(tmp_path, b, a)[0]] == ["contribution"]
    assert told(office, tmp_path, digest)["state"] == "processed"


def test_one_line_for_both_tablets_of_a_post_over_a_cut_cable_and_a_lost_power(
    tablets: tuple[Tablet, Tablet, Cable],
) -> None:
    a, b, cable = tablets
    b("join_post", a("post"))
    a("wait", "v1", "蒙K12345")
    b("wait", "v2", "蒙K98761")
    until(lambda: len(a("line")["states"]) == len(b("line")["states"]) == 2)
    a("take", "v1")
    until(lambda: b("line")["states"] == {"v1": "taken", "v2": "waiting"})
    until(lambda: b("line")["others"] == [1])

    # Out of contact each goes on by itself, and both take the one that waits; one of them loses its power.
    cable.cut()
    b("take", "v2")
    if cable.real:
        until(lambda: "pair_unreachable" in b("line")["troubles"])
        a("take", "v2")
        assert a("line")["takers"]["v2"] == ["王志强"]
    b.kill()
    b.start()
    cable.mend()
    until(lambda: a("line")["takers"] == b("line")["takers"])
    if cable.real:
        assert a("line")["takers"]["v2"] == ["李海峰", "王志强"]
        until(lambda: a("line")["clashes"] and b("line")["clashes"])
        until(lambda: "line_taken_twice" in a("line")["told"])


def delivered(folder: Path, *tablets: Tablet) -> list[list[list[str]]]:
    """Carry each tablet to where the office can be reached, in this order, and return what it delivered."""
    cable, found = Cable.__new__(Cable), []
    cable.real = False
    for one in tablets:
        one.kill()
        one._cable = cable
        one.start()
        found.append(one("deliver"))
    return found


def told(office: OfficeProcess, folder: Path, digest: str) -> Any:
    """Return what the office made of a record, once it has processed it."""
    from datetime import UTC, datetime

    from demo.colleague import PIN
    from mobile.link.enrolment import enrolment
    from mobile.link.office import Office
    from mobile.lock.vault import unlock
    from mobile.store import store

    held = store.open_store(folder / "a", unlock(folder / "a" / "keys.json", "t-wang", PIN, datetime.now(UTC)))
    made = enrolment(held)
    assert isinstance(made, Enrolment)
    with Office(made.link) as asked:
        until(lambda: asked.ask_json("GET", f"/v1/records/{digest}")["state"] != "received")
        answer = asked.ask_json("GET", f"/v1/records/{digest}")
    store.release(held)
    return answer
