"""How many wrong codes were given for whom, kept like every setting, encrypted."""

from __future__ import annotations

from typing import Any

from mobile.store.base import Store, keep_setting, setting

_NAME = "first_codes"


class CodeTries:
    """The counts of `mobile.lock.first_codes` in the open store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> dict[str, list[Any]]:
        """Return the counts."""
        return dict(setting(self._store, _NAME, {}))

    def write(self, counts: dict[str, list[Any]]) -> None:
        """Keep the counts."""
        keep_setting(self._store, _NAME, counts)
