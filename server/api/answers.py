"""The shapes of what crosses the link as JSON: named for its description, and for nothing else.

Nothing is built from these: answers are made where the work is done. A test holds real answers against them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from server.parts import Head, PartHead

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 in hex")]
Time = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", description="UTC")]
Base64 = Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z+/]+={0,2}$")]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Problem(msgspec.Struct):
    """Why a request was refused: act on `code` alone."""

    code: str
    status: int
    title: str
    detail: str = ""


class Healthy(msgspec.Struct):
    """The process answers."""

    status: Literal["ok"]


class Readiness(msgspec.Struct):
    """Whether the office can do its work."""

    ready: bool


class Sealing(msgspec.Struct):
    """The key under which a tablet keeps evidence for the office alone, signed."""

    sealing_key: Base64
    pin_tries: Count
    server_key: Base64
    signature: Base64


class Enrolled(msgspec.Struct):
    """All that a new device needs from the office."""

    device: str
    certificate: dict[str, Any]
    token: str
    server_key: Base64
    sealing: Sealing
    office: str
    officers: list[dict[str, Any]]
    at: Time


class SentRecord(msgspec.Struct):
    """One sealed record: its part in the very bytes that were signed."""

    digest: Digest
    signature: Base64
    part: PartHead


class Batch(msgspec.Struct):
    """Sealed records, and the end of the device's chain."""

    records: Annotated[list[SentRecord], msgspec.Meta(max_length=100)]
    head: Head | None = None


class Receipt(msgspec.Struct):
    """The office's signed word that a record is durable."""

    digest: Digest
    device_seq: Annotated[int, msgspec.Meta(ge=1)]
    received_at: Time
    server_key: Base64
    signature: Base64


class PhotoReceipt(msgspec.Struct):
    """The office's signed word that a photo is durable."""

    sha256: Digest
    bytes: Count
    received_at: Time
    server_key: Base64
    signature: Base64


class RecordResult(msgspec.Struct):
    """What became of one record of a batch; a rejected one has a code and no receipt, one that a hub holds none yet."""

    digest: str
    status: Literal["accepted", "duplicate", "conflict", "rejected", "held"]
    receipt: Receipt | None
    code: str
    detail: str


class BatchAnswer(msgspec.Struct):
    """One result for each record, in the order sent."""

    at: Time
    results: list[RecordResult]


Known = Literal["unknown", "held", "duplicate", "conflict", "rejected"]
"""`held`: by a hub, which waits for its office; `duplicate`: the office has it; `unknown`: send it."""


class RecordKnown(msgspec.Struct):
    """What is known of a record."""

    digest: Digest
    status: Known
    receipt: Receipt | None
    code: str


class PhotoKnown(msgspec.Struct):
    """What is known of a photo."""

    sha256: Digest
    status: Known
    receipt: PhotoReceipt | None
    code: str


class ActKnown(msgspec.Struct):
    """What is known of an act about a task: of a hub the office's own answer, once it has come."""

    id: str
    status: Known
    answer: dict[str, Any] | None
    code: str


class PieceKnown(msgspec.Struct):
    """What a hub knows of a piece of a hand-over file: the office's own answer, once it has come."""

    digest: Digest
    status: Known
    answer: dict[str, Any] | None
    code: str


class ReceiptsAnswer(msgspec.Struct):
    """What is known of each thing asked about, in the order asked."""

    at: Time
    records: list[RecordKnown]
    photos: list[PhotoKnown]
    acts: list[ActKnown]
    handovers: list[PieceKnown]


class PieceHeld(msgspec.Struct):
    """A hub holds a piece of a hand-over file for its office."""

    at: Time
    digest: Digest
    held: Literal[True]


class HubWaiting(msgspec.Struct):
    """How many things a hub holds."""

    records: Count
    photos: Count
    posts: Count


class HubState(msgspec.Struct):
    """Whose hub this is, by the office's certificate; as of when it has heard everything; what waits and since when."""

    at: Time
    certificate: dict[str, Any]
    heard_at: str
    ended: str
    oldest: str
    waiting: HubWaiting


class HubTablet(msgspec.Struct):
    """A tablet as a hub is told of it; `opens` is the SHA-256 of what it shows to this hub."""

    id: str
    label: str
    agency: str
    area: str
    certificate: dict[str, Any]
    opens: Digest
    revoked: dict[str, Any] | None = None


class HubTablets(msgspec.Struct):
    """The tablets that a hub lets in, signed for this hub alone."""

    hub: str
    at: Time
    mark: Digest
    devices: list[HubTablet]
    server_key: Base64
    signature: Base64
    nonce: str = ""


class PhotoResult(msgspec.Struct):
    """What became of one photo of a hand-over."""

    sha256: str
    receipt: PhotoReceipt | None
    code: str
    detail: str


class HandoverAnswer(msgspec.Struct):
    """What could be read of a hand-over, with its receipts; signed as a whole."""

    format: int
    device: str
    at: Time
    records: list[RecordResult]
    photos: list[PhotoResult]
    unfinished: list[dict[str, Any]]
    unreadable: list[str]
    refused: list[dict[str, str]]
    missing: Count
    server_key: Base64
    signature: Base64


class PhotoCount(msgspec.Struct):
    """How many of the photos that a record names are here."""

    named: Count
    received: Count


class Party(msgspec.Struct):
    """Against whom a case is."""

    role: str
    name: str | None


class CaseSummary(msgspec.Struct):
    """A case that a record opened."""

    id: str
    number: str | None
    agency: str
    party: Party
    state: str
    violations: list[str]
    url: str


class ShiftCounts(msgspec.Struct):
    """The office's own counts beside the signed ones."""

    equal: bool
    named: Count
    held: Count
    lacking: list[str]
    extra: list[str]
    counts: dict[str, Any]
    differs: list[str]
    files: PhotoCount
    fault: str = ""
    """Where it is not of its format's shape; then nothing was counted."""


class WhatBecame(msgspec.Struct):
    """What the office made of a record."""

    at: Time
    digest: Digest
    state: str
    reason: str | None
    alarm: bool
    receipt: Receipt
    url: str
    photos: PhotoCount
    findings: list[dict[str, Any]]
    cases: list[CaseSummary]
    shift: ShiftCounts | None = None


PassState = Annotated[str, msgspec.Meta(pattern="^(unknown|stands|expired|void|withdrawn|order|held|alert)$")]


class PassStanding(msgspec.Struct):
    """How a pass stands. It counts while it `stands`; `unknown`: its record has not come yet, or there is none.

    `since` is when that began; of one that stands or has expired, until when it is shown. Empty where nobody knows.
    """

    at: Time
    number: str
    state: PassState
    since: str


class PackageRow(msgspec.Struct):
    """One package; the signature covers the canonical `{name, version, digest}`."""

    name: str
    version: str
    digest: Digest
    bytes: Count
    signature: Base64


class PackageList(msgspec.Struct):
    """The latest version of each package."""

    at: Time
    packages: list[PackageRow]


class StatusAnswer(msgspec.Struct):
    """What a device said of itself is kept."""

    at: Time


class ActReceipt(msgspec.Struct):
    """The office's signed word that what was done is durable."""

    kind: Literal["act"]
    id: str
    task: str
    device: str
    received_at: Time
    server_key: Base64
    signature: Base64


class ActAnswer(msgspec.Struct):
    """Whether the task is closed by what was done; `held`: by a hub, which has no receipt of the office yet."""

    at: Time
    id: str
    closed: bool
    receipt: ActReceipt | None = None
    held: bool = False
