"""The office's code before an officer's first PIN on this tablet: proven from his row, tried a bounded number of times.

What was proven is held until the PIN is set or the tablet is locked. Wrong codes make the wait longer, as wrong PINs
do; they are counted on disk where there is a store, so that ending the process does not give tries back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from checklists.inspection.officer_code import accepts, code_hash, needed, why_not
from checklists.wire import instant
from mobile.lock.vault import FREE_TRIES, wait_s
from mobile.refusals import Refusal

Row = Mapping[str, Any]


class Tries(Protocol):
    """Where wrong codes are counted: `{officer: [how many, when the last]}`."""

    def read(self) -> dict[str, list[Any]]:
        """Return the counts."""

    def write(self, counts: dict[str, list[Any]]) -> None:
        """Keep the counts."""


class Held:
    """Counts in memory, of a tablet that is being enrolled: a new start needs a new code of the office anyway."""

    def __init__(self) -> None:
        self.counts: dict[str, list[Any]] = {}

    def read(self) -> dict[str, list[Any]]:
        """Return the counts."""
        return self.counts

    def write(self, counts: dict[str, list[Any]]) -> None:
        """Keep the counts."""
        self.counts = counts


class FirstCodes:
    """Whose code is proven on this tablet."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.proven: dict[str, str] = {}
        """By officer the hash of the code that proved him, until his PIN is set by it."""

    def asked(self, officer: str, row: Row) -> bool:
        """Whether the office's code is still to be given before this officer sets his first PIN."""
        return needed(row) and officer not in self.proven

    def give(self, officer: str, code: str, row: Row, device: str, tries: Tries) -> None:
        """Take a code.

        Raises Refusal `first_code_wrong` (left), `first_code_wait` (wait_s), or `first_code_` with what `why_not` says.
        """
        counts, now = tries.read(), instant(self.now())
        self._wait(officer, tries)
        if accepts(row, officer, code, device=device, now=now):
            self.proven[officer] = code_hash(officer, code)
            tries.write({key: one for key, one in counts.items() if key != officer})
            return
        why = why_not(row, officer, code, device=device, now=now)
        if why != "wrong":
            raise Refusal(f"first_code_{why}")
        wrong = counts.get(officer, [0, ""])[0] + 1
        tries.write({**counts, officer: [wrong, now]})
        if waiting_s := wait_s(wrong):
            raise Refusal("first_code_wait", wait_s=waiting_s)
        raise Refusal("first_code_wrong", left=FREE_TRIES - wrong)

    def _wait(self, officer: str, tries: Tries) -> None:
        counts, now = tries.read(), self.now()
        if officer not in counts:
            return
        wrong, last = counts[officer]
        since = (now - datetime.fromisoformat(last)).total_seconds()
        if since < 0:
            # A clock that was turned back must not lengthen the wait: it is waited for from here.
            since = 0.0
            tries.write({**counts, officer: [wrong, instant(now)]})
        if (waiting_s := round(wait_s(wrong) - since)) > 0:
            raise Refusal("first_code_wait", wait_s=waiting_s)
