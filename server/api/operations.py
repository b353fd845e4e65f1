"""Every request of the link, what it takes and what it answers: the one table that `/openapi.json` is made from.

A route that stands in no row here, or a row without its route, fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.api import answers
from server.api.change_shapes import Change, PageHead
from server.api.changes import LONGEST_WAIT, MOST, USUAL
from server.api.devices import Enrolment, Returning
from server.api.receipts import Asked
from server.api.status import Status
from server.api.tasks import Act

JSON, GZIP = "application/json", "gzip"
PIECE = "application/offset+octet-stream"
HANDOVER = "application/octet-stream"

_ANY = ("malformed", "busy", "internal")
_DEVICE = ("token_invalid", "device_revoked", "too_many_requests", "too_many_at_once", "hub_expired")
_AT_HUB = ("device_not_heard", "hub_ended")
_BODY = ("body_too_large", "encoding_unknown", "too_slow", "cut_short")
_PIECES = ("photo_differs", "not_an_image", "offset_mismatch", "checksum_mismatch", "checksum_unknown")
_KEEPING = ("storage_full", "photos_away", "photo_damaged")
_STREAM = ("too_slow", "cut_short", *_KEEPING)


@dataclass(frozen=True)
class Header:
    """A header of a request or an answer, with the JSON schema of its value."""

    name: str
    words: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    required: bool = True


@dataclass(frozen=True)
class Query:
    """What stands behind the question mark; it may be left out."""

    name: str
    words: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True)
class Answer:
    """An answer that is no refusal: what it means, its shape, its headers.

    `lines` are the shapes of an answer that is no JSON by itself: of its first line, and of those below.
    """

    words: str
    shape: Any = None
    headers: tuple[Header, ...] = ()
    lines: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One method of one address; `problems` are the codes that belong to it beyond those of every address."""

    method: str
    path: str
    words: str
    answers: Mapping[int, Answer]
    takes: Any = None
    content: str = JSON
    packed: bool = False
    headers: tuple[Header, ...] = ()
    queries: tuple[Query, ...] = ()
    problems: tuple[str, ...] = ()
    token: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that it may be refused with, each once."""
        path = ("not_found",) if "{" in self.path else ()
        return tuple(dict.fromkeys((*_ANY, *path, *((*_DEVICE, *_AT_HUB) if self.token else ()), *self.problems)))


def _number(least: int = 0) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": 10**15 - 1}


_SPEAKS = Header("Tus-Resumable", "The version of tus", {"const": "1.0.0"})
_OFFSET = Header("Upload-Offset", "Bytes that are here", _number())
_LENGTH = Header("Upload-Length", "Bytes of the whole photo", _number())
_RECEIPT = Header("Lujian-Receipt", "Base64 of the receipt, once the photo is whole", required=False)
_HELD = Header(
    "Lujian-Held", "On a hub: which holds the whole photo, and has no receipt of its office yet", required=False
)
_EXPIRES = Header("Upload-Expires", "When an upload that is not whole is dropped", required=False)
_CHECKSUM = Header("Upload-Checksum", "`sha256` and the base64 digest of this piece", required=False)
_METADATA = Header("Upload-Metadata", "`sha256` and `type`, each with its value in base64")
_PLACE = Header("Location", "The address of the upload")
_STATE = (_SPEAKS, _OFFSET, _RECEIPT, _HELD, _EXPIRES)
_ABLE = (
    _SPEAKS,
    Header("Tus-Version", "Versions of tus that are spoken here"),
    Header("Tus-Extension", "What of tus is spoken here"),
    Header("Tus-Checksum-Algorithm", "Checksums that are known here", {"const": "sha256"}),
    Header("Tus-Max-Size", "Bytes of the largest photo", _number()),
)
_KNOWN = Header("If-None-Match", "Digests of versions that are known, as ETags", required=False)
_TAG = Header("ETag", "The digest of what it is")
_RANGE = Header("Range", "One part of the bytes as they are sent, such as `bytes=65536-`", required=False)
_OF_THESE = Header("If-Range", "The ETag of the bytes of which the rest is wanted, else all come", required=False)
_PART = Header("Content-Range", "Which bytes these are, and of how many")
_MARK = Header("If-None-Match", "The list that is known, by its mark", required=False)

_NONCE = Query("nonce", "Hexadecimal digits of the hub's own choice, which the signed answer repeats")

_PAGE = (
    Query("since", "The cursor of the page before; nothing is from the start"),
    Query("limit", "How many changes at most", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
    Query(
        "wait",
        "For how many seconds to wait where nothing is new",
        {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
    ),
)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/healthz", "Whether the process lives.",
        {200: Answer("It does", answers.Healthy)}, token=False,
    ),
    Operation(
        "GET", "/readyz", "Whether the office can do its work.",
        {200: Answer("It can", answers.Readiness), 503: Answer("It cannot", answers.Readiness)}, token=False,
    ),
    Operation(
        "GET", "/openapi.json", "This description.",
        {200: Answer("An OpenAPI document", dict[str, Any])}, token=False,
    ),
    Operation(
        "POST", "/v1/devices", "Enrol: a one-time code becomes a device with certificate and token.",
        {201: Answer("The device", answers.Enrolled)}, takes=Enrolment, packed=True, token=False,
        problems=("code_invalid", "code_used", "code_expired", "too_many_attempts", "too_many_at_once", "parent_only",
                  *_BODY, "storage_full"),
    ),
    Operation(
        "POST", "/v1/devices/return", "Come back to an office that was brought back from a backup of before.",
        {200: Answer("The token is known again", answers.StatusAnswer)}, takes=Returning, packed=True,
        problems=("parent_only", *_BODY, "storage_full"),
    ),
    Operation(
        "POST", "/v1/devices/status", "Say what the device is like; it is shown as told by it, never as evidence.",
        {200: Answer("It is kept in place of what was said before", answers.StatusAnswer)}, takes=Status, packed=True,
        problems=("device_mismatch", *_BODY, "storage_full"),
    ),
    Operation(
        "POST", "/v1/records", "Send sealed records; each gets a receipt or a coded reason.",
        {200: Answer("A result for each record", answers.BatchAnswer)}, takes=answers.Batch, packed=True,
        problems=("too_many_records", "day_full", *_BODY, "storage_full"),
    ),
    Operation(
        "POST", "/v1/receipts", "What has become of things that were sent, here or by way of a hub.",
        {200: Answer("What is known of each", answers.ReceiptsAnswer)}, takes=Asked, packed=True, problems=_BODY,
    ),
    Operation(
        "GET", "/v1/records/{digest}", "What became of a record that this device sealed.",
        {200: Answer("State, receipt, findings and cases", answers.WhatBecame)},
    ),
    Operation(
        "GET", "/v1/passes/{number}", "How a pass after a clean check stands.",
        {200: Answer("Whether it counts", answers.PassStanding)},
    ),
    Operation(
        "POST", "/v1/handovers", "Hand over an export file, or a piece of one.",
        {200: Answer("What could be read, with receipts", answers.HandoverAnswer),
         202: Answer("A hub holds it for its office", answers.PieceHeld)},
        takes=bytes, content=HANDOVER, packed=True,
        problems=("handover_unreadable", "handover_foreign", "too_many_members", "unsealed_full", *_BODY,
                  "storage_full", "photos_away"),
    ),
    Operation(
        "OPTIONS", "/v1/photos", "Which tus is spoken here.", {204: Answer("This", headers=_ABLE)}, token=False,
    ),
    Operation(
        "POST", "/v1/photos", "Begin an upload, or find the photo already here.",
        {201: Answer("Begun or found", headers=(*_STATE, _PLACE))},
        headers=(_SPEAKS, _LENGTH, _METADATA, _CHECKSUM), takes=bytes, content=PIECE,
        problems=("tus_version", "photo_unknown", "photo_too_large", "too_many_uploads", "day_full", "not_found",
                  "record_photos_full", *_PIECES, *_STREAM),
    ),
    Operation(
        "OPTIONS", "/v1/photos/{sha256}", "Which tus is spoken here.",
        {204: Answer("This", headers=_ABLE)}, token=False,
    ),
    Operation(
        "HEAD", "/v1/photos/{sha256}", "How many bytes are here.",
        {200: Answer("So many", headers=(*_STATE, _LENGTH))}, headers=(_SPEAKS,),
        problems=("tus_version", "photo_unknown", "checksum_mismatch", "not_an_image", *_KEEPING),
    ),
    Operation(
        "PATCH", "/v1/photos/{sha256}", "Append at exactly the offset.",
        {204: Answer("Appended", headers=_STATE)}, headers=(_SPEAKS, _OFFSET, _CHECKSUM), takes=bytes, content=PIECE,
        problems=("tus_version", "photo_unknown", "content_type_wrong", *_PIECES, *_STREAM),
    ),
    Operation(
        "DELETE", "/v1/photos/{sha256}", "Give up one's own upload that is not whole.",
        {204: Answer("Given up", headers=(_SPEAKS,))}, headers=(_SPEAKS,),
        problems=("tus_version", "photo_unknown", "evidence_kept", "checksum_mismatch", "not_an_image", *_KEEPING),
    ),
    Operation(
        "GET", "/v1/packages", "The latest version of each package.",
        {200: Answer("The packages", answers.PackageList)},
    ),
    Operation(
        "GET", "/v1/packages/{package}", "One version, named `name@version`; its bytes never change.",
        {200: Answer("The package", dict[str, Any], (_TAG,)),
         206: Answer("The bytes of it that `Range` names", headers=(_TAG, _PART)),
         304: Answer("The digest is known", headers=(_TAG,))},
        headers=(_KNOWN, _RANGE, _OF_THESE),
    ),
    Operation(
        "GET", "/v1/changes", "What changed for this device behind a cursor: a signed head, then one change a line.",
        {200: Answer("A page; `more` in its head says whether to ask on at once", lines=(PageHead, Change))},
        queries=_PAGE, problems=("cursor_gone", "hub_loading", "hub_behind", "hub_narrow"),
    ),
    Operation(
        "GET", "/v1/hub", "Whose hub this is, and what waits; 404 where this is the office itself.",
        {200: Answer("A hub", answers.HubState)}, token=False, problems=("not_found",),
    ),
    Operation(
        "GET", "/v1/hub/devices", "The tablets that the asking hub lets in.",
        {200: Answer("The tablets", answers.HubTablets, (_TAG,)), 304: Answer("The list is known", headers=(_TAG,))},
        queries=(_NONCE,), headers=(_MARK,), problems=("hub_only",),
    ),
    Operation(
        "POST", "/v1/tasks/{task}/acts", "Say what was done about a task.",
        {200: Answer("Whether the task is closed", answers.ActAnswer)}, takes=Act, packed=True,
        problems=("task_foreign", "act_officer_unknown", "signature_invalid", "device_mismatch", *_BODY,
                  "storage_full"),
    ),
)  # fmt: skip
