"""What was published is read as it is, and held once for this process."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from server.console.knowledge import Knowledge
from server.office import Office
from server.publishing import publish_all
from server.store import packages, published

ODD = {
    "rows": [["", "II", "", "II"], [], [None, True, 0, -7, 2**53 - 1]],
    "II": {"": {"a": "硫酸"}},
    "b": ["硫酸", '"\\\n'],
}


def _put(office: Office, content: dict[str, Any]) -> str:
    return str(office.store.write_now(lambda: packages.publish(office.key, "reference", content)).digest)


def test_what_is_read_is_what_json_says_with_one_object_for_equal_texts(office: Office) -> None:
    digest = _put(office, ODD)

    told = published._shared(msgspec.Raw(office.store.read_now(published._read, "reference", digest)), {})

    assert told == ODD and json.dumps(told) == json.dumps(ODD, sort_keys=True)
    assert told["rows"][0][1] is told["rows"][0][3]
    assert told["b"][0] is told["II"][""]["a"]


def test_pages_and_processing_hold_the_same_definitions_and_tables(office: Office) -> None:
    publish_all(office)

    def held() -> tuple[bool, bool]:
        pages = Knowledge()
        definitions, tables = (published.latest(name) for name in ("definitions", "reference"))
        return pages.definitions() is published.definitions(definitions), pages.tables() is published.tables(tables)

    assert office.store.read_now(held) == (True, True)


def test_what_was_not_published_is_not_made_up(office: Office) -> None:
    with pytest.raises(KeyError):
        office.store.read_now(published.definitions, "0" * 64)
