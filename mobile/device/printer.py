"""Papers to the viewer and to the printer of the operating system; on Android the viewer prints."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mobile.device import on_android
from mobile.refusals import Refusal

_VIEWERS = {"darwin": ("open",)}
_PRINTERS = ("lp", "lpr")


def forget(papers: Iterable[Path]) -> None:
    """Take papers out of the open folder, since they can be made again; one that a viewer still holds goes later."""
    for path in papers:
        with suppress(OSError):
            path.unlink()


def show_pdf(path: Path) -> None:
    """Open a paper in the system's viewer. Raises Refusal `viewer_missing`, also where there is no screen."""
    _must_exist(path)
    if on_android.here():
        on_android.view(path)
        return
    if sys.platform == "win32":
        _start(path, "open", "viewer_missing")
        return
    names = _VIEWERS.get(sys.platform, ("xdg-open",))
    command = next(filter(None, map(shutil.which, names)), None)
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if command is None or not has_screen:
        raise Refusal("viewer_missing", str(path))
    subprocess.Popen([command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 own file


def print_pdf(path: Path) -> None:
    """Send a paper to the default printer. Raises Refusal `printer_missing` where there is none or it refuses."""
    _must_exist(path)
    if on_android.here():
        on_android.view(path)
        return
    if sys.platform == "win32":
        _start(path, "print", "printer_missing")
        return
    command = next(filter(None, map(shutil.which, _PRINTERS)), None)
    if command is None:
        raise Refusal("printer_missing", "lp")
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 own file
    if done.returncode:
        raise Refusal("printer_missing", done.stderr.strip())


def _start(path: Path, verb: str, code: str) -> None:
    """Have Windows do something with the file by the program that is registered for it."""
    try:
        os.startfile(path, verb)  # type: ignore[attr-defined, unused-ignore]  # noqa: S606 our own file
    except OSError as problem:
        raise Refusal(code, str(problem)) from problem


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise Refusal("file_unreadable", str(path))
