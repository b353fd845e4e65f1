"""What was added to a sealed record: a correction names what stood there before, and why it was wrong. Pure.

A corrected answer or fact is an entry of its kind, with the key `corrects` in its value: `{"old", "reason"}`, where
`old` is what stood (a result, or the data of a fact; None where nothing did). It withdraws the entry that it corrects
where that is its own to take back. A reader that does not know the key computes with the new value all the same.
Of a list (the lines of a waybill, the people aboard) `old` and the data are the whole list; a list or value inside a
longer fact has the path of its own place (`waybill.lines`), and the longer fact stays as it was put down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.inspection.entries import Entry, merge
from checklists.values import frozen

KEY = "corrects"
VALUES = {"answer": "result", "fact": "data"}
"""What of an entry is corrected, by its kind."""


@frozen
class Correction:
    """One thing of a sealed record that was corrected: `kind` and `item` say which, `at` is UTC text."""

    kind: str
    item: str
    old: Any
    new: Any
    reason: str
    officer: str
    at: str


def correcting(kind: str, old: Any, new: Any, reason: str) -> dict[str, Any]:
    """Return the value of an entry that corrects. Raises ValueError without a reason or where nothing is another."""
    if not reason.strip():
        raise ValueError("a correction needs a reason")
    if old == new:
        raise ValueError("a correction says something else than what stands")
    more = {"source": "officer"} if kind == "fact" else {}
    return {VALUES[kind]: new, **more, KEY: {"old": old, "reason": reason.strip()}}


def corrections(entries: Iterable[Entry]) -> tuple[Correction, ...]:
    """Return every correction among entries in reading order, also one that was corrected again later."""
    found = (one for one in merge(entries) if one.kind in VALUES and isinstance(one.value.get(KEY), Mapping))
    return tuple(_read(one) for one in found)


def _read(entry: Entry) -> Correction:
    said = entry.value[KEY]
    new = entry.value.get(VALUES[entry.kind])
    reason = str(said.get("reason") or "")
    return Correction(entry.kind, entry.item or "", said.get("old"), new, reason, entry.officer, entry.at)
