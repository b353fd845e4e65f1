"""Where a tablet is: gpsd's JSON over a real connection, Android's listener as a stand-in, the position of a post."""

import json
import socket
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest

from checklists.inspection.capture import Position, is_apart, is_coarse, position_of
from mobile.device import on_android, receivers
from mobile.device.gpsd import Gpsd
from mobile.device.location import as_value
from mobile.refusals import Refusal

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
AT = "2026-11-21T01:30:00.000Z"
# As gpsd 3.22 says it; VERSION comes before anything is asked.
VERSION = {"class": "VERSION", "release": "3.22", "rev": "3.22", "proto_major": 3, "proto_minor": 14}
TPV = {"class": "TPV", "device": "/dev/ttyUSB0", "mode": 3, "time": AT, "ept": 0.005, "lat": 40.842000123,
       "lon": 111.749, "alt": 1050.0, "epx": 9.1, "epy": 11.2, "epv": 23.0, "eph": 17.1}  # fmt: skip


class Clock:
    at = NOW

    def __call__(self):
        return self.at


class Server:
    """A gpsd: what a test has it say goes over the loopback."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.peer = None

    def accept(self):
        self.peer, _address = self.listening.accept()
        self.say(VERSION)

    def say(self, *told):
        self.raw(b"".join(json.dumps(one).encode() + b"\r\n" for one in told))

    def raw(self, content):
        self.peer.sendall(content)

    def close(self):
        for one in (self.peer, self.listening):
            if one is not None:
                one.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    held = Server()
    yield held
    held.close()


@pytest.fixture
def gpsd(server, clock):
    held = Gpsd(clock, server.port)
    held.look()
    server.accept()
    yield held
    held.close()


def looked(gpsd, until):
    """Look until what was said has come; the loopback needs a moment, and nothing here waits for a time."""
    while not until():
        gpsd.look()
    return gpsd.where


def heard(gpsd, server, *told):
    """Let gpsd say something, and a fix elsewhere behind it: when that has come, everything has."""
    server.say(*told, {**TPV, "device": "last", "lat": 1.0})
    looked(gpsd, lambda: gpsd._last is not None and gpsd._last[0] == "last")


def test_it_is_asked_to_watch_and_a_fix_becomes_a_position_with_accuracy_and_time(gpsd, server):
    assert gpsd.where == "no_fix"
    assert server.peer.recv(99).startswith(b'?WATCH={"enable":true,"json":true}')
    server.say({"class": "SKY", "satellites": []}, {**TPV, "mode": 1, "lat": None}, TPV)
    where = looked(gpsd, lambda: gpsd.where != "no_fix")
    assert where == Position("40.842000", "111.749000", AT, "gpsd", 18)
    assert position_of(as_value(where)) == where


@pytest.mark.parametrize(
    ("told", "accuracy_m"),
    [({"eph": None}, 15), ({"eph": None, "epx": None}, None), ({"eph": 0}, None), ({"eph": "17"}, 15)],
)
def test_without_its_own_estimate_that_of_both_axes_counts_and_without_those_none(gpsd, server, told, accuracy_m):
    server.say({**TPV, **told})
    assert looked(gpsd, lambda: gpsd.where != "no_fix").accuracy_m == accuracy_m


@pytest.mark.parametrize("wrong", [{"lat": 91.0}, {"lon": "111"}, {"lat": True}, {"lon": None}, {"mode": "3"}])
def test_what_cannot_be_a_position_is_none(gpsd, server, wrong):
    heard(gpsd, server, {**TPV, **wrong})
    assert gpsd.where.latitude == "1.000000"


def test_lines_that_come_in_pieces_or_are_no_json_do_no_harm(gpsd, server):
    line = json.dumps(TPV).encode()
    server.raw(b'{"class": "TPV", not json\n["TPV"]\n' + line[:40])
    gpsd.look()
    server.raw(line[40:] + b"\n")
    assert looked(gpsd, lambda: gpsd.where != "no_fix").latitude == "40.842000"


def test_a_line_that_never_ends_is_not_kept(gpsd, server):
    server.peer.settimeout(10)
    with pytest.raises(OSError):
        while True:
            server.raw(b"x" * 4096)
            gpsd.look()
    assert gpsd.where == "no_receiver"


def test_a_position_stays_with_its_time_until_it_tells_nothing_any_more(gpsd, server, clock):
    server.say(TPV)
    looked(gpsd, lambda: gpsd.where != "no_fix")
    clock.at += timedelta(minutes=9)
    assert gpsd.where.as_of == AT
    clock.at += timedelta(minutes=1)
    assert gpsd.where == "no_fix"


def test_what_waited_while_the_tablet_slept_is_not_taken_for_new(gpsd, server, clock):
    server.say(TPV)
    clock.at += timedelta(hours=1)
    gpsd.look()
    server.accept()
    gpsd.look()
    assert gpsd.where == "no_fix"
    server.say({**TPV, "lat": 2.0})
    assert looked(gpsd, lambda: gpsd.where != "no_fix").latitude == "2.000000"


def test_a_gpsd_that_has_gone_is_tried_again_after_a_while(gpsd, server, clock):
    server.peer.close()
    looked(gpsd, lambda: gpsd.where == "no_receiver")
    gpsd.look()
    assert gpsd.where == "no_receiver"
    clock.at += timedelta(seconds=5)
    gpsd.look()
    server.accept()
    assert gpsd.where == "no_fix"


def test_a_tablet_without_gpsd_has_no_receiver(clock):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    held = Gpsd(clock, port)
    held.look()
    assert held.where == "no_receiver"


@pytest.mark.parametrize("text", ["40.842", "91,0", "0,181", "a,b", "40.842;111.7", "gpsd:0", "gpsd:x", "gpsd:70000"])
def test_a_setting_that_is_none_is_said(text, clock):
    with pytest.raises(Refusal, match="position_invalid"):
        receivers.receiver(text, clock)


def test_a_post_has_the_position_that_was_written_down_and_says_that(clock):
    where = receivers.receiver("40.842, 111.749", clock).where
    assert where == Position("40.842", "111.749", AT, "post")
    assert not is_coarse(where) and not is_apart(where, "2020-01-01T00:00:00.000Z")
    assert [receivers.receiver(one, clock).where for one in ("", "none")] == ["no_receiver"] * 2
    assert isinstance(receivers.receiver("gpsd", clock), Gpsd)


class Android:
    """A stand-in for Android's side of pyjnius: one provider that knows a position, and whom it tells of new ones."""

    def __init__(self, monkeypatch, allowed):
        self.allowed, self.asked, self.listeners = allowed, [], []
        permissions = ModuleType("android.permissions")
        permissions.Permission = SimpleNamespace(ACCESS_FINE_LOCATION="fine")
        permissions.check_permission = lambda _one: self.allowed
        permissions.request_permissions = self.asked.append
        jnius = ModuleType("jnius")
        jnius.PythonJavaClass = object
        jnius.java_method = lambda signature, name: lambda method: method
        monkeypatch.setitem(sys.modules, "android", ModuleType("android"))
        monkeypatch.setitem(sys.modules, "android.permissions", permissions)
        monkeypatch.setitem(sys.modules, "jnius", jnius)
        monkeypatch.setattr(on_android, "here", lambda: True)
        monkeypatch.setattr(on_android, "_asked", [])
        monkeypatch.setattr(on_android, "_following", [])
        clock = SimpleNamespace(elapsedRealtimeNanos=lambda: 100_000_000_000)
        looper = SimpleNamespace(getMainLooper=lambda: None)
        classes = {"android.os.SystemClock": clock, "android.os.Looper": looper}
        monkeypatch.setattr(on_android, "_class", classes.get)
        monkeypatch.setattr(on_android, "_activity", lambda: SimpleNamespace(getSystemService=lambda _name: self))

    def getProviders(self, _enabled):  # noqa: N802 - Android's name
        return SimpleNamespace(toArray=lambda: ["gps"])

    def getLastKnownLocation(self, _name):  # noqa: N802
        return location(age_s=30, accuracy=180.0)

    def requestLocationUpdates(self, _name, _ms, _m, listener, _looper):  # noqa: N802
        self.listeners.append(listener)

    def removeUpdates(self, listener):  # noqa: N802
        self.listeners.remove(listener)


