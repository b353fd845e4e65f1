"""What a hub hears: which tablets it lets in, and the parent's feed with the packages that it offers."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from checklists.crypto import verify
from checklists.records.feed_page import Page, PageError, opened
from checklists.wire import WireError, canonical, digest
from server import clock
from server.hub.parent import Parent, ParentRefused
from server.office import Office
from server.store import hub_devices, hub_feed, hub_identity, hub_outbox
from server.store.hub_feed import Heard
from server.store.hub_identity import Joined

LIMIT = 2000


class Follower:
    """Follows the parent; all that it keeps was signed by the parent."""

    def __init__(self, office: Office, joined: Joined, parent: Parent) -> None:
        self._store, self._joined, self._parent = office.store, joined, parent
        self._mark = ""
        self._behind = True

    def run(self, wait_s: int = 0) -> int:
        """Hear what is new, and return how many changes came. Raises ParentRefused.

        Once it has caught up it waits for so long until there is something new.
        """
        was_behind, self._behind = self._behind, True
        self._devices()
        try:
            count = self._changes(0 if was_behind else wait_s)
        except ParentRefused as refused:
            if refused.code != "cursor_gone":
                raise
            self._store.write_now(_begin_anew)
            count = self._changes(0)
        self._behind = False
        return count

    def _devices(self) -> None:
        known = {"If-None-Match": f'"{self._mark}"'} if self._mark else {}
        nonce = secrets.token_hex(8)
        answer = self._parent.ask("GET", f"/v1/hub/devices?nonce={nonce}", headers=known)
        if answer.status == 304:
            return
        told = answer.json()
        if not self._holds(told):
            raise ParentRefused("answer_malformed", "/v1/hub/devices is not the parent's")
        if self._store.write_now(lambda: hub_devices.keep(told, fresh=told.get("nonce") == nonce)):
            self._mark = str(told["mark"])

    def _holds(self, told: Mapping[str, Any]) -> bool:
        try:
            return hub_devices.holds(told, self._joined.hub, self._joined.server_key)
        except (KeyError, TypeError, AttributeError, WireError, RecursionError):
            return False

    def _changes(self, wait_s: int) -> int:
        count = 0
        while True:
            since = self._store.read_now(hub_feed.cursor)
            page = self._page(since, wait_s)
            heard = self._read(page)
            self._packages(heard)
            self._store.write_now(partial(_keep, heard, page, _ahead_s(page.at)))
            count += len(heard)
            if not page.more:
                return count

    def _page(self, since: str, wait_s: int) -> Page:
        asked = urlencode({"since": since, "limit": LIMIT, "wait": wait_s})
        answer = self._parent.ask("GET", f"/v1/changes?{asked}", wait_s=wait_s)
        try:
            page = opened(answer.body, self._joined.server_key, since)
        except PageError as fault:
            raise ParentRefused("answer_malformed", str(fault)) from fault
        if page.hub or not isinstance(page.head.get("hub"), dict):
            raise ParentRefused("answer_malformed", "this page is not for hubs")
        return page

    def _read(self, page: Page) -> list[Heard]:
        try:
            return list(hub_feed.read(page.lines))
        except (ValueError, RecursionError) as fault:
            raise ParentRefused("answer_malformed", "a line of the feed cannot be read") from fault

    def _packages(self, heard: Iterable[Heard]) -> None:
        """Fetch each package before anybody is told of it."""
        for offer in self._store.read_now(hub_feed.packages_named, list(heard)):
            name, version = str(offer["name"]), str(offer["version"])
            body = self._parent.ask("GET", f"/v1/packages/{name}@{version}").body
            signed = canonical({"name": name, "version": version, "digest": digest(body)})
            ours = digest(body) == offer["digest"] and verify(self._joined.server_key, signed, str(offer["signature"]))
            if not ours:
                raise ParentRefused("package_invalid", f"{name}@{version}")
            packed = gzip.compress(body, 6, mtime=0)
            self._store.write_now(partial(hub_feed.keep_package, offer, body, packed))


def _keep(heard: list[Heard], page: Page, ahead_s: int) -> None:
    hub_feed.keep(heard, page.head)
    hub_identity.clock_off(ahead_s)


def _ahead_s(theirs: str) -> int:
    return round((clock.read(clock.now()) - clock.read(theirs)).total_seconds())


def _begin_anew() -> None:
    hub_feed.begin_anew()
    hub_outbox.hold_again()
