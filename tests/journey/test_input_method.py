"""Chinese as it is really typed: by ibus with libpinyin, into a field on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

NEEDED = ("dbus-run-session", "Xvfb", "ibus-daemon", "xdotool")
LIBPINYIN = Path("/usr/share/ibus/component/libpinyin.xml")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)) or not LIBPINYIN.exists(),
    reason="needs Debian's dbus, xvfb, ibus, ibus-libpinyin, xdotool and libgl1-mesa-dri",
)


WORD = "我不知道"


def typed() -> dict[str, list[str]]:
    """What stood on the screen, what the field held and what the method had chosen at each step, in its own session."""
    script, display = Path(__file__).with_suffix("").parent / "input_method.sh", str(100 + os.getpid() % 900)
    plain = {name: one for name, one in os.environ.items() if not name.startswith(("KIVY_", "SDL_"))}
    # A folder with a short name: ibus listens in it, and a socket's path has 108 bytes at most.
    with tempfile.TemporaryDirectory(prefix="ibus-", dir="/tmp", ignore_cleanup_errors=True) as home:
        command = ["dbus-run-session", "--", "sh", str(script), sys.executable, display, home]
        done = subprocess.run(command, env=plain, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_only_what_was_chosen_is_typed() -> None:
    seen = typed()
    for _again in range(2):
        if not seen["composing"][0].endswith(WORD):  # a busy engine that offers nothing tells nothing
            seen = typed()
    # A busy ibus lets letters through beside the word that it makes of them: they are chosen as well.
    assert all(held == chosen for _shown, held, chosen in seen.values()), (
        f"a word that is only offered is not typed: {seen}"
    )
    assert seen["composing"][0].endswith(WORD) and WORD not in seen["composing"][1]
    assert seen["chosen"][0] == seen["chosen"][1] and seen["chosen"][1].endswith(WORD)
    assert len(seen["unfinished"][0]) > len(seen["unfinished"][1])
    assert seen["left"][0] == seen["left"][1]
