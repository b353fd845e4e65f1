"""Whenever the tablet's process is killed, nothing that its screen has shown is lost, and the inspection goes on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")

KILLS = int(os.environ.get("LUJIAN_KILLS", "6"))
"""An hour of it: LUJIAN_KILLS=3000."""


def start(folder: Path, seed: int, count: int) -> subprocess.Popen[str]:
    """Start a process that forks tablets and kills them; one process has one window."""
    command = [sys.executable, "-m", "tests.journey.kills", str(folder), str(seed), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, int]:
    """Return what a process saw."""
    out, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors[-4000:]
    return dict(json.loads(out.splitlines()[-1]))


def test_kills_lose_nothing_that_was_shown(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    running = [start(tmp_path / str(number), seed + number, KILLS // 2) for number in range(2)]
    seen = [told(one) for one in running]
    print(seen)
    assert sum(one["kills"] for one in seen) == KILLS
    assert all(one["entries"] > KILLS for one in seen)
    if KILLS >= 400:  # a kill falls into a seal by chance; the next test kills at each of its steps
        assert all(one["sealed"] > 0 and one["while_sealing"] > 0 for one in seen)


def test_a_kill_at_any_step_of_the_seal_leaves_it_whole_or_undone(tmp_path: Path) -> None:
    """At each fifth step; with which they begin is left to chance, so that runs see all of them."""
    seen = told(start(tmp_path, random.SystemRandom().randrange(5), 0))
    print(seen)
    assert seen["steps"] > 4 and seen["open"] > 0
