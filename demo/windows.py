"""The three windows that the tablet can be driven in, chosen before Kivy is imported.

`mock` needs no OpenGL and no X library: layout, touch, focus and typing are real, nothing is painted.
`offscreen` paints with software OpenGL (EGL) and needs no display. `real` is an ordinary window.
"""

import atexit
import os
import shutil
import sys
import tempfile
from typing import Any


def has_display() -> bool:
    """Return whether a person could see a window here."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(kind: str, width: int, height: int) -> Any:
    """Make Kivy's one window, of kind mock, offscreen or real; Kivy's window must not have been imported before."""
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_HOME"] = home = tempfile.mkdtemp(prefix="lujian-kivy-")
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.setdefault("KIVY_NO_FILELOG", "1")
    # Warnings and errors go to Python's own log, and nothing else is said.
    os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")
    os.environ.setdefault("KIVY_NO_CONFIG", "1")
    if kind == "offscreen":
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    if kind == "mock":
        os.environ["KIVY_GL_BACKEND"] = "mock"
        os.environ["KIVY_WINDOW"] = ""
    elif os.environ.get("KIVY_GL_BACKEND") == "mock":
        # A test in a mock window started us: its environment is not ours.
        del os.environ["KIVY_GL_BACKEND"], os.environ["KIVY_WINDOW"]
    _configure(kind, width, height)
    if kind == "mock":
        return _open_mock(width, height)
    from kivy.core.window import Window
    from kivy.logger import Logger

    # Kivy complains at length of each clipboard program that is missing.
    Logger.setLevel(100)
    import kivy.core.clipboard  # noqa: F401  # imported for its complaint

    Logger.setLevel("WARNING")

    if Window is None:
        raise RuntimeError(f"Kivy found no way to open a window of kind {kind!r}; on Debian: libgl1 libegl1 libmtdev1")
    return Window


def _configure(kind: str, width: int, height: int) -> None:
    """Set what Kivy reads once: size, no frame limit, no finger dots; warnings only."""
    from kivy.config import Config

    import mobile  # noqa: F401  # its environment comes before Kivy

    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("graphics", "width", str(width))
    Config.set("graphics", "height", str(height))
    if kind != "real":
        Config.set("graphics", "maxfps", "0")
        Config.set("graphics", "multisamples", "0")
        Config.remove_section("input")
        Config.add_section("input")
    else:
        Config.set("input", "mouse", "mouse,disable_multitouch")


def _open_mock(width: int, height: int) -> Any:
    """Put a window without graphics where Kivy looks for its own."""
    from kivy.logger import Logger

    Logger.setLevel(100)
    import kivy.core.window as core
    from kivy.core.window import WindowBase

    class MockWindow(WindowBase):  # the base is chosen at run time, after the environment
        """A window of fixed size that never paints."""

        def create_window(self, *args: Any) -> None:
            """Take the size that was asked for; Kivy calls this again after each change of size."""
            if not self.initialized:
                self._size = [width, height]
            super().create_window(*args)

        def flip(self) -> None:
            """Show nothing."""

        def mainloop(self) -> None:
            """Leave stepping to the driver."""

        def close(self) -> None:
            """Close nothing."""

        def set_title(self, title: str) -> None:
            """Have no title bar."""

    core.Window = MockWindow()
    # What a mock cannot do, compile shaders for one, has been complained of by now.
    Logger.setLevel("WARNING")
    return core.Window
