"""Installs or upgrades an office from the bundle that it lies in, without a network.

    python3 install.py install      a new office
    python3 install.py upgrade      a new version: backup, trial, and back to the old one where it does not come up
    python3 install.py check        whether the bundle is whole

It needs nothing but Python's own library: what the office needs lies in the bundle.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

BUNDLE = Path(__file__).resolve().parent
USER = "lujian"
UNITS = (
    "lujian.service",
    "lujian-backup.service",
    "lujian-backup.timer",
    "lujian-doctor.service",
    "lujian-doctor.timer",
)
STARTED = ("lujian.service", "lujian-backup.timer", "lujian-doctor.timer")
KEPT_RELEASES = 3
RELEASE_BYTES = 700 * 1024 * 1024
WAIT_SECONDS = 180
MADE = re.compile(r"(.+) \d+ bytes of \w+$", re.MULTILINE)
"""What `backup` says first."""


class InstallError(Exception):
    """Why nothing was changed, or what was put back; in Chinese and English."""


@dataclass(frozen=True)
class Places:
    """Where everything lies; below another root than / for a trial."""

    root: Path

    @property
    def product(self) -> Path:
        """All releases and which of them is current."""
        return self.root / "opt/lujian"

    @property
    def current(self) -> Path:
        """The link to the current release."""
        return self.product / "current"

    @property
    def settings(self) -> Path:
        """The file of the settings; an upgrade never changes it."""
        return self.root / "etc/lujian/lujian.toml"

    @property
    def data(self) -> Path:
        """The database and the photos."""
        return self.root / "var/lib/lujian"

    @property
    def backups(self) -> Path:
        """The backups, where the settings name no other folder."""
        return self.root / "var/backups/lujian"


class Service(Protocol):
    """What keeps the server running."""

    user: str

    def prepare(self, places: Places) -> None:
        """Make the user, where there is one, and the folders."""

    def units(self, places: Places) -> None:
        """Put in place what starts the server."""

    def start(self, places: Places) -> None:
        """Start the server."""

    def stop(self, places: Places) -> None:
        """Stop the server."""


class Systemd:
    """The server as a unit, under a user of its own."""

    user = USER

    def prepare(self, places: Places) -> None:
        """Make the user and his folders."""
        if subprocess.run(["id", USER], capture_output=True, check=False).returncode:
            home = str(places.data)
            run("useradd", "--system", "--home-dir", home, "--shell", "/usr/sbin/nologin", "--user-group", USER)
        for folder in (places.data, places.backups, places.settings.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            shutil.chown(folder, USER, USER)

    def units(self, places: Places) -> None:
        """Put the units of the current release in place and let the journal have its bounds."""
        for name in UNITS:
            shutil.copy(places.current / "units" / name, Path("/etc/systemd/system") / name)
        journal = Path("/etc/systemd/journald.conf.d/lujian.conf")
        if not journal.exists():
            journal.parent.mkdir(exist_ok=True)
            shutil.copy(places.current / "journald-lujian.conf", journal)
        run("systemctl", "daemon-reload")

    def start(self, _places: Places) -> None:
        """Start the server, and with it at every start of the machine."""
        run("systemctl", "enable", "--quiet", "--now", *STARTED)

    def stop(self, _places: Places) -> None:
        """Stop what writes."""
        run("systemctl", "stop", *STARTED)


class Alone:
    """The server as a process of this user, for a trial and where there is no systemd: nothing starts it again."""

    user = ""

    def prepare(self, places: Places) -> None:
        """Make the folders."""
        for folder in (places.data, places.backups, places.settings.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)

    def units(self, places: Places) -> None:
        """There are none."""

    def start(self, places: Places) -> None:
        """Start it and note its number."""
        self._note(places).parent.mkdir(parents=True, exist_ok=True)
        with self._note(places).with_name("server.log").open("ab") as log:
            started = subprocess.Popen(
                server(places.current, "serve"), env=environment(places), stdout=log, stderr=log, start_new_session=True
            )
        self._note(places).write_text(str(started.pid))

    def stop(self, places: Places) -> None:
        """Stop the one that was noted."""
        note = self._note(places)
        if note.exists():
            end(int(note.read_text()))
            note.unlink()

    def _note(self, places: Places) -> Path:
        return places.root / "run/lujian/server.pid"


def end(process: int) -> None:
    """End a server that was started here, also by an earlier run, and wait until it is gone."""
    try:
        os.kill(process, signal.SIGTERM)
        for _ in range(600):
            if gone(process):
                return
            time.sleep(0.1)
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def gone(process: int) -> bool:
    """Whether a process has ended; one that waits for its parent to look has."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def run(*words: str) -> str:
    """Run a command and return what it says. Raises InstallError with its words."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallError(f"{' '.join(words)}: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def environment(places: Places, **more: str) -> dict[str, str]:
    """Return the environment of the server's commands; what this shell says of other settings does not count."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUJIAN_", "PYTHON"))}
    return {**kept, "LUJIAN_CONFIG": str(places.settings), **{f"LUJIAN_{name}": value for name, value in more.items()}}


