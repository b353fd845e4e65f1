"""Whole photos in a store that speaks S3: each put once under its SHA-256, where nothing is, and never overwritten.

A photo is put by a conditional request (`If-None-Match: *`), so that of two who bring it one puts it, and whatever has
the name already stays. A store that does not know this condition would overwrite in silence; it is asked once, by a
small file of ours, before anything is put. While the store is away whoever asks is told so at once, and one in some
seconds tries.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from server.config import Config
from server.limits import retry_after
from server.refusals import Refused

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_log = logging.getLogger(__name__)

PAUSE_SECONDS = 15.0
"""So long nobody but one asks a store that was away."""
_LOOK_SECONDS = 10.0
_BLOCK = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")

MARK, _MARKED = "lujian-photos", b"The photos of an office. Each is named by its SHA-256 and is never overwritten.\n"

_CONNECT, _WHOLE = timedelta(seconds=3), timedelta(seconds=60)
_TRIES: Any = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}


class Bucket:
    """A part of a bucket that holds photos; `name` says which, without keys. Used by many threads."""

    def __init__(self, store: ObjectStore, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self.name, self._clock = store, name, clock
        self._lock = threading.Lock()
        self._never_overwrites = False
        self._away = False
        self._next_try = self._next_look = 0.0

    def create(self, sha256: str, content: bytes) -> bool:
        """Make content durable under its digest; False where other bytes have that name: they stay.

        Raises Refused photos_away, also where the store would overwrite what is there; photo_damaged where the content
        has another digest.
        """
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused("photo_damaged", "its bytes are not those of its name")
        self._see_that_it_never_overwrites()
        return self._put(_place(sha256), content) or self.holds(sha256)

    def blocks(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes under a name, whatever they are. Raises FileNotFoundError, Refused photos_away."""
        with self._reached():
            for block in self._store.get(_place(sha256)).stream(min_chunk_size=_BLOCK):
                yield bytes(block)

    def holds(self, sha256: str) -> bool:
        """Whether the bytes under a name, read back, have that digest. Raises Refused photos_away."""
        found = hashlib.sha256()
        try:
            for block in self.blocks(sha256):
                found.update(block)
        except FileNotFoundError:
            return False
        return found.hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """Yield the digests under which something stands. Raises Refused photos_away."""
        with self._reached():
            for page in self._store.list(chunk_size=1000):
                for one in page:
                    name = str(one["path"]).rpartition("/")[2]
                    if one["path"] == _place(name) and _NAME.fullmatch(name):
                        yield name

    def drop(self, sha256: str) -> None:
        """Let go of a photo that is durable elsewhere. Raises Refused photos_away."""
        with self._reached(), contextlib.suppress(FileNotFoundError):
            self._store.delete(_place(sha256))

    @property
    def away(self) -> bool:
        """Whether the store did not answer the last time; asked anew where that was some seconds ago."""
        with self._lock:
            due = self._clock() >= self._next_look
            self._next_look = self._clock() + _LOOK_SECONDS if due else self._next_look
        if due:
            with contextlib.suppress(Refused, FileNotFoundError), self._reached():
                self._store.head(MARK)
        return self._away

    def _see_that_it_never_overwrites(self) -> None:
        if not self._never_overwrites:
            self._never_overwrites = not (self._put(MARK, _MARKED) and self._put(MARK, _MARKED))
        if not self._never_overwrites:
            _log.error("this store overwrites what is there; no photo is put into it")
            raise Refused("photos_away", "the store does not know If-None-Match", retry_after(PAUSE_SECONDS))

    def _put(self, place: str, content: bytes) -> bool:
        """Put content where nothing is; False where something is."""
        from obstore.exceptions import AlreadyExistsError

        try:
            with self._reached():
                self._store.put(place, content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return False
        return True

    @contextlib.contextmanager
    def _reached(self) -> Iterator[None]:
        """Ask the store, or say that it is away: what it answers itself passes. What it says may name keys."""
        from obstore.exceptions import AlreadyExistsError, BaseError

        self._take_turn()
        try:
            yield
        except (AlreadyExistsError, FileNotFoundError):
            self._answered()
            raise
        except (BaseError, OSError) as problem:
            self._away, self._next_try = True, self._clock() + PAUSE_SECONDS
            _log.warning("the photo store is away", extra={"reason": type(problem).__name__})
            raise _refused() from None
        self._answered()

    def _take_turn(self) -> None:
        """Let everybody ask a store that answers, and one at a time one that did not."""
        with self._lock:
            if self._away:
                if self._clock() < self._next_try:
                    raise _refused()
                self._next_try = self._clock() + PAUSE_SECONDS

    def _answered(self) -> None:
        self._away, self._next_try = False, 0.0


def open_bucket(config: Config) -> Bucket | None:
    """Return the bucket of the settings, or None where photos stay on the disk. Nothing is asked of it yet."""
    if not config.photos_store:
        return None
    from obstore.store import S3Store

    told, plain = urlsplit(config.photos_store), config.photos_endpoint.startswith("http://")
    store = S3Store(
        told.netloc,
        prefix=told.path.strip("/") or None,
        endpoint=config.photos_endpoint,
        region=config.photos_region,
        access_key_id=config.photos_key,
        secret_access_key=config.photos_secret,
        client_options={"allow_http": plain, "connect_timeout": _CONNECT, "timeout": _WHOLE},
        retry_config=_TRIES,
    )
    return Bucket(store, config.photos_store)


def _place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _refused() -> Refused:
    return Refused("photos_away", "", retry_after(PAUSE_SECONDS))
