"""The whole story by real touches: tablet, dead link, seal, delivery, findings computed again, cases."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

STORY = """
    import json, sys
    from pathlib import Path
    from demo import story, county
    from demo.__main__ import outcome_of
    from demo.stage import Stage

    stage = Stage(Path(sys.argv[1]), "mock", lambda words: None)
    try:
        stage.office.prepare(county.registry(stage.now))
        code = stage.office.enrol_code("T")
        stage.office.start()
        stage.power_on()
        story.enrol(stage, code)
        stage.office.stop()
        stage.office.load(county.news(stage.now))
        stage.check_refused()
        for chapter in story.CHAPTERS:
            chapter(stage)
        story.still_waiting(stage)
        assert stage.app.desk.backlog.unsent[0] == 1, "the record left although the socket refuses"
        stage.office.start()
        story.deliver(stage)
        print(json.dumps(outcome_of(stage)))
    finally:
        stage.office.stop()
"""

HALF = """
    import os, signal, sys
    from pathlib import Path
    from demo import story, county
    from demo.stage import Stage

    stage = Stage(Path(sys.argv[1]), "mock", lambda words: None)
    stage.office.prepare(county.registry(stage.now))
    stage.office.start()
    stage.power_on()
    story.enrol(stage, stage.office.enrol_code("T"))
    stage.office.stop()
    for chapter in story.CHAPTERS[:2]:
        chapter(stage)
    stage.open_section("PLA")
    stage.tap("expected_diamonds")
    print(len(stage.app.desk.held.entries), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""

AGAIN = """
    import sys
    from pathlib import Path
    from demo import story
    from demo.stage import Stage

    stage = Stage(Path(sys.argv[1]), "mock", lambda words: None)
    stage.power_on()
    stage.keys("pin", story.PIN)
    stage.at("section")
    print(len(stage.app.desk.held.entries), stage.app.desk.where["section"], stage.app.desk.plate, flush=True)
"""


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own, because one process has one window."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(folder)], capture_output=True, text=True, check=False
    )


def test_the_tanker_goes_from_the_roadside_to_its_cases(tmp_path: Path) -> None:
    import json

    done = run(STORY, tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    shown = {(one.get("rule", ""), one["item"]) for one in told["findings"] if one["difference"] == "same"}
    assert shown == {
        ("R4", "LIC-11"), ("R5", "LIC-07"), ("R10", "PLA-02"), ("R12", "EQP-12"), ("R12", "EQP-13"),
        ("", "EQP-14"), ("R18", "LOD-05"),
    }  # fmt: skip
    assert [one["item"] for one in told["findings"] if one["difference"] == "new"] == ["LIC-09"]
    assert [case["agency"] for case in told["cases"]] == ["P", "T"]
    # Five photos of three files, and those of the control photos that this inspection drew.
    assert told["photos"]["received"] == told["photos"]["named"] in (18, 21)
    assert (told["state"], told["alarm"], told["receipt"]["digest"]) == ("processed", False, told["digest"])


def test_killed_in_the_middle_of_a_walk_the_tablet_stands_where_it_was(tmp_path: Path) -> None:
    killed = run(HALF, tmp_path)
    assert killed.returncode == -9, killed.stderr
    again = run(AGAIN, tmp_path)
    assert again.returncode == 0, again.stderr
    assert again.stdout.split() == [killed.stdout.strip().splitlines()[-1], "PLA", "蒙K12345"]
