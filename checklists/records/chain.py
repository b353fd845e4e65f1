"""Chains of rows: each holds the hash of the one before, so that a changed or a missing one shows. One formula a chain.

The office writes them; who holds the file of a case follows them without the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checklists.wire import canonical, digest

FIRST = "0" * 64
"""What stands before the first row."""

HISTORY = ("seq", "event", "from_state", "to_state", "side", "who", "name", "role", "agency", "at", "reason", "data")
"""What the hash of a case's history row covers, beside the case and the row before."""

AUDIT = ("at", "who", "action", "subject", "purpose")
"""What the hash of a row of the audit log covers; `detail` too where the row has one."""


def history_hash(case: str, previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of a row of a case's history that follows on `previous`."""
    return digest(canonical({"case": case, "previous": previous, **{name: row[name] for name in HISTORY}}))


def history_broken_at(case: str, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Return the place (from 1) of the first row that does not follow from the one before it; None: it holds."""
    previous = FIRST
    for place, row in enumerate(rows, 1):
        made = history_hash(case, previous, row)
        if row["seq"] != place or row["prev_hash"] != previous or row["hash"] != made:
            return place
        previous = str(row["hash"])
    return None


def audit_hash(previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of a row of the audit log that follows on `previous`; a row of before has no `detail`."""
    detail = {} if row.get("detail") is None else {"detail": row["detail"]}
    return digest(canonical({"previous": previous, **{name: row[name] for name in AUDIT}, **detail}))
