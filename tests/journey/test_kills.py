"""Whenever the tablet's process is killed, nothing that its screen has shown is lost, and the inspection goes on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")

KILLS = int(os.environ.get("LUJIAN_KILLS", "6"))
"""An hour of it: LUJIAN_KILLS=3000."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What processes saw that fork tablets and kill them; one process has one window, and to warm it takes longest."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    many = 2 if KILLS >= 400 else 1
    running = [start(tmp_path_factory.mktemp("kills"), seed + number, KILLS // many) for number in range(many)]
    found = [told(one) for one in running]
    print(found)
    return found


def start(folder: Path, seed: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.journey.kills", str(folder), str(seed), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, errors = process.communicate(timeout=900)
    assert process.returncode == 0, errors[-4000:]
    return dict(json.loads(out.splitlines()[-1]))


def test_kills_lose_nothing_that_was_shown(seen: list[dict[str, Any]]) -> None:
    assert sum(one["kills"] for one in seen) == KILLS
    assert all(one["entries"] > KILLS for one in seen)
    if KILLS >= 400:  # a kill falls into a seal by chance; the next test kills at each of its steps
        assert all(one["sealed"] > 0 and one["while_sealing"] > 0 for one in seen)


def test_a_kill_at_any_step_of_the_seal_leaves_it_whole_or_undone(seen: list[dict[str, Any]]) -> None:
    """At each fifth step; with which they begin is left to chance, so that runs see all of them."""
    assert all(one["seal"]["steps"] > 4 and one["seal"]["open"] > 0 for one in seen)
