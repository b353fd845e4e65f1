"""All benchmarks that make sense in minutes, one after another: `python -m benchmarks` (`make bench`).

Each runs as the command that it is, in a process of its own with small defaults, and hands over its figures
(`benchmarks.timing.tell`). What they gave stands in `build/bench/` as JSON, and in `build/bench/index.html` beside the
run before. One that fails, takes longer than its share, or is not reached in `--minutes` is told as such.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.page import page
from benchmarks.timing import FIGURES
from tools import postgres

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench"
MINUTES = 12.0
SHARE_SECONDS = 180
"""None may take longer, so that one that stands still does not keep all the others from being measured."""


@dataclass(frozen=True)
class Run:
    """A benchmark with its words, and how many empty PostgreSQL databases it is given."""

    words: str
    databases: int = 0


RUNS = (
    Run("ingest --requests 24 --rounds 1"),
    Run("ingest --requests 24 --rounds 1", databases=1),
    Run("ingest --size 1 --clients 16 --requests 480 --rounds 1"),
    Run("ingest --size 1 --clients 16 --requests 480 --rounds 1", databases=1),
    Run("processing --records 20 --rounds 3"),
    Run("processing --records 20 --rounds 3", databases=1),
    Run("kinto --rounds 1 --rows 10000 --venv build/bench/kinto", databases=3),
    Run("touch --rounds 3"),
    Run("touches"),
    Run("start --runs 3"),
    Run("rules"),
    Run("kernel"),
    Run("entries"),
    Run("goods"),
    Run("reference"),
    Run("papers"),
    Run("lookup --rows 20000"),
    Run("photos --photos 10 --checks 4"),
    Run("frames --records 3 --photos 2 --frames 400"),
    Run("growth --checks 2000 20000 --rounds 1"),
    Run("console --cases 1000 --rounds 5"),
    Run("figures --checks 10000 --rounds 3"),
    Run("publishing --rows 20000 --sheet 3000 --tablets 8 --seconds 3"),
    Run("feed --vehicles 20000 --seconds 2"),
    Run("imports --rows 2000"),
)
"""In the order of what must not be missing where the time is over. Not here: `line` (root, ten minutes), `waiting`."""


def main(words: Sequence[str] | None = None) -> int:
    """Run them and write JSON and the page; 1 where one did not give its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="these alone, such as `ingest touch`")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for all of them (default 12)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where JSON and the page go")
    options = parser.parse_args(words)
    options.folder.mkdir(parents=True, exist_ok=True)
    held = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "load": list(os.getloadavg())}
    runs = [one for one in RUNS if not options.names or one.words.split()[0] in options.names]
    held["runs"] = list(measured(runs, time.monotonic() + options.minutes * 60))
    held["load_after"] = list(os.getloadavg())
    before = last(options.folder, {one["name"] for one in held["runs"]})
    name = f"{held['at'].replace(':', '')[:17]}-{held['commit'][:8]}.json"
    (options.folder / name).write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")
    (options.folder / "index.html").write_text(page(held, before), encoding="utf-8")
    print(f"{options.folder / name}\n{options.folder / 'index.html'}")
    return 1 if any(one["failed"] for one in held["runs"]) else 0


def last(folder: Path, names: Set[str]) -> dict[str, Any] | None:
    """Return what the newest run before this one gave that ran all of these; None where there was none."""
    held = (json.loads(one.read_text(encoding="utf-8")) for one in sorted(folder.glob("*.json"), reverse=True))
    return next((one for one in held if names <= {each["name"] for each in one["runs"]}), None)


def machine() -> dict[str, Any]:
    """Return what the figures were taken on and of what."""
    git = ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty"]
    done = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    told = {"machine": model or platform.machine(), "cores": os.cpu_count(), "system": platform.platform()}
    return {**told, "python": platform.python_version(), "commit": done.stdout.strip() or "unknown"}


def measured(runs: Sequence[Run], until: float) -> Iterator[dict[str, Any]]:
    """Yield what each run gave; none goes on after `until`, a moment of the monotonic clock."""
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(postgres.running()) if any(one.databases for one in runs) else None
        for number, one in enumerate(runs):
            words = one.words
            if cluster is not None and one.databases:
                names = [f"bench_{number}_{each}" for each in range(one.databases)]
                words += " --database " + " ".join(shlex.quote(cluster.create(name)) for name in names)
            yield {"name": f"{one.words}{', PostgreSQL' if one.databases else ''}", **_run(words, until)}


def _run(words: str, until: float) -> dict[str, Any]:
    began, load = time.monotonic(), os.getloadavg()[0]
    share = min(SHARE_SECONDS, until - began)
    if share <= 0:
        return {"figures": [], "seconds": 0.0, "load": load, "failed": "not begun: the time was over"}
    print(f"\n{words}", flush=True)
    with tempfile.TemporaryDirectory(prefix="lujian-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        figures, errors = Path(name) / "figures.jsonl", Path(name) / "errors"
        environment = {**os.environ, FIGURES: str(figures), "TMPDIR": name}
        with errors.open("wb") as file:
            module, *more = shlex.split(words)
            command = [sys.executable, "-m", f"benchmarks.{module}", *more]
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=file, start_new_session=True)
        failed = _ended(process, share) or _reason(process.returncode, errors)
        lines = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    told = [json.loads(line) for line in lines]
    failed = failed or ("" if told else "it gave no figures")
    if failed:
        print(f"failed: {failed}", flush=True)
    return {"figures": told, "seconds": round(time.monotonic() - began, 1), "load": load, "failed": failed}


def _ended(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Wait for a run, and end it with all that it started where it takes longer; return why, if so."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return f"not done within {seconds:.0f} s"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return ""


def _reason(code: int, errors: Path) -> str:
    lines = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"{(lines or ['no word'])[-1]} (exit {code})" if code else ""


if __name__ == "__main__":
    sys.exit(main())
