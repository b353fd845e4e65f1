"""What was put right on the spot and looked at again: the finding stays in the record, marked as corrected.

It is a note of the item `recheck:<item>` with `result: corrected` and the digest of the photo taken then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from checklists import words
from checklists.facts.situation import LAW_ZONE
from checklists.inspection.entries import Entry, standing

CORRECTED = "corrected"
"""The result, and the evidence that a photo taken afterwards names; it proves nothing of the fault itself."""

NOTE = "recheck:"
SHORT = 16
"""So many signs of a photo's digest stand on paper; the whole one is in the sealed record."""


def _(message: str) -> str:
    return message


def corrected(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Return by item the last note that says that it was put right; two officers who differ leave it as it was."""
    found = {}
    for name, rivals in standing(entries, "note").items():
        if name.startswith(NOTE) and all(one.value.get("result") == CORRECTED for one in rivals):
            found[name.removeprefix(NOTE)] = rivals[-1]
    return found


def seen_again(note: Entry, lang: str) -> str:
    """Return when it was seen to be put right, and by which photo."""
    at = datetime.fromisoformat(note.at).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M")
    said = words.say(lang)(_("{time} put right (photo {digest})"))
    return said.format(time=at, digest=str(note.value.get("photo", ""))[:SHORT])
