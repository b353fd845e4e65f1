"""Whose an inspection is, and who was at it: by its id and by what its parts say of each other. Pure.

The id of an inspection ends with a mark of the key of the tablet that opened it (UUIDv8, RFC 9562): its seal is that
tablet's, or of one that proves that it took over. Older ids, UUIDv7, name nobody.

Who was at it is named by who led. His part holds what the others wrote, or marks of the words that he showed in codes;
who read a code and never reached him again says its word in his own part, which nobody else can.
"""

from __future__ import annotations

import base64
import hmac
import os
import time
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any

from checklists.patterns import pattern

Part = Mapping[str, Any]

_NAMING = pattern("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MARK = 10
"""Hex digits of the mark: 40 bits. Who wanted another's id would try a million million keys, and have the one that fits
enrolled while the inspection is open. 34 bits are random."""


def new_inspection(public: str, now_ms: int | None = None) -> str:
    """Return a new id that names the tablet with this public key; it sorts by the millisecond in which it was made."""
    stamp = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    chance = int.from_bytes(os.urandom(5))
    first = f"{stamp & (2**48 - 1):012x}8{chance & 0xFFF:03x}{0x8 | chance >> 12 & 0x3:x}{chance >> 14 & 0xFFFFF:05x}"
    text = first + _mark(first, public)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def names_opener(inspection: str) -> bool:
    """Whether an id names the tablet that opened the inspection at all."""
    return bool(_NAMING.fullmatch(inspection))


def opened_by(inspection: str, public: str) -> bool:
    """Whether an id names the tablet with this public key."""
    plain = inspection.replace("-", "")
    return names_opener(inspection) and plain[-_MARK:] == _mark(plain[:-_MARK], public)


def is_strangers(inspection: str, public: str) -> bool:
    """Whether an id names another tablet than the one with this public key."""
    return names_opener(inspection) and not opened_by(inspection, public)


def word_of(secret: str) -> str:
    """Return what who read a code can say, and nobody else; the code's secret (base64) does not follow from it."""
    return hmac.digest(base64.b64decode(secret), b"lujian joined", "sha256").hex()


def mark_of(word: str) -> str:
    """Return by what the leading tablet's part knows a word again."""
    return sha256(word.encode()).hexdigest()


def at_it(parts: Collection[Part], accepted: Iterable[str] = ()) -> frozenset[str]:
    """Return the tablets that were at an inspection: those that led, whom they name, and of which a person said it.

    Empty while no seal is here.
    """
    seals = [one for one in parts if one["kind"] == "inspection"]
    if not seals:
        return frozenset()
    led = _led(seals) | {str(one["device"]) for one in parts if opened_by(str(one["inspection"]), _key(one))}
    words = [one for one in parts if one["device"] in led]
    marks = {mark for one in words for mark in one.get("invited") or ()}
    said = {str(one["device"]) for one in parts if any(mark_of(word) in marks for word in one.get("joined") or ())}
    return led.union(said, accepted, *map(_named, words))


def _led(seals: Iterable[Part]) -> frozenset[str]:
    """Return who sealed the inspection, and of whom the seal says that they opened it or took it over."""
    held = [entry for one in seals for entry in one.get("entries") or ()]
    first = min((one["seq"] for one in held), default=0)
    led = {str(one["device"]) for one in held if one["seq"] == first or one["kind"] == "takeover"}
    return frozenset(led.union(str(one["device"]) for one in seals))


def _named(part: Part) -> set[str]:
    """Return the tablets of which a part holds entries or signed words."""
    return {str(one["device"]) for one in (*(part.get("entries") or ()), *(part.get("statements") or ()))}


def _key(part: Part) -> str:
    return str((part.get("certificate") or {}).get("key"))


def _mark(first: str, public: str) -> str:
    return sha256(f"lujian inspection {first} {public}".encode()).hexdigest()[:_MARK]
