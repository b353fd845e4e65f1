"""The bundle: it holds what it names, its units are shut in, its graphs show what the office counts."""

import configparser
import json
import re
import shutil
import subprocess

import pytest
import yaml

from server import metrics
from server.config import load
from tools.bundle import install
from tools.bundle.__main__ import HERE, TAKEN, manifest

UNITS = sorted((HERE / "units").iterdir())
SERVICES = [one for one in UNITS if one.suffix == ".service"]
MONITORING = HERE / "monitoring"


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    """A bundle of two small files, as `install.py` finds it around itself."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "one.whl").write_bytes(b"wheel")
    (tmp_path / "lujian-0.1.0-py3-none-any.whl").write_bytes(b"ours")
    version = install.sys.version_info
    told = manifest(tmp_path, f"{version.major}.{version.minor}", install.os.uname().machine)
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    monkeypatch.setattr(install, "BUNDLE", tmp_path)
    return tmp_path


def test_a_whole_bundle_is_named_by_its_version_and_its_content(bundle):
    release = install.check()["release"]
    assert release.startswith("0.1.0-")
    (bundle / "wheels" / "one.whl").write_bytes(b"another")
    assert manifest(bundle, "3.11", "x86_64")["release"] != release


def change(bundle):
    (bundle / "wheels" / "one.whl").write_bytes(b"changed")


def lose(bundle):
    (bundle / "wheels" / "one.whl").unlink()


def add(bundle):
    (bundle / "wheels" / "two.whl").write_bytes(b"slipped in")


@pytest.mark.parametrize("spoil", [change, lose, add])
def test_a_file_that_was_changed_lost_or_slipped_in_stops_everything(bundle, spoil):
    spoil(bundle)
    with pytest.raises(install.InstallError, match=r"wheels/(one|two)\.whl"):
        install.check()


@pytest.mark.parametrize("other", [{"python": "3.9"}, {"machine": "riscv64"}])
def test_a_bundle_for_another_machine_is_refused(bundle, other):
    told = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps(told | other))
    with pytest.raises(install.InstallError, match=next(iter(other.values()))):
        install.check()


def test_an_upgrade_is_refused_before_anything_is_stopped_where_the_disk_is_short(tmp_path, monkeypatch):
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(install.InstallError, match="the disk is short"):
        install.check_room(install.Places(tmp_path))


def test_what_backup_says_first_names_its_folder():
    told = "/mnt/disk two/20260101T000000Z 4096 bytes of sqlite\nbrought back on trial: 1 records"
    assert install.MADE.match(told)[1] == "/mnt/disk two/20260101T000000Z"


def test_the_current_release_is_changed_in_one_step(tmp_path):
    places = install.Places(tmp_path)
    for name in ("one", "two"):
        (places.product / "releases" / name).mkdir(parents=True)
        install.point(places, places.product / "releases" / name)
        assert places.current.resolve().name == name


def test_everything_that_a_bundle_takes_is_there():
    assert [name for name in TAKEN if not (HERE / name).exists()] == []
    assert set(install.UNITS) == {one.name for one in UNITS}


def test_the_sample_settings_are_settings():
    config = load(HERE / "lujian.toml", {})
    assert config.backup_dir and not config.database


def options(path):
    """Each option of a unit's section [Service], all values that it was given."""
    found = {}
    for line in path.read_text("utf-8").split("[Service]")[1].splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("path", SERVICES, ids=lambda one: one.name)
def test_every_unit_is_shut_in(path):
    told = options(path)
    wanted = {"User": "lujian", "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes"}
    wanted |= {"PrivateTmp": "yes", "PrivateDevices": "yes", "CapabilityBoundingSet": "", "UMask": "0077"}
    assert {name: told.get(name, [None])[-1] for name in wanted} == wanted
    assert "@system-service" in told["SystemCallFilter"] and told["MemoryMax"]
    assert all(one.startswith("/var/") for line in told["ReadWritePaths"] for one in line.split())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_every_unit(tmp_path):
    for one in UNITS:
        text = re.sub(r"/opt/lujian/current/venv/bin/python", "/bin/true", one.read_text("utf-8"))
        (tmp_path / one.name).write_text(text, "utf-8")
    asked = ["systemd-analyze", "verify", *(str(tmp_path / one.name) for one in UNITS)]
    done = subprocess.run(asked, capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if str(tmp_path) in line or line.startswith("lujian")]
    assert told == []


def test_every_timer_starts_a_unit_that_is_there():
    for one in (one for one in UNITS if one.suffix == ".timer"):
        read = configparser.ConfigParser(interpolation=None)
        read.read(one, "utf-8")
        assert read["Timer"]["OnCalendar"] and one.with_suffix(".service") in UNITS


def given():
    """Every name of a metric that the office gives, as Prometheus knows it."""
    kinds = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
    return {f"{one.name}{ending}" for one in metrics._all.collect() for ending in kinds.get(one.type, ("",))}


@pytest.mark.parametrize("name", ["grafana.json", "alerts.yml"])
def test_graphs_and_alerts_name_what_the_office_counts(name):
    named = set(re.findall(r"\blujian_[a-z_]+", (MONITORING / name).read_text("utf-8")))
    assert named and named <= given()


def test_everything_that_the_office_counts_is_shown():
    shown = (MONITORING / "grafana.json").read_text("utf-8")
    assert [one.name for one in metrics._all.collect() if one.name not in shown] == []


def test_the_dashboard_overlaps_nowhere_and_the_rules_are_whole():
    panels = json.loads((MONITORING / "grafana.json").read_text("utf-8"))["panels"]
    places = [(one["gridPos"]["x"] + dx, one["gridPos"]["y"]) for one in panels for dx in range(one["gridPos"]["w"])]
    assert len(places) == len(set(places)) and all(x < 24 for x, _y in places)
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    assert all(one["expr"] and one["for"] and one["annotations"]["summary"] for one in rules)
    assert len({one["alert"] for one in rules}) == len(rules)
