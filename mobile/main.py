"""The tablet's entry: `python -m mobile`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from math import hypot
from pathlib import Path

from checklists.words import LANGUAGES
from mobile import logs
from mobile.desk import utc_now
from mobile.device import live_camera, on_android, plate_reader, private, receivers
from mobile.device.carrying import Carrying
from mobile.device.location import Receiver
from mobile.refusals import Refusal

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
    parser.add_argument(
        "--position",
        default="gpsd",
        help="where the tablet is: gpsd, gpsd:PORT, degrees of the post such as 40.842,111.749, or none; "
        "Android has its own receiver (default: %(default)s)",
    )
    parser.add_argument(
        "--lens",
        default="auto",
        help="this device's own camera: auto, its number, a video file, or none (default: %(default)s); needs OpenCV",
    )
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
    logs.set_up()
    prepare(chosen.data)
    receiver = _receiver(chosen.position)
    from kivy.core.window import Window

    from mobile.app import LujianApp
    from mobile.widgets.theme import register_fonts, theme
    from mobile.words import _, words

    if Window is None:
        raise SystemExit("There is no screen to open a window on. On Debian: libgl1 libegl1 libmtdev1, and a display.")
    register_fonts()
    words.lang, theme.night = chosen.lang, chosen.night
    theme.set_device(Window.width, Window.height, chosen.inches)
    per_inch = hypot(*Window.size) / chosen.inches
    Window.bind(
        on_resize=lambda _window, width, height: theme.set_device(width, height, hypot(width, height) / per_inch)
    )
    app = LujianApp(chosen.data, office=chosen.office, ca_file=chosen.ca, camera=chosen.camera)
    app.desk.receiver, app.desk.lens = receiver, live_camera.lens(chosen.lens)
    app.desk.plate_reader = plate_reader.reader()
    app.desk.set_aside = set_aside
    if on_android.here():
        app.desk.carrying = Carrying(lambda on: on_android.carry(_("Lujian sends to the office"), on))
    app.run()


def set_aside() -> None:
    """Leave what is there now, which is code, screens and packages, out of every further look for garbage.

    Python looks through all of it whenever a quarter more has come together, in the middle of a touch, and that takes
    a quarter of a second. What was set aside before and is garbage by now goes first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _receiver(setting: str) -> Receiver:
    try:
        return receivers.receiver(setting, utc_now)
    except Refusal as refusal:
        raise SystemExit(f"--position: {setting!r} is none") from refusal


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
