"""The proof on a printed paper: one QR text that tells on any tablet, without a network, whether the paper is genuine.

`LUJIAN2:` and base45 of: digest of the record, digest of the paper's words, time of the seal, kind and number, the
device's certificate (the office's key as a fingerprint only) and the device's signature of all that. It fits a code of
36 mm. Who checks needs the office's public key; which devices are revoked and which numbers void, he brings along.

`LUJIAN3:` is the same with what the paper is about behind the certificate's texts: the plate of the vehicle, its goods,
and until when it is shown. A pass goes from hand to hand; with that, another truck's does not read genuine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from checklists.crypto import SigningKey, from_b64, to_b64, verify, verify_mapping
from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.likeness import DIFFERENT, SAME, compare
from checklists.values import frozen
from checklists.wire import instant

PREFIX = "LUJIAN2:"
PREFIX_ABOUT = "LUJIAN3:"
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_CERTIFICATE = ("device", "agency", "prefix", "issued_at")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UUID = 0xFF


class UnreadableProofError(ValueError):
    """The text is no proof of this form, or a part of it is missing."""


@frozen
class Stated:
    """What a proof says, whether or not it holds; digests in hexadecimal, `sealed_at` UTC text."""

    record: str
    text: str
    kind: str
    number: str
    sealed_at: str
    device: str
    agency: str
    prefix: str
    issued_at: str
    key: str
    certificate: str
    office: str
    signature: str
    signed: bytes
    plate: str = ""
    goods: str = ""
    until: str = ""


@frozen
class About:
    """What a paper is about: the vehicle's plate, its goods as UN numbers, and the last moment as UTC text."""

    plate: str
    goods: str = ""
    until: str = ""


OFFICE = "office"
"""The device that a proof names where the office itself made the document; its certificate is of its own key."""

STATES = ("genuine", "forged", "other_office", "revoked", "void", "changed", "other_vehicle", "expired", "unreadable")


@frozen
class Verdict:
    """Whether a paper is genuine: one of STATES, and what it says of itself (None where it cannot be read).

    other_office: the certificate is of an office whose key is not known here, so nothing can be said. revoked: the
    device is on the list. void: its number counts no more. changed: the proof holds, but the words are not those that
    it was made of. other_vehicle: it is of another vehicle than the one that stands there. expired: its time is over.
    `plate_open`: whether it is of the vehicle that stands there was asked, and it does not tell.
    """

    state: str
    stated: Stated | None = None
    plate_open: bool = False


