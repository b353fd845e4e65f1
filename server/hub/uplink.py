"""What a hub passes on: records in the order in which they came, then acts and hand-overs, then photos.

A thing is held until the parent's own signed receipt for it is durable here. So it may be sent twice, and never none.
"""

from __future__ import annotations

import gzip
import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from checklists.crypto import verify_mapping
from checklists.records.hub import act_receipt_holds
from checklists.records.record import receipt_holds
from checklists.wire import canonical
from server.hub import uploads
from server.hub.parent import Parent, ParentRefused
from server.hub.retries import TRIES, closes, for_good
from server.office import Office
from server.store import bodies, hub_outbox
from server.store.hub_identity import Joined
from server.store.hub_models import HubPost
from server.store.hub_outbox import PASSED, REFUSED, Said
from server.store.models import Record

_log = logging.getLogger(__name__)

BATCH_PARTS, BATCH_BYTES = 25, 4 * 1024 * 1024
_SOME = 20
_ASIDE_SECONDS, _DOUBT_SECONDS = 600.0, 5.0


class Uplink:
    """Passes on; what one thing is refused for the time being lets the others through."""

    def __init__(self, office: Office, joined: Joined, parent: Parent) -> None:
        self._store, self._files, self._joined, self._parent = office.store, office.photo_files, joined, parent
        self._aside: dict[str, float] = {}
        self._tries: dict[str, int] = {}

    def run(self) -> int:
        """Pass on what waits and return how many things were settled. Raises ParentRefused where the way is closed."""
        return self._records() + self._posts() + self._photos()

    def _left_aside(self) -> set[str]:
        now = time.monotonic()
        self._aside = {key: until for key, until in self._aside.items() if until > now}
        return set(self._aside)

    def _lay_aside(self, key: str, code: str, seconds: float = _ASIDE_SECONDS) -> None:
        _log.info("waits for another hour", extra={"reason": code})
        self._aside[key] = time.monotonic() + seconds

    def _is_refused(self, key: str, code: str, group: str = "") -> bool:
        """Whether a thing is refused for good; until that is sure it, or the `group` it waits in, rests."""
        if not for_good(code):
            self._lay_aside(group or key, code)
            return False
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] < TRIES:
            self._lay_aside(group or key, code, _DOUBT_SECONDS)
            return False
        del self._tries[key]
        return True

    # Records

    def _records(self) -> int:
        settled, most = 0, BATCH_PARTS
        while batch := self._store.read_now(hub_outbox.waiting_records, most, BATCH_BYTES, self._left_aside()):
            try:
                told = self._send(batch)
            except ParentRefused as refused:
                if closes(refused.code, refused.status):
                    raise
                if len(batch) > 1:  # one of them is it: find which
                    most = 1
                    continue
                told = [self._refused(batch[0], refused.code)]
            said = [one for one in told if one is not None]
            self._store.write_now(partial(hub_outbox.settle_records, said))
            settled += len(said)
            if not said and not self._moved(batch):
                break
        return settled

    def _moved(self, batch: Sequence[Record]) -> bool:
        """Whether the records that were not settled were laid aside, so that others come next."""
        aside = self._left_aside()
        return any(str(one.device) in aside for one in batch)

    def _send(self, batch: Sequence[Record]) -> list[Said | None]:
        sealed = self._store.read_now(bodies.by_record, [int(one.id) for one in batch])
        body = gzip.compress(_body(batch, sealed), 6)
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        results = self._parent.ask("POST", "/v1/records", body, headers).json().get("results")
        told = (
            {str(one.get("digest")): one for one in results if isinstance(one, dict)}
            if isinstance(results, list)
            else {}
        )
        return [self._said(one, told.get(str(one.digest)) or {}) for one in batch]

    def _said(self, record: Record, result: dict[str, Any]) -> Said | None:
        """Return what is settled of a record; None where it goes on waiting, as after an answer that proves nothing."""
        digest, code = str(record.digest), str(result.get("code") or "")
        given = result.get("receipt")
        if isinstance(given, dict):
            if receipt_holds(given, digest_=digest, server_key=self._joined.server_key):
                conflict = code if result.get("status") == "conflict" else ""
                return Said(digest, PASSED, canonical(given).decode(), conflict)
            _log.error("a receipt that is not the parent's", extra={"record": digest})
            self._lay_aside(str(record.device), "receipt_invalid")
            return None
        return self._refused(record, code if result.get("status") == "rejected" else "answer_malformed")

    def _refused(self, record: Record, code: str) -> Said | None:
        digest = str(record.digest)
        return Said(digest, REFUSED, code=code) if self._is_refused(digest, code, str(record.device)) else None

    # Acts and hand-overs

    def _posts(self) -> int:
        settled = 0
        for post in self._store.read_now(hub_outbox.waiting_posts, _SOME, self._left_aside()):
            try:
                told = self._parent.ask("POST", str(post.path), bytes(post.body), _HEADERS[str(post.kind)]).json()
            except ParentRefused as refused:
                if closes(refused.code, refused.status):
                    raise
                self._refused_post(post, refused)
                continue
            if post.kind == hub_outbox.STATUS:  # nobody's word but the tablet's: no receipt is given for it
                self._store.write_now(partial(hub_outbox.settle_status, post))
                settled += 1
                continue
            if not self._answers(post, told):
                self._lay_aside(str(post.key), "answer_malformed")
                continue
            answer = json.dumps(told, ensure_ascii=False)
            self._store.write_now(partial(hub_outbox.settle_post, int(post.id), PASSED, answer))
            settled += 1
        return settled

    def _refused_post(self, post: HubPost, refused: ParentRefused) -> None:
        if post.kind == hub_outbox.STATUS:
            self._store.write_now(partial(hub_outbox.settle_status, post))
        elif self._is_refused(str(post.key), refused.code):
            self._store.write_now(lambda: hub_outbox.settle_post(int(post.id), REFUSED, "", refused.code))

    def _answers(self, post: HubPost, told: dict[str, Any]) -> bool:
        """Whether it is the office's own signed answer to this post."""
        key = self._joined.server_key
        if post.kind == hub_outbox.ACT:
            device, act = str(post.key).split(" ", 1)
            return act_receipt_holds(told.get("receipt"), act=act, device=device, server_key=key)
        return told.get("server_key") == key and verify_mapping(key, told)

    # Photos

    def _photos(self) -> int:
        settled = 0
        while waiting := self._store.read_now(hub_outbox.waiting_photos, _SOME, self._left_aside()):
            gone = sum(self._photo(sha256, type_, size) for sha256, type_, size in waiting)
            settled += gone
            if not gone:  # not one of so many: the others wait for the next round
                break
        return settled

    def _photo(self, sha256: str, type_: str, size: int) -> int:
        try:
            given = uploads.send(self._parent, sha256, type_, size, self._files.path(sha256))
        except OSError:  # ours: the link's are refusals
            _log.exception("a photo cannot be read", extra={"reason": sha256})
            self._lay_aside(sha256, "photo_damaged")
            return 0
        except ParentRefused as refused:
            if closes(refused.code, refused.status):
                raise
            if not self._is_refused(sha256, refused.code):
                return 0
            said = Said(sha256, REFUSED, code=refused.code)
        else:
            if not photo_receipt_holds(given, sha256, self._joined.server_key):
                self._lay_aside(sha256, "receipt_invalid")
                return 0
            said = Said(sha256, PASSED, canonical(given).decode())
        self._store.write_now(lambda: hub_outbox.settle_photo(said))
        return 1


_HEADERS = {
    hub_outbox.ACT: {"Content-Type": "application/json"},
    hub_outbox.HANDOVER: {"Content-Type": "application/octet-stream"},
    hub_outbox.STATUS: {"Content-Type": "application/json"},
}


def _body(batch: Sequence[Record], sealed: Mapping[int, bytes]) -> bytes:
    """Return a batch; the sealed bytes stand in it exactly as they came."""
    return b'{"records":[%s]}' % b",".join(_each(batch, sealed))


def _each(batch: Sequence[Record], sealed: Mapping[int, bytes]) -> Iterator[bytes]:
    for one in batch:
        digest, signature = json.dumps(str(one.digest)).encode(), json.dumps(str(one.signature)).encode()
        yield b'{"digest":%s,"signature":%s,"part":%s}' % (digest, signature, sealed[int(one.id)])


def photo_receipt_holds(given: dict[str, Any], sha256: str, server_key: str) -> bool:
    """Whether a photo's receipt names this digest and was signed by the office."""
    named = given.get("sha256") == sha256 and given.get("server_key") == server_key
    return named and verify_mapping(server_key, given)
