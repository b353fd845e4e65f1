from __future__ import annotations

import gzip
import json

import pytest
from falcon.testing import TestClient

from checklists.crypto import verify
from checklists.definitions.publication import from_published
from checklists.goods.listing import Tables
from checklists.wire import canonical, digest
from server.office import Office
from server.publishing import RegistryError, load_registry, publish_all
from server.store import packages, registry
from tests.server.cast import AS_OF, CARRIER, REGISTRY, Tablet


def test_the_packages_are_listed_signed_and_whole(client: TestClient, tablet: Tablet, office: Office) -> None:
    load_registry(office, REGISTRY)
    publish_all(office)
    listed = client.simulate_get("/v1/packages", headers=tablet.bearer).json
    assert [one["name"] for one in listed["packages"]] == ["definitions", "reference"]
    for one in listed["packages"]:
        body = client.simulate_get(f"/v1/packages/{one['name']}@{one['version']}", headers=tablet.bearer).content
        signed = canonical({key: one[key] for key in ("name", "version", "digest")})
        assert verify(tablet.enrolled["server_key"], signed, one["signature"])
        assert (digest(body), len(body)) == (one["digest"], one["bytes"])


def test_packages_read_back_as_what_they_were_made_of(office: Office) -> None:
    definitions, reference = (packages.content(one) for one in publish_all(office))
    assert "cn-joint" in from_published(definitions).checklists
    assert Tables.from_plain(reference)


def test_unchanged_content_is_not_published_again(office: Office) -> None:
    first = [one.version for one in publish_all(office)]
    load_registry(office, REGISTRY)
    assert [one.version for one in publish_all(office)] == first


def test_a_known_digest_is_answered_304_and_gzip_where_asked(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    made = publish_all(office)[1]
    path = f"/v1/packages/{made.name}@{made.version}"
    packed = client.simulate_get(path, headers={**tablet.bearer, "Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert digest(gzip.decompress(packed.content)) == made.digest
    again = client.simulate_get(path, headers={**tablet.bearer, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_rest_of_a_package_is_given_where_it_is_of_the_same_bytes(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    made = publish_all(office)[1]
    path, packed = f"/v1/packages/{made.name}@{made.version}", {**tablet.bearer, "Accept-Encoding": "gzip"}
    whole = client.simulate_get(path, headers=packed)
    tag, size = whole.headers["ETag"], len(whole.content)

    def part(asked: str, **more: str) -> tuple[int, bytes, str]:
        headers = {**packed, "Range": asked, "If-Range": tag, **more}
        answer = client.simulate_get(path, headers=headers)
        return answer.status_code, answer.content, answer.headers.get("Content-Range", "")

    assert part("bytes=1000-") == (206, whole.content[1000:], f"bytes 1000-{size - 1}/{size}")
    assert part("bytes=1000-1999") == (206, whole.content[1000:2000], f"bytes 1000-1999/{size}")
    assert part("bytes=-10") == (206, whole.content[-10:], f"bytes {size - 10}-{size - 1}/{size}")
    everything = (200, whole.content, "")
    assert part(f"bytes={size}-") == part("bytes=0-") == part("lines=1-2") == part("bytes=1-2,5-6") == everything
    assert part("bytes=1000-", **{"If-Range": '"another"'}) == everything, "of other bytes it would be no rest"


@pytest.mark.parametrize("name", ["reference@1", "reference", "@", "nothing@2026.1.1.1"])
def test_an_unknown_package_is_not_found(client: TestClient, tablet: Tablet, name: str) -> None:
    answer = client.simulate_get(f"/v1/packages/{name}", headers=tablet.bearer)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_packages_need_a_token_because_they_name_people(client: TestClient) -> None:
    assert client.simulate_get("/v1/packages").status_code == 401


def test_an_older_row_does_not_replace_a_newer_one(office: Office) -> None:
    newer = {"kind": "carrier", "key": CARRIER["uscc"], "as_of": AS_OF, "data": {"name": "new"}}
    load_registry(office, [newer])
    load_registry(office, [{**newer, "as_of": "2020-01-01T00:00:00.000Z", "data": {"name": "old"}}])
    assert registry.lookup("carrier", CARRIER["uscc"]) == {"data": {"name": "new"}, "as_of": AS_OF}


def test_registry_rows_with_faults_are_all_named_and_none_is_loaded(office: Office) -> None:
    rows = [*REGISTRY, {"kind": "ship"}, {"kind": "vehicle", "key": "x1", "as_of": AS_OF, "data": {"plat": "x"}}, 7]
    with pytest.raises(RegistryError) as caught:
        load_registry(office, rows)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [*["row 4"] * 3, "row 5", "row 6"]
    assert registry.counts() == {}


def test_a_list_of_rows_as_the_command_reads_it(office: Office) -> None:
    assert load_registry(office, json.loads(json.dumps(REGISTRY))).rows == 3
