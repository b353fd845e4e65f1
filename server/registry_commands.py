"""`python -m server registry …`: files of vehicles, tanks, people, orders previewed and applied; where sites lie."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checklists.facts.registry import row_key
from server import collector
from server.importing.comparing import STATUSES, Line, Preview
from server.importing.faults import Fault, SheetError, in_words
from server.importing.kinds import KINDS
from server.intake import registry_file
from server.office import Office
from server.store import registry_changes, site_areas
from server.terminal import say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

_REFUSED = 4


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    group = commands.add_parser("registry", help="what the office knows, from Excel or CSV").add_subparsers(
        dest="what", required=True
    )
    one = command(group, "import", _import, "read a file, say what would change and every fault; apply it on request")
    one.add_argument("file", type=Path, help=".xlsx, or CSV in UTF-8 or GB18030")
    one.add_argument("--kind", required=True, choices=KINDS)
    one.add_argument("--as-of", default="", help="as of when it holds, for rows without a time (by itself: now)")
    one.add_argument("--agency", default="", help="in whose name stop orders are given")
    one.add_argument("--apply", action="store_true", help="write it, all of it or nothing")
    one.add_argument("--most", type=int, default=40, help="how many lines to show")
    one = command(group, "template", _template, "write the sheet to fill in")
    one.add_argument("kind", choices=KINDS)
    one.add_argument("file", type=Path)
    one.add_argument("--lang", choices=("zh_CN", "en"), default="zh_CN")
    one = command(group, "history", _history, "list what imports made of a row, old and new")
    one.add_argument("kind", choices=KINDS)
    one.add_argument("key")
    command(group, "sites", _sites, "list the sites, those first of which nobody has said where they lie")
    one = command(group, "site", _site, "say in which division a site lies")
    one.add_argument("name")
    one.add_argument("division", help="150624; '' takes it back")


def _import(office: Office, options: argparse.Namespace) -> int:
    """Preview a file and apply it on request; 4 where something of it is refused."""
    if options.kind == "order" and options.apply and not options.agency:
        raise ValueError("say with --agency in whose name the orders are given")
    try:
        content = options.file.read_bytes()
    except OSError as problem:
        raise ValueError(f"{options.file}: {problem.strerror}") from problem
    told = {"who": who(), "agency": options.agency, "as_of": options.as_of}
    try:
        draft, preview = registry_file.draft(office, options.kind, options.file.name, content, **told)
    except SheetError as fault:
        raise ValueError(f"{options.file}: {fault}") from fault
    _tell(preview, options.most)
    if preview.faults or preview.counts["refused"]:
        say("nothing was written: the file has faults")
        return _REFUSED
    if not options.apply:
        say("nothing was written yet: --apply writes it")
        return 0
    collector.calm()  # to look through so many rows takes long, in the middle of a write too
    registry_file.apply(office, draft, who())
    say("written; the tablets hear of it at once")
    return 0


def _tell(preview: Preview, most: int) -> None:
    lines = [line for one in preview.lines for line in _lines(one)]
    for words in [*map(_fault, preview.faults), *lines][:most]:
        say(words)
    if len(lines) > most:
        say(f"… and {len(lines) - most} more lines (--most)")
    say(", ".join(f"{preview.counts[name]} {name}" for name in STATUSES))
    if preview.examples:
        say(f"{preview.examples} example rows of the template were passed over")


def _lines(line: Line) -> list[str]:
    where = f"row {line.number}: {line.key.replace(chr(0x1F), ' ')}"
    told = [f"{where}: {one.column}: {one.old or '-'} -> {one.new or '-'}" for one in line.differences if line.held]
    told += [f"{where}: older than what the office holds, ignored"] if line.status == "ignored" else []
    doubts = [f"{_fault(one)} (a doubt; it is taken all the same)" for one in line.doubts]
    return [*map(_fault, line.faults), *told, *doubts]


def _fault(fault: Fault) -> str:
    where = f"row {fault.row}: " if fault.row else ""
    column = f"{fault.column}: " if fault.column else ""
    return f"{where}{column}{in_words(fault, str)}"


def _template(_office: Office, options: argparse.Namespace) -> int:
    from server.importing.templates import template

    options.file.write_bytes(template(KINDS[options.kind], options.lang))
    say(str(options.file))
    return 0


def _history(_office: Office, options: argparse.Namespace) -> int:
    for one in registry_changes.of_key(options.kind, row_key(options.kind, options.key)):
        say(f"{one.at}  {one.who}  as of {one.as_of}  {one.old or '-'} -> {one.new}")
    return 0


def _sites(_office: Office, _options: argparse.Namespace) -> int:
    for one in site_areas.listing():
        say(f"{one.division or 'not known':>12}  {one.records:>6} records  {one.name}")
    return 0


def _site(office: Office, options: argparse.Namespace) -> int:
    by = who()
    changed = office.store.write_now(lambda: site_areas.put(by, options.name, options.division))
    say("said" if changed else "it was said so already")
    return 0
