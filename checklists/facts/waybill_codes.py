"""Codes as a scanner gives them: bytes first, and which part of several one is (ISO/IEC 18004, structured append)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from checklists.facts.identifiers.checks import Problem
from checklists.facts.waybill import Reading, read
from checklists.values import frozen


@frozen
class Code:
    """One code: the scanner's text, its bytes, and its part, from 1, of how many; `parity` is that of the whole."""

    text: str
    data: bytes = b""
    part: int = 1
    parts: int = 1
    parity: int = 0

    @property
    def source(self) -> str | bytes:
        """What is read: the bytes where the scanner gave them."""
        return self.data or self.text


def joined(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes with those that are parts of one put together, as soon as all are there; others stay parts.

    Parts belong together by their number and the parity of the whole that each of them names. Where two of one number
    differ, they are of two waybills, and nobody can tell whose the others are.
    """
    held = list(dict.fromkeys(codes))
    whole = [one for one in held if one.parts == 1]
    groups: defaultdict[tuple[int, int], list[Code]] = defaultdict(list)
    for one in held:
        if one.parts > 1:
            groups[one.parts, one.parity].append(one)
    for (parts, _parity), found in groups.items():
        each = {one.part: one for one in sorted(found, key=lambda one: bool(one.data))}
        if len({(one.part, one.text) for one in found}) == parts and set(each) == set(range(1, parts + 1)):
            whole.append(_joined([each[part] for part in sorted(each)]))
        else:
            whole += found
    return tuple(whole)


def _joined(parts: list[Code]) -> Code:
    """Return the whole; its bytes only where the scanner gave those of every part."""
    data = [one.data for one in parts]
    return Code("".join(one.text for one in parts), b"".join(data) if all(data) else b"")


def read_code(code: Code, known_un: Container[str] | None = None) -> Reading:
    """Return the waybill that a code holds; a part of one is no waybill, and says which part it is.

    Nothing of a part is declared: its last value is cut off, and the goods behind it are missing.
    """
    if code.parts == 1:
        return read(code.source, known_un)
    params = {"field": "raw", "part": str(code.part), "parts": str(code.parts)}
    kept = {key: one for key, one in read(code.source, known_un).data.items() if key.startswith("raw")}
    return Reading(kept, (Problem("part_of_several", "error", params, overridden=True),))
