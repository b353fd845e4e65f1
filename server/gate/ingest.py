"""From the bytes of a batch to sealed parts that hold, or coded refusals: pure, and never by serialising again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from checklists.records.record import FORMAT, PART_KINDS, broken
from checklists.wire import WireError, canonical
from server import clock
from server.parts import Head, PartHead, PhotoFile, Verified, Wanted
from server.refusals import Refused

MAX_RECORDS = 100
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:/+-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SAFE = 2**53 - 1


class _Batch(msgspec.Struct):
    records: list[msgspec.Raw]
    head: Head | None = None


class _Sent(msgspec.Struct):
    digest: str
    signature: str
    part: msgspec.Raw


class _ManifestPhoto(msgspec.Struct):
    entry: str
    original: PhotoFile | None = None
    working: PhotoFile | None = None
    thumbnail: PhotoFile | None = None


class _Manifest(msgspec.Struct):
    photos: list[_ManifestPhoto] = []


@dataclass(frozen=True)
class Batch:
    """A batch split into its records, each still in its bytes."""

    head: Head | None
    records: tuple[bytes, ...]


@dataclass(frozen=True)
class Rejected:
    """A record that is not taken; `digest` is what it claimed, as far as that could be read."""

    digest: str
    code: str
    detail: str = ""


class _NotCanonicalError(Exception):
    """A float, which no record holds."""


def _float(text: str) -> float:
    raise _NotCanonicalError(text)


_batch = msgspec.json.Decoder(_Batch)
_sent = msgspec.json.Decoder(_Sent)
_head = msgspec.json.Decoder(PartHead)
_manifest = msgspec.json.Decoder(_Manifest)
_anything = msgspec.json.Decoder(float_hook=_float)
_claim = msgspec.json.Decoder(dict[str, msgspec.Raw])
# What the fast comparison of `is_canonical` cannot judge: integers of 16 digits, and keys beyond the basic plane. Each
# pattern begins with one byte, which is searched for ten times as fast as a choice of bytes.
_LONG = tuple(re.compile(before + rb"-?[0-9]{16}") for before in (rb":", rb"\[", rb","))
_ASTRAL = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")

# A hostile nesting ends in RecursionError; what is not UTF-8 in UnicodeDecodeError, which is a ValueError.
UNREADABLE = (msgspec.MsgspecError, RecursionError, ValueError, _NotCanonicalError)


def unpack(body: bytes) -> Batch:
    """Split a batch. Raises Refused malformed, too_many_records."""
    try:
        batch = _batch.decode(body)
    except UNREADABLE as fault:
        raise Refused("malformed", _words(fault)) from fault
    if len(batch.records) > MAX_RECORDS:
        raise Refused("too_many_records", f"{len(batch.records)} records, at most {MAX_RECORDS}")
    if batch.head is not None and not 0 <= batch.head.seq <= _SAFE:
        raise Refused("malformed", "head.seq is out of range")
    if batch.head is not None and batch.head.digest is not None and not _SHA256.fullmatch(batch.head.digest):
        raise Refused("malformed", "head.digest is no SHA-256 in hex")
    return Batch(batch.head, tuple(bytes(raw) for raw in batch.records))


def examine(record: bytes, *, device: str, public_key: str, certificate: dict[str, Any]) -> Verified | Rejected:
    """Return a record of this device verified, or why it is rejected. Never raises for what a sender can send."""
    try:
        sent = _sent.decode(record)
    except UNREADABLE as fault:
        return Rejected(claimed(record), "malformed", _words(fault))
    body = bytes(sent.part)
    wrong = broken(body, sent.digest, sent.signature, public_key)
    if wrong is not None:
        return Rejected(sent.digest[:64], wrong.code, wrong.detail)
    try:
        head, photos = _read(body)
    except UNREADABLE as fault:
        return Rejected(sent.digest, "malformed", _words(fault))
    if head.device != device or head.certificate != certificate:
        return Rejected(sent.digest, "device_mismatch", "device or certificate is not that of the sender")
    if not is_canonical(body):
        return Rejected(sent.digest, "not_canonical")
    return Verified(body, sent.digest, sent.signature, head, photos)


def _read(body: bytes) -> tuple[PartHead, tuple[Wanted, ...]]:
    """Return the head and the photos of a part, as far as its manifest is one.

    Whether the rest is what its format says is looked at behind the receipt: what a device signed is evidence. The
    photos of a later format come in where it names them as this one does; else once it can be read.
    """
    head = _head.decode(body)
    _check_head(head)
    return head, named(body)


def _check_head(head: PartHead) -> None:
    for name in ("kind", "id", "inspection", "device"):
        if not _NAME.fullmatch(getattr(head, name)):
            raise ValueError(f"{name} is no identifier")
    if not 1 <= head.format <= 2**31 - 1:
        raise ValueError("format is out of range")
    if head.format <= FORMAT and head.kind not in PART_KINDS:
        raise ValueError(f"kind is none of {', '.join(PART_KINDS)}")
    if not 1 <= head.device_seq <= _SAFE:
        raise ValueError("device_seq is out of range")
    if head.previous is not None and not _SHA256.fullmatch(head.previous):
        raise ValueError("previous is no SHA-256 in hex")
    clock.read(head.sealed_at)


def named(body: bytes) -> tuple[Wanted, ...]:
    """Return the photo files of a part's manifest; none where it is no manifest. Never raises."""
    try:
        return tuple(wanted(body))
    except UNREADABLE:
        return ()