def server(release: Path, *words: str, user: str = "") -> list[str]:
    """Return the command of a release's server."""
    asked = [str(release / "venv/bin/python"), "-m", "server", *words]
    return ["runuser", "-u", user, "--", *asked] if user else asked


def command(places: Places, release: Path, user: str, *words: str) -> str:
    """Run a command of the server and return what it says. Raises InstallError with its words."""
    asked = server(release, *words, user=user)
    done = subprocess.run(asked, env=environment(places), cwd=places.data, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InstallError(f"server {' '.join(words)}: {(done.stdout + done.stderr).strip()[-1500:]}")
    return done.stdout


def settings(places: Places) -> dict[str, Any]:
    """Return the settings as they are written."""
    return tomllib.loads(places.settings.read_text(encoding="utf-8"))


# --- the bundle


def check() -> dict[str, Any]:
    """Return the bundle's manifest where every file is what it names, and none beside. Raises InstallError."""
    manifest: dict[str, Any] = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
    files: dict[str, str] = manifest["files"]
    here = {
        str(one.relative_to(BUNDLE)) for one in BUNDLE.rglob("*") if one.is_file() and "__pycache__" not in one.parts
    }
    wrong = sorted((here ^ set(files)) - {"manifest.json"})
    wrong += [name for name in sorted(here & set(files)) if sha256(BUNDLE / name) != files[name]]
    if wrong:
        raise InstallError(f"安装包不完整或被改动 / the bundle is damaged or was changed: {', '.join(wrong[:5])}")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    if python != manifest["python"]:
        told = f"Python {manifest['python']}, {manifest['machine']}"
        raise InstallError(f"安装包适用于 / the bundle is for {told}; 本机为 / here is Python {python}")
    if os.uname().machine != manifest["machine"]:
        raise InstallError(
            f"安装包适用于 / the bundle is for {manifest['machine']}, 本机为 / here is {os.uname().machine}"
        )
    return manifest


def sha256(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_release(places: Places, manifest: dict[str, Any]) -> Path:
    """Make a release from the bundle alone, beside those that are there, and return it."""
    release = places.product / "releases" / str(manifest["release"])
    if release.exists():
        if places.current.exists() and places.current.resolve() == release.resolve():
            raise InstallError(f"此版本正在使用 / this release is in use already: {release.name}")
        shutil.rmtree(release)
    release.mkdir(parents=True)
    try:
        run(sys.executable, "-m", "venv", str(release / "venv"))
        pip = [str(release / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-cache-dir"]
        pip += ["--disable-pip-version-check", "--find-links", str(BUNDLE / "wheels")]
        run(*pip, "--require-hashes", "-r", str(BUNDLE / "requirements.txt"))
        run(*pip, "--no-deps", str(BUNDLE / manifest["wheel"]))
        run(str(release / "venv/bin/python"), "-m", "compileall", "-q", str(release / "venv/lib"))
        shutil.copytree(BUNDLE / "units", release / "units")
        for name in ("README.md", "journald-lujian.conf", "lujian.toml", "manifest.json"):
            shutil.copy(BUNDLE / name, release / name)
    except BaseException:
        shutil.rmtree(release, ignore_errors=True)
        raise
    return release


def point(places: Places, release: Path) -> None:
    """Let `current` be this release, in one step."""
    fresh = places.product / "current.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release)
    fresh.replace(places.current)


def check_room(places: Places, more: int = 0) -> None:
    """Raise InstallError where a release and so many bytes beside would not fit."""
    for folder, needed in ((places.product, RELEASE_BYTES), (places.data, more), (backup_folder(places), more)):
        there = next(one for one in (folder, *folder.parents) if one.exists())
        free = shutil.disk_usage(there).free
        if free < needed:
            raise InstallError(f"磁盘空间不足 / the disk is short: {there}: {needed >> 20} MiB / {free >> 20} MiB")


def backup_folder(places: Places) -> Path:
    """Return where backups go."""
    named = settings(places).get("backup_dir") if places.settings.exists() else ""
    return Path(named) if named else places.backups


# --- health


def answer(port: int, path: str, *, tls: bool) -> int:
    """Return the status of what this machine answers, under whatever certificate; 0 where it does not."""
    inside = ssl.create_default_context()
    inside.check_hostname, inside.verify_mode = False, ssl.CERT_NONE
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=inside))
    try:
        with direct.open(f"{'https' if tls else 'http'}://127.0.0.1:{port}{path}", timeout=10) as got:
            return int(got.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)
    except OSError:
        return 0


def health(places: Places, port: int = 0) -> tuple[int, int]:
    """Return the statuses of /healthz and /readyz."""
    told = settings(places)
    tls = bool(told.get("tls_certificate"))
    asked = port or int(told.get("port", 8400))
    return answer(asked, "/healthz", tls=tls), answer(asked, "/readyz", tls=tls)


def comes_up(places: Places, *, ready: bool, port: int = 0, process: subprocess.Popen[bytes] | None = None) -> bool:
    """Wait until the server answers, and is ready where that is asked; False where it does not come to that."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        alive, fit = health(places, port)
        if alive == 200 and (fit == 200 or not ready):
            return True
        if process is not None and process.poll() is not None:
            return False
        time.sleep(0.5)
    return False


def works(places: Places, release: Path, user: str, *, ready: bool) -> bool:
    """Whether a release serves this office, at a port of this machine that no tablet knows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    given = environment(places, HOST="127.0.0.1", PORT=str(port))
    told = places.product / "trial.log"
    with told.open("wb") as log:
        asked = server(release, "serve", user=user)
        started = subprocess.Popen(asked, env=given, cwd=places.data, stdout=log, stderr=log)
    try:
        fit = comes_up(places, ready=ready, port=port, process=started)
        if not fit:
            say(f"{told}:\n{told.read_text(encoding='utf-8', errors='replace')[-1500:]}")
        return fit
    finally:
        started.terminate()
        try:
            started.wait(60)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


# --- what is asked


def install(places: Places, service: Service) -> None:
    """Make a new office. What is there already is never touched."""
    if places.current.exists():
        raise InstallError("已经安装；升级请用 upgrade / an office is installed: use upgrade")
    manifest = check()
    check_room(places)
    service.prepare(places)
    release = make_release(places, manifest)
    if not places.settings.exists():
        text = (BUNDLE / "lujian.toml").read_text(encoding="utf-8")
        for path in (places.data, places.backups):
            text = text.replace(f'"/{path.relative_to(places.root)}"', json.dumps(str(path)))
        places.settings.write_text(text, encoding="utf-8")
        places.settings.chmod(0o600)
        if service.user:
            shutil.chown(places.settings, service.user, service.user)
    point(places, release)
    command(places, release, service.user, "init")
    service.units(places)
    service.start(places)
    if not comes_up(places, ready=True):
        raise InstallError("已安装，但服务没有应答；请看日志 / installed, but it does not answer: journalctl -u lujian")
    say(f"已安装并运行 / installed and running: {release.name}")


def upgrade(places: Places, service: Service) -> None:
    """Put a new release in the place of the old one, or leave everything as it was."""
    if not places.current.exists():
        raise InstallError("尚未安装 / nothing is installed: use install")
    manifest = check()
    old = places.current.resolve()
    check_room(places, 3 * database_bytes(places))
    release = make_release(places, manifest)
    ready = health(places)[1] == 200
    with stopped(places, service):
        try:
            told = command(places, old, service.user, "backup")
        except InstallError:
            shutil.rmtree(release, ignore_errors=True)
            raise
        kept = MADE.match(told)[1]  # type: ignore[index] # its first line, or the command failed
        say(f"已备份并试恢复 / backed up and proven: {kept}")
        try:
            command(places, release, service.user, "init")  # makes the missing steps of the schema
            fit = works(places, release, service.user, ready=ready)
        except InstallError as fault:
            say(str(fault))
            fit = False
        except BaseException:  # stopped by hand: the old release must not meet the new one's tables
            command(places, old, service.user, "restore", kept, "--replace", "--unless-newer")
            raise
        if not fit:
            command(places, old, service.user, "restore", kept, "--replace", "--unless-newer")
            shutil.rmtree(release, ignore_errors=True)
        else:
            point(places, release)
            service.units(places)
    if not fit:
        raise InstallError(came_back(places, ready=ready))
    if not comes_up(places, ready=ready):
        go_back(places, service, old, kept)
    drop_old(places)
    say(f"已升级 / upgraded: {old.name} → {release.name}")


@contextmanager
def stopped(places: Places, service: Service) -> Iterator[None]:
    """Stop the server for a while; whatever happens, what `current` then is, is started again."""
    service.stop(places)
    try:
        yield
    finally:
        service.start(places)


def go_back(places: Places, service: Service, old: Path, kept: str) -> None:
    """Go back from a release that worked on trial and not in its place. Raises InstallError, saying how it is."""
    service.stop(places)
    try:
        command(places, old, service.user, "restore", kept, "--replace", "--unless-newer")
    except InstallError as fault:
        service.start(places)
        raise InstallError(
            f"新版本无应答，但可能已接收记录，未回退；请看日志 / it does not answer, but may have taken records, so "
            f"nothing was put back: {fault}"
        ) from fault
    point(places, old)
    service.units(places)
    service.start(places)
    raise InstallError(came_back(places, ready=True))


def came_back(places: Places, *, ready: bool) -> str:
    """Wait for the old release, and return what is to be said."""
    if comes_up(places, ready=ready):
        return "新版本没有启动成功，已恢复原版本和数据 / the new release did not come up; the old one serves again"
    return "新版本没有启动成功；原版本和数据已恢复，尚无应答 / the old release is back and does not answer yet"


def database_bytes(places: Places) -> int:
    """Return how large the SQLite file is, 0 with PostgreSQL, whose disk is its own."""
    told = settings(places)
    file = Path(told.get("data_dir", places.data)) / "office.sqlite3"
    return file.stat().st_size if not told.get("database") and file.exists() else 0


def drop_old(places: Places) -> None:
    """Remove the oldest releases; the current one and those before it stay."""
    found = sorted((places.product / "releases").iterdir(), key=lambda one: one.stat().st_mtime)
    for one in found[:-KEPT_RELEASES]:
        if one.resolve() != places.current.resolve():
            shutil.rmtree(one)


def say(words: str) -> None:
    """Write a line at once."""
    print(words, flush=True)


def main() -> int:
    """Do what is asked; 1 where it could not be done."""
    parser = argparse.ArgumentParser(description="Install or upgrade an office from this bundle, without a network.")
    parser.add_argument("what", choices=("install", "upgrade", "check"))
    parser.add_argument("--root", type=Path, default=Path("/"), help="install below this folder, for a trial")
    parser.add_argument("--without-systemd", action="store_true", help="run the server as a process of this user")
    options = parser.parse_args()
    places = Places(options.root.resolve())
    service: Service = Alone() if options.without_systemd else Systemd()
    if options.what != "check" and not options.without_systemd and os.geteuid() != 0:
        say("请以 root 运行 / run this as root: sudo python3 install.py …")
        return 1
    os.umask(0o022)
    try:
        if options.what == "check":
            say(f"安装包完整 / the bundle is whole: {check()['release']}")
        else:
            {"install": install, "upgrade": upgrade}[options.what](places, service)
    except InstallError as fault:
        say(str(fault))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
