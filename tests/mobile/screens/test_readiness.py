"""Whether the tablet is ready: each line says in words what to do, and never by colour alone."""

from datetime import UTC, datetime, timedelta

import pytest

from checklists.wire import instant
from mobile.device.battery import Battery, battery
from mobile.screens.shift.readiness.state import readiness
from mobile.words import words

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PLENTY = 50_000_000_000


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def line(key, *, packages=None, free=PLENTY, power=None, unsent=(0, 0)):
    return next(one for one in readiness(packages or {}, free, power, unsent, NOW) if one.key == key)


@pytest.mark.parametrize(
    ("name", "days", "tone", "value"),
    [
        ("definitions", 6, "good", "6 days old"),
        ("definitions", 8, "unknown", "8 days old: fetch it again"),
        ("registry", 29, "unknown", "29 days old: fetch it again"),
        ("registry", 31, "danger", "31 days old: too old to compare with"),
        ("registry", -730, "danger", "later than this clock: set the clock"),
    ],
)
def test_a_package_is_young_old_or_too_old_for_its_comparisons(name, days, tone, value) -> None:
    got = line(name, packages={name: instant(NOW - timedelta(days=days))})
    assert (got.tone, got.value) == (tone, value)


def test_a_missing_package_is_red() -> None:
    assert (line("reference").tone, line("reference").value) == ("danger", "missing: connect to the office")


@pytest.mark.parametrize(
    ("free", "tone"), [(1_000_000_000, "good"), (999_999_999, "unknown"), (199_999_999, "danger"), (0, "danger")]
)
def test_space_is_enough_little_or_none(free, tone) -> None:
    assert line("space", free=free).tone == tone


@pytest.mark.parametrize(
    ("power", "tone", "value"),
    [
        (None, "neutral", "not known"),
        (Battery(80), "good", "80 %"),
        (Battery(29), "unknown", "29 %: charge soon"),
        (Battery(14), "danger", "14 %: charge at once"),
        (Battery(5, charging=True), "good", "5 %, charging"),
    ],
)
def test_the_battery_is_told(power, tone, value) -> None:
    assert (line("battery", power=power).tone, line("battery", power=power).value) == (tone, value)


def test_what_is_not_sent_is_counted() -> None:
    assert line("unsent").tone == "good"
    assert line("unsent", unsent=(2, 5)).value == "2 records · 5 photo files"


def supply(folder, name, **files):
    (folder / name).mkdir()
    for file, text in files.items():
        (folder / name / file).write_text(f"{text}\n")


def test_the_kernel_says_how_full_the_emptiest_battery_is(tmp_path) -> None:
    supply(tmp_path, "AC", type="Mains", online="0")
    supply(tmp_path, "BAT0", type="Battery", capacity="83", status="Discharging")
    supply(tmp_path, "BAT1", type="Battery", capacity="41", status="Charging")
    supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="3", status="Discharging")
    assert battery(tmp_path) == Battery(41, charging=True)


def test_without_a_battery_or_a_number_nothing_is_known(tmp_path) -> None:
    assert battery(tmp_path / "nowhere") is None
    supply(tmp_path, "BAT0", type="Battery", capacity="", status="Unknown")
    assert battery(tmp_path) is None
