"""A letter as a sequence of QR codes: numbered, each naming the digest of the whole. Pure.

Any order, any repetition, any loss: what is still missing is known by number, and nothing is given out before the
digest of the whole agrees. Codes of another sequence do no harm, and a newer sequence takes the place of an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from mobile.pairing import base45

START = "LUJIANQ:"
CHUNK = 540
"""Bytes in one code: about 830 signs, which a tablet's camera reads from another tablet's screen."""
MOST_FRAMES = 999
MOST_SETS = 4
_NAME = 16
_HEAD = _NAME + 4


@dataclass(frozen=True)
class Frame:
    """One code: the sequence that it belongs to, its number from 0, how many there are, and its bytes."""

    whole: bytes
    number: int
    count: int
    chunk: bytes


@dataclass(frozen=True)
class Collected:
    """What was read so far: sequences by name, the newest last, each with its chunks by number."""

    sets: dict[bytes, Mapping[int, bytes]] = field(default_factory=dict)
    counts: dict[bytes, int] = field(default_factory=dict)
    broken: bool = False

    @property
    def count(self) -> int:
        """How many codes the sequence in hand has; 0 before the first."""
        return self.counts[self._last] if self.sets else 0

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers, from 0, that the sequence in hand still lacks."""
        return tuple(number for number in range(self.count) if number not in self.sets[self._last])

    @property
    def whole(self) -> bytes | None:
        """A letter of which every code is there and whose digest agrees, the newest; None before there is one."""
        for name in reversed(self.sets):
            chunks = self.sets[name]
            if len(chunks) == self.counts[name]:
                return b"".join(chunks[number] for number in range(len(chunks)))
        return None

    @property
    def _last(self) -> bytes:
        return next(reversed(self.sets))


def split(content: bytes, chunk: int = CHUNK) -> tuple[str, ...]:
    """Return the texts of the codes for a letter. Raises ValueError where it is too long for codes."""
    pieces = [content[start : start + chunk] for start in range(0, len(content), chunk)] or [b""]
    if len(pieces) > MOST_FRAMES:
        raise ValueError(f"{len(pieces)} codes, at most {MOST_FRAMES}")
    name = _name(content)
    return tuple(
        START + base45.encode(name + number.to_bytes(2) + len(pieces).to_bytes(2) + piece)
        for number, piece in enumerate(pieces)
    )


def read(text: str) -> Frame | None:
    """Return the frame in a code, or None where it is another code."""
    if not text.startswith(START):
        return None
    try:
        raw = base45.decode(text.removeprefix(START))
    except ValueError:
        return None
    number, count = int.from_bytes(raw[_NAME : _NAME + 2]), int.from_bytes(raw[_NAME + 2 : _HEAD])
    if len(raw) < _HEAD or not 0 <= number < count <= MOST_FRAMES:
        return None
    return Frame(raw[:_NAME], number, count, raw[_HEAD:])


def collect(held: Collected, text: str) -> Collected:
    """Return what is held after one more code; a foreign or contradicting one changes nothing."""
    frame = read(text)
    if frame is None:
        return held
    chunks = dict(held.sets.get(frame.whole, {}))
    if held.counts.get(frame.whole, frame.count) != frame.count:
        return held
    chunks[frame.number] = frame.chunk
    complete = len(chunks) == frame.count
    if complete and _name(b"".join(chunks[one] for one in range(frame.count))) != frame.whole:
        # One of them was not what it said it was; nobody knows which, so all of them are read again.
        return replace(_without(held, frame.whole), broken=True)
    rest = _without(held, frame.whole)
    sets = {**rest.sets, frame.whole: chunks}
    counts = {**rest.counts, frame.whole: frame.count}
    kept = list(sets)[-MOST_SETS:]
    return Collected({name: sets[name] for name in kept}, {name: counts[name] for name in kept})


def _without(held: Collected, name: bytes) -> Collected:
    return Collected(
        {one: chunks for one, chunks in held.sets.items() if one != name},
        {one: count for one, count in held.counts.items() if one != name},
    )


def _name(content: bytes) -> bytes:
    return sha256(content).digest()[:_NAME]
