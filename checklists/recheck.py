"""What was put right on the spot and looked at again: the finding stays in the record, marked as corrected.

It is a note of the item `recheck:<item>` with `result: corrected` and the digest of the photo taken then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.inspection import Entry, standing

CORRECTED = "corrected"
"""The result, and the evidence that a photo taken afterwards names; it proves nothing of the fault itself."""

NOTE = "recheck:"


def corrected(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Return by item the last note that says that it was put right; two officers who differ leave it as it was."""
    found = {}
    for name, rivals in standing(entries, "note").items():
        if name.startswith(NOTE) and all(one.value.get("result") == CORRECTED for one in rivals):
            found[name.removeprefix(NOTE)] = rivals[-1]
    return found
