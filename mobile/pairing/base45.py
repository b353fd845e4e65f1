"""Base45 (RFC 9285): bytes as signs that a QR code packs densely, two bytes in three signs."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}


def encode(raw: bytes) -> str:
    """Return the bytes as text."""
    said = []
    for start in range(0, len(raw), 2):
        pair = raw[start : start + 2]
        number = int.from_bytes(pair)
        for _ in range(len(pair) + 1):
            number, rest = divmod(number, 45)
            said.append(SIGNS[rest])
    return "".join(said)


def decode(text: str) -> bytes:
    """Return the bytes of a text. Raises ValueError for anything that `encode` does not give."""
    if len(text) % 3 == 1:
        raise ValueError("a sign is missing")
    found = bytearray()
    for start in range(0, len(text), 3):
        signs = text[start : start + 3]
        try:
            number = sum(_VALUES[sign] * 45**place for place, sign in enumerate(signs))
        except KeyError as problem:
            raise ValueError(f"{problem} is no sign of base 45") from problem
        if number >= 256 ** (len(signs) - 1):
            raise ValueError(f"{signs!r} is too large")
        found += number.to_bytes(len(signs) - 1)
    return bytes(found)
