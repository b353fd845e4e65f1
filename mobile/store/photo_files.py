"""Photo files: named by the digest of their bytes, kept encrypted beside the database."""

from __future__ import annotations

from pathlib import Path

from checklists.crypto import SealError
from checklists.wire import digest
from mobile.device.disk import write_durably
from mobile.refusals import Refusal
from mobile.store.base import Store


def keep(store: Store, content: bytes) -> str:
    """Keep a file, durable before this returns, and return its digest. Raises Refusal `disk_full`."""
    sha256 = digest(content)
    path = photo_path(store, sha256)
    if not path.exists():
        write_durably(path, store.vault.hide(content, "photo", sha256))
    return sha256


def read(store: Store, sha256: str) -> bytes:
    """Return the bytes of a kept file. Raises Refusal `photo_missing` or `photo_damaged`."""
    try:
        hidden = photo_path(store, sha256).read_bytes()
    except FileNotFoundError as problem:
        raise Refusal("photo_missing", sha256) from problem
    try:
        content = store.vault.reveal(hidden, "photo", sha256)
    except SealError as problem:
        raise Refusal("photo_damaged", sha256) from problem
    return content


def photo_path(store: Store, sha256: str) -> Path:
    """Return where a kept file lies, encrypted."""
    return path_in(store.folder, sha256)


def path_in(folder: Path, sha256: str) -> Path:
    """Return where a file lies that was kept in a tablet's folder."""
    return folder / "photos" / sha256[:2] / sha256
