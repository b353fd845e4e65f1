"""What was put right on the spot and looked at again: the finding stays in the record, marked as corrected.

It is a note of the item `recheck:<fault>` (`checklists.findings.fault`) with `result: corrected` and the digest of the
photo taken then. Notes of before are named `recheck:<item>` and speak of every fault of that item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from checklists import words
from checklists.inspection.entries import Entry, standing
from checklists.values import frozen
from checklists.zone import clock_text

CORRECTED = "corrected"
"""The result, and the evidence that a photo taken afterwards names; it proves nothing of the fault itself."""

NOT_CORRECTED = "not_corrected"
"""The result where it was looked at again and is as it was."""

NOTE = "recheck:"
OF_ITEM = "#"
"""Between the item and what is wrong with it, in the name of a fault."""

SHORT = 16
"""So many signs of a photo's digest stand on paper; the whole one is in the sealed record."""


def _(message: str) -> str:
    return message


@frozen
class LookedAgain:
    """What was said of faults that were looked at again, by the name of the fault or, as before, of its whole item."""

    notes: Mapping[str, tuple[Entry, ...]]

    def last(self, fault: str) -> Entry | None:
        """Return the last note about a fault, whatever was seen."""
        told = self._told(fault)
        return told[-1] if told else None

    def corrected(self, fault: str) -> Entry | None:
        """Return the last note that says that it was put right; two officers who differ leave it as it was."""
        told = self._told(fault)
        right = bool(told) and all(one.value.get("result") == CORRECTED for one in told)
        return told[-1] if right else None

    def _told(self, fault: str) -> list[Entry]:
        """Return the last word of each officer about a fault, in order."""
        notes = (*self.notes.get(item_of(fault), ()), *(self.notes.get(fault, ()) if OF_ITEM in fault else ()))
        last = {one.officer: one for one in sorted(notes, key=_place)}
        return sorted(last.values(), key=_place)


def looked_again(entries: Iterable[Entry]) -> LookedAgain:
    """Return what stands of looking again."""
    notes = standing(entries, "note").items()
    return LookedAgain({name.removeprefix(NOTE): rivals for name, rivals in notes if name.startswith(NOTE)})


def item_of(fault: str) -> str:
    """Return the item of a fault."""
    return fault.partition(OF_ITEM)[0]


def seen_again(note: Entry, lang: str) -> str:
    """Return when it was looked at again and what was seen: put right, by which photo, or not."""
    at = clock_text(datetime.fromisoformat(note.at))
    right, left = _("{time} put right (photo {digest})"), _("{time} not put right")
    said = words.say(lang)(right if note.value.get("result") == CORRECTED else left)
    told = said.format(time=at, digest=str(note.value.get("photo", ""))[:SHORT])
    return "；".join(one for one in (told, str(note.value.get("text") or "")) if one)


def _place(note: Entry) -> tuple[int, str, str]:
    return (*note.order, note.id)