def wanted(body: bytes) -> Iterator[Wanted]:
    """Yield the photo files of a part's manifest. Raises one of UNREADABLE where it is none."""
    for photo in _manifest.decode(body).photos:
        for role in ("original", "working", "thumbnail"):
            file: PhotoFile | None = getattr(photo, role)
            if file is None:
                continue
            well = _NAME.fullmatch(photo.entry) and _SHA256.fullmatch(file.sha256) and _NAME.fullmatch(file.type)
            if not well or not 0 < file.bytes <= _SAFE:
                raise ValueError(f"photos: {role} of an entry is not well named")
            yield Wanted(photo.entry, role, file)


def is_canonical(body: bytes) -> bool:
    """Whether the bytes are the RFC 8785 form of what they say.

    msgspec's sorted encoding is that form unless a number is long or a text has astral characters (then the kernel's
    own, slower form decides); a float never is.
    """
    try:
        if not _needs_care(body):
            return msgspec.json.encode(_anything.decode(body), order="sorted") == body
        return canonical(json.loads(body)) == body
    except (*UNREADABLE, WireError):
        return False


def _needs_care(body: bytes) -> bool:
    return (
        not body.startswith(b"{")
        or any(lead in body for lead in _ASTRAL)
        or any(pattern.search(body) is not None for pattern in _LONG)
    )


def sealer(record: bytes) -> str:
    """Return the device that a record says sealed it; empty where that cannot be read. Nothing of it is proven."""
    try:
        named = _head.decode(bytes(_sent.decode(record).part)).device
    except UNREADABLE:
        return ""
    return named if _NAME.fullmatch(named) else ""


def claimed(record: bytes) -> str:
    """The digest that an unreadable record claims, so that the tablet knows which one is meant; else empty."""
    try:
        digest = msgspec.json.decode(_claim.decode(record)["digest"], type=str)
    except (*UNREADABLE, KeyError):
        return ""
    return digest if _SHA256.fullmatch(digest) else ""


def _words(fault: BaseException) -> str:
    """Return what is wrong without repeating what was sent: values may be personal data."""
    if isinstance(fault, RecursionError):
        return "nested too deeply"
    if isinstance(fault, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(fault, _NotCanonicalError):
        return "a number that is no integer"
    return str(fault)[:200]
