"""`xlsform --out FILE.xlsx [--checklist cn-joint]` and `xlsform FILE.xlsx`: a checklist as an XLSForm, and back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checklists.authoring.loader import load_all
from checklists.authoring.revision import Change, Fault, Revision, as_text, before, examine
from checklists.authoring.xlsform import LOSSES, Loss, changes, sheets
from checklists.authoring.xlsform_file import pack, unpack
from checklists.commands.base import command, show
from checklists.commands.table import checklist_of
from checklists.definitions.definition import Definitions
from checklists.facts.situation import in_law_zone
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "xlsform", run, "write a checklist as an XLSForm, or say what a form changes of it")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE.xlsx", help="a form to read")
    parser.add_argument("--checklist", metavar="NAME", default="cn-joint")
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="write the checklist there")


def run(options: argparse.Namespace) -> int:
    """Write the form, or print what one changes, what it could not carry and which mistakes its items have."""
    if (options.out is None) == (options.file is None):
        raise ValueError("name a form to read, or --out FILE.xlsx to write one")
    definitions = load_all()
    checklist = checklist_of(definitions, options.checklist)
    if options.out:
        options.out.write_bytes(pack(sheets(checklist)))
        count = sum(1 for _one in checklist.items())
        show(options, {"file": str(options.out), "items": count}, [f"{options.out}: {count} items"])
        return 0
    made, losses = changes(unpack(options.file.read_bytes()), checklist)
    revision = Revision(1, in_law_zone(datetime.now(UTC)).date(), made)
    faults = examine(definitions, revision) if made else ()
    plain = {"changes": to_plain(made), "losses": to_plain(losses), "faults": to_plain(faults)}
    show(options, plain, [*_changes(definitions, revision), *map(_loss, losses), *map(_fault, faults)])
    return 1 if made or losses else 0


def _changes(definitions: Definitions, revision: Revision) -> Iterator[str]:
    for one in revision.changes:
        was = as_text(before(definitions, one, revision.day)) if _is_there(definitions, one) else {}
        for name in dict.fromkeys((*one.value, *was)):
            if one.value.get(name) != was.get(name):
                yield f"{one.name} {name}: {_told(was.get(name))} → {_told(one.value.get(name))}"
    if not revision.changes:
        yield "nothing differs from the checklist"


def _is_there(definitions: Definitions, change: Change) -> bool:
    return any(one.item(change.key) for one in definitions.checklists.values())


def _told(value: Any) -> str:
    return "—" if value in (None, "") else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _loss(one: Loss) -> str:
    return f"not carried: {LOSSES[one.code].format(name=one.name, detail=one.detail)}"


def _fault(one: Fault) -> str:
    return f"mistake: {one.change} {one.field}: {one.message}" + (f" ({one.hint})" if one.hint else "")
