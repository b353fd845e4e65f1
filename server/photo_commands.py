"""`python -m server photos …`: where whole photos lie, and moving them while the server runs."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from server.office import Office
from server.refusals import Refused
from server.store import audit, photo_moves
from server.store.photo_moves import DAMAGED, FRESH, MOVED, Step
from server.terminal import say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

_SAY_SECONDS = 10.0


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    group = commands.add_parser("photos", help="where whole photos lie").add_subparsers(dest="what", required=True)
    one = command(group, "move", _move, "move photos into `photos_store`, or back, while the server runs")
    one.add_argument(
        "--back", action="store_true", help="from the bucket onto the disk; set photos_store_closing first"
    )
    one.add_argument("--keep", action="store_true", help="let nothing go: afterwards they lie in both places")


def _move(office: Office, options: argparse.Namespace) -> int:
    """Move; 0 where all of it is moved, 3 where something is not what its name says or came just now."""
    files, bucket = office.photo_files, office.photo_files.bucket
    if bucket is None:
        raise ValueError("photos_store is not set: there is nowhere to move photos to, or from")
    if options.back and not files.closing:
        raise ValueError("set photos_store_closing = true and start the server anew: else new photos go on coming in")
    if files.closing and not options.back:
        raise ValueError("photos_store_closing is set: nothing new goes into the bucket")
    told = {"back": options.back, "keep": options.keep, "store": bucket.name}
    office.store.write_now(lambda: audit.note(who=who(), action="photos.move", subject="photos", detail=told))
    move = photo_moves.onto_disk if options.back else photo_moves.into_bucket
    counts: Counter[str] = Counter()
    try:
        _run(move(files, bucket, keep=options.keep), counts)
    except Refused as refused:
        raise ValueError(f"{refused}; what was moved stays moved, the same command goes on from there") from refused
    finally:
        say(_line(counts))
    if counts[DAMAGED]:
        say(f"{counts[DAMAGED]} are not what their name says, or another file has it; they were left where they lie")
    if counts[FRESH]:
        say(f"{counts[FRESH]} became whole within the last minute; the same command again takes them")
    return 3 if counts[DAMAGED] or counts[FRESH] else 0


def _run(steps: Iterable[Step], counts: Counter[str]) -> None:
    """Move one after the other, counting; now and then say how far it is, and at once what is damaged."""
    told = time.monotonic()
    for step in steps:
        counts[step.state] += 1
        counts["bytes"] += step.bytes if step.state == MOVED else 0
        if step.state == DAMAGED:
            say(f"damaged {step.sha256}")
        if time.monotonic() - told > _SAY_SECONDS:
            told = time.monotonic()
            say(_line(counts))


def _line(counts: Counter[str]) -> str:
    return f"{counts[MOVED]} photos moved, {counts['bytes']} bytes"
