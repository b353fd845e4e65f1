"""The office as it stands while the server runs: settings, store and signing key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checklists.crypto import SealingKey, SigningKey, new_sealing_key, new_signing_key, sign_mapping
from server import clock
from server.config import Config, ConfigError
from server.folders import private_file, private_folder, tighten
from server.store import feed_fill, feed_pages, hub_identity, meta, officer_codes, way_back_links
from server.store.engine import Store, open_store
from server.store.hub_identity import Joined
from server.store.photo_bucket import open_bucket
from server.store.photo_files import PhotoFiles


@dataclass(frozen=True)
class Office:
    """What every part of the server is given. `hub` is what makes it a hub, whose key receipts nothing; else None."""

    config: Config
    store: Store
    key: SigningKey
    photo_files: PhotoFiles
    sealing_key: SealingKey
    hub: Joined | None = None

    @property
    def sealing(self) -> dict[str, Any]:
        """What a tablet is told, signed, of the key under which it keeps evidence for the office alone."""
        told = {"sealing_key": self.sealing_key.public, "pin_tries": self.config.pin_tries}
        return sign_mapping(self.key, {**told, "server_key": self.key.public})

    def close(self) -> None:
        """Close the store."""
        self.photo_files.close()
        self.store.close()


def open_office(config: Config) -> Office:
    """Open the store (making what is missing) and return the office with its keys; nobody else may read its files."""
    clock.move(config.days_ahead)
    for folder in (config.data, config.photos):
        private_folder(folder)
        tighten(folder)
    if not config.database:
        private_file(config.sqlite)
        tighten(*config.data.glob(f"{config.sqlite.name}*"))
    store = open_store(config.database or config.sqlite, config.pool_database)
    signing, sealing = new_signing_key(), new_sealing_key()
    kept = store.write_now(
        lambda: (meta.keep("signing_key", signing.secret.hex()), meta.keep("sealing_key", sealing.secret.hex()))
    )
    hub = store.write_now(hub_identity.joined)
    if hub is None:  # a hub's feed is its parent's, with its epoch and its places
        store.write_now(lambda: feed_pages.begin_epoch(store.database))
        feed_fill.fill_once(store)
        store.write_now(lambda: officer_codes.tell_rule(every=config.first_pin_codes))
        store.write_now(lambda: way_back_links.tell_address(config.public_address))
    if hub is not None and config.photos_store:
        store.close()
        raise ConfigError("photos_store: a hub keeps photos on its own disk until its office has them; leave it out")
    sign, open_ = (bytes.fromhex(secret) for secret in kept)
    files = PhotoFiles(config.photos, config.reserve_bytes, open_bucket(config), closing=config.photos_store_closing)
    return Office(config, store, SigningKey(sign), files, SealingKey(open_), hub)
