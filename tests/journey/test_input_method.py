"""Chinese as it is really typed: by ibus with libpinyin, into a field on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "Xvfb", "ibus-daemon", "xdotool")
LIBPINYIN = Path("/usr/share/ibus/component/libpinyin.xml")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)) or not LIBPINYIN.exists(),
    reason="needs Debian's dbus, xvfb, ibus, ibus-libpinyin, xdotool and libgl1-mesa-dri",
)


@pytest.fixture
def home() -> Iterator[str]:
    """A folder with a short name: ibus listens in it, and a socket's path has 108 bytes at most."""
    with tempfile.TemporaryDirectory(prefix="ibus-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield folder


def test_only_what_was_chosen_is_typed(home: str) -> None:
    script, display = Path(__file__).with_suffix("").parent / "input_method.sh", str(100 + os.getpid() % 900)
    command = ["dbus-run-session", "--", "sh", str(script), sys.executable, display, home]
    plain = {name: one for name, one in os.environ.items() if not name.startswith(("KIVY_", "SDL_"))}
    done = subprocess.run(command, env=plain, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    composing, typed = seen["composing"]
    assert composing == "我不知道" and typed == "", "a word that is only offered is not typed"
    assert seen["chosen"] == ["我不知道", "我不知道"]
    assert seen["unfinished"][0] > "我不知道" and seen["unfinished"][1] == "我不知道"
    assert seen["left"] == ["我不知道", "我不知道"]
