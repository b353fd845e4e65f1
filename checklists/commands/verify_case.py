"""`verify-case FILE --office-key KEY`: whether the file of a case is as the office gave it, without the office."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from checklists import words
from checklists.commands.base import command, office_key, show
from checklists.records.case_archive import PARTS, Report, Trouble, verify
from checklists.wire import to_plain
from checklists.zone import LAW_ZONE


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "verify-case", run, "prove the exported file of a case, without a network")
    parser.add_argument("file", type=Path, metavar="FILE", help="the ZIP that the office gave")
    office_key(parser)


def run(options: argparse.Namespace) -> int:
    """Print what the file proves; exit 0 only where everything in it is proven."""
    with options.file.open("rb") as file:
        report = verify(file, options.office_key)
    show(options, {"holds": report.holds, **to_plain(report)}, _lines(report))
    return 0 if report.holds else 1


def _lines(report: Report) -> Iterator[str]:
    say = words.say("zh_CN")
    yield say(words.CASE_PROOF["holds" if report.holds else "does_not_hold"])
    if report.number:
        yield f"{report.number}  {report.office}  {report.made_by}  {_at(report.made_at)}"
    for part in PARTS:
        if part in report.proven:
            yield f"  {say(words.CASE_PROOF_PARTS[part])}  {report.proven[part]}"
    yield from (f"  {_trouble(one, say)}" for one in report.troubles)


def _trouble(held: Trouble, say: words.Say) -> str:
    said = say(words.CASE_PROOF_TROUBLES[held.code])
    return f"{say(words.CASE_PROOF_PARTS[held.part])}: {said} {held.what}".rstrip()


def _at(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text).astimezone(LAW_ZONE):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return text
