"""What a file of the registry would change, row by row, with every fault at once; and what it did change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from server.importing.comparing import STATUSES, Difference, Line, Preview, flat, shown
from server.importing.faults import Fault, in_words
from server.importing.kinds import KINDS, YES_NO, Kind
from server.intake import registry_file
from server.office import Office
from server.store import imports, registry_parts
from server.store.administration_models import ImportDraft, RegistryChange

SOME = 100
MOST_FAULTS = 500

Say = Callable[[str], str]


def _(text: str) -> str:
    return text


WORDS: Mapping[str, str] = {
    "refused": _("at fault"),
    "changed": _("changed"),
    "added": _("added"),
    "ignored": _("ignored as older"),
    "unchanged": _("unchanged"),
}
"""What becomes of a row → what the page says, in the order shown."""
FILE_GONE = _("The file is not here any more; bring it again.")


@dataclass(frozen=True)
class Row:
    """A row of the sheet: its number (0: not of a sheet), key and fate, what changes, what is doubted."""

    number: int
    key: str
    status: str
    changes: Sequence[Difference]
    doubts: Sequence[str]


@dataclass(frozen=True)
class DraftPage:
    """All that the template draws. `preview` is the digest of what is shown, and agreed to by writing.

    `writes`: some of its rows are still to be written.
    """

    kind: Kind
    counts: Mapping[str, int]
    status: str
    rows: Sequence[Row]
    faults: Sequence[tuple[int, str, str]]
    more_faults: int
    can_apply: bool
    preview: str
    next: str
    examples: int
    waits: bool
    fault: str = ""
    writes: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """The fates with their words."""
        return WORDS


def draft_page(office: Office, held: ImportDraft, own: str, status: str, begin: str, say: Say) -> DraftPage:
    """Return what the page of a file shows. Reads the store, and keeps that this comparison was shown."""
    kind, waits = KINDS[str(held.kind)], held.state == "draft"
    if not waits:
        return _past(held, kind, say)
    try:
        preview = registry_file.look(office, held, own)
    except FileNotFoundError:
        return _empty(kind, imports.counts_of(held), fault=FILE_GONE)
    office.store.write_now(lambda: imports.show(held, preview))
    return _waiting(preview, str(held.id), status, begin, say)


def _waiting(preview: Preview, draft: str, status: str, begin: str, say: Say) -> DraftPage:
    chosen = status if status in STATUSES else _first(preview)
    lines = [one for one in preview.lines if one.status == chosen]
    start = int(begin) if begin.isascii() and begin.isdecimal() and len(begin) < 8 else 0
    faults = [(one.row, say(one.column) if one.column else "", in_words(one, say)) for one in preview.all_faults]
    more = urlencode({"status": chosen, "from": start + SOME})
    return DraftPage(
        kind=preview.kind,
        counts=preview.counts,
        status=chosen,
        rows=[_row(preview.kind, one, say) for one in lines[start : start + SOME]],
        faults=faults[:MOST_FAULTS],
        more_faults=max(0, len(faults) - MOST_FAULTS),
        can_apply=preview.can_apply,
        preview=preview.digest,
        next=f"/console/imports/{draft}?{more}" if lines[start + SOME :] else "",
        examples=preview.examples,
        waits=True,
    )


def _first(preview: Preview) -> str:
    return next((name for name in ("changed", "added", "ignored", "unchanged") if preview.counts[name]), "changed")


def _row(kind: Kind, line: Line, say: Say) -> Row:
    changes = [_said(kind, one, say) for one in line.differences]
    return Row(line.number, _key(line.key), line.status, changes, [_doubt(one, say) for one in line.doubts])


def _said(kind: Kind, one: Difference, say: Say) -> Difference:
    """Return a difference in words; a code of a column that has choices by what the sheet says for it."""
    choices = next((column.choices for column in kind.columns if column.words == one.column), {}) or YES_NO
    old, new = (say(choices[value]) if value in choices else value for value in (one.old, one.new))
    return Difference(say(one.column), old, new)


def _doubt(fault: Fault, say: Say) -> str:
    return f"{say(fault.column)}: {in_words(fault, say)}" if fault.column else in_words(fault, say)


def _key(key: str) -> str:
    return key.replace("\x1f", " · ").replace("|", " · ")


def _past(held: ImportDraft, kind: Kind, say: Say) -> DraftPage:
    """Return what a file changed that was written."""
    rows = [_changed(kind, one, say) for one in imports.changes_of(str(held.id))]
    writes = held.state == "applied" and not registry_parts.is_written(str(held.id))
    return replace(_empty(kind, imports.counts_of(held), rows), writes=writes)


def _changed(kind: Kind, one: RegistryChange, say: Say) -> Row:
    before, after = _values(one.old), _values(one.new)
    named = {column.id: column.words for column in kind.columns}
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    told = (Difference(named.get(path, path), shown(before.get(path)), shown(after.get(path))) for path in paths)
    changes = [_said(kind, difference, say) for difference in told]
    return Row(0, _key(str(one.key)), "changed" if before else "added", changes, ())


def _values(text: Any) -> dict[str, Any]:
    return flat(json.loads(str(text))) if text else {}


def _empty(kind: Kind, counts: Mapping[str, int], rows: Sequence[Row] = (), fault: str = "") -> DraftPage:
    held = {name: counts.get(name, 0) for name in (*STATUSES, "doubts")}
    return DraftPage(kind, held, "", rows, (), 0, False, "", "", 0, waits=bool(fault), fault=fault)
