"""The bad day of `python -m tools.chaos`, a short one."""

import json
import subprocess
import sys


def test_a_short_bad_day_loses_nothing() -> None:
    words = [
        "--database",
        "sqlite",
        "--kills",
        "2",
        "--fulls",
        "0",
        "--idle",
        "150",
        "--tablets",
        "2",
        "--seconds",
        "8",
    ]
    done = subprocess.run([sys.executable, "-m", "tools.chaos", *words], capture_output=True, text=True, timeout=300)
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, told["ok"], told["kills"]) == (0, True, 2), done.stdout + done.stderr
    (day,) = told["days"]
    assert day["records"] > 0 and day["photos"] > 0 and day["connections"] >= 135
