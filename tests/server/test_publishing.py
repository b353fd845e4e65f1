"""What is published is made while records come in, and a package is read once for all who fetch it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.crypto import SigningKey
from server.api import package_bytes
from server.api.package_bytes import PackageBytes
from server.office import Office
from server.publishing import publish_all
from server.store import packages
from server.store.models import Package
from server.store.office_models import Holiday
from server.store.packages import Draft
from tests.server.cast import Tablet, batch

HOLIDAY = {"day": "2031-01-01", "kind": "rest", "name_zh": "元旦", "name_en": "New Year", "source": "notice"}
BYTES = {"body": b"{}", "packed": b"", "signature": ""}
Between = Callable[[Callable[[], Any]], list[str]]


def sent(client: TestClient, tablet: Tablet) -> str:
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    return str(answer.json["results"][0]["status"])


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    """Let something happen once, when the first package was made and nothing is written yet; names what is made."""

    def let(happen: Callable[[], Any]) -> list[str]:
        made: list[str] = []
        draft = packages.draft

        def watched(key: SigningKey, name: str, content: Mapping[str, Any]) -> Draft:
            assert threading.current_thread().name != "writer", "nobody writes while a package is made"
            done = draft(key, name, content)
            made.append(name)
            if len(made) == 1:
                happen()
            return done

        monkeypatch.setattr(packages, "draft", watched)
        return made

    return let


def test_a_record_is_taken_while_a_package_is_made(
    client: TestClient, tablet: Tablet, office: Office, between: Between
) -> None:
    answers = []
    made = between(lambda: answers.append(sent(client, tablet)))
    publish_all(office)
    assert answers == ["accepted"] and made == ["definitions", "reference"]


def test_what_was_overtaken_is_made_anew_behind_what_was_first(office: Office, between: Between) -> None:
    def another() -> None:
        drafted = packages.Draft("definitions", 0, {"version": "2031.01.01.1", "digest": "x", **BYTES})
        office.store.write_now(lambda: packages.write([drafted]))

    made = between(another)
    definitions, _reference = publish_all(office)
    assert made == ["definitions", "reference"] * 2
    held = [str(one.version) for one in Package.select().where(Package.name == "definitions").order_by(Package.id)]
    assert held == ["2031.01.01.1", str(definitions.version)]


def test_a_version_that_another_process_took_is_no_fault_of_the_store(office: Office) -> None:
    draft = packages.draft(office.key, "definitions", {"a": 1})
    taken = {**(draft.row or {}), "digest": "x"}
    office.store.write_now(lambda: Package.create(**taken, name="definitions", published_at=""))
    hidden = packages.Draft("definitions", Package.get().id, draft.row)  # as if what it stands behind was not seen
    with pytest.raises(packages.OvertakenError):
        office.store.write_now(lambda: packages.write([hidden]))
    assert Package.select().count() == 1


def test_a_holiday_that_came_meanwhile_is_in_what_is_published(office: Office, between: Between) -> None:
    told = {**HOLIDAY, "year": 2031, "published_by": "lead", "published_at": ""}
    between(lambda: office.store.write_now(lambda: Holiday.insert(told).execute()))
    _definitions, reference = publish_all(office)
    assert "2031-01-01" in json.dumps(packages.content(reference)["holidays"])


def test_two_who_fetch_at_once_share_what_is_read_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made, read = publish_all(office)[1], []
    packed = packages.packed

    def counted(name: str, version: str) -> bytes:
        read.append(name)
        return packed(name, version)

    monkeypatch.setattr(packages, "packed", counted)
    held = PackageBytes(office.store)

    async def fetch(*names: str) -> list[package_bytes.Whole]:
        return await asyncio.gather(*(held.get(one, str(made.version), packed=True) for one in names))

    one, other = asyncio.run(fetch("reference", "reference"))
    assert one is other and one.body == bytes(made.packed) and read == ["reference"]
    with pytest.raises(KeyError):
        asyncio.run(fetch("nothing"))
    with pytest.raises(KeyError):
        asyncio.run(fetch("nothing"))
    assert read == ["reference", "nothing", "nothing"], "what was not there is looked for again"
    monkeypatch.setattr(package_bytes, "_KEPT_BYTES", 1)
    asyncio.run(fetch("definitions"))
    asyncio.run(fetch("definitions", "reference"))
    assert read[3:] == ["definitions", "reference"], "only what was read last is kept"
