"""Installs the bundle that was built, upgrades it, lets an upgrade fail, with no route anywhere: `make bundle-check`.

It runs in a network namespace of its own (`unshare -r -n`). Its last line is JSON: what was seen, and in how many
seconds.
"""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.bundle.__main__ import ROOT, manifest

BROKEN_STEP = '''"""A step that succeeds, of a version that does not start."""



def up(migrator, database):
    database.execute_sql("CREATE TABLE of_a_broken_version (id INTEGER)")
'''


def main() -> int:
    """Go through all of it; what is not as it must be ends it with a trace."""
    (tar,) = (ROOT / "build" / "bundle").glob("lujian-*.tar")
    _loopback()
    assert not _reaches("1.1.1.1"), "there is a route: run this under unshare -n"
    with tempfile.TemporaryDirectory(prefix="lujian-bundle-") as room:
        told = _walk(tar, Path(room))
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _walk(tar: Path, room: Path) -> dict[str, Any]:
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.monotonic()
        done = work()
        seconds[name] = round(time.monotonic() - start, 1)
        return done

    with tarfile.open(tar) as packed:
        packed.extractall(room / "new", filter="data")
    (bundle,) = (room / "new").iterdir()
    root = room / "root"
    root.mkdir()
    try:
        timed("install", lambda: _install(bundle, root, "install"))
        port = 8400
        assert _get(port, "/healthz") == {"status": "ok"}
        first = _current(root)
        found = json.loads(_server(root, "doctor", "--json", "--lang", "en", ends=(1, 2)))
        wrong = {one["about"] for one in found["lines"] if one["grade"] == "wrong"}
        assert wrong == {"backup"}, found  # none was made yet
        timed("backup", lambda: _server(root, "backup"))
        other = _changed(bundle, room / "other", {"server/later.py": '"""Another release."""\n'})
        timed("upgrade", lambda: _install(other, root, "upgrade"))
        second = _current(root)
        assert second != first and _get(port, "/healthz") == {"status": "ok"}
        broken = {
            "server/migrations/9998_broken.py": BROKEN_STEP,
            "server/app.py": "raise RuntimeError('broken')\n",
        }
        bad = _changed(bundle, room / "bad", broken)
        timed("upgrade_that_fails", lambda: _install(bad, root, "upgrade", ends=1))
        assert _current(root) == second and _get(port, "/healthz") == {"status": "ok"}
        assert "of_a_broken_version" not in _tables(root / "var/lib/lujian/office.sqlite3")
        (bad / "lujian.toml").write_text("office = 'of somebody else'\n", encoding="utf-8")
        assert "lujian.toml" in _install(bad, root, "check", ends=1)
        last = json.loads(_server(root, "doctor", "--json", "--lang", "en", ends=(1,)))
        assert not [one for one in last["lines"] if one["grade"] == "wrong"], last
    finally:
        _stop(root)
    size = tar.stat().st_size
    return {"route": False, "bundle_mib": size >> 20, "first": first, "second": second, "seconds": seconds}


def _loopback() -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def _reaches(host: str) -> bool:
    try:
        with socket.create_connection((host, 443), timeout=2):
            return True
    except OSError:
        return False


def _install(bundle: Path, root: Path, what: str, ends: int = 0) -> str:
    # Not the Python that tests this: the one that is there, as at an office.
    python = getattr(sys, "_base_executable", sys.executable)
    words = [python, str(bundle / "install.py"), what, "--root", str(root), "--without-systemd"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    told = done.stdout + done.stderr
    assert done.returncode == ends, told
    sys.stdout.write(told)
    return told


def _server(root: Path, *words: str, ends: tuple[int, ...] = (0,)) -> str:
    python = root / "opt/lujian/current/venv/bin/python"
    given = {"LUJIAN_CONFIG": str(root / "etc/lujian/lujian.toml"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [str(python), "-m", "server", *words], env=given, cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode in ends, done.stdout + done.stderr
    return done.stdout


def _changed(bundle: Path, into: Path, files: dict[str, str]) -> Path:
    """Return a copy of a bundle whose product has other files, and whose manifest says so."""
    copy = Path(shutil.copytree(bundle, into))
    (wheel,) = copy.glob("lujian-*.whl")
    before = wheel.rename(wheel.with_suffix(".before"))
    with zipfile.ZipFile(before) as given, zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as taken:
        for one in given.infolist():
            if one.filename not in files:
                taken.writestr(one, given.read(one))
        for name, text in files.items():
            taken.writestr(name, text)
    before.unlink()
    told: dict[str, Any] = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    fresh = manifest(copy, told["python"], told["machine"])
    (copy / "manifest.json").write_text(json.dumps(fresh), encoding="utf-8")
    return copy


def _current(root: Path) -> str:
    return (root / "opt/lujian/current").resolve().name


def _get(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as got:
        return json.load(got)


def _tables(path: Path) -> set[str]:
    link = sqlite3.connect(path)
    try:
        return {name for (name,) in link.execute("SELECT name FROM sqlite_master")}
    finally:
        link.close()


def _stop(root: Path) -> None:
    note = root / "run/lujian/server.pid"
    if note.exists():
        subprocess.run(["kill", note.read_text()], check=False)


if __name__ == "__main__":
    sys.exit(main())
