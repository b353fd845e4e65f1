"""The forms of printed papers as dated data: title, letter of the number, version, source and fixed sentences.

The official forms of 2020 cite the law before 2021; ours name no clause themselves, so that a clause is only ever
printed from the law data of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from checklists.values import frozen

PAPERS = ("record", "order", "handover", "evidence", "education", "penalty", "pass", "addendum")
"""The kinds of paper that this version can make, in the order in which they are made; the last one after the seal."""


@frozen
class Form:
    """One version of the form of a kind of paper; both days included, an unknown end is open.

    `letter` stands between the device's prefix and the counter of a number. `texts` are the fixed sentences by name.
    """

    kind: str
    version: str
    title: Mapping[str, str]
    letter: str
    effective_from: date | None = None
    effective_to: date | None = None
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    source: str = ""
    note: str = ""

    def effective(self, day: date) -> bool:
        """Whether papers made on that day follow this version."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


def form_on(forms: Iterable[Form], kind: str, day: date) -> Form | None:
    """Return the form of a kind for papers made on that day; of several the newest."""
    held = [one for one in forms if one.kind == kind and one.effective(day)]
    return max(held, key=lambda one: one.effective_from or date.min, default=None)
