"""From the bytes of a batch to sealed parts that hold, or coded refusals: pure, and never by serialising again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from checklists.records.record import FORMAT, PART_KINDS, broken
from checklists.wire import WireError, canonical
from server import clock
from server.parts import Head, PartHead, PhotoFile, Verified, Wanted, pack, taken_in
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
# What msgspec's encoding cannot judge: integers of 16 digits, and keys beyond the basic plane. With every digit and
# minus made a 0 a long number is one text to look for, eight times as fast as a pattern.
_DIGITS = bytes.maketrans(b"-123456789", b"0000000000")
_LONG = tuple(before + b"0" * 16 for before in (b":", b"[", b","))
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
    plain = _plain(body)
    try:
        head = _head.decode(body) if plain is None else msgspec.convert(plain, taken_in(PartHead))
        _check_head(head)
    except UNREADABLE as fault:
        return Rejected(sent.digest, "malformed", _words(fault))
    if head.device != device or head.certificate != certificate:
        return Rejected(sent.digest, "device_mismatch", "device or certificate is not that of the sender")
    if plain is None and not is_canonical(body):
        return Rejected(sent.digest, "not_canonical")
    # Whether the rest is what its format says is looked at behind the receipt: what a device signed is evidence. The
    # photos of a later format come in where it names them as this one does; else once it can be read.
    photos = named(body) if plain is None else _named(lambda: msgspec.convert(plain, taken_in(_Manifest)))
    return Verified(body, pack(body), sent.digest, sent.signature, head, photos)


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
    return _named(lambda: _manifest.decode(body))


def _named(read: Callable[[], _Manifest]) -> tuple[Wanted, ...]:
    try:
        return tuple(_wanted(read()))
    except UNREADABLE:
        return ()


def wanted(body: bytes) -> Iterator[Wanted]:
    """Yield the photo files of a part's manifest. Raises one of UNREADABLE where it is none."""
    yield from _wanted(_manifest.decode(body))


def _wanted(manifest: _Manifest) -> Iterator[Wanted]:
    for photo in manifest.photos:
        for role in ("original", "working", "thumbnail"):
            file: PhotoFile | None = getattr(photo, role)
            if file is None:
                continue
            well = _NAME.fullmatch(photo.entry) and _SHA256.fullmatch(file.sha256) and _NAME.fullmatch(file.type)
            if not well or not 0 < file.bytes <= _SAFE:
                raise ValueError(f"photos: {role} of an entry is not well named")
            yield Wanted(photo.entry, role, file)


def is_canonical(body: bytes) -> bool:
    """Whether the bytes are the RFC 8785 form of what they say; a float never is."""
    if _plain(body) is not None:
        return True
    try:
        return _needs_care(body) and canonical(json.loads(body)) == body
    except (*UNREADABLE, WireError):
        return False


def _plain(body: bytes) -> dict[str, Any] | None:
    """Return what the bytes say where they are its RFC 8785 form and that can be told quickly; else None.

    msgspec's sorted encoding is that form unless a number is long or a text has astral characters: then the kernel's
    own, slower form decides.
    """
    if _needs_care(body):
        return None
    try:
        plain: dict[str, Any] = _anything.decode(body)
        return plain if msgspec.json.encode(plain, order="sorted") == body else None
    except UNREADABLE:
        return None


def _needs_care(body: bytes) -> bool:
    """Whether msgspec may write it in another way: also true of a few texts that only look like a long number."""
    if not body.startswith(b"{") or any(lead in body for lead in _ASTRAL):
        return True
    folded = body.translate(_DIGITS)
    return any(long in folded for long in _LONG)


def sealer(record: bytes) -> str:
    """Return the device that a record says sealed it; empty where that cannot be read. Nothing of it is proven."""
    try:
        named = _head.decode(bytes(_sent.decode(record).part)).device
    except UNREADABLE:
        return ""
    return named if _NAME.fullmatch(named) else ""


def certificate_within(record: bytes) -> dict[str, Any]:
    """Return the certificate in a record that was sent, as `certificate_of` does."""
    try:
        return certificate_of(bytes(_sent.decode(record).part))
    except UNREADABLE:
        return {}


def certificate_of(body: bytes) -> dict[str, Any]:
    """Return the certificate that a part carries; empty where it cannot be read. Nothing of it is proven."""
    try:
        return _head.decode(body).certificate
    except UNREADABLE:
        return {}


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
