"""Papers to the viewer and to the printer of the operating system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mobile.refusals import Refusal

_VIEWERS = {"darwin": ("open",)}
_PRINTERS = ("lp", "lpr")


def show_pdf(path: Path) -> None:
    """Open a paper in the system's viewer. Raises Refusal `viewer_missing`, also where there is no screen."""
    _must_exist(path)
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 our own file, in the system's viewer
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
    if sys.platform == "win32":
        os.startfile(path, "print")  # noqa: S606 our own file, to the system's printer
        return
    command = next(filter(None, map(shutil.which, _PRINTERS)), None)
    if command is None:
        raise Refusal("printer_missing", "lp")
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 own file
    if done.returncode:
        raise Refusal("printer_missing", done.stderr.strip())


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise Refusal("file_unreadable", str(path))
