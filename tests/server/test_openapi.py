"""The description of the link: whole, true, and what the office does with whatever it lets a sender write."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import falcon.inspect
import msgspec
import pytest
import schemathesis
from falcon import testing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from checklists.inspection.tasks import sign_act
from checklists.wire import WireError
from server.api import answers
from server.api.openapi import document
from server.api.operations import JSON, OPERATIONS, PIECE, Operation
from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.patience import patient
from server.processing.worker import Worker
from server.publishing import load_registry
from server.refusals import REFUSALS
from server.store import devices, packages
from tests.server.cast import JPEG, REGISTRY, Tablet, batch, manifest, tus

LONG = int(os.environ.get("LUJIAN_FUZZ_EXAMPLES", "0"))
EXAMPLES = LONG or 20
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
]
PHOTO = JPEG[:600]
FITTING, UNFITTING = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


def can_be_unfitting(one: Operation) -> bool:
    """Whether anything of it can be written against its description."""
    return bool(one.headers or one.packed or (one.takes and one.content == JSON))


EACH = [
    pytest.param(one, mode, id=f"{one.method} {one.path} {mode.value}")
    for one in OPERATIONS
    for mode in (FITTING, UNFITTING)
    if mode is FITTING or can_be_unfitting(one)
]
schemathesis.serializer.alias(PIECE, "application/octet-stream")


@dataclass(frozen=True)
class Scene:
    """An office with one tablet, one record with one photo, and its packages."""

    client: testing.TestClient
    schema: Any
    tablet: Tablet
    known: dict[str, list[str]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    opened = open_office(
        Config(data_dir=str(folder), stall_seconds=2, requests_per_minute=10**6, reserve_bytes=2**20, late_days=30)
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def scene(office: Office) -> Scene:
    app = create_app(office)
    client = testing.TestClient(app)
    tablet = Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json
    sealed = tablet.seal(photos=manifest(PHOTO))
    sent = client.simulate_post("/v1/records", body=batch(sealed), headers=tablet.bearer)
    assert [one["status"] for one in sent.json["results"]] == ["accepted"]
    office.store.write_now(lambda: packages.publish(office.key, "registry", {"rows": []}))
    load_registry(office, REGISTRY)
    listed = client.simulate_get("/v1/packages", headers=tablet.bearer).json["packages"]
    named = tus(PHOTO)["Upload-Metadata"]
    photo = manifest(PHOTO)[0]["original"]["sha256"]
    known = {
        "digest": [sealed.digest],
        "sha256": [photo],
        "package": [f"{one['name']}@{one['version']}" for one in listed],
        "task": ["task-1"],
        "number": ["T0001-C000001"],
        "Upload-Metadata": [named],
        "Upload-Length": [str(len(PHOTO))],
        "code": [office.store.write_now(lambda: devices.new_code("T", 24)) for _ in range(3)],
        "public_key": [Tablet().key.public for _ in range(3)],
        "officer": ["T-001"],
        "at": ["2026-11-28T08:00:00.000Z"],
    }
    bounded = patient(app, office.config)
    return Scene(client, schemathesis.openapi.from_asgi("/openapi.json", bounded), tablet, known)


PAGES = ("/", "/s/{token}")
"""What people look at: the first page, and the quiz of a session on phones."""


def mounted(office: Office) -> set[tuple[str, str]]:
    routes = falcon.inspect.inspect_routes(create_app(office))
    return {
        (method.method, route.path)
        for route in routes
        if route.path not in PAGES and not route.path.startswith(("/console/", "/w/"))
        for method in route.methods
        if not method.internal
    }


def test_every_route_of_the_link_is_described_and_nothing_else(office: Office) -> None:
    described = {
        (method.upper(), path)
        for path, item in document()["paths"].items()
        for method in item
        if method != "parameters"
    }
    # What Prometheus reads is for the office itself, no part of the link.
    assert described == mounted(office) - {("GET", "/metrics")} == {(one.method, one.path) for one in OPERATIONS}
    assert len(OPERATIONS) == len(described)


def test_an_office_with_its_worker_starts_describes_itself_and_ends(tmp_path: Path) -> None:
    async def serve() -> Any:
        served = open_office(Config(data_dir=str(tmp_path)))
        async with testing.ASGIConductor(create_app(served, Worker(served))) as client:
            return (await client.simulate_get("/openapi.json")).json

    assert asyncio.run(serve())["openapi"] == "3.1.0"


def test_the_document_is_valid_openapi(scene: Scene) -> None:
    scene.schema.validate()
    assert scene.schema.raw_schema == msgspec.json.decode(msgspec.json.encode(document()))


def test_the_document_says_no_token_is_needed_where_none_is(scene: Scene) -> None:
    for one in OPERATIONS:
        path = one.path.format(digest="a" * 64, sha256="a" * 64, package="x@1", task="t", number="n")
        status = scene.client.simulate_request(one.method, path, headers={"Tus-Resumable": "1.0.0"}).status_code
        assert (status == 401) is one.token, one


def test_each_code_of_an_operation_is_one_of_the_offices() -> None:
    assert {code for one in OPERATIONS for code in one.codes} <= set(REFUSALS)


def test_a_problem_that_an_operation_does_not_name_is_found(scene: Scene) -> None:
    """The checks below can fail: the same answer under a document without its code is refused."""
    case = scene.schema["/v1/packages"]["GET"].Case()
    answer = case.call()
    refused = scene.schema.raw_schema["paths"]["/v1/packages"]["get"]["responses"]["401"]
    assert answer.status_code == 401 and "token_invalid" in str(refused)
    told = msgspec.json.decode(msgspec.json.encode(scene.schema.raw_schema))
    del told["paths"]["/v1/packages"]["get"]["responses"]["401"]
    with pytest.raises(FailureGroup) as found:
        schemathesis.openapi.from_dict(told)["/v1/packages"]["GET"].Case().validate_response(answer, checks=CHECKS)
    assert [type(one) for one in found.value.exceptions] == [openapi_checks.UndefinedStatusCode]


@pytest.mark.parametrize(("one", "mode"), EACH)
def test_whatever_is_sent_gets_an_answer_that_is_described(scene: Scene, one: Any, mode: GenerationMode) -> None:
    operation = scene.schema[one.path][one.method]

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        _make_likely(case, scene, data)
        answer = case.call(headers=_auth(scene, data))
        case.validate_response(answer, checks=CHECKS)

    run()


def _auth(scene: Scene, data: st.DataObject) -> dict[str, str] | None:
    kind = data.draw(st.sampled_from(["enrolled", "enrolled", "enrolled", "none", "wrong"]))
    return {"enrolled": scene.tablet.bearer, "none": None}.get(kind, {"Authorization": "Bearer wrong"})


def _make_likely(case: Any, scene: Scene, data: st.DataObject) -> None:
    """Now and then put in what the office knows: what is wholly made up is refused at the first step."""
    for held in (case.path_parameters, case.headers, case.body):
        if not hasattr(held, "keys"):
            continue
        for name in [name for name in held if scene.known.get(name)]:
            if data.draw(st.booleans()):
                held[name] = data.draw(st.sampled_from(scene.known[name]))
    if case.operation.path.endswith("/acts"):
        _sign(case, scene)


def _sign(case: Any, scene: Scene) -> None:
    """Let the tablet sign what was made up, where it is of a shape that a tablet can sign at all."""
    with contextlib.suppress(WireError, AttributeError, TypeError):
        task, device = str(case.path_parameters["task"]), scene.tablet.enrolled["device"]
        case.body = sign_act(scene.tablet.key, case.body, task=task, device=device)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)
KEYS = [
    "format",
    "kind",
    "id",
    "inspection",
    "opened_at",
    "device_seq",
    "previous",
    "certificate",
    "sealed_at",
    "clock",
    "definitions",
    "entries",
    "findings",
    "outcome",
    "papers",
    "photos",
    "amends",
    "statements",
    "first_seq",
    "parts",
    "counts",
]


def test_whatever_an_enrolled_tablet_seals_gets_an_answer_that_is_described(scene: Scene) -> None:

    @settings(max_examples=4 * EXAMPLES, deadline=None, database=None, derandomize=not LONG)
    @given(kind=st.sampled_from(["inspection", "contribution", "amendment", "shift"]),
           changes=st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=3))  # fmt: skip
    def run(kind: str, changes: dict[str, Any]) -> None:
        try:
            sealed = scene.tablet.seal(**{"kind": kind, **changes})
        except WireError:
            return
        sent = scene.client.simulate_post("/v1/records", body=batch(sealed), headers=scene.tablet.bearer)
        assert sent.status_code == 200, sent.text
        [result] = msgspec.json.decode(sent.content, type=answers.BatchAnswer).results
        asked = scene.client.simulate_get(f"/v1/records/{sealed.digest}", headers=scene.tablet.bearer)
        if result.receipt is None:
            assert result.code in REFUSALS and asked.status_code == 404
        else:
            assert asked.status_code == 200, asked.text
            assert msgspec.json.decode(asked.content, type=answers.WhatBecame).receipt == result.receipt

    run()
