"""What this tablet sealed itself counts among earlier checks at once, before its office has heard of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from checklists.facts.registry import Row
from checklists.records.check_history import check_of
from mobile.store import store as stores
from mobile.store.store import Store

_MOST = 100
"""Of sealed parts, the newest: what is older came back by the feed long ago."""


class OwnChecks:
    """The look-up of a store, with its own sealed checks in the history.

    A part is read once, since it never changes, and all are made into rows anew only after another was sealed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parts: dict[str, Mapping[str, Any]] = {}
        self._made: tuple[int, list[tuple[set[str], dict[str, Any]]]] = -1, []

    def lookup(self, kind: str, key: str) -> Row | None:
        """Return the row `{"data", "as_of"}` for this key, however it is written, or None."""
        found = stores.lookup(self._store, kind, key)
        if kind != "history":
            return found
        own = [one for numbers, one in self._checks() if key in numbers]
        if not own:
            return found
        rows = [*(found["data"]["rows"] if found else ()), *own]
        return {"data": {"rows": rows}, "as_of": str(found["as_of"] if found else own[0]["at"])}

    def _checks(self) -> list[tuple[set[str], dict[str, Any]]]:
        """Return the numbers of each own check, and its row."""
        sealed, _digest = stores.chain_head(self._store)
        if self._made[0] != sealed:
            self._made = sealed, [(_numbers(one), one) for one in self._rows()]
        return self._made[1]

    def _rows(self) -> list[dict[str, Any]]:
        parts: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        for one in stores.deliveries(self._store)[:_MOST]:
            if one.digest not in self._parts:
                self._parts[one.digest] = stores.sealed(self._store, one.digest).part
            parts[one.inspection].append((one.digest, self._parts[one.digest]))
        made = []
        for held in parts.values():
            for digest, part in held:
                if part.get("kind") == "inspection":
                    made.append(dict(check_of(part, digest, [other for _digest, other in held if other is not part])))
        return made


def _numbers(check: Mapping[str, Any]) -> set[str]:
    numbers = [str(one) for one in check["about"].values() if one]
    return {key for number in numbers for key in (number, number.partition("|")[0])}