def prove(
    key: SigningKey,
    certificate: Mapping[str, Any],
    *,
    record: str,
    text: str,
    kind: str,
    number: str,
    sealed_at: str,
    about: About | None = None,
) -> str:
    """Return the text of the QR code of one paper. Raises ValueError for a certificate of another shape."""
    known = {*_CERTIFICATE, "key", "server_key", "signature"}
    if set(certificate) != known:
        raise ValueError(f"a certificate with {', '.join(sorted(set(certificate) ^ known))} does not fit")
    since = datetime.fromisoformat(sealed_at) - _EPOCH
    parts = [
        bytes.fromhex(record),
        bytes.fromhex(text),
        (since // timedelta(milliseconds=1)).to_bytes(8, "big"),
        *(_packed(one) for one in (kind, number, *(str(certificate[name]) for name in _CERTIFICATE))),
        *(_packed(one) for one in ((about.plate, about.goods, about.until) if about else ())),
        from_b64(certificate["key"]),
        from_b64(certificate["signature"]),
        _fingerprint(str(certificate["server_key"])),
    ]
    body, prefix = b"".join(parts), PREFIX_ABOUT if about else PREFIX
    return prefix + base45(body + from_b64(key.sign(_signed(prefix, body))))


def stated(text: str) -> Stated:
    """Return what the proof says; nothing of it is checked yet. Raises UnreadableProofError."""
    form = text[: len(PREFIX)]
    if form not in (PREFIX, PREFIX_ABOUT):
        raise UnreadableProofError("no proof of a paper")
    raw = from_base45(text[len(form) :])
    reader = _Reader(raw[:-64])
    record, words, at = reader.take(32).hex(), reader.take(32).hex(), int.from_bytes(reader.take(8), "big")
    kind, number, device, agency, prefix, issued_at = (reader.text() for _ in range(6))
    about = tuple(reader.text() for _ in range(3 if form == PREFIX_ABOUT else 0))
    key, certificate, office = to_b64(reader.take(32)), to_b64(reader.take(64)), reader.take(8).hex()
    if reader.left or len(raw) < 64:
        raise UnreadableProofError("a part is missing or there is more than a proof")
    try:
        sealed_at = instant(_EPOCH + timedelta(milliseconds=at))
    except OverflowError as problem:
        raise UnreadableProofError("no time") from problem
    named = (device, agency, prefix, issued_at, key, certificate, office)
    signed = (to_b64(raw[-64:]), _signed(form, raw[:-64]))
    return Stated(record, words, kind, number, sealed_at, *named, *signed, *about)


def check(
    text: str,
    office_key: str,
    revoked: Container[str] = (),
    words: bytes | None = None,
    *,
    void: Container[str] = (),
    plate: str = "",
    at: datetime | None = None,
) -> Verdict:
    """Return whether the proof holds under the office's public key; `words` are those of the paper, to compare.

    `void` are numbers that count no more. `plate` is that of the vehicle that stands there, and `at` the time, where
    they are to be compared with what the paper is about.
    """
    try:
        said = stated(text)
    except UnreadableProofError:
        return Verdict("unreadable")
    if said.office != _fingerprint(office_key).hex():
        return Verdict("other_office", said)
    if not verify_mapping(office_key, _certificate(said, office_key)) or not verify(
        said.key, said.signed, said.signature
    ):
        return Verdict("forged", said)
    if said.device in revoked:
        return Verdict("revoked", said)
    if said.number in void:
        return Verdict("void", said)
    if words is not None and hashlib.sha256(words).hexdigest() != said.text:
        return Verdict("changed", said)
    likeness = compare("plate", plate, said.plate)
    if likeness == DIFFERENT:
        return Verdict("other_vehicle", said)
    if at is not None and said.until and _is_past(said.until, at):
        return Verdict("expired", said)
    return Verdict("genuine", said, plate_open=bool(plate) and likeness != SAME)


def same_plate(one: str, other: str) -> bool:
    """Whether two plates have the same signs, however they are written."""
    return number_key(one) == number_key(other)


def _is_past(until: str, at: datetime) -> bool:
    """Whether a time is over; one that cannot be read is: a later version may say it in another way."""
    try:
        return datetime.fromisoformat(until) < at
    except (ValueError, TypeError):
        return True


def base45(raw: bytes) -> str:
    """Return bytes in the 45 signs of a QR code's alphanumeric mode (RFC 9285)."""
    found = []
    for place in range(0, len(raw), 2):
        pair = raw[place : place + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, sign = divmod(value, 45)
            found.append(_ALPHABET[sign])
    return "".join(found)


def from_base45(text: str) -> bytes:
    """Return what was encoded. Raises UnreadableProofError for a sign, a length or a value that cannot be."""
    found = bytearray()
    for place in range(0, len(text), 3):
        group = text[place : place + 3]
        try:
            value = sum(_ALPHABET.index(sign) * 45**power for power, sign in enumerate(group))
            found += value.to_bytes(len(group) - 1, "big")
        except (ValueError, OverflowError) as problem:
            raise UnreadableProofError(f"not base45: {group!r}") from problem
    return bytes(found)


class _Reader:
    """Takes the parts from the front."""

    def __init__(self, raw: bytes) -> None:
        self.left = raw

    def take(self, count: int) -> bytes:
        """Return the next bytes. Raises UnreadableProofError where there are fewer."""
        if len(self.left) < count:
            raise UnreadableProofError("a part is missing")
        part, self.left = self.left[:count], self.left[count:]
        return part

    def text(self) -> str:
        """Return the next text: a UUID in its 16 bytes, or its length and UTF-8."""
        length = self.take(1)[0]
        if length == _UUID:
            return str(UUID(bytes=self.take(16)))
        try:
            return self.take(length).decode()
        except UnicodeDecodeError as problem:
            raise UnreadableProofError("no text") from problem


def _packed(text: str) -> bytes:
    try:
        if str(UUID(text)) == text:
            return bytes([_UUID]) + UUID(text).bytes
    except ValueError:
        pass
    raw = text.encode()
    if len(raw) >= _UUID:
        raise ValueError(f"{text!r} is too long for a proof")
    return bytes([len(raw)]) + raw


def _signed(prefix: str, body: bytes) -> bytes:
    """What the device signs: nothing else that it signs begins like this."""
    return prefix.encode() + b"\n" + body


def _fingerprint(public: str) -> bytes:
    return hashlib.sha256(from_b64(public)).digest()[:8]


def _certificate(said: Stated, office_key: str) -> dict[str, str]:
    """The certificate as the office signed it; its key is the one that the reader knows."""
    body = {name: str(getattr(said, name)) for name in _CERTIFICATE}
    return {**body, "key": said.key, "server_key": office_key, "signature": said.certificate}
