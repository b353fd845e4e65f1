"""From process start to a usable first screen: `python -m benchmarks.start` (target 1.0 s warm, then 0.7 s).

Each run is a fresh process in an offscreen window, painted by software; beside it, in turn, an empty Kivy app with one
label in the same window. A run ends when the first frame with the PIN pad has been painted. Cold: no compiled modules,
and the files of Python, Kivy and the app dropped from the page cache as far as the system lets us.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def child(kind: str, folder: str) -> None:
    """Run one app until its first frame is painted, tell the time and end."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    if kind == "tablet":
        _tablet(folder)
    else:
        _empty()


def _tablet(folder: str) -> None:
    from mobile import main

    # What main does before it imports the app, so that the hook below costs nothing of its own.
    main.prepare(Path(folder))
    from mobile.app import LujianApp

    class Watched(LujianApp):
        """The app, which tells its first frame."""

        def on_start(self) -> None:
            from demo import find

            super().on_start()
            assert find.by_id("pin"), "the first screen is not the lock screen"
            _end_at_flip()

    import mobile.app

    mobile.app.LujianApp = Watched  # type: ignore[misc]  # main takes the app from its module
    main.main(["--data", folder])


def _empty() -> None:
    os.environ["KIVY_NO_ARGS"] = "1"
    from kivy.config import Config

    Config.set("kivy", "log_level", "warning")
    Config.set("graphics", "width", "1280")
    Config.set("graphics", "height", "800")
    Config.set("graphics", "multisamples", "0")
    from kivy.app import App
    from kivy.uix.label import Label

    class Empty(App):  # type: ignore[misc]  # Kivy is untyped
        def build(self) -> Label:
            return Label(text="empty")

        def on_start(self) -> None:
            _end_at_flip()

    Empty().run()


def _end_at_flip() -> None:
    from kivy.core.window import Window

    paint = Window.flip

    def flip() -> None:
        paint()
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        os._exit(0)

    Window.flip = flip


def run(kind: str, folder: Path, *, cold: bool) -> float:
    """Return the seconds from starting the process to its first frame."""
    environment = {**os.environ, "KIVY_HOME": str(folder / "kivy"), "KIVY_NO_FILELOG": "1", "KIVY_NO_CONSOLELOG": "1"}
    with tempfile.TemporaryDirectory() as fresh:
        if cold:
            environment["PYTHONPYCACHEPREFIX"] = fresh
            _drop_files()
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.start", "--child", kind, str(folder)],
            check=False,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1]) - begun


def _drop_files() -> None:
    """Ask the system to forget the files that a start reads."""
    if not hasattr(os, "posix_fadvise"):
        return
    places = (sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"], ROOT / "mobile", ROOT / "checklists")
    for place in places:
        for path in Path(place).rglob("*"):
            if path.suffix in (".py", ".pyc", ".so", ".kv", ".ttf") or ".so." in path.name:
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", nargs=2, metavar=("KIND", "FOLDER"))
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    from benchmarks import tablet
    from benchmarks.timing import heading, tell

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tablet.make(folder)
        cold = {kind: [run(kind, folder, cold=True) for _ in range(2)] for kind in ("empty", "tablet")}
        warm: dict[str, list[float]] = {"empty": [], "tablet": []}
        for kind in ("empty", "tablet"):
            run(kind, folder, cold=False)
        for _ in range(options.runs):
            for kind, spent in warm.items():
                spent.append(run(kind, folder, cold=False))
    heading(f"process start to first frame; warm: median of {options.runs}, cold: of 2")
    for kind in ("empty", "tablet"):
        told = {"warm_s": statistics.median(warm[kind]), "least_s": min(warm[kind]), "most_s": max(warm[kind])}
        ratio = told["warm_s"] / statistics.median(warm["empty"])
        tell(kind, ratio, "an empty Kivy app", **told, cold_s=statistics.median(cold[kind]))


if __name__ == "__main__":
    main()
