"""Lay out a workbook from the standard input with so many bytes of memory as are named, as a process of its own.

Where there is too little, the reader ends its process without a word: this one, and not the office's.
"""

from __future__ import annotations

import io
import sys

from python_calamine import CalamineError, CalamineWorkbook


def weigh(content: bytes, most: int) -> None:
    """Lay out every sheet; what is no workbook weighs nothing, and whoever reads it then says so."""
    _limit(most)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name)
    except CalamineError:
        return


def _limit(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    weigh(sys.stdin.buffer.read(), int(sys.argv[1]))
