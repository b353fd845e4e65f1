"""A tablet as far as the feed goes: it asks on from its cursor, proves each page and keeps what stands."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import Any

from falcon.testing import Result, TestClient

from checklists.records.feed_page import Page, opened
from tests.server.cast import Tablet


@dataclass
class Reader:
    """What a tablet holds: each thing by kind and key, as its last change said."""

    client: TestClient
    tablet: Tablet
    server_key: str
    cursor: str = ""
    held: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def ask(self, **more: Any) -> Result:
        told = {"since": self.cursor, **more}
        return self.client.simulate_get("/v1/changes", headers=self.tablet.bearer, params=told)

    def page(self, **more: Any) -> Page:
        """Take the next page."""
        answer = self.ask(**more)
        assert answer.status_code == 200, answer.text
        body = gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") else answer.content
        page = opened(body, self.server_key, self.cursor)
        for one in page.changes():
            if one.get("gone"):
                self.held.pop((one["kind"], one["key"]), None)
            else:
                self.held[one["kind"], one["key"]] = one
        self.cursor = page.cursor
        return page

    def catch_up(self, **more: Any) -> list[dict[str, Any]]:
        """Take all there is and return the changes as they came."""
        told: list[dict[str, Any]] = []
        while True:
            page = self.page(**more)
            told += page.changes()
            if not page.more:
                return told

    def of(self, kind: str) -> dict[str, Any]:
        """Return what stands of a kind: the data by key."""
        return {key: one["data"] for (is_kind, key), one in self.held.items() if is_kind == kind}
