"""The link on its worst days, a short one: nothing lost, doubled, falsely shown or missed."""

import json
import subprocess
import sys


def test_a_short_soak_loses_doubles_and_misses_nothing() -> None:
    words = ["--checks", "8", "--photos", "1", "--seconds", "30"]
    done = subprocess.run([sys.executable, "-m", "tools.soak", *words], capture_output=True, text=True, timeout=600)
    told = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 0 and told["all_quiet"], done.stdout + done.stderr
    assert [told[name] for name in ("lost", "doubled", "false_delivered", "feed_missed")] == [0, 0, 0, 0]
    assert told["hub"]["lost"] == 1 and told["hub"]["lost_holding"] > 0 and told["by_hub"] > 0
    assert told["inspections"] >= 6 and told["feed_rows"] > 100 and sum(told["line"].values()) > told["line"]["whole"]
