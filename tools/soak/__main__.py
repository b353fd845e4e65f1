"""The days themselves, and the count in the evening. `python -m tools.soak --checks 1000`; the last line is JSON."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tools.soak.count import Count, of_tablet, total
from tools.soak.days import Days


def main() -> int:
    """Live, count, and say it; 0 where nothing was lost, doubled, falsely shown or missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--checks", type=int, default=1000, help="of all tablets together (default 1000)")
    parser.add_argument("--photos", type=int, default=3, help="of each check (default 3)")
    parser.add_argument("--odd", type=float, default=0.15, help="share of requests that suffer (default 0.15)")
    parser.add_argument("--seconds", type=float, default=3600, help="for sealing at most (default 3600)")
    parser.add_argument("--seed", type=int, default=1, help="of chance (default 1)")
    parser.add_argument("--keep", type=Path, help="an empty folder for everything, which stays to be looked into")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lujian-soak-") as name:
        days = Days(options, options.keep or Path(name))
        try:
            days.live()
            lived = time.monotonic() - began
            quiet = days.evening()
            counted: Count = total(of_tablet(days.server.folder, one.folder, revoked=one.revoked) for one in days.posts)
        finally:
            days.close()
    told = counted.told(quiet=quiet) | days.told()
    told |= {"live_seconds": round(lived, 1), "seconds": round(time.monotonic() - began, 1), "seed": options.seed}
    sys.stdout.write(f"{json.dumps(told)}\n")
    return 0 if counted.holds and quiet else 1


if __name__ == "__main__":
    sys.exit(main())
