"""`python -m server doctor`, `backup`, `prove` and `restore`: for an office that has no administrator."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checklists import words
from server.config import Config
from server.office import Office
from server.operation import backup, checkup, manifest, restore
from server.operation.doctor import examine
from server.operation.manifest import Manifest
from server.terminal import say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

UNOPENED = {"doctor", "prove", "restore", "serve"}
"""They open the office themselves, or not at all: looking at it must not make or change anything."""


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    one = command(commands, "doctor", _doctor, "say what is fine, to be looked at (exit code 1) and wrong (2)")
    one.add_argument("--json", action="store_true", help="for a program")
    one.add_argument("--fast", action="store_true", help="do not read a SQLite file through")
    one.add_argument("--lang", choices=("zh_CN", "en"), help="without: as the terminal's LANG says")
    one = command(commands, "backup", _backup, "back the whole office up while it works, and bring it back on trial")
    one.add_argument("folder", type=Path, nargs="?", help="without: backup_dir of the settings")
    one.add_argument("--keep", type=int, help="how many stay (without: backups_kept); photos all stay")
    one = command(commands, "prove", _prove, "bring a backup back on trial and count; 1 where it does not hold")
    one.add_argument("backup", type=Path)
    one = command(commands, "restore", _restore, "bring a backup back, where the server is stopped")
    one.add_argument("backup", type=Path)
    one.add_argument("--replace", action="store_true", help="although an office is here: it is kept beside")
    one.add_argument("--unless-newer", action="store_true", help="not where the office that is here has more records")


def _doctor(config: Config, options: argparse.Namespace) -> int:
    named = os.environ.get("LUJIAN_CONFIG")
    lines = list(examine(config, Path(named) if named else None, whole=not options.fast))
    tell = words.catalogue(options.lang or checkup.language(), "server").gettext
    code = checkup.worst(lines)
    if options.json:
        told = {"grade": checkup.GRADES[code], "lines": checkup.plain(lines, tell)}
        say(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in checkup.text(lines, tell):
            say(line)
    return code


def _backup(office: Office, options: argparse.Namespace) -> int:
    folder = options.folder or (Path(office.config.backup_dir) if office.config.backup_dir else None)
    if folder is None:
        raise ValueError("name a folder, or set backup_dir")
    if folder.is_file():
        raise ValueError(f"{folder} is a file; a backup is a folder that holds all of them")
    kept = options.keep if options.keep is not None else office.config.backups_kept
    if kept < 1:
        raise ValueError("--keep: at least 1")
    made = backup.make(office, folder)
    code = _tell(made, manifest.read(made))
    for gone in backup.drop_old(folder, kept):
        say(f"removed {gone}")
    return code


def _prove(config: Config, options: argparse.Namespace) -> int:
    made = backup.prove(config, options.backup, manifest.read(options.backup))
    manifest.write(options.backup, made)
    return _tell(options.backup, made)


def _tell(folder: Path, made: Manifest) -> int:
    say(f"{folder} {made.bytes} bytes of {made.engine}")
    if not made.proven:
        say(f"NOT PROVEN: {made.fault}")
        return 1
    counted = ", ".join(f"{count} {name}" for name, count in made.counts.items())
    say(f"brought back on trial: {counted}; {made.seals_checked} seals and {made.photos_checked} photos hold")
    if made.photos_store:
        say(f"NOT IN THIS BACKUP: {made.photos_missing} photos in {made.photos_store}; let that store be copied too")
    return 0


def _restore(config: Config, options: argparse.Namespace) -> int:
    asked = {"replace": options.replace, "unless_newer": options.unless_newer}
    made, before, damaged = restore.restore(config, options.backup, who(), **asked)
    say(f"the office is as it was at {made.made_at}; what came later is not in it. Every tablet loads anew")
    if before:
        say(f"what was here before: {before}")
    if not made.proven:
        say(f"this backup was never proven: {made.fault}")
    for one in damaged:
        say(f"NOT BROUGHT BACK, because it is damaged: {one}")
    return 1 if damaged else 0
