"""What a hub tells tablets: what it heard of its office, as of then, and in the office's own places."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import requests

from checklists.records import hub as kernel
from tests.server.cast import REGISTRY
from tests.server.hub.conftest import BOTH, NewHub, NewTablet
from tests.server.hub.posts import Hub, Traveller, wait
from tests.server.serving import Serving


def load(parent: Serving, *rows: dict[str, Any]) -> None:
    (parent.folder / "rows.json").write_text(json.dumps(rows))
    parent.command("load-registry", str(parent.folder / "rows.json"))


def carrier(number: int, name: str = "x") -> dict[str, Any]:
    key = f"9115000000000000{number:02}"
    return {"kind": "carrier", "key": key, "as_of": f"2026-11-{number + 1:02}T00:00:00.000Z", "data": {"name": name}}


def everything(tablet: Traveller, at: Serving, since: str = "") -> tuple[list[bytes], str]:
    lines: list[bytes] = []
    while True:
        page = tablet.page(at, since)
        lines, since = [*lines, *page.lines], page.cursor
        if not page.more:
            return lines, since


def heard(hub: Hub, tablet: Traveller, name: str, since: str = "") -> None:
    """Wait until the hub tells of something with that name."""
    wait(lambda: changes(tablet, hub).status_code == 200)
    wait(lambda: any(name.encode() in line for line in everything(tablet, hub, since)[0]))


def code(answer: requests.Response) -> str:
    return str(answer.json()["code"])


def changes(tablet: Traveller, at: Serving, since: str = "") -> requests.Response:
    return requests.get(f"{at.url}/v1/changes", params={"since": since}, headers=tablet.bearer(at), timeout=90)


@BOTH
def test_a_tablet_goes_from_office_to_hub_and_back_without_starting_again(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    load(parent, *REGISTRY, carrier(1))
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    heard(hub, tablet, '"x"')
    ours, theirs = everything(tablet, parent), everything(tablet, hub)
    assert ours[0] == theirs[0] and len(ours[0]) == 4
    load(parent, carrier(2, "second"))
    heard(hub, tablet, "second", ours[1])
    (line,), at_hub = everything(tablet, hub, ours[1])
    assert json.loads(line)["key"] == carrier(2)["key"]
    assert everything(tablet, parent, at_hub) == ([], at_hub)
    load(parent, carrier(3, "third"))
    (line,), _end = everything(tablet, parent, at_hub)
    assert json.loads(line)["data"]["name"] == "third"


def test_a_page_of_a_hub_says_who_signed_it_and_as_of_when_it_holds(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    wait(lambda: bool(hub.told()["heard_at"]))
    hub.link.cut()
    first = tablet.page(hub, "")
    load(parent, carrier(1))
    second = tablet.page(hub, first.cursor, wait=2)
    assert (first.hub, second.lines) == (hub.id, ())
    assert first.at == second.at == hub.told()["heard_at"] < tablet.page(parent, "").at


def test_who_knows_more_than_a_hub_is_told_to_come_again(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    wait(lambda: bool(hub.told()["heard_at"]))
    hub.link.cut()
    load(parent, carrier(1))
    _lines, since = everything(tablet, parent)
    answer = changes(tablet, hub, since)
    assert (answer.status_code, code(answer)) == (503, "hub_behind")
    hub.link.mend()
    wait(lambda: changes(tablet, hub, since).status_code == 200)
    assert everything(tablet, hub, since) == ([], since)


def test_what_is_gone_is_told_by_a_hub_that_was_made_after_it_went(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, lost = new_tablet(parent), new_tablet(parent)
    load(
        parent, {"kind": "orders", "key": "蒙K12345", "as_of": "2026-11-01T00:00:00.000Z", "data": {"rows": [_order()]}}
    )
    _lines, since = everything(tablet, parent)
    empty = {"kind": "orders", "key": "蒙K12345", "as_of": "2026-11-02T00:00:00.000Z", "data": {"rows": []}}
    load(parent, empty)
    parent.command("revoke", str(lost.tablet.enrolled["device"]))
    hub = new_hub(parent)
    hub.knows(tablet)
    wait(lambda: bool(hub.told()["heard_at"]))
    told = everything(tablet, hub, since)
    assert told == everything(tablet, parent, since)
    assert "revoked" in str(told[0])


def _order() -> dict[str, str]:
    return {"number": "1", "kind": "stop", "on": "vehicle", "key": "蒙K12345", "since": "2026-11-01", "authority": "x"}


def test_another_epoch_of_the_office_lets_hub_and_tablets_start_again(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    load(parent, carrier(1, "first"))
    hub.knows(tablet)
    heard(hub, tablet, "first")
    _lines, since = everything(tablet, hub)
    parent.command("feed", "restart")
    wait(lambda: changes(tablet, hub, since).status_code == 410)
    assert everything(tablet, hub) == everything(tablet, parent)


def test_a_hub_tells_of_its_agency_and_division_to_those_within(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    within, wide, police = new_tablet(parent), new_tablet(parent), new_tablet(parent, "P")
    device = within.tablet.enrolled["certificate"]["prefix"]
    parent.command("device-area", str(device), "150624")
    hub = new_hub(parent, "--agency", "T", "--area", "1506")
    hub.knows(within, wide)
    wait(lambda: changes(within, hub).status_code == 200)
    assert code(changes(wide, hub)) == "hub_narrow"
    assert code(changes(police, hub)) == "device_not_heard"
    sealed = wide.tablet.seal()
    assert wide.push(hub, sealed)[0]["status"] == "held", "evidence is passed on for whoever is of the agency"


def test_a_hub_that_has_heard_nothing_yet_tells_nothing(parent: Serving, new_tablet: NewTablet, tmp_path: Path) -> None:
    tablet, hub = new_tablet(parent), Hub(tmp_path / "hub", parent)
    made = parent.command("hub-code")
    hub.command("hub", "join", "--parent", hub.link.url, "--code", made)
    hub.link.cut()
    hub.start()
    hub.id = str(hub.told()["certificate"]["hub"])
    assert code(changes(tablet, hub)) == "device_not_heard"
    assert hub.told()["heard_at"] == ""
    hub.end()


def test_packages_come_through_as_they_were_signed(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    parent.command("publish")
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    wait(lambda: len(_packages(tablet, hub)) == 2)
    ours = {one["name"]: one for one in _packages(tablet, parent)}
    for one in _packages(tablet, hub):
        assert one == ours[one["name"]]
        path = f"/v1/packages/{one['name']}@{one['version']}"
        there, here = (requests.get(at.url + path, headers=tablet.bearer(at), timeout=60) for at in (parent, hub))
        assert there.content == here.content


def _packages(tablet: Traveller, at: Serving) -> list[dict[str, Any]]:
    answer = requests.get(f"{at.url}/v1/packages", headers=tablet.bearer(at), timeout=60)
    return list(answer.json()["packages"])


# Who is let in


def test_a_version_that_an_office_gives_a_second_time_replaces_what_a_hub_had(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    """It was published, the office brought back from a backup of before, and other content published that day."""
    parent.command("publish")
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    wait(lambda: bool(hub.told()["heard_at"]))
    (offer,) = [one["data"] for one in tablet.page(parent, "").changes() if one.get("key") == "definitions"]
    name = f"{offer['name']}@{offer['version']}"

    def digest_at(at: Serving) -> str:
        answer = requests.get(f"{at.url}/v1/packages/{name}", headers=tablet.bearer(at), timeout=30)
        return hashlib.sha256(answer.content).hexdigest()

    assert digest_at(hub) == offer["digest"]
    hub.stop()
    with contextlib.closing(sqlite3.connect(hub.folder / "office.sqlite3")) as before:
        other = b'{"another":1}'
        told = (hashlib.sha256(other).hexdigest(), other, gzip.compress(other))
        before.execute("UPDATE package SET digest = ?, body = ?, packed = ? WHERE name = 'definitions'", told)
        before.commit()
    parent.command("feed", "restart")
    hub.start()
    hub.knows(tablet)
    wait(lambda: digest_at(hub) == offer["digest"])


def test_a_tablet_that_is_revoked_is_let_in_no_more_and_gets_the_offices_word(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    device, key = str(tablet.tablet.enrolled["device"]), str(tablet.tablet.enrolled["server_key"])
    parent.command("revoke", device)
    wait(lambda: _ask(tablet, hub).status_code == 403)
    answer = _ask(tablet, hub)
    said = json.loads(base64.b64decode(answer.headers["Lujian-Revocation"]))
    assert code(answer) == "device_revoked" and kernel.is_revoked(said, device, key)
    assert not kernel.is_revoked({**said, "device": "another"}, "another", key)


def test_a_hub_that_is_revoked_takes_and_tells_nothing_more(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    label = str(hub.told()["certificate"]["label"])
    assert label.startswith("H")
    parent.command("revoke", label)
    wait(lambda: _ask(tablet, hub).status_code == 503)
    assert code(_ask(tablet, hub)) == code(changes(tablet, hub)) == "hub_ended"
    assert "device_revoked" in hub.command("hub", "status")
    assert requests.get(hub.url, timeout=30).status_code == 200


def test_what_opens_one_hub_opens_neither_another_nor_the_office(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub, another = new_tablet(parent), new_hub(parent), new_hub(parent)
    hub.knows(tablet)
    another.knows(tablet)
    shown, token = tablet.bearer(hub), tablet.tablet.bearer
    assert code(_show(another, shown)) == code(_show(hub, token)) == "device_not_heard"
    assert code(_show(parent, shown)) == "token_invalid"
    database = (hub.folder / "office.sqlite3").read_bytes() + (hub.folder / "office.sqlite3-wal").read_bytes()
    assert str(tablet.tablet.enrolled["token"]).encode() not in database


def test_a_hub_enrols_nobody_and_a_code_for_a_tablet_makes_no_hub(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet, tmp_path: Path
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    asked = tablet.tablet.ask("ABCD-EFGH-JKLM")
    assert code(requests.post(f"{hub.url}/v1/devices", json=asked, timeout=30)) == "parent_only"
    assert "parent" in hub.command("hub", "status")
    for made, kind in ((parent.command("hub-code"), "tablet"), (parent.command("enrol-code", "--agency", "T"), "hub")):
        asked = {**tablet.tablet.ask(made), "kind": kind}
        assert code(requests.post(f"{parent.url}/v1/devices", json=asked, timeout=30)) == "code_invalid"
    answer = requests.get(f"{parent.url}/v1/hub/devices", headers=tablet.tablet.bearer, timeout=30)
    assert code(answer) == "hub_only"


def _ask(tablet: Traveller, at: Serving) -> requests.Response:
    return _show(at, tablet.bearer(at))


def _show(at: Serving, bearer: dict[str, str]) -> requests.Response:
    return requests.post(f"{at.url}/v1/receipts", json={}, headers=bearer, timeout=30)
