"""The tablet's entry: `python -m mobile`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from math import hypot
from pathlib import Path

from checklists.words import LANGUAGES
from mobile.device import private

OURS = ("keys.json", "outside.json", "wiped.json", "data", "data.new", "photos", "papers", "kept", "quarantine", "kivy")
"""What this app writes into its folder, beside the camera's folder, which may be somebody else's too."""
DESKTOP_INCHES = 10.1
"""A window on a desktop stands for a tablet of this size."""


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line's choices."""
    parser = argparse.ArgumentParser(prog="python -m mobile", description="The inspection tablet.")
    home = data_folder(sys.platform, os.environ, Path.home())
    parser.add_argument("--data", type=Path, default=home, help="folder of all data (default: %(default)s)")
    parser.add_argument("--camera", type=Path, help="folder into which the camera puts pictures (default: DATA/camera)")
    parser.add_argument("--office", default="", help="the office's address, proposed when the tablet is enrolled")
    parser.add_argument(
        "--ca", default="", help="file of the certificate authority that signs the office's certificate"
    )
    parser.add_argument("--lang", choices=list(LANGUAGES), default="zh_CN", help="language (default: %(default)s)")
    parser.add_argument("--night", action="store_true", help="begin with the night theme")
    parser.add_argument("--inches", type=float, default=DESKTOP_INCHES, help="diagonal of the tablet's screen")
    return parser.parse_args(given)


def data_folder(platform: str, environment: Mapping[str, str], home: Path) -> Path:
    """Return where all data lie unless the command line says otherwise, as each system has it."""
    if named := environment.get("LUJIAN_DATA"):
        return Path(named)
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Lujian"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Lujian"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "lujian"


def main(given: Sequence[str] | None = None) -> None:
    """Run the tablet until its window is closed."""
    chosen = arguments(given)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    prepare(chosen.data)
    from kivy.core.window import Window

    from mobile.app import LujianApp
    from mobile.widgets.theme import register_fonts, theme
    from mobile.words import words

    if Window is None:
        raise SystemExit("There is no screen to open a window on. On Debian: libgl1 libegl1 libmtdev1, and a display.")
    register_fonts()
    words.lang, theme.night = chosen.lang, chosen.night
    theme.set_device(Window.width, Window.height, chosen.inches)
    per_inch = hypot(*Window.size) / chosen.inches
    Window.bind(
        on_resize=lambda _window, width, height: theme.set_device(width, height, hypot(width, height) / per_inch)
    )
    LujianApp(chosen.data, office=chosen.office, ca_file=chosen.ca, camera=chosen.camera).run()


def prepare(folder: Path) -> None:
    """Make the folder, close it to others, and set what Kivy reads when it is first imported."""
    private.by_default()
    private.make_folder(folder)
    private.tighten(folder, OURS)
    os.environ.setdefault("KIVY_HOME", str(folder / "kivy"))
    os.environ.setdefault("KIVY_NO_FILELOG", "1")
    # Without it Windows hides the list of characters that a Chinese input method offers.
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")
    from kivy.config import Config

    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("graphics", "width", "1280")
    Config.set("graphics", "height", "800")
    Config.set("graphics", "multisamples", "0")
    Config.set("input", "mouse", "mouse,disable_multitouch")


if __name__ == "__main__":
    main()
