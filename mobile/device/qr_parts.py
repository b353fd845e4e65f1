"""Which part of several a QR symbol is, read from its own modules: zxing-cpp's Python side does not tell (3.1).

The first codewords of a symbol that is a part are: mode 0011, number of the part from 0, number of the last part,
parity of all (ISO/IEC 18004, structured append). The decoder gives the sampled symbol upright, its version, its level
of correction and its mask; the codewords lie in columns of two from the lower right, and their blocks alternate. What
is read here is not corrected: a header that cannot be one is none, and parts are joined by the parity that each names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

from checklists.facts.waybill_codes import Code

_MODE = 0b0011
_HEADER_CODEWORDS = 3
_LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}
"""Level of correction → as segno's table of blocks names it."""
_TIMING = 6
_FIRST_WITH_VERSION = 7

_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: (row + column) % 2,
    lambda row, _column: row % 2,
    lambda _row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)


def code_of(found: Any) -> Code:
    """Return what zxing-cpp found as a code, with its part where it is one of several."""
    part, parts, parity = header(found) or (1, 1, 0)
    return Code(found.text, bytes(found.bytes), part, parts, parity)


def header(found: Any) -> tuple[int, int, int] | None:
    """Return part (from 1), number of parts and parity of a symbol, or None where it stands alone."""
    try:
        version, level, mask = int(found.extra["Version"]), str(found.extra["ECLevel"]), int(found.extra["DataMask"])
        picture = memoryview(found.to_image(scale=1, add_quiet_zones=False))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    if not 0 <= mask < len(_MASKS) or level not in _LEVELS or picture.shape != (17 + 4 * version,) * 2:
        return None
    return _read(cast(list[list[int]], picture.tolist()), version, level, mask)


def _read(modules: list[list[int]], version: int, level: str, mask: int) -> tuple[int, int, int] | None:
    from segno import consts

    table: Any = consts.ECC
    blocks = sum(one.num_blocks for one in table[version][_LEVELS[level]])
    wanted = (_HEADER_CODEWORDS - 1) * blocks + 1
    bits = list(islice(_bits(modules, version, mask), 8 * wanted))
    words = [int("".join(map(str, bits[8 * at : 8 * at + 8])), 2) for at in range(0, wanted, blocks)]
    mode, part = words[0] >> 4, words[0] & 15
    parts, parity = (words[1] >> 4) + 1, (words[1] & 15) << 4 | words[2] >> 4
    return (part + 1, parts, parity) if mode == _MODE and part < parts and parts > 1 else None


def _bits(modules: list[list[int]], version: int, mask: int) -> Iterator[int]:
    """Yield the bits of a symbol in their order, unmasked; dark is one."""
    size = len(modules)
    upward = True
    for right in [column for column in range(size - 1, 0, -2) if column > _TIMING] + [5, 3, 1]:
        for row in range(size - 1, -1, -1) if upward else range(size):
            for column in (right, right - 1):
                if not _is_function(row, column, version, size):
                    yield int((modules[row][column] == 0) != (_MASKS[mask](row, column) == 0))
        upward = not upward


def _is_function(row: int, column: int, version: int, size: int) -> bool:
    """Whether a module belongs to finder, timing, alignment, format or version, and carries no data."""
    if _TIMING in (row, column):
        return True
    if (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9):
        return True
    if version >= _FIRST_WITH_VERSION and ((row < 6 and size - 11 <= column) or (column < 6 and size - 11 <= row)):
        return True
    return _in_alignment(row, column, version, size)


def _in_alignment(row: int, column: int, version: int, size: int) -> bool:
    from segno import consts

    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return any(
        abs(row - one) <= 2 and abs(column - other) <= 2 and (one, other) not in corners
        for one in centres
        for other in centres
    )