def location(latitude=40.842, accuracy=12.3, age_s=0):
    return SimpleNamespace(
        getLatitude=lambda: latitude,
        getLongitude=lambda: 111.749,
        hasAccuracy=lambda: accuracy is not None,
        getAccuracy=lambda: accuracy or 0.0,
        getElapsedRealtimeNanos=lambda: 100_000_000_000 - age_s * 1_000_000_000,
    )


def test_android_tells_its_last_position_with_its_age_then_each_new_one_in_both_forms(monkeypatch, clock):
    android = Android(monkeypatch, allowed=True)
    held = receivers.receiver("gpsd", clock)
    held.look()
    assert held.where == Position("40.842000", "111.749000", "2026-11-21T01:29:30.000Z", "android", 180)
    (listener,) = android.listeners
    listener.one(location())
    assert (held.where.accuracy_m, held.where.as_of) == (13, AT)
    several = [location(1.0), location(2.0, accuracy=None)]
    listener.several(SimpleNamespace(size=lambda: 2, get=several.__getitem__))
    assert (held.where.latitude, held.where.accuracy_m) == ("2.000000", None)
    held.look()
    held.close()
    assert android.listeners == []


def test_android_asks_once_and_no_position_says_that_it_was_not_allowed(monkeypatch, clock):
    android = Android(monkeypatch, allowed=False)
    held = receivers.receiver("gpsd", clock)
    held.look()
    held.look()
    assert (held.where, android.asked) == ("denied", [["fine"]])
    android.allowed = True
    held.look()
    assert held.where.source == "android"
