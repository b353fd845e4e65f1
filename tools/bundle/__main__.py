"""Builds the bundle: `python -m tools.bundle [FOLDER]`. The wheels are those of this machine's Python and processor."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TAKEN = ("install.py", "README.md", "lujian.toml", "debian-packages.txt", "journald-lujian.conf", "units", "monitoring")
"""What of this folder goes into a bundle."""


def fill(folder: Path) -> None:
    """Lay everything into a bundle's folder: the locked wheels by their hashes, the product's own, units, settings."""
    for name in TAKEN:
        source = HERE / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    docs = folder / "docs"
    docs.mkdir()
    for name in ("install.md", "running.md", "security.md"):
        shutil.copy(ROOT / "docs" / name, docs / name)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copy(ROOT / "locks" / "server.txt", folder / "requirements.txt")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    lock = ["--require-hashes", "-r", str(ROOT / "locks" / "server.txt")]
    _run(*pip, "download", "-q", "--only-binary", ":all:", "-d", str(folder / "wheels"), *lock)
    with tempfile.TemporaryDirectory() as room:
        copied = Path(room) / "source"
        shutil.copytree(ROOT, copied, ignore=_ignored)  # setuptools leaves its own folders behind
        _run(*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(copied))


def _ignored(folder: str, names: list[str]) -> set[str]:
    outside = {".git", ".venv", "build", "tests", "demo", "benchmarks", "findings", "docs"}
    return {one for one in names if Path(folder) == ROOT and one in outside} | {"__pycache__", "node_modules"}


def manifest(folder: Path, python: str, machine: str) -> dict[str, object]:
    """Return what a bundle holds, each file by its SHA-256; `release` names it by the version and by what is in it."""
    files = {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and one.name != "manifest.json"
    }
    (wheel,) = folder.glob("lujian-*.whl")
    version = wheel.name.split("-")[1]
    release = f"{version}-{digest(files)[:8]}"
    return {"release": release, "wheel": wheel.name, "python": python, "machine": machine, "files": files}


def digest(files: Mapping[str, str]) -> str:
    """Return one digest for many."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()


def pack(folder: Path, path: Path) -> None:
    """Write the folder as a tar whose bytes hang on its content alone."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = info.mtime = 0
        info.uname = info.gname = "root"
        info.mode = 0o755 if info.isdir() else 0o644
        return info

    with tarfile.open(path, "w") as tar:  # wheels are deflated already
        tar.add(folder, arcname=folder.name, filter=plain)


def _run(*words: str) -> None:
    subprocess.run(words, check=True)


def main() -> int:
    """Build it and say what it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "build" / "bundle")
    into: Path = parser.parse_args().folder
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    python, machine = f"{sys.version_info.major}.{sys.version_info.minor}", os.uname().machine
    work = into / "work"
    work.mkdir()
    fill(work)
    told = manifest(work, python, machine)
    (work / "manifest.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    folder = work.rename(into / f"lujian-{told['release']}-py{python.replace('.', '')}-{machine}")
    tar = into / f"{folder.name}.tar"
    pack(folder, tar)
    found = hashlib.sha256(tar.read_bytes()).hexdigest()
    tar.with_name(f"{tar.name}.sha256").write_text(f"{found}  {tar.name}\n")
    sys.stdout.write(f"{tar} {tar.stat().st_size >> 20} MiB\nsha256 {found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
