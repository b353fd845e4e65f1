"""The description of the link as an OpenAPI 3.1 document, made from the table of its operations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from falcon.asgi import Request, Response

from server.api.answers import Problem
from server.api.change_shapes import PAYLOADS
from server.api.changes import LINES
from server.api.operations import GZIP, JSON, OPERATIONS, Answer, Header, Operation, Query
from server.refusals import REFUSALS

Told = dict[str, Any]

_PROBLEM = "application/problem+json"
_REFS = "#/components/schemas/{name}"
_RETRY = Header("Retry-After", "Seconds to wait", {"type": "integer", "minimum": 1}, required=False)
_WHO = Header("WWW-Authenticate", "How to say who asks", required=False)
_LONE = re.compile(r"\\ud800-\\udfff")


class OpenApi:
    """`GET /openapi.json`."""

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Describe the link; nothing of the office is in it, so nobody is asked who he is."""
        resp.content_type = JSON
        resp.data = _bytes()


@cache
def _bytes() -> bytes:
    return msgspec.json.encode(document())


def document() -> Told:
    """Return the OpenAPI document of every operation of the link."""
    paths: dict[str, Told] = {}
    for one in OPERATIONS:
        at = paths.setdefault(one.path, _parameters(one.path))
        at[one.method.lower()] = _operation(one)
    info = {"title": "Lujian: the link between tablet and office", "version": "1", "license": {"name": "Apache-2.0"}}
    token = {"type": "http", "scheme": "bearer", "description": "The opaque token that enrolment gave the device."}
    parts = {"schemas": _schemas(), "securitySchemes": {"device": token}}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": parts}


def _schemas() -> Told:
    shapes = {shape for one in OPERATIONS for shape in (one.takes, *_shapes(one)) if _is_struct(shape)}
    ordered = sorted({Problem, *shapes, *PAYLOADS.values()}, key=lambda one: one.__name__)
    _refs, held = msgspec.json.schema_components(ordered, ref_template=_REFS)
    plain: Told = _without_lone(held)
    return plain


def _shapes(one: Operation) -> Iterable[Any]:
    return (shape for answer in one.answers.values() for shape in (answer.shape, *answer.lines))


def _is_struct(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)


def _without_lone(value: Any) -> Any:
    """Drop lone surrogates from patterns: many a regex engine knows no such class, and no text that is sent has one."""
    if isinstance(value, dict):
        return {key: _without_lone(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_lone(one) for one in value]
    return _LONE.sub("", value) if isinstance(value, str) else value


def _schema(shape: Any) -> Told:
    return {"$ref": _REFS.format(name=shape.__name__)} if _is_struct(shape) else dict(msgspec.json.schema(shape))


def _parameters(path: str) -> Told:
    names = re.findall(r"{(\w+)}", path)
    told = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    return {"parameters": told} if told else {}


def _operation(one: Operation) -> Told:
    """Return one operation; its id is made of method and path."""
    words = re.sub(r"\W+", "_", f"{one.method.lower()}{one.path}").strip("_")
    told: Told = {"operationId": words, "summary": one.words}
    if one.token:
        told["security"] = [{"device": []}]
    headers = [*one.headers, *([_packing()] if one.packed else [])]
    if headers or one.queries:
        asked = [{"name": each.name, "in": "query", **_query(each)} for each in one.queries]
        told["parameters"] = [*asked, *({"name": each.name, "in": "header", **_header(each)} for each in headers)]
    if one.takes is not None:
        told["requestBody"] = {"required": one.content == JSON, "content": {one.content: _body(one)}}
    return {**told, "responses": _responses(one)}


def _packing() -> Header:
    return Header("Content-Encoding", "How the body is packed", {"enum": ["identity", GZIP]}, required=False)


def _body(one: Operation) -> Told:
    return {} if one.takes is bytes else {"schema": _schema(one.takes)}


def _query(one: Query) -> Told:
    return {"description": one.words, "required": False, "schema": dict(one.schema)}


def _header(one: Header) -> Told:
    return {"description": one.words, "required": one.required, "schema": dict(one.schema)}


def _responses(one: Operation) -> Told:
    by_status: dict[int, list[str]] = {}
    for code in one.codes:
        by_status.setdefault(REFUSALS[code].status, []).append(code)
    told = {str(status): _refused(codes, bodiless=one.method == "HEAD") for status, codes in by_status.items()}
    for status, answer in one.answers.items():
        told[str(status)] = _answered(answer, told.get(str(status)))
    return dict(sorted(told.items()))


def _refused(codes: list[str], *, bodiless: bool) -> Told:
    """Return the answer of one status: which codes it may bear, and what they mean."""
    told: Told = {"description": "; ".join(f"`{code}`: {REFUSALS[code].title}" for code in codes)}
    headers = {each.name: _header(each) for each in _of_status(REFUSALS[codes[0]].status)}
    if headers:
        told["headers"] = headers
    if not bodiless:
        which = {"properties": {"code": {"enum": codes}}}
        told["content"] = {_PROBLEM: {"schema": {"allOf": [_schema(Problem), which]}}}
    return told


def _of_status(status: int) -> tuple[Header, ...]:
    return {401: (_WHO,), 429: (_RETRY,), 503: (_RETRY,), 507: (_RETRY,)}.get(status, ())


def _answered(answer: Answer, refused: Mapping[str, Any] | None) -> Told:
    """Return an answer; where a refusal has its status too, either may come."""
    told: Told = {**(refused or {}), "description": answer.words}
    if refused:
        told["description"] = f"{answer.words}; {refused['description']}"
    if answer.headers:
        told["headers"] = {**told.get("headers", {}), **{each.name: _header(each) for each in answer.headers}}
    if answer.lines:
        first, below = ("`" + shape.__name__ + "`" for shape in answer.lines)
        words = f"The first line is {first}, each line below {below}; every line ends with a line feed"
        told["content"] = {**told.get("content", {}), LINES: {"schema": {"type": "string", "description": words}}}
    if answer.shape is not None:
        told["content"] = {**told.get("content", {}), JSON: {"schema": _schema(answer.shape)}}
    return told
