"""The office as it stands while the server runs: settings, store and signing key."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.crypto import SigningKey, new_signing_key
from server.config import Config
from server.photo_files import PhotoFiles
from server.store import meta
from server.store.engine import Store, open_store


@dataclass(frozen=True)
class Office:
    """What every part of the server is given."""

    config: Config
    store: Store
    key: SigningKey
    photo_files: PhotoFiles

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def open_office(config: Config) -> Office:
    """Open the store (making what is missing) and return the office with its key."""
    store = open_store(config.database or config.sqlite)
    fresh = new_signing_key()
    secret = store.write_now(lambda: meta.keep("signing_key", fresh.secret.hex()))
    return Office(config, store, SigningKey(bytes.fromhex(secret)), PhotoFiles(config.photos))
